//! Who reads which projects (D5): reviewers those that were submitted, partner admins those of their own organisation.

use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::ProjectId;
use crate::domain::project::ProjectViewer;
use crate::domain::refusal::Refusal;
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::project::{self, Project, ProjectFilter};

/// As whom the viewer reads projects; developers and customers do not.
pub fn scope(viewer: &Viewer) -> std::result::Result<PartyScope, Refusal> {
    match viewer.reviewer() {
        Ok(reviewer) => Ok(PartyScope::Reviewer(reviewer)),
        Err(_) => viewer.partner_admin().map(PartyScope::Partner),
    }
}

/// One project, or `None` where it does not exist for the viewer.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &ProjectId) -> Result<Option<Project>> {
    project::find(conn, &scope(viewer)?, id)
}

/// A page of projects, newest first; for a reviewer those in review overdue first (D4).
pub fn list(conn: &mut Conn, viewer: &Viewer, filter: &ProjectFilter, page: &PageRequest) -> Result<Page<Project>> {
    project::list(conn, &scope(viewer)?, filter, page)
}

/// How many projects such a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, filter: &ProjectFilter) -> Result<i64> {
    project::count(conn, &scope(viewer)?, filter)
}

/// The key by which such a list pages.
pub fn in_order_key(viewer: &Viewer, filter: &ProjectFilter) -> impl Fn(&Project) -> String + use<> {
    let queue = scope(viewer).is_ok_and(|scope| project::is_queue(&scope, filter));
    move |row| project::page_key(row, queue)
}

/// What the viewer is to the project, as far as the project itself tells: whether its creator has left is still to be asked
/// (`ProjectViewer::with_creator`). `None` for whoever came upon it another way, such as the customer of its order.
pub fn seen_by(viewer: &Viewer, project: &Project) -> Option<ProjectViewer> {
    match scope(viewer).ok()? {
        PartyScope::Reviewer(_) => Some(ProjectViewer::Reviewer),
        PartyScope::Partner(partner) if partner.organization_id == project.organization_id => {
            Some(project.seen_by(&partner))
        }
        PartyScope::Partner(_) | PartyScope::Customer(_) => None,
    }
}
