//! What the repository's texts must not say: paths of the machine they were written on, and notes of work left undone; and what
//! they must have words for.

use crate::sources::{Source, below};

/// Whether a line holds one of the words; they are put together here so that this file does not hold them itself.
fn lines_with(words: &[String], sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (index, line) in source
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| words.iter().any(|word| line.contains(word.as_str())))
        {
            found.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
        }
    }
    found
}

#[test]
fn no_text_names_a_path_of_the_machine_it_was_written_on() {
    let homes = ["root", "home", "work", "Users"].map(|folder| format!("/{folder}/"));
    let quoted: Vec<String> = homes
        .iter()
        .flat_map(|home| ["\"", " ", "`", "'", "="].map(|before| format!("{before}{home}")))
        .collect();
    assert_eq!(lines_with(&quoted, &below(".")), Vec::<String>::new());
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"]].map(|halves| halves.concat());
    let sources: Vec<Source> = ["server", "web", "rules", "tests", "scripts", "migrations"]
        .into_iter()
        .flat_map(below)
        .filter(|source| !source.path.ends_with(".json"))
        .collect();
    assert_eq!(
        lines_with(&marks, &sources),
        Vec::<String>::new(),
        "file an issue instead"
    );
}

/// Where steps of the audit log are written: beside the key that names them, or as the argument of a file's own helper.
const STEPS_BEGIN: [&str; 3] = ["action: \"", "note(tx, &found, \"", "record(tx, &found, \""];

#[test]
fn every_step_of_the_audit_log_has_words() {
    let words = below("web/src/pages")
        .into_iter()
        .find(|source| source.path.ends_with("/audit_action.rs"));
    let words = words.expect("the words of the audit log").text;
    let mut wordless = Vec::new();
    let services = below("server/src/services")
        .into_iter()
        .filter(|source| !source.path.contains("test"));
    for source in services {
        for begin in STEPS_BEGIN {
            let steps = source
                .text
                .split(begin)
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            wordless.extend(
                steps
                    .filter(|step| !words.contains(&format!("\"{step}\"")))
                    .map(str::to_owned),
            );
        }
    }
    assert_eq!(wordless, Vec::<String>::new(), "name them in the front end");
}
