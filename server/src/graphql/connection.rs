//! Relay connections over keyset pages: edges with opaque cursors, and a total that is counted only when it is asked for.

use async_graphql::SimpleObject;

use crate::store::page::{Page, encode};

/// Where a page stands in its list.
#[derive(Clone, Debug, SimpleObject)]
pub struct PageInfo {
    /// More follows.
    pub has_next_page: bool,
    /// There is something before.
    pub has_previous_page: bool,
    /// Cursor of the first edge.
    pub start_cursor: Option<String>,
    /// Cursor of the last edge.
    pub end_cursor: Option<String>,
}

impl PageInfo {
    /// Of a page whose rows have these cursors, in list order.
    pub fn new<T>(page: &Page<T>, cursors: &[String]) -> Self {
        Self {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: cursors.first().cloned(),
            end_cursor: cursors.last().cloned(),
        }
    }
}

/// The cursors of a page's rows by their key.
pub fn cursors<T>(page: &Page<T>, key: impl Fn(&T) -> String) -> Vec<String> {
    page.rows.iter().map(|row| encode(&key(row))).collect()
}

/// Declares the connection and edge types of a list. `$count` is the work that counts the whole list, run only when
/// `totalCount` is selected; it is given when the connection is made.
macro_rules! connection {
    ($(#[doc = $doc:literal])* $name:ident, $edge:ident, $node:ty) => {
        $(#[doc = $doc])*
        pub struct $name {
            edges: Vec<$edge>,
            page_info: $crate::graphql::connection::PageInfo,
            count: $crate::graphql::connection::Count,
        }

        /// One element of the list with its cursor.
        #[derive(Clone, async_graphql::SimpleObject)]
        pub struct $edge {
            /// Opaque; continue a list from here.
            cursor: String,
            /// The element.
            node: $node,
        }

        impl $name {
            /// From a page in list order; `key` is what the list is ordered by.
            pub fn new<T>(
                page: $crate::store::page::Page<T>,
                key: impl Fn(&T) -> String,
                node: impl Fn(T) -> $node,
                count: $crate::graphql::connection::Count,
            ) -> Self {
                let cursors = $crate::graphql::connection::cursors(&page, key);
                let page_info = $crate::graphql::connection::PageInfo::new(&page, &cursors);
                let edge = |(cursor, row)| $edge { cursor, node: node(row) };
                Self { edges: cursors.into_iter().zip(page.rows).map(edge).collect(), page_info, count }
            }
        }

        #[async_graphql::Object]
        impl $name {
            /// The page's elements with their cursors.
            async fn edges(&self) -> &[$edge] {
                &self.edges
            }

            /// The page's elements.
            async fn nodes(&self) -> Vec<$node> {
                self.edges.iter().map(|edge| edge.node.clone()).collect()
            }

            /// Where the page stands in the list.
            async fn page_info(&self) -> &$crate::graphql::connection::PageInfo {
                &self.page_info
            }

            /// How many there are in all; counted only when it is asked for.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<i32> {
                $crate::graphql::connection::total(ctx, &self.count).await
            }
        }
    };
}
pub(crate) use connection;

use std::sync::Arc;

use crate::auth::viewer::Viewer;
use crate::store::conn::Conn;

/// Counts a whole list for its viewer.
pub type Count = Arc<dyn Fn(&mut Conn, &Viewer) -> crate::store::Result<i64> + Send + Sync>;

/// Runs a count.
pub async fn total(ctx: &async_graphql::Context<'_>, count: &Count) -> async_graphql::Result<i32> {
    let count = Arc::clone(count);
    let total = super::context::read(ctx, move |conn, viewer| count(conn, viewer)).await?;
    Ok(i32::try_from(total).unwrap_or(i32::MAX))
}
