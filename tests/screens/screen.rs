//! What a screen is to this tool: who sees it, where it is, what opens it. Data only.

/// One picture's subject.
pub struct Screen {
    /// The folder that its pictures go to; lower case with dashes, the face first (`portal-projects`).
    pub name: &'static str,
    /// The demo account that sees it; `None` is a visitor.
    pub account: Option<&'static str>,
    /// The address that it is opened by. `{…}` is filled in by `stage`; addresses with an id in them are reached by a `Follow`
    /// step from a list.
    pub address: &'static str,
    /// What is done there before the picture: opening a dialog, choosing a tab.
    pub steps: &'static [Step],
    /// Only in views whose name contains this.
    pub only: &'static str,
}

/// One thing that a person does to get to the picture. Words are keys of the locale files.
#[derive(Clone, Copy)]
pub enum Step {
    /// Clicks the first link whose path starts with this.
    Follow(&'static str),
    /// Clicks the control with this role and name.
    Click(&'static str, &'static str),
    /// Clicks the first control with this role whose name holds these words (up to their first placeholder).
    ClickFirst(&'static str, &'static str),
    /// Clicks the control with this role that does this to a thing of the demo: `words: thing`.
    ClickNamed(&'static str, &'static str, &'static str),
    /// Types into the field with this label.
    Fill(&'static str, &'static str),
    /// Puts a file into the field with this label; `stage` knows the file by its name.
    Upload(&'static str, &'static str),
    /// Opens the first folded part whose heading begins with these words.
    Unfold(&'static str),
    /// Waits until this text is shown.
    Await(&'static str),
    /// Waits until an element of this role is shown.
    AwaitRole(&'static str),
    /// Loses the connection to the server; it is there again for the next screen.
    Disconnect,
}
