//! Approvals (P11): whose they are. Reading only; each review has its own use cases.

use crate::auth::viewer::Viewer;
use crate::domain::approval::ApprovalBox;
use crate::domain::refusal::Refusal;
use crate::store::Result;
use crate::store::approval::{self, Approval, ApprovalScope, Deciding};
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};

/// As whom the viewer reads a box: nothing waits for partners, and nobody else starts anything.
fn scope(viewer: &Viewer, which: ApprovalBox) -> std::result::Result<ApprovalScope, Refusal> {
    let partner = || viewer.partner().map(ApprovalScope::Partner);
    match which {
        ApprovalBox::ToDecide => deciding(viewer),
        ApprovalBox::Started => partner(),
        ApprovalBox::Decided => deciding(viewer).or_else(|_| partner()),
    }
}

fn deciding(viewer: &Viewer) -> std::result::Result<ApprovalScope, Refusal> {
    let deciding = Deciding {
        reviewer: viewer.reviewer().ok(),
        operator: viewer.category_operator().ok(),
        open_platform: viewer.open_platform_operator().ok(),
    };
    match &deciding {
        Deciding {
            reviewer: None,
            operator: None,
            open_platform: None,
        } => Err(Refusal::no_permission()),
        _ => Ok(ApprovalScope::Deciding(deciding)),
    }
}

/// A page of a box.
pub fn list(conn: &mut Conn, viewer: &Viewer, which: ApprovalBox, page: &PageRequest) -> Result<Page<Approval>> {
    approval::list(conn, &scope(viewer, which)?, which, page)
}

/// How many a box has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, which: ApprovalBox) -> Result<i64> {
    approval::count(conn, &scope(viewer, which)?, which)
}

#[cfg(test)]
mod tests;
