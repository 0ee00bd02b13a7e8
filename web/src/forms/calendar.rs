//! A year's holidays and make-up days as a superadmin types them: a line each, a day or a span of days with its name. Pure.

use chrono::{Days, NaiveDate};

/// Days of the longest span.
const SPAN_MAX: usize = 60;
/// What stands between the first and the last day of a span.
const BETWEEN: [&str; 6] = ["..", "–", "~", "～", "至", "to "];

/// A day with its name.
pub type Named = (NaiveDate, String);

/// The days of a text; the number of the first line that is none, counted from 1.
pub fn parse(text: &str) -> Result<Vec<Named>, usize> {
    let mut days = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        days.extend(span(line).ok_or(at + 1)?);
    }
    Ok(days)
}

fn span(line: &str) -> Option<Vec<Named>> {
    let (first, rest) = day(line)?;
    let between = BETWEEN.iter().find_map(|word| rest.strip_prefix(word));
    let (last, name) = match between {
        Some(rest) => day(rest.trim_start())?,
        None => (first, rest),
    };
    let days: Vec<NaiveDate> = first
        .iter_days()
        .take(SPAN_MAX)
        .take_while(|day| *day <= last)
        .collect();
    let whole = !name.is_empty() && days.last() == Some(&last);
    whole.then(|| days.into_iter().map(|day| (day, name.to_owned())).collect())
}

/// The day that a text begins with, and what follows.
fn day(text: &str) -> Option<(NaiveDate, &str)> {
    let written = text.get(..10)?;
    let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok()?;
    Some((day, text.get(10..)?.trim()))
}

/// Days as a text that reads back as the same: neighbours of one name are one line.
pub fn print(days: &[Named]) -> String {
    let mut lines: Vec<(NaiveDate, NaiveDate, &str)> = Vec::new();
    for (day, name) in days {
        match lines.last_mut() {
            Some((_, last, known)) if known == name && last.checked_add_days(Days::new(1)) == Some(*day) => {
                *last = *day
            }
            _ => lines.push((*day, *day, name)),
        }
    }
    let line = |(first, last, name): (NaiveDate, NaiveDate, &str)| match first == last {
        true => format!("{first} {name}"),
        false => format!("{first}..{last} {name}"),
    };
    lines.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l7_a_line_is_a_day_or_a_span_of_days_with_its_name() {
        let text = "2026-10-01..2026-10-03 国庆节\n\n 2026-05-01 至 2026-05-02 劳动节 \n2026-01-01 元旦";
        let days = parse(text).expect("days");
        assert_eq!(days.len(), 6);
        assert_eq!(
            days[1],
            (
                NaiveDate::from_ymd_opt(2026, 10, 2).expect("a day"),
                "国庆节".to_owned()
            )
        );
        assert_eq!(
            print(&days),
            "2026-10-01..2026-10-03 国庆节\n2026-05-01..2026-05-02 劳动节\n2026-01-01 元旦"
        );
        assert_eq!(parse(&print(&days)).expect("days"), days);
    }

    #[test]
    fn l7_a_line_that_is_no_day_is_named() {
        for wrong in [
            "10-01 国庆节",
            "2026-10-01",
            "2026-02-30 除夕",
            "2026-10-07..2026-10-01 国庆节",
            "2026-01-01..2026-12-31 全年",
            "元旦",
        ] {
            assert_eq!(parse(&format!("2026-01-01 元旦\n{wrong}")), Err(2), "{wrong}");
        }
        assert_eq!(parse(" \n"), Ok(Vec::new()));
    }
}
