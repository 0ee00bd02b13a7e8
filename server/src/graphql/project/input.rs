//! Inputs about projects.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use crate::domain::project::{ContractFileKind, OrganizationSize, ReviewDecision};
use crate::domain::project_form;
use crate::domain::settlement::SettlementFields;
use crate::graphql::scalars::{Date, MoneyInput};

/// Fields of a project. A draft may leave anything but the name empty; submit names everything that is missing.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ProjectFields {
    /// 1 to 60 characters, unique within the partner.
    pub name: String,
    /// Greater than zero: the part of the contract that concerns this delivery.
    pub contract_amount: Option<MoneyInput>,
    /// A file of the own organisation, uploaded as CONTRACT.
    pub contract_file_id: Option<ID>,
    /// What the file is.
    pub contract_file_kind: Option<ContractFileKind>,
    /// The amount is part of a larger contract; then the description must explain it.
    #[graphql(default)]
    pub part_of_larger_contract: bool,
    /// At most 5,000 characters; required for a quotation and for a part of a larger contract.
    #[graphql(default)]
    pub description: String,
    /// First day.
    pub start_on: Option<Date>,
    /// Last day, not before the first.
    pub end_on: Option<Date>,
    /// At most 2,000 characters.
    #[graphql(default)]
    pub delivery_scope: String,
    /// Who answers for it at the partner; at most 60 characters.
    #[graphql(default)]
    pub owner_name: String,
    /// At most 100 characters; becomes `corpName` in links.
    #[graphql(default)]
    pub customer_name: String,
    /// 8 to 64 letters and digits; case and surrounding blanks do not count. Need not be known yet.
    #[graphql(default)]
    pub customer_corp_id: String,
    /// At most 60 characters.
    #[graphql(default)]
    pub customer_industry: String,
    /// In people.
    pub customer_size: Option<OrganizationSize>,
    /// At most 60 characters.
    #[graphql(default)]
    pub customer_contact_name: String,
    /// E.164, or a mainland mobile number.
    #[graphql(default)]
    pub customer_contact_mobile: String,
}

impl From<ProjectFields> for project_form::ProjectFields {
    fn from(fields: ProjectFields) -> Self {
        Self {
            name: fields.name,
            contract_amount: fields.contract_amount.map(|money| (money.amount.0, money.currency)),
            contract_file_id: fields.contract_file_id.map(|id| id.0),
            contract_file_kind: fields.contract_file_kind,
            part_of_larger_contract: fields.part_of_larger_contract,
            description: fields.description,
            start_on: fields.start_on.map(|day| day.0),
            end_on: fields.end_on.map(|day| day.0),
            delivery_scope: fields.delivery_scope,
            owner_name: fields.owner_name,
            customer_name: fields.customer_name,
            customer_corp_id: fields.customer_corp_id,
            customer_industry: fields.customer_industry,
            customer_size: fields.customer_size,
            customer_contact_name: fields.customer_contact_name,
            customer_contact_mobile: fields.customer_contact_mobile,
        }
    }
}

/// A new project.
#[derive(InputObject, Serialize)]
pub struct CreateProjectInput {
    /// What it holds.
    pub fields: ProjectFields,
    /// Submit at once; nothing is created when a check fails.
    #[graphql(default)]
    pub submit: bool,
}

/// Replaces the fields of a draft.
#[derive(InputObject)]
pub struct UpdateProjectInput {
    /// The draft.
    pub id: ID,
    /// The version that was read: a later change answers Stale.
    pub version: i32,
    /// Every field, changed or not.
    pub fields: ProjectFields,
}

/// Names a project.
#[derive(InputObject, Serialize)]
pub struct ProjectActionInput {
    /// The project.
    pub id: ID,
}

/// A reviewer's decision.
#[derive(InputObject)]
pub struct ReviewProjectInput {
    /// The project.
    pub id: ID,
    /// What is decided.
    pub decision: ReviewDecision,
    /// Reject because the amounts differ (AMOUNT_MISMATCH).
    #[graphql(default)]
    pub amount_mismatch: bool,
    /// Required to reject, unless amountMismatch; at most 1,000 characters.
    pub reason: Option<String>,
}

/// How a project ended.
#[derive(InputObject)]
pub struct SettleProjectInput {
    /// The project.
    pub id: ID,
    /// Not before the project's first day.
    pub actual_end_on: Date,
    /// Default: the contract amount. Not less than zero.
    pub delivered_amount: Option<MoneyInput>,
    /// A file of the own organisation, uploaded as ACCEPTANCE_CERTIFICATE.
    pub acceptance_file_id: Option<ID>,
    /// Who accepted on the customer's side; at most 60 characters.
    pub customer_acceptor: String,
    /// At most 5,000 characters.
    #[graphql(default)]
    pub open_issues: String,
    /// 1 to 5.
    pub satisfaction: i32,
    /// At most 5,000 characters.
    #[graphql(default)]
    pub remark: String,
    /// The warnings were read; without it a project with warnings is not closed.
    #[graphql(default)]
    pub acknowledge_warnings: bool,
}

impl SettleProjectInput {
    /// The id as it was given, and the fields.
    pub fn split(self) -> (ID, SettlementFields) {
        let fields = SettlementFields {
            actual_end_on: self.actual_end_on.0,
            delivered_amount: self.delivered_amount.map(|money| (money.amount.0, money.currency)),
            acceptance_file_id: self.acceptance_file_id.map(|id| id.0),
            customer_acceptor: self.customer_acceptor,
            open_issues: self.open_issues,
            satisfaction: self.satisfaction,
            remark: self.remark,
            acknowledge_warnings: self.acknowledge_warnings,
        };
        (self.id, fields)
    }
}
