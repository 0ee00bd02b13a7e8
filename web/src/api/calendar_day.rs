//! The working calendar by which reviews are due: everybody reads it, superadmins enter it a year at a time.

use super::{Date, schema};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CalendarDay {
        pub day: Date,
        pub working: bool,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CalendarYear {
        pub year: i32,
        pub days: Vec<CalendarDay>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CalendarDayInput {
    pub day: Date,
    pub working: bool,
    pub name: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetCalendarYearInput {
    pub year: i32,
    pub days: Vec<CalendarDayInput>,
}

operation! { $ Query: calendar_year(year = year: i32) => CalendarYear }
operation! { $ Mutation: set_calendar_year(input = input: SetCalendarYearInput) -> SetCalendarYearResult / CalendarYear }
