//! The console commands as people and scripts run them: the built binary, its exit code, and which of its two outputs says what. On SQLite
//! and PostgreSQL.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Someone, TestApp, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::process::binary;
use appshelf_tests::scene::package;
use serde_json::{Value, json};

/// Settings of the developer's own shell must not leak into what is tested.
fn appshelf(arguments: &[&str], settings: &[(&str, &str)]) -> Result<Output> {
    let mut command = Command::new(binary()?);
    for (name, _) in std::env::vars() {
        if name.starts_with("APPSHELF_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    let ran = command.args(arguments).envs(settings.iter().copied()).output();
    ran.context("running appshelf")
}

/// A command on the data of the application.
fn on(app: &TestApp, arguments: &[&str]) -> Result<Output> {
    let environment = app.environment();
    let settings: Vec<(&str, &str)> = environment
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    appshelf(arguments, &settings)
}

fn file(app: &TestApp, name: &str, content: &str) -> Result<PathBuf> {
    let path = app.folder().join(name);
    std::fs::write(&path, content)?;
    Ok(path)
}

/// Imports a file; its report.
fn import(app: &TestApp, name: &str, content: &str, more: &[&str]) -> Result<Value> {
    let path = file(app, name, content)?;
    let corp_id = corp_id("acme");
    let mut arguments = vec!["import", path.to_str().context("a path")?, "--org", &corp_id];
    arguments.extend(more);
    let ran = on(app, &arguments)?;
    ensure!(ran.status.code() == Some(0), "{ran:?}");
    Ok(serde_json::from_slice(&ran.stdout)?)
}

/// Refused: exit code 2, the reason on standard error with these words, nothing on standard output.
fn refused(ran: &Output, words: &[&str]) -> Result<()> {
    let told = String::from_utf8_lossy(&ran.stderr);
    ensure!(ran.status.code() == Some(2) && ran.stdout.is_empty(), "{ran:?}");
    for word in words {
        ensure!(told.contains(word), "{word} is missing in {told}");
    }
    Ok(())
}

async fn applications(partner: &Someone) -> Result<Value> {
    let mut data = partner
        .ask("{ applications { nodes { name versions { number } } } }", json!({}))
        .await?;
    Ok(data["applications"]["nodes"].take())
}

on_each_database! {
    async fn an_import_prints_its_report_and_stores_a_version(app) {
        let partner = app.partner("acme").await?;
        let text = package(true).to_string();
        for (more, stored) in [(vec!["--dry-run"], json!([])), (vec![], json!([{ "name": "设备巡检", "versions": [{ "number": "1.0.0" }] }]))] {
            let report = import(app, "app.json", &text, &more)?;
            let members: BTreeSet<&str> = report.as_object().context("an object")?.keys().map(String::as_str).collect();
            assert_eq!(members, BTreeSet::from(["application", "components", "sample_rows", "unmapped", "version", "warnings"]));
            assert_eq!((&report["application"], &report["version"], &report["sample_rows"]), (&json!("设备巡检"), &json!("1.0.0"), &json!(20)));
            assert_eq!(report["components"]["FORM_PAGE"], 1, "{report}");
            assert_eq!(applications(&partner).await?, stored);
        }
        let report = import(app, "next.json", &text, &["--version", "1.1.0"])?;
        assert_eq!(report["version"], "1.1.0", "{report}");
        assert_eq!(applications(&partner).await?[0]["versions"].as_array().map(Vec::len), Some(2));
        let export = json!({ "baserow_template_version": 1, "name": "Shop", "export": [{ "id": 1, "type": "database", "name": "Data", "tables": [
            { "id": 1, "name": "Things", "fields": [{ "id": 1, "type": "text", "name": "Name", "primary": true }, { "id": 2, "type": "hologram", "name": "H" }],
              "views": [], "rows": [{ "id": 1, "field_1": "a" }] }] }] });
        let report = import(app, "export.json", &export.to_string(), &["--format", "baserow"])?;
        assert_eq!((&report["components"], &report["sample_rows"]), (&json!({ "FORM_PAGE": 1 }), &json!(1)), "{report}");
        assert_eq!(report["unmapped"][0]["place"], "$.export[0].tables[0].fields[1]", "{report}");
    }

    async fn a_bad_file_is_told_with_its_place_and_stores_nothing(app) {
        let partner = app.partner("acme").await?;
        app.customer("blue", EditionName::Free).await?;
        let org = corp_id("acme");
        let run = |content: &str, org: &str, more: &[&str]| -> Result<Output> {
            let path = file(app, "bad.json", content)?;
            let mut arguments = vec!["import", path.to_str().context("a path")?, "--org", org];
            arguments.extend(more);
            on(app, &arguments)
        };
        let mut twice = package(false);
        twice["components"][1]["key"] = json!("asset");
        let good = package(false).to_string();
        refused(&run(&twice.to_string(), &org, &[])?, &["bad.json", "$.components[1].key", "line 1"])?;
        refused(&run("{\n  \"format\": ", &org, &[])?, &["bad.json", "line 2"])?;
        refused(&run("{ \"some\": \"thing else\" }", &org, &[])?, &["bad.json", "$"])?;
        refused(&run(&good, &org, &["--format", "baserow"])?, &["bad.json"])?;
        refused(&run(&good, &org, &["--version", "one"])?, &["one"])?;
        refused(&run(&good, "dingnobody", &[])?, &["dingnobody"])?;
        refused(&run(&good, &corp_id("blue"), &[])?, &["not a partner"])?;
        refused(&on(app, &["import", "/nowhere/app.json", "--org", &org])?, &["/nowhere/app.json"])?;
        assert_eq!(applications(&partner).await?, json!([]));
    }

    async fn a_token_is_printed_in_demo_mode_alone(app) {
        let mut partner = app.partner("acme").await?;
        let ran = on(app, &["token", "--user", "PA@acme.example", "--org", &corp_id("acme")])?;
        ensure!(ran.status.success(), "{ran:?}");
        let token = String::from_utf8(ran.stdout)?;
        partner.bearer = Some(token.trim().to_owned());
        assert_eq!(token.lines().count(), 1, "nothing but the token, for `TOKEN=$(…)`");
        // Tokens of the console are made by the machine's clock, which the server of this test does not follow.
        let claims = token.split('.').nth(1).context("a JWT has three parts")?;
        let claims = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, claims)?;
        let claims: Value = serde_json::from_slice(&claims)?;
        assert_eq!(claims["iss"], "http://appshelf.test", "{claims}");
        for user in ["nobody@acme.example", "pa@acme.example"] {
            let ran = on(app, &["token", "--user", user, "--org", "dingnobody"])?;
            ensure!(!ran.status.success() && ran.stdout.is_empty(), "{ran:?}");
        }
        let environment = app.environment();
        let settings: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (*name, if *name == "APPSHELF_DEMO" { "false" } else { value.as_str() }))
            .collect();
        for arguments in [vec!["token", "--user", "pa@acme.example"], vec!["seed"]] {
            let ran = appshelf(&arguments, &settings)?;
            let told = String::from_utf8_lossy(&ran.stderr);
            ensure!(!ran.status.success() && ran.stdout.is_empty() && told.contains("demo mode only"), "{ran:?}");
        }
    }
}

