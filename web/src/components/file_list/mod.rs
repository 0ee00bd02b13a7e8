//! A field for several files: dropped or chosen, each sent at once with its progress, shown by name, saved again or taken
//! away. How a file is sent and opened is the caller's; here is only what one sees.

use leptos::prelude::*;

use super::{
    alert::problem_title,
    button::{Button, Look},
    check_list::Tick,
    file_zone::{Zone, file_zone},
    icon::{Icon, icon},
    uploads::Uploads,
};
use crate::{
    components::dynamic::dynamic,
    forms::Errors,
    i18n::{Text, texts::common},
};

/// What the list is bound to.
#[derive(Clone, Copy)]
pub struct Bound {
    pub name: &'static str,
    /// The files that are here.
    pub files: RwSignal<Vec<Tick>>,
    pub uploads: Uploads,
    pub errors: Errors,
    pub has_hint: bool,
}

/// The list, with `accepted` endings, the way in for what is chosen, and the way out for a file that can be saved.
pub fn file_list(
    bound: Bound,
    accepted: String,
    single: bool,
    take: Callback<web_sys::File>,
    save: Callback<String>,
) -> AnyView {
    let Bound {
        name,
        files,
        uploads,
        errors,
        has_hint,
    } = bound;
    let content = view! {
        <div aria-live="polite">
            {dynamic(move || {
                let rows: Vec<AnyView> = files.get().into_iter().map(|file| file_row(file, files, save)).collect();
                (!rows.is_empty()).then(|| view! { <ul class="mt-3 space-y-2">{rows}</ul> })
            })}
            {dynamic(move || uploads.rows(problem_title))}
        </div>
    };
    let zone = Zone {
        name,
        errors,
        has_hint,
        accepted,
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
