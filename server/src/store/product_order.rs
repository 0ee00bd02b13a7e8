//! Orders of products (L13, L14) and what of them goes back. A partner sees what it sold, an admin what their organisation bought.

use std::collections::HashMap;

use appshelf_rules::price::{PaidOrder, Part};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::membership::escape_like;
use super::page::{Page, PageRequest, paged};
use super::schema::{product_orders, product_refunds};
use super::search::{self, Candidates};
use super::{Error, Fault, Result, Tx};
use crate::auth::viewer::PartyScope;
use crate::domain::id::{ItemCode, LicenseId, OrganizationId, ProductId, ProductOrderId, ProductRevisionId, UserId};
use crate::domain::instant::Instant;
use crate::domain::license::{ChargeType, Held, micros};
use crate::domain::money::{Currency, Money};
use crate::domain::payment::PaymentProvider;
use crate::domain::product_order::{CloseReason, ProductOrderStatus, ProductOrderType, RefundBy};
use crate::domain::refusal::Refusal;
use crate::domain::search_token::SearchNoun;

/// An order of a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = product_orders, treat_none_as_null = true)]
pub struct ProductOrder {
    pub id: ProductOrderId,
    /// Short, unique, read out by people.
    pub number: String,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    pub product_id: ProductId,
    /// What was on sale when it was ordered.
    pub revision_id: ProductRevisionId,
    /// Once it opened something.
    pub license_id: Option<LicenseId>,
    /// Names as they were then.
    pub product_name: String,
    pub customer_name: String,
    pub charge_type: ChargeType,
    pub order_type: ProductOrderType,
    pub status: ProductOrderStatus,
    /// Nothing for a trial, and for a product that costs nothing.
    pub item_code: Option<ItemCode>,
    pub plan_name: String,
    pub seats: Option<i32>,
    /// Nothing leaves the end where it is.
    pub months: Option<i32>,
    pub amount_minor: i64,
    pub currency: String,
    /// JSON, see [`ProductOrder::service`].
    pub service: String,
    pub ordered_by: UserId,
    /// The partner ordered for the customer.
    pub by_partner: bool,
    pub created_at: Instant,
    pub pay_until: Option<Instant>,
    pub paid_at: Option<Instant>,
    pub payment_provider: Option<PaymentProvider>,
    /// Of the bank transfer, or the gateway's.
    pub payment_reference: String,
    pub close_reason: Option<CloseReason>,
    pub closed_at: Option<Instant>,
    /// While it waits for its payment: one at a time for a customer and a product.
    pub open_key: Option<String>,
    pub search_text: String,
    /// Grows with every change.
    pub version: i32,
    /// L19: the channel code of the promotion link that it came through, as it was when it was placed.
    pub isv_operation_code: Option<String>,
}

/// One part of the amount and the time that it pays for, in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidPart {
    pub cost: i64,
    pub from: i64,
    pub until: i64,
}

/// What an order pays for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    pub parts: Vec<PaidPart>,
    /// Once it was opened.
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    /// The license before it, which a refund puts back.
    pub before: Option<Held>,
}

/// What of an order goes back.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = product_refunds, treat_none_as_null = true)]
pub struct ProductRefund {
    pub order_id: ProductOrderId,
    pub amount_minor: i64,
    pub refund_by: RefundBy,
    pub reason: String,
    /// Nothing for what a gateway gave back by itself.
    pub asked_by: Option<UserId>,
    pub asked_at: Instant,
    pub refunded_at: Option<Instant>,
    pub reference: String,
}

impl From<Part> for PaidPart {
    fn from(part: Part) -> Self {
        let Part { cost, from, until } = part;
        Self { cost, from, until }
    }
}

impl ProductOrder {
    /// What it pays for.
    pub fn service(&self) -> Result<Service> {
        let read = serde_json::from_str(&self.service);
        read.map_err(|error| self.inconsistent(format!("service: {error}")))
    }

    /// What it costs.
    pub fn amount(&self) -> Result<Money> {
        let currency = Currency::parse(&self.currency);
        let currency = currency.map_err(|_| self.inconsistent(format!("currency: {}", self.currency)))?;
        Ok(Money::new(self.amount_minor, currency))
    }

