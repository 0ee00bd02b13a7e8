//! What came of promotion links (L19). Visits are counted in a row for each link and day; sign-ins are rows of their own; installs,
//! orders and revenue are asked of the orders themselves, so that an order never waits for a counter and no figure differs from them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count, count_star, sql, sum};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use sha2::{Digest, Sha256};

use super::conn::{Conn, on_each_backend};
use super::promotion_link::PromotionLink;
use super::schema::{
    product_orders, product_refunds, promotion_links, promotion_sign_ins, promotion_visitors, promotion_visits,
};
use super::{Result, Tx};
use crate::auth::viewer::CustomerScope;
use crate::domain::id::{LicenseId, OrganizationId, PromotionLinkId, UserId};
use crate::domain::instant::Instant;
use crate::domain::license::ChargeType;
use crate::domain::product_order::ProductOrderStatus;
use crate::domain::promotion_count::{CountedOrder, Funnel, PromotionCounts, PromotionDay};
use crate::domain::working_day::{day_start, local_day};

#[derive(Insertable)]
#[diesel(table_name = promotion_visits)]
struct Visits {
    link_id: PromotionLinkId,
    day: NaiveDate,
    opens: i32,
    visitors: i32,
}

#[derive(Insertable)]
#[diesel(table_name = promotion_visitors)]
struct Visitor {
    link_id: PromotionLinkId,
    visitor_hash: String,
}

#[derive(Insertable)]
#[diesel(table_name = promotion_sign_ins)]
struct SignIn {
    link_id: PromotionLinkId,
    user_id: UserId,
    organization_id: OrganizationId,
    day: NaiveDate,
}

/// Counts one open of a link's page, and its visitor where they were never there before. Both statements add to what stands there, so
/// that opens at one moment need no order among each other: made for [`Store::keep_house`](super::Store::keep_house).
pub fn open(tx: &mut Tx<'_>, link: &PromotionLinkId, visitor: &str) -> Result<()> {
    let seen = Visitor {
        link_id: link.clone(),
        visitor_hash: visitor_hash(link, visitor),
    };
    let new = on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(promotion_visitors::table)
        .values(&seen)
        .on_conflict_do_nothing()
        .execute(conn)?);
    let visits = Visits {
        link_id: link.clone(),
        day: local_day(tx.now.utc()),
        opens: 1,
        visitors: i32::from(new == 1),
    };
    let more = (
        promotion_visits::opens.eq(promotion_visits::opens + visits.opens),
        promotion_visits::visitors.eq(promotion_visits::visitors + visits.visitors),
    );
    on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(promotion_visits::table)
        .values(&visits)
        .on_conflict((promotion_visits::link_id, promotion_visits::day))
        .do_update()
        .set(more)
        .execute(conn)?);
    Ok(())
}

