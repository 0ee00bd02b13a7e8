//! Merging and reading of what was typed.

use serde_json::{Value, json};

use super::{
    AudienceForm, CaseForm, FreePlanForm, PeriodForm, PlanForm, ProductForm,
    merge::{Conflict, merge, with_theirs},
    place, price, read_count,
};

fn form() -> ProductForm {
    ProductForm {
        name: "设备管理".to_owned(),
        summary: "点检与保养".to_owned(),
        tags: vec!["设备".to_owned()],
        cases: vec![CaseForm {
            title: "蓝海".to_owned(),
            text: "好".to_owned(),
        }],
        audience: AudienceForm::default(),
        plans: vec![
            plan("item_1", "10 用户版", "1", "10", "10.1"),
            plan("item_2", "50 用户版", "11", "50", "9"),
        ],
        ..ProductForm::default()
    }
}

fn plan(id: &str, name: &str, min: &str, max: &str, price: &str) -> PlanForm {
    PlanForm {
        id: id.to_owned(),
        coded: true,
        name: name.to_owned(),
        min_seats: min.to_owned(),
        max_seats: max.to_owned(),
        unit_price: price.to_owned(),
        periods: vec![PeriodForm {
            name: "1 年".to_owned(),
            months: "12".to_owned(),
            rounding_off: "0.2".to_owned(),
        }],
        sales_channel: "ALL".to_owned(),
        sizes: Vec::new(),
    }
}

fn json_of(form: &ProductForm) -> Value {
    serde_json::to_value(form).expect("a form is JSON")
}

fn form_of(value: &Value) -> ProductForm {
    serde_json::from_value(value.clone()).expect("what was merged is a form")
}

fn path(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

#[test]
fn what_only_one_side_changed_is_taken() {
    let (base, mut mine, mut theirs) = (form(), form(), form());
    mine.name = "设备管家".to_owned();
    mine.plans[0].unit_price = "12".to_owned();
    theirs.summary = "点检、保养与维修".to_owned();
    theirs.plans[0].name = "小团队版".to_owned();
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    let now = form_of(&merged.value);
    assert_eq!(
        (now.name.as_str(), now.summary.as_str()),
        ("设备管家", "点检、保养与维修")
    );
    assert_eq!(
        (now.plans[0].name.as_str(), now.plans[0].unit_price.as_str()),
        ("小团队版", "12")
    );
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.taken, [path("plans.item_1.name"), path("summary")]);
}

#[test]
fn what_both_changed_stands_as_typed_until_somebody_chooses() {
    let (base, mut mine, mut theirs) = (form(), form(), form());
    mine.summary = "我的".to_owned();
    theirs.summary = "他的".to_owned();
    mine.plans[1].unit_price = "8".to_owned();
    theirs.plans[1].unit_price = "7.5".to_owned();
    mine.tags.push("点检".to_owned());
    theirs.tags = Vec::new();
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    assert_eq!(form_of(&merged.value), mine);
    let paths: Vec<String> = merged
        .conflicts
        .iter()
        .map(|conflict| conflict.path.join("."))
        .collect();
    assert_eq!(paths, ["plans.item_2.unitPrice", "summary", "tags"]);
    let all_theirs = merged
        .conflicts
        .iter()
        .fold(merged.value.clone(), |form, conflict| with_theirs(&form, conflict));
    assert_eq!(form_of(&all_theirs), theirs);
}

#[test]
fn the_same_amount_is_no_change_however_it_is_written() {
    let (base, mut mine, mut theirs) = (form(), form(), form());
    mine.plans[0].unit_price = "¥10.10".to_owned();
    mine.plans[0].min_seats = "１".to_owned();
    theirs.plans[0].unit_price = "11".to_owned();
    theirs.name = " 设备管理 ".to_owned();
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    assert_eq!(form_of(&merged.value).plans[0].unit_price, "11");
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.taken, [path("plans.item_1.unitPrice")]);
}

#[test]
fn what_was_taken_is_named_by_field_where_nothing_was_typed_here() {
    let (base, mut theirs) = (form(), form());
    theirs.summary = "他的".to_owned();
    theirs.audience.daily_trials = "5".to_owned();
    let merged = merge(&json_of(&base), &json_of(&base), &json_of(&theirs));
    assert_eq!(form_of(&merged.value), theirs);
    assert_eq!(merged.taken, [path("audience.dailyTrials"), path("summary")]);
}

#[test]
fn plans_of_both_sides_stay_and_what_was_removed_goes() {
    let (base, mut mine, mut theirs) = (form(), form(), form());
    mine.plans.push(plan("new_a", "我的", "51", "60", "5"));
    theirs.plans.push(plan("item_3", "他的", "61", "70", "5"));
    theirs.plans.remove(1);
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    let names: Vec<String> = form_of(&merged.value).plans.into_iter().map(|plan| plan.name).collect();
    assert_eq!(names, ["10 用户版", "我的", "他的"]);
    assert_eq!(merged.conflicts, []);
}

#[test]
fn a_plan_that_one_removed_and_the_other_changed_is_a_conflict() {
    let (base, mut mine, mut theirs) = (form(), form(), form());
    mine.plans.remove(1);
    theirs.plans[1].unit_price = "7".to_owned();
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    assert_eq!(form_of(&merged.value), mine);
    let [conflict] = merged.conflicts.as_slice() else {
        panic!("{:?}", merged.conflicts);
    };
    assert_eq!(
        (conflict.path.clone(), &conflict.mine),
        (path("plans.item_2"), &Value::Null)
    );
    assert_eq!(form_of(&with_theirs(&merged.value, conflict)), theirs);
    // The other way round: choosing theirs takes it away.
    let merged = merge(&json_of(&base), &json_of(&theirs), &json_of(&mine));
    assert_eq!(form_of(&merged.value), theirs);
    assert_eq!(form_of(&with_theirs(&merged.value, &merged.conflicts[0])), mine);
}

