//! The audit log: who did what to which object, with what stood there before and after. Whose entries are shown is the
//! server's word.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::audit::{self, AuditEntry},
    browser,
    components::{
        badge::{Tone, badge},
        empty::Empty,
        facts::{fact, facts},
        folded::folded,
        icon::Icon,
        json_diff::json_diff,
        layout::{Row, Stack, code, link, one_line, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::column,
    },
    format,
    i18n::{
        Text, live,
        texts::{operator, shell},
    },
    navigation,
    pages::audit_action,
    routes::{Customer, Route},
};

pub fn page() -> AnyView {
    let object = navigation::query("object");
    let list = load_page(move |window| {
        let object = Some(object.get()).filter(|id| !id.is_empty());
        audit::audit_entries(window.first, window.after, window.last, window.before, object, None)
    });
    view! {
        <PageHeader title=shell::NAV_AUDIT hint=operator::AUDIT_HINT />
        <Stack>
            <Row>
                <SearchBox label=operator::AUDIT_OBJECT name="object" />
                {dynamic(move || object.with(|id| !id.is_empty()).then(|| link(navigation::address_with(&[("object", "")]), operator::AUDIT_ALL)))}
            </Row>
            {frame().show(list, row)}
        </Stack>
    }
    .into_any()
}

/// Its columns, and what stands there while nothing does.
fn frame() -> PagedList {
    let nothing = || {
        view! { <Empty picture=Icon::Clock title=operator::AUDIT_EMPTY hint=operator::AUDIT_EMPTY_HINT /> }.into_any()
    };
    paged_list(
        shell::NAV_AUDIT,
        vec![
            column(operator::AUDIT_WHEN),
            column(operator::AUDIT_WHO),
            column(operator::AUDIT_ACTION),
            column(operator::AUDIT_WHAT),
            column(operator::AUDIT_CHANGE),
        ],
        nothing,
    )
    .narrowed_by(&["object"])
    .advice(operator::AUDIT_OBJECT_HINT)
}

fn row(entry: AuditEntry) -> Vec<AnyView> {
    let at = entry.at.clone();
    let object = format!(
        "{}?object={}",
        Route::Audit.address(),
        browser::encode(&entry.object_id)
    );
    let label = if entry.object_label.is_empty() {
        entry.object_id.clone()
    } else {
        entry.object_label.clone()
    };
    vec![
        one_line(live(move || format::date_time(&at))),
        two_lines(entry.actor_label.clone().into_any(), acted_for(&entry)),
        action(&entry.action),
        link(object, label),
        details(entry),
    ]
}

/// The organisation that the person acted for and, of a partner's developer, the remote maintenance that let them in (D31).
fn acted_for(entry: &AuditEntry) -> AnyView {
    let organization = entry
        .acting_organization
        .as_ref()
        .map_or_else(String::new, |one| one.name.clone());
    let Some(behalf) = &entry.on_behalf else {
        return organization.into_any();
    };
    let session = Customer::MaintenanceSession(behalf.maintenance_session_id.inner().to_owned()).address();
    let reason = behalf.reason.clone();
    let words = Text::from(move || operator::audit_in_maintenance(&reason));
    view! { {organization}<br />{link(session, words)} }.into_any()
}

/// The step in words.
fn action(name: &str) -> AnyView {
    match audit_action::words(name) {
        Some(words) => Text::from(words).into_view_any(),
        None => code(name),
    }
}

/// What changed, and the names by which programs know it.
fn details(entry: AuditEntry) -> AnyView {
    let before = entry.before.map(|json| json.0).unwrap_or_default();
    let after = entry.after.map(|json| json.0).unwrap_or_default();
    let sealed = if entry.sealed {
        badge(Tone::Good, operator::AUDIT_SEALED)
    } else {
        badge(Tone::Neutral, operator::AUDIT_UNSEALED)
    };
    let more = facts(vec![
        fact(operator::AUDIT_OBJECT_ID, code(entry.object_id)),
        fact(operator::AUDIT_ACTION_NAME, code(entry.action)),
        fact(operator::AUDIT_REQUEST, code(entry.request_id)),
        fact(operator::AUDIT_SEAL, sealed),
    ]);
    let content = view! { <Stack tight=true>{json_diff(&before, &after)}{more}</Stack> }.into_any();
    folded(Text::from(operator::AUDIT_SHOW), content)
}
