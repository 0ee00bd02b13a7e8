//! What an order costs and what it changes: BUY, RENEW, UPGRADE, RENEW_UPGRADE and RENEW_DEGRADE (L13). An order says what
//! its parts pay for, so that a refund knows what of them remains. Trials and free plans cost nothing and are not terms.

use super::plan::{Period, Plan};
use super::{Exact, Refused, calendar, seconds, times};

const MONTHS_A_YEAR: i128 = 12;
const SECONDS_A_YEAR: i128 = 365 * 86_400;

/// What kind of order it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderType {
    /// Nothing that was paid for runs: a new subscription, also after a trial or the free plan.
    Buy,
    /// The same seats for another period, after the one that runs.
    Renew,
    /// More from now on, until what runs ends.
    Upgrade,
    /// More from now on, and for another period.
    RenewUpgrade,
    /// Another period with fewer seats; until it begins, everything stays.
    RenewDegrade,
}

/// What runs: seats at the price for one of them and a month, as it was when they were ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub unit_price: i64,
    pub seats: u32,
}

impl Rate {
    fn month(self) -> Result<i128, Refused> {
        times(self.unit_price.into(), self.seats.into())
    }
}

/// One stretch of a subscription that was paid for; a subscription is its terms, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub rate: Rate,
    pub from: i64,
    pub until: i64,
}

/// One part of an order's cost, and the time that it pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub cost: i64,
    pub from: i64,
    pub until: i64,
}

/// An order with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub order_type: OrderType,
    pub cost: i64,
    pub parts: Vec<Part>,
    /// The subscription's terms once the order is paid: those that run or are to come.
    pub terms: Vec<Term>,
}

/// A new subscription. It begins now.
pub fn buy(held: &[Term], plan: &Plan, period: &Period, seats: u32, now: i64) -> Result<Quote, Refused> {
    if end(held, now).is_ok() {
        return Err(Refused::Running);
    }
    let term = period_of(plan, period, seats, now)?;
    let part = Part {
        cost: plan.cost(period, seats)?,
        from: term.from,
        until: term.until,
    };
    quote(OrderType::Buy, vec![part], vec![term])
}

/// Another period after the last one that is held. More seats than that one count from now on, and what remains until its end
/// is paid as an upgrade; fewer seats count from its end.
pub fn renew(held: &[Term], plan: &Plan, period: &Period, seats: u32, now: i64) -> Result<Quote, Refused> {
    let last = end(held, now)?;
    let term = period_of(plan, period, seats, last.until)?;
    let renewal = Part {
        cost: plan.cost(period, seats)?,
        from: term.from,
        until: term.until,
    };
    let mut parts = vec![renewal];
    let mut terms = open(held, now);
    let order_type = match seats.cmp(&last.rate.seats) {
        std::cmp::Ordering::Less => OrderType::RenewDegrade,
        std::cmp::Ordering::Equal => OrderType::Renew,
        std::cmp::Ordering::Greater => {
            parts.insert(0, difference(held, term.rate, now)?);
            terms = vec![raised(term.rate, last, now)];
            OrderType::RenewUpgrade
        }
    };
    terms.push(term);
    quote(order_type, parts, terms)
}

/// More seats, or another plan, from now on; the end stays. Costs the difference of the day prices for the time that remains,
/// and never less than nothing.
pub fn upgrade(held: &[Term], plan: &Plan, seats: u32, now: i64) -> Result<Quote, Refused> {
    let last = end(held, now)?;
    let rate = rate(plan, seats)?;
    let part = difference(held, rate, now)?;
    quote(OrderType::Upgrade, vec![part], vec![raised(rate, last, now)])
}

/// The term that ends the subscription, if it still runs.
fn end(held: &[Term], now: i64) -> Result<&Term, Refused> {
    held.last().filter(|term| term.until > now).ok_or(Refused::Ended)
}

/// The terms that are not over.
fn open(held: &[Term], now: i64) -> Vec<Term> {
    held.iter().copied().filter(|term| term.until > now).collect()
}

fn raised(rate: Rate, last: &Term, now: i64) -> Term {
    Term {
        rate,
        from: now,
        until: last.until,
    }
}

fn rate(plan: &Plan, seats: u32) -> Result<Rate, Refused> {
    if !(plan.min_seats..=plan.max_seats).contains(&seats) {
        return Err(Refused::SeatsOutOfRange {
            min: plan.min_seats,
            max: plan.max_seats,
        });
    }
    Ok(Rate {
        unit_price: plan.unit_price,
        seats,
    })
}

fn period_of(plan: &Plan, period: &Period, seats: u32, from: i64) -> Result<Term, Refused> {
    Ok(Term {
        rate: rate(plan, seats)?,
        from,
        until: calendar::after_months(from, period.months).ok_or(Refused::TooLarge)?,
    })
}

/// (new day price − old day price) × what remains of every term. A day price is twelve month prices in 365 days; what was
/// taken off to make a period's price a round one is no part of it.
fn difference(held: &[Term], wanted: Rate, now: i64) -> Result<Part, Refused> {
    let mut numerator = 0_i128;
    let mut more = false;
    let remaining = open(held, now);
    for term in &remaining {
        if wanted.seats < term.rate.seats {
            return Err(Refused::NotAnUpgrade);
        }
        more |= wanted.seats > term.rate.seats || wanted.unit_price > term.rate.unit_price;
        let by_month = wanted
            .month()?
            .checked_sub(term.rate.month()?)
            .ok_or(Refused::TooLarge)?;
        let by_year = times(by_month, MONTHS_A_YEAR)?;
        let of_term = times(by_year, seconds(term.from.max(now), term.until))?;
        numerator = numerator.checked_add(of_term).ok_or(Refused::TooLarge)?;
    }
    if !more {
        return Err(Refused::NotAnUpgrade);
    }
    let exact = Exact {
        numerator: numerator.max(0),
        denominator: SECONDS_A_YEAR,
    };
    Ok(Part {
        cost: exact.half_up()?,
        from: now,
        until: remaining.last().map_or(now, |term| term.until),
    })
}

fn quote(order_type: OrderType, parts: Vec<Part>, terms: Vec<Term>) -> Result<Quote, Refused> {
    let cost = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(part.cost));
    Ok(Quote {
        order_type,
        cost: cost.ok_or(Refused::TooLarge)?,
        parts,
        terms,
    })
}
