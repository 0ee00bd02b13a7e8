//! The address bar as a signal: path and query, going somewhere, and asking first where unsaved work would be lost.
//! Which address shows which page is `routes`.

use std::cell::{Cell, OnceCell};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent, ScrollToOptions};

use crate::browser;

/// Where the person is. `query` keeps the order of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    pub path: String,
    pub query: Vec<(String, String)>,
}

impl Location {
    /// Reads `/path?a=b&c=d`.
    pub fn parse(address: &str) -> Self {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (browser::decode(name), browser::decode(value))
        });
        Self {
            path: path.to_owned(),
            query: pairs.collect(),
        }
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn address(&self) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", browser::encode(name), browser::encode(value)))
            .collect();
        if pairs.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, pairs.join("&"))
        }
    }
}

#[derive(Clone)]
struct Navigation {
    location: ArcRwSignal<Location>,
    /// Unsaved work on the page.
    dirty: ArcRwSignal<bool>,
    /// Where the person wanted to go when the page asked first.
    pending: ArcRwSignal<Option<String>>,
}

thread_local! {
    static NAVIGATION: OnceCell<Navigation> = const { OnceCell::new() };
    /// Position in the tab's history, kept in `history.state`, to know which way a step went.
    static POSITION: Cell<f64> = const { Cell::new(0.0) };
    static IGNORE_NEXT_POP: Cell<bool> = const { Cell::new(false) };
}

fn navigation() -> Navigation {
    NAVIGATION.with(|cell| {
        cell.get_or_init(|| Navigation {
            location: ArcRwSignal::new(current()),
            dirty: ArcRwSignal::new(false),
            pending: ArcRwSignal::new(None),
        })
        .clone()
    })
}

fn current() -> Location {
    let Some(location) = browser::window().map(|window| window.location()) else {
        return Location::default();
    };
    Location::parse(&format!(
        "{}{}",
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default()
    ))
}

/// The address now; views that read it follow it.
pub fn location() -> Location {
    navigation().location.get()
}

/// The address, read outside of a view.
pub fn location_now() -> Location {
    navigation().location.get_untracked()
}

/// One value of the query string as a signal; empty where it is absent.
pub fn query(name: &'static str) -> Memo<String> {
    let location = navigation().location;
    Memo::new(move |_| location.with(|location| location.value(name).unwrap_or_default().to_owned()))
}

/// The present address with some query values replaced; an empty value removes its name. Cursors are dropped, because
/// they belong to the list as it was.
pub fn address_with(changes: &[(&str, &str)]) -> String {
    let mut location = location();
    change(&mut location, changes);
    location.address()
}

/// As `address_with`, read once.
pub fn address_now_with(changes: &[(&str, &str)]) -> String {
    let mut location = location_now();
    change(&mut location, changes);
    location.address()
}

