//! Whether the server can be reached, as a signal that the banner and waiting screens follow.

use std::cell::OnceCell;

use leptos::prelude::*;

thread_local! {
    static LOST: OnceCell<ArcRwSignal<bool>> = const { OnceCell::new() };
}

fn signal() -> ArcRwSignal<bool> {
    LOST.with(|cell| cell.get_or_init(|| ArcRwSignal::new(false)).clone())
}

/// True while the last request did not reach the server. Views that read it follow it.
pub fn is_lost() -> bool {
    signal().get()
}

/// Notes the outcome of an exchange with the server.
pub(super) fn note(lost: bool) {
    let signal = signal();
    if signal.get_untracked() != lost {
        signal.set(lost);
    }
}

/// Whether it is lost, read outside of a view.
pub fn is_lost_now() -> bool {
    signal().get_untracked()
}
