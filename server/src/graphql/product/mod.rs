//! Products in the schema: the wizard, its report and its reviews (L2–L10).

mod content;
mod input;
pub mod loaders;
mod mutation;
mod query;
mod review;
mod revision;
pub mod types;

pub use content::FreePlan;
pub use mutation::ProductMutation;
pub use query::ProductQuery;
pub use review::{FieldReasonInput, ProductReviewMutation};
pub use revision::{FieldReason, ProductRevision};
pub use types::Product;