#[test]
fn every_wrong_setting_is_refused_at_start_by_its_name() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let wrong = [
        ("APPSHELF_BIND", "here"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("APPSHELF_DEMO", "maybe"),
        ("APPSHELF_BASE_URL", "ftp://example.com"),
        ("APPSHELF_LINK_SECRET", "tiny"),
        ("APPSHELF_JOB_LEASE", "soon"),
        ("APPSHELF_MAX_PAGE", "101"),
        ("APPSHELF_MAX_DEPTH", "1"),
        ("APPSHELF_MAX_BODY", "1GiB"),
        ("APPSHELF_LOG_FORMAT", "xml"),
    ];
    let mut settings = vec![("APPSHELF_DATA", data.to_str().context("a path")?)];
    settings.extend(wrong);
    for command in ["serve", "worker", "migrate"] {
        let ran = appshelf(&[command], &settings)?;
        refused(&ran, &wrong.map(|(name, _)| name))?;
        let told = String::from_utf8_lossy(&ran.stderr);
        ensure!(
            !told.contains("hunter2") && !told.contains("tiny"),
            "secrets are not repeated: {told}"
        );
    }
    ensure!(!data.exists(), "nothing is made before the settings are right");
    Ok(())
}

#[test]
fn default_secrets_are_for_demos_alone() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().to_str().context("a path")?;
    let secret = "change-me-change-me-change-me-change-me";
    let settings = |demo| {
        [
            ("APPSHELF_DATA", data),
            ("APPSHELF_LINK_SECRET", secret),
            ("APPSHELF_DEMO", demo),
        ]
    };
    let ran = appshelf(&["migrate"], &settings("false"))?;
    refused(&ran, &["APPSHELF_LINK_SECRET", "default secret"])?;
    ensure!(
        !String::from_utf8_lossy(&ran.stderr).contains(secret),
        "it is not repeated"
    );
    let ran = appshelf(&["migrate"], &settings("true"))?;
    ensure!(ran.status.success(), "{ran:?}");
    Ok(())
}

