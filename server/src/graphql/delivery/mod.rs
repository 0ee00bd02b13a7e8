//! Deliveries in the schema (D13–D18): the dry run, the send, its progress.

mod input;
mod mutation;
pub mod preflight;
mod query;
mod subscription;
mod types;

pub use mutation::DeliveryMutation;
pub use query::DeliveryQuery;
pub use subscription::DeliverySubscription;
pub use types::{DeliveriesById, Delivery, insert_loaders};
