//! Licenses (授权, L13–L15): what orders of a product opened for an organisation, one license for each product. What an order
//! costs is `appshelf_rules::price`; here is what may be opened, what an order would make of a license, and what time does to it.

use serde::{Deserialize, Serialize};

use super::id::ItemCode;
use super::instant::Instant;
use super::message::Code;
use super::problem::Problem;
use super::product_content::{OpeningOrder, ProductContent, ProductPlan, TrialLength};
use super::product_form::{price_plan, price_trial};
use super::refusal::Refusal;
use super::words::words;
use appshelf_rules::price::{self, Part, Rate, Refused, Term};
use chrono::{DateTime, Duration};

words! {
    /// State of a license.
    LicenseStatus {
        /// 试用中: being tried.
        Trial = "TRIAL",
        /// 免费版: the free plan, or a product that costs nothing. No end.
        Free = "FREE",
        /// 使用中: paid for.
        Active = "ACTIVE",
        /// 已到期: over; what was delivered is kept, and opens again with the next order.
        Expired = "EXPIRED",
        /// 已退款: given back.
        Refunded = "REFUNDED",
    }
}

words! {
    /// How a product is opened.
    ChargeType {
        /// To try it.
        Trial = "TRIAL",
        /// For nothing.
        Free = "FREE",
        /// For money.
        Paid = "PAID",
    }
}

words! {
    /// What an admin of the customer can do with a license.
    LicenseAction {
        /// Order another period.
        Renew = "RENEW",
        /// Order more seats or a larger plan until its end.
        Upgrade = "UPGRADE",
        /// Have the application delivered, where it is not there.
        Deliver = "DELIVER",
    }
}

impl LicenseStatus {
    /// Whether the application may be used by everybody whom it is for.
    pub const fn is_running(self) -> bool {
        match self {
            Self::Trial | Self::Free | Self::Active => true,
            Self::Expired | Self::Refunded => false,
        }
    }
}

/// One stretch that was paid for, with the plan that it was bought by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldTerm {
    pub item_code: ItemCode,
    pub plan_name: String,
    /// One seat, one month, in minor units.
    pub unit_price: i64,
    pub seats: i32,
    pub from: Instant,
    pub until: Instant,
}

/// What a license says at a moment; an order makes another of it, and its refund puts it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    pub status: LicenseStatus,
    pub item_code: Option<ItemCode>,
    pub plan_name: String,
    /// Nothing is no limit.
    pub seats: Option<i32>,
    pub from: Instant,
    /// Nothing is no end.
    pub until: Option<Instant>,
    pub terms: Vec<HeldTerm>,
}

/// Microseconds since 1970, as prices count.
pub fn micros(at: Instant) -> i64 {
    at.utc().timestamp_micros()
}

fn instant(micros: i64) -> Instant {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().into()
}

fn count(seats: i32) -> u32 {
    u32::try_from(seats).unwrap_or(0)
}

impl HeldTerm {
    fn term(&self) -> Term {
        Term {
            rate: Rate {
                unit_price: self.unit_price,
                seats: count(self.seats),
            },
            from: micros(self.from),
            until: micros(self.until),
        }
    }

    fn of(term: &Term, plan: &ProductPlan) -> Self {
        Self {
            item_code: plan.item_code.clone(),
            plan_name: plan.name.clone(),
            unit_price: term.rate.unit_price,
            seats: i32::try_from(term.rate.seats).unwrap_or(i32::MAX),
            from: instant(term.from),
            until: instant(term.until),
        }
    }
}

impl Held {
    /// Whether something that was paid for still runs.
    pub fn is_paid_for(&self, now: Instant) -> bool {
        self.terms.last().is_some_and(|last| last.until > now)
    }

