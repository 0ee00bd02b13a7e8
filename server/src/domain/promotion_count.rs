//! What came of a promotion link (L19): the steps from an opened page to revenue, by day in Shanghai, and who counts as a visitor.
//! Where the figures come from is `store::promotion_count`.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::instant::Instant;
use super::problem::Problem;
use super::refusal::Refusal;
use super::working_day::local_day;

/// The most days of a funnel.
pub const DAYS_MAX: i32 = 90;

/// The figures of one link for some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromotionCounts {
    /// Times that its page was opened.
    pub opens: i64,
    /// Browsers that opened it for the first time.
    pub visitors: i64,
    /// Members of customers who opened it signed in, for the first time.
    pub sign_ins: i64,
    /// Organisations that opened the product through it for the first time, for money or not.
    pub installs: i64,
    /// Orders of plans, but for those that were closed without a payment.
    pub orders: i64,
    /// What orders were paid, less what of them went back; it stands on the day of the payment.
    pub revenue_minor: i64,
}

/// The figures of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromotionDay {
    pub day: NaiveDate,
    pub counts: PromotionCounts,
}

/// An order of a plan that came through a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedOrder {
    pub created_at: Instant,
    pub paid_at: Option<Instant>,
    pub amount_minor: i64,
    pub refunded_minor: i64,
}

/// The days up to today that are asked for; refused where they are none or too many.
pub fn days(count: i32, now: Instant) -> Result<Vec<NaiveDate>, Refusal> {
    if !(1..=DAYS_MAX).contains(&count) {
        let (min, max) = (1, i64::from(DAYS_MAX));
        return Err(Refusal::invalid("days", Problem::OutOfRange { min, max }));
    }
    let today = local_day(now.utc());
    let back = |ago: i32| today - Days::new(u64::from(ago.unsigned_abs()));
    Ok((0..count).rev().map(back).collect())
}

/// The figures of some days, put together from what was counted.
#[derive(Debug)]
pub struct Funnel(BTreeMap<NaiveDate, PromotionCounts>);

impl Funnel {
    /// Nothing on each of the days.
    pub fn of(days: &[NaiveDate]) -> Self {
        Self(days.iter().map(|day| (*day, PromotionCounts::default())).collect())
    }

    /// The figures of a day, where it is one of the funnel's.
    pub fn on(&mut self, day: NaiveDate) -> Option<&mut PromotionCounts> {
        self.0.get_mut(&day)
    }

    /// Adds an organisation that opened the product then.
    pub fn install(&mut self, at: Instant) {
        if let Some(counts) = self.on(local_day(at.utc())) {
            counts.installs += 1;
        }
    }

    /// Adds an order on the day on which it was placed, and what it brings on the day on which it was paid.
    pub fn order(&mut self, order: &CountedOrder) {
        if let Some(counts) = self.on(local_day(order.created_at.utc())) {
            counts.orders += 1;
        }
        let paid_on = order.paid_at.map(|at| local_day(at.utc()));
        if let Some(counts) = paid_on.and_then(|day| self.on(day)) {
            counts.revenue_minor += order.amount_minor - order.refunded_minor;
        }
    }

    /// The days in their order.
    pub fn days(self) -> Vec<PromotionDay> {
        let day = |(day, counts)| PromotionDay { day, counts };
        self.0.into_iter().map(day).collect()
    }
}

impl PromotionCounts {
    /// All of several days together.
    pub fn sum(days: &[PromotionDay]) -> Self {
        days.iter().fold(Self::default(), |sum, day| Self {
            opens: sum.opens + day.counts.opens,
            visitors: sum.visitors + day.counts.visitors,
            sign_ins: sum.sign_ins + day.counts.sign_ins,
            installs: sum.installs + day.counts.installs,
            orders: sum.orders + day.counts.orders,
            revenue_minor: sum.revenue_minor + day.counts.revenue_minor,
        })
    }
}

/// Parts of the names by which programs that are no browsers of people call themselves.
const PROGRAMS: [&str; 18] = [
    "bot",
    "spider",
    "crawl",
    "slurp",
    "preview",
    "scan",
    "fetch",
    "monitor",
    "facebookexternalhit",
    "headlesschrome",
    "phantomjs",
    "lighthouse",
    "python-",
    "curl/",
    "wget/",
    "okhttp",
    "go-http-client",
    "java/",
];

/// Whether a page was opened by a person's browser, and not by a program, nor ahead of time by a browser that guesses.
pub fn is_person(user_agent: Option<&str>, prefetch: bool) -> bool {
    let Some(agent) = user_agent.map(str::to_ascii_lowercase) else {
        return false;
    };
    !prefetch && !agent.trim().is_empty() && !PROGRAMS.iter().any(|part| agent.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};

    /// 2027-01-15, 16:00 in Shanghai.
    fn now() -> Instant {
        Instant::from(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
    }

    #[test]
    fn l19_days_are_those_of_shanghai() {
        let found = days(2, now()).unwrap();
        assert_eq!(
            found.iter().map(NaiveDate::to_string).collect::<Vec<_>>(),
            ["2027-01-14", "2027-01-15"]
        );
        // At four in the afternoon in UTC tomorrow begins there.
        let late = days(1, now() + Duration::hours(8)).unwrap();
        assert_eq!(late[0].to_string(), "2027-01-16");
        assert!(days(90, now()).is_ok() && days(91, now()).is_err() && days(0, now()).is_err());
    }

    #[test]
    fn l19_an_order_counts_when_it_is_placed_and_its_money_when_it_is_paid() {
        let asked = days(2, now()).unwrap();
        let mut funnel = Funnel::of(&asked);
        let order = CountedOrder {
            created_at: now() - Duration::days(1),
            paid_at: Some(now()),
            amount_minor: 12_000,
            refunded_minor: 2_000,
        };
        funnel.order(&order);
        // Before the first day, and never paid.
        funnel.order(&CountedOrder {
            created_at: now() - Duration::days(9),
            paid_at: None,
            ..order
        });
        funnel.install(now());
        let days = funnel.days();
        assert_eq!((days[0].counts.orders, days[0].counts.revenue_minor), (1, 0));
        assert_eq!((days[1].counts.orders, days[1].counts.revenue_minor), (0, 10_000));
        let sum = PromotionCounts::sum(&days);
        assert_eq!((sum.installs, sum.orders, sum.revenue_minor), (1, 1, 10_000));
    }

    #[test]
    fn l19_programs_are_no_visitors() {
        let person = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0";
        assert!(is_person(Some(person), false) && !is_person(Some(person), true));
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; Baiduspider/2.0)",
            "WhatsApp/2.23 LinkPreview",
            "curl/8.1",
            "python-requests/2.31",
            " ",
        ] {
            assert!(!is_person(Some(agent), false), "{agent}");
        }
        assert!(!is_person(None, false));
    }
}
