//! Who reads which products (L6): a partner its own, an operator those of the categories that they hold once they were handed in.

use std::collections::HashSet;

use crate::auth::viewer::Viewer;
use crate::domain::id::{PreTaskId, ProductId};
use crate::domain::product::{ProductAction, ProductViewer, Standing};
use crate::domain::product_content::PromotionMode;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::product::{self, Product, ProductEvent, ProductFilter, ProductScope};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::{Result, category};

/// As whom the viewer reads products; others have no permission.
fn scope(viewer: &Viewer) -> std::result::Result<ProductScope, Refusal> {
    match viewer.category_operator() {
        Ok(operator) => Ok(ProductScope::Operator(operator)),
        Err(_) => viewer.partner().map(ProductScope::Partner),
    }
}

/// One product, or `None` where it does not exist for the viewer.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &ProductId) -> Result<Option<Product>> {
    match scope(viewer) {
        Ok(scope) => product::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// The product of a revision, where it exists for the viewer.
pub fn of_revision(conn: &mut Conn, viewer: &Viewer, revision: &ProductRevision) -> Result<Option<Product>> {
    find(conn, viewer, &revision.product_id)
}

/// A page of products, newest first.
pub fn list(conn: &mut Conn, viewer: &Viewer, filter: &ProductFilter, page: &PageRequest) -> Result<Page<Product>> {
    product::list(conn, &scope(viewer)?, filter, page)
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, filter: &ProductFilter) -> Result<i64> {
    product::count(conn, &scope(viewer)?, filter)
}

/// A page of the timeline of a product that the viewer was shown already, newest first.
pub fn events(conn: &mut Conn, _: &Viewer, of: &ProductId, page: &PageRequest) -> Result<Page<ProductEvent>> {
    product::events(conn, of, page)
}

/// How many steps [`events`] has in all.
pub fn count_events(conn: &mut Conn, _: &Viewer, of: &ProductId) -> Result<i64> {
    product::count_events(conn, of)
}

/// A product that the same idempotency key began before.
pub fn made_before(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<Product> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(find(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

/// What a product's actions follow from.
pub fn standing(conn: &mut Conn, of: &Product) -> Result<Standing> {
    let open = match &of.open_revision_id {
        Some(id) => Some(product_revision::get(conn, id)?.status),
        None => None,
    };
    let for_marketplace = of.promotion_mode == Some(PromotionMode::Marketplace);
    Ok(Standing {
        status: of.status,
        open,
        for_marketplace,
        was_submitted: of.first_revision_id.is_some(),
        delisting_applied: of.delisting_applied_at.is_some(),
        tasks_done: open_tasks(conn, of)?.is_empty(),
    })
}

/// L9: the tasks before the marketplace that are not done yet.
pub fn open_tasks(conn: &mut Conn, of: &Product) -> Result<Vec<PreTaskId>> {
    let done = product::tasks_of(conn, std::slice::from_ref(&of.id))?;
    let done: HashSet<_> = done.into_iter().map(|task| task.task_id).collect();
    let asked = category::tasks(conn)?.into_iter().filter(|task| !task.retired);
    Ok(asked.map(|task| task.id).filter(|id| !done.contains(id)).collect())
}

/// What the viewer is to a product that they were shown; `held` says whether they hold the category that decides.
pub fn viewer_of(viewer: &Viewer, of: &Product, held: bool) -> Option<ProductViewer> {
    if viewer.category_operator().is_ok() {
        return held.then_some(ProductViewer::Operator);
    }
    let scope = viewer.partner().ok()?;
    if scope.organization_id != of.organization_id {
        return None;
    }
    match scope.admin {
        true => Some(ProductViewer::PartnerAdmin),
        false => Some(ProductViewer::Developer),
    }
}

/// What the viewer can do with a product that they were shown. Where a revision waits in another category than the product's, its
/// operator decides about the revision and the product's about the rest.
pub fn actions(conn: &mut Conn, viewer: &Viewer, of: &Product) -> Result<Vec<ProductAction>> {
    let standing = standing(conn, of)?;
    let Ok(operator) = viewer.category_operator() else {
        let seen = viewer_of(viewer, of, false);
        return Ok(seen.map_or_else(Vec::new, |seen| standing.available_actions(seen)));
    };
    let held = category::held(conn, &operator)?;
    let holds = |category: Option<&_>| category.is_some_and(|id| held.contains(id));
    let open = match &of.open_revision_id {
        Some(id) => Some(product_revision::get(conn, id)?),
        None => None,
    };
    let reviews = open.as_ref().is_some_and(|open| {
        holds(open.category_id.as_ref()) && open.first_approved_by.as_ref() != Some(&operator.user_id)
    });
    let owns = holds(of.category_id.as_ref());
    let mut actions = standing.available_actions(ProductViewer::Operator);
    actions.retain(|action| match action {
        ProductAction::Review => reviews,
        _ => owns,
    });
    Ok(actions)
}
