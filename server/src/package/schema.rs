//! JSON Schema 2020-12: the published schema of the package format, and the check of the schemas that form pages
//! bring along. Nothing is ever fetched, and a hostile schema costs no more than a harmless one.

use std::collections::HashMap;

use jsonschema::{PatternOptions, Validator};
use serde_json::{Map, Value};

/// The JSON Schema of `appshelf.package/1`, for third parties.
pub const PACKAGE_SCHEMA: &str = include_str!("package-1.schema.json");

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Regular expressions are compiled into memory; these two bound how much.
const PATTERNS: usize = 200;
const PATTERN_BYTES: usize = 256 * 1024;
/// Subschemas after following every reference; a chain of doubling references would reach billions.
const EXPANDED: u64 = 100_000;

/// Compiles a form page's schema, or says what is wrong with it (pointer into the schema, reason).
pub(super) fn compile(schema: &Value) -> Result<Validator, (String, String)> {
    let fail = |pointer: &str, reason: &str| Err((pointer.to_owned(), reason.to_owned()));
    if schema
        .get("$schema")
        .is_some_and(|dialect| dialect.as_str().map(|d| d.trim_end_matches('#')) != Some(DIALECT))
    {
        return fail("/$schema", "only 2020-12 is supported");
    }
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        return fail("/type", "must be \"object\"");
    }
    if !schema.get("properties").is_some_and(Value::is_object) {
        return fail("/properties", "must be an object");
    }
    if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
        return Err((error.instance_path().to_string(), error.to_string()));
    }
    check_cost(schema)?;
    jsonschema::draft202012::options()
        .offline()
        .with_pattern_options(
            PatternOptions::regex()
                .size_limit(PATTERN_BYTES)
                .dfa_size_limit(PATTERN_BYTES),
        )
        .should_validate_formats(false)
        .build(schema)
        .map_err(|error| (error.instance_path().to_string(), error.to_string()))
}

/// References must stay inside `$defs`, run in no circle and expand to a bounded size.
fn check_cost(schema: &Value) -> Result<(), (String, String)> {
    let empty = Map::new();
    let definitions = schema.get("$defs").and_then(Value::as_object).unwrap_or(&empty);
    let mut patterns = 0;
    let mut sizes = HashMap::new();
    for (name, definition) in definitions {
        let mut trail = vec![name.as_str()];
        let size = expanded(definition, definitions, &mut sizes, &mut trail, &mut patterns)
            .map_err(|reason| (format!("/$defs/{name}"), reason))?;
        sizes.insert(name.as_str(), size);
    }
    let size = expanded(schema, definitions, &mut sizes, &mut Vec::new(), &mut patterns)
        .map_err(|reason| (String::new(), reason))?;
    if size > EXPANDED || patterns > PATTERNS {
        return Err((
            String::new(),
            format!("more than {EXPANDED} subschemas or {PATTERNS} patterns"),
        ));
    }
    Ok(())
}

/// How many values a schema has once every reference is replaced by what it points to.
fn expanded<'s>(
    value: &'s Value,
    definitions: &'s Map<String, Value>,
    sizes: &mut HashMap<&'s str, u64>,
    trail: &mut Vec<&'s str>,
    patterns: &mut usize,
) -> Result<u64, String> {
    let mut size = 1_u64;
    match value {
        Value::Array(items) => {
            for item in items {
                size = size.saturating_add(expanded(item, definitions, sizes, trail, patterns)?);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("$dynamicRef" | "$dynamicAnchor" | "$anchor" | "$id" | "$vocabulary", Value::String(_)) => {
                        return Err(format!("{name} is not supported"));
                    }
                    ("$ref", Value::String(target)) => {
                        let target = target
                            .strip_prefix("#/$defs/")
                            .and_then(|key| definitions.get_key_value(key))
                            .ok_or_else(|| format!("the reference {target:?} must name one of $defs"))?;
                        size = size.saturating_add(follow(target, definitions, sizes, trail, patterns)?);
                    }
                    _ => {
                        *patterns += match name.as_str() {
                            "pattern" => 1,
                            "patternProperties" => member.as_object().map_or(0, Map::len),
                            _ => 0,
                        };
                        size = size.saturating_add(expanded(member, definitions, sizes, trail, patterns)?);
                    }
                }
            }
        }
        _ => {}
    }
    Ok(size)
}

fn follow<'s>(
    (name, definition): (&'s String, &'s Value),
    definitions: &'s Map<String, Value>,
    sizes: &mut HashMap<&'s str, u64>,
    trail: &mut Vec<&'s str>,
    patterns: &mut usize,
) -> Result<u64, String> {
    if let Some(size) = sizes.get(name.as_str()) {
        return Ok(*size);
    }
    if trail.contains(&name.as_str()) {
        return Err(format!("the references run in a circle through {name:?}"));
    }
    // Every step adds a definition to the trail; a long chain would otherwise exhaust the stack.
    if trail.len() >= 64 {
        return Err("references are chained deeper than 64".to_owned());
    }
    trail.push(name);
    let size = expanded(definition, definitions, sizes, trail, patterns)?;
    trail.pop();
    sizes.insert(name, size);
    Ok(size)
}
