//! An address that leads nowhere, and an object that is not there for this person: the same words for both.

use leptos::prelude::*;

use crate::{
    components::{
        button::{ButtonLink, Look},
        empty::Empty,
        icon::Icon,
        page_header::name_tab,
    },
    i18n::texts::shell,
};

pub fn page() -> AnyView {
    name_tab(shell::NOT_FOUND_TITLE.into());
    view! {
        <h1 class="sr-only">{shell::NOT_FOUND_TITLE}</h1>
        <Empty picture=Icon::Search title=shell::NOT_FOUND_TITLE hint=shell::NOT_FOUND_HINT>
            <ButtonLink label=shell::TO_START href="/" look=Look::Primary />
        </Empty>
    }
    .into_any()
}