    fn inconsistent(&self, what: String) -> Error {
        let (table, row) = ("product_orders", self.id.to_string());
        Fault::Inconsistent { table, row, what }.into()
    }

    /// As refunds are calculated.
    pub fn paid_order(&self) -> Result<PaidOrder> {
        let parts = self.service()?.parts.into_iter();
        Ok(PaidOrder {
            parts: parts
                .map(|PaidPart { cost, from, until }| Part { cost, from, until })
                .collect(),
            paid_at: micros(self.paid_at.unwrap_or(self.created_at)),
            refunded: matches!(
                self.status,
                ProductOrderStatus::Refunding | ProductOrderStatus::Refunded
            ),
        })
    }

    /// How the audit log calls it.
    pub fn label(&self) -> String {
        format!("{} {}", self.number, self.product_name)
    }

    /// What the audit log says of it.
    pub fn facts(&self) -> Value {
        json!({
            "status": self.status, "orderType": self.order_type, "chargeType": self.charge_type, "plan": self.plan_name,
            "seats": self.seats, "months": self.months, "amount": self.amount_minor.to_string(), "currency": self.currency,
            "isvOperationCode": self.isv_operation_code,
        })
    }
}

/// By which key an order of a customer for a product waits for its payment.
pub fn open_key(customer: &OrganizationId, product: &ProductId) -> String {
    format!("{customer} {product}")
}

/// Which orders of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct ProductOrderFilter {
    /// Part of the customer's or the product's name, or of the number.
    pub search: Option<String>,
    pub status: Option<ProductOrderStatus>,
    pub license_id: Option<LicenseId>,
}

type Boxed<'a> = product_orders::BoxedQuery<'a, Dialect>;

fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = product_orders::table.select(product_orders::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) => query.filter(product_orders::partner_id.eq(partner.organization_id.clone())),
        PartyScope::Customer(customer) if customer.admin => {
            query.filter(product_orders::customer_id.eq(customer.organization_id.clone()))
        }
        // Orders are the admins' matter, and none of the reviewers'.
        PartyScope::Customer(_) | PartyScope::Reviewer(_) => query.filter(product_orders::id.eq("")),
    }
}

fn narrowed<'a>(conn: &mut Conn, scope: &PartyScope, filter: &ProductOrderFilter) -> Result<Boxed<'a>> {
    let mut query = visible(scope);
    let searched = filter.search.as_deref().map(|text| text.trim().to_lowercase());
    if let Some(text) = searched.filter(|text| !text.is_empty()) {
        if let Candidates::Few(ids) = search::candidates(conn, SearchNoun::ProductOrder, scope, &text)? {
            query = query.filter(product_orders::id.eq_any(ids));
        }
        let like = format!("%{}%", escape_like(&text));
        query = query.filter(product_orders::search_text.like(like).escape('\\'));
    }
    if let Some(status) = filter.status {
        query = query.filter(product_orders::status.eq(status));
    }
    if let Some(license) = &filter.license_id {
        query = query.filter(product_orders::license_id.eq(license.clone()));
    }
    Ok(query)
}

/// What the scope may see, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &PartyScope,
    filter: &ProductOrderFilter,
    page: &PageRequest,
) -> Result<Page<ProductOrder>> {
    let query = narrowed(conn, scope, filter)?;
    Ok(page.cut(paged!(query, page, product_orders::id, descending).load(conn)?))
}

/// How many the scope may see.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &ProductOrderFilter) -> Result<i64> {
    let query = narrowed(conn, scope, filter)?;
    Ok(query.select(diesel::dsl::count_star()).first(conn)?)
}

