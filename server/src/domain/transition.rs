//! What every state machine of ours shares: a pure, total function from status and action to the next status. The
//! machines stand in the file of their noun; guards that need more than the status stand beside them.

use super::locale::Text;
use super::refusal::Refusal;

/// A status that actions move.
pub trait Status: Copy + 'static {
    type Action: Copy + 'static;

    /// The status after the action, or `None` where the action is not open in this status.
    fn after(self, action: Self::Action) -> Option<Self>;

    /// Names for refusals.
    fn word(self) -> &'static str;
    fn action_word(action: Self::Action) -> &'static str;

    /// What people read.
    fn in_words(self) -> Text;
    fn action_in_words(action: Self::Action) -> Text;

    /// The status after the action, or a refusal that names both, to programs and to people.
    fn apply(self, action: Self::Action) -> Result<Self, Refusal> {
        self.after(action).ok_or_else(|| {
            let refusal = Refusal::transition(self.word(), Self::action_word(action));
            refusal.in_words(self.in_words(), Self::action_in_words(action))
        })
    }
}

/// Implements [`Status`] for a `words!` enum that has an `after` function and, like its actions, a `text` function of its own.
macro_rules! status {
    ($status:ident moved by $action:ident) => {
        impl $crate::domain::transition::Status for $status {
            type Action = $action;

            fn after(self, action: $action) -> Option<Self> {
                $status::after(self, action)
            }

            fn word(self) -> &'static str {
                self.as_str()
            }

            fn action_word(action: $action) -> &'static str {
                action.as_str()
            }

            fn in_words(self) -> $crate::domain::locale::Text {
                self.text()
            }

            fn action_in_words(action: $action) -> $crate::domain::locale::Text {
                action.text()
            }
        }
    };
}
pub(crate) use status;
