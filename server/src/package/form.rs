//! The definition of a form page: a JSON Schema of its records and a UI schema that says how to show them.
//! It checks both and the sample rows against them; what a widget looks like is the front end's business.

use std::collections::HashSet;

use appshelf_rules::form::{DURATION, DURATION_WITH_SECONDS};
use jsonschema::Validator;
use serde_json::Value;

use super::error::{Code, PackageError};
use super::fields;
use super::limits::Limits;
use super::problems::{At, Problems, Stop};
use super::scan;
use super::schema;
use super::walk::{Kind, Node};

/// Every widget that a UI schema may name.
pub const WIDGETS: [&str; 19] = [
    "text",
    "longText",
    "number",
    "rating",
    "boolean",
    "date",
    "dateTime",
    "duration",
    "singleSelect",
    "multiSelect",
    "link",
    "file",
    "email",
    "url",
    "phone",
    "member",
    "department",
    "computed",
    "readOnly",
];

/// How a duration may be written.
const FORMATS: [&str; 2] = [DURATION, DURATION_WITH_SECONDS];

/// A form that was understood.
pub(super) struct Form<'a> {
    validator: Validator,
    properties: HashSet<String>,
    /// Where links point: the path of the target, its node, and the key that it names.
    pub links: Vec<(String, Node<'a>, String)>,
}

/// Checks the definition of a form page that is edited where it runs. Its links lead to one of these form pages.
pub fn check_form(definition: &Value, forms: &[&str]) -> Result<(), PackageError> {
    let limits = Limits::default();
    let text = definition.to_string();
    let text = scan::checked(text.as_bytes(), &limits).map_err(PackageError::one)?;
    let mut problems = Problems::new(text, limits.problems);
    // As many problems as anyone wants to read stop the reading; they are told either way.
    let _ = check_read(Node::root(text), forms, &limits, &mut problems);
    problems.refusal()
}

fn check_read(node: Node<'_>, forms: &[&str], limits: &Limits, problems: &mut Problems<'_>) -> Result<(), Stop> {
    if !fields::is(node, Kind::Object, &At::Root, problems)? {
        return Ok(());
    }
    let Some(form) = read(node, &At::Root, limits, problems)? else {
        return Ok(());
    };
    for (path, node, key) in form.links {
        if !forms.contains(&key.as_str()) {
            problems.add_at(Code::DanglingDependency, path, node, &[&key])?;
        }
    }
    Ok(())
}

/// Reads the definition of a form page; `None` if it has problems.
pub(super) fn read<'a>(
    node: Node<'a>,
    at: &At<'_>,
    limits: &Limits,
    problems: &mut Problems<'_>,
) -> Result<Option<Form<'a>>, Stop> {
    if !fields::is_small(node, at, limits.piece_bytes, problems)? {
        return Ok(None);
    }
    let [schema_node, ui_node, _source] = fields::members(node, at, ["schema", "ui", "source"], problems)?;
    let schema_node = fields::required(schema_node, node, at, "schema", problems)?;
    let ui_node = fields::required(ui_node, node, at, "ui", problems)?;
    let (Some(schema_node), Some(ui_node)) = (schema_node, ui_node) else {
        return Ok(None);
    };
    let schema_value = schema_node.value();
    let validator = match schema::compile(&schema_value) {
        Ok(validator) => validator,
        Err((pointer, reason)) => {
            let path = format!("{}{}", at.member("schema"), path_of(&pointer));
            problems.add_at(Code::InvalidSchema, path, find(schema_node, &pointer), &[&reason])?;
            return Ok(None);
        }
    };
    let properties = schema_value["properties"]
        .as_object()
        .map(|p| p.keys().cloned().collect())
        .unwrap_or_default();
    let mut form = Form {
        validator,
        properties,
        links: Vec::new(),
    };
    read_ui(ui_node, &at.member("ui"), &mut form, problems)?;
    Ok(Some(form))
}

/// Checks one sample row against its form.
pub(super) fn check_row(row: Node<'_>, at: &At<'_>, form: &Form<'_>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    fields::no_duplicates(row, at, problems)?;
    for (name, value) in row.members() {
        if !form.properties.contains(name.as_ref()) {
            let reason = format!("the form has no field {name:?}");
            problems.add(Code::InvalidSampleRow, &at.member(&name), value, &[&reason])?;
        }
    }
    let value = row.value();
    if let Some(error) = form.validator.iter_errors(&value).next() {
        let pointer = error.instance_path().to_string();
        let path = format!("{at}{}", path_of(&pointer));
        problems.add_at(Code::InvalidSampleRow, path, find(row, &pointer), &[&error])?;
    }
    Ok(())
}

fn read_ui<'a>(node: Node<'a>, at: &At<'_>, form: &mut Form<'a>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    let names = ["order", "fields", "titleField", "views", "source"];
    let [order, field_nodes, title, views, _source] = fields::members(node, at, names, problems)?;
    if let Some(order) = order {
        read_order(order, &at.member("order"), form, problems)?;
    }
    if let Some(title) = title {
        known_field(title, &at.member("titleField"), form, problems)?;
    }
    if let Some(views) = views {
        let at = at.member("views");
        if fields::is(views, Kind::Array, &at, problems)? {
            for (index, view) in views.items().enumerate() {
                fields::is(view, Kind::Object, &at.item(index), problems)?;
            }
        }
    }
    let Some(field_nodes) = fields::required(field_nodes, node, at, "fields", problems)? else {
        return Ok(());
    };
    let at = at.member("fields");
    if !fields::is(field_nodes, Kind::Object, &at, problems)? {
        return Ok(());
    }
    fields::no_duplicates(field_nodes, &at, problems)?;
    for (name, field) in field_nodes.members() {
        let at = at.member(&name);
        if !form.properties.contains(name.as_ref()) {
            problems.add(
                Code::InvalidUi,
                &at,
                field,
                &[&format!("the schema has no property {name:?}")],
            )?;
        }
        read_field(field, &at, form, problems)?;
    }
    Ok(())
}

