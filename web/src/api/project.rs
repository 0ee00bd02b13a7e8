//! Projects (D track): the list, the detail of its creator, the fields of a draft, settlement.

use super::{
    Date, DateTime, Money, MoneyInput, amendment::Amendment, file::StoredFile, link::LinkRow, order::OrderRow,
    page::PageInfo, schema, session::Person,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectStatus {
    Draft,
    InReview,
    Active,
    Rejected,
    Withdrawn,
    Closed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectAction {
    Edit,
    Submit,
    Withdraw,
    Discard,
    Copy,
    Approve,
    Reject,
    CreateLink,
    ProposeAmendment,
    Settle,
    ViewDetail,
    TakeOwnership,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractFileKind {
    Contract,
    Quotation,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[cynic(rename_all = "None")]
pub enum OrganizationSize {
    #[cynic(rename = "UP_TO_20")]
    UpTo20,
    #[cynic(rename = "UP_TO_100")]
    UpTo100,
    #[cynic(rename = "UP_TO_500")]
    UpTo500,
    #[cynic(rename = "UP_TO_1000")]
    UpTo1000,
    #[cynic(rename = "OVER_1000")]
    Over1000,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountVerdict {
    Match,
    Mismatch,
    Unreadable,
    Pending,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectEventKind {
    Created,
    Submitted,
    Withdrawn,
    Approved,
    Rejected,
    LinkCreated,
    LinkRevoked,
    Ordered,
    PurchaseMismatch,
    Delivered,
    Settled,
    OwnershipTaken,
    AmendmentProposed,
    AmendmentApproved,
    AmendmentRejected,
    AmendmentWithdrawn,
}

read_enums!(
    ProjectStatus,
    ProjectAction,
    ContractFileKind,
    OrganizationSize,
    AmountVerdict,
    ProjectEventKind
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct FoundAmount {
        pub text: String,
        pub amount: Money,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AmountCheck {
        pub verdict: AmountVerdict,
        pub declared: Money,
        pub found: Vec<FoundAmount>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct TimelineEntry {
        pub at: DateTime,
        pub kind: ProjectEventKind,
        pub by: Option<Person>,
        pub note: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PurchaseMismatch {
        pub at: DateTime,
        pub masked_corp_id: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Settlement {
        pub actual_end_on: Date,
        pub delivered_amount: Money,
        pub acceptance_file: Option<StoredFile>,
        pub customer_acceptor: String,
        pub open_issues: String,
        pub satisfaction: i32,
        pub remark: String,
        pub settled_at: DateTime,
        pub settled_by: Person,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SettlementWarning {
        pub message: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProjectDetail {
        pub contract_amount: Option<Money>,
        pub contract_file: Option<StoredFile>,
        pub contract_file_kind: Option<ContractFileKind>,
        pub part_of_larger_contract: bool,
        pub description: String,
        pub start_on: Option<Date>,
        pub end_on: Option<Date>,
        pub delivery_scope: String,
        pub owner_name: String,
        pub customer_known: bool,
        pub customer_industry: String,
        pub customer_size: Option<OrganizationSize>,
        pub customer_contact_name: String,
        pub customer_contact_mobile: String,
        pub amount_check: Option<AmountCheck>,
        pub timeline: Vec<TimelineEntry>,
        pub mismatches: Vec<PurchaseMismatch>,
        pub amendments: Vec<Amendment>,
        pub settlement: Option<Settlement>,
        pub settlement_warnings: Vec<SettlementWarning>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Project")]
    pub struct ProjectRow {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProjectStatus,
        pub customer_name: String,
        pub customer_corp_id: String,
        pub creator: Person,
        pub created_at: DateTime,
        pub submitted_at: Option<DateTime>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub decision_reason: Option<String>,
        pub link_count: i32,
        pub order_count: i32,
        pub available_actions: Vec<ProjectAction>,
        pub detail_barrier: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProjectConnection")]
    pub struct ProjectPage {
        pub nodes: Vec<ProjectRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ProjectPage of ProjectRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Project {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProjectStatus,
        pub customer_name: String,
        pub customer_corp_id: String,
        pub creator: Person,
        pub created_at: DateTime,
        pub submitted_at: Option<DateTime>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub decided_at: Option<DateTime>,
        pub decision_reason: Option<String>,
        pub available_actions: Vec<ProjectAction>,
        pub detail: Option<ProjectDetail>,
        pub detail_barrier: Option<String>,
        pub links: Vec<LinkRow>,
        pub orders: Vec<OrderRow>,
        pub version: i32,
    }
}

impl Project {
    pub fn may(&self, action: ProjectAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    /// What a step of a project answers; the page reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Project")]
    pub struct ProjectState {
        pub id: cynic::Id,
        pub status: ProjectStatus,
        pub version: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DiscardedProject {
        pub id: cynic::Id,
    }
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ProjectFields {
    pub name: String,
    pub contract_amount: Option<MoneyInput>,
    pub contract_file_id: Option<cynic::Id>,
    pub contract_file_kind: Option<ContractFileKind>,
    pub part_of_larger_contract: bool,
    pub description: String,
    pub start_on: Option<Date>,
    pub end_on: Option<Date>,
    pub delivery_scope: String,
    pub owner_name: String,
    pub customer_name: String,
    pub customer_corp_id: String,
    pub customer_industry: String,
    pub customer_size: Option<OrganizationSize>,
    pub customer_contact_name: String,
    pub customer_contact_mobile: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateProjectInput {
    pub fields: ProjectFields,
    pub submit: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateProjectInput {
    pub id: cynic::Id,
    pub version: i32,
    pub fields: ProjectFields,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProjectActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SettleProjectInput {
    pub id: cynic::Id,
    pub actual_end_on: Date,
    pub delivered_amount: Option<MoneyInput>,
    pub acceptance_file_id: Option<cynic::Id>,
    pub customer_acceptor: String,
    pub open_issues: String,
    pub satisfaction: i32,
    pub remark: String,
    pub acknowledge_warnings: bool,
}

operation! { $ Query:
    projects(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        status = status: Option<ProjectStatus>, search = search: Option<String>
    ) => ProjectPage
}
operation! { $ Query: project(id = id: cynic::Id) => Option<Project> }
operation! { $ Mutation:
    create_project(input = input: CreateProjectInput, idempotencyKey = idempotency_key: Option<String>) -> CreateProjectResult / ProjectState
}
operation! { $ Mutation: update_project(input = input: UpdateProjectInput) -> UpdateProjectResult / ProjectState }
operation! { $ Mutation: submit_project(input = input: ProjectActionInput) -> SubmitProjectResult / ProjectState }
operation! { $ Mutation: withdraw_project(input = input: ProjectActionInput) -> WithdrawProjectResult / ProjectState }
operation! { $ Mutation: discard_project(input = input: ProjectActionInput) -> DiscardProjectResult / DiscardedProject }
operation! { $ Mutation:
    copy_project(input = input: ProjectActionInput, idempotencyKey = idempotency_key: Option<String>) -> CopyProjectResult / ProjectState
}
operation! { $ Mutation:
    take_project_ownership(input = input: ProjectActionInput) -> TakeProjectOwnershipResult / ProjectState
}
operation! { $ Mutation: settle_project(input = input: SettleProjectInput) -> SettleProjectResult / ProjectState }
