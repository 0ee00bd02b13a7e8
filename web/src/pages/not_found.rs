//! An address that leads nowhere, and an object that is not there for this person: the same words for both.

use leptos::prelude::*;

use crate::{
    components::{
        button::{ButtonLink, Look},
        empty::Empty,
        icon::Icon,
        layout::screen_reader_heading,
        page_header::name_tab,
    },
    i18n::texts::shell,
};

pub fn page() -> AnyView {
    name_tab(shell::NOT_FOUND_TITLE.into());
    view! {
        {screen_reader_heading(shell::NOT_FOUND_TITLE)}
        <Empty picture=Icon::Search title=shell::NOT_FOUND_TITLE hint=shell::NOT_FOUND_HINT>
            <ButtonLink label=shell::TO_START href="/" look=Look::Primary />
        </Empty>
    }
    .into_any()
}
