//! Starting imports, and what storing a package makes, with small packages and with real exports.

use std::path::{Path, PathBuf};

use super::*;
use crate::auth::viewer::AuditScope;
use crate::domain::application::{ApplicationOrigin, VersionStatus};
use crate::domain::component::ComponentKind;
use crate::package::{self, ReadOptions};
use crate::services::testing::{World, application, code, paths, read, upload, write};
use crate::store::testing::{TestStore, on_both, sqlite};
use crate::store::{Error, application, application_component, application_version, audit};

/// Two forms, one of which needs the other, and three sample rows.
fn small(name: &str, version: &str) -> Import {
    let form = json!({
        "schema": { "type": "object", "properties": { "name": { "type": "string" } } },
        "ui": { "fields": {} },
    });
    let component = |key: &str, dependencies: &[&str], rows: usize| {
        let rows: Vec<_> = (0..rows).map(|row| json!({ "name": format!("{row}") })).collect();
        json!({
            "key": key, "kind": "FORM_PAGE", "name": key, "definition": form,
            "dependencies": dependencies, "sampleRows": rows,
        })
    };
    let components = [component("stock", &["goods"], 1), component("goods", &[], 2)];
    let text = json!({ "format": "appshelf.package/1", "name": name, "version": version, "components": components });
    let text = text.to_string();
    package::read_package(text.as_bytes(), &ReadOptions::default(), &mut |_| {}).expect("the package is good")
}

/// The same as if it came from a file without a number.
fn unnumbered(name: &str) -> Import {
    Import {
        numbered: false,
        ..small(name, "1.0.0")
    }
}

fn target(viewer: &Viewer, application: TargetApplication) -> Target {
    Target {
        organization_id: viewer.organization_id.clone(),
        application,
        created_by: viewer.user_id.clone(),
    }
}

fn stored(
    on: &TestStore,
    viewer: &Viewer,
    application: TargetApplication,
    read: &Import,
) -> Result<(ApplicationVersion, ImportReport)> {
    let target = target(viewer, application);
    write(on, viewer, |tx, _| store(tx, &target, read))
}

fn new(file_id: &FileId) -> NewImport {
    NewImport {
        file_id: file_id.clone(),
        format: PackageFormat::Auto,
        application_id: None,
        version: None,
        dry_run: false,
    }
}

#[test]
fn an_import_is_started_by_admin_or_developer_for_their_own_file() {
    on_both(|on| {
        let world = World::new(on);
        let file_id = upload(on, &world.admin, FilePurpose::Package);
        let begin = |viewer: &Viewer| write(on, viewer, |tx, viewer| start(tx, viewer, new(&file_id)));
        assert_eq!(code(begin(&world.customer)), "NO_PERMISSION");
        assert_eq!(code(begin(&world.stranger)), "NOT_FOUND");
        let import = begin(&world.developer).expect("a developer imports");
        assert_eq!(import.status, PackageImportStatus::Queued);
        let found = |viewer: &Viewer| read(on, viewer, |conn, viewer| get(conn, viewer, &import.id)).unwrap();
        assert!(found(&world.admin).is_some());
        assert!(found(&world.stranger).is_none() && found(&world.customer).is_none());
        let contract = upload(on, &world.admin, FilePurpose::Contract);
        let wrong = write(on, &world.admin, |tx, viewer| start(tx, viewer, new(&contract)));
        assert_eq!(paths(wrong), ["fileId"]);
    });
}

#[test]
fn l4_what_needs_no_file_to_be_refused_is_refused_at_once() {
    on_both(|on| {
        let world = World::new(on);
        let file_id = upload(on, &world.admin, FilePurpose::Package);
        let own = application(on, &world.admin, ApplicationOrigin::Own, VersionStatus::Published);
        let premium = application(on, &world.admin, ApplicationOrigin::Premium, VersionStatus::Published);
        let foreign = application(on, &world.stranger, ApplicationOrigin::Own, VersionStatus::Published);
        let begin = |application: &ApplicationId, version: Option<&str>| {
            let asked = NewImport {
                application_id: Some(application.clone()),
                version: version.map(str::to_owned),
                ..new(&file_id)
            };
            write(on, &world.admin, |tx, viewer| start(tx, viewer, asked.clone()))
        };
        assert_eq!(code(begin(&foreign, None)), "NOT_FOUND");
        assert_eq!(code(begin(&premium, None)), "INVALID_STATE");
        assert_eq!(paths(begin(&own, Some("1.0"))), ["version"]);
        assert_eq!(paths(begin(&own, Some("1.0.0"))), ["version"]);
        assert!(begin(&own, Some("1.0.1")).is_ok());
    });
}

