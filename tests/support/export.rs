//! Real exports as a partner has them: what the first version of an application holds, and what a second one changes of it. They
//! lie beside the repository; where they do not, whoever asks skips with a message.

use anyhow::{Context, Result};
use appshelf_rules::{Field, Form, Widget};
use serde_json::{Value, json};

use crate::files;

/// One export, and what its developer changes of it.
#[derive(Debug)]
pub struct RealExport {
    /// The name of its file.
    pub file: &'static str,
    /// The table that people work with.
    pub table: &'static str,
    /// A field of that table that the next version does without.
    pub loses: &'static str,
    /// A field of that table that the next version calls by another name.
    pub renames: (&'static str, &'static str),
    /// A table whose page the customer does without.
    pub unwanted: &'static str,
}

/// Leads, campaigns and who cares for them.
pub const CRM: RealExport = RealExport {
    file: "lead-management",
    table: "Leads",
    loses: "Job Title",
    renames: ("Company", "Company name"),
    unwanted: "Sources",
};

/// Assets, who has them and what happens to them.
pub const ASSETS: RealExport = RealExport {
    file: "asset-management",
    table: "Assets",
    loses: "Serial number",
    renames: ("Name", "Asset name"),
    unwanted: "Departments",
};

/// Requests, their details, parts and suppliers.
pub const PURCHASES: RealExport = RealExport {
    file: "purchase-order-management",
    table: "Requests",
    loses: "Comments",
    renames: ("Name", "Title"),
    unwanted: "Part categories",
};

/// The field that the next version adds to the table.
pub const ADDED: &str = "Remark";
/// The choice that it adds to the table's status.
pub const CHOICE: &str = "Waiting for the customer";
/// The table that it adds.
pub const SITES: &str = "Sites";
/// What its first custom page is headed from then on.
pub const HEADING: &str = "Overview of the next version";

/// Ids that no export uses.
const NEW_ID: u64 = 90_000_001;

impl RealExport {
    /// Its content; `None`, with a message, where it is not at hand.
    pub fn read(&self) -> Result<Option<Value>> {
        let Some(file) = files::export(self.file) else {
            eprintln!("skipped: there is no export {} beside the repository", self.file);
            return Ok(None);
        };
        Ok(Some(serde_json::from_slice(&std::fs::read(file)?)?))
    }

    /// The export as its developer exports it the next time.
    pub fn next(&self, export: &Value) -> Result<Value> {
        let mut next = export.clone();
        let tables = part(&mut next, "database", "tables")?;
        let table = named(tables, self.table)?;
        let fields = table["fields"].as_array_mut().context("fields")?;
        named(fields, self.renames.0)?["name"] = json!(self.renames.1);
        let choices = named(fields, "Status")?["select_options"]
            .as_array_mut()
            .context("choices")?;
        choices.push(json!({ "id": NEW_ID, "value": CHOICE, "color": "red" }));
        let lost = named(fields, self.loses)?["id"].clone();
        fields.retain(|field| field["id"] != lost);
        fields.push(json!({ "id": NEW_ID, "type": "text", "name": ADDED, "order": 99, "primary": false }));
        for row in table["rows"].as_array_mut().into_iter().flatten() {
            if let Some(row) = row.as_object_mut() {
                row.remove(&format!("field_{lost}"));
            }
        }
        let primary = format!("field_{}", NEW_ID + 1);
        tables.push(json!({
            "id": NEW_ID, "name": SITES, "order": 99, "views": [],
            "fields": [{ "id": NEW_ID + 1, "type": "text", "name": "Site", "order": 0, "primary": true }],
            "rows": [{ "id": 1, "order": "1", primary: "Head office" }],
        }));
        let headings = part(&mut next, "builder", "pages")?
            .iter_mut()
            .filter(|page| page["name"] != "__shared__" && page["name"] != "Login")
            .filter_map(|page| page["elements"].as_array_mut())
            .flatten()
            .filter(|element| element["type"] == "heading");
        for heading in headings.take(1) {
            heading["value"] = json!(format!("'{HEADING}'"));
        }
        Ok(next)
    }
}

fn part<'a>(export: &'a mut Value, kind: &str, list: &str) -> Result<&'a mut Vec<Value>> {
    let mut parts = export["export"].as_array_mut().into_iter().flatten();
    let found = parts.find(|part| part["type"] == kind);
    found
        .and_then(|part| part[list].as_array_mut())
        .with_context(|| format!("no {list} of a {kind}"))
}

fn named<'a>(all: &'a mut [Value], name: &str) -> Result<&'a mut Value> {
    let found = all.iter_mut().find(|one| one["name"] == name);
    found.with_context(|| format!("nothing is named {name:?}"))
}

/// A value that the field takes, another for every number; `None` where nobody fills it in, or where a link has nothing to lead to.
pub fn value_of(field: &Field, number: u8, file: &Value, link: impl Fn(&str) -> Option<Value>) -> Option<Value> {
    let choice = || {
        let places = field.choices.len().max(1);
        field
            .choices
            .get(usize::from(number) % places)
            .map(|it| it.value.clone())
    };
    Some(match field.widget {
        Widget::Line => json!(format!("{} {number}", field.label)),
        Widget::Long => json!(format!("{}\nline {number}", field.label)),
        Widget::Email => json!(format!("person{number}@example.com")),
        Widget::Url => json!(format!("https://example.com/{number}")),
        Widget::Phone => json!(format!("+86 139-0013-9{number:03}")),
        Widget::Number | Widget::Duration if field.textual => json!(format!("1{number}")),
        Widget::Number if field.whole => json!(10 + u32::from(number)),
        Widget::Number => json!(10.5 + f64::from(number)),
        Widget::Duration => json!(3600 + u32::from(number)),
        Widget::Rating => json!(1 + u32::from(number) % field.best()),
        Widget::Boolean => json!(number.is_multiple_of(2)),
        Widget::Day => json!(format!("2026-09-{:02}", 1 + number % 28)),
        Widget::Instant => json!(format!("2026-09-{:02}T08:30:00Z", 1 + number % 28)),
        Widget::Single => choice()?,
        Widget::Many => json!([choice()?]),
        Widget::Link => json!([{ "record": link(&field.target)? }]),
        Widget::File => json!([{ "file": file["id"], "name": file["name"] }]),
        Widget::Locked => return None,
    })
}

/// The field of that label.
pub fn field<'a>(form: &'a Form, label: &str) -> Result<&'a Field> {
    let found = form.fields.iter().find(|field| field.label == label);
    found.with_context(|| format!("no field {label:?}"))
}
