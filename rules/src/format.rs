//! Forms that texts of a record have to take: days, instants, addresses. By hand and small, since browsers download it.

/// `2026-09-01`, a day that the calendar has.
pub fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let number = |from: usize, to: usize| digits(&bytes[from..to]);
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `2026-09-01T09:00:00+08:00`: RFC 3339, with a zone.
pub fn is_instant(text: &str) -> bool {
    let (Some(day), Some(rest)) = (text.get(..10), text.get(10..)) else {
        return false;
    };
    let bytes = rest.as_bytes();
    if !is_day(day) || bytes.len() < 10 || !matches!(bytes[0], b'T' | b't') || bytes[3] != b':' || bytes[6] != b':' {
        return false;
    }
    let below = |from: usize, end: u32| digits(&bytes[from..from + 2]).is_some_and(|number| number < end);
    // A leap second is a second.
    if !(below(1, 24) && below(4, 60) && below(7, 61)) {
        return false;
    }
    let mut zone = &bytes[9..];
    if let Some(fraction) = zone.strip_prefix(b".") {
        let count = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return false;
        }
        zone = &fraction[count..];
    }
    match zone {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', hours @ ..] if hours.len() == 5 && hours[2] == b':' => {
            digits(&hours[..2]).is_some_and(|hours| hours < 24)
                && digits(&hours[3..]).is_some_and(|minutes| minutes < 60)
        }
        _ => false,
    }
}

/// `2026-09-01 08:00`: an instant as it reads where it was written, in the zone that it names. One that is written in UTC was
/// written by a machine, so that it is read in the zone in which days are meant (P4). Nothing where the text is none.
pub fn readable_instant(text: &str) -> Option<String> {
    if !is_instant(text) {
        return None;
    }
    let (day, time) = (&text[..10], &text[11..16]);
    if !["Z", "z", "+00:00"].iter().any(|utc| text.ends_with(utc)) {
        return Some(format!("{day} {time}"));
    }
    let hour = digits(&time.as_bytes()[..2])? + CHINA;
    let day = if hour < 24 { day.to_owned() } else { next_day(day)? };
    Some(format!("{day} {:02}{}", hour % 24, &time[2..]))
}

/// Hours by which China is east of UTC.
const CHINA: u32 = 8;

fn next_day(day: &str) -> Option<String> {
    let number = |from: usize, to: usize| digits(&day.as_bytes()[from..to]);
    let (year, month, date) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let followers = [(year, month, date + 1), (year, month + 1, 1), (year + 1, 1, 1)];
    let written = followers.map(|(year, month, date)| format!("{year:04}-{month:02}-{date:02}"));
    written.into_iter().find(|day| is_day(day))
}

/// `name@example.com`.
pub fn is_email(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain
        && text.rsplit_once('@').is_some_and(|(name, host)| {
            let dotted = host.contains('.') && host.split('.').all(|part| !part.is_empty());
            !name.is_empty() && !name.contains('@') && dotted
        })
}

/// An address of the web.
pub fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A telephone number as people write it, with at least three digits.
pub fn is_phone(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 3
        && text.chars().all(|c| c.is_ascii_digit() || "+-() ./,#*xX".contains(c))
        && text.len() <= 40
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_of_the_calendar() {
        for good in ["2026-09-01", "2024-02-29", "2000-02-29", "0001-12-31"] {
            assert!(is_day(good), "{good}");
        }
        for bad in [
            "",
            "2026-9-1",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026/09/01",
            "２０２６-09",
        ] {
            assert!(!is_day(bad), "{bad}");
        }
    }

    #[test]
    fn instants_have_a_zone() {
        for good in [
            "2026-09-01T09:00:00+08:00",
            "2026-09-01t23:59:60Z",
            "2026-09-01T09:00:00.123456Z",
            "2026-09-01T09:00:00-00:30",
        ] {
            assert!(is_instant(good), "{good}");
        }
        for bad in [
            "2026-09-01",
            "2026-09-01T09:00:00",
            "2026-09-01 09:00:00Z",
            "2026-09-01T24:00:00Z",
            "2026-09-01T09:00:00.Z",
            "2026-09-01T09:00:00+8:00",
            "2026-09-01T09:00Z",
            "日期日期日期",
        ] {
            assert!(!is_instant(bad), "{bad}");
        }
    }

    #[test]
    fn instants_read_in_the_zone_that_they_name() {
        for (text, read) in [
            ("2026-09-01T08:00:00+08:00", "2026-09-01 08:00"),
            ("2026-09-01T08:00:00.5-05:30", "2026-09-01 08:00"),
            ("2026-09-01T00:30:00Z", "2026-09-01 08:30"),
            ("2026-08-31T16:00:00.000Z", "2026-09-01 00:00"),
            ("2026-08-31T16:00:00+00:00", "2026-09-01 00:00"),
            ("2026-12-31t23:59:59z", "2027-01-01 07:59"),
            ("2024-02-28T20:00:00Z", "2024-02-29 04:00"),
        ] {
            assert_eq!(readable_instant(text).as_deref(), Some(read), "{text}");
        }
        assert_eq!(readable_instant("2026-09-01"), None);
        assert_eq!(readable_instant("9999-12-31T23:00:00Z"), None);
    }

    #[test]
    fn addresses_and_numbers_are_told_from_other_text() {
        assert!(is_email("name@example.com") && is_email("a.b+c@x.example.cn"));
        assert!(
            ![
                "",
                "name",
                "name@host",
                "@example.com",
                "a@b@c.example",
                "a b@c.example",
                "a@c..example"
            ]
            .into_iter()
            .any(is_email)
        );
        assert!(is_url("https://example.com/a?b=1") && is_url("http://x"));
        assert!(
            ![
                "example.com",
                "https://",
                "https:///x",
                "javascript:alert(1)",
                "https://a b"
            ]
            .into_iter()
            .any(is_url)
        );
        assert!(is_phone("+86 139-0013-9000") && is_phone("110") && is_phone("(010) 8888 8888 x12"));
        assert!(!["12", "call me", "1390013900a"].into_iter().any(is_phone));
    }
}
