//! Seats: an application admits no more users than were bought (L15). An admin administers it without one.

use super::locale::Text;
use super::message::Code;
use super::problem::Problem;
use super::refusal::Refusal;

/// Most seats of one order.
pub const MOST: i32 = 1_000_000;

/// How full an application became by one more user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fullness {
    /// Four of five seats are taken.
    Almost,
    /// The last seat is taken.
    Full,
}

/// A number of seats that can be agreed on; none is no limit.
pub fn check(seats: Option<i32>) -> Result<Option<i32>, Refusal> {
    match seats {
        None | Some(1..=MOST) => Ok(seats),
        Some(_) => {
            let (min, max) = (1, i64::from(MOST));
            Err(Refusal::invalid("seats", Problem::OutOfRange { min, max }))
        }
    }
}

/// Refuses one more user where all seats are taken.
pub fn admit(seats: i32, taken: i64) -> Result<(), Refusal> {
    if taken < i64::from(seats) {
        return Ok(());
    }
    let number = seats.to_string();
    Err(Refusal::rule(Code::SeatsTaken).detail(Text::new(number.clone(), number)))
}

/// What the admins are told of once `taken` users hold a seat, the last of whom just got it.
pub fn fullness(seats: i32, taken: i64) -> Option<Fullness> {
    let seats = i64::from(seats);
    if taken == seats {
        return Some(Fullness::Full);
    }
    let almost = |taken: i64| taken * 5 >= seats * 4;
    (almost(taken) && !almost(taken - 1)).then_some(Fullness::Almost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l15_no_more_users_than_bought_are_admitted() {
        assert!(admit(2, 0).is_ok() && admit(2, 1).is_ok());
        assert_eq!(admit(2, 2).map_err(|refusal| refusal.code()), Err(Code::SeatsTaken));
        assert!(admit(2, 5).is_err());
    }

    #[test]
    fn l15_admins_are_told_once_at_four_fifths_and_once_at_the_last_seat() {
        let told = |seats| -> Vec<(i64, Fullness)> {
            (1..=i64::from(seats))
                .filter_map(|taken| Some((taken, fullness(seats, taken)?)))
                .collect()
        };
        assert_eq!(told(1), [(1, Fullness::Full)]);
        assert_eq!(told(2), [(2, Fullness::Full)]);
        assert_eq!(told(10), [(8, Fullness::Almost), (10, Fullness::Full)]);
        assert_eq!(told(7), [(6, Fullness::Almost), (7, Fullness::Full)]);
    }

    #[test]
    fn a_number_of_seats_is_one_or_more() {
        assert_eq!(check(None), Ok(None));
        assert_eq!(check(Some(1)), Ok(Some(1)));
        assert!(check(Some(0)).is_err() && check(Some(MOST + 1)).is_err());
    }
}
