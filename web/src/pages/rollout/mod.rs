//! Rollouts of new versions (版本推送, L17): the partner's list, a new one and one that runs; what came to a customer's application, and when
//! nothing may come.

mod act;
mod detail;
mod freeze;
mod kept;
mod list;
mod new;
mod preflight;
mod states;
mod subscribers;
mod updates;

use crate::{
    components::page_header::{Crumb, crumb},
    i18n::texts::rollout as words,
    routes::Portal,
};

pub use detail::page;
pub use list::page as list;
pub use new::page as new;
pub use updates::page as updates;

/// The list of rollouts.
fn rollouts_crumb() -> Crumb {
    crumb(words::NAV, Portal::Rollouts.address())
}
