//! Queries about applications to list cool apps: those of a partner, and the queue of the open-platform operators.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::CoolAppApplication;
use crate::auth::viewer::Viewer;
use crate::domain::cool_app::CoolAppStatus;
use crate::domain::id::CoolAppId;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::cool_app;
use crate::store::conn::Conn;
use crate::store::cool_app::queue_key;

connection! {
    /// Applications to list cool apps, newest first.
    CoolAppApplicationConnection, CoolAppApplicationEdge, CoolAppApplication
}

connection! {
    /// Applications that wait for an open-platform operator, soonest due first.
    CoolAppReviewConnection, CoolAppReviewEdge, CoolAppApplication
}

#[derive(Default)]
pub struct CoolAppQuery;

#[Object]
impl CoolAppQuery {
    /// L21: the acting partner's applications, newest first; for an open-platform operator everybody's that were handed in.
    async fn cool_app_applications(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Only those that stand there.")] status: Option<CoolAppStatus>,
    ) -> Result<CoolAppApplicationConnection> {
        let page = ctx.page(first, after, last, before)?;
        let rows = read(ctx, move |conn, viewer| cool_app::list(conn, viewer, status, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| cool_app::count(conn, viewer, status));
        Ok(CoolAppApplicationConnection::new(
            rows,
            |row| row.id.to_string(),
            CoolAppApplication,
            count,
        ))
    }

    /// One application; null where it does not exist for the viewer.
    async fn cool_app_application(&self, ctx: &Context<'_>, id: ID) -> Result<Option<CoolAppApplication>> {
        let Ok(id) = id.parse::<CoolAppId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| cool_app::find(conn, viewer, &id)).await?;
        Ok(found.map(CoolAppApplication))
    }

    /// L22: what waits for the open-platform operators, overdue and soonest due first.
    async fn cool_app_reviews(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<CoolAppReviewConnection> {
        let page = ctx.page(first, after, last, before)?;
        let rows = read(ctx, move |conn, viewer| cool_app::queue(conn, viewer, &page)).await?;
        let count = Arc::new(cool_app::count_queue);
        Ok(CoolAppReviewConnection::new(rows, queue_key, CoolAppApplication, count))
    }
}
