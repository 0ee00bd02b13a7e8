//! An upgrade in several steps costs what it costs in one, as far as the rounding of each step allows.

use proptest::prelude::*;

use super::{DAY, NEW_YEAR, plan, year};
use crate::price::{buy, upgrade};

proptest! {
    #[test]
    fn l13_steps_at_one_moment_cost_what_the_whole_costs(
        price in 0..1_000_000_i64,
        after in 0..365 * DAY,
        mut seats in prop::collection::vec(2..10_000_u32, 1..20),
    ) {
        seats.sort_unstable();
        seats.dedup();
        let plan = plan((1, 10_000), price, 0);
        let mut held = buy(&[], &plan, year(&plan), 1, NEW_YEAR).expect("it is sold").terms;
        let now = NEW_YEAR + after;
        let whole = upgrade(&held, &plan, seats[seats.len() - 1], now).expect("it is more").cost;
        let mut stepwise = 0;
        for more in &seats {
            let quote = upgrade(&held, &plan, *more, now).expect("it is more");
            stepwise += quote.cost;
            held = quote.terms;
        }
        // Half a unit for every rounding, the one of the whole included.
        prop_assert!((stepwise - whole).unsigned_abs() * 2 <= seats.len() as u64 + 1);
    }

    #[test]
    fn l13_a_detour_over_another_plan_never_saves_more_than_the_rounding(
        prices in prop::array::uniform3(0..100_000_i64),
        after in 0..365 * DAY,
    ) {
        let plans = [plan((1, 10), prices[0], 0), plan((11, 50), prices[1], 0), plan((51, 100), prices[2], 0)];
        let held = buy(&[], &plans[0], year(&plans[0]), 10, NEW_YEAR).expect("it is sold").terms;
        let now = NEW_YEAR + after;
        let whole = upgrade(&held, &plans[2], 100, now).expect("it is more").cost;
        let detour = upgrade(&held, &plans[1], 50, now).expect("it is more");
        let rest = upgrade(&detour.terms, &plans[2], 100, now).expect("it is more").cost;
        prop_assert!(detour.cost + rest + 1 >= whole);
    }
}
