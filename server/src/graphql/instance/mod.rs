//! My apps in the schema: instances, their pages, and what their admin does with them. Records are `graphql::record`.

mod acceptance;
mod input;
mod mutation;
mod page;
mod query;
mod relations;
mod types;

pub use acceptance::{Acceptance, Acceptances};
pub use mutation::InstanceMutation;
pub use page::InstancePage;
pub use query::InstanceQuery;
pub use relations::insert_loaders;
pub use types::AppInstance;
