//! What stayed as it is because the customer had changed it.

use leptos::prelude::*;

use crate::{
    api::rollout::KeptComponent,
    components::layout::bullets,
    i18n::{Text, texts::rollout as words},
};

pub fn kept(parts: &[KeptComponent]) -> AnyView {
    if parts.is_empty() {
        return ().into_any();
    }
    bullets(parts.iter().cloned().map(|part| said(part).into_view_any()).collect())
}

fn said(part: KeptComponent) -> Text {
    Text::from(move || match (part.removed, part.changes.is_empty()) {
        (true, _) => words::kept_removed(&part.name),
        (false, true) => part.name.clone(),
        (false, false) => words::kept_changed(&part.name, &part.changes.join("; ")),
    })
}
