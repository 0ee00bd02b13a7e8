//! Queries about groups.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::Group;
use crate::auth::viewer::Viewer;
use crate::domain::id::GroupId;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::graphql::session::types::User;
use crate::services::group;
use crate::store::conn::Conn;

connection! {
    /// Groups, newest first.
    GroupConnection, GroupEdge, Group
}

#[derive(Default)]
pub struct GroupQuery;

#[Object]
impl GroupQuery {
    /// L23: the groups of the acting organisation that exist for the viewer, newest first: those of the whole organisation and the
    /// ordinary ones to which they belong; for its platform admins all of them.
    async fn groups(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Only those into which the viewer may install cool apps.", default)] installable: bool,
    ) -> Result<GroupConnection> {
        let page = ctx.page(first, after, last, before)?;
        let rows = read(ctx, move |conn, viewer| group::list(conn, viewer, installable, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| group::count(conn, viewer, installable));
        Ok(GroupConnection::new(rows, |row| row.id.to_string(), Group, count))
    }

    /// One group; null where it does not exist for the viewer.
    async fn group(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Group>> {
        let Ok(id) = id.parse::<GroupId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| group::find(conn, viewer, &id)).await?;
        Ok(found.map(Group))
    }

    /// Colleagues in the acting organisation by name or address, for whoever makes a group of them.
    async fn group_candidates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Part of a name or an address.")] search: Option<String>,
        #[graphql(desc = "1 to 100; 20 where it is left out.")] first: Option<i32>,
    ) -> Result<Vec<User>> {
        let search = search.unwrap_or_default();
        let found = read(ctx, move |conn, viewer| group::candidates(conn, viewer, &search, first)).await?;
        Ok(found.into_iter().map(User).collect())
    }
}
