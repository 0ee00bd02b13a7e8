//! Giving a page of an application another name (D19).

use leptos::prelude::*;

use crate::{
    api::instance_page::{self, RenamePageInput},
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

/// A page and what it is called now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub key: String,
    pub name: String,
}

/// Most characters of a name.
const LONGEST: u32 = 100;

/// The dialog of whatever is chosen. `done` runs once it has its name.
#[component]
pub fn RenameDialog(instance_id: cynic::Id, chosen: RwSignal<Option<Named>>, done: Callback<()>) -> AnyView {
    dynamic(move || {
        let page = chosen.get()?;
        let open = open_for(chosen);
        let submission = Submission::new();
        let errors = Errors::new();
        let name = RwSignal::new(page.name.clone());
        let (id, key) = (instance_id.clone(), page.key);
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
            let input = RenamePageInput {
                instance_id: id.clone(),
                page_key: key.clone(),
                name: said,
            };
            submission.run_form(errors, instance_page::rename_page(input), move |_| {
                toast(pages::RENAMED);
                let _ = open.try_set(false);
                done.run(());
            });
        });
        let old = page.name;
        let title = Text::from(move || pages::rename_title(&old));
        Some(view! {
            <Dialog open=open title=title>
                <form novalidate=true on:submit=move |event| submit.with_value(|submit| submit(event))>
                    <Stack>
                        <ErrorSummary errors=errors labels=Callback::new(|_: String| Some(pages::PAGE_NAME.into())) submission=submission />
                        <TextInput name="name" label=pages::PAGE_NAME value=name errors=errors limit=LONGEST hint=pages::RENAME_HINT required=true />
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
