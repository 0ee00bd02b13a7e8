//! Remote maintenance (D31) in the schema: what partners ask for and customers grant. What a developer then does inside goes
//! through the nouns of the instance.

mod input;
mod loaders;
mod mutation;
mod query;
mod subscription;
mod types;

pub use loaders::{AutomaticGrants, LatestOfOrder, OpenOfInstance, insert as insert_loaders};
pub use mutation::MaintenanceMutation;
pub use query::MaintenanceQuery;
pub use subscription::MaintenanceSubscription;
pub use types::{MaintenanceSession, ViewerMaintenance};
