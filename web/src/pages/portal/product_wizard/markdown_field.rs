//! Markdown as it is typed, with pictures put into it, and as readers will see it.

use leptos::prelude::*;

use crate::{
    api::file::{self, Purpose},
    components::{
        alert::problem_title,
        button::{Button, Look},
        dynamic::dynamic,
        field::TextArea,
        file_drop::Limits,
        file_zone::{Zone, file_zone},
        icon::Icon,
        layout::{Row, Stack, muted, subheading},
    },
    forms::{Errors, interned},
    i18n::{Text, texts::shelves as words},
    pages::portal::product_preview,
};

const LIMITS: Limits = Limits {
    types: &[".png", ".jpg", ".jpeg"],
    megabytes: 2,
};

/// The field, with at most `limit` characters.
pub fn markdown_field(
    name: &'static str,
    label: impl Into<Text>,
    value: RwSignal<String>,
    limit: u32,
    rows: u32,
    errors: Errors,
) -> AnyView {
    let showing = RwSignal::new(false);
    let label: Text = label.into();
    let toggle = Callback::new(move |()| showing.update(|showing| *showing = !*showing));
    let shown = move || {
        showing.get().then(|| {
            let typed = Memo::new(move |_| value.get());
            view! { <div>{subheading(words::PREVIEW)}{product_preview::rendered(typed.into())}</div> }
        })
    };
    let toggle_label = live_label(showing);
    view! {
        <Stack tight=true>
            <TextArea name=name label=label value=value errors=errors hint=words::MARKDOWN_HINT required=true limit=limit rows=rows />
            {pictures(name, value, errors)}
            <Row><Button label=toggle_label on_press=toggle small=true look=Look::Plain leading=Icon::Eye /></Row>
            {dynamic(shown)}
        </Stack>
    }
    .into_any()
}

fn live_label(showing: RwSignal<bool>) -> Text {
    Text::from(move || match showing.get() {
        true => words::MARKDOWN_HIDE.get().to_owned(),
        false => words::MARKDOWN_SHOW.get().to_owned(),
    })
}

/// A picture that is dropped here is sent, and its mark stands at the end of the text.
fn pictures(name: &'static str, value: RwSignal<String>, errors: Errors) -> AnyView {
    let own = interned(&format!("{name}.picture"));
    let said = RwSignal::new(None::<Text>);
    let take = Callback::new(move |chosen: web_sys::File| {
        if let Some(message) = LIMITS.refuse(&chosen) {
            said.set(Some(message));
            return;
        }
        let called = chosen.name();
        let title = called
            .rsplit_once('.')
            .map_or(called.as_str(), |(title, _)| title)
            .replace(['[', ']'], " ");
        said.set(Some(words::PICTURE_SENDING.into()));
        wasm_bindgen_futures::spawn_local(async move {
            match file::upload(chosen, Purpose::ProductImage, |_| ()).await {
                Ok(stored) => {
                    let mark = format!("![{title}](/pictures/{})", stored.id.inner());
                    let _ = value.try_update(|text| {
                        let gap = if text.is_empty() { "" } else { "\n\n" };
                        *text = format!("{}{gap}{mark}\n", text.trim_end());
                    });
                    let _ = said.try_set(Some(words::PICTURE_INSERTED.into()));
                }
                Err(problem) => {
                    let issue = problem.refusal().and_then(|refused| refused.issues.first());
                    let words = issue.map_or_else(|| problem_title(&problem), |issue| issue.message.clone().into());
                    let _ = said.try_set(Some(words));
                }
            }
        });
    });
    let zone = Zone {
        name: own,
        errors,
        has_hint: false,
        accepted: LIMITS.types.join(", "),
        several: false,
        dense: true,
    };
    let content = view! {
        {muted(words::PICTURE_INSERT_HINT)}
        <div aria-live="polite">{dynamic(move || said.get().map(muted))}</div>
    };
    file_zone(zone, take, content.into_any())
}
