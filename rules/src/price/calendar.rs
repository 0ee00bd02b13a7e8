//! Calendar months, counted as people in Asia/Shanghai count them: the same day and time of a later month, or that month's
//! last day. The zone has had no summer time since 1991, so its offset is a constant.

const MICROS_A_SECOND: i64 = 1_000_000;
const MICROS_A_DAY: i64 = 86_400 * MICROS_A_SECOND;
const SHANGHAI: i64 = 8 * 3_600 * MICROS_A_SECOND;

/// The instant so many days later.
pub fn after_days(at: i64, days: u32) -> Option<i64> {
    at.checked_add(i64::from(days).checked_mul(MICROS_A_DAY)?)
}

/// The instant so many calendar months later.
pub fn after_months(at: i64, months: u32) -> Option<i64> {
    let local = at.checked_add(SHANGHAI)?;
    let (year, month, day) = civil(local.div_euclid(MICROS_A_DAY));
    let counted = (month - 1).checked_add(i64::from(months))?;
    let (year, month) = (year.checked_add(counted.div_euclid(12))?, counted.rem_euclid(12) + 1);
    let days = days_since_1970(year, month, day.min(days_in(year, month)));
    days.checked_mul(MICROS_A_DAY)?
        .checked_add(local.rem_euclid(MICROS_A_DAY))?
        .checked_sub(SHANGHAI)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// The Gregorian calendar repeats itself every 400 years of 146,097 days. Years are counted from March, so that the day that
// only some have comes last.

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    year.div_euclid(400) * 146_097 + day_of_era - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let counted = (5 * day_of_year + 2) / 153;
    let month = (counted + 2) % 12 + 1;
    let year = shifted.div_euclid(146_097) * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * counted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon in Shanghai.
    fn noon(year: i64, month: i64, day: i64) -> i64 {
        days_since_1970(year, month, day) * MICROS_A_DAY + MICROS_A_DAY / 2 - SHANGHAI
    }

    #[test]
    fn prices_days_are_those_of_the_calendar() {
        assert_eq!(days_since_1970(1970, 1, 1), 0);
        assert_eq!(days_since_1970(2000, 3, 1), 11_017);
        assert_eq!(days_since_1970(2026, 11, 26), 20_783);
        for day in -800_000..800_000 {
            let (year, month, of_month) = civil(day);
            assert_eq!(days_since_1970(year, month, of_month), day);
            assert!((1..=12).contains(&month) && (1..=days_in(year, month)).contains(&of_month));
        }
    }

    #[test]
    fn prices_a_month_ends_on_the_same_day_or_on_the_last_one() {
        for ((year, month, day), months, (to_year, to_month, to_day)) in [
            ((2026, 1, 15), 1, (2026, 2, 15)),
            ((2026, 1, 31), 1, (2026, 2, 28)),
            ((2028, 1, 31), 1, (2028, 2, 29)),
            ((2028, 2, 29), 12, (2029, 2, 28)),
            ((2026, 12, 31), 2, (2027, 2, 28)),
            ((2026, 11, 30), 24, (2028, 11, 30)),
            ((2026, 12, 1), 1, (2027, 1, 1)),
        ] {
            let end = after_months(noon(year, month, day), months);
            assert_eq!(end, Some(noon(to_year, to_month, to_day)));
        }
        assert_eq!(after_days(noon(2026, 12, 25), 7), Some(noon(2027, 1, 1)));
    }

    #[test]
    fn prices_the_day_is_the_one_in_shanghai() {
        // 2026-01-31 01:00 in Shanghai is still the 30th in UTC.
        let early = noon(2026, 1, 31) - 11 * 3_600 * MICROS_A_SECOND;
        assert_eq!(
            after_months(early, 1),
            Some(noon(2026, 2, 28) - 11 * 3_600 * MICROS_A_SECOND)
        );
    }

    #[test]
    fn prices_what_no_calendar_holds_is_none() {
        assert_eq!(after_months(i64::MAX, 1), None);
        assert_eq!(after_days(i64::MAX, 1), None);
    }
}
