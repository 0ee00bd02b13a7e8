//! Light, dark, or as the system has it. `theme.js` applies the stored choice before the first paint.

use crate::browser;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

const STORED: &str = "appshelf.theme";

/// The choice of this browser.
pub fn stored() -> Theme {
    match browser::stored(STORED).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Applies and remembers a choice.
pub fn choose(theme: Theme) {
    let name = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    browser::store(STORED, name);
    browser::set_root_attribute("data-theme", name);
}
