//! Sign-offs of an application (D27), newest first: who accepted which version, when, with which note, and what of the
//! checklist was still open then. The same for the customer who signed and for the partner who delivered.

use leptos::prelude::*;

use crate::{
    api::acceptance::{Acceptance, AcceptanceItemKind, SignedAcceptanceItem},
    components::{
        folded::folded,
        layout::{bullets, muted},
        timeline::{Event, detailed_timeline},
    },
    format,
    i18n::{Text, live, texts::customer},
};

pub fn history(signed: Vec<Acceptance>) -> AnyView {
    detailed_timeline(signed.into_iter().map(event).collect())
}

fn event(signed: Acceptance) -> (Event, AnyView) {
    let Acceptance {
        number,
        at,
        by,
        note,
        version_number,
        checklist,
    } = signed;
    let event = Event {
        at: live(move || format::date_time(&at)),
        what: live(move || customer::sign_off(&number, &version_number)),
        by: Some(by.name),
        note: Some(note),
    };
    (event, as_it_stood(checklist))
}

/// What of the checklist was done, in a sentence; what was open on demand.
fn as_it_stood(checklist: Vec<SignedAcceptanceItem>) -> AnyView {
    let all = checklist.len();
    let open: Vec<AnyView> = checklist
        .into_iter()
        .filter(|item| !item.done)
        .map(|item| words(item).into_view_any())
        .collect();
    let left = open.len();
    match (all, left) {
        (0, _) => ().into_any(),
        (_, 0) => muted(live(move || customer::sign_off_complete(&all))),
        _ => folded(Text::from(move || customer::sign_off_open(&all, &left)), bullets(open)),
    }
}

fn words(item: SignedAcceptanceItem) -> Text {
    live(move || match item.kind {
        AcceptanceItemKind::PageOpened => customer::accept_page(&item.name),
        AcceptanceItemKind::RecordSubmitted => customer::accept_record(&item.name),
        AcceptanceItemKind::WorkSeen => customer::accept_work(&item.name),
    })
}
