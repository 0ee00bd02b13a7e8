//! Settlements in the schema (D32).

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::settlement::SettlementWarningKind;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::file::File;
use crate::graphql::scalars::{Date, Money};
use crate::graphql::session::types::User;
use crate::store::settlement;

/// What the creator stated when the project was settled.
pub struct Settlement(pub settlement::Settlement);

#[Object]
impl Settlement {
    /// The day on which the work ended.
    async fn actual_end_on(&self) -> Date {
        Date(self.0.actual_end_on)
    }

    /// What was delivered of the contract amount.
    async fn delivered_amount(&self, ctx: &Context<'_>) -> Result<Money> {
        let amount = self.0.delivered_amount();
        Ok(amount.map_err(|error| query_error(error, ctx.locale()))?.into())
    }

    /// The acceptance certificate.
    async fn acceptance_file(&self, ctx: &Context<'_>) -> Result<Option<File>> {
        File::load_if_any(ctx, self.0.acceptance_file_id.clone()).await
    }

    /// Who accepted on the customer's side.
    async fn customer_acceptor(&self) -> &str {
        &self.0.customer_acceptor
    }

    /// What is left to do.
    async fn open_issues(&self) -> &str {
        &self.0.open_issues
    }

    /// 1 to 5.
    async fn satisfaction(&self) -> i32 {
        self.0.satisfaction
    }

    /// Anything else.
    async fn remark(&self) -> &str {
        &self.0.remark
    }

    /// When the project was closed.
    async fn settled_at(&self) -> DateTime<Utc> {
        self.0.settled_at.utc()
    }

    /// By whom.
    async fn settled_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.settled_by.clone()).await
    }
}

/// Something to know before the project is closed.
#[derive(Clone, Debug, SimpleObject)]
pub struct SettlementWarning {
    /// What it is about.
    pub kind: SettlementWarningKind,
    /// In the caller's language.
    pub message: String,
}
