//! The cool-app market (L22): public as the marketplace is. What is being changed or reviewed is not part of it.

use crate::domain::id::CoolAppId;
use crate::domain::market::checked_search;
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::cool_app::CoolApp;
use crate::store::cool_app_market::{self, CoolAppFilter};
use crate::store::page::{Page, PageRequest};

/// A page of what is found, newest first.
pub fn list(conn: &mut Conn, filter: &CoolAppFilter, page: &PageRequest) -> Result<Page<CoolApp>> {
    checked_search(&filter.search)?;
    cool_app_market::list(conn, filter, page)
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, filter: &CoolAppFilter) -> Result<i64> {
    cool_app_market::count(conn, filter)
}

/// A cool app that the market shows, or `None`.
pub fn find(conn: &mut Conn, id: &CoolAppId) -> Result<Option<CoolApp>> {
    cool_app_market::find(conn, id)
}
