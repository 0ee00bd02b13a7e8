//! Orders of products in the schema (L13, L14): opening, ordering, paying, giving back.

pub mod loaders;
mod mutation;
mod query;
pub mod types;

pub use mutation::ProductOrderMutation;
pub use query::ProductOrderQuery;
pub use types::ProductOrder;
