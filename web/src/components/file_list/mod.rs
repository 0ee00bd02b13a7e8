//! A field for several files: dropped or chosen, each sent at once with its progress, shown by name, saved again or taken
//! away. How a file is sent and opened is the caller's; here is only what one sees.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    alert::problem_title,
    button::{Button, Look},
    check_list::Tick,
    field::Ids,
    icon::{Icon, icon},
    progress::Progress,
};
use crate::{
    api::Problem,
    components::dynamic::{dynamic, said, told},
    forms::Errors,
    i18n::{Text, texts::common},
};

/// A file on its way: its number, its name, how far it is in percent, and why it did not arrive.
#[derive(Clone, PartialEq)]
pub struct Sending {
    pub number: u32,
    pub name: String,
    pub percent: i32,
    pub problem: Option<Problem>,
}

/// What the list is bound to.
#[derive(Clone, Copy)]
pub struct Bound {
    pub name: &'static str,
    /// The files that are here.
    pub files: RwSignal<Vec<Tick>>,
    pub sending: RwSignal<Vec<Sending>>,
    pub errors: Errors,
    pub has_hint: bool,
}

/// The list, with `accepted` endings, the way in for what is chosen, and the way out for a file that can be saved.
pub fn file_list(
    bound: Bound,
    accepted: &'static str,
    single: bool,
    take: Callback<web_sys::File>,
    save: Callback<String>,
) -> AnyView {
    let Bound {
        name,
        files,
        sending,
        errors,
        has_hint,
    } = bound;
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take_all = move |list: Option<web_sys::FileList>| {
        errors.clear(name);
        let Some(list) = list else { return };
        let most = if single { 1 } else { list.length() };
        for file in (0..most).filter_map(|place| list.get(place)) {
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
            class="rounded-box border border-dashed p-3 transition-colors"
            class=("border-primary", move || over.get())
            class=("bg-base-200", move || over.get())
            class=("border-outline", move || !over.get() && !wrong())
            class=("border-error", wrong)
            on:dragover=move |event: web_sys::DragEvent| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=on_drop
        >
            <input
                node_ref=input
                id=ids.control
                type="file"
                class="peer sr-only"
                accept=accepted
                multiple=!single
                aria-invalid=said(wrong)
                aria-describedby=told(move || described.described_by(has_hint, wrong()))
                on:change=on_change
            />
            <label class="btn btn-sm btn-outline border-outline bg-base-100 font-normal peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary" for=chosen_by>
                {icon(Icon::Upload)}
                {common::CHOOSE_FILE}
            </label>
            <div aria-live="polite">
                {dynamic(move || {
                    let rows: Vec<AnyView> = files.get().into_iter().map(|file| file_row(file, files, save)).collect();
                    (!rows.is_empty()).then(|| view! { <ul class="mt-3 space-y-2">{rows}</ul> })
                })}
                {dynamic(move || sending.get().into_iter().map(|one| sending_row(one, sending)).collect::<Vec<_>>())}
            </div>
        </div>
    }
    .into_any()
}

fn file_row(file: Tick, files: RwSignal<Vec<Tick>>, save: Callback<String>) -> AnyView {
    let name = file.label.clone();
    let label = {
        let name = name.clone();
        Text::from(move || format!("{}: {name}", common::REMOVE.get()))
    };
    let (own, remove) = (file.value.clone(), file.value);
    view! {
        <li class="flex flex-wrap items-center justify-between gap-2 rounded-field bg-base-200 px-3 py-2">
            <button type="button" class="link link-hover link-primary inline-flex min-w-0 items-center gap-2 text-start" on:click=move |_| save.run(own.clone())>
                {icon(Icon::File)}
                <span class="break-all">{name}</span>
            </button>
            <Button
                label=common::REMOVE
                name=label
                on_press=Callback::new(move |()| files.update(|files| files.retain(|other| other.value != remove)))
                look=Look::Quiet
                small=true
            />
        </li>
    }
    .into_any()
}

fn sending_row(one: Sending, sending: RwSignal<Vec<Sending>>) -> AnyView {
    let Sending {
        number,
        name,
        percent,
        problem,
    } = one;
    let Some(problem) = problem else {
        return view! { <div class="mt-3"><Progress done=percent total=100 label=Text::from(move || common::uploading(&name)) /></div> }
            .into_any();
    };
    let words = problem_title(&problem);
    let forget = Callback::new(move |()| sending.update(|sending| sending.retain(|other| other.number != number)));
    view! {
        <p class="mt-3 flex flex-wrap items-center justify-between gap-2 text-error">
            <span class="min-w-0 break-words">{name}": "{words}</span>
            <Button label=common::CLOSE on_press=forget look=Look::Quiet small=true />
        </p>
    }
    .into_any()
}
