//! A field for pictures that everybody will see: dropped or chosen, sent at once with progress, shown small, moved and taken away.

use leptos::prelude::*;

use super::{
    alert::problem_title,
    button::{Button, IconButton, Look},
    dynamic::dynamic,
    field::Field,
    file_drop::Limits,
    file_zone::{Zone, file_zone},
    icon::Icon,
    progress::Progress,
};
use crate::{
    api::{
        Problem,
        file::{self, Purpose},
    },
    forms::Errors,
    i18n::{Text, texts::common},
};

/// What a picture on its way is: a number of its own, its name, how far it is in percent, and why it did not arrive.
#[derive(Clone, PartialEq)]
struct Sending {
    number: u32,
    name: String,
    percent: i32,
    problem: Option<Problem>,
}

/// What the field is bound to. `value` holds the ids of the files in their order, at most `most`.
#[derive(Clone)]
pub struct Pictures {
    pub name: &'static str,
    pub label: Text,
    pub hint: Text,
    /// What each shows, for those who do not see it.
    pub words: Text,
    pub purpose: Purpose,
    pub most: usize,
    pub value: RwSignal<Vec<String>>,
    pub errors: Errors,
}

const LIMITS: Limits = Limits {
    types: &[".png", ".jpg", ".jpeg"],
    megabytes: 2,
};

pub fn picture_drop(of: Pictures) -> AnyView {
    let Pictures {
        name,
        label,
        hint,
        words,
        purpose,
        most,
        value,
        errors,
    } = of;
    let sending = RwSignal::new(Vec::<Sending>::new());
    let next = StoredValue::new(0u32);
    let purpose = StoredValue::new(purpose);
    let take = Callback::new(move |chosen: web_sys::File| {
        if let Some(message) = LIMITS.refuse(&chosen) {
            errors.replace(name, Some(message));
            return;
        }
        let under_way = sending.with_untracked(|list| list.iter().filter(|one| one.problem.is_none()).count());
        if most > 1 && value.with_untracked(Vec::len) + under_way >= most {
            errors.replace(name, Some(Text::from(move || common::pictures_full(&most))));
            return;
        }
        next.update_value(|next| *next += 1);
        send(chosen, next.get_value(), purpose.get_value(), most, value, sending);
    });
    let types = LIMITS.types.join(", ");
    let zone = Zone {
        name,
        errors,
        has_hint: true,
        accepted: types.clone(),
        several: most > 1,
        dense: true,
    };
    let content = view! {
        <p class="mt-2 text-xs text-muted">{dynamic(move || common::file_limits(&types, &LIMITS.megabytes))}</p>
        <div aria-live="polite">
            {dynamic(move || {
                let ids = value.get();
                let count = ids.len();
                let words = words.clone();
                let tiles: Vec<AnyView> = ids.into_iter().enumerate().map(|(at, id)| tile(at, count, id, words.clone(), most, value)).collect();
                (!tiles.is_empty()).then(|| view! { <ul class="mt-3 flex flex-wrap gap-3">{tiles}</ul> })
            })}
            {dynamic(move || sending.get().into_iter().map(|one| row(one, sending)).collect::<Vec<_>>())}
        </div>
    };
    view! {
        <Field name=name label=label errors=errors hint=Some(hint) required=true>
            {file_zone(zone, take, content.into_any())}
        </Field>
    }
    .into_any()
}

fn send(
    chosen: web_sys::File,
    number: u32,
    purpose: Purpose,
    most: usize,
    value: RwSignal<Vec<String>>,
    sending: RwSignal<Vec<Sending>>,
) {
    sending.update(|list| {
        list.retain(|one| one.problem.is_none());
        list.push(Sending {
            number,
            name: chosen.name(),
            percent: 0,
            problem: None,
        });
    });
    let change = move |work: &dyn Fn(&mut Sending)| {
        let _ = sending.try_update(|list| list.iter_mut().filter(|one| one.number == number).for_each(work));
    };
    wasm_bindgen_futures::spawn_local(async move {
        #[allow(clippy::cast_possible_truncation)]
        let progress = move |part: f64| change(&move |one: &mut Sending| one.percent = (part * 100.0) as i32);
        match file::upload(chosen, purpose, progress).await {
            Ok(stored) => {
                let _ = sending.try_update(|list| list.retain(|one| one.number != number));
                let _ = value.try_update(|ids| {
                    if most == 1 {
                        ids.clear();
                    }
                    if ids.len() < most {
                        ids.push(stored.id.into_inner());
                    }
                });
            }
            Err(problem) => change(&move |one: &mut Sending| one.problem = Some(problem.clone())),
        }
    });
}

fn tile(at: usize, count: usize, id: String, words: Text, most: usize, value: RwSignal<Vec<String>>) -> AnyView {
    let url = file::picture_url(&id);
    let numbered = Text::from(move || match most {
        1 => words.get().to_string(),
        _ => format!("{} {}", words.get(), at + 1),
    });
    let named = |action: crate::i18n::Key| {
        let numbered = numbered.clone();
        Text::from(move || format!("{}: {}", action.get(), numbered.get()))
    };
    let swap = move |other: usize| Callback::new(move |()| value.update(|ids| ids.swap(at, other)));
    let remove = Callback::new(move |()| {
        value.update(|ids| {
            if at < ids.len() {
                ids.remove(at);
            }
        });
    });
    let earlier = (at > 0)
        .then(|| view! { <IconButton label=named(common::MOVE_UP) picture=Icon::ChevronLeft on_press=swap(at - 1) /> });
    let later = (at + 1 < count).then(
        || view! { <IconButton label=named(common::MOVE_DOWN) picture=Icon::ChevronRight on_press=swap(at + 1) /> },
    );
    let class = match most {
        1 => "size-24 rounded-box border border-base-300 bg-white object-cover",
        _ => "h-24 w-36 rounded-field border border-base-300 bg-base-200 object-contain",
    };
    let alt = numbered.clone();
    view! {
        <li class="rounded-field bg-base-200 p-1">
            <img class=class src=url alt=alt />
            <div class="flex justify-center">
                {earlier}
                <IconButton label=named(common::REMOVE) picture=Icon::Trash on_press=remove />
                {later}
            </div>
        </li>
    }
    .into_any()
}

fn row(one: Sending, sending: RwSignal<Vec<Sending>>) -> AnyView {
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
    let words = match problem.refusal().and_then(|refused| refused.issues.first()) {
        Some(issue) => issue.message.clone().into(),
        None => problem_title(&problem),
    };
    let forget = Callback::new(move |()| sending.update(|list| list.retain(|other| other.number != number)));
    view! {
        <p class="mt-3 flex flex-wrap items-center justify-between gap-2 text-error">
            <span class="min-w-0 break-words">{name}": "{words}</span>
            <Button label=common::CLOSE on_press=forget look=Look::Quiet small=true />
        </p>
    }
    .into_any()
}
