//! A QR code that the server drew, as a picture with a name. The markup becomes an image, so that nothing in it can run.

use leptos::prelude::*;

use crate::{browser, i18n::Text};

pub fn qr(label: impl Into<Text>, svg: &str) -> AnyView {
    let label: Text = label.into();
    let source = format!("data:image/svg+xml,{}", browser::encode(svg));
    view! { <img class="size-48 rounded-field border border-base-300 bg-white p-2" src=source alt=label width="192" height="192" /> }.into_any()
}
