//! Telling the internal reviewers of what they have not decided in time (L7, D4): once for each thing, by a job that was
//! queued for the moment when it is due (`store::notification::remind_when_due`).

use crate::domain::amendment::AmendmentStatus;
use crate::domain::id::{
    AmendmentId, CoolAppId, DistributionPermissionId, OrganizationId, ProductRevisionId, ProjectId,
};
use crate::domain::notification::Notice;
use crate::domain::permission::DistributionPermissionStatus;
use crate::domain::product::RevisionStatus;
use crate::domain::project::ProjectStatus;
use crate::store::notification::{self, Recipients};
use crate::store::{Result, Tx, amendment, cool_app, organization, permission, product, product_revision, project};

/// Reminds the reviewers of a project, of an amendment or of an application for distribution permission that still waits.
pub fn remind(tx: &mut Tx<'_>, object_id: &str) -> Result<()> {
    if let Ok(id) = object_id.parse::<ProductRevisionId>() {
        return remind_operators(tx, &id);
    }
    if let Ok(id) = object_id.parse::<CoolAppId>() {
        return remind_open_platform(tx, &id);
    }
    let Some(notice) = overdue(tx, object_id)? else {
        return Ok(());
    };
    if !notification::was_told(tx.conn, object_id, notice.kind())? {
        notification::notify(tx, Recipients::Reviewers, object_id, &notice)?;
    }
    Ok(())
}

/// L7: the operators of its category learn that a product was not decided in time, once for each time that it was handed in.
fn remind_operators(tx: &mut Tx<'_>, id: &ProductRevisionId) -> Result<()> {
    let Some(revision) = product_revision::find(tx.conn, id)? else {
        return Ok(());
    };
    let late = revision.due_at.is_some_and(|due| due <= tx.now);
    let Some(category) = revision.category_id.as_ref().filter(|_| late) else {
        return Ok(());
    };
    if revision.status != RevisionStatus::InReview {
        return Ok(());
    }
    let product = product::get(tx.conn, &revision.product_id)?;
    let notice = Notice::ProductOverdue {
        partner: partner(tx, &product.organization_id)?,
        product: product.name.clone(),
    };
    notification::notify(tx, Recipients::Operators(category), product.id.as_str(), &notice)?;
    Ok(())
}

/// L22: the open-platform operators learn that a cool app was not decided in time, once for each time that it was handed in.
fn remind_open_platform(tx: &mut Tx<'_>, id: &CoolAppId) -> Result<()> {
    let Some(app) = cool_app::by_ids(tx.conn, std::slice::from_ref(id))?.pop() else {
        return Ok(());
    };
    if !app.status.is_in_review() || app.due_at.is_none_or(|due| due > tx.now) {
        return Ok(());
    }
    let notice = Notice::CoolAppOverdue {
        partner: partner(tx, &app.organization_id)?,
        cool_app: app.name,
    };
    notification::notify(tx, Recipients::OpenPlatformOperators, id.as_str(), &notice)?;
    Ok(())
}

fn overdue(tx: &mut Tx<'_>, object_id: &str) -> Result<Option<Notice>> {
    if let Ok(id) = object_id.parse::<ProjectId>() {
        let found = project::get(tx.conn, &id)?;
        return match found.status {
            ProjectStatus::InReview => Ok(Some(Notice::ProjectOverdue {
                partner: partner(tx, &found.organization_id)?,
                project: found.name,
            })),
            _ => Ok(None),
        };
    }
    if let Ok(id) = object_id.parse::<AmendmentId>() {
        let found = amendment::get(tx.conn, &id)?;
        return match found.status {
            AmendmentStatus::InReview => Ok(Some(Notice::AmendmentOverdue {
                partner: partner(tx, &found.organization_id)?,
                project: project::get(tx.conn, &found.project_id)?.name,
            })),
            AmendmentStatus::Approved | AmendmentStatus::Rejected | AmendmentStatus::Withdrawn => Ok(None),
        };
    }
    let id: DistributionPermissionId = object_id.parse().map_err(anyhow::Error::from)?;
    let found = permission::get(tx.conn, &id)?;
    match found.status {
        DistributionPermissionStatus::Submitted => Ok(Some(Notice::PermissionOverdue {
            partner: partner(tx, &found.organization_id)?,
        })),
        _ => Ok(None),
    }
}

fn partner(tx: &mut Tx<'_>, id: &OrganizationId) -> Result<String> {
    Ok(organization::get(tx.conn, id)?.name)
}
