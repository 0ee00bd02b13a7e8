//! The edit of a form while it is typed, kept in this browser: a closed tab loses nothing, and the next visit goes on with it.

use leptos::prelude::*;

use super::{Editing, conflict::Conflict, list::Gone, row::FieldRow};
use crate::{
    api::DateTime,
    browser,
    forms::{
        definition,
        form_draft::{FormDraft, GoneDraft},
    },
    session,
};

/// The name under which this browser keeps it; edits of several people in one browser stay apart.
pub fn name(instance: &cynic::Id, page: &str) -> String {
    let person = session::viewer_now().map_or_else(String::new, |viewer| viewer.user.id.into_inner());
    format!("appshelf.form.{person}.{}.{page}", instance.inner())
}

/// Notes what is typed now; forgets it where nothing differs from what is saved.
pub fn note(editing: Editing, fields: Vec<definition::FieldDraft>, untouched: bool) {
    let text = (!untouched).then(|| {
        let removed = editing.removed.get_untracked().into_iter().map(|gone| GoneDraft {
            field: untrack(|| gone.row.draft()),
            index: gone.index,
            records: gone.records,
        });
        let kept = FormDraft {
            at: js_sys::Date::new_0().to_iso_string().into(),
            base: editing.base.with_untracked(|page| page.definition.0.clone()),
            fields,
            removed: removed.collect(),
        };
        kept.write()
    });
    editing.kept_as.with_value(|name| browser::store(name, text.as_deref()));
}

/// Goes on with what was kept. What somebody else saved since comes under it.
pub fn restore(editing: Editing) {
    let kept = editing.kept_as.with_value(|name| browser::stored(name));
    let Some(kept) = kept.as_deref().and_then(FormDraft::read) else {
        return;
    };
    let newest = editing.base.get_untracked();
    let mut fields = kept.fields;
    if kept.base != newest.definition.0 {
        let rebased = definition::rebase(&kept.base, &newest.definition.0, &fields);
        let by = newest.changed_by.as_ref().map(|by| by.name.clone());
        editing.conflict.set(Some(Conflict::of(&rebased, by)));
        fields = rebased.fields;
    }
    let saved = definition::read(&newest.definition.0);
    let is_there = |gone: &GoneDraft| saved.iter().any(|field| field.key == gone.field.key);
    let removed = kept.removed.into_iter().filter(is_there).map(|gone| Gone {
        row: FieldRow::of(gone.field),
        index: gone.index,
        records: gone.records,
    });
    editing.removed.set(removed.collect());
    editing.rows.set(fields.into_iter().map(FieldRow::of).collect());
    editing.restored.set(Some(DateTime(kept.at)));
}

/// Throws away what was kept and begins anew.
pub fn discard(editing: Editing) {
    let saved = editing.base.with_untracked(|page| definition::read(&page.definition.0));
    editing.errors.set(Vec::new());
    editing.removed.set(Vec::new());
    editing.conflict.set(None);
    editing.restored.set(None);
    editing
        .rows
        .set(saved.into_iter().map(|field| editing.made(field)).collect());
}

/// Forgets it once it is saved.
pub fn forget(editing: Editing) {
    editing.kept_as.with_value(|name| browser::store(name, None));
}
