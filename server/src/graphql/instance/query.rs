//! Queries about instances.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::AppInstance;
use crate::auth::viewer::Viewer;
use crate::domain::id::InstanceId;
use crate::domain::instance::InstanceStatus;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::instance;
use crate::store::conn::Conn;
use crate::store::instance::InstanceFilter;

#[derive(Default)]
pub struct InstanceQuery;

connection! {
    /// Instances, newest first.
    AppInstanceConnection, AppInstanceEdge, AppInstance
}

#[Object]
impl InstanceQuery {
    /// My apps: all for a customer admin, enabled ones in the visible range for an employee.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn app_instances(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        status: Option<InstanceStatus>,
        search: Option<String>,
    ) -> Result<AppInstanceConnection> {
        let page = ctx.page(first, after, last, before)?;
        let filter = InstanceFilter { status, search };
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| instance::list(conn, viewer, &filter, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| instance::count(conn, viewer, &counted));
        Ok(AppInstanceConnection::new(
            rows,
            |row| row.id.to_string(),
            AppInstance,
            count,
        ))
    }

    /// One of my apps; null where it does not exist or is not the viewer's to see.
    async fn app_instance(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AppInstance>> {
        let Ok(id) = id.parse::<InstanceId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| instance::find(conn, viewer, &id)).await?;
        Ok(found.map(AppInstance))
    }
}
