//! Distribution permission in the schema (D1).

mod loaders;
mod mutation;
mod query;
mod types;

pub use loaders::{insert as insert_loaders, is_granted};
pub use mutation::PermissionMutation;
pub use query::PermissionQuery;
pub use types::DistributionPermission;
