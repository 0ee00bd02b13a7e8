//! My apps in the schema: instances, their pages, and what their admin does with them. Records are `graphql::record`.

mod input;
mod mutation;
mod page;
mod query;
mod types;

pub use mutation::InstanceMutation;
pub use query::InstanceQuery;
pub use types::AppInstance;
