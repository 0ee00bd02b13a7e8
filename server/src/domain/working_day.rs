//! Working days of the people who review (L7, D4): Monday to Friday in Asia/Shanghai, less holidays, plus make-up days.
//! Knows days, not office hours: a working day lasts from midnight to midnight there.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::instant::Instant;

/// Which days count. The default knows no holidays.
#[derive(Debug, Clone)]
pub struct WorkingCalendar {
    zone: Tz,
    holidays: BTreeSet<NaiveDate>,
    make_up_days: BTreeSet<NaiveDate>,
}

impl Default for WorkingCalendar {
    fn default() -> Self {
        WorkingCalendar::new([], [])
    }
}

impl WorkingCalendar {
    /// `holidays` are free though they fall on a weekday; `make_up_days` are worked (调休) though they fall on a
    /// weekend. A day in both is worked.
    pub fn new(
        holidays: impl IntoIterator<Item = NaiveDate>,
        make_up_days: impl IntoIterator<Item = NaiveDate>,
    ) -> WorkingCalendar {
        WorkingCalendar {
            zone: chrono_tz::Asia::Shanghai,
            holidays: holidays.into_iter().collect(),
            make_up_days: make_up_days.into_iter().collect(),
        }
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.make_up_days.contains(&day) || (!weekend && !self.holidays.contains(&day))
    }

    /// When something that was handed in at `submitted` is due `days` working days later: at the same time of day
    /// in Shanghai, `days` working days on. What comes in on a free day counts as handed in when the next working
    /// day begins, so that with one day given it is due at that working day's end.
    pub fn due_after(&self, submitted: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let local = submitted.with_timezone(&self.zone).naive_local();
        let mut from = local;
        if !self.is_working(local.date()) {
            from = self.next_working(local.date()).and_time(NaiveTime::MIN);
        }
        let day = (0..days).fold(from.date(), |day, _| self.next_working(day));
        self.instant(day.and_time(from.time()))
    }

    /// The first working day after `day`.
    fn next_working(&self, day: NaiveDate) -> NaiveDate {
        // No break lasts a year; the bound keeps a calendar made of holidays alone from hanging the server.
        let ahead = (1..=366).filter_map(|offset| day.checked_add_days(Days::new(offset)));
        ahead
            .clone()
            .find(|next| self.is_working(*next))
            .or_else(|| ahead.clone().next())
            .unwrap_or(day)
    }

    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.zone.from_local_datetime(&local).earliest() {
            Some(instant) => instant.with_timezone(&Utc),
            // Skipped by a change of the clocks, which Shanghai has not had since 1991: read it an hour later.
            None => self.instant(local + chrono::TimeDelta::hours(1)),
        }
    }
}

/// The day that it is in Shanghai.
pub fn local_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&chrono_tz::Asia::Shanghai).date_naive()
}

/// The first instant of a day in Shanghai.
pub fn day_start(day: NaiveDate) -> Instant {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = chrono_tz::Asia::Shanghai.from_local_datetime(&midnight).earliest();
    Instant::from(local.map_or(midnight.and_utc(), |at| at.to_utc()))
}

/// Overdue from the instant after the one at which it was due.
pub fn is_overdue(due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > due
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai(text: &str) -> DateTime<Utc> {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
        chrono_tz::Asia::Shanghai.from_local_datetime(&local).unwrap().to_utc()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// National Day 2026: 1 to 7 October free, 20 September and 10 October worked.
    fn national_day() -> WorkingCalendar {
        let holidays = (1..=7).map(|d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap());
        WorkingCalendar::new(holidays, [day("2026-09-20"), day("2026-10-10")])
    }

    #[test]
    fn d4_due_at_the_same_time_on_the_next_working_day() {
        let calendar = WorkingCalendar::default();
        for (submitted, due) in [
            ("2026-11-18 10:30:00", "2026-11-19 10:30:00"),
            ("2026-11-20 17:59:59", "2026-11-23 17:59:59"),
            ("2026-11-20 23:59:59", "2026-11-23 23:59:59"),
            ("2026-11-16 00:00:00", "2026-11-17 00:00:00"),
        ] {
            assert_eq!(calendar.due_after(shanghai(submitted), 1), shanghai(due), "{submitted}");
        }
    }

    #[test]
    fn d4_what_comes_in_on_a_free_day_counts_from_the_next_working_day() {
        let calendar = WorkingCalendar::default();
        for submitted in ["2026-11-21 00:00:00", "2026-11-21 12:00:00", "2026-11-22 23:59:59"] {
            assert_eq!(
                calendar.due_after(shanghai(submitted), 1),
                shanghai("2026-11-24 00:00:00"),
                "{submitted}"
            );
        }
    }

    #[test]
    fn l7_holidays_are_skipped_and_make_up_days_count() {
        let calendar = national_day();
        assert_eq!(
            calendar.due_after(shanghai("2026-09-30 15:00:00"), 1),
            shanghai("2026-10-08 15:00:00")
        );
        assert_eq!(
            calendar.due_after(shanghai("2026-10-03 15:00:00"), 1),
            shanghai("2026-10-09 00:00:00")
        );
        assert_eq!(
            calendar.due_after(shanghai("2026-10-09 09:00:00"), 1),
            shanghai("2026-10-10 09:00:00")
        );
        assert_eq!(
            calendar.due_after(shanghai("2026-10-10 09:00:00"), 1),
            shanghai("2026-10-12 09:00:00")
        );
        assert!(!calendar.is_working(day("2026-10-07")) && calendar.is_working(day("2026-09-20")));
    }

    #[test]
    fn the_day_is_the_one_in_shanghai_not_the_one_in_utc() {
        let calendar = WorkingCalendar::default();
        // Friday 17:00 UTC is Saturday 01:00 in Shanghai; Sunday 16:00 UTC is Monday midnight there.
        let friday: DateTime<Utc> = "2026-11-20T17:00:00Z".parse().unwrap();
        assert_eq!(
            calendar.due_after(friday, 1),
            "2026-11-23T16:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
        let sunday: DateTime<Utc> = "2026-11-22T16:00:00Z".parse().unwrap();
        assert_eq!(
            calendar.due_after(sunday, 1),
            "2026-11-23T16:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
        let before: DateTime<Utc> = "2026-11-20T15:59:59Z".parse().unwrap();
        assert_eq!(
            calendar.due_after(before, 1),
            "2026-11-23T15:59:59Z".parse::<DateTime<Utc>>().unwrap()
        );
    }

    #[test]
    fn several_days_and_none() {
        let calendar = WorkingCalendar::default();
        assert_eq!(
            calendar.due_after(shanghai("2026-11-18 10:00:00"), 3),
            shanghai("2026-11-23 10:00:00")
        );
        assert_eq!(
            calendar.due_after(shanghai("2026-11-18 10:00:00"), 0),
            shanghai("2026-11-18 10:00:00")
        );
    }

    #[test]
    fn a_calendar_of_holidays_alone_does_not_hang() {
        let all = day("2026-01-01").iter_days().take(1000);
        let calendar = WorkingCalendar::new(all, []);
        assert_eq!(
            calendar.due_after(shanghai("2026-01-05 10:00:00"), 1),
            shanghai("2026-01-07 00:00:00")
        );
    }

    #[test]
    fn l7_overdue_means_after_the_due_instant() {
        let due = shanghai("2026-11-19 10:30:00");
        assert!(!is_overdue(due, due));
        assert!(is_overdue(due, due + chrono::TimeDelta::microseconds(1)));
    }
}
