//! Orders in the schema: the order centre of a partner, a customer's own orders. Buying is `purchase`, sending `delivery`.

mod event;
pub mod loaders;
mod mutation;
mod query;
pub mod types;

pub use mutation::OrderMutation;
pub use query::OrderQuery;
pub use types::Order;
