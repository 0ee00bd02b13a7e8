//! A field for one file: dropped or chosen, checked against the limits that stand beside it, sent with progress, shown
//! with its name and size, replaced or taken away.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{
    alert::ProblemPanel,
    button::{Button, Look},
    field::Field,
    file_zone::{Zone, file_zone},
    icon::{Icon, icon},
    layout::Row,
    progress::Progress,
};
use crate::{
    api::{
        Problem,
        file::{self, Purpose, StoredFile},
    },
    format,
    forms::Errors,
    i18n::{Text, texts::common},
};

/// What may be dropped. `types` are extensions with their dot, as the `accept` attribute has them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub types: &'static [&'static str],
    pub megabytes: u32,
}

impl Limits {
    /// A contract, a certificate or another document of a project.
    pub const DOCUMENT: Self = Self {
        types: &[".pdf", ".png", ".jpg", ".jpeg"],
        megabytes: 20,
    };

    /// Whatever people show each other: the endings that the server takes for a record or a message.
    pub const ANY: Self = Self {
        types: &[
            ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".txt", ".csv", ".md", ".json", ".zip", ".doc", ".docx",
            ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".mp4", ".mov",
        ],
        megabytes: 20,
    };

    /// Why a file cannot be taken, before anything is sent.
    pub fn refuse(&self, file: &web_sys::File) -> Option<Text> {
        let name = file.name().to_lowercase();
        if !self.types.iter().any(|kind| name.ends_with(kind)) {
            let types = self.types.join(" ");
            return Some(Text::from(move || common::file_type_wrong(&types)));
        }
        let megabytes = self.megabytes;
        (file.size() > f64::from(megabytes) * 1024.0 * 1024.0)
            .then(|| Text::from(move || common::file_too_large(&megabytes)))
    }
}

/// How far the transfer is.
#[derive(Clone, PartialEq)]
enum Transfer {
    Idle,
    Running(String, i32),
    Failed(Problem),
}

/// One file that is uploaded as soon as it is chosen; `value` holds it once it is stored.
#[component]
pub fn FileDrop(
    name: &'static str,
    #[prop(into)] label: Text,
    purpose: Purpose,
    limits: Limits,
    value: RwSignal<Option<StoredFile>>,
    errors: Errors,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: Option<Text>,
) -> AnyView {
    let transfer = RwSignal::new(Transfer::Idle);
    let purpose = StoredValue::new(purpose);
    let take = Callback::new(move |file: web_sys::File| match limits.refuse(&file) {
        Some(message) => errors.replace(name, Some(message)),
        None => start(file, purpose.get_value(), value, transfer),
    });
    let types = limits.types.join(", ");
    let zone = Zone {
        name,
        errors,
        has_hint: hint.is_some(),
        accepted: types.clone(),
        several: false,
        dense: false,
    };
    let content = view! {
        <p class="mt-2 text-xs text-muted">{dynamic(move || common::file_limits(&types, &limits.megabytes))}</p>
        <div aria-live="polite">{dynamic(move || shown(transfer, value))}</div>
    };
    view! {
        <Field name=name label=label errors=errors hint=hint required=required>
            {file_zone(zone, take, content.into_any())}
        </Field>
    }
    .into_any()
}

fn start(chosen: web_sys::File, purpose: Purpose, value: RwSignal<Option<StoredFile>>, transfer: RwSignal<Transfer>) {
    let name = chosen.name();
    transfer.set(Transfer::Running(name.clone(), 0));
    wasm_bindgen_futures::spawn_local(async move {
        let progress = move |part| drop(transfer.try_set(Transfer::Running(name.clone(), percent(part))));
        match file::upload(chosen, purpose, progress).await {
            Ok(stored) => {
                let _ = transfer.try_set(Transfer::Idle);
                let _ = value.try_set(Some(stored));
            }
            Err(problem) => drop(transfer.try_set(Transfer::Failed(problem))),
        }
    });
}

fn shown(transfer: RwSignal<Transfer>, value: RwSignal<Option<StoredFile>>) -> AnyView {
    match (transfer.get(), value.get()) {
        (Transfer::Running(name, part), _) => view! {
            <div class="mt-3"><Progress done=part total=100 label=Text::from(move || common::uploading(&name)) /></div>
        }
        .into_any(),
        (Transfer::Failed(problem), _) => view! { <div class="mt-3"><ProblemPanel problem=problem /></div> }.into_any(),
        (Transfer::Idle, Some(stored)) => stored_file(stored, value),
        (Transfer::Idle, None) => ().into_any(),
    }
}

fn stored_file(stored: StoredFile, value: RwSignal<Option<StoredFile>>) -> AnyView {
    view! {
        <div class="mt-3 flex flex-wrap items-center justify-between gap-2 rounded-field bg-base-200 px-3 py-2">
            {file_link(stored)}
            <Button label=common::REMOVE on_press=Callback::new(move |()| value.set(None)) look=Look::Quiet small=true />
        </div>
    }
    .into_any()
}

/// A stored file by its name and size; pressing it saves it.
pub fn file_link(stored: StoredFile) -> AnyView {
    let problem = RwSignal::new(None::<Problem>);
    let name = stored.name.clone();
    let size = format::file_size(stored.size);
    let save = move |_| {
        let stored = stored.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let _ = problem.try_set(file::download(&stored.id, &stored.name).await.err());
        });
    };
    view! {
        <Row>
            <button type="button" class="link link-hover link-primary inline-flex min-w-0 items-center gap-2 text-start" on:click=save>
                {icon(Icon::File)}
                <span class="break-all">{name}</span>
            </button>
            <span class="text-xs text-muted">{size}</span>
        </Row>
        {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
    }
    .into_any()
}

/// A part of one as whole percents.
#[allow(clippy::cast_possible_truncation)]
fn percent(part: f64) -> i32 {
    (part * 100.0) as i32
}
