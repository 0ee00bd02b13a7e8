//! Queries about self-tests.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::SelfTest;
use crate::auth::viewer::Viewer;
use crate::domain::id::{ApplicationId, SelfTestId};
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::self_test;
use crate::store::conn::Conn;

#[derive(Default)]
pub struct SelfTestQuery;

connection! {
    /// Self-tests, newest first.
    SelfTestConnection, SelfTestEdge, SelfTest
}

#[Object]
impl SelfTestQuery {
    /// Self-tests of an application of the acting partner, newest first; none where it is somebody else's.
    async fn self_tests(
        &self,
        ctx: &Context<'_>,
        application_id: ID,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<SelfTestConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let missing = |_| refused(Refusal::not_found().at("applicationId"));
        let application: ApplicationId = application_id.parse().map_err(missing)?;
        let counted = application.clone();
        let rows = read(ctx, move |conn, viewer| {
            self_test::list(conn, viewer, &application, &page)
        })
        .await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| self_test::count(conn, viewer, &counted));
        Ok(SelfTestConnection::new(rows, |row| row.id.to_string(), SelfTest, count))
    }

    /// One self-test of the acting partner; null where it does not exist or belongs to somebody else.
    async fn self_test(&self, ctx: &Context<'_>, id: ID) -> Result<Option<SelfTest>> {
        let Ok(id) = id.parse::<SelfTestId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| self_test::find(conn, viewer, &id)).await?;
        Ok(found.map(SelfTest))
    }
}
