//! Applications in the schema: what a partner builds, its versions, and the imports that make them.

mod channels;
pub mod import;
pub mod loaders;
mod mutation;
mod query;
mod subscription;
pub mod types;
pub mod version;

pub use mutation::ApplicationMutation;
pub use query::ApplicationQuery;
pub use subscription::ApplicationSubscription;
