//! The wizard of a product without a screen: its values as typed, what of them can be sent, and where a check belongs. Nothing is
//! judged here but whether text is a number or an amount; the report of what is wrong is the server's. Merging is `merge`.

pub mod merge;
pub mod place;
pub mod price;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    api::{
        MinorUnits,
        product_content::{
            FreePlanInput, IndustryCaseInput, PlanPeriodInput, ProductAudienceInput, ProductContent,
            ProductContentInput, ProductPlanInput, SalesChannel,
        },
    },
    format,
    i18n::{Key, texts::shelves},
};

/// Everything that the wizard holds, as typed. Choices are words of the contract, empty where nothing is chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductForm {
    pub name: String,
    pub icon_id: String,
    pub summary: String,
    pub description: String,
    pub category_id: String,
    pub charge_form: String,
    pub charging_rule: String,
    pub tags: Vec<String>,
    pub screenshot_ids: Vec<String>,
    pub cases: Vec<CaseForm>,
    pub audience: AudienceForm,
    /// Who they are, with their names.
    pub contact_ids: Vec<(String, String)>,
    pub privacy_url: String,
    pub terms_url: String,
    pub trial: String,
    pub free_plan: Option<FreePlanForm>,
    pub opening_order: String,
    pub plans: Vec<PlanForm>,
    pub promotion_mode: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseForm {
    pub title: String,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AudienceForm {
    pub industries: Vec<String>,
    pub sizes: Vec<String>,
    pub daily_trials: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FreePlanForm {
    /// Empty until the server has made one.
    pub item_code: String,
    pub max_seats: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanForm {
    /// The item code, and before there is one a name that only this browser knows.
    pub id: String,
    /// Whether `id` is an item code.
    pub coded: bool,
    pub name: String,
    pub min_seats: String,
    pub max_seats: String,
    pub unit_price: String,
    pub periods: Vec<PeriodForm>,
    pub sales_channel: String,
    pub sizes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeriodForm {
    pub name: String,
    pub months: String,
    pub rounding_off: String,
}

/// Item codes, by the ids under which plans were sent.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    pub free: Option<String>,
    pub plans: Vec<(String, String)>,
}

impl Codes {
    pub fn of(&self, id: &str) -> Option<&str> {
        let found = self.plans.iter().find(|(sent, _)| sent == id);
        found.map(|(_, code)| code.as_str())
    }
}

/// An enumeration as the contract writes it.
pub fn word_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enumeration of a word; nothing for none, and for one that this version does not know.
pub fn of_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}

pub fn words<T: Serialize>(values: &[T]) -> Vec<String> {
    values.iter().map(word_of).collect()
}

pub fn of_words<T: DeserializeOwned>(words: &[String]) -> Vec<T> {
    words.iter().filter_map(|word| of_word(word)).collect()
}

/// A whole number as people type it, in any digits.
pub fn read_count(typed: &str) -> Option<i32> {
    let amount = format::read_amount(typed)?.0;
    match amount.strip_suffix("00") {
        Some(whole) => whole.parse().ok(),
        None => (amount == "0").then_some(0),
    }
}

fn count_text(count: Option<i32>) -> String {
    count.map(|count| count.to_string()).unwrap_or_default()
}

impl ProductForm {
    /// The form of what is stored.
    pub fn of(content: &ProductContent) -> Self {
        let id = |id: &Option<cynic::Id>| id.as_ref().map(|id| id.inner().to_owned()).unwrap_or_default();
        let plan = |plan: &crate::api::product_content::ProductPlan| PlanForm {
            id: plan.item_code.inner().to_owned(),
            coded: true,
            name: plan.name.clone(),
            min_seats: count_text(plan.min_seats),
            max_seats: count_text(plan.max_seats),
            unit_price: plan.unit_price.as_ref().map(amount_text).unwrap_or_default(),
            periods: plan
                .periods
                .iter()
                .map(|period| PeriodForm {
                    name: period.name.clone(),
                    months: count_text(period.months),
                    rounding_off: amount_text(&period.rounding_off),
                })
                .collect(),
            sales_channel: word_of(&plan.sales_channel),
            sizes: words(&plan.sizes),
        };
        Self {
            name: content.name.clone(),
            icon_id: id(&content.icon_id),
            summary: content.summary.clone(),
            description: content.description.clone(),
            category_id: id(&content.category.as_ref().map(|category| category.id.clone())),
            charge_form: content.charge_form.as_ref().map(word_of).unwrap_or_default(),
            charging_rule: content.charging_rule.as_ref().map(word_of).unwrap_or_default(),
            tags: content.tags.clone(),
            screenshot_ids: content.screenshot_ids.iter().map(|id| id.inner().to_owned()).collect(),
            cases: content
                .cases
                .iter()
                .map(|case| CaseForm {
                    title: case.title.clone(),
                    text: case.text.clone(),
                })
                .collect(),
            audience: AudienceForm {
                industries: words(&content.audience.industries),
                sizes: words(&content.audience.sizes),
                daily_trials: count_text(content.audience.daily_trials),
            },
            contact_ids: content
                .contacts
                .iter()
                .map(|person| (person.id.inner().to_owned(), person.name.clone()))
                .collect(),
            privacy_url: content.privacy_url.clone(),
            terms_url: content.terms_url.clone(),
            trial: content.trial.as_ref().map(word_of).unwrap_or_default(),
            free_plan: content.free_plan.as_ref().map(|plan| FreePlanForm {
                item_code: plan.item_code.inner().to_owned(),
                max_seats: count_text(plan.max_seats),
            }),
            opening_order: content.opening_order.as_ref().map(word_of).unwrap_or_default(),
            plans: content.plans.iter().map(plan).collect(),
            promotion_mode: content.promotion_mode.as_ref().map(word_of).unwrap_or_default(),
        }
    }

    /// What is sent. Text that is no number is left out; `unreadable` says so.
    pub fn content(&self) -> ProductContentInput {
        let id = |id: &str| (!id.is_empty()).then(|| cynic::Id::new(id));
        ProductContentInput {
            name: self.name.trim().to_owned(),
            icon_id: id(&self.icon_id),
            summary: self.summary.trim().to_owned(),
            description: self.description.clone(),
            category_id: id(&self.category_id),
            charge_form: of_word(&self.charge_form),
            charging_rule: of_word(&self.charging_rule),
            tags: self.tags.clone(),
            screenshot_ids: self.screenshot_ids.iter().map(cynic::Id::new).collect(),
            cases: self
                .cases
                .iter()
                .map(|case| IndustryCaseInput {
                    title: case.title.trim().to_owned(),
                    text: case.text.clone(),
                })
                .collect(),
            audience: ProductAudienceInput {
                industries: of_words(&self.audience.industries),
                sizes: of_words(&self.audience.sizes),
                daily_trials: read_count(&self.audience.daily_trials),
            },
            contact_ids: self.contact_ids.iter().map(|(id, _)| cynic::Id::new(id)).collect(),
            privacy_url: self.privacy_url.trim().to_owned(),
            terms_url: self.terms_url.trim().to_owned(),
            trial: of_word(&self.trial),
            free_plan: self.free_plan.as_ref().map(|plan| FreePlanInput {
                item_code: id(&plan.item_code),
                max_seats: read_count(&plan.max_seats),
            }),
            opening_order: of_word(&self.opening_order),
            plans: self.plans.iter().map(PlanForm::input).collect(),
            promotion_mode: of_word(&self.promotion_mode),
        }
    }

    /// Text that is no number or no amount, by the path of its field.
    pub fn unreadable(&self) -> Vec<(String, Key)> {
        let mut found = Vec::new();
        let mut check = |path: String, typed: &str, fine: bool, words: Key| {
            if !typed.trim().is_empty() && !fine {
                found.push((path, words));
            }
        };
        let trials = &self.audience.daily_trials;
        check(
            "audience.dailyTrials".to_owned(),
            trials,
            read_count(trials).is_some(),
            shelves::NOT_A_COUNT,
        );
        if let Some(plan) = &self.free_plan {
            let typed = &plan.max_seats;
            check(
                "freePlan.maxSeats".to_owned(),
                typed,
                read_count(typed).is_some(),
                shelves::NOT_A_COUNT,
            );
        }
        for (at, plan) in self.plans.iter().enumerate() {
            for (field, typed) in [("minSeats", &plan.min_seats), ("maxSeats", &plan.max_seats)] {
                let path = format!("plans.{at}.{field}");
                check(path, typed, read_count(typed).is_some(), shelves::NOT_A_COUNT);
            }
            let is_amount = |typed: &str| format::read_amount(typed).is_some();
            let typed = &plan.unit_price;
            let path = format!("plans.{at}.unitPrice");
            check(path, typed, is_amount(typed), shelves::NOT_AN_AMOUNT);
            for (place, period) in plan.periods.iter().enumerate() {
                let path = |field: &str| format!("plans.{at}.periods.{place}.{field}");
                let (months, off) = (&period.months, &period.rounding_off);
                check(
                    path("months"),
                    months,
                    read_count(months).is_some(),
                    shelves::NOT_A_COUNT,
                );
                check(path("roundingOff"), off, is_amount(off), shelves::NOT_AN_AMOUNT);
            }
        }
        found
    }

    /// The item codes that the server made for what was sent as this: plans stand in the order in which they were sent.
    pub fn codes(&self, stored: &ProductContent) -> Codes {
        let made = self.plans.iter().zip(&stored.plans);
        Codes {
            free: stored.free_plan.as_ref().map(|plan| plan.item_code.inner().to_owned()),
            plans: made
                .map(|(plan, made)| (plan.id.clone(), made.item_code.inner().to_owned()))
                .collect(),
        }
    }

    /// Takes over item codes; plans that came since have none yet.
    pub fn take_codes(&mut self, codes: &Codes) {
        if let (Some(plan), Some(code)) = (&mut self.free_plan, &codes.free) {
            plan.item_code.clone_from(code);
        }
        for plan in &mut self.plans {
            if let Some(code) = codes.of(&plan.id) {
                code.clone_into(&mut plan.id);
                plan.coded = true;
            }
        }
    }

    pub fn is_paid(&self) -> bool {
        self.charge_form == "PAID"
    }
}

/// Minor units as a person would type them, without the cents that are none.
fn amount_text(minor: &MinorUnits) -> String {
    let text = format::plain_amount(&minor.0);
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

impl PlanForm {
    fn input(&self) -> ProductPlanInput {
        ProductPlanInput {
            item_code: self.coded.then(|| cynic::Id::new(&self.id)),
            name: self.name.trim().to_owned(),
            min_seats: read_count(&self.min_seats),
            max_seats: read_count(&self.max_seats),
            unit_price: format::read_amount(&self.unit_price),
            periods: self
                .periods
                .iter()
                .map(|period| PlanPeriodInput {
                    name: period.name.trim().to_owned(),
                    months: read_count(&period.months),
                    rounding_off: format::read_amount(&period.rounding_off).unwrap_or(MinorUnits("0".to_owned())),
                })
                .collect(),
            sales_channel: of_word(&self.sales_channel).unwrap_or(SalesChannel::All),
            sizes: of_words(&self.sizes),
        }
    }
}
