//! AppShelf server: an application marketplace and distribution platform. In reading order: `domain` holds the rules,
//! `package` the application package format, `files` uploaded bytes, `store` rows and transactions, `services` one
//! function per use case, `graphql` the schema over them, `http` what listens, `jobs` what runs on its own.

// The futures of the whole schema are one type, whose layout the compiler follows to its end.
#![recursion_limit = "256"]

pub mod app;
pub mod auth;
pub mod cli;
pub mod config;
pub mod domain;
pub mod files;
pub mod graphql;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod package;
pub mod services;
pub mod stop;
pub mod store;
pub mod telemetry;
