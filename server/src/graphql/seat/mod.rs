//! Seats of an instance in the schema.

mod mutation;
mod subscription;
mod types;

pub use mutation::SeatMutation;
pub use subscription::SeatSubscription;
pub use types::{InstanceSeats, LinkSeats, OrderSeats};