    /// Whether it is over by the clock.
    pub fn is_over(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// The license that was paid for so, as it is at `now`.
    fn paid(terms: Vec<HeldTerm>, from: Instant, now: Instant) -> Option<Self> {
        let current = terms.iter().rev().find(|term| term.from <= now).or(terms.first())?;
        Some(Self {
            status: LicenseStatus::Active,
            item_code: Some(current.item_code.clone()),
            plan_name: current.plan_name.clone(),
            seats: Some(current.seats),
            from,
            until: terms.last().map(|last| last.until),
            terms,
        })
    }

    /// A trial that begins now.
    pub fn trial(length: TrialLength, now: Instant) -> Self {
        let until = price_trial(length).until(micros(now)).map(instant);
        Self {
            status: LicenseStatus::Trial,
            item_code: None,
            plan_name: String::new(),
            seats: None,
            from: now,
            until,
            terms: Vec::new(),
        }
    }

    /// The free plan, or a product that costs nothing.
    pub fn free(content: &ProductContent, now: Instant) -> Self {
        let plan = content.free_plan.as_ref().filter(|_| content.is_paid());
        Self {
            status: LicenseStatus::Free,
            item_code: plan.map(|plan| plan.item_code.clone()),
            plan_name: String::new(),
            seats: plan.and_then(|plan| plan.max_seats),
            from: now,
            until: None,
            terms: Vec::new(),
        }
    }

    /// What the clock makes of it: a stretch with other seats begins, or it is over.
    pub fn at(&self, now: Instant) -> Self {
        if self.status.is_running() && self.is_over(now) {
            return Self {
                status: LicenseStatus::Expired,
                ..self.clone()
            };
        }
        match self.status {
            LicenseStatus::Active => Self::paid(self.terms.clone(), self.from, now).unwrap_or_else(|| self.clone()),
            LicenseStatus::Trial | LicenseStatus::Free | LicenseStatus::Expired | LicenseStatus::Refunded => {
                self.clone()
            }
        }
    }

    /// What a refund of the order that made this of `before` leaves.
    pub fn refunded(&self, before: Option<&Held>, now: Instant) -> Self {
        let back = before
            .map(|before| before.at(now))
            .filter(|before| before.status.is_running());
        back.unwrap_or_else(|| Self {
            status: LicenseStatus::Refunded,
            until: Some(now),
            terms: Vec::new(),
            ..self.clone()
        })
    }
}

/// L13: the ways in which an organisation can open a product now; a paid one is told in plans.
pub fn ways(content: &ProductContent, held: Option<&Held>, tried: bool) -> Vec<ChargeType> {
    let may = |way: &ChargeType| may_open(content, held, tried, *way).is_ok();
    ChargeType::ALL.iter().copied().filter(may).collect()
}

/// Whether an organisation may open a product in this way, by the opening order that the partner chose.
pub fn may_open(content: &ProductContent, held: Option<&Held>, tried: bool, way: ChargeType) -> Result<(), Refusal> {
    let running = held.filter(|held| held.status.is_running()).map(|held| held.status);
    match way {
        ChargeType::Paid if content.is_paid() => Ok(()),
        ChargeType::Paid => Err(Refusal::rule(Code::NotOnSale)),
        ChargeType::Trial => {
            if !content.is_paid() || content.trial.is_none() {
                return Err(Refusal::rule(Code::NotOnSale));
            }
            // Whoever paid once knows the product.
            match tried || held.is_some_and(|held| !held.terms.is_empty()) || running == Some(LicenseStatus::Active) {
                true => Err(Refusal::rule(Code::TrialUsed)),
                false => Ok(()),
            }
        }
        ChargeType::Free => {
            if content.is_paid() && content.free_plan.is_none() {
                return Err(Refusal::rule(Code::NotOnSale));
            }
            if let Some(status) = running {
                return Err(Refusal::transition(status.as_str(), way.as_str()));
            }
            // The trial comes first where the partner wants it so; afterwards the customer chooses.
            match content.opening_order == Some(OpeningOrder::TrialThenChoose)
                && content.is_paid()
                && !tried
                && held.is_none()
            {
                true => Err(Refusal::rule(Code::TrialFirst)),
                false => Ok(()),
            }
        }
    }
}

/// What an organisation wants to order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub seats: i32,
    /// Of one of the plan's periods; nothing leaves the end where it is.
    pub months: Option<i32>,
}

/// An order with its price, and what the license is once it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    pub order_type: price::OrderType,
    pub cost: i64,
    pub parts: Vec<Part>,
    pub held: Held,
}

