//! The wizard's checks: every limit one below, at and above, with Chinese text, emoji and combined characters.

use super::*;
use crate::domain::id::{IdSource, ItemCode};
use crate::domain::product_content::{IndustryCase, PlanPeriod, SalesChannel, TrialLength};

/// A revision with which nothing is wrong, and the facts that go with it.
fn fine() -> (ProductContent, Facts) {
    let ids = IdSource::default();
    let now = chrono::DateTime::UNIX_EPOCH;
    let content = ProductContent {
        name: "设备巡检".to_owned(),
        icon_id: Some(ids.next(now)),
        summary: "扫码巡检，缺陷闭环".to_owned(),
        description: "## 功能\n- 扫码".to_owned(),
        category_id: Some(ids.next(now)),
        charge_form: Some(ChargeForm::Paid),
        charging_rule: Some(ChargingRule::PerSeat),
        tags: vec!["巡检".to_owned()],
        screenshot_ids: vec![ids.next(now)],
        contact_ids: vec![ids.next(now)],
        privacy_url: "https://example.com/privacy".to_owned(),
        terms_url: "https://example.com/terms".to_owned(),
        trial: Some(TrialLength::FifteenDays),
        opening_order: Some(OpeningOrder::TrialThenChoose),
        plans: vec![plan(&ids, "10 用户版", (1, 10), 1_010)],
        promotion_mode: Some(PromotionMode::Marketplace),
        ..ProductContent::default()
    };
    let facts = Facts {
        published: Some(ids.next(now)),
        self_tested: true,
        payee_account: true,
        categories: content.category_id.clone().into_iter().collect(),
        icons: content.icon_id.clone().into_iter().collect(),
        screenshots: content.screenshot_ids.iter().cloned().collect(),
        members: content.contact_ids.iter().cloned().collect(),
        approved_free_plan: None,
    };
    (content, facts)
}

fn plan(ids: &IdSource, name: &str, seats: (i32, i32), unit_price: i64) -> ProductPlan {
    ProductPlan {
        item_code: ids.next(chrono::DateTime::UNIX_EPOCH),
        name: name.to_owned(),
        min_seats: Some(seats.0),
        max_seats: Some(seats.1),
        unit_price: Some(unit_price),
        periods: vec![PlanPeriod {
            name: "一年".to_owned(),
            months: Some(12),
            rounding_off: 20,
        }],
        sales_channel: SalesChannel::All,
        sizes: Vec::new(),
    }
}

/// What is wrong after a change: the paths and problems.
fn wrong(change: impl FnOnce(&mut ProductContent)) -> Vec<(String, Problem)> {
    let (mut content, facts) = fine();
    change(&mut content);
    problems(&content, &facts)
}

fn problems(content: &ProductContent, facts: &Facts) -> Vec<(String, Problem)> {
    let found = report(content, facts);
    found
        .into_iter()
        .map(|it| (it.issue.path.join("."), it.issue.problem))
        .collect()
}

/// The field's only problem, if there is one.
fn only(change: impl FnOnce(&mut ProductContent), path: &str) -> Option<Problem> {
    let found = wrong(change);
    assert!(found.iter().all(|(at, _)| at == path), "{path}: {found:?}");
    found.into_iter().next().map(|(_, problem)| problem)
}

#[test]
fn l5_a_revision_with_which_nothing_is_wrong() {
    let (content, facts) = fine();
    assert_eq!(problems(&content, &facts), []);
}

#[test]
fn l5_everything_is_told_at_once_and_tied_to_its_step() {
    let found = report(&ProductContent::default(), &Facts::default());
    let told: Vec<_> = found.iter().map(|it| (it.step, it.issue.path.join("."))).collect();
    use ListingStep::{Details, Precondition, Promotion};
    let fields = [
        (Precondition, ""),
        (Details, "content.name"),
        (Details, "content.iconId"),
        (Details, "content.summary"),
        (Details, "content.description"),
        (Details, "content.categoryId"),
        (Details, "content.chargeForm"),
        (Details, "content.screenshotIds"),
        (Details, "content.contactIds"),
        (Details, "content.privacyUrl"),
        (Details, "content.termsUrl"),
        (Promotion, "content.promotionMode"),
    ];
    assert_eq!(told, fields.map(|(step, path)| (step, path.to_owned())));
}

