//! Distribution links in the schema (D7–D9).

mod mutation;
mod types;

pub use mutation::DistributionLinkMutation;
pub use types::DistributionLink;
