//! Group chats in the schema, with the cool apps that are installed in them (L23).

mod installation;
pub mod loaders;
mod mutation;
mod query;
mod types;

pub use installation::InstallationMutation;
pub use mutation::GroupMutation;
pub use query::GroupQuery;
pub use types::Group;
