//! The sessions of one side, newest first, live.

use leptos::prelude::*;

use super::{
    address, developer_cell, follow, state_cell,
    steps::{Chosen, buttons, step_dialog},
};
use crate::{
    api::{
        maintenance::{self, MaintenanceFilter, MaintenanceSession, MaintenanceStatus},
        order::OrderParty,
    },
    components::{
        button::{ButtonLink, Look},
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{RowActions, Stack, code, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        table::{action_column, column},
    },
    i18n::{
        Text,
        texts::{common, maintenance as words, shell},
    },
    load::reload_while,
    navigation,
    routes::Portal,
};

/// Hours run out while the page stands open, and nobody tells of it.
const EVERY_MS: u32 = 30_000;

pub fn page(party: OrderParty) -> AnyView {
    let chosen_state = navigation::query("status");
    let list = load_page(move |window| {
        let filter = MaintenanceFilter {
            statuses: statuses(&chosen_state.get()),
            ..MaintenanceFilter::default()
        };
        maintenance::maintenance_sessions(
            window.first,
            window.after,
            window.last,
            window.before,
            party,
            Some(filter),
        )
    });
    let changed = Callback::new(move |()| list.reload());
    follow(party, changed);
    reload_while(list, EVERY_MS, |_| true);
    let chosen: Chosen = RwSignal::new(None);
    let states = vec![
        ("", Text::from(common::ALL)),
        ("waiting", words::FILTER_WAITING.into()),
        ("running", words::FILTER_RUNNING.into()),
        ("over", words::FILTER_OVER.into()),
    ];
    let hint = match party {
        OrderParty::Partner => words::HINT_PARTNER,
        OrderParty::Customer => words::HINT_CUSTOMER,
    };
    view! {
        <PageHeader title=shell::NAV_MAINTENANCE hint=hint />
        <Stack>
            <FilterBar><SelectFilter name="status" label=words::STATE choices=states /></FilterBar>
            {frame(party).show_steadily(list, move |session| row(party, session, chosen))}
        </Stack>
        {step_dialog(chosen, changed)}
    }
    .into_any()
}

fn statuses(value: &str) -> Option<Vec<MaintenanceStatus>> {
    use MaintenanceStatus as S;
    Some(match value {
        "waiting" => vec![S::Requested],
        "running" => vec![S::Granted, S::Active],
        "over" => vec![S::Ended, S::Expired, S::Revoked, S::Declined, S::Withdrawn],
        _ => return None,
    })
}

/// Its columns, and what stands there while nothing does.
fn frame(party: OrderParty) -> PagedList {
    let nothing = move || match party {
        OrderParty::Partner => view! {
            <Empty picture=Icon::Settings title=words::EMPTY_PARTNER hint=words::EMPTY_PARTNER_HINT>
                <ButtonLink label=words::GO_ORDERS href=Portal::Orders.address() />
            </Empty>
        }
        .into_any(),
        OrderParty::Customer => {
            view! { <Empty picture=Icon::Settings title=words::EMPTY_CUSTOMER hint=words::EMPTY_CUSTOMER_HINT /> }
                .into_any()
        }
    };
    let other = match party {
        OrderParty::Partner => words::CUSTOMER,
        OrderParty::Customer => words::PARTNER,
    };
    paged_list(
        shell::NAV_MAINTENANCE,
        vec![
            column(words::APPLICATION),
            column(other),
            column(words::DEVELOPER),
            column(words::REASON),
            column(words::STATE),
            action_column(),
        ],
        nothing,
    )
    .narrowed_by(&["status"])
}

fn row(party: OrderParty, session: MaintenanceSession, chosen: Chosen) -> Vec<AnyView> {
    let other = match party {
        OrderParty::Partner => session.customer.name.clone(),
        OrderParty::Customer => session.partner.name.clone(),
    };
    let name = session.application_name.clone();
    let detail = Text::from(move || format!("{}: {name}", words::DETAIL.get()));
    let (steps, href) = (buttons(&session, true, chosen), address(party, &session.id));
    vec![
        two_lines(
            session.application_name.clone().into_any(),
            code(session.order.number.clone()),
        ),
        other.into_any(),
        developer_cell(&session),
        session.reason.clone().into_any(),
        state_cell(&session),
        view! {
            <RowActions>
                {steps}
                <ButtonLink label=words::DETAIL href=href look=Look::Quiet small=true name=detail />
            </RowActions>
        }
        .into_any(),
    ]
}
