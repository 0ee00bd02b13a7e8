//! The operator's side of products (L6, L9, L10): the queue of the categories that they hold, decisions about revisions, the tasks
//! before the marketplace, delisting and hiding. Operators of other categories have no permission.

use serde_json::json;

use crate::auth::viewer::{CategoryOperatorScope, Viewer};
use crate::domain::category::NOTE_MAX;
use crate::domain::decision;
use crate::domain::id::{CategoryId, PreTaskId, ProductId, ProductRevisionId};
use crate::domain::message::Code;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::product::{
    ProductAction, ProductDecision, ProductEventKind, ProductStatus, ProductStep, ProductViewer,
};
use crate::domain::product_content::ProductContent;
use crate::domain::product_decision::{self, FieldReason};
use crate::domain::product_form::is_for_marketplace;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::domain::wording;
use crate::services::product::{facts_of, standing, without_application};
use crate::store::conn::Conn;
use crate::store::notification::{self, Recipients};
use crate::store::page::{Page, PageRequest};
use crate::store::product::{self, Product, ProductTask};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::{Result, Tx, category, delisting_decision, market};

/// What operators were told of a revision that waits for them.
const WAITING: [NotificationKind; 2] = [NotificationKind::ProductSubmitted, NotificationKind::ProductOverdue];

/// What an operator says about a revision.
#[derive(Clone, Debug)]
pub struct Review {
    pub decision: ProductDecision,
    pub reason: Option<String>,
    pub field_reasons: Vec<FieldReason>,
}

/// A page of what waits for the operator, soonest due first.
pub fn queue(
    conn: &mut Conn,
    viewer: &Viewer,
    category: Option<&CategoryId>,
    page: &PageRequest,
) -> Result<Page<ProductRevision>> {
    product_revision::queue(conn, &viewer.category_operator()?, category, page)
}

/// How many [`queue`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, category: Option<&CategoryId>) -> Result<i64> {
    product_revision::count_queue(conn, &viewer.category_operator()?, category)
}

/// Decides about a revision in review. Where its category wants four eyes, the first approval waits for a second operator's.
pub fn review(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductRevisionId, said: &Review) -> Result<Product> {
    let scope = viewer.category_operator()?;
    let before = product_revision::find(tx.conn, id)?.ok_or_else(Refusal::not_found)?;
    let product = product::get(tx.conn, &before.product_id)?;
    let routed = before.category_id.as_ref().ok_or_else(Refusal::not_found)?;
    if product.first_revision_id.is_none() {
        return Err(Refusal::not_found().into());
    }
    require_held(tx.conn, &scope, routed)?;
    let status = before.status.apply(said.decision.step())?;
    if before.first_approved_by.as_ref() == Some(&scope.user_id) {
        return Err(Refusal::rule(Code::SecondOperatorRequired).into());
    }
    let approved = said.decision == ProductDecision::Approve;
    let (reason, fields) = product_decision::checked(approved, said.reason.as_deref(), &said.field_reasons)?;
    let four_eyes = category::find(tx.conn, routed)?.is_some_and(|it| it.four_eyes);
    if said.decision == ProductDecision::Approve && four_eyes && before.first_approved_by.is_none() {
        return first_approval(tx, &scope, product, before);
    }
    let decided = ProductRevision {
        status,
        decided_by: Some(scope.user_id),
        decided_at: Some(tx.now),
        decision: Some(said.decision),
        reason,
        field_reasons: serde_json::to_string(&fields).map_err(anyhow::Error::from)?,
        ..before.clone()
    };
    let decided = product_revision::update(tx, &before, decided)?;
    let content = decided.parsed()?;
    let after = product::update(tx, &product, moved(&product, &decided, &content, said.decision)?)?;
    market::follow(tx, &after)?;
    let (kind, action) = match said.decision {
        ProductDecision::Approve => (ProductEventKind::Approved, "product.approved"),
        ProductDecision::Reject => (ProductEventKind::Rejected, "product.rejected"),
        ProductDecision::SendBack => (ProductEventKind::SentBack, "product.sent_back"),
    };
    product::add_event(tx, &after.id, kind, decided.reason.as_deref())?;
    let mut told = facts_of(&after);
    told["decision"] = json!({ "revision": decided.id, "reason": decided.reason, "fieldReasons": fields });
    product::audit(tx, &after, action, Some(facts_of(&product)), Some(told))?;
    notification::answered(tx, after.id.as_str(), &WAITING)?;
    tell(tx, &after, &decided, said.decision)?;
    Ok(after)
}

