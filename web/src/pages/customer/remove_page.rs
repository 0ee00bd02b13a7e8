//! Removing a page of an application (D16, D19): a dialog that names what follows.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::page_delivery::{self, RemoveInstancePageInput},
    components::{
        dialog::{Confirm, open_for},
        layout::paragraph,
        toast::toast,
    },
    forms::submission::Submission,
    i18n::{Text, texts::customer},
};

/// A page that somebody is about to remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    pub key: String,
    pub name: String,
}

/// The dialog of whatever is chosen. `done` runs once it is removed.
#[component]
pub fn RemovePageDialog(instance_id: cynic::Id, chosen: RwSignal<Option<Doomed>>, done: Callback<()>) -> AnyView {
    dynamic(move || {
        let page = chosen.get()?;
        let open = open_for(chosen);
        let submission = Submission::new();
        let (id, key, name) = (instance_id.clone(), page.key, page.name);
        let confirm = Callback::new(move |()| {
            let input = RemoveInstancePageInput {
                instance_id: id.clone(),
                page_key: key.clone(),
            };
            submission.run(page_delivery::remove_instance_page(input), move |_| {
                toast(customer::PAGE_REMOVED);
                let _ = open.try_set(false);
                done.run(());
            });
        });
        let title = Text::from(move || customer::remove_page_title(&name));
        Some(view! {
            <Confirm open=open title=title confirm=customer::REMOVE_PAGE on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
                {paragraph(customer::REMOVE_PAGE_EFFECT)}
            </Confirm>
        })
    })
}
