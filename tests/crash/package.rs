//! The versions that are sent: the largest of our own demo packages, with its pages several times over so that a delivery lasts.

use anyhow::{Context, Result};
use appshelf_tests::repository;
use serde_json::{Value, json};

/// Copies of the package's form pages in the first version: a delivery takes many transactions, each of them a place to die.
const COPIES: u32 = 60;
/// Sample rows of a copy.
const ROWS: usize = 2;
/// Copies that each further version adds.
const MORE_COPIES: u32 = 15;
/// Custom components of every version.
const COMPONENTS: u32 = 400;

/// The version of this number. Every page and component of it differs from the version before.
pub fn numbered(number: u32) -> Result<Value> {
    let file = repository().join("server/demo/equipment-inspection.json");
    let mut package: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    package["name"] = json!("设备巡检（多厂区）");
    package["version"] = json!(format!("1.{number}.0"));
    let all = package["components"].as_array_mut().context("components")?;
    let originals = all.clone();
    for site in 0..COPIES + number * MORE_COPIES {
        for original in originals.iter().filter(|it| it["kind"] == "FORM_PAGE") {
            let mut copy = original.clone();
            copy["key"] = json!(format!("{}-{site}", original["key"].as_str().unwrap_or("page")));
            copy["name"] = json!(format!("{} {site}", original["name"].as_str().unwrap_or("page")));
            copy["sampleRows"].as_array_mut().context("rows")?.truncate(ROWS);
            all.push(copy);
        }
    }
    for component in all.iter_mut().filter(|it| it["kind"] == "FORM_PAGE") {
        component["definition"]["schema"]["properties"]["edition"] =
            json!({ "type": "string", "title": number.to_string() });
    }
    for component in all.iter_mut().filter(|it| it["kind"] == "CUSTOM_PAGE") {
        component["name"] = json!(format!("{} {number}", component["name"].as_str().unwrap_or("page")));
    }
    all.extend((0..COMPONENTS).map(|n| {
        json!({
            "key": format!("piece-{n}"), "kind": "CUSTOM_COMPONENT", "name": format!("组件 {n}"),
            "definition": { "version": number },
        })
    }));
    Ok(package)
}

/// The components of a package that are of these kinds.
pub fn of_kinds<'a>(package: &'a Value, kinds: &'a [&str]) -> impl Iterator<Item = &'a Value> {
    let all = package["components"].as_array().into_iter().flatten();
    all.filter(|it| it["kind"].as_str().is_some_and(|kind| kinds.contains(&kind)))
}

/// The key of a component.
pub fn key(component: &Value) -> String {
    component["key"].as_str().unwrap_or_default().to_owned()
}
