//! Self-tests in the schema: a version delivered into a test organisation, and its checklist (L2).

pub mod loaders;
mod mutation;
mod query;
pub mod types;

pub use mutation::SelfTestMutation;
pub use query::SelfTestQuery;
pub use types::SelfTest;
