//! AppShelf server.

pub mod auth;
pub mod config;
pub mod domain;
pub mod graphql;
pub mod package;
