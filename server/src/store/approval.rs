//! Approvals (P11): reviews of both tracks as the view `approvals` lays them side by side. Reviewers see what they decide, category
//! operators that of the categories they hold, a partner what it handed in. Each review's own rows are its noun's.

use chrono::DateTime;
use diesel::dsl::{AsSelect, SqlTypeOf, count_star};
use diesel::prelude::*;

use super::conn::{Conn, Dialect};
use super::page::{Page, PageRequest, instant_key, paged_by, parse_instant_key};
use super::schema::approvals;
use super::{Result, category};
use crate::auth::viewer::{CategoryOperatorScope, OpenPlatformScope, PartnerScope, ReviewerScope};
use crate::domain::approval::{ApprovalBox, ApprovalKind, ApprovalState};
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::organization::Role;

/// A review.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = approvals)]
pub struct Approval {
    /// Of what is reviewed: a revision, an amendment; of an application to delist that waits its product.
    pub id: String,
    pub kind: ApprovalKind,
    /// The thing that it is about: the product of a revision, the project of an amendment.
    pub subject_id: String,
    pub organization_id: OrganizationId,
    pub title: String,
    pub state: ApprovalState,
    pub submitted_by: Option<UserId>,
    pub submitted_at: Instant,
    pub due_at: Option<Instant>,
    /// The place among those that wait; `None` once it is decided.
    pub queue_at: Option<Instant>,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Instant>,
}

/// What a person of the platform decides, by their roles.
#[derive(Clone, Debug)]
pub struct Deciding {
    pub reviewer: Option<ReviewerScope>,
    pub operator: Option<CategoryOperatorScope>,
    pub open_platform: Option<OpenPlatformScope>,
}

/// Whose approvals are read.
#[derive(Clone, Debug)]
pub enum ApprovalScope {
    Deciding(Deciding),
    Partner(PartnerScope),
}

type Boxed<'a> = approvals::BoxedQuery<'a, Dialect, SqlTypeOf<AsSelect<Approval, Dialect>>>;

fn all<'a>() -> Boxed<'a> {
    // Drafts and what was taken back are no reviews.
    approvals::table
        .filter(approvals::state.is_not_null())
        .select(Approval::as_select())
        .into_boxed()
}

fn visible<'a>(conn: &mut Conn, scope: &ApprovalScope) -> Result<Boxed<'a>> {
    match scope {
        ApprovalScope::Deciding(deciding) => decided_by(conn, deciding),
        ApprovalScope::Partner(partner) => Ok(all()
            .filter(approvals::organization_id.eq(partner.organization_id.clone()))
            .filter(approvals::kind.eq_any(ApprovalKind::seen_by_partner(partner.admin)))
            .filter(
                approvals::owner_id
                    .is_null()
                    .or(approvals::owner_id.eq(partner.user_id.clone())),
            )),
    }
}

/// What the roles decide. No condition stands there without need, so that indexes are used.
fn decided_by<'a>(conn: &mut Conn, deciding: &Deciding) -> Result<Boxed<'a>> {
    let mut whole = Vec::new();
    if deciding.reviewer.is_some() {
        whole.extend(ApprovalKind::decided_by(Role::InternalReviewer));
    }
    if deciding.open_platform.is_some() {
        whole.extend(ApprovalKind::decided_by(Role::OpenPlatformOperator));
    }
    let Some(operator) = &deciding.operator else {
        return Ok(all().filter(approvals::kind.eq_any(whole)));
    };
    let of_categories = approvals::kind
        .eq_any(ApprovalKind::decided_by(Role::CategoryOperator))
        .and(approvals::category_id.eq_any(category::held(conn, operator)?))
        .and(approvals::withheld.eq(false));
    Ok(match whole.is_empty() {
        true => all().filter(of_categories),
        false => all().filter(approvals::kind.eq_any(whole).or(of_categories)),
    })
}

fn narrowed<'a>(conn: &mut Conn, scope: &ApprovalScope, which: ApprovalBox) -> Result<Boxed<'a>> {
    let query = visible(conn, scope)?;
    Ok(match which {
        ApprovalBox::ToDecide => {
            // A bound and not "is not null": SQLite begins in the index by it.
            let query = query.filter(approvals::queue_at.ge(Instant::from(DateTime::UNIX_EPOCH)));
            match scope {
                ApprovalScope::Deciding(Deciding {
                    operator: Some(operator),
                    ..
                }) => query.filter(
                    approvals::first_approved_by
                        .is_null()
                        .or(approvals::first_approved_by.ne(operator.user_id.clone())),
                ),
                ApprovalScope::Deciding(_) | ApprovalScope::Partner(_) => query,
            }
        }
        ApprovalBox::Started => query.filter(approvals::submitted_at.is_not_null()),
        ApprovalBox::Decided => query.filter(approvals::decided_at.is_not_null()),
    })
}

/// A page of approvals, in the order of their box.
pub fn list(conn: &mut Conn, scope: &ApprovalScope, which: ApprovalBox, page: &PageRequest) -> Result<Page<Approval>> {
    let query = narrowed(conn, scope, which)?;
    let id = approvals::id;
    let rows = match which {
        ApprovalBox::ToDecide => {
            let at = approvals::queue_at.assume_not_null();
            paged_by!(query, page, parse_instant_key, at, id, ascending).load(conn)?
        }
        ApprovalBox::Started => {
            let at = approvals::submitted_at;
            paged_by!(query, page, parse_instant_key, at, id, descending).load(conn)?
        }
        ApprovalBox::Decided => {
            let at = approvals::decided_at.assume_not_null();
            paged_by!(query, page, parse_instant_key, at, id, descending).load(conn)?
        }
    };
    Ok(page.cut(rows))
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &ApprovalScope, which: ApprovalBox) -> Result<i64> {
    Ok(narrowed(conn, scope, which)?.select(count_star()).first(conn)?)
}

/// The page key of an approval in its box.
pub fn page_key(row: &Approval, which: ApprovalBox) -> String {
    let at = match which {
        ApprovalBox::ToDecide => row.queue_at,
        ApprovalBox::Started => None,
        ApprovalBox::Decided => row.decided_at,
    };
    instant_key(at.unwrap_or(row.submitted_at), &row.id)
}
