//! The fields of a form in their order, and those that go when it is saved.

use leptos::prelude::*;

use super::{
    Editing,
    row::{FieldRow, type_words},
};
use crate::{
    components::{
        button::{Button, IconButton, Look},
        dynamic::dynamic,
        icon::Icon,
        layout::{Card, Stack, attention, muted, paragraph, two_lines},
        order_buttons::{Place, order_within},
        page_tree::{Leaf, leaf_list},
    },
    forms::{definition::FieldDraft, field_id},
    i18n::{
        Text, live,
        texts::{common, pages},
    },
};

/// A field that goes when the form is saved, with how many records hold a value of it.
#[derive(Clone, PartialEq)]
pub struct Gone {
    pub row: FieldRow,
    pub index: usize,
    pub records: u64,
}

pub fn fields(editing: Editing) -> AnyView {
    let add = Callback::new(move |()| {
        let new = editing.made(FieldDraft::new(editing.fresh_key()));
        editing.rows.update(|rows| rows.push(new.clone()));
        editing.open.set(Some(new));
    });
    view! {
        <Card title=pages::FIELDS>
            <Stack tight=true>
                {dynamic(move || {
                    let rows = editing.rows.get();
                    if rows.is_empty() {
                        return muted(pages::FIELD_LAST);
                    }
                    let all = rows.len();
                    let leaves = rows.into_iter().enumerate().map(|(index, row)| leaf(editing, row, Place { index, all }));
                    leaf_list(pages::FIELDS, leaves.collect())
                })}
                <Button label=pages::ADD_FIELD on_press=add small=true leading=Icon::Plus />
            </Stack>
        </Card>
    }
    .into_any()
}

fn leaf(editing: Editing, row: FieldRow, place: Place) -> Leaf {
    let edit = {
        let row = row.clone();
        Callback::new(move |()| {
            editing.errors.clear(&row.key);
            editing.open.set(Some(row.clone()));
        })
    };
    let remove = {
        let row = row.clone();
        Callback::new(move |()| match row.is_new {
            true => editing.rows.update(|rows| rows.retain(|other| other.key != row.key)),
            false => editing.doomed.set(Some(row.clone())),
        })
    };
    let named = |words: crate::i18n::Key| {
        let name = row.name();
        Text::from(move || format!("{}: {}", words.get(), name.get()))
    };
    let (edit_name, remove_name) = (named(pages::EDIT_FIELD), named(pages::REMOVE_FIELD));
    let order = order_within(editing.rows, &row.key, &row.name(), place);
    let tools = view! {
        {order}
        <Button label=common::EDIT name=edit_name on_press=edit look=Look::Quiet small=true />
        <IconButton label=remove_name picture=Icon::Trash on_press=remove />
    };
    Leaf {
        id: Some(field_id(&row.key)),
        picture: Icon::List,
        name: row.name().into_view_any(),
        hint: about(editing, &row),
        tools: tools.into_any(),
    }
}

/// The type, whether it must be filled in, its options; and what is wrong with it.
fn about(editing: Editing, row: &FieldRow) -> AnyView {
    let (kind, required, options) = (row.kind, row.required, row.options);
    let names_records = row.names;
    let words = live(move || {
        let mut parts = vec![type_words(&kind.get()).get().to_owned()];
        if required.get() {
            parts.push(pages::FIELD_REQUIRED.get().to_owned());
        }
        if names_records.get() {
            parts.push(pages::TITLE_FIELD.get().to_owned());
        }
        let offered: Vec<String> = options.get().into_iter().map(|option| option.label.get()).collect();
        if !offered.is_empty() {
            parts.push(offered.join(" / "));
        }
        parts.join(" · ")
    });
    let key = row.key.clone();
    let wrong = dynamic(move || editing.errors.of(&key).map(attention));
    two_lines(words.into_view_any(), wrong)
}

pub fn removed(editing: Editing) -> AnyView {
    dynamic(move || {
        let gone = editing.removed.get();
        (!gone.is_empty()).then(|| {
            let leaves: Vec<Leaf> = gone.into_iter().map(|gone| gone_leaf(editing, gone)).collect();
            let list = leaf_list(pages::REMOVED_FIELDS, leaves);
            view! {
                <Card title=pages::REMOVED_FIELDS>
                    <Stack tight=true>
                        {paragraph(pages::REMOVE_FIELD_KEPT)}
                        {list}
                    </Stack>
                </Card>
            }
        })
    })
}

fn gone_leaf(editing: Editing, gone: Gone) -> Leaf {
    let (name, records) = (gone.row.name(), gone.records);
    let words = name.clone();
    let label = Text::from(move || format!("{}: {}", pages::PUT_BACK.get(), words.get()));
    let back = Callback::new(move |()| {
        editing
            .removed
            .update(|list| list.retain(|other| other.row.key != gone.row.key));
        editing.rows.update(|rows| {
            let index = gone.index.min(rows.len());
            rows.insert(index, gone.row.clone());
        });
    });
    Leaf {
        id: None,
        picture: Icon::Trash,
        name: name.into_view_any(),
        hint: held(records).into_view_any(),
        tools: view! { <Button label=pages::PUT_BACK name=label on_press=back small=true /> }.into_any(),
    }
}

/// How many records lose sight of a field.
pub fn held(records: u64) -> Text {
    live(move || match records {
        0 => pages::REMOVE_FIELD_EMPTY.get().to_owned(),
        records => pages::remove_field_held(records),
    })
}
