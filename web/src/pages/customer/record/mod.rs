//! Records of form pages: their list, one of them with its history, and the form in which it is filled in.

pub mod detail;
pub mod edit;
pub mod import;
pub mod list;

mod conflict;
mod draft;
mod entry;
mod field;
mod files;
mod filter;
mod form;
mod history;
mod link;
pub mod value;
