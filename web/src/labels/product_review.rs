//! The words for the enumerations of products.

use crate::{
    api::{
        product_review::{ProductEventKind, ProductStatus},
        product_review_content::{
            ChargeForm, ChargingRule, Industry, OpeningOrder, PromotionMode, SalesChannel, TrialLength,
        },
    },
    components::badge::Tone,
    i18n::{Key, texts::reviews},
};

pub fn status(status: ProductStatus) -> (Tone, Key) {
    match status {
        ProductStatus::Draft => (Tone::Neutral, reviews::STATUS_DRAFT),
        ProductStatus::InReview => (Tone::Active, reviews::STATUS_IN_REVIEW),
        ProductStatus::Approved => (Tone::Good, reviews::STATUS_APPROVED),
        ProductStatus::Rejected => (Tone::Bad, reviews::STATUS_REJECTED),
        ProductStatus::Listed => (Tone::Good, reviews::STATUS_LISTED),
        ProductStatus::Hidden => (Tone::Attention, reviews::STATUS_HIDDEN),
        ProductStatus::Delisted => (Tone::Neutral, reviews::STATUS_DELISTED),
    }
}

pub fn charge_form(form: ChargeForm) -> Key {
    match form {
        ChargeForm::Free => reviews::CHARGE_FREE,
        ChargeForm::Paid => reviews::CHARGE_PAID,
    }
}

pub fn charging_rule(rule: ChargingRule) -> Key {
    match rule {
        ChargingRule::PerSeat => reviews::RULE_PER_SEAT,
        ChargingRule::PerDirectoryMember => reviews::RULE_PER_DIRECTORY_MEMBER,
        ChargingRule::PerSingleUser => reviews::RULE_PER_SINGLE_USER,
    }
}

pub fn trial(length: TrialLength) -> Key {
    match length {
        TrialLength::SevenDays => reviews::TRIAL_SEVEN_DAYS,
        TrialLength::FifteenDays => reviews::TRIAL_FIFTEEN_DAYS,
        TrialLength::OneMonth => reviews::TRIAL_ONE_MONTH,
        TrialLength::FortyFiveDays => reviews::TRIAL_FORTY_FIVE_DAYS,
        TrialLength::TwoMonths => reviews::TRIAL_TWO_MONTHS,
        TrialLength::ThreeMonths => reviews::TRIAL_THREE_MONTHS,
    }
}

pub fn opening_order(order: OpeningOrder) -> Key {
    match order {
        OpeningOrder::TrialThenAutoFree => reviews::OPENING_TRIAL_THEN_AUTO_FREE,
        OpeningOrder::TrialThenChoose => reviews::OPENING_TRIAL_THEN_CHOOSE,
        OpeningOrder::FreeThenChoose => reviews::OPENING_FREE_THEN_CHOOSE,
    }
}

pub fn sales_channel(channel: SalesChannel) -> Key {
    match channel {
        SalesChannel::Marketplace => reviews::CHANNEL_MARKETPLACE,
        SalesChannel::Direct => reviews::CHANNEL_DIRECT,
        SalesChannel::All => reviews::CHANNEL_ALL,
    }
}

/// A mode, and what it means.
pub fn promotion_mode(mode: PromotionMode) -> (Key, Key) {
    match mode {
        PromotionMode::Marketplace => (reviews::MODE_MARKETPLACE, reviews::MODE_MARKETPLACE_HINT),
        PromotionMode::OwnChannel => (reviews::MODE_OWN_CHANNEL, reviews::MODE_OWN_CHANNEL_HINT),
    }
}

pub fn industry(industry: Industry) -> Key {
    match industry {
        Industry::Manufacturing => reviews::INDUSTRY_MANUFACTURING,
        Industry::Retail => reviews::INDUSTRY_RETAIL,
        Industry::Software => reviews::INDUSTRY_SOFTWARE,
        Industry::Construction => reviews::INDUSTRY_CONSTRUCTION,
        Industry::Education => reviews::INDUSTRY_EDUCATION,
        Industry::Healthcare => reviews::INDUSTRY_HEALTHCARE,
        Industry::Finance => reviews::INDUSTRY_FINANCE,
        Industry::Logistics => reviews::INDUSTRY_LOGISTICS,
        Industry::Hospitality => reviews::INDUSTRY_HOSPITALITY,
        Industry::Services => reviews::INDUSTRY_SERVICES,
        Industry::PublicSector => reviews::INDUSTRY_PUBLIC_SECTOR,
        Industry::Other => reviews::INDUSTRY_OTHER,
    }
}

pub fn event(kind: ProductEventKind) -> Key {
    match kind {
        ProductEventKind::Created => reviews::EVENT_CREATED,
        ProductEventKind::Submitted => reviews::EVENT_SUBMITTED,
        ProductEventKind::FirstApproved => reviews::EVENT_FIRST_APPROVED,
        ProductEventKind::Approved => reviews::EVENT_APPROVED,
        ProductEventKind::Rejected => reviews::EVENT_REJECTED,
        ProductEventKind::SentBack => reviews::EVENT_SENT_BACK,
        ProductEventKind::RevisionBegun => reviews::EVENT_REVISION_BEGUN,
        ProductEventKind::RevisionDiscarded => reviews::EVENT_REVISION_DISCARDED,
        ProductEventKind::TaskAnswered => reviews::EVENT_TASK_ANSWERED,
        ProductEventKind::Listed => reviews::EVENT_LISTED,
        ProductEventKind::Hidden => reviews::EVENT_HIDDEN,
        ProductEventKind::Shown => reviews::EVENT_SHOWN,
        ProductEventKind::DelistingApplied => reviews::EVENT_DELISTING_APPLIED,
        ProductEventKind::DelistingRefused => reviews::EVENT_DELISTING_REFUSED,
        ProductEventKind::DelistingWithdrawn => reviews::EVENT_DELISTING_WITHDRAWN,
        ProductEventKind::Delisted => reviews::EVENT_DELISTED,
    }
}
