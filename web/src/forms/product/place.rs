//! Where a check belongs in the wizard: the field that shows it, and its step.

use crate::{
    api::product::ListingStep,
    i18n::{
        Key, Text,
        texts::{common, shelves},
    },
};

/// The steps of the wizard with their words in the address, in order.
pub const STEPS: [(ListingStep, &str, Key); 3] = [
    (ListingStep::Details, "", shelves::STEP_DETAILS),
    (ListingStep::Specification, "specification", shelves::STEP_SPECIFICATION),
    (ListingStep::Promotion, "promotion", shelves::STEP_PROMOTION),
];

/// The step of a word in the address.
pub fn step_of_word(word: &str) -> ListingStep {
    let known = STEPS.iter().find(|(_, known, _)| *known == word);
    known.map_or(ListingStep::Details, |(step, ..)| *step)
}

pub fn word_of_step(step: ListingStep) -> &'static str {
    let known = STEPS.iter().find(|(known, ..)| *known == step);
    known.map_or("", |(_, word, _)| *word)
}

/// The step on which a field stands.
pub fn step_of(field: &str) -> ListingStep {
    match field.split('.').next().unwrap_or_default() {
        "promotionMode" => ListingStep::Promotion,
        "trial" | "freePlan" | "openingOrder" | "plans" => ListingStep::Specification,
        _ => ListingStep::Details,
    }
}

/// The field on the screen that shows what is said about a path of the contract: parts of a list of words stand beside the list.
pub fn field_of(path: &str) -> &str {
    let path = path.strip_prefix("content.").unwrap_or(path);
    let head = path.split('.').next().unwrap_or_default();
    match head {
        "tags" | "screenshotIds" | "contactIds" => head,
        _ => path,
    }
}

/// Which part of a list a path names, counted from zero.
pub fn part_of(path: &str) -> Option<usize> {
    let path = path.strip_prefix("content.").unwrap_or(path);
    let (head, rest) = path.split_once('.')?;
    match head {
        "tags" | "screenshotIds" | "contactIds" => rest.parse().ok(),
        _ => None,
    }
}

fn key_of(name: &str) -> Option<Key> {
    Some(match name {
        "name" => shelves::NAME,
        "iconId" => shelves::ICON,
        "summary" => shelves::SUMMARY,
        "description" => shelves::DESCRIPTION,
        "categoryId" => shelves::CATEGORY,
        "chargeForm" => shelves::CHARGE_FORM,
        "chargingRule" => shelves::CHARGING_RULE,
        "tags" => shelves::TAGS,
        "screenshotIds" => shelves::SCREENSHOTS,
        "cases" => shelves::CASES,
        "audience" => shelves::AUDIENCE,
        "industries" => shelves::INDUSTRIES,
        "sizes" => shelves::SIZES,
        "dailyTrials" => shelves::DAILY_TRIALS,
        "contactIds" => shelves::CONTACTS,
        "privacyUrl" => shelves::PRIVACY_URL,
        "termsUrl" => shelves::TERMS_URL,
        "trial" => shelves::TRIAL,
        "freePlan" => shelves::FREE_PLAN,
        "openingOrder" => shelves::OPENING_ORDER,
        "plans" => shelves::PLANS,
        "promotionMode" => shelves::PROMOTION_MODE,
        "title" => shelves::CASE_TITLE,
        "text" => shelves::CASE_TEXT,
        "minSeats" => shelves::MIN_SEATS,
        "maxSeats" => shelves::MAX_SEATS,
        "unitPrice" => shelves::UNIT_PRICE,
        "periods" => shelves::PERIODS,
        "months" => shelves::MONTHS,
        "roundingOff" => shelves::ROUNDING_OFF,
        "salesChannel" => shelves::SALES_CHANNEL,
        "itemCode" | "id" => shelves::ITEM_CODE,
        _ => return None,
    })
}

/// What a field is called, with the plan, case or period that it belongs to: 规格 2 · 单价.
pub fn label(field: &str) -> Text {
    let parts: Vec<String> = field.split('.').map(str::to_owned).collect();
    Text::from(move || {
        let mut said = Vec::new();
        let mut parts = parts.iter().peekable();
        while let Some(name) = parts.next() {
            let number = parts.peek().and_then(|next| next.parse::<usize>().ok());
            match (name.as_str(), number) {
                ("plans", Some(at)) => said.push(shelves::plan_number(&(at + 1))),
                ("cases", Some(at)) => said.push(shelves::case_number(&(at + 1))),
                ("periods", Some(at)) => said.push(shelves::period_number(&(at + 1))),
                ("name", _) if !said.is_empty() => said.push(shelves::PLAN_NAME.get().to_owned()),
                ("audience", _) => continue,
                (name, _) => said.extend(key_of(name).map(|key| key.get().to_owned())),
            }
            if number.is_some() {
                parts.next();
            }
        }
        match said.is_empty() {
            true => common::ACTIONS.get().to_owned(),
            false => said.join(" · "),
        }
    })
}
