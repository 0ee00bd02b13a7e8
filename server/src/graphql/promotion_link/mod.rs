//! Promotion links in the schema, as their partner keeps them (L18, L19).

mod mutation;
mod query;
mod types;

pub use mutation::PromotionLinkMutation;
pub use query::PromotionLinkQuery;
pub use types::{PromotionLink, PromotionTotals};
