//! What happened, newest first: when, what, by whom, with a note.

use leptos::prelude::*;

use crate::i18n::Text;

/// One event.
pub struct Event {
    pub at: Text,
    pub what: Text,
    pub by: Option<String>,
    pub note: Option<String>,
}

pub fn timeline(events: Vec<Event>) -> AnyView {
    let items: Vec<AnyView> = events.into_iter().map(|event| item(event, None)).collect();
    view! { <ol class="ms-1.5 border-s border-base-300">{items}</ol> }.into_any()
}

/// Events that each show something more than words.
pub fn detailed_timeline(events: Vec<(Event, AnyView)>) -> AnyView {
    let items: Vec<AnyView> = events
        .into_iter()
        .map(|(event, details)| item(event, Some(details)))
        .collect();
    view! { <ol class="ms-1.5 border-s border-base-300">{items}</ol> }.into_any()
}

fn item(event: Event, details: Option<AnyView>) -> AnyView {
    view! {
        <li class="relative ps-5 pb-5 last:pb-0">
            <span class="absolute -start-[5px] top-1.5 size-2.5 rounded-full border-2 border-base-100 bg-primary" aria-hidden="true"></span>
            <p class="font-semibold">{event.what}</p>
            <p class="text-xs text-muted">
                <time>{event.at}</time>
                {event.by.map(|by| format!(" · {by}"))}
            </p>
            {event.note.filter(|note| !note.is_empty()).map(|note| view! { <p class="mt-1 whitespace-pre-line">{note}</p> })}
            {details.map(|details| view! { <div class="mt-2">{details}</div> })}
        </li>
    }
    .into_any()
}
