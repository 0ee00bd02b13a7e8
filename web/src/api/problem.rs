//! What can go wrong between the screen and the server: a lost connection, a refusal of the product's rules, a session
//! that ended, or a fault. Screens show each of them differently; nothing here shows anything.

use std::sync::Arc;

/// Why an operation has no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The server could not be reached; nothing is known about the outcome.
    Lost,
    /// The rules refuse. Expected, and says what to do.
    Refused(Arc<Refused>),
    /// Nobody is signed in any more.
    SignedOut,
    /// The server failed; the number finds the failure in its log.
    Fault { request_id: Option<String> },
    /// A part of this application is no longer where it was: a newer version has taken its place.
    Outdated,
}

impl Problem {
    pub fn refusal(&self) -> Option<&Refused> {
        match self {
            Self::Refused(refused) => Some(refused),
            _ => None,
        }
    }

    /// Whether somebody else was quicker: what was read is no longer what stands there.
    pub fn is_stale(&self) -> bool {
        self.refusal().is_some_and(|refused| refused.kind == "Stale")
    }
}

/// A refusal. `message` and `next_step` are in the person's language; `path` names the input field, outermost first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refused {
    pub kind: String,
    pub code: String,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
    /// Every wrong field, where the input was checked.
    pub issues: Vec<Issue>,
    /// The reasons, where there are several.
    pub details: Vec<String>,
    /// Why an application cannot be distributed (`PREMIUM_APPLICATION`, `REDISTRIBUTION`, `NOTHING_PUBLISHED`).
    pub barrier: Option<String>,
}

/// One wrong field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Issue {
    pub code: String,
    pub message: String,
    pub path: Vec<String>,
}

impl Issue {
    /// The field's own name: places in a list (`references.0`) and parts of an amount belong to their field.
    pub fn field(&self) -> &str {
        let is_part = |part: &&String| {
            matches!(part.as_str(), "amount" | "currency") || part.bytes().all(|byte| byte.is_ascii_digit())
        };
        self.path
            .iter()
            .rev()
            .find(|part| !is_part(part))
            .map_or("", String::as_str)
    }
}
