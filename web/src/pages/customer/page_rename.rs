//! Giving a page of an application, or a folder of pages, another name (D19).

use leptos::prelude::*;

use crate::{
    api::instance_page::{self, RenameFolderInput, RenamePageInput},
    components::{
        button::{Button, Submit},
        dialog::{Dialog, open_for},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        field::TextInput,
        layout::{Row, Stack},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, pages},
    },
};

/// What is renamed, and what it is called now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The key of a page; none for a folder.
    pub key: Option<String>,
    pub name: String,
}

/// Most characters of a name.
const LONGEST: u32 = 100;

/// The dialog of whatever is chosen. `done` runs once it has its name.
#[component]
pub fn RenameDialog(instance_id: cynic::Id, chosen: RwSignal<Option<Named>>, done: Callback<()>) -> AnyView {
    dynamic(move || {
        let Named { key, name: old } = chosen.get()?;
        let open = open_for(chosen);
        let submission = Submission::new();
        let errors = Errors::new();
        let name = RwSignal::new(old.clone());
        let (instance_id, folder) = (instance_id.clone(), old.clone());
        let (label, hint) = match key {
            Some(_) => (pages::PAGE_NAME, pages::RENAME_HINT),
            None => (pages::FOLDER_CALLED, pages::RENAME_FOLDER_HINT),
        };
        let is_folder = key.is_none();
        let submit = StoredValue::new(move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let said = name.get_untracked().trim().to_owned();
            if said.is_empty() {
                errors.set(vec![FieldError {
                    name: "name".to_owned(),
                    message: common::REQUIRED.into(),
                }]);
                return;
            }
            let (instance_id, key, folder) = (instance_id.clone(), key.clone(), folder.clone());
            let work = async move {
                match key {
                    Some(page_key) => {
                        let input = RenamePageInput {
                            instance_id,
                            page_key,
                            name: said,
                        };
                        instance_page::rename_page(input).await.map(drop)
                    }
                    None => {
                        let input = RenameFolderInput {
                            instance_id,
                            folder,
                            name: said,
                        };
                        instance_page::rename_folder(input).await.map(drop)
                    }
                }
            };
            submission.run_form(errors, work, move |()| {
                toast(if is_folder {
                    pages::RENAMED_FOLDER
                } else {
                    pages::RENAMED
                });
                let _ = open.try_set(false);
                done.run(());
            });
        });
        let title = Text::from(move || match is_folder {
            true => pages::rename_folder_title(&old),
            false => pages::rename_title(&old),
        });
        Some(view! {
            <Dialog open=open title=title>
                <form novalidate=true on:submit=move |event| submit.with_value(|submit| submit(event))>
                    <Stack>
                        <ErrorSummary errors=errors labels=Callback::new(move |_: String| Some(label.into())) submission=submission />
                        <TextInput name="name" label=label value=name errors=errors limit=LONGEST hint=hint required=true />
                        <Row end=true>
                            <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                            <Submit label=common::SAVE busy=submission.busy />
                        </Row>
                    </Stack>
                </form>
            </Dialog>
        })
    })
}
