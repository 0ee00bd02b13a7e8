//! A stored file on the page itself: fetched with the person's own right, shown as a picture or by the browser's own reader, and always
//! to be saved or opened in a tab.

use leptos::prelude::*;

use super::{
    alert::ProblemPanel,
    button::Button,
    document::{document, opened_in_tab},
    dynamic::dynamic,
    file_drop::file_link,
    icon::Icon,
    layout::{Row, Stack},
};
use crate::{
    api::{
        Problem,
        file::{self, StoredFile},
    },
    i18n::{Text, texts::operator},
};

pub fn preview(stored: StoredFile) -> AnyView {
    let url = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    on_cleanup(move || {
        if let Some(url) = url.try_get_untracked().flatten() {
            let _ = web_sys::Url::revoke_object_url(&url);
        }
    });
    let id = stored.id.clone();
    let show = Callback::new(move |()| {
        let id = id.clone();
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = file::object_url(&id).await;
            let _ = busy.try_set(false);
            match answer {
                // Nobody is left to show it to: then nothing keeps it either.
                Ok(made) => {
                    if let Some(made) = url.try_set(Some(made)).flatten() {
                        let _ = web_sys::Url::revoke_object_url(&made);
                    }
                }
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    });
    let picture = stored.media_type.starts_with("image/");
    let name = stored.name.clone();
    let link = file_link(stored);
    view! {
        <Stack tight=true>
            <Row spread=true>
                {link}
                {dynamic(move || match url.get() {
                    Some(url) => opened_in_tab(url, operator::OPEN_IN_TAB),
                    None => view! { <Button label=operator::PREVIEW on_press=show busy=busy small=true leading=Icon::Eye /> }.into_any(),
                })}
            </Row>
            {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem retry=show /> }))}
            {dynamic(move || url.get().map(|url| {
                let name = name.clone();
                document(Text::from(move || operator::preview_of(&name)), url, picture)
            }))}
        </Stack>
    }
    .into_any()
}
