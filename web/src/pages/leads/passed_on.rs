//! What the organisation's people passed on to partners (L24): to whom, when, which data, and whether somebody is in touch.

use leptos::prelude::*;

use super::{source, status};
use crate::{
    api::{
        lead::{self, LeadRow},
        order::OrderParty,
    },
    components::{
        button::ButtonLink,
        empty::Empty,
        icon::Icon,
        layout::{one_line, two_lines},
        page_header::PageHeader,
        paged_list::{load_page, paged_list},
        table::column,
    },
    format,
    i18n::{
        Text, live,
        texts::{leads as words, shell},
    },
    labels,
    routes::Market,
};

pub fn page() -> AnyView {
    let list = load_page(move |window| {
        let party = OrderParty::Customer;
        lead::leads(window.first, window.after, window.last, window.before, party, None)
    });
    let nothing = move || {
        view! {
            <Empty picture=Icon::Chat title=words::NOTHING_PASSED_ON hint=words::NOTHING_PASSED_ON_HINT>
                <ButtonLink label=shell::NAV_MARKET href=Market::Search.address() />
            </Empty>
        }
        .into_any()
    };
    let columns = vec![
        column(words::PRODUCT),
        column(words::PASSED_ON),
        column(words::SOURCE),
        column(words::STATE),
        column(words::AROSE),
    ];
    view! {
        <PageHeader title=shell::NAV_ENQUIRIES hint=words::PASSED_ON_HINT />
        {paged_list(shell::NAV_ENQUIRIES, columns, nothing).show_steadily(list, row)}
    }
    .into_any()
}

fn row(row: LeadRow) -> Vec<AnyView> {
    let data = [row.person_name, row.email, row.phone, row.organization_name];
    let data: Vec<String> = data.into_iter().filter(|it| !it.is_empty()).collect();
    let arose = row.created_at;
    let in_touch = match (row.contacted_at, row.assigned_to) {
        (Some(_), Some(person)) => person.name,
        _ => String::new(),
    };
    vec![
        two_lines(row.product_name.into_any(), row.partner.name.into_any()),
        two_lines(data.join(" · ").into_any(), row.message.into_any()),
        Text::from(source(row.source)).into_view_any(),
        two_lines(labels::state_badge(status(row.status)), in_touch.into_any()),
        one_line(live(move || format::day_of(&arose))),
    ]
}
