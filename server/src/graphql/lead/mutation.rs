//! Asking a partner, and what the partner does with leads.

use async_graphql::{Context, ID, Object, Result};

use super::input::{AssignLeadInput, ConsultPartnerInput, LeadStepInput, LoseLeadInput};
use super::types::Lead;
use crate::auth::viewer::Viewer;
use crate::domain::id::{LeadId, ProductId};
use crate::domain::lead::{Consultation, LeadAction};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::lead;
use crate::store::conn::Conn;
use crate::store::lead::Lead as Row;
use crate::store::{self, Tx};

result_union! {
    /// Result of asking a partner.
    ConsultPartnerResult = Lead
}
result_union! {
    /// Result of giving a lead to somebody.
    AssignLeadResult = Lead
}
result_union! {
    /// Result of saying that one is in touch.
    ContactLeadResult = Lead
}
result_union! {
    /// Result of saying that a lead became a customer.
    WinLeadResult = Lead
}
result_union! {
    /// Result of saying that nothing came of a lead.
    LoseLeadResult = Lead
}

#[derive(Default)]
pub struct LeadMutation;

#[Object]
impl LeadMutation {
    /// L24: somebody asks the partner of a product, with what they agree to pass on; whoever looks after the product is told. Refused
    /// with LEADS_EXHAUSTED where the product's cap of the day is reached.
    async fn consult_partner(
        &self,
        ctx: &Context<'_>,
        input: ConsultPartnerInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<ConsultPartnerResult> {
        let ended = consult(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| ConsultPartnerResult::Lead(Lead(row)))
    }

    /// L24: an admin of the partner gives an open lead to one of its people, who is told.
    async fn assign_lead(&self, ctx: &Context<'_>, input: AssignLeadInput) -> Result<AssignLeadResult> {
        let person = input.user_id.to_string();
        let ended = change(ctx, &input.id, Viewer::partner_admin, move |tx, viewer, id| {
            lead::assign(tx, viewer, id, &person)
        });
        outcome(ctx, ended.await?, |row| AssignLeadResult::Lead(Lead(row)))
    }

    /// L24: NEW → CONTACTED; the person who asked is told who is in touch.
    async fn contact_lead(&self, ctx: &Context<'_>, input: LeadStepInput) -> Result<ContactLeadResult> {
        let ended = step(ctx, input.id, input.note, LeadAction::Contact).await?;
        outcome(ctx, ended, |row| ContactLeadResult::Lead(Lead(row)))
    }

    /// L24: CONTACTED → WON.
    async fn win_lead(&self, ctx: &Context<'_>, input: LeadStepInput) -> Result<WinLeadResult> {
        let ended = step(ctx, input.id, input.note, LeadAction::Win).await?;
        outcome(ctx, ended, |row| WinLeadResult::Lead(Lead(row)))
    }

    /// L24: CONTACTED → LOST, with a reason.
    async fn lose_lead(&self, ctx: &Context<'_>, input: LoseLeadInput) -> Result<LoseLeadResult> {
        let ended = step(ctx, input.id, input.note, LeadAction::Lose).await?;
        outcome(ctx, ended, |row| LoseLeadResult::Lead(Lead(row)))
    }
}

type Ended = store::Result<Row>;

async fn step(ctx: &Context<'_>, id: ID, note: String, action: LeadAction) -> Result<Ended> {
    let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &LeadId| lead::step(tx, viewer, id, action, &note);
    change(ctx, &id, Viewer::partner, work).await
}

async fn consult(ctx: &Context<'_>, input: ConsultPartnerInput, key: Option<String>) -> Result<Ended> {
    let key = match idempotency_key(key, "consultPartner", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.customer()?;
        let product = input.product_id.parse::<ProductId>();
        let product = product.map_err(|_| Refusal::not_found().at("productId"))?;
        let phone = input.phone.as_deref().unwrap_or_default();
        let said = Consultation::check(&input.message, phone, input.consent)?;
        let row = lead::consult(tx, viewer, &product, said, input.promotion.as_deref())?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, asked_before).await
}

fn asked_before(conn: &mut Conn, viewer: &Viewer, made: &str) -> Ended {
    let id = made.parse().map_err(|_| Refusal::not_found())?;
    lead::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
}
