//! Re-binding in the schema (D23, D24): what is to be done in an instance after a delivery, and saying that it was.

mod input;
mod mutation;
mod types;

pub use mutation::BindingMutation;
pub use types::{BindingItem, BindingList, Waiver};
