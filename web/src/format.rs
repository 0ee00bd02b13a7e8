//! Numbers, money, days and instants as people of each language write them. The browser's Intl knows the rules; only
//! money is cut from its digits here, since it never passes through a floating point number.

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{
    api::{self, MinorUnits, Money},
    i18n::{self, Language, texts::common},
};

/// The zone in which instants are shown: the browser's, else China's.
pub fn time_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    crate::browser::property(&options, "timeZone")
        .as_string()
        .unwrap_or_else(|| "Asia/Shanghai".to_owned())
}

/// Characters as people see them (grapheme clusters), as limits of texts count; code points where the browser cannot tell.
pub fn characters(text: &str) -> u32 {
    let intl = crate::browser::property(&js_sys::global(), "Intl");
    if text.is_ascii() || crate::browser::property(&intl, "Segmenter").is_undefined() {
        return u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    }
    let segmenter = Intl::Segmenter::new(&Array::new(), &Object::new());
    Array::from(&segmenter.segment(text)).length()
}

fn formatted(date: &Date, options: &[(&str, &str)]) -> String {
    let object = Object::new();
    for (name, value) in options {
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    let locales = Array::of1(&i18n::language().tag().into());
    let format = Intl::DateTimeFormat::new(&locales, &object).format();
    format
        .call1(&JsValue::UNDEFINED, date)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// How a day is written: short and of one width in Chinese, with the month's name in English.
fn day_parts() -> [(&'static str, &'static str); 3] {
    match i18n::language() {
        Language::Chinese => [("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")],
        Language::English => [("year", "numeric"), ("month", "short"), ("day", "numeric")],
    }
}

/// The time of a moment (milliseconds since 1970) in the viewer's zone, to the second.
pub fn clock(at_ms: f64) -> String {
    let zone = time_zone();
    let time = [
        ("timeZone", zone.as_str()),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("hourCycle", "h23"),
    ];
    formatted(&Date::new(&at_ms.into()), &time)
}

/// An instant, to the minute, in the viewer's zone.
pub fn date_time(instant: &api::DateTime) -> String {
    let zone = time_zone();
    let [year, month, day] = day_parts();
    let time = [
        ("timeZone", zone.as_str()),
        year,
        month,
        day,
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    formatted(&Date::new(&instant.0.as_str().into()), &time)
}

/// How far the viewer's zone is east of UTC now, in minutes.
pub fn utc_offset() -> i32 {
    #[allow(clippy::cast_possible_truncation)]
    let west = Date::new_0().get_timezone_offset() as i32;
    -west
}

/// The time of an instant in the viewer's zone, to the minute.
pub fn time_of(instant: &api::DateTime) -> String {
    let zone = time_zone();
    let parts = [
        ("timeZone", zone.as_str()),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    formatted(&Date::new(&instant.0.as_str().into()), &parts)
}

/// The day of an instant in the viewer's zone.
pub fn day_of(instant: &api::DateTime) -> String {
    let zone = time_zone();
    let [year, month, day] = day_parts();
    formatted(
        &Date::new(&instant.0.as_str().into()),
        &[("timeZone", zone.as_str()), year, month, day],
    )
}

/// A day without a zone.
pub fn day(value: &api::Date) -> String {
    let [year, month, day] = day_parts();
    formatted(
        &Date::new(&value.0.as_str().into()),
        &[("timeZone", "UTC"), year, month, day],
    )
}

/// The month of a day, without a zone.
pub fn month(first: &api::Date) -> String {
    let [year, month, _] = day_parts();
    formatted(
        &Date::new(&first.0.as_str().into()),
        &[("timeZone", "UTC"), year, month],
    )
}

/// Today in the viewer's zone, `2026-11-21`.
pub fn today() -> String {
    let now = Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

/// Today where the platform is, `2026-11-21`: the day by which it counts starts and ends (D32), wherever the viewer is.
pub fn platform_today() -> String {
    // Asia/Shanghai is eight hours ahead all year, and has been since 1991.
    const AHEAD: f64 = 8.0 * 3_600_000.0;
    let there = Date::new(&(Date::now() + AHEAD).into());
    String::from(there.to_iso_string()).chars().take(10).collect()
}

/// The last instant of a day in the viewer's zone, as the API takes it.
pub fn end_of_day(day: &str) -> api::DateTime {
    let date = Date::new(&format!("{day}T23:59:59").as_str().into());
    api::DateTime(date.to_iso_string().into())
}

/// The first instant of a day in the viewer's zone, as the API takes it.
pub fn start_of_day(day: &str) -> api::DateTime {
    let date = Date::new(&format!("{day}T00:00:00").as_str().into());
    api::DateTime(date.to_iso_string().into())
}

/// What a `datetime-local` field holds, in the viewer's zone, as the API takes it.
pub fn instant_of(local: &str) -> api::DateTime {
    let date = Date::new(&local.into());
    // A date that cannot be read has no ISO form; the server then names the field.
    if date.get_time().is_nan() {
        return api::DateTime(local.to_owned());
    }
    api::DateTime(date.to_iso_string().into())
}

/// What a `datetime-local` field holds, with the zone in which it was typed: `2026-09-01T08:00:00+08:00`. What cannot be read
/// stays, and the server then names the field.
pub fn zoned(local: &str) -> String {
    let date = Date::new(&local.into());
    if date.get_time().is_nan() {
        return local.to_owned();
    }
    #[allow(clippy::cast_possible_truncation)]
    let east = -(date.get_timezone_offset() as i32);
    let (sign, minutes) = (if east < 0 { '-' } else { '+' }, east.abs());
    let seconds = if local.len() == 16 { ":00" } else { "" };
    format!("{local}{seconds}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// An instant as a `datetime-local` field holds it, in the viewer's zone; nothing where it is none.
pub fn local_of(instant: &str) -> String {
    let date = Date::new(&instant.into());
    if date.get_time().is_nan() {
        return String::new();
    }
    let (day, time) = (
        [date.get_full_year(), date.get_month() + 1, date.get_date()],
        [date.get_hours(), date.get_minutes(), date.get_seconds()],
    );
    let seconds = if time[2] == 0 {
        String::new()
    } else {
        format!(":{:02}", time[2])
    };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}{seconds}",
        day[0], day[1], day[2], time[0], time[1]
    )
}

/// "3 minutes ago", "in 5 hours": the largest whole unit.
pub fn relative(instant: &api::DateTime) -> String {
    let seconds = (Date::parse(&instant.0) - Date::now()) / 1000.0;
    let steps = [
        (60.0, "second"),
        (3600.0, "minute"),
        (86_400.0, "hour"),
        (f64::INFINITY, "day"),
    ];
    let mut size = 1.0;
    for (limit, unit) in steps {
        if seconds.abs() < limit {
            return relative_in((seconds / size).trunc(), unit);
        }
        size = limit;
    }
    String::new()
}

fn relative_in(value: f64, unit: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"numeric".into(), &"auto".into());
    let locales = Array::of1(&i18n::language().tag().into());
    Intl::RelativeTimeFormat::new(&locales, &options)
        .format(value, unit)
        .into()
}

/// Milliseconds from now until an instant; negative when it has passed.
pub fn milliseconds_until(instant: &api::DateTime) -> f64 {
    Date::parse(&instant.0) - Date::now()
}

/// `¥1,234.50`; other currencies by their code.
pub fn money(money: &Money) -> String {
    let amount = amount(&money.amount.0);
    let (sign, digits) = amount
        .strip_prefix('-')
        .map_or(("", amount.as_str()), |digits| ("-", digits));
    match money.currency.as_str() {
        "CNY" => format!("{sign}¥{digits}"),
        code => format!("{sign}{code} {digits}"),
    }
}

/// Whole minor units of CNY, in which all products are priced.
pub fn yuan(minor: i64) -> String {
    format!("¥{}", amount(&minor.to_string()))
}

/// Minor units as digits with separators: "123450" is "1,234.50".
pub fn amount(minor: &str) -> String {
    let (sign, digits) = minor.strip_prefix('-').map_or(("", minor), |digits| ("-", digits));
    let padded = format!("{digits:0>3}");
    let (major, cents) = padded.split_at(padded.len() - 2);
    let mut grouped = String::new();
    for (index, digit) in major.chars().enumerate() {
        if index > 0 && (major.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{cents}")
}

/// Minor units as a person would type them: "123450" is "1234.50".
pub fn plain_amount(minor: &str) -> String {
    amount(minor).replace(',', "")
}

/// What a person typed (`1,234.5`, `¥ 80000`, full-width digits) in minor units; nothing where it is not an amount.
pub fn read_amount(typed: &str) -> Option<MinorUnits> {
    let plain: String = typed
        .chars()
        .filter_map(half_width)
        .filter(|letter| !matches!(letter, ',' | ' ' | '¥' | '￥'))
        .collect();
    let (major, cents) = plain.split_once('.').unwrap_or((&plain, ""));
    let numeric = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if major.is_empty() || major.len() > 15 || cents.len() > 2 || !numeric(major) || !numeric(cents) {
        return None;
    }
    let minor = format!("{major}{cents:0<2}");
    let trimmed = minor.trim_start_matches('0');
    Some(MinorUnits(if trimmed.is_empty() {
        "0".to_owned()
    } else {
        trimmed.to_owned()
    }))
}

fn half_width(letter: char) -> Option<char> {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')),
        '．' | '。' => Some('.'),
        '，' => Some(','),
        other => Some(other),
    }
}

/// A file's size in bytes as people read it.
pub fn file_size(bytes: i32) -> String {
    let tenths = |unit: i64| {
        let tenths = (i64::from(bytes) * 10 + unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        bytes if bytes < 1024 => format!("{bytes} B"),
        bytes if bytes < 1024 * 1024 => format!("{} KB", tenths(1024)),
        _ => format!("{} MB", tenths(1024 * 1024)),
    }
}

/// A part of a whole in per cent: "0.4 %" where it is less than one, else without digits after the point.
pub fn share(part: i64, whole: i64) -> String {
    let thousandths = part.saturating_mul(1000) / whole.max(1);
    match thousandths {
        1..=9 => format!("0.{thousandths} %"),
        _ => format!("{} %", thousandths / 10),
    }
}

/// How a figure moved, in per cent of what it was: "+12 %"; nothing where it was none.
pub fn change(now: i64, before: i64) -> Option<String> {
    if before <= 0 {
        return None;
    }
    let moved = now.saturating_sub(before);
    let sign = match moved {
        0 => "±",
        1.. => "+",
        _ => "−",
    };
    Some(format!("{sign}{}", share(moved.saturating_abs(), before)))
}

/// Items as a sentence has them: 、 between Chinese ones, commas between English ones.
pub fn list(items: &[String]) -> String {
    items.join(common::LIST_SEPARATOR.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_moves_by_a_share_of_what_it_was() {
        assert_eq!(change(112, 100).as_deref(), Some("+12 %"));
        assert_eq!(change(0, 100).as_deref(), Some("−100 %"));
        assert_eq!(change(100, 100).as_deref(), Some("±0 %"));
        assert_eq!(change(1_001, 1_000).as_deref(), Some("+0.1 %"));
        assert_eq!(change(5, 0), None);
    }

    #[test]
    fn money_is_cut_from_its_digits() {
        for (minor, shown) in [
            ("0", "0.00"),
            ("5", "0.05"),
            ("12100", "121.00"),
            ("123456789", "1,234,567.89"),
            ("-100000", "-1,000.00"),
        ] {
            assert_eq!(amount(minor), shown);
        }
    }

    #[test]
    fn typed_amounts_are_read_in_every_usual_form() {
        let read = |typed| read_amount(typed).map(|minor| minor.0);
        assert_eq!(read("1,234.5").as_deref(), Some("123450"));
        assert_eq!(read("¥ 80000").as_deref(), Some("8000000"));
        assert_eq!(read("８０．５").as_deref(), Some("8050"));
        assert_eq!(read("0").as_deref(), Some("0"));
        for wrong in ["", "abc", "1.234", "-5", "1.2.3"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
