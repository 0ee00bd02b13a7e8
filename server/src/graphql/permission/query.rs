//! Queries about distribution permission.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::types::DistributionPermission;
use crate::auth::viewer::Viewer;
use crate::domain::permission::DistributionPermissionStatus;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::permission;
use crate::store;
use crate::store::conn::Conn;

connection! {
    /// Applications for distribution permission.
    DistributionPermissionConnection, DistributionPermissionEdge, DistributionPermission
}

#[derive(Default)]
pub struct PermissionQuery;

#[Object]
impl PermissionQuery {
    /// For internal reviewers. Newest first; those that wait (SUBMITTED) overdue first.
    async fn distribution_permissions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        status: Option<DistributionPermissionStatus>,
    ) -> Result<DistributionPermissionConnection> {
        let page = ctx.page(first, after, last, before)?;
        let rows = read(ctx, move |conn, viewer| permission::list(conn, viewer, status, &page)).await?;
        let queue = store::permission::is_queue(status);
        let key = |row: &store::permission::DistributionPermission| store::permission::page_key(row, queue);
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| permission::count(conn, viewer, status));
        Ok(DistributionPermissionConnection::new(
            rows,
            key,
            DistributionPermission,
            count,
        ))
    }
}
