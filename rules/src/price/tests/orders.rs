//! What orders cost and change, case by case.

use super::{DAY, NEW_YEAR, SECOND, month, plan, year};
use crate::price::{OrderType, Quote, Rate, Refused, Term, buy, renew, upgrade};

const YEAR_END: i64 = NEW_YEAR + 365 * DAY;

fn rates(quote: &Quote) -> Vec<(u32, i64, i64)> {
    let terms = quote.terms.iter();
    terms.map(|term| (term.rate.seats, term.from, term.until)).collect()
}

#[test]
fn l13_twelve_seats_for_a_year_cost_twelve_times_the_sale_price() {
    let plan = plan((1, 20), 1010, 20);
    let quote = buy(&[], &plan, year(&plan), 12, NEW_YEAR).expect("it is sold");
    assert_eq!((quote.order_type, quote.cost), (OrderType::Buy, 145_200));
    assert_eq!(rates(&quote), [(12, NEW_YEAR, YEAR_END)]);
    assert_eq!(quote.parts.len(), 1);
}

#[test]
fn l13_an_upgrade_costs_the_difference_of_the_day_prices_for_the_time_that_remains() {
    let plan = plan((1, 100), 3650, 0);
    let held = buy(&[], &plan, year(&plan), 10, NEW_YEAR).expect("it is sold").terms;
    // A seat costs 36.50 a month, 1.20 a day; two more for the remaining 100 days, and for a second less.
    for (now, cost) in [
        (YEAR_END - 100 * DAY, 24_000),
        (YEAR_END - 100 * DAY + SECOND, 24_000),
        (YEAR_END - SECOND, 0),
    ] {
        let quote = upgrade(&held, &plan, 12, now).expect("it is more");
        assert_eq!((quote.order_type, quote.cost), (OrderType::Upgrade, cost));
        assert_eq!(rates(&quote), [(12, now, YEAR_END)], "an upgrade keeps the end");
    }
}

#[test]
fn l13_an_upgrade_counts_to_the_second_and_rounds_a_half_upwards() {
    // 26.28 a month × 12 / 365 are 0.864 a day: one fen in 1,000 seconds.
    let plan = plan((1, 9), 2_628, 0);
    let held = buy(&[], &plan, year(&plan), 1, NEW_YEAR).expect("it is sold").terms;
    for (seconds, cost) in [(499, 0), (500, 1), (1_499, 1), (1_500, 2), (86_400, 86)] {
        let quote = upgrade(&held, &plan, 2, YEAR_END - seconds * SECOND).expect("it is more");
        assert_eq!(quote.cost, cost, "{seconds} s");
    }
    let within = YEAR_END - 500 * SECOND + SECOND - 1;
    let quote = upgrade(&held, &plan, 2, within).expect("it is more");
    assert_eq!(quote.cost, 1, "a second that has begun counts whole");
}

#[test]
fn l13_another_plan_within_the_period_is_an_upgrade_and_never_pays_out() {
    let (small, large) = (plan((1, 10), 1_000, 0), plan((11, 50), 600, 0));
    let held = buy(&[], &small, year(&small), 10, NEW_YEAR).expect("it is sold").terms;
    // 10 × 10.00 against 11 × 6.00: cheaper, and nothing is paid back.
    let cheaper = upgrade(&held, &large, 11, NEW_YEAR + DAY).expect("it is more");
    assert_eq!(cheaper.cost, 0);
    assert_eq!(
        cheaper.terms[0].rate,
        Rate {
            unit_price: 600,
            seats: 11
        }
    );
    let dearer = upgrade(&held, &large, 50, NEW_YEAR).expect("it is more");
    assert_eq!(dearer.cost, (50 * 600 - 10 * 1_000) * 12);
    assert_eq!(
        upgrade(&held, &large, 10, NEW_YEAR),
        Err(Refused::SeatsOutOfRange { min: 11, max: 50 })
    );
}

#[test]
fn l13_less_or_the_same_is_no_upgrade() {
    let plan = plan((1, 10), 1_000, 0);
    let held = buy(&[], &plan, year(&plan), 5, NEW_YEAR).expect("it is sold").terms;
    for seats in [1, 4, 5] {
        assert_eq!(upgrade(&held, &plan, seats, NEW_YEAR + DAY), Err(Refused::NotAnUpgrade));
    }
    // The price list moved meanwhile: the same seats in the dearer plan are more, in the cheaper one they are not.
    let (dearer, cheaper) = (super::plan((1, 10), 1_001, 0), super::plan((1, 10), 999, 0));
    assert_eq!(upgrade(&held, &dearer, 5, NEW_YEAR).map(|quote| quote.cost), Ok(60));
    assert_eq!(upgrade(&held, &cheaper, 5, NEW_YEAR), Err(Refused::NotAnUpgrade));
}

