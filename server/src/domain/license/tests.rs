//! What may be opened, what orders make of licenses, and what the clock does to them.

use super::*;
use crate::domain::id::IdSource;
use crate::domain::product_content::{ChargeForm, FreePlan, PlanPeriod, SalesChannel};
use price::OrderType;

fn at(day: i64) -> Instant {
    Instant::from(DateTime::from_timestamp(1_800_000_000, 0).expect("an instant") + Duration::days(day))
}

fn content(opening: Option<OpeningOrder>) -> ProductContent {
    let ids = IdSource::default();
    let code = || ids.next(DateTime::UNIX_EPOCH);
    let period = |months| PlanPeriod {
        name: format!("{months}"),
        months: Some(months),
        rounding_off: 0,
    };
    let plan = |name: &str, min, max, price| ProductPlan {
        item_code: code(),
        name: name.to_owned(),
        min_seats: Some(min),
        max_seats: Some(max),
        unit_price: Some(price),
        periods: vec![period(1), period(12)],
        sales_channel: SalesChannel::All,
        sizes: Vec::new(),
    };
    ProductContent {
        charge_form: Some(ChargeForm::Paid),
        trial: Some(TrialLength::FifteenDays),
        free_plan: Some(FreePlan {
            item_code: code(),
            max_seats: Some(5),
        }),
        opening_order: opening,
        plans: vec![plan("小", 1, 10, 1000), plan("大", 11, 50, 900)],
        ..ProductContent::default()
    }
}

fn code(result: Result<(), Refusal>) -> Option<Code> {
    result.err().map(|refusal| refusal.code())
}

#[test]
fn l13_the_opening_order_says_what_comes_first() {
    let trial_first = content(Some(OpeningOrder::TrialThenChoose));
    let free_first = content(Some(OpeningOrder::FreeThenChoose));
    assert_eq!(ways(&trial_first, None, false), [ChargeType::Trial, ChargeType::Paid]);
    assert_eq!(
        code(may_open(&trial_first, None, false, ChargeType::Free)),
        Some(Code::TrialFirst)
    );
    assert_eq!(ways(&free_first, None, false), ChargeType::ALL);
    let over = Held {
        status: LicenseStatus::Expired,
        ..Held::trial(TrialLength::FifteenDays, at(0))
    };
    assert_eq!(
        ways(&trial_first, Some(&over), true),
        [ChargeType::Free, ChargeType::Paid]
    );
    assert_eq!(
        code(may_open(&trial_first, Some(&over), true, ChargeType::Trial)),
        Some(Code::TrialUsed)
    );
    let free = Held::free(&trial_first, at(0));
    assert_eq!((free.seats, free.until), (Some(5), None));
    assert_eq!(ways(&trial_first, Some(&free), true), [ChargeType::Paid]);
    let nothing = ProductContent {
        trial: None,
        free_plan: None,
        ..content(None)
    };
    assert_eq!(ways(&nothing, None, false), [ChargeType::Paid]);
    let costs_nothing = ProductContent {
        charge_form: Some(ChargeForm::Free),
        ..content(None)
    };
    assert_eq!(ways(&costs_nothing, None, false), [ChargeType::Free]);
    assert_eq!(Held::free(&costs_nothing, at(0)).seats, None);
}

fn bought(
    content: &ProductContent,
    plan: usize,
    seats: i32,
    months: Option<i32>,
    held: Option<&Held>,
    now: Instant,
) -> Quoted {
    quote(&content.plans[plan], Wish { seats, months }, held, now).expect("a price")
}

