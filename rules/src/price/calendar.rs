//! Calendar months, counted as people in Asia/Shanghai count them: the same day and time of a later month, or that month's
//! last day. The zone has had no summer time since 1991, so its offset is a constant. Instants are UTC microseconds since 1970.

use chrono::{DateTime, Months, TimeDelta};

const SHANGHAI: TimeDelta = TimeDelta::hours(8);

/// The instant so many days later; none that no calendar holds.
pub fn after_days(at: i64, days: u32) -> Option<i64> {
    let at = DateTime::from_timestamp_micros(at)?;
    let later = at.checked_add_signed(TimeDelta::days(days.into()))?;
    Some(later.timestamp_micros())
}

/// The instant so many calendar months later; none that no calendar holds.
pub fn after_months(at: i64, months: u32) -> Option<i64> {
    let local = DateTime::from_timestamp_micros(at)?.checked_add_signed(SHANGHAI)?;
    let later = local.checked_add_months(Months::new(months))?;
    Some(later.checked_sub_signed(SHANGHAI)?.timestamp_micros())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    /// An hour of a day in Shanghai.
    fn at((year, month, day): (i32, u32, u32), hour: u32) -> i64 {
        let date = NaiveDate::from_ymd_opt(year, month, day).and_then(|date| date.and_hms_opt(hour, 0, 0));
        (date.expect("a day").and_utc() - SHANGHAI).timestamp_micros()
    }

    #[test]
    fn prices_a_month_ends_on_the_same_day_or_on_the_last_one() {
        for (from, months, until) in [
            ((2026, 1, 15), 1, (2026, 2, 15)),
            ((2026, 1, 31), 1, (2026, 2, 28)),
            ((2028, 1, 31), 1, (2028, 2, 29)),
            ((2028, 2, 29), 12, (2029, 2, 28)),
            ((2026, 12, 31), 2, (2027, 2, 28)),
            ((2026, 11, 30), 24, (2028, 11, 30)),
            ((2026, 12, 1), 1, (2027, 1, 1)),
        ] {
            assert_eq!(after_months(at(from, 12), months), Some(at(until, 12)));
        }
        assert_eq!(after_days(at((2026, 12, 25), 12), 7), Some(at((2027, 1, 1), 12)));
    }

    #[test]
    fn prices_the_day_is_the_one_in_shanghai() {
        // 01:00 in Shanghai is still the day before in UTC.
        assert_eq!(after_months(at((2026, 1, 31), 1), 1), Some(at((2026, 2, 28), 1)));
    }

    #[test]
    fn prices_what_no_calendar_holds_is_none() {
        assert_eq!(after_months(i64::MAX, 1), None);
        assert_eq!(after_days(i64::MAX, 1), None);
    }
}