#[test]
fn l2_l3_the_application_is_published_and_self_tested_and_what_costs_money_has_a_payee() {
    let (content, facts) = fine();
    let told = |facts: Facts| {
        problems(&content, &facts)
            .into_iter()
            .map(|it| it.1)
            .collect::<Vec<_>>()
    };
    let unpublished = Facts {
        published: None,
        ..facts.clone()
    };
    assert_eq!(told(unpublished), [Problem::NothingPublished]);
    let untested = Facts {
        self_tested: false,
        ..facts.clone()
    };
    assert_eq!(told(untested), [Problem::Refused(Code::SelfTestRequired)]);
    let unpaid = Facts {
        payee_account: false,
        ..facts
    };
    assert_eq!(told(unpaid.clone()), [Problem::PayeeAccountMissing]);
    let free = ProductContent {
        charge_form: Some(ChargeForm::Free),
        ..content
    };
    assert_eq!(problems(&free, &unpaid), [], "what is free needs no account");
}

#[test]
fn l4_texts_one_below_at_and_above_their_limits() {
    for letter in ["检", "a", "👨‍👩‍👧‍👦", "e\u{301}"] {
        let name = |count: usize| only(|it| it.name = letter.repeat(count), "content.name");
        assert_eq!(name(1), Some(Problem::TooShort { min: 2 }), "{letter}");
        assert_eq!(name(2), None, "{letter}");
        assert_eq!(name(40), None, "{letter}");
        assert_eq!(name(41), Some(Problem::TooLong { max: 40 }), "{letter}");
        let summary = |count: usize| only(|it| it.summary = letter.repeat(count), "content.summary");
        assert_eq!(summary(3), Some(Problem::TooShort { min: 4 }), "{letter}");
        assert_eq!(summary(4), None, "{letter}");
        assert_eq!(summary(120), None, "{letter}");
        assert_eq!(summary(121), Some(Problem::TooLong { max: 120 }), "{letter}");
        let tag = |count: usize| only(|it| it.tags = vec![letter.repeat(count)], "content.tags.0");
        assert_eq!(tag(0), Some(Problem::Required));
        assert_eq!(tag(20), None, "{letter}");
        assert_eq!(tag(21), Some(Problem::TooLong { max: 20 }), "{letter}");
        let description = |count: usize| only(|it| it.description = letter.repeat(count), "content.description");
        assert_eq!(description(0), Some(Problem::Required));
        assert_eq!(description(20_000), None, "{letter}");
        assert_eq!(description(20_001), Some(Problem::TooLong { max: 20_000 }), "{letter}");
    }
}

