//! What the tests stand on. `process` is the product as users run it, `chromium`, `browser` and `accessibility` are a person in
//! front of it, `texts` what they read there, `api` people who send documents, `postgres` makes databases. None of it decides what
//! is right; the tests do.

// The schema's roots nest futures deeper than the compiler looks without being told.
#![recursion_limit = "256"]

pub mod accessibility;
pub mod api;
pub mod browser;
pub mod buying;
pub mod chromium;
pub mod client;
pub mod cool_app;
pub mod export;
pub mod files;
pub mod forms;
pub mod listing;
pub mod next_version;
pub mod postgres;
pub mod process;
pub mod promotion;
pub mod scene;
pub mod smtp;
pub mod texts;

use std::path::{Path, PathBuf};

/// The root of the repository, where `schema.graphql`, `dist` and `node_modules` are.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests crate lies in the repository")
        .to_owned()
}
