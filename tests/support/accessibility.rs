//! Runs axe on the page that a browser shows. It finds what a machine can find; keyboard and screen reader order are not in it.

use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// One rule that the page breaks.
#[derive(Clone, Debug)]
pub struct Violation {
    /// axe's name of the rule, e.g. `color-contrast`.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// Each element that breaks it: a selector and why.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}): {}", self.rule, self.impact, self.help)?;
        self.elements
            .iter()
            .try_for_each(|element| write!(out, "\n    {element}"))
    }
}

/// WCAG 2.2 A and AA, and axe's best practices.
const RULES: [&str; 7] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
];

/// What axe finds wrong on the page of this session as it is now.
pub async fn audit(session: &WebDriver) -> Result<Vec<Violation>> {
    let file = script_file()?;
    let axe = std::fs::read_to_string(&file)
        .with_context(|| format!("reading {}: run scripts/setup test", file.display()))?;
    session
        .execute(
            format!("if (!window.axe) {{ {axe}; window.axe = window.axe || axe; }}"),
            Vec::new(),
        )
        .await?;
    let answer = session.execute_async(RUN, vec![json!(RULES)]).await?;
    let answer = answer.json();
    if let Some(reason) = answer["failed"].as_str() {
        bail!("axe failed: {reason}");
    }
    Ok(answer["violations"]
        .as_array()
        .into_iter()
        .flatten()
        .map(violation)
        .collect())
}

/// axe comes from npm; `APPSHELF_AXE` names another copy.
fn script_file() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("APPSHELF_AXE") {
        return Ok(path.into());
    }
    Ok(crate::repository().join("node_modules/axe-core/axe.min.js"))
}

fn violation(found: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let element = |node: &Value| {
        format!(
            "{}: {}",
            text(&node["target"][0]),
            text(&node["failureSummary"]).replace('\n', " ")
        )
    };
    Violation {
        rule: text(&found["id"]),
        impact: text(&found["impact"]),
        help: text(&found["help"]),
        elements: found["nodes"].as_array().into_iter().flatten().map(element).collect(),
    }
}

const RUN: &str = r"
  const [rules, done] = arguments;
  axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }).then(
    (results) => done({ violations: results.violations }),
    (reason) => done({ failed: String(reason) }));
";
