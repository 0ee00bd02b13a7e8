//! Freeze windows (冻结期, L17): times in which an organisation wants no rollout to change its applications. A rollout that comes meanwhile
//! waits for their end; whatever the partner sends by hand is another matter.

use chrono::Duration;

use super::form_check::FormCheck;
use super::instant::Instant;
use super::problem::Problem;
use super::refusal::Refusal;

/// Most windows of an organisation that are not over.
pub const WINDOWS: usize = 5;
/// Most days of one window.
pub const DAYS: i64 = 90;
/// Within how many days one begins.
pub const AHEAD_DAYS: i64 = 365;
/// Characters of a reason.
pub const REASON: usize = 200;

/// A window that may be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreezeForm {
    pub from: Instant,
    pub until: Instant,
    /// May be empty.
    pub reason: String,
}

impl FreezeForm {
    /// Checks what an admin entered; `there` is how many windows are not over.
    pub fn check(from: Instant, until: Instant, reason: &str, there: usize, now: Instant) -> Result<Self, Refusal> {
        let mut check = FormCheck::new("");
        let (longest, latest) = (Duration::days(DAYS), Duration::days(AHEAD_DAYS));
        if until <= from {
            check.wrong("until", Problem::EndBeforeStart);
        } else if until <= now {
            check.wrong("until", Problem::NotInFuture);
        } else {
            check.wrong_if(until > from + longest, "until", Problem::LongerThan { days: DAYS });
        }
        check.wrong_if(from > now + latest, "from", Problem::LaterThan { days: AHEAD_DAYS });
        let reason = check.line("reason", reason, REASON);
        check.wrong_if(there >= WINDOWS, "from", Problem::TooMany { max: WINDOWS });
        Refusal::unless_valid(check.issues())?;
        Ok(Self { from, until, reason })
    }
}

/// Until when windows freeze what they are of, seen from `now`: the end of the one that runs, or of those that follow it without a gap.
pub fn frozen_until(windows: &[(Instant, Instant)], now: Instant) -> Option<Instant> {
    let mut reached = now;
    loop {
        let running = windows
            .iter()
            .filter(|(from, until)| *from <= reached && *until > reached);
        match running.map(|(_, until)| *until).max() {
            Some(until) => reached = until,
            None => return (reached > now).then_some(reached),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::message::Code;

    fn day(number: i64) -> Instant {
        Instant::from(DateTime::UNIX_EPOCH) + Duration::days(number)
    }

    #[test]
    fn l17_windows_that_follow_each_other_freeze_until_the_last_ends() {
        let windows = [(day(1), day(3)), (day(3), day(5)), (day(2), day(4)), (day(6), day(7))];
        assert_eq!(frozen_until(&windows, day(0)), None);
        assert_eq!(frozen_until(&windows, day(1)), Some(day(5)));
        assert_eq!(frozen_until(&windows, day(5)), None);
        assert_eq!(frozen_until(&windows, day(6)), Some(day(7)));
        assert_eq!(frozen_until(&windows, day(7)), None);
    }

    #[test]
    fn l17_a_window_is_bounded() {
        let check = |from, until, there| FreezeForm::check(day(from), day(until), " 年末结账 ", there, day(0));
        assert_eq!(check(1, 91, 4).map(|it| it.reason), Ok("年末结账".to_owned()));
        assert!(check(365, 366, 0).is_ok());
        for (from, until, there, path) in [
            (1, 92, 0, "until"),
            (2, 2, 0, "until"),
            (-3, 0, 0, "until"),
            (366, 367, 0, "from"),
            (1, 2, 5, "from"),
        ] {
            let refused = check(from, until, there).expect_err("refused");
            assert_eq!(refused.code(), Code::Validation);
            assert_eq!(refused.issues()[0].path, [path], "{from} {until} {there}");
        }
    }
}
