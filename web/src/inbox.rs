//! What the bell shows, as a signal for the whole application: how much the person has not read in the organisation that they
//! act for. Follows the server; where it cannot be followed, it is asked.

use std::cell::{OnceCell, RefCell};

use leptos::prelude::*;

use crate::{
    api::{
        live::{Live, Update},
        notification::{self, Inbox},
    },
    session,
};

thread_local! {
    static INBOX: OnceCell<ArcRwSignal<Option<Inbox>>> = const { OnceCell::new() };
    static LIVE: RefCell<Option<Live>> = const { RefCell::new(None) };
}

fn signal() -> ArcRwSignal<Option<Inbox>> {
    INBOX.with(|cell| cell.get_or_init(|| ArcRwSignal::new(None)).clone())
}

/// What the bell shows, once it is known; what reads it follows it.
pub fn now() -> Option<Inbox> {
    signal().get()
}

/// Puts a newer state in place, for example what a mutation answered.
pub fn set(inbox: Inbox) {
    let signal = signal();
    // The same again moves nothing: lists that follow the bell would be read anew.
    if signal.with_untracked(|known| known.as_ref() != Some(&inbox)) {
        signal.set(Some(inbox));
    }
}

/// Follows the bell of whoever is signed in, for the organisation that they act for, until the shell goes away.
pub fn follow() {
    let acting = Memo::new(|_| {
        session::viewer().map(|viewer| (viewer.user.id.into_inner(), viewer.organization.id.into_inner()))
    });
    Effect::new(move |_| {
        let live = acting.get().map(|_| notification::received(handle));
        signal().set(None);
        LIVE.with(|kept| kept.replace(live));
    });
    on_cleanup(|| LIVE.with(|kept| drop(kept.take())));
}

fn handle(update: Update<Inbox>) {
    match update {
        Update::Value(inbox) => set(inbox),
        Update::Complete => {}
        Update::Interrupted => wasm_bindgen_futures::spawn_local(async {
            if let Ok(inbox) = notification::inbox().await {
                set(inbox);
            }
        }),
    }
}
