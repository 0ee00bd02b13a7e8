//! The binary's commands: each does one thing on the console and ends with an exit code; `serve` runs until it is told
//! to stop.

pub mod audit;
pub mod import;
pub mod migrate;
pub mod schema;
pub mod seed;
pub mod serve;
pub mod token;
pub mod worker;