/// The first of two: the revision goes on waiting, for somebody else.
fn first_approval(
    tx: &mut Tx<'_>,
    scope: &CategoryOperatorScope,
    product: Product,
    before: ProductRevision,
) -> Result<Product> {
    let approved = ProductRevision {
        first_approved_by: Some(scope.user_id.clone()),
        ..before.clone()
    };
    let approved = product_revision::update(tx, &before, approved)?;
    product::add_event(tx, &product.id, ProductEventKind::FirstApproved, None)?;
    let facts = json!({ "revision": approved.id, "firstApprovedBy": approved.first_approved_by });
    product::audit(tx, &product, "product.first_approved", None, Some(facts))?;
    Ok(product)
}

/// L8: an approved revision takes the place of the one before; of what was not on sale the status moves as well.
fn moved(
    before: &Product,
    decided: &ProductRevision,
    content: &ProductContent,
    decision: ProductDecision,
) -> Result<Product> {
    let status = match before.status.is_on_sale() {
        true => before.status,
        false => before.status.apply(decision.step())?,
    };
    if decision != ProductDecision::Approve {
        return Ok(Product {
            status,
            ..before.clone()
        });
    }
    // L9: what goes over to its own channel leaves the marketplace with the approval.
    let own_channel = !is_for_marketplace(content);
    let status = match (status, own_channel) {
        (ProductStatus::Listed | ProductStatus::Hidden, true) => ProductStatus::Approved,
        (status, _) => status,
    };
    Ok(Product {
        status,
        name: content.title(),
        category_id: content.category_id.clone(),
        charge_form: content.charge_form,
        promotion_mode: content.promotion_mode,
        approved_revision_id: Some(decided.id.clone()),
        open_revision_id: None,
        status_reason: None,
        ..before.clone()
    })
}

/// Whoever handed it in learns the decision.
fn tell(tx: &mut Tx<'_>, product: &Product, decided: &ProductRevision, decision: ProductDecision) -> Result<()> {
    let name = product.name.clone();
    let reason = decided.reason.clone().unwrap_or_default();
    let notice = match decision {
        ProductDecision::Approve => Notice::ProductApproved { product: name },
        ProductDecision::Reject => Notice::ProductRejected { product: name, reason },
        ProductDecision::SendBack => Notice::ProductSentBack { product: name, reason },
    };
    let submitter = decided.submitted_by.as_ref().unwrap_or(&decided.created_by);
    let person = Recipients::Person(&product.organization_id, submitter);
    notification::notify(tx, person, product.id.as_str(), &notice)?;
    Ok(())
}

/// L9: an operator records that a task before the marketplace was done, with a note; or with `None` that it was not.
pub fn answer_task(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProductId,
    task: &PreTaskId,
    note: Option<&str>,
) -> Result<Product> {
    let scope = viewer.category_operator()?;
    let before = open(tx.conn, &scope, id, ProductAction::AnswerTask)?;
    let found = category::find_task(tx.conn, task)?.filter(|task| !task.retired);
    let found = found.ok_or_else(|| Refusal::not_found().at("taskId"))?;
    let done = match note {
        None => None,
        Some(note) => Some(ProductTask {
            product_id: id.clone(),
            task_id: task.clone(),
            note: wording::paragraphs(note, NOTE_MAX).map_err(|problem| Refusal::invalid("note", problem))?,
            done_by: scope.user_id,
            done_at: tx.now,
        }),
    };
    product::set_task(tx, id, task, done.as_ref())?;
    let after = product::update(tx, &before, before.clone())?;
    let kind = match done {
        Some(_) => ProductEventKind::TaskDone,
        None => ProductEventKind::TaskReopened,
    };
    let both = format!("{} / {}", found.name_zh, found.name_en);
    product::add_event(tx, id, kind, Some(&both))?;
    let facts = json!({ "task": found.id, "done": done.is_some(), "note": done.as_ref().map(|done| &done.note) });
    product::audit(tx, &after, "product.task_answered", None, Some(facts))?;
    if done.is_some() && standing(tx.conn, &after)?.tasks_done {
        let notice = Notice::ProductReadyToList {
            product: after.name.clone(),
        };
        let creator = Recipients::Person(&after.organization_id, &after.created_by);
        notification::notify(tx, creator, id.as_str(), &notice)?;
    }
    Ok(after)
}

