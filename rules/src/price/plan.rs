//! Plans (规格): for how many people, at which price, for which periods, and everything that is wrong with the plans of a
//! product. What an order costs is `order`'s.

use std::collections::HashSet;

use super::{Refused, minor, times};

/// Months of the longest period.
pub const MONTHS_MAX: u32 = 24;
/// Characters of the name of a plan or a period.
pub const NAME_MAX: usize = 40;

/// How long a plan is bought for, and what is taken off to make the price a round one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub name: String,
    pub months: u32,
    /// Taken off the price of one seat for the whole period (抹零).
    pub rounding_off: i64,
}

/// One plan of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub name: String,
    pub min_seats: u32,
    pub max_seats: u32,
    /// One seat, one month.
    pub unit_price: i64,
    pub periods: Vec<Period>,
}

impl Plan {
    /// What one seat costs for the period: 10.1 × 12 − 0.2 = 121.00.
    pub fn sale_price(&self, period: &Period) -> Result<i64, Refused> {
        let full = times(self.unit_price.into(), period.months.into())?;
        let price = minor(full.checked_sub(period.rounding_off.into()).ok_or(Refused::TooLarge)?)?;
        if price < 0 {
            Err(Refused::NegativePrice)
        } else {
            Ok(price)
        }
    }

    /// What so many seats cost for one of the plan's periods.
    pub fn cost(&self, period: &Period, seats: u32) -> Result<i64, Refused> {
        if !(self.min_seats..=self.max_seats).contains(&seats) {
            return Err(Refused::SeatsOutOfRange {
                min: self.min_seats,
                max: self.max_seats,
            });
        }
        if !self.periods.contains(period) {
            return Err(Refused::PeriodNotOffered);
        }
        minor(times(self.sale_price(period)?.into(), seats.into())?)
    }
}

/// One thing that is wrong with the plans of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFlaw {
    /// Position of the plan.
    pub plan: usize,
    /// Position of the plan's period, where it is one of them.
    pub period: Option<usize>,
    pub kind: PlanFlawKind,
}

/// What is wrong, and with which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanFlawKind {
    NameMissing,
    NameTooLong,
    /// An earlier plan of the product, or an earlier period of the plan, has the name.
    NameTaken,
    /// A plan is for one person at least.
    NoSeats,
    /// The most is less than the least.
    SeatsReversed,
    /// Some number of people would have two plans: this one and the one at the position.
    SeatsOverlap {
        with: usize,
    },
    NegativeUnitPrice,
    /// A plan without a period cannot be bought.
    NoPeriods,
    /// Not 1–24 months.
    MonthsOutOfRange,
    NegativeRoundingOff,
    /// The rounding-off is more than the price.
    NegativeSalePrice,
    /// The most seats for the period would cost more than can be counted.
    PriceTooLarge,
}

/// Everything that is wrong with the plans of one product, in their order.
pub fn plan_flaws(plans: &[Plan]) -> Vec<PlanFlaw> {
    let mut flaws = Vec::new();
    let mut names = HashSet::new();
    for (at, plan) in plans.iter().enumerate() {
        let mut note = |period, kind| flaws.push(PlanFlaw { plan: at, period, kind });
        if let Some(kind) = name_flaw(&plan.name, &mut names) {
            note(None, kind);
        }
        if plan.min_seats == 0 {
            note(None, PlanFlawKind::NoSeats);
        }
        if plan.max_seats < plan.min_seats {
            note(None, PlanFlawKind::SeatsReversed);
        }
        let overlapping = plans[..at].iter().position(|earlier| overlap(earlier, plan));
        if let Some(with) = overlapping {
            note(None, PlanFlawKind::SeatsOverlap { with });
        }
        if plan.unit_price < 0 {
            note(None, PlanFlawKind::NegativeUnitPrice);
        }
        if plan.periods.is_empty() {
            note(None, PlanFlawKind::NoPeriods);
        }
        let mut names = HashSet::new();
        for (position, period) in plan.periods.iter().enumerate() {
            for kind in period_flaws(plan, period, &mut names) {
                note(Some(position), kind);
            }
        }
    }
    flaws
}

/// A reversed range holds nobody.
fn overlap(one: &Plan, other: &Plan) -> bool {
    one.min_seats.max(other.min_seats) <= one.max_seats.min(other.max_seats)
}

fn period_flaws<'a>(plan: &Plan, period: &'a Period, names: &mut HashSet<&'a str>) -> Vec<PlanFlawKind> {
    let mut flaws: Vec<_> = name_flaw(&period.name, names).into_iter().collect();
    let no_period = !(1..=MONTHS_MAX).contains(&period.months);
    if no_period {
        flaws.push(PlanFlawKind::MonthsOutOfRange);
    }
    if period.rounding_off < 0 {
        flaws.push(PlanFlawKind::NegativeRoundingOff);
    }
    // What has no price yet is not told that it is a wrong one.
    if no_period || plan.unit_price < 0 {
        return flaws;
    }
    let most = plan
        .sale_price(period)
        .and_then(|price| minor(times(price.into(), plan.max_seats.into())?));
    match most {
        Err(Refused::NegativePrice) => flaws.push(PlanFlawKind::NegativeSalePrice),
        Err(_) => flaws.push(PlanFlawKind::PriceTooLarge),
        Ok(_) => {}
    }
    flaws
}

