//! Taking over a project whose creator has left the organisation (D5). Who has left stands in their membership.

use serde_json::json;

use super::open;
use crate::auth::viewer::Viewer;
use crate::domain::id::ProjectId;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::project::{ProjectAction, ProjectEventKind};
use crate::store::notification::{self, Recipients};
use crate::store::project::{self, Project};
use crate::store::{Result, Tx, membership};

/// Makes the viewer the project's creator, with everything that a creator may do. Its state stays as it is.
pub fn take(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    let (before, status) = open(tx.conn, &scope, id, ProjectAction::TakeOwnership)?;
    let taken = Project {
        status,
        creator_id: scope.user_id,
        ..before.clone()
    };
    let after = project::update(tx, &before, taken)?;
    let former = membership::users_by_ids(tx.conn, std::slice::from_ref(&before.creator_id))?.pop();
    let note = former.map(|user| user.name);
    project::add_event(tx, &after.id, ProjectEventKind::OwnershipTaken, note.as_deref())?;
    let creator = |project: &Project| Some(json!({ "creatorId": project.creator_id }));
    project::audit(tx, &after, "project.ownership_taken", creator(&before), creator(&after))?;
    tell(tx, &after)?;
    Ok(after)
}

/// The other admins learn who looks after the project now.
fn tell(tx: &mut Tx<'_>, taken: &Project) -> Result<()> {
    let owner = membership::users_by_ids(tx.conn, std::slice::from_ref(&taken.creator_id))?.pop();
    let notice = Notice::OwnershipTaken {
        project: taken.name.clone(),
        person: owner.map(|user| user.name).unwrap_or_default(),
    };
    let admins = Recipients::Holders(&taken.organization_id, Role::PartnerAdmin);
    notification::notify(tx, admins, taken.id.as_str(), &notice)?;
    Ok(())
}
