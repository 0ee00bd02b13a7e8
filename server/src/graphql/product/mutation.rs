//! Mutations of partners about their products.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use serde::Serialize;

use super::input::ProductContentInput;
use super::types::Product;
use crate::auth::viewer::Viewer;
use crate::domain::id::{ApplicationId, IdSource, ProductId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::product;
use crate::store::{self, Tx};

/// Begins the product of an application.
#[derive(InputObject, Serialize)]
pub struct CreateProductInput {
    /// An application of the acting partner that has none yet.
    pub application_id: ID,
}

/// Saves what was typed into the open revision.
#[derive(InputObject)]
pub struct SaveProductDraftInput {
    /// The product.
    pub id: ID,
    /// The version of its open revision that was read: a later change answers Stale.
    pub version: i32,
    /// Everything that was typed, complete or not.
    pub content: ProductContentInput,
}

/// Hands the open revision in.
#[derive(InputObject)]
pub struct SubmitProductInput {
    /// The product.
    pub id: ID,
    /// The version of its open revision that was read: a later change answers Stale.
    pub version: i32,
}

/// Names a product.
#[derive(InputObject)]
pub struct ProductActionInput {
    /// The product.
    pub id: ID,
}

/// Applies to take a product off the shelves.
#[derive(InputObject)]
pub struct ApplyToDelistProductInput {
    /// The product.
    pub id: ID,
    /// Why: 1 to 1,000 characters.
    pub reason: String,
}

/// What is left of a product whose open revision was thrown away.
#[derive(SimpleObject)]
pub struct DiscardedProductRevision {
    /// The product; null where it went as well, since it was never handed in.
    product: Option<Product>,
}

result_union! {
    /// Result of beginning a product.
    CreateProductResult = Product
}
result_union! {
    /// Result of saving a draft.
    SaveProductDraftResult = Product
}
result_union! {
    /// Result of beginning a revision.
    ReviseProductResult = Product
}
result_union! {
    /// Result of throwing the open revision away.
    DiscardProductDraftResult = DiscardedProductRevision
}
result_union! {
    /// Result of handing in.
    SubmitProductResult = Product
}
result_union! {
    /// Result of putting a product on the marketplace.
    ListProductResult = Product
}
result_union! {
    /// Result of applying to delist.
    ApplyToDelistProductResult = Product
}
result_union! {
    /// Result of taking that back.
    WithdrawDelistingResult = Product
}

#[derive(Default)]
pub struct ProductMutation;

#[Object]
impl ProductMutation {
    /// Begins the product of an application; a partner admin. An application has one.
    async fn create_product(
        &self,
        ctx: &Context<'_>,
        input: CreateProductInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CreateProductResult> {
        let ended = create(ctx, &input, idempotency_key).await?;
        outcome(ctx, ended, |row| CreateProductResult::Product(Product(row)))
    }

    /// Saves what was typed so far. What is incomplete or wrong is kept; `preflight` says what is.
    async fn save_product_draft(
        &self,
        ctx: &Context<'_>,
        input: SaveProductDraftInput,
    ) -> Result<SaveProductDraftResult> {
        let (version, content) = (input.version, input.content.read(&IdSource::default()));
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| {
            product::save(tx, viewer, id, version, content.as_ref().map_err(Clone::clone)?)
        };
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| SaveProductDraftResult::Product(Product(row)))
    }

    /// L8: begins a revision of what is approved; until it is approved, customers go on seeing what is.
    async fn revise_product(&self, ctx: &Context<'_>, input: ProductActionInput) -> Result<ReviseProductResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, product::revise).await?;
        outcome(ctx, ended, |row| ReviseProductResult::Product(Product(row)))
    }

    /// Throws the open revision away, and the product where it never was handed in.
    async fn discard_product_draft(
        &self,
        ctx: &Context<'_>,
        input: ProductActionInput,
    ) -> Result<DiscardProductDraftResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, product::discard).await?;
        outcome(ctx, ended, |left| {
            let product = left.map(Product);
            DiscardProductDraftResult::DiscardedProductRevision(DiscardedProductRevision { product })
        })
    }

    /// L5: hands the open revision in for review. Everything that is wrong is reported at once.
    async fn submit_product(&self, ctx: &Context<'_>, input: SubmitProductInput) -> Result<SubmitProductResult> {
        let version = input.version;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| product::submit(tx, viewer, id, version);
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| SubmitProductResult::Product(Product(row)))
    }

    /// L9: puts an approved product on the marketplace, once every task before it is done.
    async fn list_product(&self, ctx: &Context<'_>, input: ProductActionInput) -> Result<ListProductResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, product::list_on_marketplace).await?;
        outcome(ctx, ended, |row| ListProductResult::Product(Product(row)))
    }

    /// L10: applies to take a product off the shelves; an operator of its category decides.
    async fn apply_to_delist_product(
        &self,
        ctx: &Context<'_>,
        input: ApplyToDelistProductInput,
    ) -> Result<ApplyToDelistProductResult> {
        let reason = input.reason;
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| product::apply_to_delist(tx, viewer, id, &reason);
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| ApplyToDelistProductResult::Product(Product(row)))
    }

    /// L10: takes the application to delist back while nobody has decided.
    async fn withdraw_delisting(
        &self,
        ctx: &Context<'_>,
        input: ProductActionInput,
    ) -> Result<WithdrawDelistingResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, product::withdraw_delisting).await?;
        outcome(ctx, ended, |row| WithdrawDelistingResult::Product(Product(row)))
    }
}

async fn create(
    ctx: &Context<'_>,
    input: &CreateProductInput,
    key: Option<String>,
) -> Result<store::Result<store::product::Product>> {
    let key = match idempotency_key(key, "createProduct", input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let application = input.application_id.parse::<ApplicationId>().ok();
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.partner_admin()?;
        let application = application
            .as_ref()
            .ok_or_else(|| Refusal::not_found().at("applicationId"))?;
        let row = product::create(tx, viewer, application)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, product::made_before).await
}
