//! Ratings in the schema (L12): public to read, with the partner's answer; written by organisations that bought.

mod mutation;
mod query;
pub mod types;

pub use mutation::RatingMutation;
pub use query::RatingQuery;
