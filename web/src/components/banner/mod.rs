//! The strip that says the server cannot be reached, while it cannot. It asks by itself and goes away when it is back.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::icon::{Icon, icon};
use crate::{api::connection, browser, i18n::texts::common};

#[component]
pub fn ConnectionBanner() -> AnyView {
    Effect::new(move |_| {
        if connection::is_lost() {
            ask_again();
        }
    });
    browser::on_window("online", |_| {
        wasm_bindgen_futures::spawn_local(crate::api::transport::probe())
    });
    view! {
        <div role="status" aria-live="polite">
            {dynamic(move || connection::is_lost().then(|| view! {
                <p class="flex items-center justify-center gap-2 bg-warning px-4 py-2 text-warning-content">
                    {icon(Icon::Warning)}
                    {common::CONNECTION_LOST}
                </p>
            }))}
        </div>
    }
    .into_any()
}

fn ask_again() {
    browser::after(3000, || {
        wasm_bindgen_futures::spawn_local(async {
            crate::api::transport::probe().await;
            if connection::is_lost_now() {
                ask_again();
            }
        });
    });
}
