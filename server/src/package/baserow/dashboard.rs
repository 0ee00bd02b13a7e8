//! A dashboard application becomes a dashboard: its widgets and the data they show.

use serde_json::Value;

use super::draft::{Draft, Piece};
use super::parts::{self, ObjectText};
use super::service::Needs;
use super::text;
use crate::domain::component::ComponentKind;
use crate::package::model::JsonText;
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::Node;

/// Maps a dashboard application.
pub(super) fn read(draft: &mut Draft<'_, '_>, app: Node<'_>, index: usize, at: &At<'_>) -> Result<(), Stop> {
    let key = draft.claim("dashboard", text::id(app.get("id")), index, at);
    let name = draft.name(app.get("name"), "Dashboard", at);
    let mut needs = Needs::default();
    let mut definition = ObjectText::new();
    let widgets = parts::write_list(
        draft,
        app.get("widgets"),
        &mut needs,
        &at.member("widgets"),
        &mut |draft, value, at| {
            let type_name = value.get("type").and_then(Value::as_str).unwrap_or("unknown");
            if !matches!(type_name, "summary" | "chart" | "pie_chart") {
                draft.notes.unmapped(
                    at,
                    (
                        format!("类型为“{type_name}”的图表"),
                        format!("widget of type {type_name:?}"),
                    ),
                    KeptAs::Definition,
                );
            }
        },
    )?;
    definition.put_text("widgets", &widgets);
    let sources = parts::write_list(
        draft,
        app.get("data_sources"),
        &mut needs,
        &at.member("data_sources"),
        &mut |_, _, _| {},
    )?;
    definition.put_text("dataSources", &sources);
    let spoken_for = [
        "name",
        "order",
        "type",
        "widgets",
        "data_sources",
        "integrations",
        "user_sources",
    ];
    let rest = parts::rest(draft, app, &spoken_for, &mut needs, at, &mut |_, _, _, _| true)?;
    definition.put_text("source", &rest);
    let piece = Piece {
        key,
        kind: ComponentKind::Dashboard,
        name,
        definition: JsonText::from_checked(definition.finish()),
        dependencies: needs.dependencies.into_iter().collect(),
        features: Vec::new(),
        sample_rows: Vec::new(),
    };
    draft.add(piece, at, app)
}
