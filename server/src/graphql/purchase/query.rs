//! The offer of a distribution link.

use async_graphql::{Context, Object, Result};

use super::note_mismatch;
use super::types::PurchaseOffer;
use crate::graphql::context::{Ask, try_read};
use crate::graphql::error::{outcome, result_union};
use crate::services::purchase;

result_union! {
    /// What a link offers, or why it offers nothing.
    PurchaseOfferResult = PurchaseOffer
}

#[derive(Default)]
pub struct PurchaseQuery;

#[Object]
impl PurchaseQuery {
    /// D10: checks the link in the given order and shows what would be bought.
    async fn purchase_offer(&self, ctx: &Context<'_>, token: String) -> Result<PurchaseOfferResult> {
        let (now, asked) = (ctx.app().store.now(), token.clone());
        let ended = try_read(ctx, move |conn, viewer| purchase::offer(conn, viewer, &asked, now)).await?;
        note_mismatch(ctx, &ended, token).await?;
        outcome(ctx, ended, |offer| {
            PurchaseOfferResult::PurchaseOffer(PurchaseOffer::new(offer, ctx.locale()))
        })
    }
}
