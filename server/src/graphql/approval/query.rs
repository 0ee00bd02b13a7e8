//! Reading approvals.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::types::Approval;
use crate::auth::viewer::Viewer;
use crate::domain::approval::ApprovalBox;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::approval;
use crate::store::approval::{Approval as Row, page_key};
use crate::store::conn::Conn;
use crate::store::page::PageRequest;

connection! {
    /// Approvals, in the order of their box.
    ApprovalConnection, ApprovalEdge, Approval
}

#[derive(Default)]
pub struct ApprovalQuery;

#[Object]
impl ApprovalQuery {
    /// P11: every review of both tracks: what waits for the viewer's decision, what the acting partner handed in, what was decided.
    /// Reviewers see permissions, projects and amendments, category operators products and delistings of the categories that they hold,
    /// open-platform operators cool apps; of a partner its admins all of it, amendments those of their own projects, other people products,
    /// delistings and cool apps.
    async fn approvals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(name = "box", default_with = "ApprovalBox::ToDecide")] which: ApprovalBox,
    ) -> Result<ApprovalConnection> {
        let page = PageRequest::parse(first, after.as_deref(), last, before.as_deref())
            .map_err(|refusal| query_error(refusal.into(), ctx.locale()))?;
        let rows = read(ctx, move |conn, viewer| approval::list(conn, viewer, which, &page)).await?;
        let count = move |conn: &mut Conn, viewer: &Viewer| approval::count(conn, viewer, which);
        let key = move |row: &Row| page_key(row, which);
        Ok(ApprovalConnection::new(rows, key, Approval, Arc::new(count)))
    }
}
