//! Rows that are added, doubled and taken away: cases, plans and their periods, with a signal a field.

use leptos::prelude::*;

use crate::{
    browser,
    forms::product::{CaseForm, PeriodForm, PlanForm},
};

/// A case of a customer.
#[derive(Clone, Copy)]
pub struct CaseRow {
    pub title: RwSignal<String>,
    pub text: RwSignal<String>,
}

impl CaseRow {
    pub fn of(form: &CaseForm) -> Self {
        Self {
            title: RwSignal::new(form.title.clone()),
            text: RwSignal::new(form.text.clone()),
        }
    }

    pub fn form(&self) -> CaseForm {
        CaseForm {
            title: self.title.get(),
            text: self.text.get(),
        }
    }
}

#[derive(Clone, Copy)]
pub struct PeriodRow {
    pub name: RwSignal<String>,
    pub months: RwSignal<String>,
    pub rounding_off: RwSignal<String>,
}

impl PeriodRow {
    pub fn of(form: &PeriodForm) -> Self {
        Self {
            name: RwSignal::new(form.name.clone()),
            months: RwSignal::new(form.months.clone()),
            rounding_off: RwSignal::new(form.rounding_off.clone()),
        }
    }

    pub fn form(&self) -> PeriodForm {
        PeriodForm {
            name: self.name.get(),
            months: self.months.get(),
            rounding_off: self.rounding_off.get(),
        }
    }
}

#[derive(Clone, Copy)]
pub struct PlanRow {
    pub id: RwSignal<String>,
    pub coded: RwSignal<bool>,
    pub name: RwSignal<String>,
    pub min_seats: RwSignal<String>,
    pub max_seats: RwSignal<String>,
    pub unit_price: RwSignal<String>,
    pub periods: RwSignal<Vec<PeriodRow>>,
    pub sales_channel: RwSignal<String>,
    pub sizes: RwSignal<Vec<String>>,
}

impl PlanRow {
    pub fn of(form: &PlanForm) -> Self {
        Self {
            id: RwSignal::new(form.id.clone()),
            coded: RwSignal::new(form.coded),
            name: RwSignal::new(form.name.clone()),
            min_seats: RwSignal::new(form.min_seats.clone()),
            max_seats: RwSignal::new(form.max_seats.clone()),
            unit_price: RwSignal::new(form.unit_price.clone()),
            periods: RwSignal::new(form.periods.iter().map(PeriodRow::of).collect()),
            sales_channel: RwSignal::new(form.sales_channel.clone()),
            sizes: RwSignal::new(form.sizes.clone()),
        }
    }

    pub fn form(&self) -> PlanForm {
        PlanForm {
            id: self.id.get(),
            coded: self.coded.get(),
            name: self.name.get(),
            min_seats: self.min_seats.get(),
            max_seats: self.max_seats.get(),
            unit_price: self.unit_price.get(),
            periods: self.periods.get().iter().map(PeriodRow::form).collect(),
            sales_channel: self.sales_channel.get(),
            sizes: self.sizes.get(),
        }
    }
}

/// An id for a plan that the server does not know yet.
pub fn fresh_id() -> String {
    format!("new-{}", browser::random_key())
}
