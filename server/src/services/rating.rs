//! Rating what was bought (L12), answering, and taking a rating from view. What organisations say is shown without their names.

use crate::auth::viewer::Viewer;
use crate::domain::decision;
use crate::domain::id::{ProductId, RatingId};
use crate::domain::message::Code;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::problem::Problem;
use crate::domain::rating::{self as rules, RatingAction, TEXT_MAX};
use crate::domain::refusal::Refusal;
use crate::domain::wording;
use crate::store::conn::Conn;
use crate::store::notification::{self, Recipients};
use crate::store::page::{Page, PageRequest};
use crate::store::product::Product;
use crate::store::rating::{self, Rating};
use crate::store::{Result, Tx, category, license, product};

/// How somebody looks at the ratings of a product: proven by [`eyes`] alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eyes {
    looks_after: bool,
    moderates: bool,
}

impl Eyes {
    /// Its partner, or an operator of its category: they see what is hidden as well, and what is not on the marketplace.
    pub const fn looks_after(self) -> bool {
        self.looks_after
    }

    /// An operator of its category, who takes ratings from view.
    pub const fn moderates(self) -> bool {
        self.moderates
    }
}

/// How the viewer looks at the ratings of a product.
pub fn eyes(conn: &mut Conn, viewer: Option<&Viewer>, id: &ProductId) -> Result<Eyes> {
    let Some(viewer) = viewer else {
        return Ok(Eyes::default());
    };
    let Some(of) = product::by_ids(conn, std::slice::from_ref(id))?.pop() else {
        return Ok(Eyes::default());
    };
    let sells = viewer.organization_id == of.organization_id && viewer.partner().is_ok();
    let moderates = moderates(conn, viewer, &of)?;
    let looks_after = sells || moderates;
    Ok(Eyes { looks_after, moderates })
}

fn moderates(conn: &mut Conn, viewer: &Viewer, of: &Product) -> Result<bool> {
    match (viewer.category_operator(), &of.category_id) {
        (Ok(scope), Some(category)) => category::is_held(conn, &scope, category),
        (Ok(_), None) | (Err(_), _) => Ok(false),
    }
}

/// A page of the ratings of a product that the viewer was shown.
pub fn list(conn: &mut Conn, id: &ProductId, eyes: Eyes, page: &PageRequest) -> Result<Page<Rating>> {
    rating::list(conn, id, eyes.looks_after, page)
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, id: &ProductId, eyes: Eyes) -> Result<i64> {
    rating::count(conn, id, eyes.looks_after)
}

/// What the viewer's organisation said of a product, and whether it may say anything.
pub fn own(conn: &mut Conn, viewer: Option<&Viewer>, id: &ProductId) -> Result<(Option<Rating>, bool)> {
    let Some(scope) = viewer.and_then(|viewer| viewer.customer_admin().ok()) else {
        return Ok((None, false));
    };
    let found = rating::of_organization(conn, id, &scope.organization_id)?;
    let held = license::of_product(conn, &scope.organization_id, id)?;
    let may = match held {
        None => false,
        Some(held) => rules::bought(held.status, !held.held()?.terms.is_empty()),
    };
    Ok((found, may))
}

/// Rates a product that the viewer's organisation bought, also anew: there is one rating of an organisation. What was hidden stays so.
pub fn rate(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId, stars: i32, text: &str) -> Result<Rating> {
    let scope = viewer.customer_admin()?;
    let (before, may) = own(tx.conn, Some(viewer), id)?;
    if !may {
        return Err(Refusal::rule(Code::NotBought).into());
    }
    let (stars, text) = rules::checked(stars, text)?;
    let of = product::get(tx.conn, id)?;
    let rated = match before.clone() {
        Some(before) => Rating {
            stars,
            text,
            rated_by: scope.user_id.clone(),
            rated_at: tx.now,
            ..before
        },
        None => Rating {
            id: tx.id(),
            product_id: id.clone(),
            organization_id: scope.organization_id.clone(),
            partner_id: of.organization_id.clone(),
            stars,
            text,
            rated_by: scope.user_id.clone(),
            rated_at: tx.now,
            answer: String::new(),
            answered_at: None,
            hidden_at: None,
            hidden_by: None,
            hidden_reason: String::new(),
            version: 1,
        },
    };
    let saved = rating::save(tx, before.as_ref(), rated)?;
    rating::audit(
        tx,
        &scope.organization_id,
        "product.rated",
        &of.name,
        before.as_ref(),
        &saved,
    )?;
    let product = of.name.clone();
    let notice = Notice::ProductRated { product, stars };
    let admins = Recipients::Holders(&of.organization_id, Role::PartnerAdmin);
    notification::notify(tx, admins, of.id.as_str(), &notice)?;
    Ok(saved)
}