/// The beginning of the catalogue that `APPSHELF_CATALOGUE` names, where it names one; else three products.
fn catalogue(folder: &Path) -> Result<(String, usize)> {
    let path = folder.join("catalogue.jsonl");
    if let Some(real) = std::env::var_os("APPSHELF_CATALOGUE").filter(|path| !path.is_empty()) {
        let text = std::fs::read_to_string(&real)?;
        let lines: Vec<&str> = text.lines().take(20).collect();
        std::fs::write(&path, lines.join("\n"))?;
        return Ok((path.display().to_string(), lines.len()));
    }
    eprintln!("APPSHELF_CATALOGUE names no catalogue: three products stand for it");
    let lines = [
        json!({ "name": "W", "description": "Wiki", "tags": ["Wikis"], "website": "https://wiki.example/" }),
        json!({ "name": "Nextcloud", "description": "Keep files together, and share them.", "tags": ["File Transfer - Synchronisation"],
                "licenses": ["AGPL-3.0"], "platforms": ["PHP", "deb"], "website": "http://cloud.example/", "stars": 5 }),
        json!({ "name": "审批中心", "description": "审批流程自动化", "tags": ["Wikis"] }),
    ];
    let text: Vec<String> = lines.iter().map(Value::to_string).collect();
    std::fs::write(&path, text.join("\n"))?;
    Ok((path.display().to_string(), lines.len()))
}

#[test]
fn l11_a_catalogue_is_listed_by_the_normal_path_and_a_second_run_has_nothing_left_to_do() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data").display().to_string();
    let (file, count) = catalogue(folder.path())?;
    let settings = [("APPSHELF_DATA", data.as_str()), ("APPSHELF_DEMO", "true")];
    for told in [
        format!("{count} products listed, 0 were there already"),
        format!("0 products listed, {count} were there already"),
    ] {
        let ran = appshelf(&["seed", "--catalogue", &file], &settings)?;
        let said = String::from_utf8_lossy(&ran.stderr);
        ensure!(ran.status.success() && said.contains(&told), "{told}: {ran:?}");
    }
    let ran = appshelf(&["seed", "--catalogue", "nowhere.jsonl"], &settings)?;
    let said = String::from_utf8_lossy(&ran.stderr);
    ensure!(
        !ran.status.success() && said.contains("nowhere.jsonl cannot be read"),
        "{ran:?}"
    );
    Ok(())
}