#[test]
fn l4_a_package_becomes_a_version_with_its_components_and_rows() {
    on_both(|on| {
        let world = World::new(on);
        let (version, report) = stored(on, &world.admin, TargetApplication::New, &small("进销存", "1.4.0")).unwrap();
        assert_eq!(
            (version.number.as_str(), version.status),
            ("1.4.0", VersionStatus::Unpublished)
        );
        assert_eq!((version.component_count, version.sample_row_count), (2, 3));
        assert_eq!((report.version.as_str(), report.warnings.len()), ("1.4.0", 0));
        let ids = std::slice::from_ref(&version.id);
        on.read_blocking(|conn| {
            let heads = application_component::heads(conn, ids)?;
            assert_eq!(
                heads.iter().map(|head| head.key.as_str()).collect::<Vec<_>>(),
                ["stock", "goods"]
            );
            assert_eq!(heads[0].parsed_dependencies()?, ["goods"]);
            let counts = application_component::counts(conn, ids)?;
            assert_eq!(counts, [(version.id.clone(), ComponentKind::FormPage, 2)]);
            let rows = application_component::sample_rows(conn, &version.id, "goods", 15)?;
            assert_eq!(rows.iter().map(|row| row.position).collect::<Vec<_>>(), [0, 1]);
            let whole = application_component::find(conn, &version.id, "goods")?.expect("it was stored");
            assert!(whole.definition.contains("\"type\":\"object\""));
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn l4_a_number_is_used_once_in_an_application_and_chosen_where_a_file_has_none() {
    on_both(|on| {
        let world = World::new(on);
        let admin = &world.admin;
        let (first, _) = stored(on, admin, TargetApplication::OfSameName, &small("进销存", "1.4.0")).unwrap();
        let again = stored(on, admin, TargetApplication::OfSameName, &small("进销存", "1.4.0"));
        assert_eq!(paths(again), ["version"]);
        let (next, report) = stored(on, admin, TargetApplication::OfSameName, &unnumbered("进销存")).unwrap();
        assert_eq!(
            (next.number.as_str(), &next.application_id),
            ("1.4.1", &first.application_id)
        );
        assert_eq!(report.warnings[0].code, "VERSION_CHOSEN");
        let existing = TargetApplication::Existing(first.application_id.clone());
        let (named, report) = stored(on, admin, existing, &small("别的名字", "2.0.0")).unwrap();
        assert_eq!(
            (&named.application_id, report.warnings[0].code),
            (&first.application_id, "NAME_DIFFERS")
        );
        let (other, report) = stored(on, admin, TargetApplication::New, &small("进销存", "1.4.0")).unwrap();
        assert_ne!(other.application_id, first.application_id);
        assert_eq!(report.warnings[0].code, "NAMESAKE");
        let (strange, _) = stored(
            on,
            &world.stranger,
            TargetApplication::OfSameName,
            &small("进销存", "1.4.0"),
        )
        .unwrap();
        assert_ne!(strange.application_id, first.application_id);
    });
}

#[test]
fn a_rehearsal_says_what_would_happen_and_stores_nothing() {
    on_both(|on| {
        let world = World::new(on);
        let rehearsed = |package: &Import| {
            let target = target(&world.admin, TargetApplication::OfSameName);
            on.read_blocking(|conn| rehearse(conn, &target, package))
        };
        assert_eq!(rehearsed(&small("进销存", "1.4.0")).unwrap().version, "1.4.0");
        stored(on, &world.admin, TargetApplication::New, &small("进销存", "1.4.0")).unwrap();
        assert_eq!(rehearsed(&unnumbered("进销存")).unwrap().version, "1.4.1");
        assert_eq!(paths(rehearsed(&small("进销存", "1.4.0"))), ["version"]);
        let page = crate::store::page::PageRequest::default();
        let scope = world.admin.partner().unwrap();
        let all = on
            .read_blocking(|conn| application::list(conn, &scope, None, &page))
            .unwrap();
        assert_eq!(all.rows.len(), 1);
    });
}

#[test]
fn an_import_that_has_ended_is_not_carried_out_again() {
    on_both(|on| {
        let world = World::new(on);
        let file_id = upload(on, &world.admin, FilePurpose::Package);
        let import = write(on, &world.admin, |tx, viewer| start(tx, viewer, new(&file_id))).unwrap();
        let package = small("进销存", "1.4.0");
        let end = || write(on, &world.admin, |tx, _| finish(tx, &import, &package));
        end().unwrap();
        assert_eq!(code(end()), "CONFLICT");
        let late = write(on, &world.admin, |tx, _| fail(tx, &import, &[missing_file()]));
        assert_eq!(code(late), "CONFLICT");
        let row = read(on, &world.admin, |conn, viewer| get(conn, viewer, &import.id))
            .unwrap()
            .unwrap();
        assert!(is_finished(&row) && row.version_id.is_some());
        assert_eq!(
            report_of(&row).unwrap().unwrap().components[&ComponentKind::FormPage],
            2
        );
        let page = crate::store::page::PageRequest::default();
        let scope = world.admin.partner().unwrap();
        let all = on
            .read_blocking(|conn| application::list(conn, &scope, None, &page))
            .unwrap();
        assert_eq!(all.rows.len(), 1, "the second attempt left nothing");
        let log = on
            .read_blocking(|conn| {
                audit::list(
                    conn,
                    &AuditScope::Own(world.admin.member()?),
                    &audit::AuditFilter::default(),
                    &page,
                )
            })
            .unwrap();
        let actions: Vec<&str> = log.rows.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(
            actions[..4],
            [
                "import.succeeded",
                "version.imported",
                "application.created",
                "import.started"
            ]
        );
    });
}

#[test]
fn a_failed_import_tells_its_problems_in_both_languages() {
    let on = sqlite();
    let world = World::new(&on);
    let file_id = upload(&on, &world.admin, FilePurpose::Package);
    let import = write(&on, &world.admin, |tx, viewer| start(tx, viewer, new(&file_id))).unwrap();
    let bad = package::read_package(b"{\n  \"format\": 1 }", &ReadOptions::default(), &mut |_| {}).unwrap_err();
    let problems = KeptProblem::of_file(&bad).unwrap();
    write(&on, &world.admin, |tx, _| fail(tx, &import, &problems)).unwrap();
    let row = read(&on, &world.admin, |conn, viewer| get(conn, viewer, &import.id))
        .unwrap()
        .unwrap();
    let kept = problems_of(&row).unwrap();
    assert_eq!(kept, problems);
    assert!(!kept[0].text(crate::domain::locale::Locale::ZhCn).is_ascii());
    assert!(kept[0].text(crate::domain::locale::Locale::En).is_ascii());
}

/// Exports of the system that packages are imported from; they are not part of the repository.
fn real_exports() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/baserow");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
}

#[test]
fn every_real_export_is_stored_as_it_was_read() {
    on_both(|on| {
        let world = World::new(on);
        for path in real_exports() {
            let read = package::read_package_file(&path, &ReadOptions::default(), &mut |_| {})
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let (version, report) = stored(on, &world.admin, TargetApplication::New, &read)
                .map_err(|error| match error {
                    Error::Refused(refusal) => refusal.to_string(),
                    Error::Fault(fault) => fault.to_string(),
                })
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(version.component_count as usize, read.package.components.len());
            assert_eq!(report.sample_rows, read.package.sample_row_count());
            on.read_blocking(|conn| {
                for component in &read.package.components {
                    let kept = application_component::find(conn, &version.id, &component.key)?.expect("it was stored");
                    assert_eq!(kept.definition, component.definition.as_str());
                    let rows = application_component::sample_rows(conn, &version.id, &component.key, 100_000)?;
                    let same = rows
                        .iter()
                        .zip(&component.sample_rows)
                        .all(|(row, read)| row.data == read.data.as_str());
                    assert!(same && rows.len() == component.sample_rows.len(), "{}", component.key);
                }
                assert_eq!(application_version::get(conn, &version.id)?.number, "1.0.0");
                Ok(())
            })
            .unwrap();
        }
    });
}
