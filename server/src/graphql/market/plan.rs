//! What a product costs, as customers see it.

use async_graphql::{ID, Object, SimpleObject};

use crate::domain::market::MarketPrice as Price;
use crate::domain::product_content::ProductPlan;
use crate::domain::product_form::price_plan;
use crate::graphql::error::result_union;
use crate::graphql::scalars::MinorUnits;

/// A plan that customers can buy themselves. Amounts are CNY.
pub struct MarketPlan(pub ProductPlan);

/// For how long a plan is bought.
#[derive(SimpleObject)]
pub struct MarketPeriod {
    /// What it is called.
    name: String,
    /// How many months.
    months: i32,
    /// One seat's price of the whole period.
    sale_price: MinorUnits,
}

/// What seats of a plan cost for one of its periods: what a new order would be charged. Amounts are CNY.
#[derive(SimpleObject)]
pub struct MarketPrice {
    /// How many seats.
    seats: i32,
    /// How many months.
    months: i32,
    /// One seat, the whole period.
    sale_price: MinorUnits,
    /// All seats, the whole period.
    cost: MinorUnits,
}

result_union! {
    /// A price, or why there is none.
    MarketPriceResult = MarketPrice
}

impl From<Price> for MarketPrice {
    fn from(price: Price) -> Self {
        Self {
            seats: price.seats,
            months: price.months,
            sale_price: MinorUnits(price.sale_price),
            cost: MinorUnits(price.cost),
        }
    }
}

#[Object]
impl MarketPlan {
    /// The code that an order names.
    async fn item_code(&self) -> ID {
        ID(self.0.item_code.to_string())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The fewest seats.
    async fn min_seats(&self) -> i32 {
        self.0.min_seats.unwrap_or(0)
    }

    /// The most seats.
    async fn max_seats(&self) -> i32 {
        self.0.max_seats.unwrap_or(0)
    }

    /// One seat, one month.
    async fn unit_price(&self) -> MinorUnits {
        MinorUnits(self.0.unit_price.unwrap_or(0))
    }

    /// For how long it can be bought.
    async fn periods(&self) -> Vec<MarketPeriod> {
        let plan = price_plan(&self.0);
        let period = |period: &appshelf_rules::price::Period| {
            Some(MarketPeriod {
                name: period.name.clone(),
                months: i32::try_from(period.months).ok()?,
                sale_price: MinorUnits(plan.sale_price(period).ok()?),
            })
        };
        plan.periods.iter().filter_map(period).collect()
    }
}
