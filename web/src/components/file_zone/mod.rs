//! Where files are dropped or chosen: the frame, the hidden input and its label. What becomes of a file is the caller's.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    dynamic::{said, told},
    field::Ids,
    icon::{Icon, icon},
};
use crate::{forms::Errors, i18n::texts::common};

/// How the zone belongs to its field.
pub struct Zone {
    pub name: &'static str,
    pub errors: Errors,
    pub has_hint: bool,
    /// Endings with their dot, as the `accept` attribute has them.
    pub accepted: String,
    /// Whether several files are taken at once, else the first of them.
    pub several: bool,
    /// Among other fields of a record, with less room around it.
    pub dense: bool,
}

/// The zone with `content` below its button; `take` is called with each file.
pub fn file_zone(zone: Zone, take: Callback<web_sys::File>, content: AnyView) -> AnyView {
    let Zone {
        name,
        errors,
        has_hint,
        accepted,
        several,
        dense,
    } = zone;
    let over = RwSignal::new(false);
    let take_all = move |list: Option<web_sys::FileList>| {
        let Some(list) = list else { return };
        let most = if several { list.length() } else { list.length().min(1) };
        for file in (0..most).filter_map(|place| list.get(place)) {
            errors.clear(name);
            take.run(file);
        }
    };
    let on_drop = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        take_all(event.data_transfer().and_then(|data| data.files()));
    };
    let on_change = move |event: web_sys::Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(target) = target else { return };
        take_all(target.files());
        // The same file can be chosen again after it was taken away.
        target.set_value("");
    };
    let ids = Ids::of(name);
    let wrong = move || errors.of(name).is_some();
    let described = ids.clone();
    let chosen_by = ids.control.clone();
    view! {
        <div
            class="rounded-box border border-dashed transition-colors"
            class=("p-3", dense)
            class=("p-4", !dense)
            class=("border-primary", move || over.get())
            class=("bg-base-200", move || over.get())
            class=("border-outline", move || !over.get() && !wrong())
            class=("border-error", wrong)
            on:dragover=move |event: web_sys::DragEvent| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=on_drop
        >
            <input
                id=ids.control
                type="file"
                class="peer sr-only"
                accept=accepted
                multiple=several
                aria-invalid=said(wrong)
                aria-describedby=told(move || described.described_by(has_hint, wrong()))
                on:change=on_change
            />
            <label class="btn btn-sm btn-outline border-outline bg-base-100 font-normal peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary" for=chosen_by>
                {icon(Icon::Upload)}
                {common::CHOOSE_FILE}
            </label>
            {content}
        </div>
    }
    .into_any()
}
