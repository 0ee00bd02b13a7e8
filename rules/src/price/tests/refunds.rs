//! What is given back, case by case, and that it never is more than was paid.

use proptest::prelude::*;

use super::{DAY, NEW_YEAR, SECOND, month, plan, year};
use crate::price::{PaidOrder, Quote, RefundBy, Refused, buy, refund, renew, upgrade};

fn paid(quote: &Quote, paid_at: i64) -> PaidOrder {
    PaidOrder {
        parts: quote.parts.clone(),
        paid_at,
        refunded: false,
    }
}

#[test]
fn l14_within_seven_days_the_buyer_is_given_back_all_of_it() {
    let plan = plan((1, 20), 1010, 20);
    let orders = [paid(
        &buy(&[], &plan, year(&plan), 12, NEW_YEAR).expect("it is sold"),
        NEW_YEAR,
    )];
    for by in [RefundBy::Buyer, RefundBy::Partner] {
        for later in [0, 7 * DAY] {
            assert_eq!(refund(&orders[0], &[], by, NEW_YEAR + later), Ok(145_200));
        }
    }
    let too_late = NEW_YEAR + 7 * DAY + 1;
    assert_eq!(
        refund(&orders[0], &[], RefundBy::Buyer, too_late),
        Err(Refused::BuyerTooLate)
    );
}

#[test]
fn l14_later_the_partner_gives_back_what_remains() {
    let plan = plan((1, 20), 365, 0);
    let orders = [paid(
        &buy(&[], &plan, year(&plan), 10, NEW_YEAR).expect("it is sold"),
        NEW_YEAR,
    )];
    // 438.00 for a year are 1.20 a day.
    for (days, left) in [(8, 42_840), (265, 12_000), (364, 120), (365, 0), (400, 0)] {
        assert_eq!(
            refund(&orders[0], &[], RefundBy::Partner, NEW_YEAR + days * DAY),
            Ok(left),
            "{days}"
        );
    }
    let uneven = NEW_YEAR + 265 * DAY + SECOND;
    assert_eq!(
        refund(&orders[0], &[], RefundBy::Partner, uneven),
        Ok(11_999),
        "rounded down"
    );
}

#[test]
fn l14_a_renewal_that_has_not_begun_is_given_back_whole() {
    let plan = plan((1, 20), 1_000, 0);
    let bought = buy(&[], &plan, year(&plan), 10, NEW_YEAR).expect("it is sold");
    let now = NEW_YEAR + 300 * DAY;
    let renewed = renew(&bought.terms, &plan, month(&plan), 10, NEW_YEAR + 200 * DAY).expect("it runs");
    let orders = [paid(&bought, NEW_YEAR), paid(&renewed, NEW_YEAR + 200 * DAY)];
    assert_eq!(refund(&orders[1], &[], RefundBy::Partner, now), Ok(10_000));
}

#[test]
fn l14_what_was_ordered_last_is_refunded_first_and_once() {
    let plan = plan((1, 20), 1_000, 0);
    let bought = buy(&[], &plan, year(&plan), 10, NEW_YEAR).expect("it is sold");
    let more = upgrade(&bought.terms, &plan, 20, NEW_YEAR + DAY).expect("it is more");
    let mut orders = [paid(&bought, NEW_YEAR), paid(&more, NEW_YEAR + DAY)];
    let now = NEW_YEAR + 2 * DAY;
    // Else the buyer would keep twenty seats for the price of ten.
    assert_eq!(
        refund(&orders[0], &orders[1..], RefundBy::Buyer, now),
        Err(Refused::LaterOrderStands)
    );
    assert_eq!(refund(&orders[1], &[], RefundBy::Buyer, now), Ok(more.cost));
    orders[1].refunded = true;
    assert_eq!(
        refund(&orders[1], &[], RefundBy::Buyer, now),
        Err(Refused::RefundedAlready)
    );
    assert_eq!(refund(&orders[0], &orders[1..], RefundBy::Buyer, now), Ok(bought.cost));
}

/// One thing that a customer may do, and how much later.
#[derive(Clone, Debug)]
enum Step {
    Renew(bool, u32),
    Upgrade(u32),
    Refund(RefundBy),
}

fn step() -> impl Strategy<Value = (Step, i64)> {
    let step = prop_oneof![
        (any::<bool>(), 1..60_u32).prop_map(|(long, seats)| Step::Renew(long, seats)),
        (1..60_u32).prop_map(Step::Upgrade),
        prop_oneof![Just(RefundBy::Buyer), Just(RefundBy::Partner)].prop_map(Step::Refund),
    ];
    (step, prop_oneof![0..20 * DAY, 0..5 * SECOND, 0..200 * DAY])
}

proptest! {
    #[test]
    fn l14_no_sequence_of_orders_and_refunds_makes_money(
        small in 0..5_000_i64,
        large in 0..5_000_i64,
        off in 0..3_000_i64,
        steps in prop::collection::vec(step(), 1..24),
    ) {
        let plans = [plan((1, 29), small, off.min(small * 12)), plan((30, 60), large, off.min(large * 12))];
        let of = |seats: u32| &plans[usize::from(seats >= 30)];
        let (mut now, mut balance) = (NEW_YEAR, 0_i64);
        let (mut orders, mut before): (Vec<PaidOrder>, Vec<_>) = (Vec::new(), Vec::new());
        let mut held = Vec::new();
        for (step, later) in steps {
            now += later;
            let quote = match step {
                Step::Renew(long, seats) => {
                    let plan = of(seats);
                    let period = if long { year(plan) } else { month(plan) };
                    buy(&held, plan, period, seats, now).or_else(|_| renew(&held, plan, period, seats, now))
                }
                Step::Upgrade(seats) => upgrade(&held, of(seats), seats, now),
                Step::Refund(by) => {
                    let Some(last) = orders.len().checked_sub(1) else { continue };
                    if let Ok(back) = refund(&orders[last], &[], by, now) {
                        let paid: i64 = orders[last].parts.iter().map(|part| part.cost).sum();
                        prop_assert!((0..=paid).contains(&back));
                        balance -= back;
                        orders.pop();
                        held = before.pop().expect("each order notes what was before it");
                    }
                    continue;
                }
            };
            if let Ok(quote) = quote {
                prop_assert!(quote.cost >= 0);
                balance += quote.cost;
                orders.push(paid(&quote, now));
                before.push(std::mem::replace(&mut held, quote.terms));
            }
            prop_assert!(balance >= 0);
        }
        // Even when the partner gives everything back in the end, nobody has made money.
        while let Some(last) = orders.len().checked_sub(1) {
            balance -= refund(&orders[last], &[], RefundBy::Partner, now).expect("the partner may always");
            orders.pop();
            prop_assert!(balance >= 0);
        }
    }
}
