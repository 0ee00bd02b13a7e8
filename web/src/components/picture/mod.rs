//! A picture in running content.

use leptos::prelude::*;

use crate::i18n::Text;

/// `words` say what it shows; without them it is decoration.
pub fn picture(words: impl Into<Text>, url: String) -> AnyView {
    let words: Text = words.into();
    view! { <img class="max-h-96 max-w-full rounded-field" src=url alt=words /> }.into_any()
}
