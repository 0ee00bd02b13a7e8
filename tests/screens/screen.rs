//! What a screen is to this tool: who sees it, where it is, what opens it. Data only.

/// One picture's subject.
pub struct Screen {
    /// The folder that its pictures go to; lower case with dashes, the face first (`portal-projects`).
    pub name: &'static str,
    /// The demo account that sees it; `None` is a visitor.
    pub account: Option<&'static str>,
    /// The address that it is opened by. Addresses with an id in them are reached by a `Follow` step from a list.
    pub address: &'static str,
    /// What is done there before the picture: opening a dialog, choosing a tab.
    pub steps: &'static [Step],
}

/// A control's or text's words in both languages, as in the locale files.
#[derive(Clone, Copy)]
pub struct Words {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Words {
    /// The words in a view's language.
    pub fn in_language(self, language: &str) -> &'static str {
        if language == "en" { self.en } else { self.zh }
    }
}

/// One thing that a person does to get to the picture.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "a vocabulary: each list uses the steps that it needs")]
pub enum Step {
    /// Clicks the first link whose path starts with this.
    Follow(&'static str),
    /// Clicks the control with this role and name.
    Click(&'static str, Words),
    /// Types into the field with this label.
    Fill(Words, &'static str),
    /// Waits until this text is shown.
    Await(Words),
    /// Clicks the first control with this role, whatever its name.
    ClickFirst(&'static str),
}
