//! Reading the audit log (P5). Entries are written where things happen, see `store::audit`.

use crate::auth::viewer::Viewer;
use crate::domain::id::AuditEntryId;
use crate::store::Result;
use crate::store::audit::{self, AuditEntry, AuditFilter};
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};

/// The log of the viewer's organisation, a reviewer's of all, newest first, as far as the filter lets through.
pub fn list(conn: &mut Conn, viewer: &Viewer, filter: &AuditFilter, page: &PageRequest) -> Result<Page<AuditEntry>> {
    audit::list(conn, &viewer.auditor()?, filter, page)
}

/// How many entries [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, filter: &AuditFilter) -> Result<i64> {
    audit::count(conn, &viewer.auditor()?, filter)
}

/// One entry of the log that the viewer may read; for everybody else it does not exist.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &AuditEntryId) -> Result<Option<AuditEntry>> {
    match viewer.auditor() {
        Ok(scope) => audit::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}
