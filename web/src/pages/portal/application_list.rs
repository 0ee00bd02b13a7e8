//! The partner's applications.

use leptos::prelude::*;

use crate::{
    api::{
        application::{self, ApplicationPage, ApplicationRow},
        page::Window,
    },
    components::{
        button::{ButtonLink, Look},
        empty::Empty,
        icon::Icon,
        layout::{Row, Stack, link, muted, one_line, two_lines},
        page_header::PageHeader,
        pagination::Pagination,
        search_box::SearchBox,
        skeleton::Skeleton,
        table::{Table, column},
    },
    format,
    i18n::{
        live,
        texts::{portal, shell},
    },
    labels,
    load::{load, show},
    navigation,
    routes::Portal,
};

pub fn page() -> AnyView {
    let search = navigation::query("q");
    let list = load(move || {
        let Window {
            first,
            after,
            last,
            before,
        } = Window::of_address();
        application::applications(
            first,
            after,
            last,
            before,
            Some(search.get()).filter(|words| !words.is_empty()),
        )
    });
    let import = view! { <ButtonLink label=portal::IMPORT_APPLICATION href=Portal::Import.address() look=Look::Primary leading=Icon::Upload /> }.into_any();
    view! {
        <PageHeader title=shell::NAV_APPLICATIONS hint=portal::APPLICATIONS_HINT actions=import />
        <Stack>
            <Row><SearchBox label=portal::SEARCH_APPLICATIONS /></Row>
            {show(list, Skeleton::Rows(6), move |page| rows(page, !search.get_untracked().is_empty()))}
        </Stack>
    }
    .into_any()
}

fn rows(page: ApplicationPage, searched: bool) -> AnyView {
    if page.nodes.is_empty() && searched {
        return view! { <Empty picture=Icon::Search title=portal::NOTHING_FOUND hint=portal::NOTHING_FOUND_HINT /> }
            .into_any();
    }
    if page.nodes.is_empty() {
        return view! {
            <Empty picture=Icon::Grid title=portal::NO_APPLICATIONS hint=portal::NO_APPLICATIONS_HINT>
                <ButtonLink label=portal::IMPORT_APPLICATION href=Portal::Import.address() look=Look::Primary leading=Icon::Upload />
            </Empty>
        }
        .into_any();
    }
    let columns = vec![
        column(portal::APPLICATION),
        column(portal::ORIGIN),
        column(portal::PUBLISHED_VERSION),
        column(portal::LATEST_VERSION),
        column(portal::DISTRIBUTION),
        column(portal::UPDATED_AT),
    ];
    let position = page.page_info.position(page.total_count);
    view! {
        <Stack tight=true>
            <Table label=shell::NAV_APPLICATIONS columns=columns rows=page.nodes.into_iter().map(row).collect() />
            <Pagination position=position />
        </Stack>
    }
    .into_any()
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
