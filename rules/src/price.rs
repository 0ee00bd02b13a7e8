//! What a subscription costs: plans and what may be wrong with them, orders, refunds. Exact integers throughout; what is
//! divided is rounded once, at the end. Nothing here knows who may order, or how a payment arrives.
//!
//! Amounts are whole minor units of the plan's one currency (the server's `Money` without its currency). Instants are UTC
//! microseconds since 1970 and count from the second that they lie in. Charging is per seat, the one charging rule that is
//! supported, so a plan's unit price is one seat's price of one month, and its sale price is one seat's price of one period.

pub mod calendar;
pub mod offer;
pub mod order;
pub mod plan;
pub mod refund;
#[cfg(test)]
mod tests;

pub use offer::{OpeningOrder, TrialLength};
pub use order::{OrderType, Part, Quote, Rate, Term, buy, renew, upgrade};
pub use plan::{Period, Plan, PlanFlaw, PlanFlawKind, plan_flaws};
pub use refund::{PaidOrder, RefundBy, refund};

/// Why there is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The amount is larger than can be counted.
    TooLarge,
    /// The rounding-off is more than what it is taken from.
    NegativePrice,
    /// The plan is for more or fewer people.
    SeatsOutOfRange { min: u32, max: u32 },
    /// The plan is not sold for this period.
    PeriodNotOffered,
    /// Nothing runs any more that could be renewed or upgraded; what is bought now is bought anew.
    Ended,
    /// Something runs that was paid for: it is renewed or upgraded.
    Running,
    /// Not more than what runs: fewer seats take effect only at a renewal.
    NotAnUpgrade,
    /// Something that was ordered later builds on it and has to be refunded first.
    LaterOrderStands,
    /// The days in which the buyer's word is enough have passed; the partner can still refund.
    BuyerTooLate,
    /// It was refunded already.
    RefundedAlready,
}

/// A fraction of amounts that cannot be negative, as it is calculated with until the one rounding at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exact {
    numerator: i128,
    denominator: i128,
}

impl Exact {
    const ZERO: Exact = Exact {
        numerator: 0,
        denominator: 1,
    };

    fn plus(self, other: Exact) -> Result<Exact, Refused> {
        let left = times(self.numerator, other.denominator)?;
        let right = times(other.numerator, self.denominator)?;
        Ok(Exact {
            numerator: left.checked_add(right).ok_or(Refused::TooLarge)?,
            denominator: times(self.denominator, other.denominator)?,
        })
    }

    /// The nearest whole unit, a half upwards.
    fn half_up(self) -> Result<i64, Refused> {
        let doubled = times(self.numerator, 2)?.checked_add(self.denominator);
        let rounded = doubled
            .ok_or(Refused::TooLarge)?
            .div_euclid(times(self.denominator, 2)?);
        minor(rounded)
    }

    /// The whole units in it.
    fn whole(self) -> Result<i64, Refused> {
        minor(self.numerator.div_euclid(self.denominator))
    }
}

fn times(left: i128, right: i128) -> Result<i128, Refused> {
    left.checked_mul(right).ok_or(Refused::TooLarge)
}

fn minor(amount: i128) -> Result<i64, Refused> {
    i64::try_from(amount).map_err(|_| Refused::TooLarge)
}

/// The second that an instant lies in.
fn second(at: i64) -> i64 {
    at.div_euclid(1_000_000)
}

/// Whole seconds between two instants; none where the later one comes first.
fn seconds(from: i64, until: i64) -> i128 {
    i128::from(second(until).saturating_sub(second(from)).max(0))
}
