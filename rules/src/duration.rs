//! Durations as people read and type them: hours and minutes, `1:30`, with seconds where the field asks for them or the value
//! has some. Kept are seconds.

use crate::check::FlawKind;

/// Beyond this many seconds numbers are no longer told apart to the millisecond.
const MOST: f64 = 9e12;

/// `1:30` of 5400 seconds; `1:30:00` where seconds are shown, `0:00:01.5` where there are parts of one. Nothing where no
/// clock shows the number.
pub fn text(seconds: f64, with_seconds: bool) -> Option<String> {
    if !seconds.is_finite() || seconds.abs() >= MOST {
        return None;
    }
    let millis = (seconds.abs() * 1000.0).round() as u64;
    let sign = if seconds < 0.0 && millis > 0 { "-" } else { "" };
    let (minutes, rest) = (millis / 60_000, millis % 60_000);
    let mut text = format!("{sign}{}:{:02}", minutes / 60, minutes % 60);
    if with_seconds || rest > 0 {
        text.push_str(&format!(":{:02}", rest / 1000));
    }
    if rest % 1000 > 0 {
        text.push_str(format!(".{:03}", rest % 1000).trim_end_matches('0'));
    }
    Some(text)
}

/// The seconds of `1:30`, or of `1:30:00`. A bare number says neither hours nor seconds, and where seconds are shown two
/// parts may be either: both are asked for again rather than guessed.
pub fn parse(typed: &str, with_seconds: bool) -> Result<f64, FlawKind> {
    read(typed, with_seconds).ok_or(FlawKind::BadFormat(match with_seconds {
        true => "duration-seconds",
        false => "duration",
    }))
}

fn read(typed: &str, with_seconds: bool) -> Option<f64> {
    let plain = typed.trim().replace('：', ":");
    let (sign, plain) = match plain.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, plain.as_str()),
    };
    let parts: Vec<&str> = plain.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] if !with_seconds => (hours, minutes, "0"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let number = |text: &str, longest: usize| {
        let digits = !text.is_empty() && text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let below = |number: Option<u32>| number.filter(|number| *number < 60).map(f64::from);
    let hours = f64::from(number(hours, 9)?);
    let (minutes, whole) = (below(number(minutes, 2))?, below(number(whole, 2))?);
    number(fraction, 3)?;
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    Some(sign * (hours * 3600.0 + minutes * 60.0 + whole + fraction) + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_as_hours_and_minutes() {
        for (seconds, with_seconds, shown) in [
            (5400.0, false, "1:30"),
            (5400.0, true, "1:30:00"),
            (0.0, false, "0:00"),
            (-0.0, false, "0:00"),
            (95.0, false, "0:01:35"),
            (1.5, false, "0:00:01.5"),
            (-5400.0, false, "-1:30"),
            (360_000.0, false, "100:00"),
            (59.9996, false, "0:01"),
        ] {
            assert_eq!(text(seconds, with_seconds).as_deref(), Some(shown), "{seconds}");
        }
        assert_eq!((text(f64::INFINITY, false), text(1e300, false)), (None, None));
    }

    #[test]
    fn what_is_shown_is_read_again() {
        for seconds in [0.0, 1.5, 59.0, 60.0, 5400.0, 86_399.0, -90.25, 360_000.0] {
            for with_seconds in [false, true] {
                let shown = text(seconds, with_seconds).expect("a duration");
                assert_eq!(parse(&shown, with_seconds), Ok(seconds), "{shown}");
            }
        }
        assert_eq!(parse(" 1：05 ", false), Ok(3900.0));
    }

    #[test]
    fn what_may_mean_two_things_is_not_guessed() {
        for wrong in [
            "90", "1.5", "1:60", "1:5:", ":30", "1:", "1h", "1:30:61", "1:2:3:4", "--1:00", "1:٣٠",
        ] {
            assert_eq!(parse(wrong, false), Err(FlawKind::BadFormat("duration")), "{wrong}");
        }
        assert_eq!(parse("1:30", true), Err(FlawKind::BadFormat("duration-seconds")));
    }
}
