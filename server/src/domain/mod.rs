//! The rules of the product: plain values and pure functions. No database, no GraphQL, no HTTP, no clock.

pub mod component;
