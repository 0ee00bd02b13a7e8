//! What the acting partner sold over time.

use super::{Date, MinorUnits, schema};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalesUnit {
    Day,
    Month,
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SalesCounts {
        pub installs: i32,
        pub orders: i32,
        pub revenue: MinorUnits,
    }
}

impl SalesCounts {
    /// Minor units.
    pub fn minor(&self) -> i64 {
        self.revenue.0.parse().unwrap_or_default()
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SalesPeriod {
        pub first: Date,
        pub counts: SalesCounts,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct SoldProduct {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SalesOfProduct {
        pub product: SoldProduct,
        pub counts: SalesCounts,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SalesFigures {
        pub periods: Vec<SalesPeriod>,
        pub total: SalesCounts,
        pub before: SalesCounts,
        pub by_product: Vec<SalesOfProduct>,
    }
}

operation! { $ Query:
    sales_figures(unit = unit: SalesUnit, count = count: i32, productId = product_id: Option<cynic::Id>) => SalesFigures
}
