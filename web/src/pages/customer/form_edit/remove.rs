//! Removing a field of a form: a dialog that says how many records hold a value of it and what becomes of them.

use leptos::prelude::*;

use super::{
    Editing,
    list::{Gone, held},
    row::FieldRow,
};
use crate::{
    api::instance_page,
    components::{
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        layout::{Stack, paragraph},
        skeleton::Skeleton,
    },
    i18n::{Text, texts::pages},
    load::{Loaded, load, show},
};

pub fn dialog(editing: Editing) -> AnyView {
    dynamic(move || {
        let row = editing.doomed.get()?;
        let open = open_for(editing.doomed);
        let counted = count(editing, &row);
        let name = row.name();
        let title = Text::from(move || pages::remove_field_title(&name.get()));
        let confirm = Callback::new(move |()| {
            // What becomes of how many records is read before anything is removed.
            let Some(records) = counted.peek() else { return };
            let index = editing
                .rows
                .with_untracked(|rows| rows.iter().position(|other| other.key == row.key));
            let gone = Gone {
                row: row.clone(),
                index: index.unwrap_or_default(),
                records,
            };
            editing.rows.update(|rows| rows.retain(|other| other.key != row.key));
            editing.removed.update(|list| list.push(gone));
            editing.errors.clear(&row.key);
            open.set(false);
        });
        let waiting = Signal::derive(move || counted.get().is_none());
        Some(view! {
            <Confirm open=open title=title confirm=pages::REMOVE_FIELD on_confirm=confirm busy=waiting danger=true>
                {show(counted, Skeleton::Lines, |records| view! {
                    <Stack tight=true>
                        {paragraph(held(records))}
                        {(records > 0).then(|| paragraph(pages::REMOVE_FIELD_KEPT))}
                        {paragraph(pages::REMOVE_FIELD_SAVE)}
                    </Stack>
                }.into_any())}
            </Confirm>
        })
    })
}

fn count(editing: Editing, row: &FieldRow) -> Loaded<u64> {
    let field = row.key.clone();
    let id = editing.app.with_value(|app| app.id.clone());
    let key = editing.base.with_untracked(|page| page.key.clone());
    load(move || instance_page::records_holding(id.clone(), key.clone(), field.clone()))
}
