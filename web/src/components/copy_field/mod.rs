//! A value that people carry elsewhere, with a button that copies it.

use leptos::prelude::*;

use super::{
    button::{Button, Look},
    icon::Icon,
    toast::toast,
};
use crate::{
    browser,
    i18n::{Text, texts::common},
};

/// A read-only field and its copy button. Where the browser refuses the clipboard the text is selected instead.
#[component]
pub fn CopyField(#[prop(into)] label: Text, #[prop(into)] value: String) -> AnyView {
    let field = NodeRef::<leptos::html::Input>::new();
    let copied = value.clone();
    let copy = move |()| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        copy_text(copied.clone());
    };
    view! {
        <div class="flex items-stretch gap-2">
            <input node_ref=field class="input flex-1 min-w-0 font-mono text-xs" readonly=true aria-label=label value=value />
            <Button label=common::COPY on_press=Callback::new(copy) look=Look::Plain leading=Icon::Copy />
        </div>
    }
    .into_any()
}

/// Puts text on the clipboard and says so.
pub fn copy_text(text: String) {
    wasm_bindgen_futures::spawn_local(async move {
        let Some(window) = browser::window() else { return };
        let clipboard = browser::property(&window.navigator(), "clipboard");
        if clipboard.is_undefined() {
            return toast(common::COPY_BY_HAND);
        }
        let written = wasm_bindgen_futures::JsFuture::from(window.navigator().clipboard().write_text(&text)).await;
        toast(if written.is_ok() {
            common::COPIED
        } else {
            common::COPY_BY_HAND
        });
    });
}
