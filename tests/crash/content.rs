//! What an instance holds, read from the database itself: every component with everything that is stored of it, and how many records
//! its pages have.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, ensure};
use appshelf::store::instance::InstanceComponent;
use appshelf::store::{instance, order, record};
use appshelf_tests::api::TestApp;
use serde_json::Value;

use crate::package::{key, of_kinds};

/// Pages that have definitions which are copied as they are.
const PAGES: [&str; 2] = ["FORM_PAGE", "CUSTOM_PAGE"];

/// The content of one instance; nothing before the application was sent.
#[derive(Debug, Default)]
pub struct Content {
    components: BTreeMap<String, InstanceComponent>,
    records: BTreeMap<String, i64>,
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records && self.stored() == other.stored()
    }
}

impl Content {
    /// Looks.
    pub async fn of(app: &TestApp, order: &str) -> Result<Self> {
        let id = order.parse()?;
        let read = app.app.store.read(move |conn| {
            let Some(id) = order::get(conn, &id)?.instance_id else {
                return Ok(Self::default());
            };
            let found = instance::by_ids(conn, std::slice::from_ref(&id))?;
            let components = match found.first() {
                Some(found) => instance::components(conn, found)?,
                None => Vec::new(),
            };
            Ok(Self {
                components: components.into_iter().map(|it| (it.key.clone(), it)).collect(),
                records: record::counts(conn, std::slice::from_ref(&id), None)?
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .collect(),
            })
        });
        Ok(read.await?)
    }

    /// Everything that is stored, as text.
    fn stored(&self) -> Vec<String> {
        self.components.values().map(|it| format!("{it:?}")).collect()
    }

    /// Has what the delivery's items say, and nothing else, with at most fifteen records a page.
    pub fn is_version(&self, package: &Value, ended: &Value) -> Result<()> {
        let items = ended["items"].as_array().context("items")?;
        let done = items.iter().filter(|item| item["status"] == "DONE");
        let mut done: Vec<&str> = done.filter_map(|item| item["componentKey"].as_str()).collect();
        done.sort_unstable();
        let there: Vec<&str> = self.components.keys().map(String::as_str).collect();
        ensure!(there == done, "there {there:?}\nsent {done:?}");
        self.has_definitions(package, &PAGES)?;
        for page in of_kinds(package, &["FORM_PAGE"]) {
            self.has_rows(page)?;
        }
        Ok(())
    }

    /// The pages of the version that were not there before, besides everything that was.
    pub fn has_more_pages(&self, before: &Self, package: &Value) -> Result<()> {
        let kept = |content: &Self| content.but(|key| before.components.contains_key(key));
        ensure!(kept(self) == kept(before), "new pages changed what was there");
        let new: Vec<&Value> = of_kinds(package, &PAGES)
            .filter(|it| !before.components.contains_key(&key(it)))
            .collect();
        ensure!(
            !new.is_empty() && self.components.len() == before.components.len() + new.len(),
            "{} pages",
            new.len()
        );
        for page in new {
            self.has_definition(page)?;
            self.has_rows(page)?;
        }
        Ok(())
    }

    /// The pages of the version in the places of those before; everything else and all records as they were.
    pub fn has_other_pages(&self, before: &Self, package: &Value) -> Result<()> {
        self.has_definitions(package, &PAGES)?;
        let places = |content: &Self| -> Vec<(String, i32, Option<String>)> {
            let place = |it: &InstanceComponent| (it.key.clone(), it.position, it.folder.clone());
            content.components.values().map(place).collect()
        };
        ensure!(places(self) == places(before), "an overwrite moved pages");
        let others = |content: &Self| content.but(|key| !before.is_page(key));
        ensure!(
            others(self) == others(before),
            "an overwrite of pages changed something else"
        );
        ensure!(self.records == before.records, "an overwrite changed records");
        Ok(())
    }

    /// The custom components of the version; everything else as it was.
    pub fn has_other_components(&self, before: &Self, package: &Value) -> Result<()> {
        self.has_definitions(package, &["CUSTOM_COMPONENT"])?;
        let sent: HashMap<String, ()> = of_kinds(package, &["CUSTOM_COMPONENT"])
            .map(|it| (key(it), ()))
            .collect();
        let others = |content: &Self| content.but(|key| !sent.contains_key(key));
        ensure!(others(self) == others(before), "components changed something else");
        ensure!(
            self.components.len() == before.components.len(),
            "components that were there are there twice"
        );
        ensure!(self.records == before.records, "components changed records");
        Ok(())
    }

    /// What is stored of the components of which `keep` holds.
    fn but(&self, keep: impl Fn(&str) -> bool) -> Vec<String> {
        let kept = self.components.values().filter(|it| keep(&it.key));
        kept.map(|it| format!("{it:?}")).collect()
    }

    fn is_page(&self, key: &str) -> bool {
        self.components.get(key).is_some_and(|it| it.kind.is_page())
    }

    fn has_definitions(&self, package: &Value, kinds: &[&str]) -> Result<()> {
        of_kinds(package, kinds).try_for_each(|component| self.has_definition(component))
    }

    fn has_definition(&self, sent: &Value) -> Result<()> {
        let found = self
            .components
            .get(&key(sent))
            .with_context(|| format!("no {}", key(sent)))?;
        let definition: Value = serde_json::from_str(&found.definition)?;
        ensure!(
            definition == sent["definition"],
            "{} is another one:\n{definition}",
            found.key
        );
        Ok(())
    }

    /// At most fifteen of its sample rows, each once.
    fn has_rows(&self, page: &Value) -> Result<()> {
        let rows = page["sampleRows"].as_array().map_or(0, Vec::len).min(15);
        let there = self.records.get(&key(page)).copied().unwrap_or(0);
        ensure!(
            there == i64::try_from(rows)?,
            "{there} records of {rows} rows in {}",
            key(page)
        );
        Ok(())
    }
}
