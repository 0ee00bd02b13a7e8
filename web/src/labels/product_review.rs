//! The words for what a product's content chooses, one by one, as those read it who do not write it; `product` has them as lists.

use crate::{
    api::product_content::{
        ChargeForm, ChargingRule, Industry, OpeningOrder, PromotionMode, SalesChannel, TrialLength,
    },
    i18n::{Key, texts::shelves},
};

pub fn charge_form(form: ChargeForm) -> Key {
    match form {
        ChargeForm::Free => shelves::CHARGE_FREE,
        ChargeForm::Paid => shelves::CHARGE_PAID,
    }
}

pub fn charging_rule(rule: ChargingRule) -> Key {
    match rule {
        ChargingRule::PerSeat => shelves::RULE_PER_SEAT,
        ChargingRule::PerDirectoryMember => shelves::RULE_PER_DIRECTORY_MEMBER,
        ChargingRule::PerSingleUser => shelves::RULE_PER_SINGLE_USER,
    }
}

pub fn trial(length: TrialLength) -> Key {
    match length {
        TrialLength::SevenDays => shelves::TRIAL_SEVEN_DAYS,
        TrialLength::FifteenDays => shelves::TRIAL_FIFTEEN_DAYS,
        TrialLength::OneMonth => shelves::TRIAL_ONE_MONTH,
        TrialLength::FortyFiveDays => shelves::TRIAL_FORTY_FIVE_DAYS,
        TrialLength::TwoMonths => shelves::TRIAL_TWO_MONTHS,
        TrialLength::ThreeMonths => shelves::TRIAL_THREE_MONTHS,
    }
}

pub fn opening_order(order: OpeningOrder) -> Key {
    match order {
        OpeningOrder::TrialThenAutoFree => shelves::ORDER_TRIAL_THEN_AUTO_FREE,
        OpeningOrder::TrialThenChoose => shelves::ORDER_TRIAL_THEN_CHOOSE,
        OpeningOrder::FreeThenChoose => shelves::ORDER_FREE_THEN_CHOOSE,
    }
}

pub fn sales_channel(channel: SalesChannel) -> Key {
    match channel {
        SalesChannel::Marketplace => shelves::CHANNEL_MARKETPLACE,
        SalesChannel::Direct => shelves::CHANNEL_DIRECT,
        SalesChannel::All => shelves::CHANNEL_ALL,
    }
}

/// A mode, and what it means.
pub fn promotion_mode(mode: PromotionMode) -> (Key, Key) {
    match mode {
        PromotionMode::Marketplace => (shelves::MODE_MARKETPLACE, shelves::MODE_MARKETPLACE_HINT),
        PromotionMode::OwnChannel => (shelves::MODE_OWN_CHANNEL, shelves::MODE_OWN_CHANNEL_HINT),
    }
}

pub fn industry(industry: Industry) -> Key {
    match industry {
        Industry::Manufacturing => shelves::INDUSTRY_MANUFACTURING,
        Industry::Retail => shelves::INDUSTRY_RETAIL,
        Industry::Software => shelves::INDUSTRY_SOFTWARE,
        Industry::Construction => shelves::INDUSTRY_CONSTRUCTION,
        Industry::Education => shelves::INDUSTRY_EDUCATION,
        Industry::Healthcare => shelves::INDUSTRY_HEALTHCARE,
        Industry::Finance => shelves::INDUSTRY_FINANCE,
        Industry::Logistics => shelves::INDUSTRY_LOGISTICS,
        Industry::Hospitality => shelves::INDUSTRY_HOSPITALITY,
        Industry::Services => shelves::INDUSTRY_SERVICES,
        Industry::PublicSector => shelves::INDUSTRY_PUBLIC_SECTOR,
        Industry::Other => shelves::INDUSTRY_OTHER,
    }
}
