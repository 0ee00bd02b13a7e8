//! Step 2, 商品参数规格: of what is paid for, how it is opened, its plans, what they cost, and into which account it is paid.

use leptos::prelude::*;

use super::{Wizard, calculator, opening, payee, plan, rows};
use crate::{
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink},
        dynamic::dynamic,
        field_note::list_error,
        icon::Icon,
        layout::{Row, Stack, muted, paragraph, title_row},
    },
    forms::product::{PeriodForm, PlanForm, read_count},
    i18n::texts::shelves as words,
    navigation,
};

pub fn step(wizard: Wizard) -> AnyView {
    let form = wizard.values.charge_form;
    dynamic(move || match form.get().as_str() {
        "PAID" => paid(wizard),
        "FREE" => {
            view! { <Alert level=Level::Info title=words::FREE_NO_PLANS>{paragraph(words::FREE_NO_PLANS_HINT)}</Alert> }
                .into_any()
        }
        _ => {
            let href = navigation::address_now_with(&[("step", "")]);
            view! {
                <Alert level=Level::Info title=words::CHARGE_FIRST>
                    {paragraph(words::CHARGE_FIRST_HINT)}
                    <Row><ButtonLink label=words::CHARGE_FIRST_GO href=href small=true /></Row>
                </Alert>
            }
            .into_any()
        }
    })
}

fn paid(wizard: Wizard) -> AnyView {
    let values = wizard.values;
    let add = Callback::new(move |()| {
        let made = next_plan(
            &values
                .plans
                .with_untracked(|rows| untrack(|| rows.iter().map(|row| row.form()).collect::<Vec<_>>())),
        );
        let row = values.within(|| rows::PlanRow::of(&made));
        values.plans.update(|rows| rows.push(row));
    });
    let list = move || {
        let rows: Vec<AnyView> = values
            .plans
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, row)| plan::card(wizard, at, row))
            .collect();
        match rows.is_empty() {
            true => muted(words::NO_PLANS),
            false => view! { <Stack>{rows}</Stack> }.into_any(),
        }
    };
    let button = view! { <Button label=words::ADD_PLAN on_press=add small=true leading=Icon::Plus /> }.into_any();
    let plans = view! {
        <Stack tight=true>
            {title_row(words::PLANS, button)}
            {muted(words::PLANS_HINT)}
            {list_error("plans", wizard.errors)}
            {dynamic(list)}
        </Stack>
    };
    view! {
        <Stack>
            {opening::card(wizard)}
            {wizard.noted("plans", plans.into_any())}
            {calculator::card(values.plans)}
            {payee::card(wizard)}
        </Stack>
    }
    .into_any()
}

/// A plan that goes on where the largest one ends.
fn next_plan(plans: &[PlanForm]) -> PlanForm {
    let most = plans.iter().filter_map(|plan| read_count(&plan.max_seats)).max();
    let from = most.unwrap_or(0).saturating_add(1);
    PlanForm {
        id: rows::fresh_id(),
        min_seats: from.to_string(),
        periods: vec![PeriodForm {
            name: words::PERIOD_YEAR.get().to_owned(),
            months: "12".to_owned(),
            rounding_off: String::new(),
        }],
        sales_channel: "ALL".to_owned(),
        ..PlanForm::default()
    }
}
