//! The working calendar: days that are not what their weekday says, few a year. Everybody who is signed in may read them; a
//! superadmin writes them, and every due time follows from them.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::schema::calendar_days;
use super::{Result, Tx};
use crate::auth::viewer::SuperadminScope;
use crate::domain::calendar_day::CalendarDay;
use crate::domain::working_day::WorkingCalendar;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_days)]
struct Row {
    day: NaiveDate,
    working: bool,
    name: String,
}

/// The days of one year, in their order.
pub fn of_year(conn: &mut Conn, year: i32) -> Result<Vec<CalendarDay>> {
    of_years(conn, year, 1)
}

/// The days of so many years from that one on, in their order.
fn of_years(conn: &mut Conn, first: i32, years: i32) -> Result<Vec<CalendarDay>> {
    let rows: Vec<Row> = calendar_days::table
        .filter(calendar_days::day.ge(new_year(first)))
        .filter(calendar_days::day.lt(new_year(first.saturating_add(years))))
        .order(calendar_days::day.asc())
        .select(Row::as_select())
        .load(conn)?;
    let day = |row: Row| CalendarDay {
        day: row.day,
        working: row.working,
        name: row.name,
    };
    Ok(rows.into_iter().map(day).collect())
}

/// The first day of a year; of one that no calendar has, the last day of all.
fn new_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)
}

/// The calendar by which something that is handed in now is due: this year's days and the next one's.
pub fn calendar(tx: &mut Tx<'_>) -> Result<WorkingCalendar> {
    // Shanghai is ahead: the last evening of a year is the next one's first morning there.
    let days = of_years(tx.conn, tx.now.utc().year(), 2)?;
    let of = |working: bool| {
        let chosen = days.iter().filter(move |day| day.working == working);
        chosen.map(|day| day.day).collect::<Vec<_>>()
    };
    Ok(WorkingCalendar::new(of(false), of(true)))
}

/// Makes these days the only ones of a year.
pub fn set_year(tx: &mut Tx<'_>, _: &SuperadminScope, year: i32, days: &[CalendarDay]) -> Result<()> {
    let known = calendar_days::table
        .filter(calendar_days::day.ge(new_year(year)))
        .filter(calendar_days::day.lt(new_year(year.saturating_add(1))));
    diesel::delete(known).execute(tx.conn)?;
    let rows: Vec<Row> = days
        .iter()
        .map(|day| Row {
            day: day.day,
            working: day.working,
            name: day.name.clone(),
        })
        .collect();
    on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(calendar_days::table)
        .values(&rows)
        .execute(conn))?;
    Ok(())
}
