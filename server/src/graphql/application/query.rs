//! Queries about applications and imports.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::import::PackageImport;
use super::types::Application;
use crate::auth::viewer::Viewer;
use crate::domain::id::{ApplicationId, PackageImportId};
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::{application, package_import};
use crate::store::conn::Conn;

#[derive(Default)]
pub struct ApplicationQuery;

connection! {
    /// Applications, newest first.
    ApplicationConnection, ApplicationEdge, Application
}

#[Object]
impl ApplicationQuery {
    /// Applications of the acting partner whose name contains the text, newest first.
    async fn applications(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        search: Option<String>,
    ) -> Result<ApplicationConnection> {
        let page = ctx.page(first, after, last, before)?;
        let counted = search.clone();
        let rows = read(ctx, move |conn, viewer| {
            application::list(conn, viewer, search.as_deref(), &page)
        })
        .await?;
        let count =
            Arc::new(move |conn: &mut Conn, viewer: &Viewer| application::count(conn, viewer, counted.as_deref()));
        Ok(ApplicationConnection::new(
            rows,
            |row| row.id.to_string(),
            Application,
            count,
        ))
    }

    /// One application of the acting partner; null where it does not exist or belongs to somebody else.
    async fn application(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Application>> {
        let Ok(id) = id.parse::<ApplicationId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| application::get(conn, viewer, &id)).await?;
        Ok(found.map(Application))
    }

    /// One import of the acting partner; null where it does not exist or belongs to somebody else.
    async fn package_import(&self, ctx: &Context<'_>, id: ID) -> Result<Option<PackageImport>> {
        let Ok(id) = id.parse::<PackageImportId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| package_import::get(conn, viewer, &id)).await?;
        Ok(found.map(PackageImport))
    }
}
