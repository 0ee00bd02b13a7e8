//! Queries about people.

use async_graphql::{Context, Object, Result};

use super::types::{Department, Member, Viewer, members};
use crate::graphql::context::{Ask, read};
use crate::store::organization;

#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Null when nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        ctx.viewer_if_any().cloned().map(Viewer)
    }

    /// Departments of the acting organisation, by name.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Vec<Department>> {
        let found = read(ctx, |conn, viewer| organization::departments(conn, &viewer.member()?)).await?;
        Ok(found.into_iter().map(Department).collect())
    }

    /// Members of the acting organisation whose name or address contains the text; for its admins.
    async fn members(&self, ctx: &Context<'_>, search: Option<String>, first: Option<i32>) -> Result<Vec<Member>> {
        members(ctx, search, first).await
    }
}
