//! Leads (L24) in the schema: who is interested in a product, with what they agreed to pass on.

mod input;
mod mutation;
mod query;
pub mod types;

pub use mutation::LeadMutation;
pub use query::LeadQuery;
