//! How the end of an import is kept in its row, as JSON, and read back for people in their language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::component::ComponentKind;
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;
use crate::package::{KeptAs, PackageError};
use crate::store::package_import::PackageImport;
use crate::store::{Fault, Result};

/// A report as it was kept; see `package::ImportReport`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct KeptReport {
    pub application: String,
    pub version: String,
    pub components: BTreeMap<ComponentKind, i32>,
    pub sample_rows: i32,
    pub unmapped: Vec<KeptUnmapped>,
    pub warnings: Vec<KeptWarning>,
}

/// Something of the file that has no counterpart here.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct KeptUnmapped {
    pub place: String,
    pub what: String,
    /// Reports of earlier versions have none.
    #[serde(default)]
    pub zh: String,
    pub kept_as: KeptAs,
}

impl KeptUnmapped {
    /// What it is.
    pub fn text(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhCn if !self.zh.is_empty() => &self.zh,
            _ => &self.what,
        }
    }
}

/// A remark in both languages.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct KeptWarning {
    pub place: String,
    pub zh: String,
    pub en: String,
}

impl KeptWarning {
    /// The remark with its place.
    pub fn text(&self, locale: Locale) -> String {
        let text = match locale {
            Locale::ZhCn => &self.zh,
            Locale::En => &self.en,
        };
        match (self.place.as_str(), locale) {
            ("" | "$", _) => text.clone(),
            (place, Locale::ZhCn) => format!("{text}（{place}）"),
            (place, Locale::En) => format!("{text} ({place})"),
        }
    }
}

/// One reason why nothing was stored; see `package::Problem`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptProblem {
    pub code: String,
    pub path: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub zh: String,
    pub en: String,
    pub next_zh: String,
    pub next_en: String,
}

impl KeptProblem {
    /// The reasons why a file was refused.
    pub fn of_file(error: &PackageError) -> Result<Vec<Self>> {
        Ok(serde_json::from_value(serde_json::to_value(&error.problems)?)?)
    }

    /// A refusal that is not about the file's content, such as a number that is taken.
    pub fn of_refusal(refusal: &Refusal) -> Self {
        let message = |locale| match refusal.issues() {
            [issue] => issue.message(locale),
            _ => refusal.message(locale),
        };
        Self {
            code: refusal.code().as_str().to_owned(),
            path: "$".to_owned(),
            line: None,
            column: None,
            zh: message(Locale::ZhCn),
            en: message(Locale::En),
            next_zh: refusal.next_step(Locale::ZhCn),
            next_en: refusal.next_step(Locale::En),
        }
    }

    /// The import could not be carried out though nothing is wrong with the file.
    pub fn given_up() -> Self {
        Self {
            code: "INTERNAL".to_owned(),
            path: "$".to_owned(),
            line: None,
            column: None,
            zh: "导入没有完成，系统出现故障".to_owned(),
            en: "The import could not be carried out because of a fault of the system".to_owned(),
            next_zh: "没有保存任何内容，请稍后重新导入".to_owned(),
            next_en: "Nothing was stored; import the file again later".to_owned(),
        }
    }

    /// Where it stands: a JSON path, with line and column where there are any.
    pub fn place(&self, locale: Locale) -> String {
        match (self.line, self.column, locale) {
            (Some(line), Some(column), Locale::ZhCn) => format!("{}（第 {line} 行第 {column} 列）", self.path),
            (Some(line), Some(column), Locale::En) => format!("{} (line {line}, column {column})", self.path),
            _ => self.path.clone(),
        }
    }

    /// What is wrong and what to do.
    pub fn text(&self, locale: Locale) -> String {
        match locale {
            Locale::ZhCn => format!("{}。{}", self.zh, self.next_zh),
            Locale::En => format!("{}. {}", self.en, self.next_en),
        }
    }
}

/// The report of an import that succeeded.
pub fn report_of(import: &PackageImport) -> Result<Option<KeptReport>> {
    import.report.as_deref().map(|text| read(import, text)).transpose()
}

/// The problems of an import that failed.
pub fn problems_of(import: &PackageImport) -> Result<Vec<KeptProblem>> {
    let problems = import.problems.as_deref().map(|text| read(import, text)).transpose()?;
    Ok(problems.unwrap_or_default())
}

fn read<T: serde::de::DeserializeOwned>(import: &PackageImport, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        Fault::Inconsistent {
            table: "package_imports",
            row: import.id.to_string(),
            what: error.to_string(),
        }
        .into()
    })
}