/// What is kept of a browser's number. The link is part of what is hashed: two links cannot be compared by it.
fn visitor_hash(link: &PromotionLinkId, visitor: &str) -> String {
    let digest = Sha256::digest(format!("{link} {visitor}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Notes that a member of a customer opened the link signed in; false where they did before.
pub fn sign_in(tx: &mut Tx<'_>, link: &PromotionLinkId, scope: &CustomerScope) -> Result<bool> {
    let row = SignIn {
        link_id: link.clone(),
        user_id: scope.user_id.clone(),
        organization_id: scope.organization_id.clone(),
        day: local_day(tx.now.utc()),
    };
    let new = on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(promotion_sign_ins::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(conn)?);
    Ok(new == 1)
}

/// The figures of a link on some days, which the viewer was shown already.
pub fn by_day(conn: &mut Conn, link: &PromotionLink, days: &[NaiveDate]) -> Result<Vec<PromotionDay>> {
    let mut funnel = Funnel::of(days);
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(Vec::new());
    };
    let visits: Vec<(NaiveDate, i32, i32)> = promotion_visits::table
        .filter(promotion_visits::link_id.eq(&link.id))
        .filter(promotion_visits::day.between(*first, *last))
        .select((
            promotion_visits::day,
            promotion_visits::opens,
            promotion_visits::visitors,
        ))
        .load(conn)?;
    for (day, opens, visitors) in visits {
        if let Some(counts) = funnel.on(day) {
            (counts.opens, counts.visitors) = (opens.into(), visitors.into());
        }
    }
    let sign_ins: Vec<(NaiveDate, i64)> = promotion_sign_ins::table
        .filter(promotion_sign_ins::link_id.eq(&link.id))
        .filter(promotion_sign_ins::day.between(*first, *last))
        .group_by(promotion_sign_ins::day)
        .select((promotion_sign_ins::day, count_star()))
        .load(conn)?;
    for (day, sign_ins) in sign_ins {
        if let Some(counts) = funnel.on(day) {
            counts.sign_ins = sign_ins;
        }
    }
    for at in first_openings(conn, link)? {
        funnel.install(at);
    }
    for order in orders_since(conn, link, day_start(*first))? {
        funnel.order(&order);
    }
    Ok(funnel.days())
}

/// When each organisation that came through a link opened the product through it for the first time.
fn first_openings(conn: &mut Conn, link: &PromotionLink) -> Result<Vec<Instant>> {
    let rows: Vec<(Option<LicenseId>, Option<Instant>)> = product_orders::table
        .filter(product_orders::product_id.eq(&link.product_id))
        .filter(product_orders::isv_operation_code.eq(&link.channel_code))
        .filter(product_orders::license_id.is_not_null())
        .group_by(product_orders::license_id)
        .select((product_orders::license_id, diesel::dsl::min(product_orders::paid_at)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(_, at)| at).collect())
}

/// The orders of plans that came through a link and were placed or paid since an instant, but for those that were closed.
fn orders_since(conn: &mut Conn, link: &PromotionLink, since: Instant) -> Result<Vec<CountedOrder>> {
    let placed = product_orders::created_at.ge(since);
    let paid = product_orders::paid_at.ge(since).assume_not_null();
    let rows: Vec<(Instant, Option<Instant>, i64, Option<i64>)> = product_orders::table
        .left_join(product_refunds::table.on(product_refunds::order_id.eq(product_orders::id)))
        .filter(product_orders::product_id.eq(&link.product_id))
        .filter(product_orders::isv_operation_code.eq(&link.channel_code))
        .filter(product_orders::charge_type.eq(ChargeType::Paid))
        .filter(product_orders::status.ne(ProductOrderStatus::Closed))
        .filter(placed.or(paid))
        .select((
            product_orders::created_at,
            product_orders::paid_at,
            product_orders::amount_minor,
            product_refunds::amount_minor.nullable(),
        ))
        .load(conn)?;
    let order = |(created_at, paid_at, amount_minor, refunded)| CountedOrder {
        created_at,
        paid_at,
        amount_minor,
        refunded_minor: Option::unwrap_or(refunded, 0),
    };
    Ok(rows.into_iter().map(order).collect())
}

/// All that came of each of the links so far; the viewer was shown the links already.
pub fn totals(conn: &mut Conn, ids: &[PromotionLinkId]) -> Result<Vec<(PromotionLinkId, PromotionCounts)>> {
    let mut found: HashMap<PromotionLinkId, PromotionCounts> =
        ids.iter().map(|id| (id.clone(), PromotionCounts::default())).collect();
    let visits: Vec<(PromotionLinkId, Option<i64>, Option<i64>)> = promotion_visits::table
        .filter(promotion_visits::link_id.eq_any(ids))
        .group_by(promotion_visits::link_id)
        .select((
            promotion_visits::link_id,
            sum(promotion_visits::opens),
            sum(promotion_visits::visitors),
        ))
        .load(conn)?;
    for (id, opens, visitors) in visits {
        let counts = found.entry(id).or_default();
        (counts.opens, counts.visitors) = (opens.unwrap_or(0), visitors.unwrap_or(0));
    }
    let sign_ins: Vec<(PromotionLinkId, i64)> = promotion_sign_ins::table
        .filter(promotion_sign_ins::link_id.eq_any(ids))
        .group_by(promotion_sign_ins::link_id)
        .select((promotion_sign_ins::link_id, count_star()))
        .load(conn)?;
    for (id, sign_ins) in sign_ins {
        found.entry(id).or_default().sign_ins = sign_ins;
    }
    for (id, installs) in installs(conn, ids)? {
        found.entry(id).or_default().installs = installs;
    }
    for (id, (orders, revenue)) in sales(conn, ids)? {
        let counts = found.entry(id).or_default();
        (counts.orders, counts.revenue_minor) = (orders, revenue);
    }
    Ok(found.into_iter().collect())
}

/// The orders of links, each with its link.
#[diesel::dsl::auto_type]
fn attributed<'a>(ids: &'a [PromotionLinkId]) -> _ {
    let same = promotion_links::product_id
        .eq(product_orders::product_id)
        .and(product_orders::isv_operation_code.eq(promotion_links::channel_code.nullable()));
    promotion_links::table
        .inner_join(product_orders::table.on(same))
        .filter(promotion_links::id.eq_any(ids))
}

/// How many organisations opened the product through each of the links.
fn installs(conn: &mut Conn, ids: &[PromotionLinkId]) -> Result<Vec<(PromotionLinkId, i64)>> {
    let query = attributed(ids).group_by(promotion_links::id).select((
        promotion_links::id,
        count(product_orders::license_id).aggregate_distinct(),
    ));
    Ok(query.load(conn)?)
}

/// How many orders of plans each of the links has, and what they brought.
fn sales(conn: &mut Conn, ids: &[PromotionLinkId]) -> Result<HashMap<PromotionLinkId, (i64, i64)>> {
    // Sums of large numbers are of another type on each database, so their type is said here.
    let revenue = sql::<BigInt>(
        "CAST(SUM(CASE WHEN product_orders.paid_at IS NULL THEN 0 \
         ELSE product_orders.amount_minor - COALESCE(product_refunds.amount_minor, 0) END) AS BIGINT)",
    );
    let rows: Vec<(PromotionLinkId, i64, i64)> = attributed(ids)
        .left_join(product_refunds::table.on(product_refunds::order_id.eq(product_orders::id)))
        .filter(product_orders::charge_type.eq(ChargeType::Paid))
        .filter(product_orders::status.ne(ProductOrderStatus::Closed))
        .group_by(promotion_links::id)
        .select((promotion_links::id, count_star(), revenue))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, orders, revenue)| (id, (orders, revenue)))
        .collect())
}
