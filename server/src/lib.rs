//! AppShelf server.
pub mod domain;
pub mod package;
