//! Finds and reads the repository's own files. Built, fetched and ignored ones are not its own.

use std::path::{Path, PathBuf};

use appshelf_tests::repository;

const NOT_OURS: [&str; 8] = [
    ".git",
    "target",
    "dist",
    "data",
    "node_modules",
    "screenshots",
    "Cargo.lock",
    "package-lock.json",
];

/// A file with its path from the repository's root, `/` between folders.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// All text files below a folder of the repository, in the order of their paths; files that are no UTF-8 are left out.
pub fn below(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&repository().join(folder), &mut paths);
    paths.sort();
    let root = repository();
    let relative = |path: &Path| {
        path.strip_prefix(&root)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    };
    paths
        .iter()
        .filter_map(|path| {
            Some(Source {
                path: relative(path),
                text: std::fs::read_to_string(path).ok()?,
            })
        })
        .collect()
}

/// All Rust files of the crates.
pub fn rust() -> Vec<Source> {
    ["server", "web", "rules", "tests"]
        .into_iter()
        .flat_map(below)
        .filter(|source| source.path.ends_with(".rs"))
        .collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if NOT_OURS.contains(&entry.file_name().to_string_lossy().as_ref()) {
            continue;
        }
        if path.is_dir() {
            collect(&path, into)
        } else {
            into.push(path)
        }
    }
}

#[test]
fn every_module_opens_by_saying_what_it_is() {
    let silent: Vec<_> = rust()
        .into_iter()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path)
        .collect();
    assert_eq!(silent, Vec::<String>::new(), "these files do not begin with `//!`");
}

#[test]
fn no_file_is_named_after_nothing() {
    let vague = ["utils", "util", "helpers", "helper", "common", "manager", "misc"];
    let named = |source: &Source| {
        Path::new(&source.path)
            .file_stem()
            .is_some_and(|stem| vague.contains(&stem.to_string_lossy().as_ref()))
    };
    let found: Vec<_> = rust().into_iter().filter(named).map(|source| source.path).collect();
    assert_eq!(
        found,
        Vec::<String>::new(),
        "name a file after the one thing that it is about"
    );
}
