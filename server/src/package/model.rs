//! A package in memory, whatever file it came from. It is the content of a version, not a stored row and not a file.
//!
//! Definitions and rows are kept as compact JSON text, not as trees: a tree of many small values takes fifty times
//! the memory of its text, and nearly everyone who handles a package only passes the text on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::component::{ComponentKind, Feature};

/// Valid JSON as text without blanks between tokens.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JsonText(Box<str>);

impl JsonText {
    /// Writes a tree as text.
    pub fn from_value(value: &Value) -> Self {
        Self(value.to_string().into_boxed_str())
    }

    /// Takes text that is already known to be valid and compact.
    pub(in crate::package) fn from_checked(text: String) -> Self {
        Self(text.into_boxed_str())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, for storing.
    pub fn into_string(self) -> String {
        self.0.into_string()
    }

    /// The tree. Costs many times the memory of the text; fit for one definition or row at a time.
    pub fn to_value(&self) -> Value {
        serde_json::from_str(&self.0).expect("only valid JSON is ever put into a JsonText")
    }
}

impl std::fmt::Debug for JsonText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The content of one version of an application. Component keys are unique, dependencies exist and form no circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// The application's name, at most 100 characters, no control characters.
    pub name: String,
    /// A semantic version such as `1.4.0`.
    pub version: String,
    /// One line for lists.
    pub summary: Option<String>,
    /// Plain text with line breaks.
    pub description: Option<String>,
    /// The name of an icon, not an image.
    pub icon: Option<String>,
    /// At most 2,000, in the order in which people see them.
    pub components: Vec<Component>,
}

impl Package {
    /// How many components there are of each kind that occurs.
    pub fn counts(&self) -> BTreeMap<ComponentKind, usize> {
        let mut counts = BTreeMap::new();
        for component in &self.components {
            *counts.entry(component.kind).or_default() += 1;
        }
        counts
    }

    /// Sample rows of all form pages together, at most 100,000.
    pub fn sample_row_count(&self) -> usize {
        self.components
            .iter()
            .map(|component| component.sample_rows.len())
            .sum()
    }

    /// The component with this key.
    pub fn component(&self, key: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.key == key)
    }
}

/// One piece of a version.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Identity over versions: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 128 characters, unique in the package.
    pub key: String,
    /// What it is.
    pub kind: ComponentKind,
    /// What people see, 1 to 255 characters. Need not be unique.
    pub name: String,
    /// The folder that it stands in; `None` is the top.
    pub folder: Option<String>,
    /// A JSON object whose shape depends on the kind (see `docs/package-format.md`).
    pub definition: JsonText,
    /// Keys of components that must be there before this one. Never a circle.
    pub dependencies: Vec<String>,
    /// What the receiving organisation must be entitled to, sorted, those implied by the kind included.
    pub required_features: Vec<Feature>,
    /// Only form pages have any. Ordered by position.
    pub sample_rows: Vec<SampleRow>,
}

/// One record of a form page's sample data.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRow {
    /// Place among the rows of the page, from 0.
    pub position: u32,
    /// A JSON object: field keys with their values.
    pub data: JsonText,
}

/// Where a package comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `appshelf.package/1`.
    Native,
    /// A template or workspace export of Baserow.
    Baserow,
    /// Decided by what the file contains.
    #[default]
    Auto,
}

impl std::str::FromStr for Format {
    type Err = crate::domain::component::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "native" => Ok(Self::Native),
            "baserow" => Ok(Self::Baserow),
            "auto" => Ok(Self::Auto),
            _ => Err(Self::Err {
                what: "package format",
                given: text.to_owned(),
            }),
        }
    }
}
