//! Making and keeping promotion links.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::types::{ChangePromotionLinkInput, CreatePromotionLinkInput, PromotionLink, PromotionLinkActionInput};
use crate::auth::viewer::Viewer;
use crate::domain::instant::Instant;
use crate::domain::promotion_link::{LinkForm, Validity};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::promotion_link::{self, LinkChange};
use crate::store::conn::Conn;
use crate::store::{self, Tx};

result_union! {
    /// Result of making a promotion link.
    CreatePromotionLinkResult = PromotionLink
}
result_union! {
    /// Result of changing a promotion link.
    ChangePromotionLinkResult = PromotionLink
}
result_union! {
    /// Result of disabling a promotion link.
    DisablePromotionLinkResult = PromotionLink
}
result_union! {
    /// Result of enabling a promotion link.
    EnablePromotionLinkResult = PromotionLink
}

#[derive(Default)]
pub struct PromotionLinkMutation;

#[Object]
impl PromotionLinkMutation {
    /// L18: makes a promotion link of an approved product; a partner admin.
    async fn create_promotion_link(
        &self,
        ctx: &Context<'_>,
        input: CreatePromotionLinkInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CreatePromotionLinkResult> {
        let ended = create(ctx, &input, idempotency_key).await?;
        outcome(ctx, ended, |row| {
            CreatePromotionLinkResult::PromotionLink(PromotionLink(row))
        })
    }

    /// L18: changes the name and the time of a link; a partner admin.
    async fn change_promotion_link(
        &self,
        ctx: &Context<'_>,
        input: ChangePromotionLinkInput,
    ) -> Result<ChangePromotionLinkResult> {
        let wanted = LinkChange {
            version: input.version,
            name: input.name,
            validity: validity(input.valid_from, input.valid_to),
        };
        let ended = change(ctx, &input.id, Viewer::partner_admin, move |tx, viewer, id| {
            promotion_link::change(tx, viewer, id, &wanted)
        });
        outcome(ctx, ended.await?, |row| {
            ChangePromotionLinkResult::PromotionLink(PromotionLink(row))
        })
    }

    /// L20: the link sells nothing from now on, until it is enabled again; a partner admin.
    async fn disable_promotion_link(
        &self,
        ctx: &Context<'_>,
        input: PromotionLinkActionInput,
    ) -> Result<DisablePromotionLinkResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, promotion_link::disable).await?;
        outcome(ctx, ended, |row| {
            DisablePromotionLinkResult::PromotionLink(PromotionLink(row))
        })
    }

    /// The link sells again, within its time; a partner admin.
    async fn enable_promotion_link(
        &self,
        ctx: &Context<'_>,
        input: PromotionLinkActionInput,
    ) -> Result<EnablePromotionLinkResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, promotion_link::enable).await?;
        outcome(ctx, ended, |row| {
            EnablePromotionLinkResult::PromotionLink(PromotionLink(row))
        })
    }
}

async fn create(
    ctx: &Context<'_>,
    input: &CreatePromotionLinkInput,
    key: Option<String>,
) -> Result<store::Result<store::promotion_link::PromotionLink>> {
    let key = match idempotency_key(key, "createPromotionLink", input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let app = Arc::clone(ctx.app());
    let form = LinkForm {
        product_id: input.product_id.parse().ok(),
        name: input.name.clone(),
        channel_code: input.channel_code.clone(),
        validity: validity(input.valid_from, input.valid_to),
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let made = promotion_link::create(tx, viewer, &form, app.link_secret.expose_secret().as_bytes())?;
        Ok((made.id.to_string(), made))
    };
    let load = |conn: &mut Conn, viewer: &Viewer, made: &str| {
        let id = made.parse().map_err(|_| Refusal::not_found())?;
        promotion_link::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
    };
    write_once(ctx, key, make, load).await
}

fn validity(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Validity {
    Validity {
        from: from.map(Instant::from),
        to: to.map(Instant::from),
    }
}