/// L10: an operator decides about the application to delist.
pub fn decide_delisting(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProductId,
    approve: bool,
    reason: Option<&str>,
) -> Result<Product> {
    let scope = viewer.category_operator()?;
    let before = open(tx.conn, &scope, id, ProductAction::DecideDelisting)?;
    let reason = decision::reason(reason, !approve)?;
    notification::answered(tx, id.as_str(), &[NotificationKind::DelistingApplied])?;
    delisting_decision::insert(tx, &scope, &before, approve)?;
    if approve {
        return delisted(tx, &before, before.delisting_reason.clone());
    }
    let after = product::update(tx, &before, without_application(&before))?;
    product::add_event(tx, id, ProductEventKind::DelistingRefused, reason.as_deref())?;
    let mut told = facts_of(&after);
    told["decisionReason"] = json!(reason);
    product::audit(
        tx,
        &after,
        "product.delisting_refused",
        Some(facts_of(&before)),
        Some(told),
    )?;
    let notice = Notice::DelistingRefused {
        product: after.name.clone(),
        reason: reason.unwrap_or_default(),
    };
    let applicant = before.delisting_applied_by.as_ref().unwrap_or(&before.created_by);
    notification::notify(
        tx,
        Recipients::Person(&after.organization_id, applicant),
        id.as_str(),
        &notice,
    )?;
    Ok(after)
}

/// L10: an operator takes a product off the shelves, with a reason. Who has it goes on using it.
pub fn delist(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId, reason: &str) -> Result<Product> {
    let scope = viewer.category_operator()?;
    let before = open(tx.conn, &scope, id, ProductAction::Delist)?;
    let reason = decision::reason(Some(reason), true)?;
    // An application to do so is answered by it.
    delisting_decision::insert(tx, &scope, &before, true)?;
    delisted(tx, &before, reason)
}

fn delisted(tx: &mut Tx<'_>, before: &Product, reason: Option<String>) -> Result<Product> {
    let gone = Product {
        status: before.status.apply(ProductStep::Delist)?,
        status_reason: reason,
        ..without_application(before)
    };
    let notice = |product: &Product| Notice::ProductDelisted {
        product: product.name.clone(),
        reason: product.status_reason.clone().unwrap_or_default(),
    };
    shown_otherwise(tx, before, gone, ProductEventKind::Delisted, "product.delisted", notice)
}

/// L10: an operator takes a listed product from view, with a reason.
pub fn hide(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId, reason: &str) -> Result<Product> {
    let scope = viewer.category_operator()?;
    let before = open(tx.conn, &scope, id, ProductAction::Hide)?;
    let hidden = Product {
        status: before.status.apply(ProductStep::Hide)?,
        status_reason: decision::reason(Some(reason), true)?,
        ..before.clone()
    };
    let notice = |product: &Product| Notice::ProductHidden {
        product: product.name.clone(),
        reason: product.status_reason.clone().unwrap_or_default(),
    };
    shown_otherwise(tx, &before, hidden, ProductEventKind::Hidden, "product.hidden", notice)
}

/// L10: an operator shows a hidden product again.
pub fn show(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId) -> Result<Product> {
    let scope = viewer.category_operator()?;
    let before = open(tx.conn, &scope, id, ProductAction::Show)?;
    let shown = Product {
        status: before.status.apply(ProductStep::Show)?,
        status_reason: None,
        ..before.clone()
    };
    let notice = |product: &Product| Notice::ProductShown {
        product: product.name.clone(),
    };
    shown_otherwise(tx, &before, shown, ProductEventKind::Shown, "product.shown", notice)
}

/// Saves a product that is shown otherwise than before, and tells its partner's admins.
fn shown_otherwise(
    tx: &mut Tx<'_>,
    before: &Product,
    wanted: Product,
    kind: ProductEventKind,
    action: &'static str,
    notice: impl Fn(&Product) -> Notice,
) -> Result<Product> {
    let after = product::update(tx, before, wanted)?;
    market::follow(tx, &after)?;
    product::add_event(tx, &after.id, kind, after.status_reason.as_deref())?;
    product::audit(tx, &after, action, Some(facts_of(before)), Some(facts_of(&after)))?;
    let creator = Recipients::Person(&after.organization_id, &after.created_by);
    notification::notify(tx, creator, after.id.as_str(), &notice(&after))?;
    Ok(after)
}

/// A product of a category that the operator holds, if that may be done with it now. What was never handed in does not exist for
/// them; what belongs to another category's operators they may not touch.
fn open(conn: &mut Conn, scope: &CategoryOperatorScope, id: &ProductId, action: ProductAction) -> Result<Product> {
    let found = product::find_handed_in(conn, scope, id)?.ok_or_else(Refusal::not_found)?;
    let category = found.category_id.as_ref().ok_or_else(Refusal::not_found)?;
    require_held(conn, scope, category)?;
    standing(conn, &found)?.require(ProductViewer::Operator, action)?;
    Ok(found)
}

fn require_held(conn: &mut Conn, scope: &CategoryOperatorScope, id: &CategoryId) -> Result<()> {
    match category::is_held(conn, scope, id)? {
        true => Ok(()),
        false => Err(Refusal::no_permission().into()),
    }
}
