//! The application builder: each of its pages becomes a custom page, and the builder itself the portal that gathers
//! them, with its theme and sign-in page. What elements mean stays with the page as data.

use serde_json::{Value, json};

use super::draft::{Draft, Piece};
use super::parts::{self, ObjectText};
use super::service::Needs;
use super::text;
use crate::domain::component::ComponentKind;
use crate::package::model::JsonText;
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::{Kind, Node};

/// Elements that a page of ours could show one for one.
const ELEMENTS: [&str; 23] = [
    "button",
    "checkbox",
    "choice",
    "column",
    "date_time_picker",
    "datetime_picker",
    "footer",
    "form_container",
    "header",
    "heading",
    "image",
    "input_file",
    "input_text",
    "link",
    "menu",
    "rating",
    "rating_input",
    "record_selector",
    "repeat",
    "simple_container",
    "table",
    "text",
    "iframe",
];
const ACTIONS: [&str; 8] = [
    "create_row",
    "delete_row",
    "http_request",
    "notification",
    "open_page",
    "refresh_data_source",
    "smtp_email",
    "update_row",
];
const PAGE_MEMBERS: [&str; 14] = [
    "id",
    "name",
    "order",
    "path",
    "path_params",
    "query_params",
    "shared",
    "visibility",
    "role_type",
    "roles",
    "elements",
    "data_sources",
    "workflow_actions",
    "type",
];

/// What the page is called that stands around the others.
const SHARED: &str = "Header and footer";

/// A page that was mapped: its id in the export, its key, and its path.
struct Mapped {
    id: Option<i64>,
    key: String,
    path: String,
}

/// Maps a builder application.
pub(super) fn read<'a>(draft: &mut Draft<'a, '_>, app: Node<'a>, index: usize, at: &At<'_>) -> Result<(), Stop> {
    let mut pages = Vec::new();
    let list_at = at.member("pages");
    let mut nodes: Vec<(usize, Node<'_>)> = draft.list(app, "pages", at).enumerate().collect();
    nodes.sort_by(|a, b| order(a.1).total_cmp(&order(b.1)));
    for (page_index, node) in nodes {
        pages.push(read_page(draft, node, page_index, &list_at.item(page_index))?);
    }
    // The sign-in page is repeated inside the builder; it is a page of its own only where the list lacks it.
    let login_at = at.member("login_page");
    let login = match app.get("login_page").filter(|node| node.kind() == Kind::Object) {
        Some(node) => {
            let id = text::id(node.get("id"));
            match pages.iter().position(|page| page.id.is_some() && page.id == id) {
                Some(position) => Some(position),
                None => {
                    pages.push(read_page(draft, node, pages.len(), &login_at)?);
                    Some(pages.len() - 1)
                }
            }
        }
        None => {
            let named = app.get("login_page").filter(|node| !node.is_null());
            let id = text::id(named.or_else(|| app.get("login_page_id")));
            if named.is_some() && id.is_none() {
                draft.notes.unmapped(
                    login_at,
                    ("不是页面的登录页", "sign-in page that is not a page"),
                    KeptAs::NotKept,
                );
            }
            pages.iter().position(|page| id.is_some() && page.id == id)
        }
    };
    read_portal(draft, app, index, &pages, login, at)
}

fn order(node: Node<'_>) -> f64 {
    text::order(
        node.get("order")
            .filter(|order| order.text().len() < 64)
            .map(Node::value)
            .as_ref(),
    )
}

