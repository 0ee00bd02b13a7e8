//! Application packages: reads a file into a [`Package`] or says exactly why not. Pure code: no database, no HTTP.
//! Two sources: the documented format `appshelf.package/1` (`docs/package-format.md`) and Baserow exports.
//! It does not store anything and does not know who asks.

pub mod baserow;
pub mod connector;
pub mod error;
mod fields;
pub mod form;
pub mod graph;
pub mod limits;
pub mod model;
pub mod native;
mod problems;
pub mod report;
mod scan;
pub mod schema;
#[cfg(test)]
mod tests;
mod walk;
mod write;

use std::io::Read;
use std::path::Path;

use walk::{Kind, Node};

pub use form::check_form;

pub use error::{Code, PackageError, Place, Problem};
pub use limits::Limits;
pub use model::{Component, Format, JsonText, Package, SampleRow};
pub use report::{ImportReport, KeptAs, Unmapped, Warning};
pub use write::write_package;

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
    /// Whether the file or the caller named the version; otherwise it is a default that may be changed.
    pub numbered: bool,
}

/// How far reading has come, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that are dealt with.
    pub done: usize,
    /// Bytes of the file.
    pub total: usize,
}

/// Reads a file's bytes. Nothing is returned unless the whole file is good.
///
/// `progress` is called as components are dealt with, at most once a component. The caller keeps the bytes; beside
/// them reading takes about as much memory as the package itself has text.
pub fn read_package(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Import, PackageError> {
    if let Some(version) = &options.version
        && !fields::is_version(version)
    {
        return Err(PackageError::one(Problem::new(
            Code::InvalidVersion,
            Place::whole(),
            &[version],
        )));
    }
    let text = scan::checked(bytes, &options.limits).map_err(PackageError::one)?;
    let total = bytes.len();
    let mut tell = |done| progress(Progress { done, total });
    let import = match recognise(text, options.format)? {
        Format::Baserow => baserow::read(text, options, &mut tell)?,
        Format::Native | Format::Auto => {
            let mut package = native::read(text, &options.limits, &mut tell)?;
            if let Some(version) = &options.version {
                package.version.clone_from(version);
            }
            let report = ImportReport::of(&package);
            let numbered = true;
            Import {
                package,
                report,
                numbered,
            }
        }
    };
    tell(total);
    Ok(import)
}

/// Reads a file from disk, never more of it than a package may have.
pub fn read_package_file(
    path: &Path,
    options: &ReadOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Import, PackageError> {
    let unreadable =
        |error: std::io::Error| PackageError::one(Problem::new(Code::FileUnreadable, Place::whole(), &[&error]));
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let limit = options.limits.bytes as u64 + 1;
    let expected = file.metadata().map_err(unreadable)?.len().min(limit);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    read_package(&bytes, options, progress)
}

/// What the text is, if that agrees with what the caller said it is.
fn recognise(text: &str, asked: Format) -> Result<Format, PackageError> {
    let root = Node::root(text);
    let is_native = root.get("format").is_some_and(|format| format.kind() == Kind::String);
    match asked {
        // A native file is read strictly even without its `format`, so that the reader names what is missing.
        Format::Native if root.kind() == Kind::Object && (is_native || !baserow::recognises(root)) => {
            Ok(Format::Native)
        }
        Format::Native => Err(PackageError::one(unknown_format(native::FORMAT))),
        Format::Baserow if !is_native && baserow::recognises(root) => Ok(Format::Baserow),
        Format::Baserow => Err(PackageError::one(unknown_format("Baserow export"))),
        Format::Auto if is_native => Ok(Format::Native),
        Format::Auto if baserow::recognises(root) => Ok(Format::Baserow),
        Format::Auto => Err(PackageError::one(unknown_format("appshelf.package/1 / Baserow export"))),
    }
}

fn unknown_format(expected: &str) -> Problem {
    Problem::new(
        Code::UnknownFormat,
        Place {
            path: "$".to_owned(),
            position: Some((1, 1)),
        },
        &[&expected],
    )
}
