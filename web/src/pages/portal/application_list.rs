//! The partner's applications.

use leptos::prelude::*;

use crate::{
    api::application::{self, ApplicationRow},
    components::{
        button::{ButtonLink, Look},
        empty::Empty,
        icon::Icon,
        layout::{Row, Stack, link, muted, one_line, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::column,
    },
    format,
    i18n::{
        live,
        texts::{portal, shell},
    },
    labels, navigation,
    routes::Portal,
};

pub fn page() -> AnyView {
    let search = navigation::query("q");
    let list = load_page(move |window| {
        application::applications(
            window.first,
            window.after,
            window.last,
            window.before,
            Some(search.get()).filter(|words| !words.is_empty()),
        )
    });
    let import = view! { <ButtonLink label=portal::IMPORT_APPLICATION href=Portal::Import.address() look=Look::Primary leading=Icon::Upload /> }.into_any();
    view! {
        <PageHeader title=shell::NAV_APPLICATIONS hint=portal::APPLICATIONS_HINT actions=import />
        <Stack>
            <Row><SearchBox label=portal::SEARCH_APPLICATIONS /></Row>
            {frame().show(list, row)}
        </Stack>
    }
    .into_any()
}

/// Its columns, and what stands there while nothing does.
fn frame() -> PagedList {
    let nothing = || {
        view! {
            <Empty picture=Icon::Grid title=portal::NO_APPLICATIONS hint=portal::NO_APPLICATIONS_HINT>
                <ButtonLink label=portal::IMPORT_APPLICATION href=Portal::Import.address() look=Look::Primary leading=Icon::Upload />
            </Empty>
        }
        .into_any()
    };
    paged_list(
        shell::NAV_APPLICATIONS,
        vec![
            column(portal::APPLICATION),
            column(portal::ORIGIN),
            column(portal::PUBLISHED_VERSION),
            column(portal::LATEST_VERSION),
            column(portal::DISTRIBUTION),
            column(portal::UPDATED_AT),
        ],
        nothing,
    )
    .narrowed_by(&["q"])
}

fn row(application: ApplicationRow) -> Vec<AnyView> {
    let address = Portal::Application(application.id.inner().to_owned()).address();
    let number = |version: Option<crate::api::application::VersionName>| {
        version.map_or_else(|| muted("—"), |version| version.number.into_any())
    };
    let distribution = match application.distribution_barrier {
        None => muted(portal::DISTRIBUTABLE),
        Some(barrier) => muted(labels::barrier(barrier)),
    };
    let updated = application.updated_at;
    vec![
        two_lines(link(address, application.name), application.summary.into_any()),
        labels::state_badge(labels::origin(application.origin)),
        number(application.published_version),
        number(application.latest_version),
        distribution,
        one_line(live(move || format::day_of(&updated))),
    ]
}
