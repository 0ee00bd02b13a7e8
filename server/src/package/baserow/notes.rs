//! What an import has to say: gathers the report's entries, each thing once, and keeps the report readable when a
//! file has the same remark ten thousand times.

use std::fmt::Display;

use crate::package::report::{KeptAs, Unmapped, Warning};

/// Entries of each list; beyond them the report says that there were more.
const ENTRIES: usize = 2_000;

#[derive(Default)]
pub(super) struct Notes {
    pub unmapped: Vec<Unmapped>,
    pub warnings: Vec<Warning>,
    more: usize,
}

impl Notes {
    /// Something without a counterpart here, in Chinese and English.
    pub fn unmapped(
        &mut self,
        place: impl Display,
        (zh, what): (impl Into<String>, impl Into<String>),
        kept_as: KeptAs,
    ) {
        if self.unmapped.len() < ENTRIES {
            self.unmapped.push(Unmapped {
                place: place.to_string(),
                zh: zh.into(),
                what: what.into(),
                kept_as,
            });
        } else {
            self.more += 1;
        }
    }

    /// Something to know or to do.
    pub fn warn(&mut self, code: &'static str, place: impl Display, zh: impl Into<String>, en: impl Into<String>) {
        if self.warnings.len() < ENTRIES {
            self.warnings.push(Warning {
                code,
                place: place.to_string(),
                zh: short(zh.into()),
                en: short(en.into()),
            });
        } else {
            self.more += 1;
        }
    }

    /// The two lists, with a last remark if they were cut.
    pub fn finish(mut self) -> (Vec<Unmapped>, Vec<Warning>) {
        if self.more > 0 {
            self.warnings.push(Warning {
                code: "REPORT_CUT",
                place: "$".to_owned(),
                zh: format!("另有 {} 条说明未列出", self.more),
                en: format!("{} more remarks are not listed", self.more),
            });
        }
        (self.unmapped, self.warnings)
    }
}

/// A remark quotes names of the file, and a name may be as long as the file.
fn short(text: String) -> String {
    const LONGEST: usize = 400;
    if text.chars().nth(LONGEST).is_none() {
        text
    } else {
        text.chars().take(LONGEST).chain(['…']).collect()
    }
}
