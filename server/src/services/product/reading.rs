//! Who reads which products (L6): a partner its own, an operator those of the categories that they hold once they were handed in.

use std::collections::HashSet;

use crate::auth::viewer::Viewer;
use crate::domain::id::{CategoryId, PreTaskId, ProductId};
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

/// What each product's actions follow from.
fn standings(conn: &mut Conn, products: &[Product]) -> Result<Vec<(Standing, Option<ProductRevision>)>> {
    let ids: Vec<_> = products.iter().map(|it| it.id.clone()).collect();
    let open: Vec<_> = products.iter().filter_map(|it| it.open_revision_id.clone()).collect();
    let revisions = product_revision::by_ids(conn, &open)?;
    let asked: Vec<PreTaskId> = category::tasks(conn)?
        .into_iter()
        .filter(|task| !task.retired)
        .map(|task| task.id)
        .collect();
    let done: HashSet<(ProductId, PreTaskId)> = product::tasks_of(conn, &ids)?
        .into_iter()
        .map(|task| (task.product_id, task.task_id))
        .collect();
    let standing = |it: &Product| {
        let of_it = |revision: &&ProductRevision| it.open_revision_id.as_ref() == Some(&revision.id);
        let open = revisions.iter().find(of_it).cloned();
        let standing = Standing {
            status: it.status,
            open: open.as_ref().map(|open| open.status),
            for_marketplace: it.promotion_mode == Some(PromotionMode::Marketplace),
            was_submitted: it.first_revision_id.is_some(),
            delisting_applied: it.delisting_applied_at.is_some(),
            tasks_done: asked.iter().all(|task| done.contains(&(it.id.clone(), task.clone()))),
        };
        (standing, open)
    };
    Ok(products.iter().map(standing).collect())
}

/// What a product's actions follow from.
pub fn standing(conn: &mut Conn, of: &Product) -> Result<Standing> {
    let mut all = standings(conn, std::slice::from_ref(of))?;
    let (standing, _) = all.pop().ok_or_else(Refusal::not_found)?;
    Ok(standing)
}

/// What the viewer can do with each of the products that they were shown. Where a revision waits in another category than the
/// product's, its operator decides about the revision and the product's about the rest.
pub fn actions_of(
    conn: &mut Conn,
    viewer: &Viewer,
    products: &[Product],
) -> Result<Vec<(ProductId, Vec<ProductAction>)>> {
    let operator = viewer.category_operator().ok();
    let held = match &operator {
        Some(operator) => category::held(conn, operator)?,
        None => Vec::new(),
    };
    let holds = |category: Option<&CategoryId>| category.is_some_and(|id| held.contains(id));
    let actions = |(it, (standing, open)): (&Product, (Standing, Option<ProductRevision>))| {
        let actions = match &operator {
            None => as_partner(viewer, it).map_or_else(Vec::new, |seen| standing.available_actions(seen)),
            Some(operator) => {
                let reviews = open.as_ref().is_some_and(|open| {
                    holds(open.category_id.as_ref()) && open.first_approved_by.as_ref() != Some(&operator.user_id)
                });
                let owns = holds(it.category_id.as_ref());
                let mut actions = standing.available_actions(ProductViewer::Operator);
                actions.retain(|action| match action {
                    ProductAction::Review => reviews,
                    _ => owns,
                });
                actions
            }
        };
        (it.id.clone(), actions)
    };
    let standings = standings(conn, products)?;
    Ok(products.iter().zip(standings).map(actions).collect())
}

/// What somebody of the product's own partner is to it.
fn as_partner(viewer: &Viewer, of: &Product) -> Option<ProductViewer> {
    let scope = viewer.partner().ok()?;
    let own = scope.organization_id == of.organization_id;
    own.then_some(match scope.admin {
        true => ProductViewer::PartnerAdmin,
        false => ProductViewer::Developer,
    })
}
