//! Amendments in the schema: for the creator of the project, who proposes them, and the reviewer, who decides.

mod mutation;
mod query;
mod types;

pub use mutation::AmendmentMutation;
pub use query::AmendmentQuery;
pub use types::Amendment;
