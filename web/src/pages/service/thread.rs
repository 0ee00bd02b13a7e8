//! The messages of a request, a page at a time: the newest of them unless the address asks for earlier ones.

use leptos::prelude::*;

use crate::{
    api::{
        order::OrderParty,
        page::{PAGE_SIZE, Page, Window},
        service_request::{self, ServiceMessage, ServiceMessageKind, ServiceMessagePage},
    },
    components::{
        badge::Tone,
        file_drop::file_link,
        file_preview::preview,
        layout::{Card, Stack},
        pagination::Pagination,
        skeleton::Skeleton,
        thread::{Entry, thread},
    },
    format,
    i18n::{Key, Text, live, texts::service as words},
    load::{Loaded, load, show_steadily},
};

/// Loads the part that the address asks for.
pub fn load_messages(id: cynic::Id) -> Loaded<Option<ServiceMessagePage>> {
    load(move || service_request::messages(id.clone(), window()))
}

/// Without a word of the address the last page, on which the newest stands.
fn window() -> Window {
    let asked = Window::of_address();
    match (&asked.after, &asked.before) {
        (None, None) => Window {
            last: Some(PAGE_SIZE),
            ..Window::default()
        },
        _ => asked,
    }
}

/// The thread on a card of its own; `names` are those of the customer and of the partner.
pub fn card(party: OrderParty, names: [String; 2], messages: Loaded<Option<ServiceMessagePage>>) -> AnyView {
    let shown = show_steadily(messages, Skeleton::Rows(3), move |page| {
        let Some(page) = page else { return ().into_any() };
        let (messages, position) = page.into_rows();
        let entries = messages.into_iter().map(|message| entry(party, &names, message));
        let list = thread(words::THREAD, entries.collect());
        view! { <Stack>{list}<Pagination position=position /></Stack> }.into_any()
    });
    view! { <Card title=words::THREAD>{shown}</Card> }.into_any()
}

fn entry(party: OrderParty, [customer, partner]: &[String; 2], message: ServiceMessage) -> Entry {
    let organization = match message.side {
        OrderParty::Customer => customer.clone(),
        OrderParty::Partner => partner.clone(),
    };
    let (person, at) = (message.author.name, message.created_at);
    // Without a word only the customer closes, who says so that it is solved.
    let text = match message.text.is_empty() {
        true => Text::from(words::CLOSED_SILENTLY),
        false => Text::from(message.text),
    };
    let files = message.files.into_iter().map(|file| {
        let shows = file.media_type.starts_with("image/") || file.media_type == "application/pdf";
        match shows {
            true => preview(file),
            false => file_link(file),
        }
    });
    Entry {
        author: live(move || words::author(&person, &organization)),
        at: live(move || format::date_time(&at)),
        mark: mark(message.kind).map(|(tone, words)| (tone, Text::from(words))),
        text,
        files: files.collect(),
        own: message.side == party,
    }
}

/// What a message did besides being said.
fn mark(kind: ServiceMessageKind) -> Option<(Tone, Key)> {
    match kind {
        ServiceMessageKind::Opened | ServiceMessageKind::Answered | ServiceMessageKind::Replied => None,
        ServiceMessageKind::Reopened => Some((Tone::Attention, words::MARK_REOPENED)),
        ServiceMessageKind::Closed => Some((Tone::Neutral, words::MARK_CLOSED)),
    }
}
