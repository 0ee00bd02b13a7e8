//! What a partner can apply for, found by its name. Each leads to the screen on which it is applied for.

use leptos::prelude::*;

use crate::{
    api::session::Role,
    components::{
        dynamic::dynamic,
        layout::{Card, Stack, muted},
        link_list::{Entry, link_list},
        search_box::SearchBox,
    },
    i18n::{Key, texts::approvals as words},
    navigation,
    routes::Portal,
    session,
};

/// Name, what it is for, where it is applied for, and whether an admin alone does so.
fn forms() -> [(Key, Key, String, bool); 5] {
    [
        (
            words::APPLY_COOL_APP,
            words::APPLY_COOL_APP_HINT,
            format!("{}?new=1", Portal::CoolApps.address()),
            true,
        ),
        (
            words::APPLY_PRODUCT,
            words::APPLY_PRODUCT_HINT,
            Portal::Products.address(),
            false,
        ),
        (
            words::APPLY_PERMISSION,
            words::APPLY_PERMISSION_HINT,
            Portal::Permission.address(),
            true,
        ),
        (
            words::APPLY_PROJECT,
            words::APPLY_PROJECT_HINT,
            Portal::NewProject.address(),
            true,
        ),
        (
            words::APPLY_DELISTING,
            words::APPLY_DELISTING_HINT,
            format!("{}?tab=listed", Portal::Products.address()),
            true,
        ),
    ]
}

pub fn card() -> AnyView {
    let search = navigation::query("q");
    view! {
        <Card title=words::FORMS>
            <Stack tight=true>
                <SearchBox label=words::SEARCH wide=true />
                {dynamic(move || found(&search.get()))}
            </Stack>
        </Card>
    }
    .into_any()
}

/// Those whose name or purpose holds the words; by the Chinese name in either language, since that is what people are told to search.
fn found(search: &str) -> AnyView {
    let admin = session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin));
    let wanted = search.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let entries: Vec<Entry> = forms()
        .into_iter()
        .filter(|(_, _, _, admins)| admin || !admins)
        .filter(|(name, hint, ..)| {
            [name, hint]
                .iter()
                .any(|key| key.in_every_language().iter().any(|text| holds(text)))
        })
        .map(|(name, hint, href, _)| Entry {
            href,
            name: name.get().to_owned(),
            line: hint.into(),
            mark: None,
        })
        .collect();
    match entries.is_empty() {
        true => muted(words::NO_FORM),
        false => link_list(entries),
    }
}
