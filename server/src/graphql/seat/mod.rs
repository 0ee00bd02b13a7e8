//! Seats of an instance in the schema.

mod mutation;
mod types;

pub use mutation::SeatMutation;
pub use types::{InstanceSeats, LinkSeats, OrderSeats};
