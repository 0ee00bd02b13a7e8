//! One request: what it is about, its thread, and writing in it. What is typed stands outside of everything that is read again, so
//! that the other side's messages come in while one writes.

use leptos::prelude::*;

use super::{
    answer, changes,
    close::{self, Closing},
    follow, list_address,
    taken::{taken, waited},
    thread,
};
use crate::{
    api::{
        DateTime,
        order::OrderParty,
        service_request::{self, ServiceRequest, ServiceRequestAction, ServiceRequestStatus},
    },
    components::{
        alert::{Alert, Level},
        button::Button,
        dynamic::dynamic,
        facts::{Fact, fact, facts, text_fact},
        layout::{Card, Columns, link},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{service as words, shell},
    },
    labels,
    load::{Loaded, load, show_steadily},
    pages::not_found,
    routes::Customer,
};

pub fn page(party: OrderParty, id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let (asked, followed) = (id.clone(), id.clone());
    let found = load(move || service_request::service_request(asked.clone()));
    let messages = thread::load_messages(id.clone());
    let changed = Callback::new(move |()| {
        found.reload();
        messages.reload();
    });
    follow(service_request::service_request_changed(followed, changes(changed)));
    let closing: Closing = RwSignal::new(None);
    let written = answer::Draft::new();
    // The two organisations of a request never change: what stands below is made once.
    let sides = Memo::new(move |_| found.get().flatten().map(sides));
    view! {
        {show_steadily(found, Skeleton::Page, move |request| match request {
            Some(request) => head(party, request, closing),
            None => not_found::page(),
        })}
        {dynamic(move || sides.get().map(|sides| {
            let (thread, writing) = (thread::card(party, sides, messages), writing(party, found, id.clone(), written, changed));
            let main = view! { {thread}{writing} }.into_any();
            let known = dynamic(move || found.get().flatten().map(|request| facts_of(party, &request)));
            let side = view! { <Card title=words::FACTS>{known}</Card> }.into_any();
            view! { <Columns main=main side=side /> }
        }))}
        {close::dialog(closing, party, changed)}
    }
    .into_any()
}

/// The names of the customer and of the partner.
fn sides(request: ServiceRequest) -> [String; 2] {
    [request.customer.name, request.partner.name]
}

/// Where one writes, or why nobody can now.
fn writing(
    party: OrderParty,
    found: Loaded<Option<ServiceRequest>>,
    id: cynic::Id,
    written: answer::Draft,
    changed: Callback<()>,
) -> AnyView {
    let open = Memo::new(move |_| found.get().flatten().and_then(|request| open_to(party, &request)));
    dynamic(move || match open.get() {
        Some(writing) => answer::form(writing, id.clone(), written, changed),
        None => found
            .get()
            .flatten()
            .and_then(|request| closed_notice(party, &request))
            .into_any(),
    })
}

/// What the viewer writes here now; nothing where they may not.
fn open_to(party: OrderParty, request: &ServiceRequest) -> Option<answer::Writing> {
    let reopens = request.status == ServiceRequestStatus::Closed;
    match party {
        OrderParty::Partner if request.may(ServiceRequestAction::Answer) => Some(answer::Writing::Answer),
        OrderParty::Customer if request.may(ServiceRequestAction::Reply) => Some(answer::Writing::Reply { reopens }),
        OrderParty::Partner | OrderParty::Customer => None,
    }
}

fn head(party: OrderParty, request: ServiceRequest, closing: Closing) -> AnyView {
    let status = labels::state_badge(labels::service_request(request.status));
    let crumbs = vec![crumb(shell::NAV_SERVICE, list_address(party))];
    let close = request.may(ServiceRequestAction::Close).then(|| {
        let label = match party {
            OrderParty::Partner => words::CLOSE_PARTNER,
            OrderParty::Customer => words::CLOSE_CUSTOMER,
        };
        let target = (request.id.clone(), request.title.clone());
        let press = Callback::new(move |()| closing.set(Some(target.clone())));
        view! { <Button label=label on_press=press /> }.into_any()
    });
    view! { <PageHeader title=request.title crumbs=crumbs status=status actions=close.into_any() /> }.into_any()
}

/// Why nobody can write here now, and what would help.
fn closed_notice(party: OrderParty, request: &ServiceRequest) -> Option<AnyView> {
    if request.status != ServiceRequestStatus::Closed || request.may(ServiceRequestAction::Reply) {
        return None;
    }
    let (title, hint) = match party {
        OrderParty::Partner => (words::CLOSED_FOR_PARTNER, words::CLOSED_FOR_PARTNER_HINT),
        OrderParty::Customer => (words::CLOSED_FOR_GOOD, words::CLOSED_FOR_GOOD_HINT),
    };
    Some(view! { <Alert level=Level::Info title=title><p>{hint}</p></Alert> }.into_any())
}

fn facts_of(party: OrderParty, request: &ServiceRequest) -> AnyView {
    let other = match party {
        OrderParty::Partner => text_fact(words::CUSTOMER, &request.customer.name),
        OrderParty::Customer => text_fact(words::PARTNER, &request.partner.name),
    };
    let application = match &request.instance {
        Some(app) => link(
            Customer::App(app.id.inner().to_owned()).address(),
            request.application_name.clone(),
        ),
        None => request.application_name.clone().into_any(),
    };
    let opened = request.opened_at.clone();
    let waits = request.waiting_since.clone().map(|since| {
        let words = live(move || waited(&since));
        fact(words::WAITS, words.into_view_any())
    });
    let response = moment(
        words::FIRST_RESPONSE,
        &request.first_response_at,
        request.first_response_seconds,
    );
    let response = response.unwrap_or_else(|| fact(words::FIRST_RESPONSE, Text::from(words::NOT_YET).into_view_any()));
    let closed = moment(words::CLOSED_AT, &request.closed_at, request.closing_seconds);
    let list = [
        fact(
            words::KIND,
            Text::from(labels::service_kind(request.kind)).into_view_any(),
        ),
        fact(words::APPLICATION, application),
        text_fact(words::VERSION, &request.version_number),
        other,
        text_fact(words::OPENED_BY, &request.opened_by.name),
        fact(
            words::OPENED_AT,
            live(move || format::date_time(&opened)).into_view_any(),
        ),
    ];
    facts(list.into_iter().chain(waits).chain([response]).chain(closed).collect())
}

/// When something happened, and how long that took.
fn moment(name: Key, at: &Option<DateTime>, seconds: Option<i32>) -> Option<Fact> {
    let (at, seconds) = (at.clone()?, seconds?);
    let words = live(move || words::at_took(&format::date_time(&at), &taken(seconds)));
    Some(fact(name, words.into_view_any()))
}
