//! Rollouts in the schema (L17): what one would do, leading it, and what came of it, for the partner and for the customers to whose
//! applications a version came.

mod input;
mod loaders;
mod mutation;
mod preflight;
mod query;
mod subscriber;
mod subscription;
mod types;

pub use loaders::insert as insert_loaders;
pub use mutation::RolloutMutation;
pub use query::RolloutQuery;
pub use subscription::RolloutSubscription;
pub use types::Rollout;
