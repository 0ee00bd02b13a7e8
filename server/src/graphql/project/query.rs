//! Queries about projects.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::Project;
use crate::auth::viewer::Viewer;
use crate::domain::id::ProjectId;
use crate::domain::project::ProjectStatus;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::project;
use crate::store::conn::Conn;
use crate::store::project::ProjectFilter;

connection! {
    /// Projects.
    ProjectConnection, ProjectEdge, Project
}

#[derive(Default)]
pub struct ProjectQuery;

#[Object]
impl ProjectQuery {
    /// The partner's projects, newest first; for an internal reviewer the submitted ones of every partner. Those in review are sorted
    /// overdue first for the reviewer. `search` is part of the project's or the customer's name, or of the CorpID.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn projects(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        status: Option<ProjectStatus>,
        search: Option<String>,
    ) -> Result<ProjectConnection> {
        let page = ctx.page(first, after, last, before)?;
        let filter = ProjectFilter {
            status,
            search,
            ..ProjectFilter::default()
        };
        let key = project::in_order_key(&ctx.viewer()?, &filter);
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| project::list(conn, viewer, &filter, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| project::count(conn, viewer, &counted));
        Ok(ProjectConnection::new(rows, key, Project, count))
    }

    /// One project; null where it does not exist or belongs to another partner.
    async fn project(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Project>> {
        let id = id.parse::<ProjectId>().ok();
        let found = read(ctx, move |conn, viewer| match &id {
            Some(id) => project::find(conn, viewer, id),
            None => Ok(project::scope(viewer).map(|_| None)?),
        });
        Ok(found.await?.map(Project))
    }
}
