//! The markers of `schema.graphql` that the derives of this folder are checked against. Generated names, nothing of ours.
#![allow(missing_docs, non_snake_case, non_camel_case_types, dead_code)]

#[cynic::schema("appshelf")]
mod appshelf {}
pub use appshelf::*;
