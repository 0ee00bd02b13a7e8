//! Approvals (P11) in the schema: every review of both tracks in one list.

mod query;
mod types;

pub use query::ApprovalQuery;
