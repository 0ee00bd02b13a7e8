//! The package while it is being made from an export: components with keys of their own, the report, and the limits.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::index::Index;
use super::notes::Notes;
use super::text;
use crate::domain::component::{ComponentKind, Feature};
use crate::package::error::Code;
use crate::package::limits::Limits;
use crate::package::model::{Component, JsonText, SampleRow};
use crate::package::problems::{At, Problems, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::{Kind, Node};

pub(super) struct Draft<'a, 'r> {
    pub limits: &'r Limits,
    pub problems: Problems<'a>,
    pub notes: Notes,
    pub index: Index<'a>,
    /// The connectors that integrations become, by the integration's id; `None` for access to the file's own tables.
    pub integrations: HashMap<i64, Option<String>>,
    pub components: Vec<Component>,
    pub tell: &'r mut dyn FnMut(usize),
    /// The folder of the application that is being read; absent where the file has only one.
    pub folder: Option<String>,
    keys: HashSet<String>,
}

/// A component about to be added.
pub(super) struct Piece {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    pub definition: JsonText,
    pub dependencies: Vec<String>,
    pub features: Vec<Feature>,
    pub sample_rows: Vec<SampleRow>,
}

impl<'a, 'r> Draft<'a, 'r> {
    pub fn new(text: &'a str, limits: &'r Limits, tell: &'r mut dyn FnMut(usize)) -> Self {
        Self {
            limits,
            problems: Problems::new(text, limits.problems),
            notes: Notes::default(),
            index: Index::default(),
            integrations: HashMap::new(),
            components: Vec::new(),
            tell,
            folder: None,
            keys: HashSet::new(),
        }
    }

    /// A key that no other component has, made from the id in the export so that it stays the same in the next one.
    pub fn claim(&mut self, prefix: &str, id: Option<i64>, index: usize, place: &At<'_>) -> String {
        // Negative ids do not occur; a sign would make a key that looks like another.
        let wanted = match id {
            Some(id) if id >= 0 => format!("{prefix}-{id}"),
            _ => format!("{prefix}-x{}", index + 1),
        };
        if self.keys.insert(wanted.clone()) {
            if id.is_none() {
                self.notes.warn(
                    "NO_ID",
                    place,
                    format!("没有 id，标识 {wanted} 取自位置，顺序变化后将视为另一项"),
                    format!("It has no id; its key {wanted} comes from its position and changes with it"),
                );
            }
            return wanted;
        }
        let mut number = 2;
        let key = loop {
            let key = format!("{wanted}-{number}");
            if self.keys.insert(key.clone()) {
                break key;
            }
            number += 1;
        };
        self.notes.warn(
            "DUPLICATE_ID",
            place,
            format!("id 重复，标识改为 {key}"),
            format!("Its id occurs twice; its key is {key}"),
        );
        key
    }

    /// Whether more keys were given out than there may be components.
    pub fn is_full(&self) -> bool {
        self.keys.len() > self.limits.components
    }

    /// Adds a component, unless there are too many.
    pub fn add(&mut self, piece: Piece, at: &At<'_>, node: Node<'_>) -> Result<(), Stop> {
        if self.components.len() >= self.limits.components {
            return Err(self
                .problems
                .last(Code::TooManyComponents, at, node, &[&self.limits.components]));
        }
        let Piece {
            key,
            kind,
            name,
            definition,
            mut dependencies,
            features,
            sample_rows,
        } = piece;
        dependencies.sort_unstable();
        dependencies.dedup();
        dependencies.retain(|dependency| *dependency != key);
        let mut required_features: Vec<Feature> = features.into_iter().chain(kind.implied_feature()).collect();
        required_features.sort_unstable();
        required_features.dedup();
        self.components.push(Component {
            key,
            kind,
            name,
            folder: self.folder.clone(),
            definition,
            dependencies,
            required_features,
            sample_rows,
        });
        (self.tell)(self.problems.offset(node) + node.text().len());
        Ok(())
    }

    /// The tree of a value, if it is small enough to be one; otherwise the report names it.
    pub fn tree(&mut self, node: Node<'_>, at: &At<'_>) -> Option<Value> {
        let small = node.text().len() <= self.limits.piece_bytes;
        if !small {
            self.notes.unmapped(
                at,
                ("过大而未保留的内容", "a part that is too large to keep"),
                KeptAs::NotKept,
            );
        }
        small.then(|| node.value())
    }

    /// The items of a member that should be a list; one that is something else is named.
    pub fn list(&mut self, node: Node<'a>, name: &str, at: &At<'_>) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let list = node.get(name);
        if list.is_some_and(|list| !matches!(list.kind(), Kind::Array | Kind::Null)) {
            let what = (format!("“{name}”不是列表"), format!("{name} that are not a list"));
            self.notes.unmapped(at.member(name), what, KeptAs::NotKept);
        }
        list.into_iter().flat_map(Node::items)
    }

    /// A component's name; says so where it had to be changed.
    pub fn name(&mut self, raw: Option<Node<'_>>, fallback: &str, at: &At<'_>) -> String {
        let raw = text::string(raw);
        let name = text::clean_name(raw.as_deref(), fallback, self.limits.name);
        if raw.as_deref().map(str::trim) != Some(name.as_str()) {
            self.notes.warn(
                "NAME_CHANGED",
                at.member("name"),
                format!("名称缺失、过长或含有控制字符，已改为“{name}”"),
                format!("The name is missing, too long or holds control characters; it is now \"{name}\""),
            );
        }
        name
    }
}
