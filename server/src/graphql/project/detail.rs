//! The detail of a project: only for its creator and the reviewer (D5). Whoever makes one has asked that.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::amount::AmountCheck;
use super::loaders::{AmendmentsOf, AmountChecks, KnownCorpIds, Mismatches, Settlements, Timelines, Warnings};
use super::settlement::{Settlement, SettlementWarning};
use super::types::decision_text;
use crate::domain::amendment::AmendmentStatus;
use crate::domain::id::UserId;
use crate::domain::money;
use crate::domain::project::{ContractFileKind, OrganizationSize, ProjectEventKind, ProjectStatus};
use crate::graphql::amendment::Amendment;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::file::File;
use crate::graphql::loaders;
use crate::graphql::scalars::{Date, Money};
use crate::graphql::session::types::User;
use crate::store::project::{self, ProjectEvent};
use crate::store::{self, amendment};

/// The whole of a project, for its creator and the reviewer.
pub struct ProjectDetail(pub project::Project);

/// One step of a project.
pub struct TimelineEntry {
    at: DateTime<Utc>,
    kind: ProjectEventKind,
    by: Option<UserId>,
    note: Option<String>,
}

#[Object]
impl TimelineEntry {
    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// What happened.
    async fn kind(&self) -> ProjectEventKind {
        self.kind
    }

    /// Null for the system.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.by.clone()).await
    }

    /// A reason or a name that belongs to the step.
    async fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

/// D12: somebody of another organisation tried to buy; the CorpID is masked.
#[derive(Clone, Debug, SimpleObject)]
pub struct PurchaseMismatch {
    /// When.
    pub at: DateTime<Utc>,
    /// First and last characters only.
    pub masked_corp_id: String,
}

#[Object]
impl ProjectDetail {
    /// Greater than zero once submitted.
    async fn contract_amount(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        let amount = self.0.contract_amount();
        Ok(amount
            .map_err(|error| query_error(error, ctx.locale()))?
            .map(Money::from))
    }

    /// The contract or quotation.
    async fn contract_file(&self, ctx: &Context<'_>) -> Result<Option<File>> {
        File::load_if_any(ctx, self.0.contract_file_id.clone()).await
    }

    /// Which of the two.
    async fn contract_file_kind(&self) -> Option<ContractFileKind> {
        self.0.contract_file_kind
    }

    /// The amount is part of a larger contract; the description explains it.
    async fn part_of_larger_contract(&self) -> bool {
        self.0.part_of_larger_contract
    }

    /// What the project is about.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// First day.
    async fn start_on(&self) -> Option<Date> {
        self.0.start_on.map(Date)
    }

    /// Last day as planned.
    async fn end_on(&self) -> Option<Date> {
        self.0.end_on.map(Date)
    }

    /// What is delivered.
    async fn delivery_scope(&self) -> &str {
        &self.0.delivery_scope
    }

    /// Who answers for the project at the partner.
    async fn owner_name(&self) -> &str {
        &self.0.owner_name
    }

    /// Whether the customer's CorpID belongs to an organisation of the platform; it need not yet.
    async fn customer_known(&self, ctx: &Context<'_>) -> Result<bool> {
        let known = loaders::load::<KnownCorpIds>(ctx, self.0.customer_corp_id.clone()).await?;
        Ok(known.is_some())
    }

    /// The customer's industry.
    async fn customer_industry(&self) -> &str {
        &self.0.customer_industry
    }

    /// The customer's size in people.
    async fn customer_size(&self) -> Option<OrganizationSize> {
        self.0.customer_size
    }

    /// Whom to ask at the customer.
    async fn customer_contact_name(&self) -> &str {
        &self.0.customer_contact_name
    }

    /// Their mobile number; E.164 once submitted.
    async fn customer_contact_mobile(&self) -> &str {
        &self.0.customer_contact_mobile
    }

    /// What was read in the contract, beside the amount with which the project was submitted; null before that.
    async fn amount_check(&self, ctx: &Context<'_>) -> Result<Option<AmountCheck>> {
        let Some(row) = loaders::load::<AmountChecks>(ctx, self.0.id.clone()).await? else {
            return Ok(None);
        };
        let amendments = loaders::load::<AmendmentsOf>(ctx, self.0.id.clone())
            .await?
            .unwrap_or_default();
        let made = self.submitted_amount(&amendments).and_then(|declared| match declared {
            Some(declared) => Ok(Some(AmountCheck::new(row.verdict, row.found()?, declared))),
            None => Ok(None),
        });
        made.map_err(|error| query_error(error, ctx.locale()))
    }

    /// Changes of amount, end date or description that were proposed, newest first.
    async fn amendments(&self, ctx: &Context<'_>) -> Result<Vec<Amendment>> {
        let rows = loaders::load::<AmendmentsOf>(ctx, self.0.id.clone()).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Amendment).collect())
    }

    /// Every step, oldest first.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<TimelineEntry>> {
        let steps = loaders::load::<Timelines>(ctx, self.0.id.clone()).await?;
        let entry = |step: ProjectEvent| TimelineEntry {
            at: step.at.utc(),
            kind: step.kind,
            note: match step.kind {
                // A reason with a text of its own follows the reader's language.
                ProjectEventKind::Rejected => decision_text(&self.0, ctx.locale()),
                _ => step.note,
            },
            by: step.user_id,
        };
        Ok(steps.unwrap_or_default().into_iter().map(entry).collect())
    }

    /// Attempts to buy from other organisations, newest first, at most 100.
    async fn mismatches(&self, ctx: &Context<'_>) -> Result<Vec<PurchaseMismatch>> {
        let rows = loaders::load::<Mismatches>(ctx, self.0.id.clone()).await?;
        let shown = rows.unwrap_or_default().into_iter().map(|row| PurchaseMismatch {
            at: row.at.utc(),
            masked_corp_id: row.masked_corp_id,
        });
        Ok(shown.collect())
    }

    /// How it was settled; null until then.
    async fn settlement(&self, ctx: &Context<'_>) -> Result<Option<Settlement>> {
        let row = loaders::load::<Settlements>(ctx, self.0.id.clone()).await?;
        Ok(row.map(Settlement))
    }

    /// What to know before closing the project; empty unless it is active.
    async fn settlement_warnings(&self, ctx: &Context<'_>) -> Result<Vec<SettlementWarning>> {
        if self.0.status != ProjectStatus::Active {
            return Ok(Vec::new());
        }
        let found = loaders::load::<Warnings>(ctx, self.0.id.clone()).await?;
        let shown = found.unwrap_or_default().into_iter().map(|warning| SettlementWarning {
            kind: warning.kind(),
            message: warning.text().get(ctx.locale()).to_owned(),
        });
        Ok(shown.collect())
    }
}

impl ProjectDetail {
    /// The contract amount before any amendment.
    fn submitted_amount(&self, amendments: &[amendment::Amendment]) -> store::Result<Option<money::Money>> {
        let first = amendments.iter().rfind(|it| it.status == AmendmentStatus::Approved);
        match first {
            Some(first) => Ok(Some(first.before()?.amount)),
            None => self.0.contract_amount(),
        }
    }
}