/// The order, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &ProductOrderId) -> Result<Option<ProductOrder>> {
    Ok(visible(scope)
        .filter(product_orders::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// One order by an id that the system holds already: of a gateway's message or a job.
pub fn by_id(conn: &mut Conn, id: &ProductOrderId) -> Result<Option<ProductOrder>> {
    let query = product_orders::table.find(id).select(product_orders::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The order of a customer for a product that waits for its payment.
pub fn waiting(conn: &mut Conn, customer: &OrganizationId, product: &ProductId) -> Result<Option<ProductOrder>> {
    let query = product_orders::table
        .filter(product_orders::open_key.eq(open_key(customer, product)))
        .select(product_orders::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The latest order of each license that the viewer was shown already, of those that stand.
pub fn last_standing(conn: &mut Conn, licenses: &[LicenseId]) -> Result<HashMap<LicenseId, ProductOrderId>> {
    let rows: Vec<(Option<LicenseId>, Option<ProductOrderId>)> = product_orders::table
        .filter(product_orders::license_id.eq_any(licenses))
        .filter(product_orders::status.eq(ProductOrderStatus::Paid))
        .group_by(product_orders::license_id)
        .select((product_orders::license_id, diesel::dsl::max(product_orders::id)))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(license, order)| license.zip(order))
        .collect())
}

/// The orders of a license that were opened after one.
pub fn later_than(conn: &mut Conn, order: &ProductOrder) -> Result<Vec<ProductOrder>> {
    let query = product_orders::table
        .filter(product_orders::license_id.eq(&order.license_id))
        .filter(product_orders::id.gt(&order.id))
        .select(product_orders::all_columns);
    Ok(query.load(conn)?)
}

/// Whether a number is taken.
pub fn is_number_taken(conn: &mut Conn, number: &str) -> Result<bool> {
    let same = product_orders::table.filter(product_orders::number.eq(number));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Makes an order, which both sides find by its words from now on.
pub fn insert(tx: &mut Tx<'_>, order: &ProductOrder) -> Result<()> {
    diesel::insert_into(product_orders::table)
        .values(order)
        .execute(tx.conn)?;
    let parties = [order.partner_id.as_str(), order.customer_id.as_str()];
    let (noun, id) = (SearchNoun::ProductOrder, order.id.as_str());
    search::index(tx, noun, &parties, id, &order.search_text)
}

/// Saves an order that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &ProductOrder, after: ProductOrder) -> Result<ProductOrder> {
    let after = ProductOrder {
        version: before.version + 1,
        ..after
    };
    let read = product_orders::table
        .filter(product_orders::id.eq(&before.id))
        .filter(product_orders::version.eq(before.version))
        .filter(product_orders::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// What of the orders goes back.
pub fn refunds(conn: &mut Conn, orders: &[ProductOrderId]) -> Result<Vec<ProductRefund>> {
    let query = product_refunds::table
        .filter(product_refunds::order_id.eq_any(orders))
        .select(product_refunds::all_columns);
    Ok(query.load(conn)?)
}

/// Notes what of an order goes back.
pub fn insert_refund(tx: &mut Tx<'_>, refund: &ProductRefund) -> Result<()> {
    diesel::insert_into(product_refunds::table)
        .values(refund)
        .execute(tx.conn)?;
    Ok(())
}

/// Notes that the money is back.
pub fn finish_refund(tx: &mut Tx<'_>, order: &ProductOrderId, reference: &str) -> Result<()> {
    let done = (
        product_refunds::refunded_at.eq(tx.now),
        product_refunds::reference.eq(reference),
    );
    diesel::update(product_refunds::table.find(order))
        .set(done)
        .execute(tx.conn)?;
    Ok(())
}

/// Records what became of an order, for both sides.
pub fn audit(
    tx: &mut Tx<'_>,
    action: &'static str,
    before: Option<&ProductOrder>,
    after: &ProductOrder,
    more: Value,
) -> Result<()> {
    let mut facts = after.facts();
    if let (Some(facts), Some(more)) = (facts.as_object_mut(), more.as_object()) {
        facts.extend(more.clone());
    }
    let fact = Fact {
        organization_id: &after.partner_id,
        action,
        object_id: after.id.as_str(),
        label: &after.label(),
        before: before.map(ProductOrder::facts),
        after: Some(facts),
    };
    tx.audit_for_both(&after.customer_id, fact)
}
