//! A million random plans against an independent calculation with fractions, written down step by step as the specification
//! has it. The plans come from a fixed sequence, so that every run tries the same ones.

use num_rational::Ratio;

use super::{NEW_YEAR, SECOND};
use crate::price::{PaidOrder, Period, Plan, RefundBy, buy, plan_flaws, refund, renew, upgrade};

/// SplitMix64: well mixed and three lines long.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `least` to `most`, both included.
    fn within(&mut self, least: i64, most: i64) -> i64 {
        least + (self.next() % (most - least + 1).unsigned_abs()) as i64
    }
}

/// A plan for `most` people at most, and its one period.
fn plan(random: &mut Random, least: u32, most: u32) -> Plan {
    // Prices of every size, from a fen to a million.
    let bits = random.within(1, 27);
    let unit_price = random.within(0, 1 << bits);
    let months = random.within(1, 24) as u32;
    let full = unit_price * i64::from(months);
    Plan {
        name: "规格".to_owned(),
        min_seats: least,
        max_seats: most,
        unit_price,
        periods: vec![Period {
            name: "周期".to_owned(),
            months,
            rounding_off: random.within(0, full.min(99)),
        }],
    }
}

/// (new day price − old day price) × remaining days, nothing rounded.
fn upgrade_price(old_month: i128, new_month: i128, remaining_seconds: i128) -> Ratio<i128> {
    let day_price = |month: i128| Ratio::from_integer(month) * Ratio::new(12, 365);
    let days = Ratio::new(remaining_seconds, 86_400);
    ((day_price(new_month) - day_price(old_month)) * days).max(Ratio::from_integer(0))
}

#[test]
fn prices_of_a_million_random_plans_are_exact() {
    let mut random = Random(2026);
    let half = Ratio::new(1, 2);
    let mut charged = 0_i128;
    let mut exact_in_all = Ratio::from_integer(0_i128);
    for _ in 0..1_000_000 {
        let (old, new) = (plan(&mut random, 1, 500), plan(&mut random, 501, 100_000));
        let (few, many) = (random.within(1, 500) as u32, random.within(501, 100_000) as u32);
        let bought = buy(&[], &old, &old.periods[0], few, NEW_YEAR).expect("a sound plan is sold");
        let period = &old.periods[0];
        let sale_price = old.unit_price * i64::from(period.months) - period.rounding_off;
        assert_eq!(bought.cost, sale_price * i64::from(few));

        let end = bought.terms[0].until;
        let now = random.within(NEW_YEAR, end - 1);
        let raised = upgrade(&bought.terms, &new, many, now).expect("more seats are an upgrade");
        let old_month = i128::from(old.unit_price) * i128::from(few);
        let new_month = i128::from(new.unit_price) * i128::from(many);
        let remaining = i128::from((end / SECOND) - (now / SECOND));
        let exact = upgrade_price(old_month, new_month, remaining);
        let cost = Ratio::from_integer(i128::from(raised.cost));
        assert_eq!(
            raised.cost,
            i64::try_from((exact + half).floor().to_integer()).expect("it fits")
        );
        assert!(cost - exact <= half && exact - cost < half || cost == exact, "half-up");
        assert!(raised.cost >= 0);
        charged += i128::from(raised.cost);
        exact_in_all = whole_and_rest(exact_in_all, exact);

        // More seats and an earlier moment never cost less.
        if many < 100_000 {
            let more = upgrade(&bought.terms, &new, many + 1, now).expect("more seats are an upgrade");
            assert!(more.cost >= raised.cost);
        }
        let later = random.within(now, end - 1);
        let then = upgrade(&bought.terms, &new, many, later).expect("more seats are an upgrade");
        assert!(then.cost <= raised.cost);

        // A renewal with more is that upgrade and the new period.
        let both = renew(&bought.terms, &new, &new.periods[0], many, now).expect("it runs");
        assert_eq!(Ok(both.cost - raised.cost), new.cost(&new.periods[0], many));

        // Whenever it is refunded, the upgrade is given back at most.
        let order = PaidOrder {
            parts: raised.parts,
            paid_at: now,
            refunded: false,
        };
        let back = refund(&order, &[], RefundBy::Partner, later).expect("the partner may");
        assert!((0..=raised.cost).contains(&back));
    }
    // Rounding errors cancel out: far from the 500,000 that drift in one direction could make.
    let drift = (Ratio::from_integer(charged) - exact_in_all).to_integer().abs();
    assert!(drift < 2_500, "{drift}");
}

/// The sum with its fraction cut to a billionth, so that the denominators of a million summands do not outgrow the integers.
fn whole_and_rest(sum: Ratio<i128>, next: Ratio<i128>) -> Ratio<i128> {
    const FINE: i128 = 1_000_000_000;
    sum + Ratio::new((next * Ratio::from_integer(FINE)).round().to_integer(), FINE)
}

#[test]
fn prices_random_plans_side_by_side_have_no_flaw() {
    let mut random = Random(7);
    for _ in 0..10_000 {
        let plans = [plan(&mut random, 1, 500), plan(&mut random, 501, 100_000)];
        let flaws = plan_flaws(&plans);
        // Only the name that both carry.
        assert_eq!(flaws.len(), 1, "{plans:?}: {flaws:?}");
    }
}
