//! The working calendar in the schema (L7, D4).

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::context::{read, write};
use super::error::{outcome, result_union};
use super::scalars::Date;
use crate::domain::calendar_day as domain;
use crate::services::calendar_day;

/// A day that is not what its weekday says.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarDay {
    /// Which.
    day: Date,
    /// Worked though it falls on a weekend (调休), or free though it falls on a weekday.
    working: bool,
    /// Why, such as 国庆节.
    name: String,
}

/// The days of a year that are not what their weekday says. A working day lasts from midnight to midnight in Asia/Shanghai.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarYear {
    /// Which.
    year: i32,
    /// In their order, at most 366.
    days: Vec<CalendarDay>,
}

impl CalendarYear {
    fn new(year: i32, days: Vec<domain::CalendarDay>) -> Self {
        let day = |day: domain::CalendarDay| CalendarDay {
            day: Date(day.day),
            working: day.working,
            name: day.name,
        };
        Self {
            year,
            days: days.into_iter().map(day).collect(),
        }
    }
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, InputObject)]
pub struct CalendarDayInput {
    /// Which; of the year that is set.
    pub day: Date,
    /// Worked, or free.
    pub working: bool,
    /// 1 to 40 characters.
    pub name: String,
}

/// Enters a year.
#[derive(InputObject)]
pub struct SetCalendarYearInput {
    /// Which.
    pub year: i32,
    /// All of its days that are not what their weekday says; those that are missing become ordinary ones.
    pub days: Vec<CalendarDayInput>,
}

result_union! {
    /// Result of entering a year.
    SetCalendarYearResult = CalendarYear
}

#[derive(Default)]
pub struct CalendarDayQuery;

#[Object]
impl CalendarDayQuery {
    /// L7, D4: the working calendar of a year: Monday to Friday, but for these days.
    async fn calendar_year(&self, ctx: &Context<'_>, year: i32) -> Result<CalendarYear> {
        let days = read(ctx, move |conn, viewer| calendar_day::list(conn, viewer, year)).await?;
        Ok(CalendarYear::new(year, days))
    }
}

#[derive(Default)]
pub struct CalendarDayMutation;

#[Object]
impl CalendarDayMutation {
    /// L7, D4: a superadmin enters a year's holidays and make-up days. What is in review keeps its due time.
    async fn set_calendar_year(&self, ctx: &Context<'_>, input: SetCalendarYearInput) -> Result<SetCalendarYearResult> {
        let year = input.year;
        let day = |day: CalendarDayInput| domain::CalendarDay {
            day: day.day.0,
            working: day.working,
            name: day.name,
        };
        let days: Vec<_> = input.days.into_iter().map(day).collect();
        let ended = write(ctx, move |tx, viewer| calendar_day::set(tx, viewer, year, &days));
        outcome(ctx, ended.await?, |days| {
            SetCalendarYearResult::CalendarYear(CalendarYear::new(year, days))
        })
    }
}
