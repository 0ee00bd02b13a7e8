//! Long lists of parts (elements, actions, nodes, widgets) are written part by part, so that the tree of only one of
//! them exists at a time.

use serde_json::{Value, json};

use super::draft::Draft;
use super::service::{self, Needs};
use super::text;
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::{Kind, Node};

/// A JSON object that is written member by member.
pub(super) struct ObjectText(String);

impl ObjectText {
    pub fn new() -> Self {
        Self("{".to_owned())
    }

    /// Adds a member whose value is already JSON text.
    pub fn put_text(&mut self, name: &str, value: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&json!(name).to_string());
        self.0.push(':');
        self.0.push_str(value);
    }

    pub fn put(&mut self, name: &str, value: &Value) {
        self.put_text(name, &value.to_string());
    }

    pub fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Writes a list as JSON text, each part settled. `look` sees every part and may report it.
pub(super) fn write_list(
    draft: &mut Draft<'_, '_>,
    list: Option<Node<'_>>,
    needs: &mut Needs,
    at: &At<'_>,
    look: &mut dyn FnMut(&mut Draft<'_, '_>, &Value, &At<'_>),
) -> Result<String, Stop> {
    let mut out = "[".to_owned();
    if let Some(list) = list {
        if !matches!(list.kind(), Kind::Array | Kind::Null) {
            draft
                .notes
                .unmapped(at, ("应为列表的内容", "a list that is none"), KeptAs::NotKept);
        }
        for (index, node) in list.items().enumerate() {
            let at = at.item(index);
            let Some(mut value) = draft.tree(node, &at) else {
                continue;
            };
            look(draft, &value, &at);
            service::settle(draft, &mut value, needs, &at, node)?;
            if out.len() > 1 {
                out.push(',');
            }
            out.push_str(&value.to_string());
        }
    }
    out.push(']');
    Ok(out)
}

/// The members of an object that nothing else speaks for, as JSON text without their secrets. `keep` sees each and may
/// leave it out.
pub(super) fn rest(
    draft: &mut Draft<'_, '_>,
    node: Node<'_>,
    spoken_for: &[&str],
    needs: &mut Needs,
    at: &At<'_>,
    keep: &mut dyn FnMut(&mut Draft<'_, '_>, &str, &Value, &At<'_>) -> bool,
) -> Result<String, Stop> {
    let mut source = ObjectText::new();
    source.put("system", &json!("baserow"));
    for (name, member) in node.members() {
        if spoken_for.contains(&name.as_ref()) || member.is_null() {
            continue;
        }
        let member_at = at.member(&name);
        let Some(value) = draft.tree(member, &member_at) else {
            continue;
        };
        if text::is_empty(&value) || !keep(draft, &name, &value, &member_at) {
            continue;
        }
        // Wrapped, so that a member that is itself named like a secret is seen as one.
        let mut wrapped = json!({ name.as_ref(): value });
        service::settle(draft, &mut wrapped, needs, at, member)?;
        source.put(&name, &wrapped[name.as_ref()]);
    }
    Ok(source.finish())
}

/// How many pictures and files a value names; their bytes are not in the export.
pub(super) fn count_files(value: &Value) -> usize {
    match value {
        Value::Object(members) if members.contains_key("original_name") => 1,
        Value::Object(members) => members.values().map(count_files).sum(),
        Value::Array(items) => items.iter().map(count_files).sum(),
        _ => 0,
    }
}
