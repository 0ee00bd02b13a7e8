//! A field for pictures that everybody will see: dropped or chosen, sent at once with progress, shown small, moved and taken away.

use leptos::prelude::*;

use super::{
    alert::problem_title,
    button::IconButton,
    dynamic::dynamic,
    field::Field,
    file_drop::Limits,
    file_zone::{Zone, file_zone},
    icon::Icon,
    uploads::Uploads,
};
use crate::{
    api::{
        Problem,
        file::{self, Purpose},
    },
    forms::Errors,
    i18n::{Text, texts::common},
};

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

/// What pictures of a purpose are: their kinds, and below how many kilobytes each stays where that is less than a megabyte.
fn limits(purpose: &Purpose) -> (Limits, Option<u32>) {
    let types: &[&str] = match purpose {
        Purpose::CoolAppIcon | Purpose::CoolAppEntryIcon => &[".png"],
        _ => &[".png", ".jpg", ".jpeg"],
    };
    let small = matches!(purpose, Purpose::CoolAppThumbnail | Purpose::CoolAppCase);
    (Limits { types, megabytes: 2 }, small.then_some(100))
}

/// Why a picture cannot be taken, before anything is sent.
fn refuse((limits, kilobytes): (Limits, Option<u32>), file: &web_sys::File) -> Option<Text> {
    let large = |kilobytes: &u32| file.size() >= f64::from(*kilobytes) * 1024.0;
    match limits.refuse(file) {
        Some(message) => Some(message),
        None => kilobytes
            .filter(large)
            .map(|kilobytes| Text::from(move || common::file_not_small(&kilobytes))),
    }
}

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
    let uploads = Uploads::default();
    let allowed = limits(&purpose);
    let purpose = StoredValue::new(purpose);
    let take = Callback::new(move |chosen: web_sys::File| {
        if let Some(message) = refuse(allowed, &chosen) {
            errors.replace(name, Some(message));
            return;
        }
        if most > 1 && value.with_untracked(Vec::len) + uploads.under_way() >= most {
            errors.replace(name, Some(Text::from(move || common::pictures_full(&most))));
            return;
        }
        uploads.forget_failed();
        uploads.send(chosen, purpose.get_value(), move |stored| {
            if let Some(stored) = stored {
                let _ = value.try_update(|ids| keep(ids, stored.id.into_inner(), most));
            }
        });
    });
    let types = allowed.0.types.join(", ");
    let zone = Zone {
        name,
        errors,
        has_hint: true,
        accepted: types.clone(),
        several: most > 1,
        dense: true,
    };
    let content = view! {
        <p class="mt-2 text-xs text-muted">{dynamic(move || match allowed {
            (_, Some(kilobytes)) => common::file_limits_small(&types, &kilobytes),
            (limits, None) => common::file_limits(&types, &limits.megabytes),
        })}</p>
        <div aria-live="polite">
            {dynamic(move || {
                let ids = value.get();
                let count = ids.len();
                let words = words.clone();
                let tiles: Vec<AnyView> = ids.into_iter().enumerate().map(|(at, id)| tile(at, count, id, words.clone(), most, value)).collect();
                (!tiles.is_empty()).then(|| view! { <ul class="mt-3 flex flex-wrap gap-3">{tiles}</ul> })
            })}
            {dynamic(move || uploads.rows(refused))}
        </div>
    };
    view! {
        <Field name=name label=label errors=errors hint=Some(hint) required=true>
            {file_zone(zone, take, content.into_any())}
        </Field>
    }
    .into_any()
}

/// A field for one picture shows the last, one for several as many as it has room for.
fn keep(ids: &mut Vec<String>, id: String, most: usize) {
    if most == 1 {
        ids.clear();
    }
    if ids.len() < most {
        ids.push(id);
    }
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

/// Why a picture did not arrive: what is wrong with it, else what went wrong.
fn refused(problem: &Problem) -> Text {
    match problem.refusal().and_then(|refused| refused.issues.first()) {
        Some(issue) => issue.message.clone().into(),
        None => problem_title(problem),
    }
}