fn read_order(node: Node<'_>, at: &At<'_>, form: &Form<'_>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    let mut seen = HashSet::new();
    if fields::is(node, Kind::Array, at, problems)? {
        for (index, item) in node.items().enumerate() {
            let at = at.item(index);
            known_field(item, &at, form, problems)?;
            if let Some(name) = item.string()
                && !seen.insert(name.clone().into_owned())
            {
                problems.add(
                    Code::InvalidUi,
                    &at,
                    item,
                    &[&format!("the field {name:?} occurs twice")],
                )?;
            }
        }
    }
    Ok(())
}

fn known_field(node: Node<'_>, at: &At<'_>, form: &Form<'_>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    if let Some(name) = fields::string(node, at, problems)?
        && !form.properties.contains(&name)
    {
        problems.add(
            Code::InvalidUi,
            at,
            node,
            &[&format!("the schema has no property {name:?}")],
        )?;
    }
    Ok(())
}

fn read_field<'a>(node: Node<'a>, at: &At<'_>, form: &mut Form<'a>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    const TEXTS: [&str; 5] = ["label", "help", "placeholder", "unit", "group"];
    let names = [
        "widget",
        "label",
        "help",
        "placeholder",
        "unit",
        "group",
        "format",
        "readOnly",
        "richText",
        "target",
        "options",
        "max",
        "source",
    ];
    let [
        widget,
        label,
        help,
        placeholder,
        unit,
        group,
        format,
        read_only,
        rich,
        target,
        options,
        max,
        _source,
    ] = fields::members(node, at, names, problems)?;
    for (name, text) in TEXTS.into_iter().zip([label, help, placeholder, unit, group]) {
        if let Some(text) = text {
            fields::is(text, Kind::String, &at.member(name), problems)?;
        }
    }
    for (name, flag) in [("readOnly", read_only), ("richText", rich)] {
        if let Some(flag) = flag {
            fields::is(flag, Kind::Boolean, &at.member(name), problems)?;
        }
    }
    if let Some(format) = format
        && let Some(name) = fields::string(format, &at.member("format"), problems)?
        && !FORMATS.contains(&name.as_str())
    {
        let what = format!("there is no format {name:?}");
        problems.add(Code::InvalidUi, &at.member("format"), format, &[&what])?;
    }
    if let Some(max) = max {
        fields::is(max, Kind::Number, &at.member("max"), problems)?;
    }
    if let Some(options) = options {
        read_options(options, &at.member("options"), problems)?;
    }
    let mut is_link = false;
    if let Some(widget) = fields::required(widget, node, at, "widget", problems)?
        && let Some(name) = fields::string(widget, &at.member("widget"), problems)?
    {
        is_link = name == "link";
        if !WIDGETS.contains(&name.as_str()) {
            problems.add(
                Code::InvalidUi,
                &at.member("widget"),
                widget,
                &[&format!("there is no widget {name:?}")],
            )?;
        }
    }
    match target {
        Some(target) => {
            let at = at.member("target");
            if let Some(key) = fields::string(target, &at, problems)? {
                form.links.push((at.to_string(), target, key));
            }
        }
        None if is_link => problems.add(Code::MissingMember, at, node, &[&"target"])?,
        None => {}
    }
    Ok(())
}

fn read_options(node: Node<'_>, at: &At<'_>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    if fields::is(node, Kind::Array, at, problems)? {
        for (index, option) in node.items().enumerate() {
            let at = at.item(index);
            let [value, label, color, _source] =
                fields::members(option, &at, ["value", "label", "color", "source"], problems)?;
            fields::required(value, option, &at, "value", problems)?;
            for (name, text) in [("label", label), ("color", color)] {
                if let Some(text) = text {
                    fields::is(text, Kind::String, &at.member(name), problems)?;
                }
            }
        }
    }
    Ok(())
}

/// A JSON pointer in the form of a JSON path.
fn path_of(pointer: &str) -> String {
    let mut path = String::new();
    for step in steps(pointer) {
        match step.parse::<usize>() {
            Ok(index) => path.push_str(&format!("[{index}]")),
            Err(_) => super::scan::push_member(&mut path, &step),
        }
    }
    path
}

/// The value that a JSON pointer names, or the last one on the way.
fn find<'a>(node: Node<'a>, pointer: &str) -> Node<'a> {
    steps(pointer).fold(node, |node, step| {
        let inner = match step.parse::<usize>() {
            Ok(index) if node.kind() == Kind::Array => node.items().nth(index),
            _ => node.get(&step),
        };
        inner.unwrap_or(node)
    })
}

fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The fields of a form page's definition that link to other form pages, with their targets: `(field, target key)`.
/// Such links may run in circles, so they are not dependencies.
pub fn link_targets(definition: &Value) -> Vec<(String, String)> {
    let fields = definition.pointer("/ui/fields").and_then(Value::as_object);
    let target = |field: &Value| field.get("target").and_then(Value::as_str).map(str::to_owned);
    fields
        .into_iter()
        .flatten()
        .filter_map(|(name, field)| Some((name.clone(), target(field)?)))
        .collect()
}
