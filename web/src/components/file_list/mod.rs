//! A field for several files: dropped or chosen, each sent at once with its progress, shown by name, saved again or taken
//! away. How a file is sent and opened is the caller's; here is only what one sees.

use leptos::prelude::*;

use super::{
    alert::problem_title,
    button::{Button, Look},
    check_list::Tick,
    file_zone::{Zone, file_zone},
    icon::{Icon, icon},
    progress::Progress,
};
use crate::{
    api::Problem,
    components::dynamic::dynamic,
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
    let content = view! {
        <div aria-live="polite">
            {dynamic(move || {
                let rows: Vec<AnyView> = files.get().into_iter().map(|file| file_row(file, files, save)).collect();
                (!rows.is_empty()).then(|| view! { <ul class="mt-3 space-y-2">{rows}</ul> })
            })}
            {dynamic(move || sending.get().into_iter().map(|one| sending_row(one, sending)).collect::<Vec<_>>())}
        </div>
    };
    let zone = Zone {
        name,
        errors,
        has_hint,
        accepted: accepted.to_owned(),
        several: !single,
        dense: true,
    };
    file_zone(zone, take, content.into_any())
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
