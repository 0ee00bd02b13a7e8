//! Days that are free though they fall on a weekday, and worked though they fall on a weekend (调休): what a superadmin enters once a
//! year. How due times follow from them is `working_day`.

use chrono::{Datelike, NaiveDate};

use super::problem::Problem;
use super::refusal::{Issue, Refusal};
use super::wording;

/// Characters of a day's name.
pub const NAME_MAX: usize = 40;
/// Days that are entered at once.
pub const DAYS_MAX: usize = 366;
/// Years for which days are kept.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2100;

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    pub day: NaiveDate,
    /// Worked, or free.
    pub working: bool,
    /// Why, such as 国庆节.
    pub name: String,
}

/// The days as they are stored; everything that is wrong at once.
pub fn checked(days: &[CalendarDay]) -> Result<Vec<CalendarDay>, Refusal> {
    let max = DAYS_MAX;
    if days.len() > max {
        return Err(Refusal::invalid("days", Problem::TooMany { max }));
    }
    let mut issues = Vec::new();
    let mut kept: Vec<CalendarDay> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        if !YEARS.contains(&day.day.year()) {
            let (min, max) = (i64::from(*YEARS.start()), i64::from(*YEARS.end()));
            issues.push(Issue::new(&format!("days.{at}.day"), Problem::OutOfRange { min, max }));
        }
        if kept.iter().any(|known| known.day == day.day) {
            issues.push(Issue::new(&format!("days.{at}.day"), Problem::Repeated));
        }
        match wording::required(wording::line(&day.name, NAME_MAX)) {
            Ok(name) => kept.push(CalendarDay { name, ..day.clone() }),
            Err(problem) => issues.push(Issue::new(&format!("days.{at}.name"), problem)),
        }
    }
    Refusal::unless_valid(issues)?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l7_days_of_a_calendar_have_a_name_and_stand_once() {
        let day = |text: &str, name: &str| CalendarDay {
            day: text.parse().unwrap(),
            working: false,
            name: name.to_owned(),
        };
        let told = |days: &[CalendarDay]| {
            let refused = checked(days).unwrap_err();
            refused
                .issues()
                .iter()
                .map(|issue| issue.path.join("."))
                .collect::<Vec<_>>()
        };
        assert_eq!(checked(&[day("2026-10-01", " 国庆节 ")]).unwrap()[0].name, "国庆节");
        assert_eq!(
            told(&[day("2026-10-01", ""), day("1999-10-01", "国庆节")]),
            ["days.0.name", "days.1.day"]
        );
        assert_eq!(
            told(&[day("2026-10-01", "国庆节"), day("2026-10-01", "国庆")]),
            ["days.1.day"]
        );
    }
}
