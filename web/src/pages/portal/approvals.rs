//! 审批: what a partner can apply for, found by its name. Each leads to the screen on which it is applied for.

use leptos::prelude::*;

use crate::{
    api::session::Role,
    components::{
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Card, Stack},
        link_list::{Entry, link_list},
        page_header::PageHeader,
        search_box::SearchBox,
    },
    i18n::{
        Key,
        texts::{cool_apps as words, portal, shell},
    },
    navigation,
    routes::Portal,
    session,
};

/// Name, what it is for, where it is applied for, and whether an admin alone does so.
fn applications() -> [(Key, Key, String, bool); 4] {
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
    ]
}

pub fn page() -> AnyView {
    let search = navigation::query("q");
    view! {
        <PageHeader title=shell::NAV_APPROVALS hint=words::APPROVALS_HINT />
        <Stack>
            <SearchBox label=words::SEARCH_APPROVALS />
            {dynamic(move || found(&search.get()))}
        </Stack>
    }
    .into_any()
}

/// Those whose name or purpose holds the words; by the Chinese name in either language, since that is what people are told to search.
fn found(search: &str) -> AnyView {
    let admin = session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin));
    let wanted = search.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let entries: Vec<Entry> = applications()
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
    if entries.is_empty() {
        return view! { <Empty picture=Icon::Search title=portal::NOTHING_FOUND hint=words::APPROVALS_NONE /> }
            .into_any();
    }
    view! { <Card title=words::APPLICATIONS>{link_list(entries)}</Card> }.into_any()
}
