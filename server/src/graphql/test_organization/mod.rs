//! Test organisations in the schema: where a partner tries its applications (L2).

mod mutation;
mod query;
pub mod types;

pub use mutation::TestOrganizationMutation;
pub use query::TestOrganizationQuery;
pub use types::TestOrganization;
