//! Where a promotion link leads, in the schema (L18–L20): open to visitors as well.

mod mutation;
mod query;

pub use mutation::PromotionMutation;
pub use query::PromotionQuery;
