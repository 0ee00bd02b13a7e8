//! The binary's commands besides serving: each does one thing on the console and ends with an exit code.

pub mod audit;
pub mod migrate;
pub mod schema;
pub mod token;
