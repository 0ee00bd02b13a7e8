//! Files that people upload: packages of the demo, real exports where they are at hand, contracts.

use std::path::PathBuf;

use appshelf::cli::seed::contract;

use crate::repository;

/// A package of the demo.
pub fn demo_package(name: &str) -> PathBuf {
    repository().join(format!("server/demo/{name}.json"))
}

/// A real Baserow export that lies beside the repository; `None` where there is none.
pub fn export(name: &str) -> Option<PathBuf> {
    let file = repository().join(format!("../shared/data/baserow/{name}.json"));
    // The browser takes no path with `..` in it.
    file.canonicalize().ok()
}

/// A one-page PDF of these lines, as the contracts of the demo are.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    contract::pdf(&lines)
}
