//! What waits for open-platform operators (L22): applications to list cool apps, the overdue and soonest due first; and every one that
//! was handed in.

use leptos::prelude::*;

use super::product_review_list::due;
use crate::{
    api::{
        cool_app::{self, CoolAppRow, CoolAppStatus},
        file::picture_url,
        session::Role,
    },
    components::{
        dynamic::dynamic,
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{Stack, code, link, muted, two_lines},
        page_header::PageHeader,
        paged_list::{load_page, paged_list},
        review_field::named_with_picture,
        table::column,
        tabs::{Tabs, tab},
    },
    format,
    i18n::{
        live,
        texts::{common, cool_apps as words, reviews, shell},
    },
    labels,
    load::reload_while,
    navigation,
    pages::not_found,
    routes::Operator,
    session,
};

/// New ones come in while the queue stands open.
const EVERY_MS: u32 = 20_000;

pub fn page() -> AnyView {
    if !session::viewer_now().is_some_and(|viewer| viewer.is(Role::OpenPlatformOperator)) {
        return not_found::page();
    }
    let chosen = navigation::query("list");
    let tabs = vec![tab("", reviews::TAB_WAITING), tab("all", reviews::TAB_ALL)];
    view! {
        <PageHeader title=shell::NAV_REVIEW_COOL_APPS hint=words::QUEUE_HINT />
        <Stack>
            <Tabs name="list" label=reviews::LISTS tabs=tabs />
            {dynamic(move || match chosen.get().as_str() {
                "all" => everything(),
                _ => queue(),
            })}
        </Stack>
    }
    .into_any()
}

fn queue() -> AnyView {
    let list =
        load_page(move |window| cool_app::cool_app_reviews(window.first, window.after, window.last, window.before));
    reload_while(list, EVERY_MS, |_| true);
    let columns = vec![
        column(words::COOL_APP),
        column(reviews::PARTNER),
        column(reviews::WHAT),
        column(reviews::SUBMITTED),
        column(reviews::DUE),
    ];
    let nothing =
        || view! { <Empty picture=Icon::Check title=reviews::QUEUE_EMPTY hint=words::QUEUE_EMPTY_HINT /> }.into_any();
    paged_list(reviews::TAB_WAITING, columns, nothing).show_steadily(list, |app: CoolAppRow| {
        let kind = match app.status {
            CoolAppStatus::UpdateSubmitted => reviews::KIND_CHANGE,
            _ => reviews::KIND_FIRST,
        };
        let kind = live(move || kind.get().to_owned()).into_view_any();
        vec![
            name(&app),
            two_lines(app.partner.name.clone().into_any(), app.product.name.clone().into_any()),
            kind,
            submitted(&app),
            app.due_at.clone().map_or_else(|| muted("—"), |at| due(at, app.overdue)),
        ]
    })
}

fn everything() -> AnyView {
    let status = navigation::query("status");
    let list = load_page(move |window| {
        let status = status_of(&status.get());
        cool_app::cool_app_applications(window.first, window.after, window.last, window.before, status)
    });
    reload_while(list, EVERY_MS, |_| true);
    let choices = vec![
        ("", common::ALL.into()),
        ("approved", words::STATUS_APPROVED.into()),
        ("rejected", words::STATUS_REJECTED.into()),
        ("delisted", words::STATUS_DELISTED.into()),
    ];
    let columns = vec![
        column(words::COOL_APP),
        column(reviews::PARTNER),
        column(reviews::STATUS),
        column(reviews::SUBMITTED),
    ];
    let nothing =
        || view! { <Empty picture=Icon::Grid title=reviews::ALL_EMPTY hint=words::ALL_EMPTY_HINT /> }.into_any();
    let frame = paged_list(reviews::TAB_ALL, columns, nothing).narrowed_by(&["status"]);
    let rows = frame.show_steadily(list, |app: CoolAppRow| {
        vec![
            name(&app),
            two_lines(app.partner.name.clone().into_any(), app.product.name.clone().into_any()),
            labels::state_badge(labels::cool_app::cool_app(app.status)),
            submitted(&app),
        ]
    });
    view! {
        <FilterBar><SelectFilter name="status" label=reviews::STATUS choices=choices /></FilterBar>
        {rows}
    }
    .into_any()
}

fn status_of(value: &str) -> Option<CoolAppStatus> {
    Some(match value {
        "approved" => CoolAppStatus::Approved,
        "rejected" => CoolAppStatus::Rejected,
        "delisted" => CoolAppStatus::Delisted,
        _ => return None,
    })
}

fn name(app: &CoolAppRow) -> AnyView {
    let icon = app.content.as_ref().and_then(|content| content.icon_id.as_ref());
    let own = Operator::CoolApp(app.id.inner().to_owned()).address();
    let words = two_lines(link(own, app.name.clone()), code(app.code.clone()));
    named_with_picture(icon.map(|id| picture_url(id.inner())), words)
}

fn submitted(app: &CoolAppRow) -> AnyView {
    let by = app.submitted_by.as_ref().map(|by| by.name.clone()).unwrap_or_default();
    let at = app.submitted_at.clone();
    let at = live(move || at.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any();
    two_lines(at, by.into_any())
}
