//! The queue of amendments in review, which stands beside that of projects: the overdue ones first.

use leptos::prelude::*;

use super::project_list::due;
use crate::{
    api::amendment::{self, AmendmentStatus, QueuedAmendment},
    components::{
        empty::Empty,
        icon::Icon,
        layout::{link, short_code, two_lines},
        paged_list::{PagedList, load_page, paged_list},
        table::column,
    },
    format,
    i18n::{
        Text, live,
        texts::{operator, portal},
    },
    labels,
    load::reload_while,
    routes::Operator,
};

/// New amendments come in while the queue stands open.
const EVERY_MS: u32 = 20_000;

pub fn queue() -> AnyView {
    let list = load_page(move |window| {
        amendment::amendments(
            window.first,
            window.after,
            window.last,
            window.before,
            Some(AmendmentStatus::InReview),
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    frame().show_steadily(list, row)
}

fn frame() -> PagedList {
    let nothing = || {
        view! { <Empty picture=Icon::Check title=operator::QUEUE_EMPTY hint=operator::AMENDMENTS_EMPTY_HINT /> }
            .into_any()
    };
    paged_list(
        operator::AMENDMENTS,
        vec![
            column(portal::PROJECT),
            column(operator::PARTNER),
            column(portal::CUSTOMER),
            column(portal::WHAT_CHANGES),
            column(portal::PROPOSED_AT),
            column(operator::DUE),
        ],
        nothing,
    )
}

fn row(queued: QueuedAmendment) -> Vec<AnyView> {
    let address = Operator::Amendment(queued.id.inner().to_owned()).address();
    let (number, proposed, changes) = (queued.number, queued.proposed_at, queued.changes);
    let changes = live(move || {
        let names: Vec<String> = changes
            .iter()
            .map(|field| labels::amended_field(*field).get().to_owned())
            .collect();
        format::list(&names)
    });
    vec![
        two_lines(
            link(address, queued.project.name),
            Text::from(move || portal::amendment_number(&number)).into_view_any(),
        ),
        queued.project.partner.name.into_any(),
        two_lines(
            queued.project.customer_name.into_any(),
            short_code(queued.project.customer_corp_id),
        ),
        changes.into_view_any(),
        live(move || format::date_time(&proposed)).into_view_any(),
        due(queued.due_at, queued.overdue),
    ]
}
