//! What the acting partner sold, for everybody who works there. Reading only.

use crate::auth::viewer::Viewer;
use crate::domain::id::ProductId;
use crate::domain::instant::Instant;
use crate::domain::sales::{Sales, SalesCounts, SalesUnit};
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::sales::{self, SalesFilter};

/// How many products are told apart, best first.
const PRODUCTS: usize = 20;

/// Which sales are asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub unit: SalesUnit,
    /// How many periods, the present one included.
    pub count: i32,
    pub product: Option<ProductId>,
}

/// What was sold period by period, and the products of which the most was sold in them.
#[derive(Clone, Debug)]
pub struct Figures {
    pub sales: Sales,
    pub by_product: Vec<(ProductId, SalesCounts)>,
}

/// What was sold. A product of somebody else was sold never.
pub fn figures(conn: &mut Conn, viewer: &Viewer, asked: &Asked, now: Instant) -> Result<Figures> {
    let filter = SalesFilter {
        scope: viewer.partner()?,
        product: asked.product.clone(),
    };
    let mut sales = Sales::of(asked.unit, asked.count, now)?;
    sales::count(conn, &filter, &mut sales)?;
    let mut by_product = sales::by_product(conn, &filter, &sales)?;
    by_product.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.revenue_minor, counts.orders, counts.installs)));
    by_product.truncate(PRODUCTS);
    Ok(Figures { sales, by_product })
}