fn change(location: &mut Location, changes: &[(&str, &str)]) {
    location
        .query
        .retain(|(name, _)| !["after", "before"].contains(&name.as_str()));
    for (name, value) in changes {
        location.query.retain(|(known, _)| known != name);
        if !value.is_empty() {
            location.query.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
}

/// Replaces query values without a new step in the history (a search while it is typed).
pub fn set_query(changes: &[(&str, &str)]) {
    let mut location = location_now();
    change(&mut location, changes);
    write(&location.address(), true);
    navigation().location.set(location);
}

/// Goes to an address of this application, asking first where unsaved work would be lost.
pub fn go(address: &str) {
    let navigation = navigation();
    if navigation.dirty.get_untracked() {
        navigation.pending.set(Some(address.to_owned()));
    } else {
        arrive(address, false);
    }
}

/// Goes to an address in place of the present one: redirects, and what was just saved.
pub fn replace(address: &str) {
    navigation().dirty.set(false);
    arrive(address, true);
}

fn arrive(address: &str, replace: bool) {
    let navigation = navigation();
    let next = Location::parse(address);
    // The step of a wizard is a page of its own as well.
    let same_page = navigation
        .location
        .with_untracked(|location| location.path == next.path && location.value("step") == next.value("step"));
    write(address, replace);
    navigation.location.set(next);
    if !same_page {
        to_top();
    }
}

fn write(address: &str, replace: bool) {
    let Some(history) = browser::window().and_then(|window| window.history().ok()) else {
        return;
    };
    let position = POSITION.get() + if replace { 0.0 } else { 1.0 };
    POSITION.set(position);
    let state = JsValue::from_f64(position);
    let _ = if replace {
        history.replace_state_with_url(&state, "", Some(address))
    } else {
        history.push_state_with_url(&state, "", Some(address))
    };
}

/// A new page begins at its top, with the keyboard and the screen reader in its main region.
fn to_top() {
    browser::after(0, || {
        if let Some(window) = browser::window() {
            let options = ScrollToOptions::new();
            options.set_top(0.0);
            window.scroll_to_with_scroll_to_options(&options);
        }
        if let Some(main) = browser::document().and_then(|document| document.get_element_by_id("main")) {
            let _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// Says whether the page holds work that leaving would lose. Reset when the page goes away.
pub fn set_dirty(dirty: bool) {
    navigation().dirty.set(dirty);
}

/// Where the person wants to go while the page asks; the dialog follows it.
pub fn pending() -> Option<String> {
    navigation().pending.get()
}

/// The answer to the question: leave and lose the work, or stay.
pub fn answer(leave: bool) {
    let navigation = navigation();
    let Some(address) = navigation.pending.get_untracked() else {
        return;
    };
    navigation.pending.set(None);
    if leave {
        navigation.dirty.set(false);
        arrive(&address, false);
    }
}

/// Connects the browser's events. Once, at start.
pub fn start() {
    if let Some(history) = browser::window().and_then(|window| window.history().ok()) {
        match history.state().ok().and_then(|state| state.as_f64()) {
            Some(position) => POSITION.set(position),
            None => drop(history.replace_state_with_url(&JsValue::from_f64(0.0), "", None)),
        }
    }
    browser::on_window("popstate", |event| on_pop(&event));
    browser::on_window("click", |event| on_click(event.unchecked_ref()));
    browser::on_window("beforeunload", |event| {
        if navigation().dirty.get_untracked() {
            event.prevent_default();
        }
    });
}

fn on_pop(event: &web_sys::Event) {
    if IGNORE_NEXT_POP.replace(false) {
        return;
    }
    let navigation = navigation();
    let next = current();
    let position = event
        .unchecked_ref::<web_sys::PopStateEvent>()
        .state()
        .as_f64()
        .unwrap_or(0.0);
    let step = position - POSITION.get();
    let leaves = navigation
        .location
        .with_untracked(|location| location.path != next.path);
    if navigation.dirty.get_untracked() && leaves && step != 0.0 {
        // The browser has already moved: move it back, then ask.
        IGNORE_NEXT_POP.set(true);
        if let Some(history) = browser::window().and_then(|window| window.history().ok()) {
            #[allow(clippy::cast_possible_truncation)]
            let _ = history.go_with_delta(-step as i32);
        }
        navigation.pending.set(Some(next.address()));
        return;
    }
    POSITION.set(position);
    navigation.location.set(next);
}

/// Follows plain clicks on links of this application without loading the page anew.
fn on_click(event: &MouseEvent) {
    if event.default_prevented()
        || event.button() != 0
        || event.meta_key()
        || event.ctrl_key()
        || event.shift_key()
        || event.alt_key()
    {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let anchor = target.and_then(|target| target.closest("a[href]").ok().flatten());
    let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    let href = anchor.get_attribute("href").unwrap_or_default();
    if anchor.has_attribute("download")
        || anchor.has_attribute("target")
        || !href.starts_with('/')
        || href.starts_with("//")
    {
        return;
    }
    event.prevent_default();
    go(&href);
}
