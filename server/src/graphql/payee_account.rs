//! Where a partner is paid, in the schema (L3).

use async_graphql::{Context, InputObject, Object, Result};
use chrono::{DateTime, Utc};

use super::context::{Ask, read, write};
use super::error::{outcome, result_union};
use super::session::types::User;
use crate::domain::payee_account::PayeeAccountFields;
use crate::services::payee_account;
use crate::store::payee_account as store;

/// The account into which a partner is paid. Its number is never read back.
pub struct PayeeAccount(store::PayeeAccount);

#[Object]
impl PayeeAccount {
    /// Whose account it is.
    async fn holder(&self) -> &str {
        &self.0.holder
    }

    /// At which bank.
    async fn bank(&self) -> &str {
        &self.0.bank
    }

    /// The last four characters of its number.
    async fn number_end(&self) -> &str {
        &self.0.number_end
    }

    /// Who entered it.
    async fn updated_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.updated_by.clone()).await
    }

    /// When it was entered.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at.utc()
    }
}

/// An account in place of the one before.
#[derive(InputObject)]
pub struct SetPayeeAccountInput {
    /// Whose account it is: 1 to 60 characters.
    pub holder: String,
    /// At which bank: 1 to 60 characters.
    pub bank: String,
    /// 6 to 34 digits and letters; blanks and dashes do not count.
    pub number: String,
}

result_union! {
    /// Result of entering an account.
    SetPayeeAccountResult = PayeeAccount
}

#[derive(Default)]
pub struct PayeeAccountQuery;

#[Object]
impl PayeeAccountQuery {
    /// L3: the acting partner's account, for its admins; null where none is on file.
    async fn payee_account(&self, ctx: &Context<'_>) -> Result<Option<PayeeAccount>> {
        Ok(read(ctx, payee_account::find).await?.map(PayeeAccount))
    }
}

#[derive(Default)]
pub struct PayeeAccountMutation;

#[Object]
impl PayeeAccountMutation {
    /// L3: a partner admin enters where the partner is paid.
    async fn set_payee_account(&self, ctx: &Context<'_>, input: SetPayeeAccountInput) -> Result<SetPayeeAccountResult> {
        let sealing = ctx.app().sealing.clone();
        let fields = PayeeAccountFields {
            holder: input.holder,
            bank: input.bank,
            number: input.number,
        };
        let ended = write(ctx, move |tx, viewer| payee_account::set(tx, viewer, &sealing, &fields));
        outcome(ctx, ended.await?, |row| {
            SetPayeeAccountResult::PayeeAccount(PayeeAccount(row))
        })
    }
}
