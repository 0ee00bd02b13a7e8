//! What a partner sold (see `domain::sales`), asked of the licenses and orders themselves, so that no figure differs from them. Days are
//! summed up by the database: as many rows come back as there are days, or products, whatever was sold.

use diesel::dsl::{count_star, sql};
use diesel::expression::{BoxableExpression, SqlLiteral};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date};

use super::Result;
use super::conn::{Conn, Dialect};
use super::schema::{licenses, product_orders};
use crate::auth::viewer::PartnerScope;
use crate::domain::id::ProductId;
use crate::domain::license::ChargeType;
use crate::domain::product_order::ProductOrderStatus;
use crate::domain::sales::{Sales, SalesCounts};
use crate::domain::working_day::day_start;

/// Whose sales are asked for, and of which product if of one.
#[derive(Clone, Debug)]
pub struct SalesFilter {
    pub scope: PartnerScope,
    pub product: Option<ProductId>,
}

type Condition<T> = Box<dyn BoxableExpression<T, Dialect, SqlType = Bool>>;

/// Sums of large numbers are of another type on each database, so their type is said here.
const REVENUE: &str = "CAST(SUM(product_orders.amount_minor - COALESCE((SELECT product_refunds.amount_minor \
    FROM product_refunds WHERE product_refunds.order_id = product_orders.id), 0)) AS BIGINT)";

/// The day in Shanghai of a column; the country has had one time without summer time since 1992.
fn day_of(conn: &Conn, column: &str) -> SqlLiteral<Date> {
    match conn {
        Conn::Sqlite(_) => sql(&format!("date({column}, '+8 hours')")),
        Conn::Postgres(_) => sql(&format!("CAST({column} + INTERVAL '8 hours' AS DATE)")),
    }
}

fn opened(filter: &SalesFilter) -> Condition<licenses::table> {
    let own = licenses::partner_id.eq(filter.scope.organization_id.clone());
    match filter.product.clone() {
        Some(product) => Box::new(own.and(licenses::product_id.eq(product))),
        None => Box::new(own),
    }
}

/// Orders of plans, but for those that were closed without a payment.
fn ordered(filter: &SalesFilter) -> Condition<product_orders::table> {
    let own = product_orders::partner_id
        .eq(filter.scope.organization_id.clone())
        .and(product_orders::charge_type.eq(ChargeType::Paid))
        .and(product_orders::status.ne(ProductOrderStatus::Closed));
    match filter.product.clone() {
        Some(product) => Box::new(own.and(product_orders::product_id.eq(product))),
        None => Box::new(own),
    }
}

/// Adds to the periods what was sold in them.
pub fn count(conn: &mut Conn, filter: &SalesFilter, sales: &mut Sales) -> Result<()> {
    let Some(since) = sales.since().map(day_start) else {
        return Ok(());
    };
    let day = day_of(conn, "licenses.created_at");
    let installs = licenses::table
        .filter(opened(filter))
        .filter(licenses::created_at.ge(since))
        .group_by(day.clone())
        .select((day, count_star()))
        .load(conn)?;
    let day = day_of(conn, "product_orders.created_at");
    let orders = product_orders::table
        .filter(ordered(filter))
        .filter(product_orders::created_at.ge(since))
        .group_by(day.clone())
        .select((day, count_star()))
        .load(conn)?;
    let day = day_of(conn, "product_orders.paid_at");
    let revenue = product_orders::table
        .filter(ordered(filter))
        .filter(product_orders::paid_at.ge(since))
        .group_by(day.clone())
        .select((day, sql::<BigInt>(REVENUE)))
        .load(conn)?;
    for (day, counts) in merged(installs, orders, revenue) {
        sales.add(day, counts);
    }
    Ok(())
}

/// What was sold of each product in the periods that were asked for; products of which nothing was sold are absent.
pub fn by_product(conn: &mut Conn, filter: &SalesFilter, sales: &Sales) -> Result<Vec<(ProductId, SalesCounts)>> {
    let Some(since) = sales.first().map(day_start) else {
        return Ok(Vec::new());
    };
    let installs = licenses::table
        .filter(opened(filter))
        .filter(licenses::created_at.ge(since))
        .group_by(licenses::product_id)
        .select((licenses::product_id, count_star()))
        .load(conn)?;
    let orders = product_orders::table
        .filter(ordered(filter))
        .filter(product_orders::created_at.ge(since))
        .group_by(product_orders::product_id)
        .select((product_orders::product_id, count_star()))
        .load(conn)?;
    let revenue = product_orders::table
        .filter(ordered(filter))
        .filter(product_orders::paid_at.ge(since))
        .group_by(product_orders::product_id)
        .select((product_orders::product_id, sql::<BigInt>(REVENUE)))
        .load(conn)?;
    Ok(merged(installs, orders, revenue))
}

/// The three figures of each key together, in the order of the keys.
fn merged<K: Ord>(installs: Vec<(K, i64)>, orders: Vec<(K, i64)>, revenue: Vec<(K, i64)>) -> Vec<(K, SalesCounts)> {
    let mut all = std::collections::BTreeMap::<K, SalesCounts>::new();
    for (key, installs) in installs {
        all.entry(key).or_default().installs = installs;
    }
    for (key, orders) in orders {
        all.entry(key).or_default().orders = orders;
    }
    for (key, revenue) in revenue {
        all.entry(key).or_default().revenue_minor = revenue;
    }
    all.into_iter().collect()
}
