//! Orders and refunds: the cases that the specification names, and properties that hold for any plans.

mod million;
mod orders;
mod refunds;
mod steps;

use super::{Period, Plan};

pub const SECOND: i64 = 1_000_000;
pub const DAY: i64 = 86_400 * SECOND;
/// 2026-01-01 00:00 in Shanghai.
pub const NEW_YEAR: i64 = 1_767_196_800 * SECOND;

/// A plan that is sold by the month and by the year.
pub fn plan(seats: (u32, u32), unit_price: i64, off_a_year: i64) -> Plan {
    let period = |name: &str, months, rounding_off| Period {
        name: name.to_owned(),
        months,
        rounding_off,
    };
    Plan {
        name: format!("{} 用户版", seats.1),
        min_seats: seats.0,
        max_seats: seats.1,
        unit_price,
        periods: vec![period("月", 1, 0), period("年", 12, off_a_year)],
    }
}

pub fn month(plan: &Plan) -> &Period {
    &plan.periods[0]
}

pub fn year(plan: &Plan) -> &Period {
    &plan.periods[1]
}
