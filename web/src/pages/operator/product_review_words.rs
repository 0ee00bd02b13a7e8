//! The fields of a product as the reviewer goes through them: their order in the three steps, their names, and their paths in
//! the contract.

use crate::{
    api::product_review::ProductChange,
    i18n::{Key, Text, texts::reviews},
};

/// A field of the content; plans stand beside these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Name,
    Icon,
    Summary,
    Description,
    Category,
    ChargeForm,
    ChargingRule,
    Tags,
    Screenshots,
    Cases,
    Industries,
    Sizes,
    DailyTrials,
    Contacts,
    PrivacyUrl,
    TermsUrl,
    Trial,
    FreePlan,
    OpeningOrder,
    PromotionMode,
}

/// Step 1, 应用详情.
pub const DETAILS: [Place; 16] = [
    Place::Name,
    Place::Icon,
    Place::Summary,
    Place::Description,
    Place::Category,
    Place::ChargeForm,
    Place::ChargingRule,
    Place::Tags,
    Place::Screenshots,
    Place::Cases,
    Place::Industries,
    Place::Sizes,
    Place::DailyTrials,
    Place::Contacts,
    Place::PrivacyUrl,
    Place::TermsUrl,
];
/// Step 2, 商品参数规格, before its plans.
pub const SPECIFICATION: [Place; 3] = [Place::Trial, Place::FreePlan, Place::OpeningOrder];
/// Step 3, 推广模式.
pub const PROMOTION: [Place; 1] = [Place::PromotionMode];

impl Place {
    /// As the contract writes it, inside of the content.
    pub fn key(self) -> &'static str {
        self.row().0
    }

    pub fn label(self) -> Key {
        self.row().1
    }

    fn row(self) -> (&'static str, Key) {
        match self {
            Self::Name => ("name", reviews::FIELD_NAME),
            Self::Icon => ("iconId", reviews::FIELD_ICON),
            Self::Summary => ("summary", reviews::FIELD_SUMMARY),
            Self::Description => ("description", reviews::FIELD_DESCRIPTION),
            Self::Category => ("categoryId", reviews::FIELD_CATEGORY),
            Self::ChargeForm => ("chargeForm", reviews::FIELD_CHARGE_FORM),
            Self::ChargingRule => ("chargingRule", reviews::FIELD_CHARGING_RULE),
            Self::Tags => ("tags", reviews::FIELD_TAGS),
            Self::Screenshots => ("screenshotIds", reviews::FIELD_SCREENSHOTS),
            Self::Cases => ("cases", reviews::FIELD_CASES),
            Self::Industries => ("audience.industries", reviews::FIELD_INDUSTRIES),
            Self::Sizes => ("audience.sizes", reviews::FIELD_SIZES),
            Self::DailyTrials => ("audience.dailyTrials", reviews::FIELD_DAILY_TRIALS),
            Self::Contacts => ("contactIds", reviews::FIELD_CONTACTS),
            Self::PrivacyUrl => ("privacyUrl", reviews::FIELD_PRIVACY_URL),
            Self::TermsUrl => ("termsUrl", reviews::FIELD_TERMS_URL),
            Self::Trial => ("trial", reviews::FIELD_TRIAL),
            Self::FreePlan => ("freePlan", reviews::FIELD_FREE_PLAN),
            Self::OpeningOrder => ("openingOrder", reviews::FIELD_OPENING_ORDER),
            Self::PromotionMode => ("promotionMode", reviews::FIELD_PROMOTION_MODE),
        }
    }
}

/// The path of a reason beside a field.
pub fn reason_path(key: &str) -> String {
    format!("content.{key}")
}

/// The name of a field by such a path.
pub fn label_of(path: &str) -> Text {
    let key = path.strip_prefix("content.").unwrap_or(path);
    let place = [DETAILS.as_slice(), &SPECIFICATION, &PROMOTION]
        .concat()
        .into_iter()
        .find(|place| place.key() == key);
    match (place, key.strip_prefix("plans.").and_then(|at| at.parse::<u32>().ok())) {
        (Some(place), _) => place.label().into(),
        (None, Some(at)) => Text::from(move || reviews::plan_number(&(at + 1))),
        (None, None) => key.into(),
    }
}

/// The id of a field's element.
pub fn anchor(key: &str) -> String {
    format!("review-{}", key.replace('.', "-"))
}

/// Whether something at this place, or inside of it, changed.
pub fn is_changed(changes: &[ProductChange], key: &str) -> bool {
    changes.iter().any(|change| inside(&change.path, key).is_some())
}

/// The rest of a path below a place; nothing where it is elsewhere.
pub fn inside<'a>(path: &'a str, key: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(key)?;
    match rest.strip_prefix('.') {
        Some(below) => Some(below),
        None => rest.is_empty().then_some(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_holds_what_is_below_it_and_not_what_begins_alike() {
        assert_eq!(inside("freePlan.maxSeats", "freePlan"), Some("maxSeats"));
        assert_eq!(inside("freePlan", "freePlan"), Some(""));
        assert_eq!(inside("nameOther", "name"), None);
        assert_eq!(inside("audience.sizes", "audience.industries"), None);
    }
}
