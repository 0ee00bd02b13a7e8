//! Who reads which applications to list cool apps (L22): a partner its own, an open-platform operator those that were handed in.

use crate::auth::viewer::Viewer;
use crate::domain::cool_app::{CoolAppAction, CoolAppStatus, CoolAppViewer};
use crate::domain::id::CoolAppId;
use crate::domain::refusal::Refusal;
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::cool_app::{self, CoolApp, CoolAppScope};
use crate::store::page::{Page, PageRequest};

/// As whom the viewer reads them; others have no permission.
fn scope(viewer: &Viewer) -> std::result::Result<CoolAppScope, Refusal> {
    match viewer.open_platform_operator() {
        Ok(operator) => Ok(CoolAppScope::Operator(operator)),
        Err(_) => viewer.partner().map(CoolAppScope::Partner),
    }
}

/// One application, or `None` where it does not exist for the viewer.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &CoolAppId) -> Result<Option<CoolApp>> {
    match scope(viewer) {
        Ok(scope) => cool_app::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// A page of applications, newest first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    status: Option<CoolAppStatus>,
    page: &PageRequest,
) -> Result<Page<CoolApp>> {
    cool_app::list(conn, &scope(viewer)?, status, page)
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, status: Option<CoolAppStatus>) -> Result<i64> {
    cool_app::count(conn, &scope(viewer)?, status)
}

/// A page of what waits for the operators, soonest due first.
pub fn queue(conn: &mut Conn, viewer: &Viewer, page: &PageRequest) -> Result<Page<CoolApp>> {
    cool_app::queue(conn, &viewer.open_platform_operator()?, page)
}

/// How many [`queue`] has in all.
pub fn count_queue(conn: &mut Conn, viewer: &Viewer) -> Result<i64> {
    cool_app::count_queue(conn, &viewer.open_platform_operator()?)
}

/// An application that the same idempotency key began before.
pub fn made_before(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<CoolApp> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(find(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

/// What the viewer can do with an application that they were shown.
pub fn actions_of(viewer: &Viewer, app: &CoolApp) -> Vec<CoolAppAction> {
    let seen = match scope(viewer) {
        Ok(CoolAppScope::Operator(_)) => CoolAppViewer::Operator,
        Ok(CoolAppScope::Partner(own)) if own.organization_id == app.organization_id => match own.admin {
            true => CoolAppViewer::PartnerAdmin,
            false => CoolAppViewer::Developer,
        },
        Ok(CoolAppScope::Partner(_)) | Err(_) => return Vec::new(),
    };
    seen.available_actions(app.status)
}
