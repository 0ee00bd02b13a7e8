//! Good documents pass, hostile ones are refused, and quickly.

use std::time::Instant;

use super::*;
use crate::config::{Config, Settings};

fn limits() -> Limits {
    Config::load(Settings::default()).unwrap().limits
}

fn accepted(query: &str) -> Accepted {
    accept(&limits(), query, None, &Variables::default(), true).unwrap()
}

fn code(query: &str) -> &'static str {
    code_with(query, serde_json::json!({}))
}

fn code_with(query: &str, variables: serde_json::Value) -> &'static str {
    match accept(&limits(), query, None, &Variables::from_json(variables), true) {
        Ok(_) => "accepted",
        Err(refused) => refused.code,
    }
}

#[test]
fn a_page_multiplies_what_it_holds() {
    assert_eq!(accepted("{ a b { c } }").cost, 3);
    assert_eq!(
        accepted("{ orders(first: 10) { edges { node { id } } } }").cost,
        1 + 10 * 3
    );
    assert_eq!(accepted("{ orders { nodes { id } } }").cost, 1 + 20 * 2);
    assert_eq!(
        accepted("{ orders { ...E } } fragment E on C { edges { cursor } }").cost,
        1 + 20 * 2
    );
    assert_eq!(
        accepted("query($n: Int = 5) { orders(first: $n) { nodes { id } } }").cost,
        1 + 5 * 2
    );
    let nested = "{ a(first: 100) { nodes { b(first: 100) { nodes { c } } } } }";
    assert_eq!(code(nested), "LIMIT_COST");
}

#[test]
fn pages_are_bounded_also_through_variables() {
    assert_eq!(code("{ a(first: 100) { nodes { id } } }"), "accepted");
    assert_eq!(code("{ a(first: 101) { nodes { id } } }"), "LIMIT_PAGE");
    assert_eq!(code("{ a(last: -1) { nodes { id } } }"), "LIMIT_PAGE");
    assert_eq!(code("{ a(first: 0) { nodes { id } } }"), "LIMIT_PAGE");
    let query = "query($n: Int) { a(first: $n) { nodes { id } } }";
    assert_eq!(code_with(query, serde_json::json!({"n": 101})), "LIMIT_PAGE");
    assert_eq!(
        code_with(query, serde_json::json!({"n": 99_999_999_999u64})),
        "LIMIT_PAGE"
    );
    assert_eq!(code_with(query, serde_json::json!({"n": null})), "accepted");
    assert_eq!(
        code("query($n: Int = 101) { a(first: $n) { nodes { id } } }"),
        "LIMIT_PAGE"
    );
    assert_eq!(
        code("{ ...F } fragment F on Query { a(first: 101) { nodes { id } } }"),
        "LIMIT_PAGE"
    );
}

#[test]
fn depth_aliases_directives_and_changes_are_counted_through_fragments() {
    let deep = |n: usize| format!("{}{}", "{ a ".repeat(n), "}".repeat(n));
    assert_eq!(code(&deep(15)), "accepted");
    assert_eq!(code(&deep(16)), "LIMIT_DEPTH");
    assert_eq!(
        code(&format!("{{ a {{ ...F }} }} fragment F on T {}", deep(15))),
        "LIMIT_DEPTH"
    );
    assert_eq!(
        code(&format!(
            "{{ {} }}",
            (0..31).map(|n| format!("a{n}: a ")).collect::<String>()
        )),
        "LIMIT_ALIASES"
    );
    let spreads = "...F ".repeat(31);
    assert_eq!(
        code(&format!("{{ {spreads} }} fragment F on Query {{ a: b }}")),
        "LIMIT_ALIASES"
    );
    assert_eq!(
        code(&format!("{{ a {} }}", "@skip(if: false) ".repeat(31))),
        "LIMIT_DIRECTIVES"
    );
    assert_eq!(code(&format!("mutation {{ {} }}", "a ".repeat(5))), "accepted");
    assert_eq!(
        code(&format!("mutation {{ {} }}", "a ".repeat(6))),
        "LIMIT_ROOT_MUTATIONS"
    );
    assert_eq!(
        code(&format!("mutation {{ {} }} fragment F on M {{ a }}", "...F ".repeat(6))),
        "LIMIT_ROOT_MUTATIONS"
    );
}

#[test]
fn the_schema_is_for_signed_in_callers_and_only_once() {
    let query = "{ __schema { types { fields { type { name } } } } }";
    let anonymous = accept(&limits(), query, None, &Variables::default(), false).unwrap_err();
    assert_eq!(anonymous.code, "INTROSPECTION_REFUSED");
    assert!(
        accept(
            &limits(),
            "{ __type(name: \"A\") { name } }",
            None,
            &Variables::default(),
            false
        )
        .is_ok()
    );
    assert_eq!(code(query), "accepted");
    let bomb = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(code(bomb), "LIMIT_INTROSPECTION");
}

