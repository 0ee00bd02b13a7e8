//! Leads (商机, L24): a partner's list and the page of one, and what a customer's people passed on.

mod assign;
mod lead;
mod list;
mod passed_on;
mod step;

pub use lead::page as lead;
pub use list::page as list;
pub use passed_on::page as passed_on;

use crate::{
    api::lead::{LeadEventKind, LeadSource, LeadStatus},
    components::badge::Tone,
    i18n::{Key, texts::leads as words},
};

fn status(status: LeadStatus) -> (Tone, Key) {
    match status {
        LeadStatus::New => (Tone::Attention, words::NEW),
        LeadStatus::Contacted => (Tone::Active, words::CONTACTED),
        LeadStatus::Won => (Tone::Good, words::WON),
        LeadStatus::Lost => (Tone::Neutral, words::LOST),
    }
}

fn source(source: LeadSource) -> Key {
    match source {
        LeadSource::Consultation => words::CONSULTATION,
        LeadSource::Trial => words::TRIAL,
        LeadSource::AskAdmins => words::ASK_ADMINS,
        LeadSource::Promotion => words::PROMOTION,
    }
}

fn event(kind: LeadEventKind) -> Key {
    match kind {
        LeadEventKind::Created => words::EVENT_CREATED,
        LeadEventKind::AskedAgain => words::EVENT_ASKED_AGAIN,
        LeadEventKind::Assigned => words::EVENT_ASSIGNED,
        LeadEventKind::Contacted => words::EVENT_CONTACTED,
        LeadEventKind::Won => words::EVENT_WON,
        LeadEventKind::Lost => words::EVENT_LOST,
    }
}
