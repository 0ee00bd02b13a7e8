//! What a partner sells over time: organisations that opened a product, orders of plans and their revenue, by day or month in Shanghai.
//! They are counted as those of a promotion link are (L19); where the figures come from is `store::sales`.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::instant::Instant;
use super::problem::Problem;
use super::refusal::Refusal;
use super::words::words;
use super::working_day::local_day;

words! {
    /// How long each period of sales figures is.
    SalesUnit {
        /// Days in Shanghai.
        Day = "DAY",
        /// Calendar months in Shanghai.
        Month = "MONTH",
    }
}

impl SalesUnit {
    /// The most periods at once: a quarter of days, two years of months.
    pub const fn max(self) -> i32 {
        match self {
            Self::Day => 90,
            Self::Month => 24,
        }
    }

    /// The first day of the period that a day lies in.
    fn first_day(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Month => day.with_day(1).unwrap_or(day),
        }
    }

    /// The first day of the period so many before.
    fn before(self, first: NaiveDate, periods: u32) -> NaiveDate {
        match self {
            Self::Day => first - Days::new(periods.into()),
            Self::Month => first - Months::new(periods),
        }
    }
}

/// What was sold in some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SalesCounts {
    /// Organisations that opened a product for the first time, for money or not.
    pub installs: i64,
    /// Orders of plans, but for those that were closed without a payment; on the day on which they were placed.
    pub orders: i64,
    /// What orders were paid less what of them went back, on the day of the payment.
    pub revenue_minor: i64,
}

impl SalesCounts {
    /// Both together.
    pub const fn plus(self, more: Self) -> Self {
        Self {
            installs: self.installs + more.installs,
            orders: self.orders + more.orders,
            revenue_minor: self.revenue_minor + more.revenue_minor,
        }
    }
}

/// What was sold in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SalesPeriod {
    /// Its first day.
    pub first: NaiveDate,
    pub counts: SalesCounts,
}

/// What was sold period by period, up to the present one, and in as many periods before them.
#[derive(Clone, Debug)]
pub struct Sales {
    asked: usize,
    periods: BTreeMap<NaiveDate, SalesCounts>,
}

impl Sales {
    /// Nothing in any of so many periods up to the present one; refused where they are none or too many.
    pub fn of(unit: SalesUnit, count: i32, now: Instant) -> Result<Self, Refusal> {
        let asked = u32::try_from(count).ok().filter(|_| (1..=unit.max()).contains(&count));
        let Some(asked) = asked else {
            let (min, max) = (1, i64::from(unit.max()));
            return Err(Refusal::invalid("count", Problem::OutOfRange { min, max }));
        };
        let present = unit.first_day(local_day(now.utc()));
        let periods = (0..asked * 2).map(|back| (unit.before(present, back), SalesCounts::default()));
        Ok(Self {
            asked: asked as usize,
            periods: periods.collect(),
        })
    }

    /// The first day of all periods, those before the asked ones included.
    pub fn since(&self) -> Option<NaiveDate> {
        self.periods.keys().next().copied()
    }

    /// The first day of the asked ones.
    pub fn first(&self) -> Option<NaiveDate> {
        self.periods.keys().nth(self.asked).copied()
    }

    /// Adds what was counted on a day; one before all periods counts nowhere.
    pub fn add(&mut self, day: NaiveDate, more: SalesCounts) {
        if let Some((_, counts)) = self.periods.range_mut(..=day).next_back() {
            *counts = counts.plus(more);
        }
    }

    /// The periods that were asked for, in their order.
    pub fn periods(&self) -> Vec<SalesPeriod> {
        let period = |(first, counts): (&NaiveDate, &SalesCounts)| SalesPeriod {
            first: *first,
            counts: *counts,
        };
        self.periods.iter().skip(self.asked).map(period).collect()
    }

    /// All of them together.
    pub fn total(&self) -> SalesCounts {
        sum(self.periods.values().skip(self.asked))
    }

    /// As many periods before them together.
    pub fn before(&self) -> SalesCounts {
        sum(self.periods.values().take(self.asked))
    }
}

fn sum<'a>(counts: impl Iterator<Item = &'a SalesCounts>) -> SalesCounts {
    counts.fold(SalesCounts::default(), |sum, more| sum.plus(*more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};

    /// 2027-01-15, 16:00 in Shanghai.
    fn now() -> Instant {
        Instant::from(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn firsts(sales: &Sales) -> Vec<String> {
        sales.periods().iter().map(|period| period.first.to_string()).collect()
    }

    fn sold(revenue_minor: i64) -> SalesCounts {
        SalesCounts {
            installs: 1,
            orders: 1,
            revenue_minor,
        }
    }

    #[test]
    fn periods_are_days_and_months_of_shanghai() {
        let days = Sales::of(SalesUnit::Day, 2, now()).unwrap();
        assert_eq!(firsts(&days), ["2027-01-14", "2027-01-15"]);
        assert_eq!(days.since(), Some(day("2027-01-12")));
        // At four in the afternoon in UTC tomorrow begins there.
        let late = Sales::of(SalesUnit::Day, 1, now() + Duration::hours(8)).unwrap();
        assert_eq!(firsts(&late), ["2027-01-16"]);
        let months = Sales::of(SalesUnit::Month, 3, now()).unwrap();
        assert_eq!(firsts(&months), ["2026-11-01", "2026-12-01", "2027-01-01"]);
        assert_eq!(
            (months.since(), months.first()),
            (Some(day("2026-08-01")), Some(day("2026-11-01")))
        );
    }

    #[test]
    fn as_many_periods_as_fit_are_told() {
        for (unit, max) in [(SalesUnit::Day, 90), (SalesUnit::Month, 24)] {
            for count in [1, max] {
                assert_eq!(
                    firsts(&Sales::of(unit, count, now()).unwrap()).len(),
                    usize::try_from(count).unwrap()
                );
            }
            for count in [i32::MIN, 0, max + 1] {
                assert!(Sales::of(unit, count, now()).is_err(), "{unit} {count}");
            }
        }
    }

    #[test]
    fn a_day_counts_in_its_period_and_those_before_for_the_comparison() {
        let mut sales = Sales::of(SalesUnit::Month, 2, now()).unwrap();
        for (on, revenue) in [
            ("2027-01-15", 1),
            ("2027-01-01", 2),
            ("2026-12-31", 4),
            ("2026-11-30", 8),
            ("2026-09-30", 16),
        ] {
            sales.add(day(on), sold(revenue));
        }
        let periods = sales.periods();
        assert_eq!(
            (periods[0].counts.revenue_minor, periods[1].counts.revenue_minor),
            (4, 3)
        );
        assert_eq!((sales.total().revenue_minor, sales.total().installs), (7, 3));
        assert_eq!(sales.before(), sold(8));
    }
}