#[test]
fn l13_a_renewal_extends_the_end() {
    let plan = plan((1, 10), 1010, 20);
    let held = buy(&[], &plan, year(&plan), 5, NEW_YEAR).expect("it is sold").terms;
    let quote = renew(&held, &plan, month(&plan), 5, NEW_YEAR + 200 * DAY).expect("it runs");
    assert_eq!((quote.order_type, quote.cost), (OrderType::Renew, 5 * 1010));
    assert_eq!(
        rates(&quote),
        [(5, NEW_YEAR, YEAR_END), (5, YEAR_END, YEAR_END + 31 * DAY)]
    );
}

#[test]
fn l13_a_renewal_with_more_seats_counts_from_now_and_pays_both() {
    let plan = plan((1, 100), 3650, 0);
    let held = buy(&[], &plan, year(&plan), 10, NEW_YEAR).expect("it is sold").terms;
    let now = YEAR_END - 100 * DAY;
    let quote = renew(&held, &plan, month(&plan), 12, now).expect("it runs");
    assert_eq!(quote.order_type, OrderType::RenewUpgrade);
    assert_eq!(quote.cost, 24_000 + 12 * 3650);
    assert_eq!(
        rates(&quote),
        [(12, now, YEAR_END), (12, YEAR_END, YEAR_END + 31 * DAY)]
    );
    let costs: Vec<_> = quote
        .parts
        .iter()
        .map(|part| (part.cost, part.from, part.until))
        .collect();
    assert_eq!(
        costs,
        [(24_000, now, YEAR_END), (12 * 3650, YEAR_END, YEAR_END + 31 * DAY)]
    );
}

#[test]
fn l13_a_renewal_with_fewer_seats_takes_effect_only_at_the_renewal() {
    let plan = plan((1, 100), 1_000, 0);
    let held = buy(&[], &plan, year(&plan), 10, NEW_YEAR).expect("it is sold").terms;
    let now = NEW_YEAR + 300 * DAY;
    let quote = renew(&held, &plan, year(&plan), 4, now).expect("it runs");
    assert_eq!((quote.order_type, quote.cost), (OrderType::RenewDegrade, 4 * 12_000));
    assert_eq!(
        rates(&quote),
        [(10, NEW_YEAR, YEAR_END), (4, YEAR_END, YEAR_END + 365 * DAY)]
    );

    // While fewer are to come, what is bought on top has to be more than what runs now, and pays for both.
    let held = quote.terms;
    assert_eq!(upgrade(&held, &plan, 9, now), Err(Refused::NotAnUpgrade));
    assert_eq!(renew(&held, &plan, month(&plan), 9, now), Err(Refused::NotAnUpgrade));
    let more = upgrade(&held, &plan, 10, now).expect("more than what is to come");
    assert_eq!(
        more.cost,
        6 * 12_000,
        "the ten that run until the end of the year are paid for"
    );
    assert_eq!(rates(&more), [(10, now, YEAR_END + 365 * DAY)]);
}

#[test]
fn l13_what_ended_is_bought_anew_and_what_runs_is_not_bought_twice() {
    let plan = plan((1, 10), 1_000, 0);
    let held = buy(&[], &plan, month(&plan), 5, NEW_YEAR).expect("it is sold").terms;
    let end = held[0].until;
    assert_eq!(buy(&held, &plan, month(&plan), 5, end - 1), Err(Refused::Running));
    assert_eq!(upgrade(&held, &plan, 6, end), Err(Refused::Ended));
    assert_eq!(renew(&held, &plan, month(&plan), 5, end), Err(Refused::Ended));
    let again = buy(&held, &plan, month(&plan), 5, end).expect("nothing runs");
    assert_eq!((again.order_type, again.terms[0].from), (OrderType::Buy, end));
    assert_eq!(
        upgrade(&[], &plan, 6, NEW_YEAR),
        Err(Refused::Ended),
        "from trial or free it is a purchase"
    );
}

#[test]
fn l13_what_cannot_be_counted_is_refused() {
    let plan = plan((1, u32::MAX), i64::MAX / 12, 0);
    assert!(buy(&[], &plan, year(&plan), 1, NEW_YEAR).is_ok());
    assert_eq!(buy(&[], &plan, year(&plan), 2, NEW_YEAR), Err(Refused::TooLarge));
    assert_eq!(buy(&[], &plan, month(&plan), 1, i64::MAX - DAY), Err(Refused::TooLarge));
    let held = [Term {
        rate: Rate {
            unit_price: 0,
            seats: 1,
        },
        from: i64::MIN,
        until: i64::MAX,
    }];
    assert_eq!(upgrade(&held, &plan, u32::MAX, i64::MIN), Err(Refused::TooLarge));
}
