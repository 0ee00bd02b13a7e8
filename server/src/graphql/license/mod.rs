//! Licenses in the schema (L13–L16): what an organisation may open, what it holds, and how the two sides read it. The orders that make
//! licenses are `product_order`.

pub mod loaders;
mod mutation;
mod offer;
mod query;
pub mod types;

pub use mutation::LicenseMutation;
pub use query::LicenseQuery;
pub use types::License;
