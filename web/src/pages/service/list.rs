//! The requests of one side, the one in which something was written last first, live.

use leptos::prelude::*;

use super::{address, changes, follow, overview, taken::taken};
use crate::{
    api::{
        Problem, application, instance,
        order::OrderParty,
        service_request::{self, ServiceRequestFilter, ServiceRequestKind, ServiceRequestRow, ServiceRequestStatus},
    },
    components::{
        button::{ButtonLink, Look},
        dynamic::dynamic,
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{Stack, link, one_line, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        table::column,
    },
    format,
    forms::interned,
    i18n::{
        Text, live,
        texts::{common, service as words, shell},
    },
    labels,
    load::load,
    navigation,
    routes::{Customer, Portal},
};

/// The names of the filters in the address.
const FILTERS: &[&str] = &["status", "kind", "app"];
/// Applications to choose from.
const APPLICATIONS: i32 = 100;

pub fn page(party: OrderParty) -> AnyView {
    let [status, kind, app] = ["status", "kind", "app"].map(navigation::query);
    let list = load_page(move |window| {
        let chosen = Some(app.get()).filter(|id| !id.is_empty()).map(cynic::Id::new);
        let (application_id, instance_id) = match party {
            OrderParty::Partner => (chosen, None),
            OrderParty::Customer => (None, chosen),
        };
        let filter = ServiceRequestFilter {
            application_id,
            instance_id,
            kind: kind_of(&kind.get()),
            status: status_of(&status.get()),
        };
        service_request::service_requests(
            window.first,
            window.after,
            window.last,
            window.before,
            party,
            Some(filter),
        )
    });
    let figures = (party == OrderParty::Partner).then(overview::load_figures);
    let changed = Callback::new(move |()| {
        list.reload();
        if let Some(figures) = figures {
            figures.reload();
        }
    });
    follow(service_request::service_requests_changed(party, changes(changed)));
    let (hint, ask) = match party {
        OrderParty::Partner => (words::HINT_PARTNER, ().into_any()),
        OrderParty::Customer => (words::HINT_CUSTOMER, ask()),
    };
    view! {
        <PageHeader title=shell::NAV_SERVICE hint=hint actions=ask />
        <Stack>
            {figures.map(overview::figures)}
            {filters(party)}
            {frame(party).show_steadily(list, move |request| row(party, request))}
        </Stack>
    }
    .into_any()
}

fn ask() -> AnyView {
    view! { <ButtonLink label=words::NEW href=Customer::NewServiceRequest.address() look=Look::Primary leading=Icon::Plus /> }
        .into_any()
}

fn filters(party: OrderParty) -> AnyView {
    let states = vec![
        ("", Text::from(common::ALL)),
        ("open", words::OPEN.into()),
        ("answered", words::ANSWERED.into()),
        ("closed", words::CLOSED.into()),
    ];
    let kinds = vec![
        ("", Text::from(common::ALL)),
        ("question", words::QUESTION.into()),
        ("fault", words::FAULT.into()),
        ("change", words::CHANGE.into()),
    ];
    let applications = load(move || applications(party));
    view! {
        <FilterBar>
            <SelectFilter name="status" label=words::STATE choices=states />
            <SelectFilter name="kind" label=words::KIND choices=kinds />
            {dynamic(move || applications.get().map(|names| {
                let all = ("", Text::from(common::ALL));
                let named = names.into_iter().map(|(id, name)| (interned(&id), name.into()));
                let choices = std::iter::once(all).chain(named).collect();
                view! { <SelectFilter name="app" label=words::APPLICATION choices=choices /> }
            }))}
        </FilterBar>
    }
    .into_any()
}

/// Ids and names of what a list can be narrowed to: what the partner makes, or what the customer has.
async fn applications(party: OrderParty) -> Result<Vec<(String, String)>, Problem> {
    let first = Some(APPLICATIONS);
    Ok(match party {
        OrderParty::Partner => {
            let page = application::applications(first, None, None, None, None).await?;
            let named = page.nodes.into_iter().map(|it| (it.id.into_inner(), it.name));
            named.collect()
        }
        OrderParty::Customer => {
            let page = instance::app_instances(first, None, None, None, None, None).await?;
            let named = page.nodes.into_iter().map(|it| (it.id.into_inner(), it.name));
            named.collect()
        }
    })
}

fn status_of(value: &str) -> Option<ServiceRequestStatus> {
    Some(match value {
        "open" => ServiceRequestStatus::Open,
        "answered" => ServiceRequestStatus::Answered,
        "closed" => ServiceRequestStatus::Closed,
        _ => return None,
    })
}

fn kind_of(value: &str) -> Option<ServiceRequestKind> {
    Some(match value {
        "question" => ServiceRequestKind::Question,
        "fault" => ServiceRequestKind::Fault,
        "change" => ServiceRequestKind::Change,
        _ => return None,
    })
}

/// Its columns, and what stands there while nothing does.
fn frame(party: OrderParty) -> PagedList {
    let nothing = move || match party {
        OrderParty::Partner => view! {
            <Empty picture=Icon::Chat title=words::EMPTY_PARTNER hint=words::EMPTY_PARTNER_HINT>
                <ButtonLink label=shell::NAV_ORDERS href=Portal::Orders.address() />
            </Empty>
        }
        .into_any(),
        OrderParty::Customer => {
            let ask = ask();
            view! { <Empty picture=Icon::Chat title=words::EMPTY_CUSTOMER hint=words::EMPTY_CUSTOMER_HINT>{ask}</Empty> }
                .into_any()
        }
    };
    let other = match party {
        OrderParty::Partner => words::CUSTOMER,
        OrderParty::Customer => words::PARTNER,
    };
    let columns = vec![
        column(words::REQUEST),
        column(words::APPLICATION),
        column(other),
        column(words::STATE),
        column(words::FIRST_RESPONSE),
        column(words::UPDATED),
    ];
    paged_list(shell::NAV_SERVICE, columns, nothing).narrowed_by(FILTERS)
}

fn row(party: OrderParty, request: ServiceRequestRow) -> Vec<AnyView> {
    let kind = labels::service_kind(request.kind);
    let (other, person) = match party {
        OrderParty::Partner => (request.customer.name, request.opened_by.name),
        OrderParty::Customer => (request.partner.name, String::new()),
    };
    let state = labels::state_badge(labels::service_request(request.status));
    let line = match (request.waiting_since, request.closing_seconds) {
        (Some(since), _) => live(move || words::waiting_since(&format::relative(&since))),
        (None, Some(seconds)) => live(move || words::took(&taken(seconds))),
        (None, None) => Text::from(""),
    };
    let response = match request.first_response_seconds {
        Some(seconds) => one_line(live(move || taken(seconds))),
        None => Text::from(words::NOT_YET).into_view_any(),
    };
    let changed = request.changed_at;
    vec![
        two_lines(
            link(address(party, &request.id), request.title),
            Text::from(kind).into_view_any(),
        ),
        request.application_name.into_any(),
        two_lines(other.into_any(), person.into_any()),
        two_lines(state, line.into_view_any()),
        response,
        one_line(live(move || format::relative(&changed))),
    ]
}