#[test]
fn l13_what_is_held_decides_which_kind_of_order_it_is() {
    let content = content(None);
    let trial = Held::trial(TrialLength::FifteenDays, at(0));
    let first = bought(&content, 0, 5, Some(1), Some(&trial), at(0));
    assert_eq!((first.order_type, first.cost), (OrderType::Buy, 5_000));
    assert_eq!((first.held.status, first.held.seats), (LicenseStatus::Active, Some(5)));
    assert!(first.held.until.is_some_and(|until| until > at(28) && until <= at(31)));

    let held = Some(&first.held);
    assert_eq!(
        bought(&content, 0, 5, Some(12), held, at(1)).order_type,
        OrderType::Renew
    );
    assert_eq!(bought(&content, 0, 8, None, held, at(1)).order_type, OrderType::Upgrade);
    assert_eq!(
        bought(&content, 1, 12, Some(12), held, at(1)).order_type,
        OrderType::RenewUpgrade
    );
    let fewer = bought(&content, 0, 2, Some(12), held, at(1));
    assert_eq!(fewer.order_type, OrderType::RenewDegrade);
    assert_eq!(fewer.held.seats, Some(5), "fewer seats begin with the new stretch");
    let later = fewer.held.at(fewer.held.terms[1].from);
    assert_eq!((later.seats, later.status), (Some(2), LicenseStatus::Active));
    assert_eq!(later.item_code, Some(content.plans[0].item_code.clone()));

    let upgrade = bought(&content, 1, 12, None, held, at(1));
    assert_eq!((upgrade.held.until, upgrade.held.seats), (first.held.until, Some(12)));
    assert_eq!(upgrade.held.plan_name, "大");
    let again = bought(&content, 0, 5, Some(1), held, at(60));
    assert_eq!(
        (again.order_type, again.held.from),
        (OrderType::Buy, at(60)),
        "what is over is bought anew"
    );
}

#[test]
fn l13_no_price_is_said_with_its_field() {
    let content = content(None);
    let refusal = |seats, months, held: Option<&Held>| {
        let refusal = quote(&content.plans[0], Wish { seats, months }, held, at(0)).expect_err("no price");
        (refusal.code(), refusal.path().join("."))
    };
    assert_eq!(refusal(11, Some(1), None), (Code::Validation, "seats".to_owned()));
    assert_eq!(refusal(-1, Some(1), None), (Code::Validation, "seats".to_owned()));
    assert_eq!(refusal(5, Some(7), None), (Code::Validation, "months".to_owned()));
    assert_eq!(refusal(5, None, None), (Code::Validation, "months".to_owned()));
    let first = bought(&content, 0, 5, Some(1), None, at(0));
    assert_eq!(
        refusal(5, None, Some(&first.held)),
        (Code::NotAnUpgrade, "seats".to_owned())
    );
}

#[test]
fn l13_the_clock_ends_licenses_and_reminds_before() {
    let content = content(None);
    let year = bought(&content, 0, 5, Some(12), None, at(0)).held;
    let until = year.until.expect("an end");
    assert_eq!(year.at(until - Duration::microseconds(1)).status, LicenseStatus::Active);
    assert_eq!(year.at(until).status, LicenseStatus::Expired);
    let before = |days: i64| until - Duration::days(days);
    let mut reminded = None;
    let mut told = Vec::new();
    for days in (0..40).rev() {
        if let Some(due) = due_reminder(&year, reminded, before(days)) {
            reminded = Some(due);
            told.push((days, due));
        }
    }
    assert_eq!(told, [(30, 30), (7, 7), (1, 1)]);
    assert_eq!(
        due_reminder(&year, None, before(3)),
        Some(7),
        "who was down for weeks reminds once"
    );
    assert_eq!(next_due(&year, at(0)), Some(before(30)));
    assert_eq!(next_due(&year, before(30)), Some(before(7)));
    assert_eq!(next_due(&year, before(1)), Some(until));
    assert_eq!(next_due(&year.at(until), until), None);
    assert_eq!(next_due(&Held::free(&content, at(0)), at(0)), None);
}

#[test]
fn l14_a_refund_leaves_what_was_before() {
    let content = content(None);
    let trial = Held::trial(TrialLength::FifteenDays, at(0));
    let paid = bought(&content, 0, 5, Some(12), Some(&trial), at(1)).held;
    assert_eq!(paid.refunded(Some(&trial), at(2)), trial, "the trial still runs");
    assert_eq!(paid.refunded(Some(&trial), at(20)).status, LicenseStatus::Refunded);
    let gone = paid.refunded(None, at(2));
    assert_eq!(
        (gone.status, gone.until, gone.terms.len()),
        (LicenseStatus::Refunded, Some(at(2)), 0)
    );
    let more = bought(&content, 0, 8, None, Some(&paid), at(3)).held;
    assert_eq!(
        more.refunded(Some(&paid), at(4)),
        paid,
        "an upgrade goes back to what it raised"
    );
}
