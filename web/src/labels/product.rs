//! The words for products: their states, and what can be chosen in the wizard by the words of the contract.

use crate::{
    api::product::{ProductDecision, ProductEventKind, ProductStatus, RevisionStatus},
    components::badge::Tone,
    i18n::{Key, texts::shelves},
};

pub fn product(status: ProductStatus) -> (Tone, Key) {
    match status {
        ProductStatus::Draft => (Tone::Neutral, shelves::STATUS_DRAFT),
        ProductStatus::InReview => (Tone::Active, shelves::STATUS_IN_REVIEW),
        ProductStatus::Approved => (Tone::Good, shelves::STATUS_APPROVED),
        ProductStatus::Rejected => (Tone::Bad, shelves::STATUS_REJECTED),
        ProductStatus::Listed => (Tone::Good, shelves::STATUS_LISTED),
        ProductStatus::Hidden => (Tone::Attention, shelves::STATUS_HIDDEN),
        ProductStatus::Delisted => (Tone::Neutral, shelves::STATUS_DELISTED),
    }
}

/// A revision beside a product that is on sale.
pub fn revision(status: RevisionStatus) -> (Tone, Key) {
    match status {
        RevisionStatus::Draft => (Tone::Neutral, shelves::REVISION_DRAFT),
        RevisionStatus::InReview => (Tone::Active, shelves::REVISION_IN_REVIEW),
        RevisionStatus::Approved => (Tone::Good, shelves::REVISION_APPROVED),
        RevisionStatus::Rejected => (Tone::Bad, shelves::REVISION_REJECTED),
    }
}

pub fn decision(decision: ProductDecision) -> (Tone, Key) {
    match decision {
        ProductDecision::Approve => (Tone::Good, shelves::DECISION_APPROVE),
        ProductDecision::Reject => (Tone::Bad, shelves::DECISION_REJECT),
        ProductDecision::SendBack => (Tone::Attention, shelves::DECISION_SEND_BACK),
    }
}

pub fn event(kind: ProductEventKind) -> Key {
    match kind {
        ProductEventKind::Approved => shelves::EVENT_APPROVED,
        ProductEventKind::Created => shelves::EVENT_CREATED,
        ProductEventKind::Delisted => shelves::EVENT_DELISTED,
        ProductEventKind::DelistingApplied => shelves::EVENT_DELISTING_APPLIED,
        ProductEventKind::DelistingRefused => shelves::EVENT_DELISTING_REFUSED,
        ProductEventKind::DelistingWithdrawn => shelves::EVENT_DELISTING_WITHDRAWN,
        ProductEventKind::FirstApproved => shelves::EVENT_FIRST_APPROVED,
        ProductEventKind::Hidden => shelves::EVENT_HIDDEN,
        ProductEventKind::Listed => shelves::EVENT_LISTED,
        ProductEventKind::Rejected => shelves::EVENT_REJECTED,
        ProductEventKind::RevisionBegun => shelves::EVENT_REVISION_BEGUN,
        ProductEventKind::RevisionDiscarded => shelves::EVENT_REVISION_DISCARDED,
        ProductEventKind::SentBack => shelves::EVENT_SENT_BACK,
        ProductEventKind::Shown => shelves::EVENT_SHOWN,
        ProductEventKind::Submitted => shelves::EVENT_SUBMITTED,
        ProductEventKind::TaskDone => shelves::EVENT_TASK_DONE,
        ProductEventKind::TaskReopened => shelves::EVENT_TASK_REOPENED,
    }
}

/// Words of the contract with what people read.
pub type Words = [(&'static str, Key)];

pub const CHARGE_FORMS: &Words = &[("FREE", shelves::CHARGE_FREE), ("PAID", shelves::CHARGE_PAID)];

pub const CHARGING_RULES: &Words = &[
    ("PER_SEAT", shelves::RULE_PER_SEAT),
    ("PER_DIRECTORY_MEMBER", shelves::RULE_PER_DIRECTORY_MEMBER),
    ("PER_SINGLE_USER", shelves::RULE_PER_SINGLE_USER),
];

pub const TRIALS: &Words = &[
    ("SEVEN_DAYS", shelves::TRIAL_SEVEN_DAYS),
    ("FIFTEEN_DAYS", shelves::TRIAL_FIFTEEN_DAYS),
    ("ONE_MONTH", shelves::TRIAL_ONE_MONTH),
    ("FORTY_FIVE_DAYS", shelves::TRIAL_FORTY_FIVE_DAYS),
    ("TWO_MONTHS", shelves::TRIAL_TWO_MONTHS),
    ("THREE_MONTHS", shelves::TRIAL_THREE_MONTHS),
];

pub const OPENING_ORDERS: &Words = &[
    ("TRIAL_THEN_CHOOSE", shelves::ORDER_TRIAL_THEN_CHOOSE),
    ("FREE_THEN_CHOOSE", shelves::ORDER_FREE_THEN_CHOOSE),
    ("TRIAL_THEN_AUTO_FREE", shelves::ORDER_TRIAL_THEN_AUTO_FREE),
];

pub const PROMOTION_MODES: &Words = &[
    ("MARKETPLACE", shelves::MODE_MARKETPLACE),
    ("OWN_CHANNEL", shelves::MODE_OWN_CHANNEL),
];

pub const SALES_CHANNELS: &Words = &[
    ("ALL", shelves::CHANNEL_ALL),
    ("MARKETPLACE", shelves::CHANNEL_MARKETPLACE),
    ("DIRECT", shelves::CHANNEL_DIRECT),
];

pub const INDUSTRIES: &Words = &[
    ("MANUFACTURING", shelves::INDUSTRY_MANUFACTURING),
    ("RETAIL", shelves::INDUSTRY_RETAIL),
    ("LOGISTICS", shelves::INDUSTRY_LOGISTICS),
    ("CONSTRUCTION", shelves::INDUSTRY_CONSTRUCTION),
    ("SOFTWARE", shelves::INDUSTRY_SOFTWARE),
    ("SERVICES", shelves::INDUSTRY_SERVICES),
    ("FINANCE", shelves::INDUSTRY_FINANCE),
    ("EDUCATION", shelves::INDUSTRY_EDUCATION),
    ("HEALTHCARE", shelves::INDUSTRY_HEALTHCARE),
    ("HOSPITALITY", shelves::INDUSTRY_HOSPITALITY),
    ("PUBLIC_SECTOR", shelves::INDUSTRY_PUBLIC_SECTOR),
    ("OTHER", shelves::INDUSTRY_OTHER),
];

/// Sizes of organisations.
pub fn sizes() -> Vec<(&'static str, Key)> {
    super::SIZES.iter().map(|(_, word, key)| (*word, *key)).collect()
}

/// What people read for a word.
pub fn of(words: &Words, word: &str) -> Option<Key> {
    words.iter().find(|(known, _)| *known == word).map(|(_, key)| *key)
}

/// Several words as a sentence has them; nothing for none.
pub fn listed(words: &Words, chosen: &[String]) -> Option<String> {
    let said: Vec<String> = chosen
        .iter()
        .filter_map(|word| of(words, word))
        .map(|key| key.get().to_owned())
        .collect();
    (!said.is_empty()).then(|| crate::format::list(&said))
}
