//! The partner's applications.

use leptos::prelude::*;

use super::channels;
use crate::{
    api::application::{self, ApplicationRow, VersionName},
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
    navigation,
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
            column(portal::VERSION),
            column(portal::CHANNEL_PRODUCT),
            column(portal::CHANNEL_PROMOTION),
            column(portal::CHANNEL_COOL_APP),
            column(portal::DISTRIBUTION),
            column(portal::UPDATED_AT),
        ],
        nothing,
    )
    .narrowed_by(&["q"])
}

fn row(application: ApplicationRow) -> Vec<AnyView> {
    let address = Portal::Application(application.id.inner().to_owned()).address();
    let version = version(&application);
    let [product, promotion, cool_app, distribution] = channels::cells(&application);
    let updated = application.updated_at;
    vec![
        two_lines(link(address, application.name), application.summary.into_any()),
        version,
        product,
        promotion,
        cool_app,
        distribution,
        one_line(live(move || format::day_of(&updated))),
    ]
}

/// The version that is sold and sent, and the newest where it is another.
fn version(of: &ApplicationRow) -> AnyView {
    let number = |version: &Option<VersionName>| version.as_ref().map(|version| version.number.clone());
    let (published, latest) = (number(&of.published_version), number(&of.latest_version));
    let newer = latest.filter(|latest| published.as_ref() != Some(latest));
    let newer = newer.map(|newer| muted(live(move || portal::version_latest(&newer))));
    let published = published.map_or_else(|| muted(portal::VERSION_NONE_PUBLISHED), IntoAny::into_any);
    two_lines(published, newer.into_any())
}
