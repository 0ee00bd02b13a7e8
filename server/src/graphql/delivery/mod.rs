//! Deliveries in the schema (D13–D18): the dry run, the send, its progress, the changes of pages, the way back.

mod input;
mod mutation;
mod page_change;
pub mod preflight;
mod query;
mod rollback;
mod subscription;
mod types;

pub use mutation::DeliveryMutation;
pub use query::DeliveryQuery;
pub use subscription::DeliverySubscription;
pub use types::{DeliveriesById, Delivery, insert_loaders};
