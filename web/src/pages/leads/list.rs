//! The partner's leads, the newest first; admins see all, other people what was given to them.

use leptos::prelude::*;

use super::{source, status};
use crate::{
    api::{
        lead::{self, LeadFilter, LeadRow, LeadSource, LeadStatus},
        order::OrderParty,
    },
    components::{
        button::ButtonLink,
        empty::Empty,
        export_button::{Asked, Export, export_button},
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{Stack, link, one_line, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        table::column,
    },
    format,
    forms::product::{of_word, word_of},
    i18n::{
        Text, live,
        texts::{common, leads as words, shell},
    },
    labels, navigation,
    routes::Portal,
};

const FILTERS: &[&str] = &["status", "source"];

pub fn page() -> AnyView {
    let [status, source] = ["status", "source"].map(navigation::query);
    let filter = move || LeadFilter {
        status: of_word::<LeadStatus>(&status.get()),
        source: of_word::<LeadSource>(&source.get()),
    };
    let list = load_page(move |window| {
        let party = OrderParty::Partner;
        lead::leads(
            window.first,
            window.after,
            window.last,
            window.before,
            party,
            Some(filter()),
        )
    });
    let asked = Callback::new(move |()| export_query(&filter()));
    let Export { button, problem } = export_button("/exports/leads.csv", words::FILE, asked);
    view! {
        <PageHeader title=shell::NAV_LEADS hint=words::HINT actions=button />
        <Stack>
            <FilterBar>
                <SelectFilter name="status" label=words::STATE choices=states() />
                <SelectFilter name="source" label=words::SOURCE choices=sources() />
            </FilterBar>
            {problem}
            {frame().show_steadily(list, row)}
        </Stack>
    }
    .into_any()
}

fn states() -> Vec<(&'static str, Text)> {
    vec![
        ("", common::ALL.into()),
        ("NEW", words::NEW.into()),
        ("CONTACTED", words::CONTACTED.into()),
        ("WON", words::WON.into()),
        ("LOST", words::LOST.into()),
    ]
}

fn sources() -> Vec<(&'static str, Text)> {
    vec![
        ("", common::ALL.into()),
        ("CONSULTATION", words::CONSULTATION.into()),
        ("TRIAL", words::TRIAL.into()),
        ("ASK_ADMINS", words::ASK_ADMINS.into()),
        ("PROMOTION", words::PROMOTION.into()),
    ]
}

/// The list as the route of the table names it.
fn export_query(filter: &LeadFilter) -> Asked {
    vec![
        ("status", filter.status.map(|status| word_of(&status))),
        ("source", filter.source.map(|source| word_of(&source))),
    ]
}

fn frame() -> PagedList {
    let nothing = move || {
        view! {
            <Empty picture=Icon::Search title=words::EMPTY hint=words::EMPTY_HINT>
                <ButtonLink label=shell::NAV_PRODUCTS href=Portal::Products.address() />
            </Empty>
        }
        .into_any()
    };
    let columns = vec![
        column(words::PERSON),
        column(words::PRODUCT),
        column(words::SOURCE),
        column(words::STATE),
        column(words::ASSIGNED_TO),
        column(words::AROSE),
    ];
    paged_list(shell::NAV_LEADS, columns, nothing).narrowed_by(FILTERS)
}

fn row(row: LeadRow) -> Vec<AnyView> {
    let href = Portal::Lead(row.id.into_inner()).address();
    let person = format!("{} · {}", row.organization_name, row.person_name);
    let (arose, code) = (row.created_at, row.channel_code.unwrap_or_default());
    let looked_after = match row.assigned_to {
        Some(person) => person.name.into_any(),
        None => Text::from(words::NOBODY).into_view_any(),
    };
    vec![
        two_lines(link(href, person), row.message.into_any()),
        row.product_name.into_any(),
        two_lines(Text::from(source(row.source)).into_view_any(), code.into_any()),
        labels::state_badge(status(row.status)),
        looked_after,
        one_line(live(move || format::relative(&arose))),
    ]
}