/// What an order costs now, and what it would make of what is held. Which kind of order it is follows: nothing that was paid for
/// runs, a new one; with a period, a renewal; without one, an upgrade.
pub fn quote(plan: &ProductPlan, wish: Wish, held: Option<&Held>, now: Instant) -> Result<Quoted, Refusal> {
    let held_terms = held.map(|held| held.terms.as_slice()).unwrap_or_default();
    let terms: Vec<Term> = held_terms.iter().map(HeldTerm::term).collect();
    let priced = price_plan(plan);
    let seats = u32::try_from(wish.seats).map_err(|_| refused(out_of_range(&priced)))?;
    let running = held.is_some_and(|held| held.is_paid_for(now));
    let at = micros(now);
    let quote = match wish.months {
        None if running => price::upgrade(&terms, &priced, seats, at),
        None => return Err(Refusal::invalid("months", Problem::Required)),
        Some(months) => {
            let period = priced
                .periods
                .iter()
                .find(|it| i64::from(it.months) == i64::from(months));
            let period = period.ok_or_else(|| Refusal::invalid("months", Problem::UnknownChoice))?;
            match running {
                true => price::renew(&terms, &priced, period, seats, at),
                false => price::buy(&[], &priced, period, seats, at),
            }
        }
    };
    let quote = quote.map_err(refused)?;
    // Stretches that stay as they were keep the plan that they were bought by.
    let kept = |term: &Term| held_terms.iter().find(|held| held.term() == *term).cloned();
    let terms = quote
        .terms
        .iter()
        .map(|term| kept(term).unwrap_or_else(|| HeldTerm::of(term, plan)));
    let from = held.filter(|_| running).map_or(now, |held| held.from);
    Ok(Quoted {
        order_type: quote.order_type,
        cost: quote.cost,
        parts: quote.parts,
        held: Held::paid(terms.collect(), from, now).ok_or_else(|| refused(Refused::TooLarge))?,
    })
}

fn out_of_range(plan: &price::Plan) -> Refused {
    Refused::SeatsOutOfRange {
        min: plan.min_seats,
        max: plan.max_seats,
    }
}

/// Why there is no price, for people.
pub fn refused(why: Refused) -> Refusal {
    match why {
        Refused::SeatsOutOfRange { min, max } => {
            let (min, max) = (min.into(), max.into());
            Refusal::invalid("seats", Problem::OutOfRange { min, max })
        }
        Refused::PeriodNotOffered => Refusal::invalid("months", Problem::UnknownChoice),
        Refused::TooLarge | Refused::NegativePrice => Refusal::invalid("seats", Problem::PriceTooLarge),
        Refused::Ended => Refusal::rule(Code::LicenseEnded),
        Refused::Running | Refused::NotAnUpgrade => Refusal::rule(Code::NotAnUpgrade).at("seats"),
        Refused::LaterOrderStands => Refusal::rule(Code::LaterOrderStands),
        Refused::BuyerTooLate => Refusal::rule(Code::RefundTooLate),
        Refused::RefundedAlready => Refusal::stale(),
    }
}

/// Days before its end on which a customer is reminded.
const fn reminders(status: LicenseStatus) -> &'static [i32] {
    match status {
        LicenseStatus::Active => &[30, 7, 1],
        LicenseStatus::Trial => &[3, 1],
        LicenseStatus::Free | LicenseStatus::Expired | LicenseStatus::Refunded => &[],
    }
}

/// The reminder that is due, in days before the end, where the customer was last reminded of `reminded` or of nothing.
pub fn due_reminder(held: &Held, reminded: Option<i32>, now: Instant) -> Option<i32> {
    let until = held.until.filter(|until| *until > now)?;
    let days = reminders(held.status).iter().copied();
    let due = days
        .filter(|days| until - Duration::days((*days).into()) <= now)
        .min()?;
    reminded.is_none_or(|reminded| due < reminded).then_some(due)
}

/// When time does something to it next.
pub fn next_due(held: &Held, now: Instant) -> Option<Instant> {
    if !held.status.is_running() {
        return None;
    }
    let end = held.until.into_iter();
    let begins = held.terms.iter().map(|term| term.from);
    let remind = reminders(held.status).iter();
    let reminders = remind.filter_map(|days| Some(held.until? - Duration::days((*days).into())));
    end.chain(begins).chain(reminders).filter(|at| *at > now).min()
}

#[cfg(test)]
mod tests;
