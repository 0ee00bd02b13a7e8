//! The two languages of the interface: which one is in use, and the texts as typed keys that `build.rs` makes from
//! `locales/`. A plain text is a constant (`texts::shell::SIGN_OUT`), a text with placeholders a function that returns a
//! `String`. Both follow the language while they are read inside a view, so switching needs no reload. Not here: numbers,
//! money and dates (`format`).

use std::{borrow::Cow, cell::OnceCell, fmt::Display, sync::Arc};

use leptos::{
    oco::Oco,
    prelude::*,
    tachys::{prelude::IntoAttributeValue, view::IntoRender},
};

use crate::browser;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    Chinese,
    English,
}

impl Language {
    /// The BCP 47 tag, as in `<html lang>` and `Accept-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

const STORED: &str = "appshelf.lang";

thread_local! {
    static LANGUAGE: OnceCell<ArcRwSignal<Language>> = const { OnceCell::new() };
}

fn signal() -> ArcRwSignal<Language> {
    LANGUAGE.with(|cell| cell.get_or_init(|| ArcRwSignal::new(initial())).clone())
}

/// What `theme.js` wrote into `<html lang>` before the first paint: the stored choice, else the browser's language.
fn initial() -> Language {
    match browser::document_language().as_deref() {
        Some("en") => Language::English,
        _ => Language::Chinese,
    }
}

/// The language in use; views that read it follow a switch.
pub fn language() -> Language {
    signal().get()
}

/// The language in use, read outside of a view.
pub fn language_now() -> Language {
    signal().get_untracked()
}

/// Switches every text on the screen and remembers the choice in this browser.
pub fn set_language(language: Language) {
    browser::store(STORED, Some(language.tag()));
    browser::set_document_language(language.tag());
    if language_now() != language {
        signal().set(language);
    }
}

/// One plain text in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key(&'static [&'static str; 2]);

impl Key {
    /// The text in the language in use.
    pub fn get(self) -> &'static str {
        let [chinese, english] = self.0;
        match language() {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// The text in both languages: a search finds it by either.
    pub fn in_every_language(self) -> [&'static str; 2] {
        *self.0
    }
}

fn plural([one, other]: [Key; 2], count: u64) -> Key {
    if count == 1 { one } else { other }
}

fn fill(key: Key, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::new();
    let mut rest = key.get();
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.push_str(&value.to_string());
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[allow(dead_code, clippy::all, missing_docs, rustdoc::all)]
pub mod texts {
    //! Generated from `locales/`: one module per area.
    use super::{Key, fill, plural};
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// Any text that a component shows: a key, something a person wrote, or a computation that follows its signals.
#[derive(Clone)]
pub struct Text(Arc<dyn Fn() -> Oco<'static, str> + Send + Sync>);

impl Text {
    /// The text now; a view that reads it follows it.
    pub fn get(&self) -> Oco<'static, str> {
        (self.0)()
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Arc::new(|| Oco::Borrowed("")))
    }
}

impl From<Key> for Text {
    fn from(key: Key) -> Self {
        Self(Arc::new(move || Oco::Borrowed(key.get())))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let text: Oco<'static, str> = Oco::Counted(Arc::from(text));
        Self(Arc::new(move || text.clone()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<F: Fn() -> String + Send + Sync + 'static> From<F> for Text {
    fn from(text: F) -> Self {
        Self(Arc::new(move || Oco::from(Cow::Owned(text()))))
    }
}

impl Text {
    /// The text as a view of its own.
    pub fn into_view_any(self) -> AnyView {
        self.into_render().into_any()
    }
}

/// Shows a computed text: `live(move || common::page_of(&page.get(), &total))`.
pub fn live(text: impl Fn() -> String + Send + Sync + 'static) -> Text {
    Text::from(text)
}

type TextView = Box<dyn FnMut() -> Oco<'static, str> + Send>;

impl IntoRender for Text {
    type Output = TextView;
    fn into_render(self) -> Self::Output {
        Box::new(move || self.get())
    }
}

impl IntoRender for Key {
    type Output = TextView;
    fn into_render(self) -> Self::Output {
        Box::new(move || Oco::Borrowed(self.get()))
    }
}

impl IntoAttributeValue for Text {
    type Output = Arc<dyn Fn() -> Oco<'static, str> + Send + Sync>;
    fn into_attribute_value(self) -> Self::Output {
        self.0
    }
}

impl IntoAttributeValue for Key {
    type Output = Arc<dyn Fn() -> Oco<'static, str> + Send + Sync>;
    fn into_attribute_value(self) -> Self::Output {
        Text::from(self).0
    }
}
