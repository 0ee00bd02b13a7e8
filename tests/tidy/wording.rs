//! What the repository's texts must not say: paths of the machine they were written on, and notes of work left undone.

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
