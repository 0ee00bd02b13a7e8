//! The dialog of one field. What is typed is the form's at once: closing the dialog in whatever way loses nothing.

use leptos::prelude::*;

use super::{
    Editing,
    row::{FieldRow, OptionRow, type_words},
};
use crate::{
    api::application::ComponentKind,
    components::{
        button::{Button, IconButton, Look},
        dialog::{Dialog, open_for},
        dynamic::dynamic,
        field::{Checkbox, Choice, Select, TextInput, choice},
        folded::folded,
        icon::Icon,
        layout::{FieldGrid, Row, Stack, labelled_value, muted, subheading},
        order_buttons::{Place, order_within},
        page_tree::{Leaf, leaf_list},
    },
    forms::{
        Errors,
        definition::{self, OptionDraft, TYPES},
        interned,
    },
    i18n::{
        Text,
        texts::{common, pages},
    },
};

/// Most characters of a name, an option, a help.
const NAME: u32 = 100;
const HELP: u32 = 500;
const UNIT: u32 = 20;
/// Digits of a limit.
const LIMIT: u32 = 20;

pub fn dialog(editing: Editing) -> AnyView {
    dynamic(move || {
        let row = editing.open.get()?;
        let open = open_for(editing.open);
        let title = if row.is_new {
            pages::ADD_FIELD
        } else {
            pages::EDIT_FIELD
        };
        let done = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            open.set(false);
        };
        Some(view! {
            <Dialog open=open title=title>
                <form novalidate=true on:submit=done>{controls(editing, row.clone())}</form>
            </Dialog>
        })
    })
}

fn controls(editing: Editing, row: FieldRow) -> AnyView {
    // What is wrong is told in the list once the form is saved; here nothing hinders. The list carries the keys of fields as
    // names, so that the names here are none.
    let errors = Errors::new();
    let (kind, target) = (row.kind, row.target);
    let locked = row.locked;
    let of_type = match row.is_new {
        true => {
            let types = TYPES.iter().map(|name| choice(*name, type_words(name))).collect();
            view! { <Select name="edited:type" label=pages::FIELD_TYPE value=kind errors=errors choices=types hint=pages::FIELD_TYPE_FIXED required=true fixed=true /> }
                .into_any()
        }
        false => labelled_value(
            pages::FIELD_TYPE,
            Text::from(move || type_words(&kind.get()).get().to_owned()).into_view_any(),
        ),
    };
    let required = match locked {
        true => muted(pages::FIELD_LOCKED),
        false => view! {
            <Checkbox name="edited:required" value=row.required errors=errors hint=pages::FIELD_REQUIRED_HINT>{Text::from(pages::FIELD_REQUIRED)}</Checkbox>
        }
        .into_any(),
    };
    let is_new = row.is_new;
    let options = row.clone();
    one_names_records(editing, &row);
    let further = further(&row, errors);
    let names = row.names;
    view! {
        <Stack>
            <TextInput name="edited:label" label=pages::FIELD_NAME value=row.label errors=errors limit=NAME required=true />
            {of_type}
            {dynamic(move || (is_new && kind.get() == "link").then(|| view! {
                <Select name="edited:target" label=pages::FIELD_TARGET value=target errors=errors choices=targets(editing) required=true />
            }))}
            {dynamic(move || offers(&options).then(|| option_list(editing, &options)))}
            <TextInput name="edited:help" label=pages::FIELD_HELP value=row.help errors=errors limit=HELP hint=pages::FIELD_HELP_HINT />
            {required}
            {dynamic(move || definition::can_name(&kind.get()).then(|| view! {
                <Checkbox name="edited:names" value=names errors=errors hint=pages::NAMES_RECORDS_HINT>{Text::from(pages::NAMES_RECORDS)}</Checkbox>
            }))}
            {(!locked).then_some(further)}
            <Row end=true><crate::components::button::Submit label=common::DONE busy=false /></Row>
        </Stack>
    }
    .into_any()
}

/// Records are called by one field: the one that was ticked last.
fn one_names_records(editing: Editing, row: &FieldRow) {
    let (key, names) = (row.key.clone(), row.names);
    Effect::new(move |_| {
        if names.get() {
            let rows = editing.rows.get_untracked();
            let others = rows.iter().filter(|other| other.key != key);
            others
                .filter(|other| other.names.get_untracked())
                .for_each(|other| other.names.set(false));
        }
    });
}

