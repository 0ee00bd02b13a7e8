//! The two migration trees are mirrored name for name; what they say may differ, what they are called may not.

use std::collections::BTreeSet;

use appshelf_tests::repository;

fn names(backend: &str) -> BTreeSet<String> {
    let folder = repository().join("migrations").join(backend);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|reason| panic!("{}: {reason}", folder.display()));
    entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn every_migration_goes_up_and_down() {
    for backend in ["sqlite", "postgres"] {
        for name in names(backend) {
            for file in ["up.sql", "down.sql"] {
                let path = repository().join("migrations").join(backend).join(&name).join(file);
                assert!(path.is_file(), "{} is missing", path.display());
            }
        }
    }
}
