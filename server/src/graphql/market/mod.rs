//! The marketplace in the schema (L11, L12): what customers and visitors find and read. Nothing of drafts, reviews or a partner's
//! people is reachable from here.

mod connection;
mod mutation;
mod plan;
mod product;
mod query;

pub use mutation::MarketMutation;
pub use product::{Contents, MarketProduct};
pub use query::MarketQuery;
