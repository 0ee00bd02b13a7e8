//! Instants in the cells of a table: as spreadsheet programs write them, without a zone, so that they are meant in that of
//! whoever exports or imports the table.

use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat, TimeZone};

use super::instant::Instant;

/// What a time zone of a browser may be, in minutes east of UTC; anything else counts as Shanghai.
pub fn zone(minutes_east: Option<i32>) -> FixedOffset {
    const SHANGHAI: i32 = 8 * 60;
    let minutes = minutes_east
        .filter(|minutes| (-14 * 60..=14 * 60).contains(minutes))
        .unwrap_or(SHANGHAI);
    FixedOffset::east_opt(minutes * 60).expect("less than a day")
}

/// A moment to the second, in that zone.
pub fn moment(at: Instant, zone: FixedOffset) -> String {
    at.utc().with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// An instant in words of that zone; what is no instant as it is.
pub fn write(text: &str, zone: FixedOffset) -> String {
    match DateTime::parse_from_rfc3339(text.trim()) {
        Ok(at) => at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S%.f").to_string(),
        Err(_) => text.to_owned(),
    }
}

/// The instant that a cell names, with its zone; in the given one where it names none.
pub fn read(text: &str, zone: FixedOffset) -> Option<String> {
    const FORMS: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let text = text.trim();
    if appshelf_rules::format::is_instant(text) {
        return Some(text.to_owned());
    }
    let (day, time) = text.split_once([' ', 'T', 't'])?;
    let plain = format!("{} {}", day.replace(['/', '.'], "-"), time.trim_start());
    let read = |form: &&str| NaiveDateTime::parse_from_str(&plain, form).ok();
    let at = zone.from_local_datetime(&FORMS.iter().find_map(read)?).single()?;
    let written = at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    appshelf_rules::format::is_instant(&written).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn east(hours: i32) -> FixedOffset {
        FixedOffset::east_opt(hours * 3600).expect("a zone")
    }

    #[test]
    fn a_zone_that_is_none_counts_as_shanghai() {
        assert_eq!(zone(Some(-300)), east(-5));
        assert_eq!((zone(None), zone(Some(100_000))), (east(8), east(8)));
    }

    #[test]
    fn d30_a_time_without_a_zone_is_meant_in_that_of_whoever_imports_it() {
        for (text, at) in [
            ("2026-09-01 08:00", "2026-09-01T08:00:00+08:00"),
            ("2026/9/1 8:00", "2026-09-01T08:00:00+08:00"),
            ("2026.9.1  8:00:30", "2026-09-01T08:00:30+08:00"),
            ("2026-09-01T08:00:30.25", "2026-09-01T08:00:30.250+08:00"),
            ("2026-09-01T00:00:00Z", "2026-09-01T00:00:00Z"),
        ] {
            assert_eq!(read(text, east(8)).as_deref(), Some(at), "{text}");
        }
        for text in [
            "",
            "2026-09-01",
            "8:00",
            "2026-02-30 08:00",
            "2026-09-01 25:00",
            "soon or later",
            "12026-09-01 08:00",
        ] {
            assert_eq!(read(text, east(8)), None, "{text}");
        }
    }

    #[test]
    fn d30_a_time_is_written_in_the_zone_of_its_reader_and_read_again() {
        let (stored, there) = ("2026-08-31T20:00:00.5Z", east(-5));
        assert_eq!(write(stored, east(8)), "2026-09-01 04:00:00.500");
        assert_eq!(write(stored, there), "2026-08-31 15:00:00.500");
        let again = read(&write(stored, there), there).expect("an instant");
        assert_eq!(
            DateTime::parse_from_rfc3339(&again),
            DateTime::parse_from_rfc3339(stored)
        );
        assert_eq!(write("soon", there), "soon");
    }
}
