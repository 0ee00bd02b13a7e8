//! Imports exports of Baserow: templates and workspaces, of any version. Tables become form pages, rows sample rows,
//! builder pages custom pages, integrations connectors, user sources roles, workflows automations, dashboards
//! dashboards. The whole file becomes one application, so that links between its databases stay inside it.
//!
//! It never fails for what it does not know: that is kept as data or text and named in the report. It does fail for
//! what would break a package: syntax, depth, and more than a package may hold.

mod automation;
mod cell;
mod dashboard;
mod draft;
mod field;
mod index;
mod integration;
mod notes;
mod page;
mod parts;
pub(super) mod secret;
mod service;
mod table;
mod text;
mod user_source;
mod view;

use std::rc::Rc;

use self::draft::{Draft, Piece};
use self::index::Table;
use self::parts::ObjectText;
use self::service::Needs;
use super::error::{Code, PackageError};
use super::model::{JsonText, Package};
use super::problems::{At, Stop};
use super::report::{ImportReport, KeptAs};
use super::walk::{Kind, Node};
use super::{Import, ReadOptions};
use crate::domain::component::ComponentKind;

/// The version of an import, because exports carry none.
pub const VERSION: &str = "1.0.0";

/// Applications of one file. Every one that is anything becomes a component, so that more are never needed.
const APPLICATIONS: usize = 10_000;

/// Whether a value looks like an export: a template, a list of applications, or one application.
pub(super) fn recognises(root: Node<'_>) -> bool {
    match root.kind() {
        Kind::Object => {
            root.get("export")
                .is_some_and(|export| matches!(export.kind(), Kind::Array | Kind::Object))
                || root.get("baserow_template_version").is_some()
                || is_application(root)
        }
        Kind::Array => root.items().next().is_none_or(is_application),
        _ => false,
    }
}

fn is_application(node: Node<'_>) -> bool {
    node.get("type").is_some_and(|kind| kind.kind() == Kind::String)
        && ["tables", "pages", "workflows", "widgets", "name"]
            .iter()
            .any(|member| node.get(member).is_some())
}

/// Reads an export of a checked text.
pub(super) fn read(text: &str, options: &ReadOptions, tell: &mut dyn FnMut(usize)) -> Result<Import, PackageError> {
    let root = Node::root(text);
    let mut draft = Draft::new(text, &options.limits, tell);
    // Whether reading stopped early or came through with problems: the refusal says which.
    let outcome = read_applications(&mut draft, root);
    let name = application_name(&mut draft, root);
    let icon = text::string(root.get("icon")).map(|icon| text::clean_name(Some(&icon), "app", 64));
    let Draft {
        problems,
        notes,
        components,
        ..
    } = draft;
    problems.refusal()?;
    debug_assert!(outcome.is_ok(), "reading stops only after noting a problem");
    let version = options.version.clone().unwrap_or_else(|| VERSION.to_owned());
    let package = Package {
        name,
        version,
        summary: None,
        description: None,
        icon,
        components,
    };
    let mut report = ImportReport::of(&package);
    (report.unmapped, report.warnings) = notes.finish();
    let numbered = options.version.is_some();
    Ok(Import {
        package,
        report,
        numbered,
    })
}

/// The applications of an export with their places.
fn applications<'a>(root: Node<'a>) -> Vec<(Option<usize>, Node<'a>)> {
    let list = root.get("export").unwrap_or(root);
    match list.kind() {
        Kind::Array => list
            .items()
            .take(APPLICATIONS + 1)
            .enumerate()
            .map(|(index, app)| (Some(index), app))
            .collect(),
        _ => vec![(None, list)],
    }
}

fn read_applications<'a>(draft: &mut Draft<'a, '_>, root: Node<'a>) -> Result<(), Stop> {
    let export_at = At::Root.member("export");
    let base = if root.get("export").is_some() {
        export_at
    } else {
        At::Root
    };
    report_root(draft, root)?;
    let apps = applications(root);
    let place = |index: Option<usize>| index.map_or(base, |index| base.item(index));
    if let Some((index, app)) = apps.get(APPLICATIONS) {
        return Err(draft.problems.last(
            Code::TooManyComponents,
            &place(*index),
            *app,
            &[&draft.limits.components],
        ));
    }
    let mut tables = Vec::new();
    let mut connectors = Vec::new();
    for (index, app) in &apps {
        let at = place(*index);
        tables.push(survey_tables(draft, *app, &at)?);
        connectors.push(integration::survey(draft, *app, &at));
    }
    if apps.is_empty() {
        draft.notes.warn(
            "EMPTY",
            At::Root,
            "文件中没有应用",
            "There is no application in the file",
        );
    }
    for (position, (((index, app), tables), keys)) in apps.iter().zip(tables).zip(connectors).enumerate() {
        let at = place(*index);
        draft.folder = (apps.len() > 1).then(|| {
            text::clean_name(
                text::string(app.get("name")).as_deref(),
                "Application",
                draft.limits.name,
            )
        });
        read_application(draft, *app, position, tables, keys, &at)?;
    }
    Ok(())
}

/// A table with its place in the list of its application.
type Surveyed<'a> = (usize, Rc<Table<'a>>);

