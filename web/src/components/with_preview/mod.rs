//! A form with what comes of it beside it on wide screens, behind a button on narrow ones.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    button::Button,
    dialog::{Dialog, Width},
    icon::Icon,
};
use crate::i18n::Text;

/// `preview` draws what comes of it, once beside the form and once in a dialog.
pub fn with_preview(main: AnyView, title: impl Into<Text>, preview: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let title: Text = title.into();
    let open = RwSignal::new(false);
    let (button, heading, name) = (title.clone(), title.clone(), title.clone());
    let beside = preview();
    view! {
        <div class="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
            <div class="min-w-0 space-y-6">
                <div class="xl:hidden"><Button label=button on_press=Callback::new(move |()| open.set(true)) leading=Icon::Eye /></div>
                {main}
            </div>
            <aside class="sticky top-20 max-h-[calc(100dvh-6rem)] min-w-0 space-y-3 overflow-y-auto max-xl:hidden" aria-label=name tabindex="0">
                <h2 class="text-sm font-semibold">{heading}</h2>
                {beside}
            </aside>
        </div>
        <Dialog open=open title=title width=Width::Wide>{preview()}</Dialog>
    }
    .into_any()
}
