//! My apps in the schema: instances, their pages and records, and what their admin does with them.

mod input;
mod mutation;
mod page;
mod query;
mod types;

pub use mutation::InstanceMutation;
pub use page::AppRecord;
pub use query::InstanceQuery;
pub use types::AppInstance;
