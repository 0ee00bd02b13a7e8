//! Turns the two things that are checked at compile time into code: the locale files into typed text keys, and the
//! GraphQL contract into the markers that every operation in `src/api` is checked against.

use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};

use serde_json::Value;

/// One file per area and language, so that people who work on different screens do not meet in one file.
const AREAS: [&str; 23] = [
    "shell",
    "common",
    "inbox",
    "portal",
    "customer",
    "operator",
    "status",
    "maintenance",
    "checklist",
    "pages",
    "self_test",
    "rollout",
    "sales",
    "service",
    "reviews",
    "shelves",
    "market",
    "ratings",
    "leads",
    "cool_apps",
    "buying",
    "promotion",
    "approvals",
];
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    cynic_codegen::register_schema("appshelf")
        .from_sdl_file("../schema.graphql")?
        .as_default()?;
    let out = env::var("OUT_DIR")?;
    link_for_splitting()?;
    fs::write(Path::new(&out).join("texts.rs"), texts()?)?;
    Ok(())
}

/// A release build is cut into modules afterwards (`web/pipeline`), for which the linker keeps its own record of what refers
/// to what.
fn link_for_splitting() -> Result<(), Box<dyn Error>> {
    if env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" && env::var("PROFILE")? == "release" {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    Ok(())
}

/// One text in both languages. A text with two forms for a count is kept as `one` and `other`.
struct Text {
    key: String,
    forms: [Vec<String>; 2],
    placeholders: Vec<String>,
}

/// Writes a module per area: a constant per plain text, a function per text with placeholders. Each text stands for itself
/// and not in one table, so that it goes into the module of the pages that show it. A key that one language lacks, or whose
/// placeholders differ, stops the build.
fn texts() -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    for area in AREAS {
        writeln!(
            code,
            "pub mod {area} {{\n    #![allow(unused_imports)]\n    use super::{{Key, fill, plural}};"
        )?;
        for text in read_area(area)? {
            declare(&mut code, &text)?;
        }
        writeln!(code, "}}")?;
    }
    Ok(code)
}

fn declare(code: &mut String, text: &Text) -> Result<(), Box<dyn Error>> {
    for language in &text.forms {
        writeln!(code, "    /// {}\n    ///", language.join(" / ").replace('\n', " "))?;
    }
    let [chinese, english] = &text.forms;
    let forms: Vec<String> = chinese
        .iter()
        .zip(english)
        .map(|(chinese, english)| format!("Key(&[{chinese:?}, {english:?}])"))
        .collect();
    let counted = forms.len() == 2;
    if text.placeholders.is_empty() && !counted {
        writeln!(code, "    pub const {}: Key = {};", text.key.to_uppercase(), forms[0])?;
        return Ok(());
    }
    let others: Vec<&String> = text
        .placeholders
        .iter()
        .filter(|name| !(counted && *name == "count"))
        .collect();
    let mut parameters: Vec<String> = others
        .iter()
        .map(|name| format!("{name}: &dyn std::fmt::Display"))
        .collect();
    let mut values: Vec<String> = others.iter().map(|name| format!("({name:?}, {name})")).collect();
    let key = if counted {
        parameters.insert(0, "count: u64".to_owned());
        values.push("(\"count\", &count)".to_owned());
        format!("plural([{}], count)", forms.join(", "))
    } else {
        forms.concat()
    };
    writeln!(
        code,
        "    pub fn {}({}) -> String {{ fill({key}, &[{}]) }}",
        text.key,
        parameters.join(", "),
        values.join(", ")
    )?;
    Ok(())
}

fn read_area(area: &str) -> Result<Vec<Text>, Box<dyn Error>> {
    let [chinese, english] = LANGUAGES.map(|language| read_file(language, area));
    let (chinese, mut english) = (chinese?, english?);
    let mut texts = Vec::new();
    for (key, zh) in chinese {
        let en = english
            .remove(&key)
            .ok_or_else(|| format!("{area}.{key} is missing in English"))?;
        let mut forms = [forms(&zh), forms(&en)];
        let most = forms[0].len().max(forms[1].len());
        for language in &mut forms {
            while language.len() < most {
                let last = language
                    .last()
                    .cloned()
                    .ok_or_else(|| format!("{area}.{key} is not a text"))?;
                language.push(last);
            }
        }
        let placeholders = placeholders(&forms[0]);
        let mut both = [placeholders.clone(), self::placeholders(&forms[1])];
        both.iter_mut().for_each(|names| names.sort());
        if most == 1 && both[0] != both[1] {
            return Err(format!("{area}.{key} has other placeholders in English").into());
        }
        texts.push(Text {
            key,
            forms,
            placeholders,
        });
    }
    match english.keys().next() {
        Some(key) => Err(format!("{area}.{key} is missing in Chinese").into()),
        None => Ok(texts),
    }
}

fn read_file(language: &str, area: &str) -> Result<BTreeMap<String, Value>, Box<dyn Error>> {
    let path = format!("locales/{language}/{area}.json");
    println!("cargo::rerun-if-changed={path}");
    let content = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    Ok(serde_json::from_str(&content).map_err(|error| format!("{path}: {error}"))?)
}

fn forms(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Object(map) => ["one", "other"]
            .iter()
            .filter_map(|form| map.get(*form)?.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// The names between braces in the order in which they first stand, which is the order of the function's parameters.
fn placeholders(forms: &[String]) -> Vec<String> {
    let found = forms.iter().flat_map(|text| {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
    });
    let mut names = Vec::new();
    for name in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