fn read_page(draft: &mut Draft<'_, '_>, node: Node<'_>, index: usize, at: &At<'_>) -> Result<Mapped, Stop> {
    let id = text::id(node.get("id"));
    let key = draft.claim("page", id, index, at);
    let name = match node.get("shared").map(|shared| shared.value()) {
        // What stands around the other pages has no name there that people are shown.
        Some(Value::Bool(true)) => SHARED.to_owned(),
        _ => draft.name(node.get("name"), "Page", at),
    };
    let path = text::string(node.get("path")).unwrap_or_default();
    let mut needs = Needs::default();
    let mut files = 0;
    let mut page = ObjectText::new();
    page.put("path", &json!(path));
    for (ours, theirs) in [
        ("pathParams", "path_params"),
        ("queryParams", "query_params"),
        ("shared", "shared"),
        ("visibility", "visibility"),
        ("roleType", "role_type"),
        ("roles", "roles"),
    ] {
        if let Some(member) = node.get(theirs)
            && let Some(value) = draft.tree(member, &at.member(theirs))
            && !text::is_empty(&value)
        {
            page.put(ours, &value);
        }
    }
    let elements = parts::write_list(
        draft,
        node.get("elements"),
        &mut needs,
        &at.member("elements"),
        &mut |draft, value, at| {
            files += parts::count_files(value);
            report_type(draft, value, ("页面元素", "element"), &ELEMENTS, at);
        },
    )?;
    page.put_text("elements", &elements);
    let sources = parts::write_list(
        draft,
        node.get("data_sources"),
        &mut needs,
        &at.member("data_sources"),
        &mut |_, _, _| {},
    )?;
    page.put_text("dataSources", &sources);
    let actions = parts::write_list(
        draft,
        node.get("workflow_actions"),
        &mut needs,
        &at.member("workflow_actions"),
        &mut |draft, value, at| report_type(draft, value, ("动作", "action"), &ACTIONS, at),
    )?;
    page.put_text("workflowActions", &actions);
    page.put_text(
        "source",
        &parts::rest(draft, node, &PAGE_MEMBERS, &mut needs, at, &mut |_, _, _, _| true)?,
    );
    if files > 0 {
        draft.notes.unmapped(
            at,
            (
                format!("{files} 张图片的内容"),
                format!("the bytes of {files} pictures"),
            ),
            KeptAs::Metadata,
        );
    }
    let piece = Piece {
        key: key.clone(),
        kind: ComponentKind::CustomPage,
        name,
        definition: JsonText::from_checked(page.finish()),
        dependencies: needs.dependencies.into_iter().collect(),
        features: Vec::new(),
        sample_rows: Vec::new(),
    };
    draft.add(piece, at, node)?;
    Ok(Mapped { id, key, path })
}

fn report_type(draft: &mut Draft<'_, '_>, value: &Value, (zh, en): (&str, &str), known: &[&str], at: &At<'_>) {
    let type_name = value.get("type").and_then(Value::as_str).unwrap_or("unknown");
    if !known.contains(&type_name) {
        draft.notes.unmapped(
            at,
            (
                format!("类型为“{type_name}”的{zh}"),
                format!("{en} of type {type_name:?}"),
            ),
            KeptAs::Definition,
        );
    }
}

fn read_portal(
    draft: &mut Draft<'_, '_>,
    app: Node<'_>,
    index: usize,
    pages: &[Mapped],
    login: Option<usize>,
    at: &At<'_>,
) -> Result<(), Stop> {
    let key = draft.claim("builder", text::id(app.get("id")), index, at);
    let name = draft.name(app.get("name"), "Portal", at);
    let mut needs = Needs::default();
    let spoken_for = [
        "id",
        "name",
        "order",
        "type",
        "pages",
        "integrations",
        "user_sources",
        "login_page",
        "theme",
    ];
    let mut files = 0;
    let source = parts::rest(
        draft,
        app,
        &spoken_for,
        &mut needs,
        at,
        &mut |draft, name, value, at| {
            files += parts::count_files(value);
            let is_code = matches!(name, "custom_code" | "scripts");
            if is_code && holds_code(value) {
                draft.notes.unmapped(
                    at,
                    ("不会运行的代码", "code that the product never runs"),
                    KeptAs::Definition,
                );
            }
            !is_code || holds_code(value)
        },
    )?;
    if files > 0 {
        draft.notes.unmapped(
            at,
            (
                format!("{files} 张图片的内容"),
                format!("the bytes of {files} pictures"),
            ),
            KeptAs::Metadata,
        );
    }
    let theme = match app.get("theme") {
        Some(theme) => draft.tree(theme, &at.member("theme")).unwrap_or_default(),
        None => Value::Null,
    };
    let keys: Vec<&str> = pages.iter().map(|page| page.key.as_str()).collect();
    let mut definition = ObjectText::new();
    definition.put("pages", &json!(keys));
    if let Some(home) = pages.iter().find(|page| page.path == "/") {
        definition.put("home", &json!(home.key));
    }
    if let Some(login) = login {
        definition.put("signIn", &json!(pages[login].key));
    }
    definition.put("theme", &theme);
    definition.put_text("source", &source);
    needs.dependencies.extend(pages.iter().map(|page| page.key.clone()));
    let piece = Piece {
        key,
        kind: ComponentKind::Portal,
        name,
        definition: JsonText::from_checked(definition.finish()),
        dependencies: needs.dependencies.into_iter().collect(),
        features: Vec::new(),
        sample_rows: Vec::new(),
    };
    draft.add(piece, at, app)
}

fn holds_code(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(holds_code),
        other => !text::is_empty(other),
    }
}
