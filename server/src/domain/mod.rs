//! The rules of the product: plain values and pure functions. No database, no GraphQL, no HTTP, no clock.

pub mod component;
pub mod distribution_barrier;
pub mod locale;
pub mod message;
pub mod problem;
pub mod refusal;
