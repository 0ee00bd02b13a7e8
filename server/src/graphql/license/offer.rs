//! What an organisation can open of a product, and what an order would cost (L13).

use async_graphql::{ComplexObject, ID, SimpleObject};
use chrono::{DateTime, Utc};

use super::types::License;
use crate::domain::instant::Instant;
use crate::domain::license::{ChargeType, Quoted};
use crate::domain::product_order::ProductOrderType;
use crate::graphql::error::result_union;
use crate::graphql::product_order::ProductOrder;
use crate::graphql::scalars::MinorUnits;
use crate::services::license::offer::Offer;
use crate::store::{license, product_order};

/// What the acting organisation can do with a product now. Its plans stand at `marketProduct`.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ProductOffer {
    /// The product.
    product_id: ID,
    /// In which ways it can be opened: TRIAL and FREE at once, PAID by an order of a plan.
    ways: Vec<ChargeType>,
    /// Whether an order would renew or raise what runs, and is no new one.
    running: bool,
    #[graphql(skip)]
    license: Option<license::License>,
    #[graphql(skip)]
    waiting: Option<product_order::ProductOrder>,
}

#[ComplexObject]
impl ProductOffer {
    /// What the organisation holds of it.
    async fn license(&self) -> Option<License> {
        self.license.clone().map(License)
    }

    /// An order that waits for its payment; until it is paid or closed there is no other.
    async fn waiting_order(&self) -> Option<ProductOrder> {
        self.waiting.clone().map(ProductOrder)
    }
}

result_union! {
    /// What can be opened, or why nothing can.
    ProductOfferResult = ProductOffer
}

impl ProductOffer {
    /// Of what was found at that moment.
    pub fn new(offer: Offer, now: Instant) -> crate::store::Result<Self> {
        Ok(Self {
            product_id: ID(offer.product.id.to_string()),
            ways: offer.ways()?,
            running: offer.held()?.is_some_and(|held| held.is_paid_for(now)),
            license: offer.license,
            waiting: offer.waiting,
        })
    }
}

/// One part of what an order costs, and the time that it pays for.
#[derive(SimpleObject)]
pub struct ProductQuotePart {
    /// How much.
    cost: MinorUnits,
    /// From when.
    from: DateTime<Utc>,
    /// Until when.
    until: DateTime<Utc>,
}

impl ProductQuotePart {
    /// Instants are microseconds since 1970.
    pub fn new(cost: i64, from: i64, until: i64) -> Self {
        let at = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
        Self {
            cost: MinorUnits(cost),
            from: at(from),
            until: at(until),
        }
    }
}

/// What an order would cost now. Amounts are CNY.
#[derive(SimpleObject)]
pub struct ProductQuote {
    /// Which kind of order it would be.
    order_type: ProductOrderType,
    /// All of it; what `orderProduct` is given as `acceptedAmount`.
    amount: MinorUnits,
    /// What of it pays for which time.
    parts: Vec<ProductQuotePart>,
    /// For how many people the license would be as soon as it is paid.
    seats: Option<i32>,
    /// When the license would end.
    until: Option<DateTime<Utc>>,
}

result_union! {
    /// A price, or why there is none.
    ProductQuoteResult = ProductQuote
}

impl From<Quoted> for ProductQuote {
    fn from(quoted: Quoted) -> Self {
        let parts = quoted.parts.iter();
        Self {
            order_type: quoted.order_type.into(),
            amount: MinorUnits(quoted.cost),
            parts: parts
                .map(|part| ProductQuotePart::new(part.cost, part.from, part.until))
                .collect(),
            seats: quoted.held.seats,
            until: quoted.held.until.map(|at| at.utc()),
        }
    }
}