fn survey_tables<'a>(draft: &mut Draft<'a, '_>, app: Node<'a>, app_at: &At<'_>) -> Result<Vec<Surveyed<'a>>, Stop> {
    let at = app_at.member("tables");
    let mut tables = Vec::new();
    for (position, node) in draft.list(app, "tables", app_at).enumerate() {
        let at = at.item(position);
        if node.kind() != Kind::Object {
            draft
                .notes
                .unmapped(at, ("不是对象的数据表", "table that is not an object"), KeptAs::NotKept);
            continue;
        }
        // Everything that has a key is added later, so that one too many is enough for the refusal.
        if draft.is_full() {
            break;
        }
        let key = draft.claim("table", text::id(node.get("id")), position, &at);
        let Draft {
            index,
            limits,
            problems,
            notes,
            ..
        } = draft;
        let table = index.survey(node, key, &at, limits, problems, notes)?;
        tables.push((position, table));
    }
    tables.sort_by(|a, b| order(a.1.node).total_cmp(&order(b.1.node)));
    Ok(tables)
}

fn order(node: Node<'_>) -> f64 {
    text::order(
        node.get("order")
            .filter(|order| order.text().len() < 64)
            .map(Node::value)
            .as_ref(),
    )
}

fn read_application<'a>(
    draft: &mut Draft<'a, '_>,
    app: Node<'a>,
    position: usize,
    tables: Vec<Surveyed<'a>>,
    connectors: Vec<String>,
    at: &At<'_>,
) -> Result<(), Stop> {
    let list_at = at.member("tables");
    for (index, table) in tables {
        table::read(draft, &table, &list_at.item(index))?;
    }
    integration::read(draft, app, connectors, at)?;
    user_source::read(draft, app, at)?;
    let type_name = text::string(app.get("type")).unwrap_or_else(|| guess(app).to_owned());
    match type_name.as_str() {
        "database" => report_database(draft, app, at),
        "builder" => page::read(draft, app, position, at),
        "automation" => automation::read(draft, app, at),
        "dashboard" => dashboard::read(draft, app, position, at),
        _ => read_stranger(draft, app, position, &type_name, at),
    }
}

/// The type of an application that does not say it.
fn guess(app: Node<'_>) -> &'static str {
    [
        ("tables", "database"),
        ("pages", "builder"),
        ("workflows", "automation"),
        ("widgets", "dashboard"),
    ]
    .into_iter()
    .find(|(member, _)| app.get(member).is_some())
    .map_or("unknown", |(_, kind)| kind)
}

/// A database has no component of its own; what else it says is named.
fn report_database(draft: &mut Draft<'_, '_>, app: Node<'_>, at: &At<'_>) -> Result<(), Stop> {
    for (name, node) in app.members() {
        let spoken_for = ["id", "name", "order", "type", "tables", "integrations", "user_sources"];
        if !spoken_for.contains(&name.as_ref()) && !matches!(node.text(), "null" | "[]" | "{}" | "\"\"") {
            draft.notes.unmapped(
                at.member(&name),
                (format!("数据库的“{name}”"), format!("database member {name:?}")),
                KeptAs::NotKept,
            );
        }
    }
    Ok(())
}

/// An application of a type that nobody here has heard of stays whole, as data of a custom component.
fn read_stranger(
    draft: &mut Draft<'_, '_>,
    app: Node<'_>,
    position: usize,
    type_name: &str,
    at: &At<'_>,
) -> Result<(), Stop> {
    if app.kind() != Kind::Object {
        draft.notes.unmapped(
            at,
            ("不是对象的应用", "application that is not an object"),
            KeptAs::NotKept,
        );
        return Ok(());
    }
    draft.notes.unmapped(
        at,
        (
            format!("类型为“{type_name}”的应用"),
            format!("application of type {type_name:?}"),
        ),
        KeptAs::Definition,
    );
    let mut needs = Needs::default();
    let key = draft.claim("application", text::id(app.get("id")), position, at);
    let name = draft.name(app.get("name"), "Application", at);
    let spoken_for = ["tables", "integrations", "user_sources"];
    let source = parts::rest(draft, app, &spoken_for, &mut needs, at, &mut |_, _, _, _| true)?;
    let mut definition = ObjectText::new();
    definition.put_text("source", &source);
    let piece = Piece {
        key,
        kind: ComponentKind::CustomComponent,
        name,
        definition: JsonText::from_checked(definition.finish()),
        dependencies: needs.dependencies.into_iter().collect(),
        features: Vec::new(),
        sample_rows: Vec::new(),
    };
    draft.add(piece, at, app)
}

/// What the file says about itself beyond its applications.
fn report_root(draft: &mut Draft<'_, '_>, root: Node<'_>) -> Result<(), Stop> {
    if root.get("export").is_none() {
        return Ok(());
    }
    for (name, node) in root.members() {
        let at = At::Root.member(&name);
        match name.as_ref() {
            "name" | "icon" | "export" => {}
            "baserow_template_version" if node.text() == "1" => {}
            "baserow_template_version" => draft.notes.warn(
                "NEWER_EXPORT",
                at,
                "该导出文件的版本未经验证，请核对导入结果",
                "The export is of a version that was not tried; check the result",
            ),
            _ => draft.notes.unmapped(
                at,
                (format!("模板的“{name}”"), format!("template member {name:?}")),
                KeptAs::NotKept,
            ),
        }
    }
    Ok(())
}

/// The template's name, or that of its first application.
fn application_name(draft: &mut Draft<'_, '_>, root: Node<'_>) -> String {
    let first = applications(root)
        .first()
        .and_then(|(_, app)| text::string(app.get("name")));
    let name = text::string(root.get("name")).or(first);
    text::clean_name(name.as_deref(), "Baserow", draft.limits.application_name)
}
