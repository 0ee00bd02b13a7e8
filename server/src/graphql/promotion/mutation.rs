//! What the page of a promotion link reports of its visitors (L19).

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use crate::auth::viewer::Viewer;
use crate::domain::message::Code;
use crate::domain::promotion_count::is_person;
use crate::domain::promotion_link::visitor_id;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, system_actor};
use crate::graphql::error::{outcome, result_union};
use crate::services::promotion;
use crate::store;

/// The page of a promotion link was opened.
#[derive(InputObject)]
pub struct OpenPromotionInput {
    /// From the link's address.
    pub token: String,
    /// A random number of the browser's own, 16 to 64 of `[A-Za-z0-9_-]`; kept as a hash that tells nothing beyond this link.
    pub visitor_id: String,
}

/// The opening was heard.
#[derive(SimpleObject)]
pub struct OpenedPromotion {
    /// Whether it counts: programs, the partner's own people and links that do not sell count nothing.
    counted: bool,
}

result_union! {
    /// Result of reporting an opened page.
    OpenPromotionResult = OpenedPromotion
}

#[derive(Default)]
pub struct PromotionMutation;

#[Object]
impl PromotionMutation {
    /// L19: reports that the page of a promotion link was opened, by the page itself, so that what only fetches its address counts
    /// nothing. Whoever is signed in counts as a sign-in once. Open to visitors; limited by client address.
    async fn open_promotion(&self, ctx: &Context<'_>, input: OpenPromotionInput) -> Result<OpenPromotionResult> {
        let ended = open(ctx, input).await;
        outcome(ctx, ended, |counted| {
            OpenPromotionResult::OpenedPromotion(OpenedPromotion { counted })
        })
    }
}

async fn open(ctx: &Context<'_>, input: OpenPromotionInput) -> store::Result<bool> {
    let (app, meta) = (ctx.app(), ctx.meta());
    let limited = app.visitor_limits.check(meta.client_address);
    limited.map_err(|_| Refusal::rule(Code::RateLimited))?;
    let visitor = visitor_id(&input.visitor_id)?;
    let viewer = ctx.viewer_if_any().cloned();
    let (asking, now) = (viewer.clone(), app.store.now());
    let found = app
        .store
        .read(move |conn| promotion::counted(conn, asking.as_ref(), &input.token, now));
    let Some(link) = found.await? else { return Ok(false) };
    if !is_person(meta.user_agent.as_deref(), meta.prefetch) {
        return Ok(false);
    }
    let opened = link.clone();
    // Counted apart from everything else, so that nothing ever runs again because of a counter.
    app.store
        .keep_house(system_actor(ctx), move |tx| promotion::opened(tx, &opened, &visitor))
        .await?;
    if let Some(viewer) = viewer.filter(|viewer: &Viewer| viewer.customer().is_ok()) {
        app.store
            .write(viewer.actor(), move |tx| promotion::signed_in(tx, &viewer, &link))
            .await?;
    }
    Ok(true)
}
