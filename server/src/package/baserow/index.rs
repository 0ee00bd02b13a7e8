//! What must be known of the whole file before any part of it is mapped: which tables there are, and where each row
//! stands, so that references between rows can be written as positions with a title.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::field::is_computed;
use super::notes::Notes;
use super::text;
use crate::package::error::Code;
use crate::package::limits::Limits;
use crate::package::problems::{At, Problems, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::{Kind, Node};

/// Characters of a row's title.
const TITLE: usize = 80;

/// A table of the file.
pub(super) struct Table<'a> {
    pub node: Node<'a>,
    /// The key of the form page that it becomes.
    pub key: String,
    /// Its rows in their order.
    pub rows: Vec<Node<'a>>,
    by_id: HashMap<i64, u32>,
    titles: Vec<Box<str>>,
}

/// The tables of the file by their ids.
#[derive(Default)]
pub(super) struct Index<'a> {
    tables: HashMap<i64, Rc<Table<'a>>>,
    /// Counted over all tables; every one becomes a sample row.
    rows: usize,
}

impl<'a> Index<'a> {
    /// The ids of all tables.
    pub fn ids(&self) -> HashSet<i64> {
        self.tables.keys().copied().collect()
    }

    pub fn table(&self, id: i64) -> Option<Rc<Table<'a>>> {
        self.tables.get(&id).cloned()
    }

    /// The key of the form page that a table becomes.
    pub fn key(&self, table: i64) -> Option<&str> {
        self.tables.get(&table).map(|table| table.key.as_str())
    }

    /// Where a row stands among its table's rows, and what people call it.
    pub fn row(&self, table: i64, row: i64) -> Option<(u32, &str)> {
        let table = self.tables.get(&table)?;
        let position = *table.by_id.get(&row)?;
        Some((position, table.titles.get(usize::try_from(position).ok()?)?))
    }

    /// Reads the rows' places of one table.
    pub fn survey(
        &mut self,
        node: Node<'a>,
        key: String,
        at: &At<'_>,
        limits: &Limits,
        problems: &mut Problems<'_>,
        notes: &mut Notes,
    ) -> Result<Rc<Table<'a>>, Stop> {
        let primary = primary_field(node);
        let mut rows = Vec::new();
        let mut strangers = 0;
        if let Some(list) = node.get("rows") {
            let at = at.member("rows");
            for (index, row) in list.items().enumerate() {
                self.rows += 1;
                if self.rows > limits.sample_rows {
                    return Err(problems.last(Code::TooManySampleRows, &at.item(index), row, &[&limits.sample_rows]));
                }
                if row.kind() != Kind::Object {
                    strangers += 1;
                } else if row.text().len() > limits.piece_bytes {
                    notes.unmapped(
                        at.item(index),
                        ("过大而未保留的数据行", "row that is too large to keep"),
                        KeptAs::NotKept,
                    );
                } else {
                    rows.push(place(row, primary.as_deref()));
                }
            }
            if strangers > 0 {
                let what = (
                    format!("{strangers} 个不是对象的数据行"),
                    format!("{strangers} rows that are not objects"),
                );
                notes.unmapped(at, what, KeptAs::NotKept);
            }
        }
        // Rows without a readable order keep the order of the file.
        rows.sort_by(|a, b| a.order.total_cmp(&b.order));
        let mut table = Table {
            node,
            key,
            rows: Vec::new(),
            by_id: HashMap::new(),
            titles: Vec::new(),
        };
        for (position, row) in rows.into_iter().enumerate() {
            if let Some(id) = row.id {
                table
                    .by_id
                    .entry(id)
                    .or_insert(u32::try_from(position).unwrap_or(u32::MAX));
            }
            table.titles.push(
                row.title
                    .unwrap_or_else(|| format!("#{}", position + 1).into_boxed_str()),
            );
            table.rows.push(row.node);
        }
        let table = Rc::new(table);
        if let Some(id) = text::id(node.get("id")) {
            self.tables.entry(id).or_insert_with(|| Rc::clone(&table));
        }
        Ok(table)
    }
}

struct Row<'a> {
    node: Node<'a>,
    id: Option<i64>,
    order: f64,
    title: Option<Box<str>>,
}

fn place<'a>(node: Node<'a>, primary: Option<&str>) -> Row<'a> {
    let mut row = Row {
        node,
        id: None,
        order: f64::MAX,
        title: None,
    };
    for (name, value) in node.members() {
        if name == "id" {
            row.id = text::id(Some(value));
        } else if name == "order" {
            row.order = text::order(Some(&value.value()));
        } else if Some(name.as_ref()) == primary {
            row.title = title(value);
        }
    }
    row
}

fn title(value: Node<'_>) -> Option<Box<str>> {
    let text = match value.kind() {
        Kind::String => value.string()?.into_owned(),
        Kind::Number => value.text().to_owned(),
        _ => return None,
    };
    let line = text.split(['\n', '\r']).next().unwrap_or("").trim();
    let short: String = line.chars().filter(|c| !c.is_control()).take(TITLE).collect();
    (!short.is_empty()).then(|| short.into_boxed_str())
}

fn order_of(field: Node<'_>) -> f64 {
    text::order(field.get("order").map(|order| order.value()).as_ref())
}

/// The member of a row that holds what people call it: the primary field's or, where that holds ids or nothing because it is
/// calculated, the first text's.
fn primary_field(table: Node<'_>) -> Option<String> {
    const IDS: [&str; 5] = ["single_select", "multiple_select", "link_row", "file", "password"];
    let says_nothing = |field: &Node<'_>| {
        let kind = text::string(field.get("type"));
        kind.is_some_and(|kind| IDS.contains(&&*kind) || is_computed(&kind))
    };
    let is_text = |field: &Node<'_>| text::string(field.get("type")).as_deref() == Some("text");
    let fields = table.get("fields")?;
    let primary = fields
        .items()
        .find(|field| field.get("primary").is_some_and(|primary| primary.text() == "true"))?;
    let named = Some(primary).filter(|field| !says_nothing(field));
    named
        .or_else(|| {
            fields
                .items()
                .filter(is_text)
                .min_by(|a, b| order_of(*a).total_cmp(&order_of(*b)))
        })
        .and_then(|field| text::id(field.get("id")))
        .map(|id| format!("field_{id}"))
}
