//! How long something took, as people say it: the two largest units that count.

use crate::{format, i18n::texts::service as words};

/// `2 days 3 hours`, `5 minutes`.
pub fn taken(seconds: i32) -> String {
    let [days, hours, minutes] = parts(seconds);
    let units = [
        (days > 0).then(|| words::days(days)),
        (hours > 0).then(|| words::hours(hours)),
        (days == 0 && minutes > 0).then(|| words::minutes(minutes)),
    ];
    let said: Vec<String> = units.into_iter().flatten().collect();
    match said.is_empty() {
        true => words::LESS_THAN_A_MINUTE.get().to_owned(),
        false => said.join(" "),
    }
}

/// The same where it may not have happened.
pub fn taken_if_any(seconds: Option<i32>) -> String {
    seconds.map_or_else(|| "—".to_owned(), taken)
}

/// How long something has been waited for until now.
pub fn waited(since: &crate::api::DateTime) -> String {
    #[allow(clippy::cast_possible_truncation)]
    let seconds = (-format::milliseconds_until(since) / 1000.0) as i32;
    taken(seconds)
}

/// Whole days, hours of the rest, minutes of the rest.
fn parts(seconds: i32) -> [u64; 3] {
    let minutes = u64::try_from(seconds / 60).unwrap_or(0);
    [minutes / 1440, minutes / 60 % 24, minutes % 60]
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_duration_is_cut_into_days_hours_and_minutes() {
        assert_eq!(parts(59), [0, 0, 0]);
        assert_eq!(parts(5_400), [0, 1, 30]);
        assert_eq!(parts(2 * 86_400 + 3 * 3_600 + 61), [2, 3, 1]);
        assert_eq!(parts(-5), [0, 0, 0], "a clock that was set back");
    }
}
