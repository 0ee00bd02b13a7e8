//! The plans of a product, and what so many seats of them cost. For how many it is calculated stands in the address.

use std::sync::Arc;

use appshelf_rules::price::{Period, Plan};
use leptos::prelude::*;

use crate::{
    api::{
        MinorUnits,
        market::{MarketPlan, MarketProduct},
        product_content::ChargeForm,
    },
    browser,
    components::layout::{Card, Stack, muted, paragraph, subheading},
    format,
    forms::product::price::seat_ranges,
    i18n::texts::{market as words, shelves},
    navigation,
    pages::{
        plan_calculator::plan_calculator,
        product_parts::{PlanLine, plan_table},
    },
};

/// The value of the address.
const SEATS: &str = "seats";
/// How long a pause in typing is.
const PAUSE_MS: u32 = 300;

/// Nothing for what costs nothing.
pub fn card(product: &MarketProduct) -> Option<AnyView> {
    if product.charge_form == ChargeForm::Free {
        return None;
    }
    if product.plans.is_empty() {
        return Some(view! { <Card title=words::PLANS>{paragraph(words::NO_PLANS_FOR_YOU)}</Card> }.into_any());
    }
    let table = plan_table(words::PLANS, product.plans.iter().flat_map(lines).collect());
    let calculator = calculator(&product.plans);
    Some(
        view! {
            <Card title=words::PLANS>
                <Stack>
                    {muted(words::PLANS_HINT)}
                    {table}
                    <div>{subheading(shelves::CALCULATOR)}{calculator}</div>
                </Stack>
            </Card>
        }
        .into_any(),
    )
}

fn lines(plan: &MarketPlan) -> Vec<PlanLine> {
    let line = |period: &crate::api::market::MarketPeriod| PlanLine {
        plan: plan.name.clone(),
        seats: range(plan.min_seats, plan.max_seats),
        period: period.name.clone(),
        price: minor(&period.sale_price),
    };
    plan.periods.iter().map(line).collect()
}

fn range<T: std::fmt::Display + PartialEq>(from: T, to: T) -> String {
    if from == to {
        from.to_string()
    } else {
        format!("{from}–{to}")
    }
}

fn minor(amount: &MinorUnits) -> Option<i64> {
    amount.0.parse().ok()
}

/// A plan as the rules calculate with it: what was taken off is what its price says.
fn plan(sold: &MarketPlan) -> Option<Plan> {
    let unit_price = minor(&sold.unit_price)?;
    let period = |period: &crate::api::market::MarketPeriod| {
        Some(Period {
            name: period.name.clone(),
            months: u32::try_from(period.months).ok()?,
            rounding_off: unit_price
                .checked_mul(period.months.into())?
                .checked_sub(minor(&period.sale_price)?)?,
        })
    };
    Some(Plan {
        name: sold.name.clone(),
        min_seats: u32::try_from(sold.min_seats).ok()?,
        max_seats: u32::try_from(sold.max_seats).ok()?,
        unit_price,
        periods: sold.periods.iter().map(period).collect::<Option<_>>()?,
    })
}

fn calculator(sold: &[MarketPlan]) -> AnyView {
    let plans: Vec<Plan> = sold.iter().filter_map(plan).collect();
    let ranges = seat_ranges(&plans);
    let none = Arc::new(move |seats: u32| {
        let known: Vec<String> = ranges.iter().map(|(from, to)| range(from, to)).collect();
        words::no_plan_for(&seats, &format::list(&known))
    });
    let first = plans
        .first()
        .map_or(1, |plan| plan.max_seats.min(10).max(plan.min_seats));
    let seats = seats_in_address(first.to_string());
    plan_calculator(Signal::stored(plans), seats, words::SEATS_HINT.into(), none)
}

/// What is typed, kept in the address after a pause, so that it is there again after a reload and for whoever is sent the address.
fn seats_in_address(first: String) -> RwSignal<String> {
    let known = navigation::query(SEATS);
    let at_first = known.get_untracked();
    let typed = RwSignal::new(if at_first.is_empty() { first } else { at_first });
    let turn = StoredValue::new(0_u32);
    Effect::new(move |earlier: Option<()>| {
        let now = typed.get();
        if earlier.is_none() {
            return;
        }
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        browser::after(PAUSE_MS, move || {
            if turn.try_get_value() == Some(mine) {
                navigation::set_query(&[(SEATS, now.trim())]);
            }
        });
    });
    typed
}
