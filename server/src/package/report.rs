//! What an import tells the person who asked for it: what was found, and what could not be mapped.
//! Its JSON form is what `appshelf import` prints.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::Package;
use crate::domain::component::ComponentKind;

/// The outcome of reading one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportReport {
    /// The application's name.
    pub application: String,
    /// The version that was read, or given by the caller.
    pub version: String,
    /// How many components of each kind; kinds that do not occur are absent.
    pub components: BTreeMap<ComponentKind, usize>,
    /// Sample rows of all form pages together.
    pub sample_rows: usize,
    /// What has no counterpart here, and how it was kept.
    pub unmapped: Vec<Unmapped>,
    /// What a person should know or do after the import.
    pub warnings: Vec<Warning>,
}

impl ImportReport {
    /// The report of a package about which nothing needs saying.
    pub fn of(package: &Package) -> Self {
        Self {
            application: package.name.clone(),
            version: package.version.clone(),
            components: package.counts(),
            sample_rows: package.sample_row_count(),
            unmapped: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Something of the file that has no counterpart here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unmapped {
    /// Where it stands, as a JSON path.
    pub place: String,
    /// What it is, in English.
    pub what: String,
    /// The same in Chinese.
    pub zh: String,
    /// What became of it.
    pub kept_as: KeptAs,
}

/// What became of something that has no counterpart here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeptAs {
    /// A read-only text field; its own definition is kept beside it.
    ReadOnlyText,
    /// Data inside the component's definition that nothing reads yet.
    Definition,
    /// The description of a file without the file itself.
    Metadata,
    /// An empty value that a person has to fill in.
    Blank,
    /// Not at all, because it means nothing outside the system that wrote it.
    NotKept,
}

/// A remark about what was imported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// What sort of remark it is; stable.
    pub code: &'static str,
    /// Where it stands, as a JSON path.
    pub place: String,
    /// The remark in Chinese.
    pub zh: String,
    /// The remark in English.
    pub en: String,
}
