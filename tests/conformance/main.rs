//! GraphQL over HTTP as its specification asks: the public audit suite against the running server. What our schema means is
//! tested in `tests/api`; here only media types, methods, status codes and the shape of answers count.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use appshelf_tests::process::{Product, Settings};
use appshelf_tests::repository;
use serde_json::Value;

/// How many checks the suite has; fewer would mean that it did not run whole.
const CHECKS: usize = 61;

#[tokio::test]
async fn every_check_of_the_audit_passes_for_a_signed_in_caller() {
    let product = Product::with_demo_data().await.unwrap();
    let token = product.run(&["token", "--user", "pa@partner.example"]).unwrap();
    let results = audit(&product, Some(token.trim())).unwrap();
    assert_eq!(results.len(), CHECKS);
    assert_eq!(not_ok(&results, |_| true), Vec::<String>::new());
}

#[tokio::test]
async fn an_anonymous_caller_gets_no_answer_that_breaks_a_must() {
    let product = Product::start(Settings::default()).await.unwrap();
    let results = audit(&product, None).unwrap();
    assert_eq!(results.len(), CHECKS);
    // The suite calls a broken MUST an error, a broken SHOULD a warning.
    assert_eq!(
        not_ok(&results, |result| result["status"] == "error"),
        Vec::<String>::new()
    );
}

fn audit(product: &Product, token: Option<&str>) -> Result<Vec<Value>> {
    let script = repository().join("tests/conformance/audit.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(format!("{}/graphql", product.url()))
        .args(token)
        .output()
        .context("starting node: run scripts/setup test")?;
    ensure!(
        output.status.success(),
        "the audit did not run:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn not_ok(results: &[Value], counts: impl Fn(&Value) -> bool) -> Vec<String> {
    let line = |result: &Value| format!("{} {}: {}", result["id"], result["name"], result["reason"]);
    results
        .iter()
        .filter(|result| result["status"] != "ok" && counts(result))
        .map(line)
        .collect()
}
