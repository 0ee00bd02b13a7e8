//! The banner of a remote maintenance (D31): for whom a developer works, as whom, what for and until when, and the way out. It
//! notices within seconds that the customer ended it, and at once that the hours are over.

use leptos::prelude::*;

use crate::{
    api::{
        refresh,
        session::{ViewerMaintenance, viewer as who_is_here},
    },
    browser,
    components::{
        button::Button,
        icon::{Icon, icon},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{Text, live, texts::shell},
    session,
};

/// How often it is asked whether the customer still lets the developer in.
const EVERY_MS: u32 = 10_000;

pub fn working_inside() -> AnyView {
    let Some(viewer) = session::viewer_now() else {
        return ().into_any();
    };
    let Some(inside) = viewer.maintenance else {
        return ().into_any();
    };
    watch(&inside);
    let ViewerMaintenance {
        partner,
        reason,
        ends_at,
        ..
    } = inside;
    let customer = viewer.organization.name;
    let title = live(move || shell::working_in(&customer, &partner.name));
    let line = live(move || shell::working_for(&reason, &format::date_time(&ends_at)));
    let submission = Submission::new();
    let leave = Callback::new(move |()| submission.run(session::leave_maintenance(), |()| ()));
    Effect::new(move |_| {
        if submission.problem.get().is_some() {
            toast(shell::LEAVING_FAILED);
        }
    });
    view! {
        <section class="sticky top-14 z-20 flex flex-wrap items-center gap-x-4 gap-y-2 bg-warning px-4 py-2 text-warning-content sm:px-8" aria-label=Text::from(shell::NAV_MAINTENANCE)>
            <span class="self-start pt-0.5">{icon(Icon::Warning)}</span>
            <div class="min-w-0 flex-1 basis-64">
                <p class="font-semibold">{title}</p>
                <p class="break-words">{line}</p>
            </div>
            <Button label=shell::LEAVE_MAINTENANCE on_press=leave busy=submission.busy small=true leading=Icon::SignOut />
        </section>
    }
    .into_any()
}

/// Whoever is let in no longer is led out by the next refresh.
fn watch(inside: &ViewerMaintenance) {
    let alive = StoredValue::new(());
    let left = format::milliseconds_until(&inside.ends_at);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let left = left.clamp(0.0, f64::from(i32::MAX)) as u32;
    browser::after(left, move || {
        if alive.try_get_value().is_some() {
            wasm_bindgen_futures::spawn_local(async {
                let _ = refresh::refresh().await;
            });
        }
    });
    ask_again(alive);
}

fn ask_again(alive: StoredValue<()>) {
    browser::after(EVERY_MS, move || {
        if alive.try_get_value().is_none() {
            return;
        }
        let seen = browser::document().is_none_or(|document| !document.hidden());
        if seen {
            wasm_bindgen_futures::spawn_local(async {
                let _ = who_is_here().await;
            });
        }
        ask_again(alive);
    });
}
