//! The words for cool apps and groups: states, roles, and how entries open.

use super::product::Words;
use crate::{
    api::{
        cool_app::{CoolAppRole, CoolAppStatus, EntryOpenMode},
        group::{GroupKind, InstallationStatus},
    },
    components::badge::Tone,
    i18n::{Key, texts::cool_apps as words},
};

pub fn cool_app(status: CoolAppStatus) -> (Tone, Key) {
    match status {
        CoolAppStatus::Draft => (Tone::Neutral, words::STATUS_DRAFT),
        CoolAppStatus::Submitted => (Tone::Active, words::STATUS_SUBMITTED),
        CoolAppStatus::Approved => (Tone::Good, words::STATUS_APPROVED),
        CoolAppStatus::Rejected => (Tone::Bad, words::STATUS_REJECTED),
        CoolAppStatus::UpdateSubmitted => (Tone::Active, words::STATUS_UPDATE_SUBMITTED),
        CoolAppStatus::Delisted => (Tone::Neutral, words::STATUS_DELISTED),
    }
}

pub fn installation(status: InstallationStatus) -> (Tone, Key) {
    match status {
        InstallationStatus::NotEnabled => (Tone::Attention, words::NOT_ENABLED),
        InstallationStatus::Enabled => (Tone::Good, words::ENABLED),
        InstallationStatus::Uninstalled => (Tone::Neutral, words::UNINSTALLED),
    }
}

pub fn group_kind(kind: GroupKind) -> Key {
    match kind {
        GroupKind::WholeOrganization => words::KIND_WHOLE,
        GroupKind::Ordinary => words::KIND_ORDINARY,
    }
}

pub fn open_mode(mode: EntryOpenMode) -> Key {
    match mode {
        EntryOpenMode::PcSidebar => words::MODE_PC_SIDEBAR,
        EntryOpenMode::MobileHalfSheet => words::MODE_MOBILE_HALF_SHEET,
    }
}

pub fn role(role: CoolAppRole) -> Key {
    match role {
        CoolAppRole::Management => words::ROLE_MANAGEMENT,
        CoolAppRole::HumanResources => words::ROLE_HUMAN_RESOURCES,
        CoolAppRole::Administration => words::ROLE_ADMINISTRATION,
        CoolAppRole::Finance => words::ROLE_FINANCE,
        CoolAppRole::Sales => words::ROLE_SALES,
        CoolAppRole::Marketing => words::ROLE_MARKETING,
        CoolAppRole::ResearchAndDevelopment => words::ROLE_RESEARCH,
        CoolAppRole::Production => words::ROLE_PRODUCTION,
        CoolAppRole::Procurement => words::ROLE_PROCUREMENT,
        CoolAppRole::CustomerService => words::ROLE_CUSTOMER_SERVICE,
        CoolAppRole::InformationTechnology => words::ROLE_IT,
        CoolAppRole::ProjectManagement => words::ROLE_PROJECT_MANAGEMENT,
    }
}

pub const ROLES: &Words = &[
    ("MANAGEMENT", words::ROLE_MANAGEMENT),
    ("HUMAN_RESOURCES", words::ROLE_HUMAN_RESOURCES),
    ("ADMINISTRATION", words::ROLE_ADMINISTRATION),
    ("FINANCE", words::ROLE_FINANCE),
    ("SALES", words::ROLE_SALES),
    ("MARKETING", words::ROLE_MARKETING),
    ("RESEARCH_AND_DEVELOPMENT", words::ROLE_RESEARCH),
    ("PRODUCTION", words::ROLE_PRODUCTION),
    ("PROCUREMENT", words::ROLE_PROCUREMENT),
    ("CUSTOMER_SERVICE", words::ROLE_CUSTOMER_SERVICE),
    ("INFORMATION_TECHNOLOGY", words::ROLE_IT),
    ("PROJECT_MANAGEMENT", words::ROLE_PROJECT_MANAGEMENT),
];

pub const OPEN_MODES: &Words = &[
    ("PC_SIDEBAR", words::MODE_PC_SIDEBAR),
    ("MOBILE_HALF_SHEET", words::MODE_MOBILE_HALF_SHEET),
];