#[test]
fn l4_lists_one_below_at_and_above_their_limits() {
    let tags = |count: usize| {
        only(
            |it| it.tags = (0..count).map(|n| format!("标签{n}")).collect(),
            "content.tags",
        )
    };
    assert_eq!((tags(0), tags(10)), (None, None));
    assert_eq!(tags(11), Some(Problem::TooMany { max: 10 }));
    assert_eq!(
        only(
            |it| it.tags = vec!["CRM".to_owned(), " crm ".to_owned()],
            "content.tags.1"
        ),
        Some(Problem::Repeated)
    );
    let ids = IdSource::default();
    let now = chrono::DateTime::UNIX_EPOCH;
    let shots = |count: usize| {
        let (mut content, mut facts) = fine();
        content.screenshot_ids = (0..count).map(|_| ids.next(now)).collect();
        facts.screenshots = content.screenshot_ids.iter().cloned().collect();
        problems(&content, &facts)
    };
    let at = |path: &str, problem| vec![(path.to_owned(), problem)];
    assert_eq!(shots(0), at("content.screenshotIds", Problem::TooFew { min: 1 }));
    assert_eq!((shots(1), shots(8)), (vec![], vec![]));
    assert_eq!(shots(9), at("content.screenshotIds", Problem::TooMany { max: 8 }));
    let contacts = |count: usize| {
        let (mut content, mut facts) = fine();
        content.contact_ids = (0..count).map(|_| ids.next(now)).collect();
        facts.members = content.contact_ids.iter().cloned().collect();
        problems(&content, &facts)
    };
    assert_eq!(contacts(0), at("content.contactIds", Problem::TooFew { min: 1 }));
    assert_eq!((contacts(1), contacts(5)), (vec![], vec![]));
    assert_eq!(contacts(6), at("content.contactIds", Problem::TooMany { max: 5 }));
    let case = IndustryCase {
        title: "某工厂".to_owned(),
        text: "减少停机".to_owned(),
    };
    let cases = |count: usize| only(|it| it.cases = vec![case.clone(); count], "content.cases");
    assert_eq!((cases(0), cases(10)), (None, None));
    assert_eq!(cases(11), Some(Problem::TooMany { max: 10 }));
}

#[test]
fn l4_what_belongs_to_somebody_else_is_unknown() {
    let ids = IdSource::default();
    let now = chrono::DateTime::UNIX_EPOCH;
    assert_eq!(
        only(|it| it.icon_id = Some(ids.next(now)), "content.iconId"),
        Some(Problem::Unknown)
    );
    assert_eq!(
        only(|it| it.category_id = Some(ids.next(now)), "content.categoryId"),
        Some(Problem::Unknown)
    );
    assert_eq!(
        only(|it| it.contact_ids = vec![ids.next(now)], "content.contactIds.0"),
        Some(Problem::Unknown)
    );
}

#[test]
fn l4_only_charging_by_seats_is_accepted() {
    for rule in [ChargingRule::PerDirectoryMember, ChargingRule::PerSingleUser] {
        let told = only(|it| it.charging_rule = Some(rule), "content.chargingRule");
        assert_eq!(told, Some(Problem::Refused(Code::ChargingRuleUnsupported)));
    }
}

#[test]
fn l4_addresses_are_https() {
    let bad = Some(Problem::BadFormat { what: Format::Url });
    for (address, expected) in [
        ("https://example.com", None),
        ("https://例子.公司/隐私", None),
        ("http://example.com", bad.clone()),
        ("https://user:secret@example.com", bad.clone()),
        ("javascript:alert(1)", bad.clone()),
        ("example.com", bad),
        ("", Some(Problem::Required)),
    ] {
        assert_eq!(
            only(|it| it.terms_url = address.to_owned(), "content.termsUrl"),
            expected,
            "{address}"
        );
    }
}

#[test]
fn l4_opening_orders_need_what_they_begin_with_and_one_is_refused() {
    let order = |order, trial: bool, free: bool| {
        only(
            |it| {
                it.opening_order = order;
                it.trial = trial.then_some(TrialLength::SevenDays);
                it.free_plan = free.then(free_plan);
            },
            "content.openingOrder",
        )
    };
    use OpeningOrder::{FreeThenChoose, TrialThenAutoFree, TrialThenChoose};
    let refused = Some(Problem::Refused(Code::OpeningOrderUnsupported));
    assert_eq!(order(Some(TrialThenAutoFree), true, true), refused);
    assert_eq!(order(Some(TrialThenChoose), true, false), None);
    assert_eq!(order(Some(TrialThenChoose), false, true), Some(Problem::TrialMissing));
    assert_eq!(order(Some(FreeThenChoose), false, true), None);
    assert_eq!(order(Some(FreeThenChoose), true, false), Some(Problem::FreePlanMissing));
    assert_eq!(order(None, true, false), Some(Problem::Required));
    assert_eq!(order(None, false, false), None, "what is only sold needs no order");
}

