//! The working calendar, which superadmins enter a year at a time: days off and make-up days, a line each.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api::{
        Date,
        calendar_day::{self, CalendarDayInput, CalendarYear, SetCalendarYearInput},
    },
    components::{
        alert::ProblemPanel,
        button::Submit,
        dynamic::dynamic,
        error_summary::ErrorSummary,
        field::{Select, TextArea, choice},
        layout::{Card, Row, Stack, paragraph},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{
        Errors, FieldError,
        calendar::{self, Named},
        submission::Submission,
    },
    i18n::{
        Text,
        texts::{common, reviews},
    },
    load::{load, show_steadily},
    navigation,
};

/// How many years ahead are offered, besides the last one.
const AHEAD: i32 = 2;

pub fn form() -> AnyView {
    let this_year = format::today()[..4].parse().unwrap_or(2026);
    let asked = navigation::location_now()
        .value("year")
        .and_then(|year| year.parse().ok());
    let year = RwSignal::new(asked.unwrap_or(this_year).to_string());
    let found = load(move || calendar_day::calendar_year(year.get().parse().unwrap_or(this_year)));
    Effect::new(move |before: Option<String>| {
        let now = year.get();
        if before.is_some_and(|before| before != now) {
            navigation::set_query(&[("year", &now)]);
        }
        now
    });
    let years = (this_year - 1..=this_year + AHEAD)
        .map(|year| choice(year.to_string(), year.to_string()))
        .collect();
    let chosen =
        view! { <Select name="year" label=reviews::CALENDAR_YEAR value=year errors=Errors::new() choices=years /> };
    let changed = Callback::new(move |()| found.reload());
    view! {
        <Stack>
            {paragraph(reviews::CALENDAR_HINT)}
            {chosen}
            {show_steadily(found, Skeleton::Lines, move |found| view! { <Days found=found changed=changed /> }.into_any())}
        </Stack>
    }
    .into_any()
}

#[component]
fn Days(found: CalendarYear, changed: Callback<()>) -> AnyView {
    let text = |working: bool| calendar::print(&named(&found, working));
    let (off, worked) = (RwSignal::new(text(false)), RwSignal::new(text(true)));
    let errors = Errors::new();
    let submission = Submission::new();
    let year = found.year;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(days) = read(year, [("off", off), ("worked", worked)], errors) else {
            return;
        };
        let input = SetCalendarYearInput { year, days };
        submission.run_form(errors, calendar_day::set_calendar_year(input), move |_| {
            toast(reviews::CALENDAR_SAVED);
            changed.run(());
        });
    };
    view! {
        <Card title=reviews::CALENDAR>
            <form novalidate=true on:submit=submit>
                <Stack>
                    <ErrorSummary errors=errors labels=Callback::new(label) />
                    {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                    <TextArea name="off" label=reviews::CALENDAR_OFF value=off errors=errors hint=reviews::CALENDAR_OFF_HINT rows=8 />
                    <TextArea name="worked" label=reviews::CALENDAR_WORKED value=worked errors=errors hint=reviews::CALENDAR_WORKED_HINT rows=5 />
                    <Row end=true><Submit label=common::SAVE busy=submission.busy /></Row>
                </Stack>
            </form>
        </Card>
    }
    .into_any()
}

/// The label of a field.
#[allow(clippy::needless_pass_by_value)]
fn label(name: String) -> Option<Text> {
    match name.as_str() {
        "off" => Some(reviews::CALENDAR_OFF.into()),
        "worked" => Some(reviews::CALENDAR_WORKED.into()),
        _ => None,
    }
}

fn named(year: &CalendarYear, working: bool) -> Vec<Named> {
    let days = year.days.iter().filter(|day| day.working == working);
    days.filter_map(|day| Some((day.day.0.parse::<NaiveDate>().ok()?, day.name.clone())))
        .collect()
}

/// What both fields hold; nothing where a line is none, which is then said beside its field.
fn read(year: i32, fields: [(&str, RwSignal<String>); 2], errors: Errors) -> Option<Vec<CalendarDayInput>> {
    use chrono::Datelike;
    let (mut days, mut wrong) = (Vec::new(), Vec::new());
    for (name, text) in fields {
        let mut note = |message: Text| {
            wrong.push(FieldError {
                name: name.to_owned(),
                message,
            });
        };
        match calendar::parse(&text.get_untracked()) {
            Err(line) => note(Text::from(move || reviews::calendar_line_wrong(&line))),
            Ok(read) => match read.iter().find(|(day, _)| day.year() != year) {
                Some((day, _)) => {
                    let day = day.to_string();
                    note(Text::from(move || reviews::calendar_other_year(&day)));
                }
                None => days.extend(read.into_iter().map(|(day, said)| CalendarDayInput {
                    day: Date(day.to_string()),
                    working: name == "worked",
                    name: said,
                })),
            },
        }
    }
    errors.set(wrong).then_some(days)
}
