//! Files that mean harm or are simply broken: the reader never panics and never needs much more memory than the file.

use std::process::Command;

use serde_json::{Value, json};

use super::{exports, foreign, sample};
use crate::package::{ReadOptions, read_package, write_package};

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }
}

/// Breaks one value somewhere in a tree: drops it, doubles it, or puts something of another type in its place.
fn mutate(value: &mut Value, dice: &mut Dice) {
    let descend = dice.below(4) != 0;
    match value {
        Value::Object(members) if descend && !members.is_empty() => {
            let name = members.keys().nth(dice.below(members.len())).unwrap().clone();
            if dice.below(12) == 0 {
                members.remove(&name);
            } else {
                mutate(&mut members[&name], dice);
            }
        }
        Value::Array(items) if descend && !items.is_empty() => {
            let index = dice.below(items.len());
            if dice.below(12) == 0 {
                items.push(items[index].clone());
            } else {
                mutate(&mut items[index], dice);
            }
        }
        other => *other = replacement(dice),
    }
}

fn replacement(dice: &mut Dice) -> Value {
    match dice.below(10) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1.5e300),
        4 => json!(""),
        5 => json!("文本\u{1}"),
        6 => json!([]),
        7 => json!({}),
        8 => json!([[null, {"id": "x"}], 7]),
        _ => json!({"id": [], "type": 4, "name": {}, "order": "NaN"}),
    }
}

fn never_panics(base: &Value, rounds: u64) {
    for seed in 0..rounds {
        let mut dice = Dice(seed);
        let mut broken = base.clone();
        for _ in 0..=dice.below(4) {
            mutate(&mut broken, &mut dice);
        }
        let text = broken.to_string();
        if let Ok(import) = read_package(text.as_bytes(), &ReadOptions::default(), &mut |_| {}) {
            let again = read_package(
                write_package(&import.package).as_bytes(),
                &ReadOptions::default(),
                &mut |_| {},
            );
            let again = again.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
            assert_eq!(again.package, import.package, "seed {seed}");
        }
    }
}

#[test]
fn broken_packages_never_panic() {
    never_panics(&sample(), 2_000);
}

#[test]
fn broken_exports_never_panic_and_what_is_imported_is_a_good_package() {
    never_panics(&foreign::everything(), 1_500);
}

#[test]
fn broken_real_exports_import_or_are_refused_but_never_panic() {
    for (_, bytes) in exports::files().iter().filter(|(_, bytes)| bytes.len() < 70_000) {
        never_panics(&serde_json::from_slice(bytes).unwrap(), 40);
    }
}

#[test]
fn cut_and_garbled_bytes_never_panic() {
    let text = foreign::everything().to_string();
    let mut dice = Dice(7);
    for _ in 0..2_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            bytes[at] = u8::try_from(dice.below(256)).unwrap();
        }
        bytes.truncate(if dice.below(2) == 0 {
            bytes.len()
        } else {
            dice.below(bytes.len())
        });
        let _ = read_package(&bytes, &ReadOptions::default(), &mut |_| {});
    }
}

#[test]
fn a_schema_that_doubles_with_every_reference_is_refused_at_once() {
    let mut package = sample();
    let defs: serde_json::Map<String, Value> = (0..60)
        .map(|n| {
            let next = json!({"$ref": format!("#/$defs/d{}", n + 1)});
            (format!("d{n}"), json!({"allOf": [next, next]}))
        })
        .chain([("d60".to_owned(), json!({}))])
        .collect();
    let schema = &mut package["components"][0]["definition"]["schema"];
    schema["$defs"] = Value::Object(defs);
    schema["properties"]["name"] = json!({"$ref": "#/$defs/d0"});
    assert_eq!(super::refusal(&package)[0].0, "INVALID_SCHEMA");
}

#[test]
fn a_pattern_that_backtracks_for_ever_elsewhere_is_harmless_here() {
    let mut package = sample();
    package["components"][0]["definition"]["schema"]["properties"]["name"] =
        json!({"type": "string", "pattern": "^(a+)+$"});
    package["components"][0]["sampleRows"] = json!([{"name": format!("{}!", "a".repeat(50_000))}]);
    assert_eq!(super::refusal(&package)[0].0, "INVALID_SAMPLE_ROW");
}

/// Nearly as large as a file may be.
const FULL: usize = 60 * 1024 * 1024;
/// Large enough to tell a reader that keeps trees from one that does not, and quick without optimisation.
const EIGHTH: usize = FULL / 8;
/// Far below ten times a full file, and of what a process needs beside it.
const MOST_MEMORY: usize = 280 * 1024 * 1024;

fn wrapped(kind: &str, definition: &str) -> String {
    format!(
        r#"{{"format":"appshelf.package/1","name":"n","version":"1.0.0","components":[{{"key":"k","kind":"{kind}","name":"n","definition":{definition}}}]}}"#
    )
}

fn filled(size: usize, before: &str, unit: &str, after: &str) -> String {
    let count = (size - before.len() - after.len()) / (unit.len() + 1);
    let mut text = String::with_capacity(size + unit.len());
    text.push_str(before);
    for index in 0..count {
        if index > 0 {
            text.push(',');
        }
        text.push_str(unit);
    }
    text.push_str(after);
    text
}

