//! Drafts: begun with an application, saved as they are typed, thrown away. A later save that was written over another one answers
//! Stale and changes nothing; the wizard then merges.

use std::collections::HashSet;

use serde_json::json;

use super::{facts_of, open, open_revision, submission};
use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::id::{ApplicationId, ItemCode, ProductId};
use crate::domain::product::{ProductAction, ProductEventKind, ProductStatus, ProductStep, ProductTab, RevisionStatus};
use crate::domain::product_content::ProductContent;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::store::product::{self, Product};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::{Result, Tx, application};

/// Begins the product of an application; its name and summary are those of the application.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, application: &ApplicationId) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let found = application::find(tx.conn, &scope, application)?;
    let found = found.ok_or_else(|| Refusal::not_found().at("applicationId"))?;
    let content = ProductContent {
        name: found.name.clone(),
        summary: found.summary,
        ..ProductContent::default()
    };
    let id: ProductId = tx.id();
    let revision = written(tx, &scope, &id, 1, &content)?;
    let made = Product {
        id,
        organization_id: scope.organization_id.clone(),
        application_id: found.id,
        status: ProductStatus::Draft,
        tab: ProductTab::NotListed,
        name: found.name,
        category_id: None,
        charge_form: None,
        promotion_mode: None,
        approved_revision_id: None,
        open_revision_id: Some(revision.id.clone()),
        first_revision_id: None,
        listed_at: None,
        status_reason: None,
        delisting_applied_by: None,
        delisting_applied_at: None,
        delisting_reason: None,
        created_by: scope.user_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
    };
    product::insert(tx, &made)?;
    product_revision::insert(tx, &revision)?;
    product::add_event(tx, &made.id, ProductEventKind::Created, None)?;
    product::audit(tx, &made, "product.created", None, Some(facts_of(&made)))?;
    Ok(made)
}

/// L8: begins a revision of what is approved; customers go on seeing what is.
pub fn revise(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::Revise)?;
    let approved = before.approved_revision_id.as_ref().ok_or_else(Refusal::not_found)?;
    let content = product_revision::get(tx.conn, approved)?.parsed()?;
    let number = product_revision::next_number(tx.conn, id)?;
    let revision = written(tx, &scope, id, number, &content)?;
    product_revision::insert(tx, &revision)?;
    let begun = Product {
        open_revision_id: Some(revision.id),
        ..before.clone()
    };
    let after = product::update(tx, &before, begun)?;
    product::add_event(tx, id, ProductEventKind::RevisionBegun, None)?;
    let (old, new) = (facts_of(&before), facts_of(&after));
    product::audit(tx, &after, "product.revision_begun", Some(old), Some(new))?;
    Ok(after)
}

fn written(
    tx: &Tx<'_>,
    scope: &PartnerScope,
    product: &ProductId,
    number: i32,
    content: &ProductContent,
) -> Result<ProductRevision> {
    Ok(ProductRevision {
        id: tx.id(),
        product_id: product.clone(),
        organization_id: scope.organization_id.clone(),
        number,
        status: RevisionStatus::Draft,
        content: serde_json::to_string(content).map_err(anyhow::Error::from)?,
        category_id: content.category_id.clone(),
        application_version_id: None,
        created_by: scope.user_id.clone(),
        created_at: tx.now,
        updated_at: tx.now,
        submitted_by: None,
        submitted_at: None,
        due_at: None,
        first_approved_by: None,
        decided_by: None,
        decided_at: None,
        decision: None,
        reason: None,
        field_reasons: "[]".to_owned(),
        version: 1,
    })
}

/// Saves what was typed into the open revision that was read at `version`. What is incomplete or wrong is kept as it is; only what
/// cannot be stored, and what never changes, is refused. A category that does not exist is not kept.
pub fn save(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProductId,
    version: i32,
    content: &ProductContent,
) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::Edit)?;
    let revision = open_revision(tx.conn, &before)?;
    if revision.version != version {
        return Err(Refusal::stale().into());
    }
    let mut issues = content.unstorable();
    if let Some(first) = &before.first_revision_id {
        let submitted = product_revision::get(tx.conn, first)?.parsed()?;
        issues.extend(content.immutable_changes(&submitted));
    }
    issues.extend(submission::unknown_category(tx.conn, content)?);
    Refusal::unless_valid(issues)?;
    let mut known: HashSet<ItemCode> = revision.parsed()?.item_codes().cloned().collect();
    if let Some(approved) = &before.approved_revision_id {
        known.extend(
            product_revision::get(tx.conn, approved)?
                .parsed()?
                .item_codes()
                .cloned(),
        );
    }
    let content = content.clone().with_codes(&known, || tx.id());
    let text = serde_json::to_string(&content).map_err(anyhow::Error::from)?;
    if text == revision.content && revision.status == RevisionStatus::Draft {
        return Ok(before);
    }
    let saved = ProductRevision {
        status: revision.status.apply(ProductStep::Edit)?,
        content: text,
        category_id: content.category_id.clone(),
        ..revision.clone()
    };
    product_revision::update(tx, &revision, saved)?;
    follow(tx, &before, &content)
}

/// A product that customers have not got yet is called what its draft is called, and stands where its draft stands.
fn follow(tx: &mut Tx<'_>, before: &Product, content: &ProductContent) -> Result<Product> {
    if before.status.is_on_sale() || before.status == ProductStatus::Delisted {
        // What customers have goes on being called what they bought.
        return Ok(before.clone());
    }
    let name = match content.title() {
        name if name.is_empty() => before.name.clone(),
        name => name,
    };
    let followed = Product {
        status: before.status.apply(ProductStep::Edit)?,
        name,
        charge_form: content.charge_form,
        promotion_mode: content.promotion_mode,
        ..before.clone()
    };
    product::update(tx, before, followed)
}

/// Throws the open revision away, and the product with it where it never was handed in.
pub fn discard(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId) -> Result<Option<Product>> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::Discard)?;
    let revision = open_revision(tx.conn, &before)?;
    if before.first_revision_id.is_none() {
        product_revision::delete(tx, &revision)?;
        product::delete(tx, &before)?;
        product::audit(tx, &before, "product.discarded", Some(facts_of(&before)), None)?;
        return Ok(None);
    }
    let number = revision.number.to_string();
    let kept = Product {
        open_revision_id: None,
        ..before.clone()
    };
    let after = product::update(tx, &before, kept)?;
    product_revision::delete(tx, &revision)?;
    product::add_event(tx, id, ProductEventKind::RevisionDiscarded, Some(&number))?;
    let (old, new) = (
        json!({ "revision": revision.id, "status": revision.status }),
        facts_of(&after),
    );
    product::audit(tx, &after, "product.revision_discarded", Some(old), Some(new))?;
    Ok(Some(after))
}
