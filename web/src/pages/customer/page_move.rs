//! Putting a page of an application into another folder, or to another place in its own (D19).

use leptos::prelude::*;

use super::folders::{self, in_folders};
use crate::{
    api::instance_page::{self, MovePageInput, PlacedPage},
    components::{
        button::{Button, Submit},
        dialog::{Dialog, open_for},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        field::{Choice, Select, TextInput, choice},
        layout::{Row, Stack, muted},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, pages},
    },
};

/// A page that somebody is about to move, among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub key: String,
    pub name: String,
    pub folder: Option<String>,
    pub pages: Vec<PlacedPage>,
}

/// Most characters of a folder's name.
const LONGEST: u32 = 100;
/// A folder that is not there yet.
const NEW: &str = "new";
const NONE: &str = "none";

/// The value of a folder in the list: what it is called must not be taken for one of the words above.
fn value_of(folder: Option<&str>) -> String {
    folder.map_or_else(|| NONE.to_owned(), |name| format!("in:{name}"))
}

/// The dialog of whatever is chosen. `done` runs once it stands there.
#[component]
pub fn MoveDialog(instance_id: cynic::Id, chosen: RwSignal<Option<Moved>>, done: Callback<()>) -> AnyView {
    dynamic(move || {
        let moved = chosen.get()?;
        let open = open_for(chosen);
        Some(dialog(instance_id.clone(), moved, open, done))
    })
}

fn dialog(instance_id: cynic::Id, moved: Moved, open: RwSignal<bool>, done: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let folder = RwSignal::new(value_of(moved.folder.as_deref()));
    let (named, before) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // Another folder has other pages.
    Effect::new(move |earlier: Option<()>| {
        folder.track();
        if earlier.is_some() {
            before.set(String::new());
        }
    });
    let name = moved.name.clone();
    let moved = StoredValue::new(moved);
    let submit = StoredValue::new(move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let into = moved.with_value(|moved| target(moved, &folder.get_untracked(), named));
        if into.as_ref().is_some_and(String::is_empty) {
            errors.set(vec![FieldError {
                name: "folder".to_owned(),
                message: common::REQUIRED.into(),
            }]);
            return;
        }
        let wanted = Some(before.get_untracked()).filter(|key| !key.is_empty());
        let input = moved.with_value(|moved| MovePageInput {
            instance_id: instance_id.clone(),
            page_key: moved.key.clone(),
            before: wanted.or_else(|| end_of(moved, into.as_deref())),
            folder: into,
        });
        submission.run_form(errors, instance_page::move_page(input), move |_| {
            toast(pages::MOVED);
            let _ = open.try_set(false);
            done.run(());
        });
    });
    let title = Text::from(move || pages::move_title(&name));
    let label = Callback::new(|name: String| {
        Some(Text::from(match name.as_str() {
            "folder" => pages::FOLDER_NAME,
            _ => pages::BEFORE,
        }))
    });
    view! {
        <Dialog open=open title=title>
            <form novalidate=true on:submit=move |event| submit.with_value(|submit| submit(event))>
                <Stack>
                    <ErrorSummary errors=errors labels=label submission=submission />
                    {muted(pages::MOVE_HINT)}
                    <Select name="into" label=pages::FOLDER value=folder errors=errors choices=moved.with_value(places) required=true fixed=true />
                    {dynamic(move || (folder.get() == NEW).then(|| view! {
                        <TextInput name="folder" label=pages::FOLDER_NAME value=named errors=errors limit=LONGEST required=true />
                    }))}
                    {dynamic(move || {
                        let inside = moved.with_value(|moved| neighbours(moved, &folder.get()));
                        (!inside.is_empty()).then(|| view! {
                            <Select name="before" label=pages::BEFORE value=before errors=errors choices=inside empty=pages::AT_END required=true />
                        })
                    })}
                    <Row end=true>
                        <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                        <Submit label=pages::MOVE busy=submission.busy />
                    </Row>
                </Stack>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The folder that was chosen: none, one that is there, or the typed name, which may be empty.
fn target(moved: &Moved, chosen: &str, named: RwSignal<String>) -> Option<String> {
    match chosen {
        NONE => None,
        NEW => Some(named.get_untracked().trim().to_owned()),
        chosen => folders_of(moved)
            .into_iter()
            .flatten()
            .find(|name| value_of(Some(name)) == chosen),
    }
}

fn folders_of(moved: &Moved) -> Vec<Option<String>> {
    in_folders(moved.pages.iter().collect(), |page| page.folder.clone())
        .into_iter()
        .map(|(folder, _)| folder)
        .collect()
}

fn places(moved: &Moved) -> Vec<Choice> {
    let known = folders_of(moved).into_iter().flatten();
    let mut choices = vec![choice(NONE, pages::NO_FOLDER)];
    choices.extend(known.map(|name| choice(value_of(Some(&name)), name)));
    choices.push(choice(NEW, pages::NEW_FOLDER));
    choices
}

/// The pages of the chosen folder, the moved one left out.
fn neighbours(moved: &Moved, chosen: &str) -> Vec<Choice> {
    moved
        .pages
        .iter()
        .filter(|page| page.key != moved.key && value_of(page.folder.as_deref()) == chosen)
        .map(|page| choice(page.key.clone(), page.name.clone()))
        .collect()
}

fn end_of(moved: &Moved, folder: Option<&str>) -> Option<String> {
    let all: Vec<folders::Place<'_>> = moved
        .pages
        .iter()
        .map(|page| (page.key.as_str(), page.folder.as_deref()))
        .collect();
    folders::end_of(&all, &moved.key, folder)
}
