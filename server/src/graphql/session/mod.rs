//! People in the schema: who is asking, organisations, persons, signing in and out.

mod mutation;
mod query;
pub mod types;

pub use mutation::{SessionMutation, finish};
pub use query::SessionQuery;
