//! The rules of the product: plain values and pure functions. No database, no GraphQL, no HTTP, no clock.

pub mod component;
pub mod contact;
pub mod corp_id;
pub mod distribution_barrier;
pub mod link_token;
pub mod locale;
pub mod message;
pub mod money;
pub mod problem;
pub mod refusal;
pub mod wording;
pub mod working_day;