/// Large files by name, with the code of the refusal, or nothing where they are good.
fn large(case: &str, size: usize) -> (String, Option<&'static str>) {
    let filled = |before: &str, unit: &str, after: &str| filled(size, before, unit, after);
    let form = r#"{"schema":{"type":"object","properties":{"a":{}}},"ui":{"fields":{}}}"#;
    let rows = wrapped("FORM_PAGE", form).replace("}]}", r#","sampleRows":[ROWS]}]}"#);
    let (before, after) = rows.split_once("ROWS").unwrap_or_default();
    let deep = format!("{}{}", "[".repeat(58), "]".repeat(58));
    let element = format!("{{\"id\":1,\"v\":[{}0]}}", "0,".repeat(500_000));
    match case {
        "many rows" => (
            filled(before, &format!(r#"{{"a":"{}"}}"#, "行".repeat(210)), after),
            None,
        ),
        "rows of tiny values" => (
            filled(before, &format!(r#"{{"a":[{}0]}}"#, "0,".repeat(330)), after),
            None,
        ),
        "one deep definition" => (wrapped("CUSTOM_PAGE", &filled("{\"a\":[", &deep, "]}")), None),
        "many tiny values" => (wrapped("CUSTOM_PAGE", &filled("{\"a\":[", "0", "]}")), None),
        "a huge form" => (
            wrapped("FORM_PAGE", &filled("{\"schema\":[", "0", "]}")),
            Some("PIECE_TOO_LARGE"),
        ),
        "many empty rows" => (filled(before, "{}", after), Some("TOO_MANY_SAMPLE_ROWS")),
        "many empty components" => (
            filled(r#"{"format":"appshelf.package/1","components":["#, "{}", "]}"),
            Some("MISSING_MEMBER"),
        ),
        "an export of numbers" => (filled(r#"{"export":["#, "0", "]}"), Some("TOO_MANY_COMPONENTS")),
        "an export of fields" => (
            filled(r#"{"export":[{"type":"database","tables":[{"fields":["#, "{}", "]}]}]}"),
            None,
        ),
        "an export of rows" => {
            let row = format!(r#"{{"id":1,"field_1":"{}"}}"#, "行".repeat(210));
            let before = r#"{"export":[{"type":"database","tables":[{"id":1,"fields":[{"id":1,"type":"text","primary":true}],"rows":["#;
            (filled(before, &row, "]}]}]}"), None)
        }
        "an export of elements" => (
            filled(
                r#"{"export":[{"type":"builder","pages":[{"id":1,"elements":["#,
                &element,
                "]}]}]}",
            ),
            None,
        ),
        "an export of strangers" => {
            let member = format!("\"m\":{element}");
            (
                filled(r#"{"export":[{"type":"whiteboard","name":"w","#, &member, "}]}"),
                None,
            )
        }
        "an export of tables" => (
            filled(r#"{"export":[{"type":"database","tables":["#, "{}", "]}]}"),
            Some("TOO_MANY_COMPONENTS"),
        ),
        _ => panic!("there is no case {case:?}"),
    }
}

const CASES: [&str; 13] = [
    "many rows",
    "rows of tiny values",
    "one deep definition",
    "many tiny values",
    "a huge form",
    "many empty rows",
    "many empty components",
    "an export of numbers",
    "an export of fields",
    "an export of rows",
    "an export of elements",
    "an export of strangers",
    "an export of tables",
];

/// Reads one large file and prints the most memory that the process ever had. Does nothing unless asked, because only
/// a process of its own can tell.
#[test]
fn large_file_child() {
    let Ok(case) = std::env::var("APPSHELF_LARGE_FILE") else {
        return;
    };
    let size = std::env::var("APPSHELF_LARGE_SIZE").unwrap().parse().unwrap();
    let (text, code) = large(&case, size);
    let read = read_package(text.as_bytes(), &ReadOptions::default(), &mut |_| {});
    assert_eq!(read.err().map(|error| error.first().code.as_str()), code);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap_or_default();
    println!("size {} peak {}", text.len(), peak.trim());
}

/// The most memory of a process that reads one large file, in bytes; `None` where the system does not tell.
fn peak(case: &str, size: usize) -> Option<usize> {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "package::tests::hostile::large_file_child", "--nocapture"])
        .env("APPSHELF_LARGE_FILE", case)
        .env("APPSHELF_LARGE_SIZE", size.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{case}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let peak = said
        .lines()
        .find_map(|line| Some(line.split_once(" peak ")?.1.to_owned()))?;
    let peak = peak.split(' ').next()?.parse::<usize>().ok()? * 1024;
    eprintln!("{case}: {} MiB for {} MiB", peak >> 20, size >> 20);
    Some(peak)
}

#[test]
fn a_file_of_64_mib_needs_far_less_than_ten_times_its_size() {
    let case = "many tiny values";
    assert!(peak(case, FULL).is_none_or(|peak| peak < MOST_MEMORY), "{case}");
}

#[test]
fn no_shape_of_file_makes_the_reader_need_much_memory() {
    for case in CASES {
        // A tree of a file of this size would already take more.
        assert!(peak(case, EIGHTH).is_none_or(|peak| peak < MOST_MEMORY / 2), "{case}");
    }
}

/// Takes minutes without optimisation.
#[test]
#[ignore = "slow: every shape at full size"]
fn no_shape_of_a_full_file_makes_the_reader_need_much_memory() {
    for case in CASES {
        assert!(peak(case, FULL).is_none_or(|peak| peak < MOST_MEMORY), "{case}");
    }
}
