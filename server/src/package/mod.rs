//! Application packages: reads a file into a [`Package`] or says exactly why not. Pure code: no database, no HTTP.
//! Two sources: the documented format `appshelf.package/1` (`docs/package-format.md`) and Baserow exports.
//! It does not store anything and does not know who asks.

pub mod error;
pub mod limits;
pub mod model;
pub mod report;

pub use error::{Code, PackageError, Place, Problem};
pub use limits::Limits;
pub use model::{Component, Format, JsonText, Package, SampleRow};
pub use report::{ImportReport, KeptAs, Unmapped, Warning};

/// How to read a file.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// What the file is; `Auto` decides by its content.
    pub format: Format,
    /// Replaces the version of the file. Baserow exports carry none and are `1.0.0` without it.
    pub version: Option<String>,
    /// How large it may be.
    pub limits: Limits,
}

/// What was read from a file.
#[derive(Clone, Debug)]
pub struct Import {
    /// The content.
    pub package: Package,
    /// What to tell the person who asked.
    pub report: ImportReport,
}

/// How far reading has come, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that are dealt with.
    pub done: usize,
    /// Bytes of the file.
    pub total: usize,
}
