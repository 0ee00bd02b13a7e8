//! The working calendar by which reviews are due (L7, D4): everybody reads it, a superadmin enters each year's holidays and make-up
//! days. What is in review already keeps the due time that it was given.

use chrono::Datelike;
use serde_json::{Value, json};

use crate::auth::viewer::Viewer;
use crate::domain::calendar_day::{CalendarDay, checked};
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::store::audit::Fact;
use crate::store::calendar_day;
use crate::store::conn::Conn;
use crate::store::{Result, Tx};

/// The days of a year that are not what their weekday says.
pub fn list(conn: &mut Conn, viewer: &Viewer, year: i32) -> Result<Vec<CalendarDay>> {
    viewer.member()?;
    calendar_day::of_year(conn, year)
}

/// Makes these days the only ones of their year.
pub fn set(tx: &mut Tx<'_>, viewer: &Viewer, year: i32, days: &[CalendarDay]) -> Result<Vec<CalendarDay>> {
    let scope = viewer.superadmin()?;
    let days = checked(days)?;
    let foreign = days.iter().position(|day| day.day.year() != year);
    if let Some(at) = foreign {
        let (min, max) = (i64::from(year), i64::from(year));
        let issue = Issue::new(&format!("days.{at}.day"), Problem::OutOfRange { min, max });
        return Err(Refusal::validation(vec![issue]).into());
    }
    let before = calendar_day::of_year(tx.conn, year)?;
    calendar_day::set_year(tx, &scope, year, &days)?;
    let told = |days: &[CalendarDay]| -> Value {
        let day = |day: &CalendarDay| json!({ "day": day.day, "working": day.working, "name": day.name });
        days.iter().map(day).collect()
    };
    let label = year.to_string();
    tx.audit(Fact {
        organization_id: &viewer.organization_id,
        action: "calendar.year_set",
        object_id: &label,
        label: &label,
        before: Some(told(&before)),
        after: Some(told(&days)),
    })?;
    calendar_day::of_year(tx.conn, year)
}
