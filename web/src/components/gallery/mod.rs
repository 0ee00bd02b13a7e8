//! Pictures beside each other in a strip that scrolls; each opens larger, with the others before and after it.

use leptos::prelude::*;

use super::{
    button::{Button, fresh_id},
    dialog::{Dialog, Width},
    layout::Row,
};
use crate::{
    browser,
    i18n::{Text, texts::market as words},
};

/// How high the pictures of the strip are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    Small,
    Usual,
}

/// The strip. `label` says what the pictures are.
pub fn gallery(label: impl Into<Text>, urls: Vec<String>, height: Height) -> AnyView {
    let label: Text = label.into();
    let (open, at) = (RwSignal::new(false), RwSignal::new(0_usize));
    let frame = fresh_id("picture");
    let show = {
        let frame = frame.clone();
        Callback::new(move |place: usize| {
            at.set(place);
            open.set(true);
            let frame = frame.clone();
            // The dialog draws itself first; then the arrow keys belong to the pictures.
            browser::after(0, move || browser::focus(&frame));
        })
    };
    let pictures: Vec<AnyView> = urls
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, url)| small(place, url, height, show))
        .collect();
    let title = label.clone();
    view! {
        <ul class="flex snap-x gap-3 overflow-x-auto p-1" aria-label=label>{pictures}</ul>
        <Dialog open=open title=title width=Width::Full>{large(frame.clone(), urls.clone(), at)}</Dialog>
    }
    .into_any()
}

fn small(place: usize, url: String, height: Height, show: Callback<usize>) -> AnyView {
    let number = place + 1;
    let class = match height {
        Height::Small => "h-40 w-auto max-w-72 rounded-field border border-base-300 bg-base-200 object-contain",
        Height::Usual => {
            "h-44 w-auto max-w-[80vw] rounded-field border border-base-300 bg-base-200 object-contain sm:h-64 sm:max-w-lg"
        }
    };
    view! {
        <li class="shrink-0 snap-start">
            <button type="button" class="block cursor-zoom-in rounded-field" aria-label=Text::from(move || words::enlarge_picture(&number)) on:click=move |_| show.run(place)>
                <img class=class src=url alt="" loading="lazy" />
            </button>
        </li>
    }
    .into_any()
}

fn large(frame: String, urls: Vec<String>, at: RwSignal<usize>) -> AnyView {
    let count = urls.len();
    let step = move |by: usize| at.update(|at| *at = (*at + by) % count.max(1));
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "ArrowLeft" => step(count - 1),
        "ArrowRight" => step(1),
        _ => {}
    };
    let said = Text::from(move || words::picture_of(&(at.get() + 1), &count));
    let (alt, url) = (
        said.clone(),
        Text::from(move || urls.get(at.get()).cloned().unwrap_or_default()),
    );
    let buttons = (count > 1).then(|| {
        view! {
            <Row spread=true>
                <Button label=words::PICTURE_PREVIOUS on_press=Callback::new(move |()| step(count - 1)) />
                <span role="status">{said}</span>
                <Button label=words::PICTURE_NEXT on_press=Callback::new(move |()| step(1)) />
            </Row>
        }
    });
    view! {
        <div id=frame tabindex="-1" class="space-y-4" on:keydown=on_key>
            <img class="mx-auto max-h-[70dvh] max-w-full rounded-field border border-base-300 bg-base-200 object-contain" src=url alt=alt />
            {buttons}
        </div>
    }
    .into_any()
}
