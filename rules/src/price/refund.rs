//! What of an order is given back (L14). Within seven days of the payment the buyer's word is enough, and all of it is given
//! back; later the partner alone refunds, and gives back what remains.
//!
//! Decided where the specification is silent: the seven days end with the very microsecond seven times 24 hours after the payment.
//! Within them the partner gives back all of it as well. What remains is each part of the cost in proportion to the seconds that
//! are left of the time it paid for, rounded down once, so that nobody is given more than is left. What was ordered last is
//! refunded first, because an upgrade stands on what it upgraded; a refund takes the subscription back to the terms before the
//! order. Together this is why no order of upgrades and refunds makes money: every refund is at most its own order's cost.

use super::order::Part;
use super::{Exact, Refused, calendar, seconds, times};

/// Days in which the buyer's word is enough.
pub const BUYER_DAYS: u32 = 7;

/// Who wants the refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefundBy {
    Buyer,
    Partner,
}

/// One paid order of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidOrder {
    pub parts: Vec<Part>,
    pub paid_at: i64,
    pub refunded: bool,
}

/// What is given back for an order. `later` are those of the same subscription that were paid after it.
pub fn refund(order: &PaidOrder, later: &[PaidOrder], by: RefundBy, now: i64) -> Result<i64, Refused> {
    if order.refunded {
        return Err(Refused::RefundedAlready);
    }
    if later.iter().any(|later| !later.refunded) {
        return Err(Refused::LaterOrderStands);
    }
    let buyer_until = calendar::after_days(order.paid_at, BUYER_DAYS).ok_or(Refused::TooLarge)?;
    if now <= buyer_until {
        let cost = order
            .parts
            .iter()
            .try_fold(0_i64, |sum, part| sum.checked_add(part.cost));
        return cost.ok_or(Refused::TooLarge);
    }
    match by {
        RefundBy::Buyer => Err(Refused::BuyerTooLate),
        RefundBy::Partner => remaining(&order.parts, now),
    }
}

/// The share of the parts whose time is still to come.
fn remaining(parts: &[Part], now: i64) -> Result<i64, Refused> {
    let mut exact = Exact::ZERO;
    for part in parts {
        let all = seconds(part.from, part.until);
        let left = seconds(part.from.max(now), part.until);
        if left > 0 {
            exact = exact.plus(Exact {
                numerator: times(part.cost.into(), left)?,
                denominator: all,
            })?;
        }
    }
    exact.whole()
}
