//! The values of the wizard as signals, one a field, and back to the form.

use leptos::prelude::*;

use super::rows::{CaseRow, PlanRow};
use crate::{
    components::check_list::Tick,
    forms::product::{AudienceForm, Codes, FreePlanForm, ProductForm},
};

#[derive(Clone, Copy)]
pub struct Values {
    pub name: RwSignal<String>,
    /// None or one.
    pub icon: RwSignal<Vec<String>>,
    pub summary: RwSignal<String>,
    pub description: RwSignal<String>,
    pub category: RwSignal<String>,
    pub charge_form: RwSignal<String>,
    pub charging_rule: RwSignal<String>,
    pub tags: RwSignal<Vec<String>>,
    pub screenshots: RwSignal<Vec<String>>,
    pub cases: RwSignal<Vec<CaseRow>>,
    pub industries: RwSignal<Vec<String>>,
    pub sizes: RwSignal<Vec<String>>,
    pub daily_trials: RwSignal<String>,
    pub contacts: RwSignal<Vec<Tick>>,
    pub privacy_url: RwSignal<String>,
    pub terms_url: RwSignal<String>,
    pub trial: RwSignal<String>,
    pub has_free_plan: RwSignal<bool>,
    pub free_code: RwSignal<String>,
    pub free_seats: RwSignal<String>,
    pub opening_order: RwSignal<String>,
    pub plans: RwSignal<Vec<PlanRow>>,
    pub promotion_mode: RwSignal<String>,
    /// Rows that are added belong to the page and not to the button that adds them.
    owner: StoredValue<Option<Owner>>,
}

fn text() -> RwSignal<String> {
    RwSignal::new(String::new())
}

fn list() -> RwSignal<Vec<String>> {
    RwSignal::new(Vec::new())
}

impl Values {
    pub fn new(form: &ProductForm) -> Self {
        let values = Self {
            name: text(),
            icon: list(),
            summary: text(),
            description: text(),
            category: text(),
            charge_form: text(),
            charging_rule: text(),
            tags: list(),
            screenshots: list(),
            cases: RwSignal::new(Vec::new()),
            industries: list(),
            sizes: list(),
            daily_trials: text(),
            contacts: RwSignal::new(Vec::new()),
            privacy_url: text(),
            terms_url: text(),
            trial: text(),
            has_free_plan: RwSignal::new(false),
            free_code: text(),
            free_seats: text(),
            opening_order: text(),
            plans: RwSignal::new(Vec::new()),
            promotion_mode: text(),
            owner: StoredValue::new(Owner::current()),
        };
        values.set(form);
        values
    }

    fn texts(self, form: &ProductForm) -> [(RwSignal<String>, String); 13] {
        let free = form.free_plan.clone().unwrap_or_default();
        [
            (self.name, form.name.clone()),
            (self.summary, form.summary.clone()),
            (self.description, form.description.clone()),
            (self.category, form.category_id.clone()),
            (self.charge_form, form.charge_form.clone()),
            (self.charging_rule, form.charging_rule.clone()),
            (self.daily_trials, form.audience.daily_trials.clone()),
            (self.privacy_url, form.privacy_url.clone()),
            (self.terms_url, form.terms_url.clone()),
            (self.trial, form.trial.clone()),
            (self.free_seats, free.max_seats),
            (self.opening_order, form.opening_order.clone()),
            (self.promotion_mode, form.promotion_mode.clone()),
        ]
    }

    /// Shows another form; what is the same on the screen is left alone. Nothing happens once the page is gone.
    pub fn set(self, form: &ProductForm) {
        for (signal, value) in self.texts(form) {
            replace(signal, value);
        }
        let icon: Vec<String> = Some(form.icon_id.clone())
            .filter(|id| !id.is_empty())
            .into_iter()
            .collect();
        replace(self.icon, icon);
        replace(self.tags, form.tags.clone());
        replace(self.screenshots, form.screenshot_ids.clone());
        replace(self.industries, form.audience.industries.clone());
        replace(self.sizes, form.audience.sizes.clone());
        let contact = |(id, name): &(String, String)| Tick {
            value: id.clone(),
            label: name.clone(),
        };
        replace(self.contacts, form.contact_ids.iter().map(contact).collect());
        replace(self.has_free_plan, form.free_plan.is_some());
        replace(
            self.free_code,
            form.free_plan
                .as_ref()
                .map(|plan| plan.item_code.clone())
                .unwrap_or_default(),
        );
        let Some(cases) = self.cases.try_get_untracked() else {
            return;
        };
        if untrack(|| cases.iter().map(|row| row.form()).collect::<Vec<_>>()) != form.cases {
            let rows = self.within(|| form.cases.iter().map(CaseRow::of).collect());
            self.cases.set(rows);
        }
        let Some(plans) = self.plans.try_get_untracked() else {
            return;
        };
        if untrack(|| plans.iter().map(|row| row.form()).collect::<Vec<_>>()) != form.plans {
            let rows = self.within(|| form.plans.iter().map(PlanRow::of).collect());
            self.plans.set(rows);
        }
    }

    /// The form now; a reader follows every field.
    pub fn form(self) -> ProductForm {
        let free_plan = FreePlanForm {
            item_code: self.free_code.get(),
            max_seats: self.free_seats.get(),
        };
        ProductForm {
            name: self.name.get(),
            icon_id: self.icon.get().into_iter().next().unwrap_or_default(),
            summary: self.summary.get(),
            description: self.description.get(),
            category_id: self.category.get(),
            charge_form: self.charge_form.get(),
            charging_rule: self.charging_rule.get(),
            tags: self.tags.get(),
            screenshot_ids: self.screenshots.get(),
            cases: self.cases.get().iter().map(|row| row.form()).collect(),
            audience: AudienceForm {
                industries: self.industries.get(),
                sizes: self.sizes.get(),
                daily_trials: self.daily_trials.get(),
            },
            contact_ids: self
                .contacts
                .get()
                .into_iter()
                .map(|tick| (tick.value, tick.label))
                .collect(),
            privacy_url: self.privacy_url.get(),
            terms_url: self.terms_url.get(),
            trial: self.trial.get(),
            free_plan: self.has_free_plan.get().then_some(free_plan),
            opening_order: self.opening_order.get(),
            plans: self.plans.get().iter().map(|row| row.form()).collect(),
            promotion_mode: self.promotion_mode.get(),
        }
    }

    /// Takes over the item codes that the server made.
    pub fn take_codes(self, codes: &Codes) {
        if let Some(code) = &codes.free {
            replace(self.free_code, code.clone());
        }
        for row in self.plans.try_get_untracked().unwrap_or_default() {
            let id = row.id.get_untracked();
            if let Some(code) = codes.of(&id) {
                replace(row.id, code.to_owned());
                replace(row.coded, true);
            }
        }
    }

    /// Makes something whose signals live as long as the page.
    pub fn within<T>(self, make: impl FnOnce() -> T) -> T {
        match self.owner.try_get_value().flatten() {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }
}

/// Writes a value where another one stands.
pub fn replace<T: PartialEq + Clone + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|now| *now != value) == Some(true) {
        let _ = signal.try_set(value);
    }
}
