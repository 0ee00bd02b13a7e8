//! Rules about the code itself that no compiler checks, so that they outlive those who made them. What the product does is tested
//! elsewhere. A rule that stands in the way is changed here, with its reason in ARCHITECTURE.md.

mod layers;
mod migrations;
mod sources;
mod wording;
