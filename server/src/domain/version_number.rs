//! Version numbers (版本号) of applications: semantic versions, their order, and the number that follows when a file
//! carries none. Which version is sold is a question of the store's rows, answered with this order.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::problem::{Format, Problem};

/// A semantic version such as `1.4.0` or `2.0.0-rc.1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VersionNumber(semver::Version);

impl VersionNumber {
    /// What the first version is called when nobody says.
    pub fn first() -> Self {
        Self(semver::Version::new(1, 0, 0))
    }

    /// The next patch after this number: `1.4.0` and `1.4.1-rc.1` are followed by `1.4.1`, `1.4.1` by `1.4.2`.
    pub fn next_patch(&self) -> Self {
        let Self(version) = self;
        let patch = if version.pre.is_empty() {
            version.patch.saturating_add(1)
        } else {
            version.patch
        };
        Self(semver::Version::new(version.major, version.minor, patch))
    }

    /// Orders stored numbers. One that cannot be read, which our own code never writes, comes first.
    pub fn compare(left: &str, right: &str) -> Ordering {
        let read = |text: &str| text.parse::<Self>().ok();
        read(left).cmp(&read(right))
    }
}

impl FromStr for VersionNumber {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let wrong = Problem::BadFormat { what: Format::Version };
        if text.len() > 64 {
            return Err(wrong);
        }
        text.parse().map(Self).map_err(|_| wrong)
    }
}

impl fmt::Display for VersionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l4_numbers_are_ordered_as_versions_and_not_as_texts() {
        let mut numbers = ["1.10.0", "1.9.0", "2.0.0-rc.1", "2.0.0", "1.9.0-beta"];
        numbers.sort_by(|left, right| VersionNumber::compare(left, right));
        assert_eq!(numbers, ["1.9.0-beta", "1.9.0", "1.10.0", "2.0.0-rc.1", "2.0.0"]);
    }

    #[test]
    fn l4_the_next_patch_is_new() {
        for (number, next) in [("1.4.0", "1.4.1"), ("1.4.1-rc.1", "1.4.1"), ("1.4.1+build", "1.4.2")] {
            let number: VersionNumber = number.parse().unwrap();
            assert_eq!(number.next_patch().to_string(), next);
            assert!(number.next_patch() > number);
        }
    }

    #[test]
    fn l4_what_is_no_semantic_version_is_refused() {
        for text in ["", "1", "1.0", "v1.0.0", "1.0.0 ", "01.0.0", "99999999999999999999.0.0"] {
            assert!(text.parse::<VersionNumber>().is_err(), "{text}");
        }
    }
}