/// A rating of a product that the viewer's partner sells, or that an operator looks after.
fn found(tx: &mut Tx<'_>, id: &RatingId) -> Result<(Rating, Product)> {
    let rating = rating::find(tx.conn, id)?.ok_or_else(Refusal::not_found)?;
    let of = product::get(tx.conn, &rating.product_id)?;
    Ok((rating, of))
}

/// The partner answers, also anew; nothing takes the answer back.
pub fn answer(tx: &mut Tx<'_>, viewer: &Viewer, id: &RatingId, text: &str) -> Result<Rating> {
    let scope = viewer.partner_admin()?;
    let (before, of) = found(tx, id)?;
    if of.organization_id != scope.organization_id {
        return Err(Refusal::not_found().into());
    }
    let answer = wording::paragraphs(text, TEXT_MAX).map_err(|problem: Problem| Refusal::invalid("answer", problem))?;
    let answered_at = (!answer.is_empty()).then_some(tx.now);
    let answered = Rating {
        answer,
        answered_at,
        ..before.clone()
    };
    let saved = rating::save(tx, Some(&before), answered)?;
    let log = &scope.organization_id;
    rating::audit(tx, log, "product.rating_answered", &of.name, Some(&before), &saved)?;
    if saved.answered_at.is_some() {
        let notice = Notice::RatingAnswered { product: of.name };
        let admins = Recipients::Holders(&saved.organization_id, Role::CustomerAdmin);
        notification::notify(tx, admins, of.id.as_str(), &notice)?;
    }
    Ok(saved)
}

/// An operator of the product's category takes a rating from view, with a reason that its organisation reads.
pub fn hide(tx: &mut Tx<'_>, viewer: &Viewer, id: &RatingId, reason: &str) -> Result<Rating> {
    let reason = decision::reason(Some(reason), true)?.unwrap_or_default();
    let (saved, of) = moderate(tx, viewer, id, RatingAction::Hide, reason)?;
    let notice = Notice::RatingHidden {
        product: of.name,
        reason: saved.hidden_reason.clone(),
    };
    let admins = Recipients::Holders(&saved.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, of.id.as_str(), &notice)?;
    Ok(saved)
}

/// An operator of the product's category shows a rating again.
pub fn show(tx: &mut Tx<'_>, viewer: &Viewer, id: &RatingId) -> Result<Rating> {
    let (saved, _) = moderate(tx, viewer, id, RatingAction::Show, String::new())?;
    Ok(saved)
}

fn moderate(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &RatingId,
    action: RatingAction,
    reason: String,
) -> Result<(Rating, Product)> {
    let scope = viewer.category_operator()?;
    let (before, of) = found(tx, id)?;
    if !moderates(tx.conn, viewer, &of)? {
        return Err(Refusal::no_permission().into());
    }
    let hiding = action == RatingAction::Hide;
    if hiding == before.hidden_at.is_some() {
        let state = if hiding { "HIDDEN" } else { "SHOWN" };
        return Err(Refusal::transition(state, action.as_str()).into());
    }
    let moderated = Rating {
        hidden_at: hiding.then_some(tx.now),
        hidden_by: hiding.then_some(scope.user_id),
        hidden_reason: reason,
        ..before.clone()
    };
    let saved = rating::save(tx, Some(&before), moderated)?;
    let name = if hiding {
        "product.rating_hidden"
    } else {
        "product.rating_shown"
    };
    rating::audit(tx, &of.organization_id, name, &of.name, Some(&before), &saved)?;
    Ok((saved, of))
}

/// What the viewer can do with a rating that they were shown. `moderates` says that they hold the product's category.
pub fn actions(viewer: Option<&Viewer>, of: &Rating, moderates: bool) -> Vec<RatingAction> {
    let sells = viewer.is_some_and(|it| it.organization_id == of.partner_id && it.partner_admin().is_ok());
    let may = |action: &RatingAction| match action {
        RatingAction::Answer => sells,
        RatingAction::Hide => moderates && of.hidden_at.is_none(),
        RatingAction::Show => moderates && of.hidden_at.is_some(),
    };
    RatingAction::ALL.iter().copied().filter(may).collect()
}
