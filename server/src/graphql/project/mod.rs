//! Projects in the schema (D2–D6, D32): the facts that every partner admin sees, and the detail for creator and reviewer.

pub mod amount;
mod detail;
mod input;
pub mod loaders;
mod mutation;
mod query;
mod settlement;
pub mod types;

pub use mutation::ProjectMutation;
pub use query::ProjectQuery;
pub use types::Project;