/// What most fields do without, folded away: the heading above it, what stands in it while it is empty, its unit, its limits.
fn further(row: &FieldRow, errors: Errors) -> AnyView {
    let FieldRow {
        kind,
        placeholder,
        unit,
        group,
        least,
        most,
        pattern,
        ..
    } = row.clone();
    let content = view! {
        <Stack tight=true>
            <TextInput name="edited:group" label=pages::FIELD_GROUP value=group errors=errors limit=NAME hint=pages::FIELD_GROUP_HINT />
            {dynamic(move || definition::has_placeholder(&kind.get()).then(|| view! {
                <TextInput name="edited:placeholder" label=pages::FIELD_PLACEHOLDER value=placeholder errors=errors limit=NAME hint=pages::FIELD_PLACEHOLDER_HINT />
            }))}
            {dynamic(move || definition::has_unit(&kind.get()).then(|| view! {
                <TextInput name="edited:unit" label=pages::FIELD_UNIT value=unit errors=errors limit=UNIT hint=pages::FIELD_UNIT_HINT />
            }))}
            {dynamic(move || definition::bounds(&kind.get()).map(|[_, name]| {
                let (least_words, most_words) = match name {
                    "maxLength" => (pages::LIMIT_LEAST_LETTERS, pages::LIMIT_MOST_LETTERS),
                    _ => (pages::LIMIT_LEAST, pages::LIMIT_MOST),
                };
                view! {
                    <FieldGrid>
                        <TextInput name="edited:least" label=least_words value=least errors=errors limit=LIMIT />
                        <TextInput name="edited:most" label=most_words value=most errors=errors limit=LIMIT />
                    </FieldGrid>
                }
            }))}
            {dynamic(move || definition::has_pattern(&kind.get()).then(|| view! {
                <TextInput name="edited:pattern" label=pages::FIELD_PATTERN value=pattern errors=errors limit=HELP hint=pages::FIELD_PATTERN_HINT />
            }))}
        </Stack>
    };
    folded(pages::FIELD_FURTHER, content.into_any())
}

/// Whether its values are chosen from a list that is its own.
fn offers(row: &FieldRow) -> bool {
    let is_select = matches!(row.kind.get().as_str(), "singleSelect" | "multiSelect");
    is_select && row.lists
}

fn targets(editing: Editing) -> Vec<Choice> {
    editing.app.with_value(|app| {
        let forms = app.pages.iter().filter(|page| page.kind == ComponentKind::FormPage);
        forms.map(|page| choice(page.key.clone(), page.name.clone())).collect()
    })
}

fn option_list(editing: Editing, row: &FieldRow) -> AnyView {
    let options = row.options;
    let add = Callback::new(move |()| {
        let new = editing.within(|| {
            OptionRow::new(OptionDraft {
                value: None,
                label: String::new(),
            })
        });
        let id = crate::forms::field_id(&name_of(&new));
        options.update(|options| options.push(new));
        crate::browser::after(0, move || crate::browser::focus(&id));
    });
    view! {
        <div>
            {subheading(pages::FIELD_OPTIONS)}
            <Stack tight=true>
                {muted(pages::FIELD_OPTIONS_HINT)}
                {dynamic(move || {
                    let list = options.get();
                    let all = list.len();
                    let leaves = list.into_iter().enumerate().map(|(index, option)| option_leaf(options, option, Place { index, all }));
                    (all > 0).then(|| leaf_list(pages::FIELD_OPTIONS, leaves.collect()))
                })}
                <Button label=pages::ADD_OPTION on_press=add look=Look::Plain small=true leading=Icon::Plus />
            </Stack>
        </div>
    }
    .into_any()
}

fn name_of(option: &OptionRow) -> String {
    format!("option-{}", option.number)
}

fn option_leaf(options: RwSignal<Vec<OptionRow>>, option: OptionRow, place: Place) -> Leaf {
    let (id, number, label) = (name_of(&option), option.number, option.label);
    let remove = Callback::new(move |()| options.update(|options| options.retain(|other| other.number != number)));
    let words = Text::from(move || pages::option(&(place.index + 1)));
    let remove_name = Text::from(move || format!("{}: {}", pages::REMOVE_OPTION.get(), label.get()));
    let order = order_within(options, &id, &words, place);
    let name = interned(&id);
    Leaf {
        id: None,
        picture: Icon::Check,
        name: view! { <TextInput name=name label=words.clone() value=label errors=Errors::new() limit=NAME required=true /> }
            .into_any(),
        hint: ().into_any(),
        tools: view! { {order}<IconButton label=remove_name picture=Icon::Trash on_press=remove /> }.into_any(),
    }
}
