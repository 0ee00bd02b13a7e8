//! Distribution permission in the schema (D1).

mod mutation;
mod query;
mod types;

pub use mutation::PermissionMutation;
pub use query::PermissionQuery;
pub use types::DistributionPermission;
