//! What plans cost while they are typed, in exact whole minor units, by the rules that the server has too.

use appshelf_rules::price::{Period, Plan, Refused};

use super::{PlanForm, read_count};
use crate::format;

fn minor(typed: &str) -> Option<i64> {
    format::read_amount(typed)?.0.parse().ok()
}

/// A plan whose numbers are all there.
pub fn plan(form: &PlanForm) -> Option<Plan> {
    let count = |typed: &str| read_count(typed).and_then(|count| u32::try_from(count).ok());
    Some(Plan {
        name: form.name.clone(),
        min_seats: count(&form.min_seats)?,
        max_seats: count(&form.max_seats)?,
        unit_price: minor(&form.unit_price)?,
        periods: form.periods.iter().map(period).collect::<Option<_>>()?,
    })
}

fn period(form: &super::PeriodForm) -> Option<Period> {
    Some(Period {
        name: form.name.clone(),
        months: u32::try_from(read_count(&form.months)?).ok()?,
        rounding_off: match form.rounding_off.trim() {
            "" => 0,
            typed => minor(typed)?,
        },
    })
}

/// One seat's price of a period in minor units: unit price × months − rounding-off. `None` while a number is missing, an error where
/// there is no such price.
pub fn sale_price(unit_price: &str, form: &super::PeriodForm) -> Option<Result<i64, Refused>> {
    let period = period(form)?;
    let plan = Plan {
        name: String::new(),
        min_seats: 1,
        max_seats: 1,
        unit_price: minor(unit_price)?,
        periods: Vec::new(),
    };
    Some(plan.sale_price(&period))
}

/// What so many seats cost: the plan that holds them, and for each of its periods one seat's price and the total.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub plan: String,
    pub periods: Vec<(String, i64, i64)>,
}

/// The plan for so many seats; nothing where none holds them.
pub fn offer(plans: &[Plan], seats: u32) -> Option<Offer> {
    let holds = |plan: &&Plan| (plan.min_seats..=plan.max_seats).contains(&seats);
    let plan = plans.iter().find(holds)?;
    let priced = plan.periods.iter().filter_map(|period| {
        let price = plan.sale_price(period).ok()?;
        Some((period.name.clone(), price, plan.cost(period, seats).ok()?))
    });
    Some(Offer {
        plan: plan.name.clone(),
        periods: priced.collect(),
    })
}

/// The numbers of seats that there are plans for, from the fewest; ranges that join are one.
pub fn seat_ranges(plans: &[Plan]) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = plans.iter().map(|plan| (plan.min_seats, plan.max_seats)).collect();
    ranges.sort_unstable();
    ranges.into_iter().fold(Vec::new(), |mut joined, (from, to)| {
        match joined.last_mut() {
            Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
        joined
    })
}

/// The least that a seat costs a month, over all plans; nothing without a price.
pub fn least(plans: &[PlanForm]) -> Option<i64> {
    plans.iter().filter_map(|plan| minor(&plan.unit_price)).min()
}
