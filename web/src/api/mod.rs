//! Everything that knows the server: typed operations against `schema.graphql`, files, live updates, and the bearer token.
//! Screens call the functions of this folder and never see HTTP, JSON or a token.

mod problem;
#[macro_use]
pub mod operation;
pub mod connection;
pub mod file;
pub mod live;
mod refusal;
pub mod scalar;
pub mod schema;
pub mod session;
mod token;
pub mod transport;

pub use problem::{Issue, Problem, Refused};
pub use scalar::{Date, DateTime, MinorUnits, Money, MoneyInput};
