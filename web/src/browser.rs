//! The browser itself: window, storage, document, clock, random keys. Thin and free of rules, so that the rest of the
//! code names `web_sys` only where it handles events.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Storage, Window};

/// The window. There is none in native tests, which is why everything here answers with an `Option` or a default.
pub fn window() -> Option<Window> {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window();
    #[cfg(not(target_arch = "wasm32"))]
    None
}

pub fn document() -> Option<Document> {
    window()?.document()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn session_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}

/// Reads a setting of this browser. Private windows may refuse storage: then nothing is stored.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Writes a setting of this browser; `None` removes it.
pub fn store(key: &str, value: Option<&str>) {
    write(storage(), key, value);
}

/// Reads what this tab keeps until it is closed.
pub fn kept(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok()?
}

/// Keeps something for this tab; `None` removes it.
pub fn keep(key: &str, value: Option<&str>) {
    write(session_storage(), key, value);
}

fn write(storage: Option<Storage>, key: &str, value: Option<&str>) {
    let Some(storage) = storage else { return };
    // A full or refused storage loses a convenience, never work.
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

pub fn document_language() -> Option<String> {
    document()?.document_element()?.get_attribute("lang")
}

pub fn set_document_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Sets or removes an attribute of `<html>`, where the style sheet looks for the theme.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The content of `<meta name=…>`, where it is not empty.
pub fn meta(name: &str) -> Option<String> {
    let element = document()?.query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    element.get_attribute("content").filter(|content| !content.is_empty())
}

/// `https://host:port` of the page.
pub fn origin() -> String {
    window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A random UUID: names one submission of one form, so that a repeat of it is known as such.
pub fn random_key() -> String {
    let mut bytes = [0u8; 16];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut key = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            key.push('-');
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            key.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    key
}

/// Moves the keyboard focus to the element with this id and brings it into view.
pub fn focus(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.scroll_into_view_with_bool(true);
        if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
    }
}

/// Percent-encodes a value for a query string.
pub fn encode(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}

/// Reads a percent-encoded value; `+` is a space, as in forms.
pub fn decode(value: &str) -> String {
    js_sys::decode_uri_component(&value.replace('+', " ")).map_or_else(|_| value.to_owned(), String::from)
}

/// Runs `task` after `milliseconds`.
pub fn after(milliseconds: u32, task: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(milliseconds, task).forget();
}

/// Listens on the window for as long as the application lives.
pub fn on_window(event: &str, listener: impl FnMut(web_sys::Event) + 'static) {
    let listener = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(listener);
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// Reads a property of a JavaScript object; `undefined` where there is none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