fn name_flaw<'a>(name: &'a str, taken: &mut HashSet<&'a str>) -> Option<PlanFlawKind> {
    let name = name.trim();
    if name.is_empty() {
        Some(PlanFlawKind::NameMissing)
    } else if name.chars().count() > NAME_MAX {
        Some(PlanFlawKind::NameTooLong)
    } else if !taken.insert(name) {
        Some(PlanFlawKind::NameTaken)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PlanFlawKind::*;

    fn period(name: &str, months: u32, rounding_off: i64) -> Period {
        Period {
            name: name.to_owned(),
            months,
            rounding_off,
        }
    }

    fn plan(name: &str, seats: (u32, u32), unit_price: i64) -> Plan {
        Plan {
            name: name.to_owned(),
            min_seats: seats.0,
            max_seats: seats.1,
            unit_price,
            periods: vec![period("年", 12, 0)],
        }
    }

    fn kinds(plans: &[Plan]) -> Vec<(usize, Option<usize>, PlanFlawKind)> {
        let flaws = plan_flaws(plans);
        flaws
            .into_iter()
            .map(|flaw| (flaw.plan, flaw.period, flaw.kind))
            .collect()
    }

    #[test]
    fn prices_the_checks_of_the_specification() {
        for (unit_price, rounding_off, seats, sale_price) in [(1010, 20, 10, 12_100), (6670, 40, 7, 80_000)] {
            let mut plan = plan("10 用户版", (1, 10), unit_price);
            plan.periods = vec![period("年", 12, rounding_off)];
            assert_eq!(plan.sale_price(&plan.periods[0]), Ok(sale_price));
            assert_eq!(plan.cost(&plan.periods[0], seats), Ok(sale_price * i64::from(seats)));
        }
    }

    #[test]
    fn prices_a_rounding_off_reaches_down_to_nothing_and_no_further() {
        let plan = plan("小", (1, 10), 100);
        assert_eq!(plan.sale_price(&period("月", 1, 100)), Ok(0));
        assert_eq!(plan.sale_price(&period("月", 1, 101)), Err(Refused::NegativePrice));
    }

    #[test]
    fn prices_only_what_the_plan_offers_is_sold() {
        let plan = plan("小", (2, 10), 100);
        let year = &plan.periods[0];
        let range = Err(Refused::SeatsOutOfRange { min: 2, max: 10 });
        assert_eq!(plan.cost(year, 1), range);
        assert_eq!(plan.cost(year, 2), Ok(2_400));
        assert_eq!(plan.cost(year, 10), Ok(12_000));
        assert_eq!(plan.cost(year, 11), range);
        assert_eq!(plan.cost(&period("年", 12, 600), 2), Err(Refused::PeriodNotOffered));
    }

    #[test]
    fn prices_ranges_of_one_product_do_not_overlap() {
        let apart = [
            plan("小", (1, 10), 1),
            plan("大", (51, 100), 1),
            plan("中", (11, 50), 1),
        ];
        assert_eq!(kinds(&apart), []);
        let touching = [
            plan("小", (1, 10), 1),
            plan("中", (10, 50), 1),
            plan("大", (51, 51), 1),
            plan("全", (1, 99), 1),
        ];
        assert_eq!(
            kinds(&touching),
            [(1, None, SeatsOverlap { with: 0 }), (3, None, SeatsOverlap { with: 0 })]
        );
    }

    #[test]
    fn prices_every_flaw_of_the_plans_is_told_at_once() {
        let mut good = plan("10 用户版", (1, 10), 1010);
        good.periods.push(period("月", 1, 0));
        let mut bad = plan(" 10 用户版 ", (0, 0), -1);
        bad.periods = vec![period("", 0, -1), period("长", 25, 0), period("长", 24, 0)];
        let mut dear = plan(&"名".repeat(41), (60, 50), i64::MAX);
        dear.periods = vec![period("月", 1, 0), period("双月", 2, 0)];
        let mut none = plan("无", (11, u32::MAX), 3);
        none.periods = Vec::new();
        let mut off = plan("", (11, 12), 3);
        off.periods = vec![period("月", 1, 4)];
        assert_eq!(
            kinds(&[good, bad, dear, none, off]),
            [
                (1, None, NameTaken),
                (1, None, NoSeats),
                (1, None, NegativeUnitPrice),
                (1, Some(0), NameMissing),
                (1, Some(0), MonthsOutOfRange),
                (1, Some(0), NegativeRoundingOff),
                (1, Some(1), MonthsOutOfRange),
                (1, Some(2), NameTaken),
                (2, None, NameTooLong),
                (2, None, SeatsReversed),
                (2, Some(0), PriceTooLarge),
                (2, Some(1), PriceTooLarge),
                (3, None, NoPeriods),
                (4, None, NameMissing),
                (4, None, SeatsOverlap { with: 3 }),
                (4, Some(0), NegativeSalePrice),
            ]
        );
    }

    #[test]
    fn prices_one_to_twenty_four_months_are_sold() {
        let mut plan = plan("小", (1, 1), 1);
        for (months, refused) in [(0, true), (1, false), (24, false), (25, true)] {
            plan.periods = vec![period("期", months, 0)];
            assert_eq!(!plan_flaws(std::slice::from_ref(&plan)).is_empty(), refused, "{months}");
        }
    }
}
