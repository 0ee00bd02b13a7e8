//! Mutations about applications to list cool apps, of partners and of open-platform operators.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use serde::Serialize;

use super::input::CoolAppContentInput;
use super::types::CoolAppApplication;
use crate::auth::viewer::Viewer;
use crate::domain::cool_app::CoolAppDecision;
use crate::domain::id::{CoolAppId, ProductId};
use crate::domain::product_decision::FieldReason;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::graphql::product::FieldReasonInput;
use crate::services::cool_app::{self, Review};
use crate::store::{self, Tx};

/// Begins an application.
#[derive(InputObject, Serialize)]
pub struct CreateCoolAppApplicationInput {
    /// A product of the acting partner that is on the marketplace.
    pub product_id: ID,
}

/// Saves what was typed.
#[derive(InputObject)]
pub struct SaveCoolAppDraftInput {
    /// The application.
    pub id: ID,
    /// The version that was read: a later change answers Stale.
    pub version: i32,
    /// Everything that was typed, complete or not.
    pub content: CoolAppContentInput,
}

/// Names an application as it was read.
#[derive(InputObject)]
pub struct CoolAppVersionInput {
    /// The application.
    pub id: ID,
    /// The version that was read: a later change answers Stale.
    pub version: i32,
}

/// Takes a cool app off the market.
#[derive(InputObject)]
pub struct DelistCoolAppInput {
    /// The application.
    pub id: ID,
    /// Why, at most 1,000 characters; required of an operator, and the partner reads it.
    pub reason: Option<String>,
}

/// A decision about an application.
#[derive(InputObject)]
pub struct ReviewCoolAppInput {
    /// The application.
    pub id: ID,
    /// What is decided.
    pub decision: CoolAppDecision,
    /// Why, at most 1,000 characters; to reject, here or beside a field.
    pub reason: Option<String>,
    /// At most 50; none with an approval.
    #[graphql(default)]
    pub field_reasons: Vec<FieldReasonInput>,
}

/// A draft that was thrown away.
#[derive(SimpleObject)]
pub struct DiscardedCoolApp {
    /// Its id.
    id: ID,
    /// Its code, which is not given again.
    code: String,
}

result_union! {
    /// Result of beginning an application.
    CreateCoolAppApplicationResult = CoolAppApplication
}
result_union! {
    /// Result of saving a draft.
    SaveCoolAppDraftResult = CoolAppApplication
}
result_union! {
    /// Result of throwing a draft away.
    DiscardCoolAppDraftResult = DiscardedCoolApp
}
result_union! {
    /// Result of handing in.
    SubmitCoolAppApplicationResult = CoolAppApplication
}
result_union! {
    /// Result of a review.
    ReviewCoolAppResult = CoolAppApplication
}
result_union! {
    /// Result of delisting.
    DelistCoolAppResult = CoolAppApplication
}

#[derive(Default)]
pub struct CoolAppMutation;

#[Object]
impl CoolAppMutation {
    /// L21: begins an application for a product that is on the marketplace; a partner admin.
    async fn create_cool_app_application(
        &self,
        ctx: &Context<'_>,
        input: CreateCoolAppApplicationInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CreateCoolAppApplicationResult> {
        let ended = create(ctx, &input, idempotency_key).await?;
        outcome(ctx, ended, |row| {
            CreateCoolAppApplicationResult::CoolAppApplication(CoolAppApplication(row))
        })
    }

    /// Saves what was typed so far, incomplete or wrong as it is. Of what is approved it is the next update.
    async fn save_cool_app_draft(
        &self,
        ctx: &Context<'_>,
        input: SaveCoolAppDraftInput,
    ) -> Result<SaveCoolAppDraftResult> {
        let (version, content) = (input.version, input.content.read());
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId| {
            cool_app::save(tx, viewer, id, version, content.as_ref().map_err(Clone::clone)?)
        };
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| {
            SaveCoolAppDraftResult::CoolAppApplication(CoolAppApplication(row))
        })
    }

    /// Throws a draft away that never was handed in.
    async fn discard_cool_app_draft(
        &self,
        ctx: &Context<'_>,
        input: CoolAppVersionInput,
    ) -> Result<DiscardCoolAppDraftResult> {
        let version = input.version;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId| cool_app::discard(tx, viewer, id, version);
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| {
            DiscardCoolAppDraftResult::DiscardedCoolApp(DiscardedCoolApp {
                id: ID(row.id.to_string()),
                code: row.code.to_string(),
            })
        })
    }

    /// L21: hands an application in, or an update of what is approved. Everything that is wrong is reported at once, with the field's
    /// name and the limit.
    async fn submit_cool_app_application(
        &self,
        ctx: &Context<'_>,
        input: CoolAppVersionInput,
    ) -> Result<SubmitCoolAppApplicationResult> {
        let version = input.version;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId| cool_app::submit(tx, viewer, id, version);
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| {
            SubmitCoolAppApplicationResult::CoolAppApplication(CoolAppApplication(row))
        })
    }

    /// L22: an open-platform operator approves or rejects what was handed in.
    async fn review_cool_app(&self, ctx: &Context<'_>, input: ReviewCoolAppInput) -> Result<ReviewCoolAppResult> {
        let said = Review {
            decision: input.decision,
            reason: input.reason,
            field_reasons: input.field_reasons.into_iter().map(FieldReason::from).collect(),
        };
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId| cool_app::review(tx, viewer, id, &said);
        let ended = change(ctx, &input.id, Viewer::open_platform_operator, work).await?;
        outcome(ctx, ended, |row| {
            ReviewCoolAppResult::CoolAppApplication(CoolAppApplication(row))
        })
    }

    /// L22: takes a cool app off the market; its partner, or an open-platform operator with a reason. Groups that have it keep it.
    async fn delist_cool_app(&self, ctx: &Context<'_>, input: DelistCoolAppInput) -> Result<DelistCoolAppResult> {
        let reason = input.reason;
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId| cool_app::delist(tx, viewer, id, reason.as_deref());
        let ended = change(ctx, &input.id, either_side, work).await?;
        outcome(ctx, ended, |row| {
            DelistCoolAppResult::CoolAppApplication(CoolAppApplication(row))
        })
    }
}

/// OO or PA.
fn either_side(viewer: &Viewer) -> std::result::Result<(), Refusal> {
    match viewer.open_platform_operator() {
        Ok(_) => Ok(()),
        Err(_) => viewer.partner_admin().map(drop),
    }
}

async fn create(
    ctx: &Context<'_>,
    input: &CreateCoolAppApplicationInput,
    key: Option<String>,
) -> Result<store::Result<store::cool_app::CoolApp>> {
    let key = match idempotency_key(key, "createCoolAppApplication", input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let product = input.product_id.parse::<ProductId>().ok();
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.partner_admin()?;
        let product = product.as_ref().ok_or_else(|| Refusal::not_found().at("productId"))?;
        let row = cool_app::create(tx, viewer, product)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, cool_app::made_before).await
}
