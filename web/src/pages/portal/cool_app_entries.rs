//! The entries of a cool app in its form: one to three, each with its name, address, icon and how it opens.

use leptos::prelude::*;

use super::cool_app_form::{NAME, first, one_id};
use crate::{
    api::{
        cool_app::{CoolAppEntry, CoolAppEntryInput},
        file::Purpose,
    },
    components::{
        button::{Button, Look},
        dynamic::dynamic,
        field::{Field, Kind, Select, TextInput, choice},
        icon::Icon,
        layout::{FieldGrid, Row, Stack, Surface, muted, subheading},
        picture_drop::{Pictures, picture_drop},
    },
    forms::{
        Errors, interned,
        product::{of_word, word_of},
    },
    i18n::{Text, live, texts::cool_apps as words},
    labels::cool_app::OPEN_MODES,
};

/// Entries that a cool app has at most.
const MOST: usize = 3;

/// One entry as it is typed.
#[derive(Clone, Copy)]
pub struct EntryRow {
    name: RwSignal<String>,
    url: RwSignal<String>,
    icon: RwSignal<Vec<String>>,
    mode: RwSignal<String>,
}

pub type Rows = RwSignal<Vec<EntryRow>>;

impl EntryRow {
    fn empty() -> Self {
        Self {
            name: RwSignal::default(),
            url: RwSignal::new("https://".to_owned()),
            icon: RwSignal::default(),
            mode: RwSignal::default(),
        }
    }

    fn of(entry: &CoolAppEntry) -> Self {
        Self {
            name: RwSignal::new(entry.name.clone()),
            url: RwSignal::new(entry.url.clone()),
            icon: one_id(entry.icon_id.as_ref()),
            mode: RwSignal::new(entry.open_mode.as_ref().map(word_of).unwrap_or_default()),
        }
    }
}

/// The entries of what was read; one to begin with where there is none.
pub fn of(entries: &[CoolAppEntry]) -> Rows {
    let mut rows: Vec<EntryRow> = entries.iter().map(EntryRow::of).collect();
    if rows.is_empty() {
        rows.push(EntryRow::empty());
    }
    RwSignal::new(rows)
}

/// What is sent.
pub fn input(rows: Rows) -> Vec<CoolAppEntryInput> {
    let entry = |row: EntryRow| CoolAppEntryInput {
        name: row.name.get(),
        url: row.url.get(),
        icon_id: first(row.icon),
        open_mode: of_word(&row.mode.get()),
    };
    rows.get().into_iter().map(entry).collect()
}

pub fn view(rows: Rows, errors: Errors) -> AnyView {
    let add = Callback::new(move |()| rows.update(|rows| rows.push(EntryRow::empty())));
    view! {
        <Stack>
            {muted(words::ENTRIES_HINT)}
            <Field name="entries" label=words::ENTRIES errors=errors hint=None required=true group=true>
                {dynamic(move || {
                    let all = rows.get();
                    let alone = all.len() == 1;
                    let shown: Vec<AnyView> = all.into_iter().enumerate().map(|(at, row)| entry(rows, at, row, alone, errors)).collect();
                    view! { <Stack tight=true>{shown}</Stack> }
                })}
            </Field>
            {dynamic(move || (rows.with(Vec::len) < MOST).then(|| view! {
                <Row><Button label=words::ADD_ENTRY on_press=add leading=Icon::Plus small=true /></Row>
            }))}
        </Stack>
    }
    .into_any()
}

fn entry(rows: Rows, at: usize, row: EntryRow, alone: bool, errors: Errors) -> AnyView {
    let field = move |field: &str| interned(&format!("entries.{at}.{field}"));
    let title = live(move || words::entry_number(&(at + 1)));
    let named = {
        let title = title.clone();
        Text::from(move || format!("{}: {}", words::REMOVE_ENTRY.get(), title.get()))
    };
    let remove = Callback::new(move |()| {
        rows.update(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
    });
    let remove = (!alone).then(
        || view! { <Button label=words::REMOVE_ENTRY name=named on_press=remove look=Look::Quiet small=true leading=Icon::Trash /> },
    );
    let modes = OPEN_MODES.iter().map(|(word, label)| choice(*word, *label)).collect();
    let icon = picture_drop(Pictures {
        name: field("iconId"),
        label: words::ICON.into(),
        hint: words::ENTRY_ICON_HINT.into(),
        words: words::ICON.into(),
        purpose: Purpose::CoolAppEntryIcon,
        most: 1,
        value: row.icon,
        errors,
    });
    view! {
        <Surface>
            <Stack tight=true>
                <Row spread=true>{subheading(title)}{remove}</Row>
                <FieldGrid>
                    <TextInput name=field("name") label=words::NAME hint=words::NAME_HINT value=row.name errors=errors required=true limit=NAME />
                    <Select name=field("openMode") label=words::OPEN_MODE value=row.mode errors=errors choices=modes required=true />
                    <TextInput name=field("url") label=words::ADDRESS hint=words::ADDRESS_HINT value=row.url errors=errors kind=Kind::Url required=true />
                    {icon}
                </FieldGrid>
            </Stack>
        </Surface>
    }
    .into_any()
}