#[test]
fn cases_are_merged_in_their_places_and_as_a_whole_where_these_moved() {
    let (base, mut mine, mut theirs) = (form(), form(), form());
    mine.cases[0].title = "蓝海制造".to_owned();
    theirs.cases[0].text = "很好".to_owned();
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    let case = &form_of(&merged.value).cases[0];
    assert_eq!((case.title.as_str(), case.text.as_str()), ("蓝海制造", "很好"));
    theirs.cases.push(CaseForm::default());
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    assert_eq!(
        merged.conflicts,
        [Conflict {
            path: path("cases"),
            mine: json_of(&mine)["cases"].clone(),
            theirs: json_of(&theirs)["cases"].clone()
        }]
    );
}

#[test]
fn a_free_plan_comes_and_goes_as_one() {
    let (base, mine, mut theirs) = (form(), form(), form());
    theirs.free_plan = Some(FreePlanForm {
        item_code: "item_9".to_owned(),
        max_seats: "3".to_owned(),
    });
    let merged = merge(&json_of(&base), &json_of(&mine), &json_of(&theirs));
    assert_eq!(form_of(&merged.value).free_plan, theirs.free_plan);
    let merged = merge(&json_of(&theirs), &json_of(&theirs), &json_of(&base));
    assert_eq!(form_of(&merged.value).free_plan, None);
}

#[test]
fn nothing_is_lost_where_the_other_side_only_saved_again() {
    let mut mine = form();
    mine.description = "很长".to_owned();
    let merged = merge(&json_of(&form()), &json_of(&mine), &json_of(&form()));
    assert_eq!(
        (form_of(&merged.value), merged.taken, merged.conflicts),
        (mine, Vec::new(), Vec::new())
    );
}

#[test]
fn a_draft_comes_back_from_text() {
    let mut typed = form();
    typed.contact_ids = vec![("user_1".to_owned(), "周启航".to_owned())];
    typed.plans[0].coded = false;
    assert_eq!(
        form_of(&serde_json::from_str(&json_of(&typed).to_string()).expect("JSON")),
        typed
    );
    assert!(serde_json::from_value::<ProductForm>(json!({ "name": "x" })).is_err());
}

#[test]
fn numbers_are_read_in_every_usual_form() {
    for (typed, read) in [
        ("12", Some(12)),
        (" 1,000 ", Some(1000)),
        ("１２", Some(12)),
        ("0", Some(0)),
    ] {
        assert_eq!(read_count(typed), read, "{typed}");
    }
    for wrong in ["", "1.5", "-1", "十", "99999999999"] {
        assert_eq!(read_count(wrong), None, "{wrong}");
    }
}

#[test]
fn text_that_is_no_number_is_named_and_not_sent() {
    let mut typed = form();
    typed.plans[1].unit_price = "很贵".to_owned();
    typed.plans[1].periods[0].months = "一年".to_owned();
    typed.audience.daily_trials = "3.5".to_owned();
    let named: Vec<String> = typed.unreadable().into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        named,
        ["audience.dailyTrials", "plans.1.unitPrice", "plans.1.periods.0.months"]
    );
    let sent = typed.content();
    assert!(sent.plans[1].unit_price.is_none() && sent.plans[1].periods[0].months.is_none());
    assert_eq!(
        sent.plans[0].unit_price.as_ref().map(|price| price.0.as_str()),
        Some("1010")
    );
}

#[test]
fn prices_the_checks_of_the_specification_while_they_are_typed() {
    let period = |off: &str| PeriodForm {
        name: "1 年".to_owned(),
        months: "12".to_owned(),
        rounding_off: off.to_owned(),
    };
    assert_eq!(price::sale_price("10.1", &period("0.2")), Some(Ok(12_100)));
    assert_eq!(price::sale_price("66.7", &period("0.4")), Some(Ok(80_000)));
    assert_eq!(price::sale_price("66.7", &period("")), Some(Ok(80_040)));
    assert!(price::sale_price("1", &period("13")).is_some_and(|price| price.is_err()));
    assert_eq!(price::sale_price("", &period("0")), None);
    let plans: Vec<_> = form().plans.iter().filter_map(price::plan).collect();
    let offer = price::offer(&plans, 20).expect("the second plan");
    assert_eq!(
        (offer.plan, offer.periods),
        (plans[1].name.clone(), vec![("1 年".to_owned(), 10_780, 215_600)])
    );
    assert!(price::offer(&plans, 51).is_none());
    assert_eq!(price::seat_ranges(&plans), [(plans[0].min_seats, plans[1].max_seats)]);
    assert_eq!(price::seat_ranges(&[]), []);
}

#[test]
fn checks_stand_beside_their_fields_and_in_their_steps() {
    assert_eq!(place::field_of("content.tags.2"), "tags");
    assert_eq!(place::part_of("content.tags.2"), Some(2));
    assert_eq!(place::field_of("content.plans.0.unitPrice"), "plans.0.unitPrice");
    assert_eq!(place::part_of("content.plans.0.unitPrice"), None);
    assert_eq!(
        place::word_of_step(place::step_of("plans.0.periods.1.months")),
        "specification"
    );
    assert_eq!(place::word_of_step(place::step_of("audience.dailyTrials")), "");
}
