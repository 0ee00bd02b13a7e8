//! The preflight of a revision and handing it in (L5). Both make the same report.

use super::{facts, facts_of, open, open_revision};
use crate::auth::viewer::Viewer;
use crate::domain::id::ProductId;
use crate::domain::instant::Instant;
use crate::domain::notification::Notice;
use crate::domain::problem::Problem;
use crate::domain::product::{ProductAction, ProductEventKind, ProductStep};
use crate::domain::product_content::ProductContent;
use crate::domain::product_form::{self, Facts, ListingIssue};
use crate::domain::refusal::{Issue, Refusal};
use crate::domain::transition::Status;
use crate::store::conn::Conn;
use crate::store::notification::{self, Recipients};
use crate::store::product::{self, Product};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::{Result, Tx, calendar_day, category, organization};

/// Working days that an operator has (L7).
const REVIEW_DAYS: u32 = 1;

/// Everything that keeps the open revision of each product from being handed in; nothing for whoever is not of its partner.
pub fn reports(conn: &mut Conn, viewer: &Viewer, products: &[Product]) -> Result<Vec<(ProductId, Vec<ListingIssue>)>> {
    let Ok(scope) = viewer.partner() else {
        return Ok(Vec::new());
    };
    let own = products.iter().filter(|it| it.organization_id == scope.organization_id);
    let open: Vec<_> = own.clone().filter_map(|it| it.open_revision_id.clone()).collect();
    let revisions = product_revision::by_ids(conn, &open)?;
    let mut drafts = Vec::new();
    for product in own {
        let revision = revisions
            .iter()
            .find(|row| product.open_revision_id.as_ref() == Some(&row.id));
        if let Some(revision) = revision {
            drafts.push((product.clone(), revision.parsed()?));
        }
    }
    let facts = facts::of_all(conn, &scope, &drafts)?;
    let report =
        |((product, content), facts): (facts::Draft, Facts)| (product.id, product_form::report(&content, &facts));
    Ok(drafts.into_iter().zip(facts).map(report).collect())
}

/// Hands the open revision in, as it was read at `version` of the product's revision; every failure is listed at once.
pub fn submit(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId, version: i32) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::Submit)?;
    let revision = open_revision(tx.conn, &before)?;
    if revision.version != version {
        return Err(Refusal::stale().into());
    }
    let content = revision.parsed()?;
    let facts = facts::of(tx.conn, &scope, &before, &content)?;
    let issues = product_form::report(&content, &facts);
    Refusal::unless_valid(issues.into_iter().map(|found| found.issue).collect())?;
    let due = Instant::from(calendar_day::calendar(tx)?.due_after(tx.now.utc(), REVIEW_DAYS));
    let handed_in = ProductRevision {
        status: revision.status.apply(ProductStep::Submit)?,
        application_version_id: facts.published,
        submitted_by: Some(scope.user_id),
        submitted_at: Some(tx.now),
        due_at: Some(due),
        first_approved_by: None,
        decided_by: None,
        decided_at: None,
        decision: None,
        reason: None,
        field_reasons: "[]".to_owned(),
        ..revision.clone()
    };
    let handed_in = product_revision::update(tx, &revision, handed_in)?;
    let moved = moved(&before, &handed_in, &content)?;
    let after = product::update(tx, &before, moved)?;
    product::add_event(tx, id, ProductEventKind::Submitted, None)?;
    let (old, new) = (facts_of(&before), facts_of(&after));
    product::audit(tx, &after, "product.submitted", Some(old), Some(new))?;
    tell(tx, &after, &handed_in)?;
    Ok(after)
}

/// L8: beside what is on sale only the revision moves.
fn moved(before: &Product, handed_in: &ProductRevision, content: &ProductContent) -> Result<Product> {
    let first = before.first_revision_id.clone();
    let on_sale = before.status.is_on_sale();
    let status = match on_sale {
        true => before.status,
        false => before.status.apply(ProductStep::Submit)?,
    };
    let category = match on_sale {
        true => before.category_id.clone(),
        false => content.category_id.clone(),
    };
    Ok(Product {
        status,
        category_id: category,
        first_revision_id: first.or_else(|| Some(handed_in.id.clone())),
        ..before.clone()
    })
}

/// L6: the operators of its category, and nobody else, have it in their queue.
fn tell(tx: &mut Tx<'_>, product: &Product, handed_in: &ProductRevision) -> Result<()> {
    let Some(category) = &handed_in.category_id else {
        return Ok(());
    };
    let notice = Notice::ProductSubmitted {
        partner: organization::get(tx.conn, &product.organization_id)?.name,
        product: product.name.clone(),
    };
    notification::notify(tx, Recipients::Operators(category), product.id.as_str(), &notice)?;
    match handed_in.due_at {
        Some(due) => notification::remind_when_due(tx, handed_in.id.as_str(), due),
        None => Ok(()),
    }
}

/// A category that does not exist cannot even be kept in a draft.
pub fn unknown_category(conn: &mut Conn, content: &ProductContent) -> Result<Vec<Issue>> {
    let Some(id) = &content.category_id else {
        return Ok(Vec::new());
    };
    Ok(match category::find(conn, id)? {
        Some(_) => Vec::new(),
        None => vec![Issue::new("content.categoryId", Problem::Unknown)],
    })
}
