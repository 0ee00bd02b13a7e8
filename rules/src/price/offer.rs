//! How a product is opened besides being paid for: trials, the free plan and which of them comes first. Prices of plans are
//! `plan`'s.

use super::calendar;

/// How long a product may be tried; a product without one is not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrialLength {
    SevenDays,
    FifteenDays,
    OneMonth,
    FortyFiveDays,
    TwoMonths,
    ThreeMonths,
}

impl TrialLength {
    pub const ALL: [TrialLength; 6] = [
        TrialLength::SevenDays,
        TrialLength::FifteenDays,
        TrialLength::OneMonth,
        TrialLength::FortyFiveDays,
        TrialLength::TwoMonths,
        TrialLength::ThreeMonths,
    ];

    /// When a trial that begins at `from` is over.
    pub fn until(self, from: i64) -> Option<i64> {
        match self {
            TrialLength::SevenDays => calendar::after_days(from, 7),
            TrialLength::FifteenDays => calendar::after_days(from, 15),
            TrialLength::OneMonth => calendar::after_months(from, 1),
            TrialLength::FortyFiveDays => calendar::after_days(from, 45),
            TrialLength::TwoMonths => calendar::after_months(from, 2),
            TrialLength::ThreeMonths => calendar::after_months(from, 3),
        }
    }
}

/// What an organisation gets that opens the product, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpeningOrder {
    /// The trial, and when it is over the free plan by itself. Shown, and refused: OPENING_ORDER_UNSUPPORTED.
    TrialThenAutoFree,
    /// The trial, and when it is over the customer chooses.
    TrialThenChoose,
    /// The free plan, and the customer chooses when to pay.
    FreeThenChoose,
}

/// Why an opening order cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningOrderFlaw {
    /// No product may have it at present.
    Unsupported,
    /// It begins with a trial, and the product has none.
    NeedsTrial,
    /// It begins with the free plan, and the product has none.
    NeedsFreePlan,
}

impl OpeningOrder {
    pub const ALL: [OpeningOrder; 3] = [
        OpeningOrder::TrialThenAutoFree,
        OpeningOrder::TrialThenChoose,
        OpeningOrder::FreeThenChoose,
    ];

    pub fn flaw(self, has_trial: bool, has_free_plan: bool) -> Option<OpeningOrderFlaw> {
        match self {
            OpeningOrder::TrialThenAutoFree => Some(OpeningOrderFlaw::Unsupported),
            OpeningOrder::TrialThenChoose => (!has_trial).then_some(OpeningOrderFlaw::NeedsTrial),
            OpeningOrder::FreeThenChoose => (!has_free_plan).then_some(OpeningOrderFlaw::NeedsFreePlan),
        }
    }
}

/// Whether the seat limit of a free plan may change so: raised or removed, never lowered, never introduced. Nothing is no limit.
pub fn seat_limit_may_become(now: Option<u32>, wanted: Option<u32>) -> bool {
    match (now, wanted) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(now), Some(wanted)) => wanted >= now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000_000;

    #[test]
    fn prices_a_trial_lasts_days_or_calendar_months() {
        let days: Vec<_> = TrialLength::ALL
            .iter()
            .map(|length| length.until(0).expect("1970 has more months") / DAY)
            .collect();
        assert_eq!(days, [7, 15, 31, 45, 59, 90]);
    }

    #[test]
    fn prices_an_opening_order_needs_what_it_begins_with() {
        use OpeningOrder::*;
        assert_eq!(TrialThenAutoFree.flaw(true, true), Some(OpeningOrderFlaw::Unsupported));
        assert_eq!(TrialThenChoose.flaw(true, false), None);
        assert_eq!(TrialThenChoose.flaw(false, true), Some(OpeningOrderFlaw::NeedsTrial));
        assert_eq!(FreeThenChoose.flaw(false, true), None);
        assert_eq!(FreeThenChoose.flaw(true, false), Some(OpeningOrderFlaw::NeedsFreePlan));
        assert_eq!(OpeningOrder::ALL.len(), 3);
    }

    #[test]
    fn prices_a_free_plans_seat_limit_is_raised_or_removed() {
        assert!(seat_limit_may_become(Some(5), Some(5)) && seat_limit_may_become(Some(5), Some(6)));
        assert!(seat_limit_may_become(Some(5), None) && seat_limit_may_become(None, None));
        assert!(!seat_limit_may_become(Some(5), Some(4)) && !seat_limit_may_become(None, Some(100)));
    }
}