fn free_plan() -> FreePlan {
    FreePlan {
        item_code: IdSource::default().next(chrono::DateTime::UNIX_EPOCH),
        max_seats: Some(5),
    }
}

#[test]
fn l4_a_free_plans_seat_limit_is_raised_or_removed_and_never_lowered() {
    let (mut content, mut facts) = fine();
    let before = free_plan();
    facts.approved_free_plan = Some(before.clone());
    let mut told = |max_seats| {
        content.free_plan = Some(FreePlan {
            max_seats,
            ..before.clone()
        });
        problems(&content, &facts)
            .into_iter()
            .map(|it| it.1)
            .collect::<Vec<_>>()
    };
    assert_eq!((told(Some(5)), told(Some(6)), told(None)), (vec![], vec![], vec![]));
    assert_eq!(told(Some(4)), [Problem::SeatLimitLowered]);
    content.free_plan = Some(FreePlan {
        max_seats: Some(1),
        ..free_plan_of(&IdSource::default())
    });
    assert_eq!(problems(&content, &facts), [], "one that was made anew begins anew");
}

fn free_plan_of(ids: &IdSource) -> FreePlan {
    let item_code: ItemCode = ids.next(chrono::DateTime::UNIX_EPOCH);
    FreePlan {
        item_code,
        max_seats: None,
    }
}

#[test]
fn l4_what_is_wrong_with_plans_stands_at_its_field() {
    let ids = IdSource::default();
    let first = plan(&ids, "小", (1, 10), 100);
    let told = |plans: Vec<ProductPlan>| wrong(|it| it.plans = plans);
    let at = |path: &str, problem| vec![(format!("content.{path}"), problem)];
    let overlapping = plan(&ids, "大", (10, 20), 100);
    let overlap = Problem::SeatsOverlap { plan: "小".to_owned() };
    assert_eq!(told(vec![first.clone(), overlapping]), at("plans.1.minSeats", overlap));
    assert_eq!(told(vec![first.clone(), plan(&ids, "大", (11, 20), 100)]), []);
    let mut unfinished = plan(&ids, "大", (11, 20), 100);
    unfinished.unit_price = None;
    assert_eq!(
        told(vec![unfinished.clone(), first.clone()]),
        at("plans.0.unitPrice", Problem::Required)
    );
    let reversed = plan(&ids, "反", (30, 20), 100);
    let found = told(vec![unfinished, first.clone(), reversed]);
    assert!(
        found.contains(&("content.plans.2.maxSeats".to_owned(), Problem::SeatsReversed)),
        "{found:?}"
    );
    let months = |months: i32| {
        let mut plan = first.clone();
        plan.periods[0].months = Some(months);
        told(vec![plan])
    };
    assert_eq!((months(1), months(24)), (vec![], vec![]));
    let range = Problem::OutOfRange { min: 1, max: 24 };
    assert_eq!(months(0), at("plans.0.periods.0.months", range.clone()));
    assert_eq!(months(25), at("plans.0.periods.0.months", range));
    let off = |unit_price: i64, rounding_off: i64| {
        let mut plan = first.clone();
        plan.unit_price = Some(unit_price);
        plan.periods[0].rounding_off = rounding_off;
        told(vec![plan])
    };
    assert_eq!((off(0, 0), off(100, 1_200)), (vec![], vec![]));
    assert_eq!(
        off(100, 1_201),
        at("plans.0.periods.0.roundingOff", Problem::NegativeSalePrice)
    );
    assert_eq!(off(100, -1), at("plans.0.periods.0.roundingOff", Problem::Negative));
    assert_eq!(off(-1, 0), at("plans.0.unitPrice", Problem::Negative));
    assert_eq!(told(vec![]), at("plans", Problem::TooFew { min: 1 }));
    let free = wrong(|it| {
        it.charge_form = Some(ChargeForm::Free);
        it.plans = vec![];
    });
    assert_eq!(free, [], "what is free has no second step");
}
