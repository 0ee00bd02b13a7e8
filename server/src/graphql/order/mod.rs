//! Orders in the schema: the order centre of a partner, a customer's own orders. Buying is `purchase`, sending `delivery`.

pub mod loaders;
mod query;
pub mod types;

pub use query::OrderQuery;
pub use types::Order;
