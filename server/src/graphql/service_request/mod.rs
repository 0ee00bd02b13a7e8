//! Service requests (L25) in the schema: what customers ask their partners about applications, and the answers.

mod input;
mod loaders;
mod message;
mod mutation;
mod overview;
mod query;
mod subscription;
mod types;

pub use loaders::{insert as insert_loaders, insert_seen as insert_seen_loaders};
pub use mutation::ServiceRequestMutation;
pub use query::ServiceRequestQuery;
pub use subscription::ServiceRequestSubscription;
pub use types::ServiceRequest;
