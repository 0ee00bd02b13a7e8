//! What the customer decides about an application and its pages, and how they edit pages, in the schema.

mod input;
mod mutation;
mod types;

pub use mutation::PageSettingMutation;
pub use types::{InstanceSettings, PageSettings};