#[test]
fn variables_that_must_have_a_value_have_one() {
    let query = "query($id: ID!) { a }";
    assert_eq!(
        code_with(query, serde_json::json!({"id": null})),
        "GRAPHQL_VALIDATION_FAILED"
    );
    assert_eq!(code(query), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(code_with(query, serde_json::json!({"id": "x"})), "accepted");
    assert_eq!(code("query($id: ID! = \"x\") { a }"), "accepted");
}

#[test]
fn the_operation_is_chosen_by_name() {
    let query = "query A { a } mutation B { b }";
    assert_eq!(code(query), "GRAPHQL_VALIDATION_FAILED");
    let chosen = accept(&limits(), query, Some("B"), &Variables::default(), true).unwrap();
    assert_eq!(
        (chosen.kind, chosen.name.as_deref()),
        (OperationType::Mutation, Some("B"))
    );
    assert!(accept(&limits(), query, Some("C"), &Variables::default(), true).is_err());
    assert!(accept(&limits(), "{ a }", Some("A"), &Variables::default(), true).is_err());
}

#[test]
fn strings_and_comments_hide_nothing_and_cost_nothing() {
    let quoted = format!("{{ a(text: \"{}\") }} # {}", "{[( @".repeat(5000), "{ ".repeat(5000));
    assert_eq!(code(&quoted), "accepted");
    let block = format!("{{ a(text: \"\"\"{} \\\"\"\" @ \"\"\") }}", "{[( @ \" ".repeat(5000));
    assert_eq!(code(&block), "accepted");
    assert_eq!(code("{ a(text: \"unclosed"), "GRAPHQL_PARSE_FAILED");
    assert_eq!(code("{ a(text: \"\"\"unclosed"), "GRAPHQL_PARSE_FAILED");
    assert_eq!(code(""), "GRAPHQL_PARSE_FAILED");
}

/// Documents made to hurt. Times are printed, not judged: this machine may be busy.
#[test]
fn hostile_documents_are_refused_quickly() {
    let doubling: String = (0..60)
        .map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1))
        .collect();
    let tripling: String = (0..40)
        .map(|n| format!("fragment F{n} on Query {{ a {{ ...F{0} ...F{0} }} }} ", n + 1))
        .collect();
    let documents = [
        ("50,000 open braces", "{a".repeat(50_000), "LIMIT_DEPTH"),
        (
            "100,000 open lists",
            format!("{{ a(x: {}", "[".repeat(100_000)),
            "LIMIT_DEPTH",
        ),
        (
            "lists as deep as allowed",
            format!("{{ a(x: {}{}) }}", "[".repeat(58), "]".repeat(58)),
            "accepted",
        ),
        (
            "unclosed lists",
            format!("{{ a(x: {} }}", "[".repeat(58)),
            "GRAPHQL_PARSE_FAILED",
        ),
        (
            "unclosed objects",
            format!("{{ a(x: {} }}", "{a:".repeat(58)),
            "GRAPHQL_PARSE_FAILED",
        ),
        (
            "unclosed inline fragments",
            "{ ... on A ".repeat(60),
            "GRAPHQL_PARSE_FAILED",
        ),
        (
            "1 MiB of fields",
            format!("{{ {} }}", "a ".repeat(500_000)),
            "LIMIT_DOCUMENT",
        ),
        (
            "100 KB of fields",
            format!("{{ {} }}", "a ".repeat(50_000)),
            "LIMIT_TOKENS",
        ),
        (
            "100 KB of blanks",
            format!("{{ a {} }}", " ,".repeat(50_000)),
            "accepted",
        ),
        (
            "100 KB of comments",
            format!("{{ a }} {}", "#\n".repeat(50_000)),
            "accepted",
        ),
        (
            "100 KB of one string",
            format!("{{ a(x: \"{}\") }}", "\\\\".repeat(50_000)),
            "accepted",
        ),
        ("3,900 fields", format!("{{ {} }}", "a ".repeat(3_900)), "accepted"),
        (
            "1,000 aliases",
            format!("{{ {} }}", (0..1000).map(|n| format!("a{n}: a ")).collect::<String>()),
            "LIMIT_ALIASES",
        ),
        (
            "a fragment in itself",
            "{ ...F } fragment F on Query { ...F }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "fragments in a ring",
            "{ ...F } fragment F on Q { a { ...G } } fragment G on Q { ...F }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "2^60 spreads",
            format!("{{ ...F0 }} {doubling} fragment F60 on Query {{ a }}"),
            "LIMIT_COST",
        ),
        (
            "2^60 spreads, unused",
            format!("{{ a }} {doubling} fragment F60 on Query {{ a }}"),
            "LIMIT_COST",
        ),
        (
            "2^40 fields",
            format!("{{ ...F0 }} {tripling} fragment F40 on Query {{ a }}"),
            "LIMIT_DEPTH",
        ),
        (
            "2,000 directives",
            format!("{{ a {} }}", "@a ".repeat(2_000)),
            "LIMIT_DIRECTIVES",
        ),
        ("not text at all", "\u{0}\u{1}🏃".repeat(1_000), "LIMIT_TOKENS"),
    ];
    for (what, document, expected) in documents {
        let begun = Instant::now();
        assert_eq!(code(&document), expected, "{what}");
        println!("{what}: {:?}", begun.elapsed());
    }
}

#[test]
fn random_bytes_never_panic() {
    let alphabet = [
        "{", "}", "(", ")", "[", "]", "...", "\"", "\"\"\"", "\\", "#", "\n", "@", "$", "a", "on", "fragment", "query",
        "1", "-", ":", "!", "=", "&", "|", " ", "é", "🏃",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..60 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(alphabet[(state >> 33) as usize % alphabet.len()]);
        }
        let _ = accept(&limits(), &text, None, &Variables::default(), false);
    }
}
