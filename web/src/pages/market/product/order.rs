//! Ordering a plan (L13): which, for how many and for how long. The price is the server's; what was agreed to is sent with the order.

use leptos::prelude::*;

use super::{
    Sold,
    quote::{self, Quoted},
};
use crate::{
    api::{
        license::ProductQuoteInput,
        market::MarketPlan,
        product_order::{self, OrderProductInput},
    },
    browser,
    components::{
        alert::ProblemPanel,
        button::{Button, Look},
        dialog::Dialog,
        dynamic::dynamic,
        field::{Choice, Kind, RadioGroup, Select, TextInput, choice},
        layout::{Row, Stack},
        toast::toast,
    },
    format,
    forms::{Errors, product::read_count, submission::Submission},
    i18n::{
        live,
        texts::{buying as words, common},
    },
    load::{Loaded, State},
    navigation,
    routes::Customer,
};

/// The value of the address that opens the dialog, and the one that asks for more of what runs.
pub const ORDER: &str = "order";
const RAISE: &str = "raise";
/// The period of an order that leaves the end where it is.
const SAME_END: &str = "0";
/// How long a pause in typing is.
const PAUSE_MS: u32 = 300;

/// What is chosen; it stays when an order is refused.
#[derive(Clone, Copy)]
pub struct Chosen {
    plan: RwSignal<String>,
    seats: RwSignal<String>,
    months: RwSignal<String>,
}

impl Chosen {
    /// What the address calculates for, else as many as run, or one more where they are raised; by the first plan that is for so many.
    fn first(plans: &[MarketPlan], running: Option<i32>) -> Self {
        let location = navigation::location_now();
        let typed = location.value("seats").map(str::to_owned);
        let raises = running.is_some() && location.value(RAISE).is_some();
        let kept = running.map(|seats| seats + i32::from(raises));
        let wanted = typed.as_deref().map_or(kept, read_count);
        let fits = |plan: &&MarketPlan| wanted.is_some_and(|seats| (plan.min_seats..=plan.max_seats).contains(&seats));
        let fitting = plans.iter().find(fits);
        let plan = fitting.or(plans.first());
        let seats = match fitting {
            Some(_) => wanted,
            None => plan.map(|plan| plan.max_seats.min(10).max(plan.min_seats)),
        };
        let months = match raises {
            true => SAME_END.to_owned(),
            false => first_period(plan),
        };
        Self {
            plan: RwSignal::new(plan.map(|plan| plan.item_code.inner().to_owned()).unwrap_or_default()),
            seats: RwSignal::new(typed.unwrap_or_else(|| seats.unwrap_or(1).to_string())),
            months: RwSignal::new(months),
        }
    }

    /// What would be ordered; nothing while the number is none.
    fn input(self, sold: &Sold) -> Option<ProductQuoteInput> {
        let months = self.months.get();
        Some(ProductQuoteInput {
            product_id: sold.product.id.clone(),
            item_code: cynic::Id::new(self.plan.get()),
            seats: self.seats.with(|typed| read_count(typed))?,
            months: months.parse().ok().filter(|_| months != SAME_END),
            promotion: sold.promotion.clone(),
        })
    }
}

fn first_period(plan: Option<&MarketPlan>) -> String {
    let first = plan.and_then(|plan| plan.periods.first());
    first.map(|period| period.months.to_string()).unwrap_or_default()
}

/// `running` is for how many what was paid for runs.
pub fn dialog(open: RwSignal<bool>, sold: &Sold, running: Option<i32>) -> AnyView {
    let name = sold.product.name.clone();
    let sold = StoredValue::new(sold.clone());
    let title = live(move || words::order_title(&name));
    view! { <Dialog open=open title=title>{sold.with_value(|sold| form(open, sold, running))}</Dialog> }.into_any()
}

fn form(open: RwSignal<bool>, sold: &Sold, running: Option<i32>) -> AnyView {
    let product = &sold.product;
    // As the calculator stands when the dialog opens.
    let chosen = Chosen::first(&product.plans, running);
    let (errors, submission) = (Errors::new(), Submission::new());
    let ordered = sold.clone();
    let wanted = Memo::new(move |_| chosen.input(&ordered));
    let quoted = quote::load_quote(after_a_pause(wanted), errors);
    let ready = Signal::derive(move || agreed(quoted, wanted).is_some());
    let place = Callback::new(move |()| {
        let Some((input, quote)) = untrack(|| agreed(quoted, wanted)) else {
            return;
        };
        let input = OrderProductInput {
            product_id: input.product_id,
            item_code: input.item_code,
            seats: input.seats,
            months: input.months,
            accepted_amount: Some(quote.amount),
            promotion: input.promotion,
        };
        let placed = product_order::order_product(input, Some(submission.key()));
        submission.run_form(errors, placed, move |placed| {
            toast(words::ORDERED);
            let _ = open.try_set(false);
            navigation::go(&Customer::ProductOrder(placed.id.into_inner()).address());
        });
    });
    // What costs more by now is asked for again, so that the new price is in sight.
    Effect::new(move |_| {
        if submission.problem.with(Option::is_some) {
            quoted.reload();
        }
    });
    let reason = Signal::derive(move || (!ready.get()).then(|| words::QUOTE_WAITS.get().to_owned()));
    let plans = StoredValue::new(product.plans.clone());
    let (named, periods) = (
        plan_field(&product.plans, chosen, errors),
        period_field(plans, chosen, running.is_some(), errors),
    );
    view! {
        <Stack>
            {named}
            <TextInput name="seats" label=words::SEATS value=chosen.seats errors=errors kind=Kind::Decimal required=true />
            {periods}
            {quote::shown(quoted, errors)}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=words::PLACE_ORDER on_press=place look=Look::Primary busy=submission.busy reason=reason />
            </Row>
        </Stack>
    }
    .into_any()
}

/// The price in sight, where it is that of what is chosen now.
fn agreed(quoted: Loaded<Quoted>, wanted: Memo<Option<ProductQuoteInput>>) -> Quoted {
    match quoted.state() {
        State::Ready(Some((input, quote))) if wanted.get().as_ref() == Some(&input) => Some((input, quote)),
        State::Ready(_) | State::Waiting | State::Failed(_) => None,
    }
}

/// Follows what is chosen after a pause, so that not every digit is a question.
fn after_a_pause(wanted: Memo<Option<ProductQuoteInput>>) -> RwSignal<Option<ProductQuoteInput>> {
    let asked = RwSignal::new(wanted.get_untracked());
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let now = wanted.get();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        browser::after(PAUSE_MS, move || {
            if turn.try_get_value() == Some(mine) && asked.try_get_untracked().is_some_and(|asked| asked != now) {
                asked.set(now);
            }
        });
    });
    asked
}

fn plan_field(plans: &[MarketPlan], chosen: Chosen, errors: Errors) -> AnyView {
    let label = |plan: &MarketPlan| {
        let name = plan.name.clone();
        let range = format!("{}–{}", plan.min_seats, plan.max_seats);
        choice(plan.item_code.inner(), live(move || words::plan_choice(&name, &range)))
    };
    let choices = plans.iter().map(label).collect();
    view! { <Select name="itemCode" label=words::PLAN value=chosen.plan errors=errors choices=choices required=true fixed=true /> }
        .into_any()
}

/// The periods of the chosen plan, each with what a seat costs; where something runs, also without one.
fn period_field(plans: StoredValue<Vec<MarketPlan>>, chosen: Chosen, running: bool, errors: Errors) -> AnyView {
    let of =
        move |code: &str| plans.with_value(|plans| plans.iter().find(|plan| plan.item_code.inner() == code).cloned());
    Effect::new(move |earlier: Option<()>| {
        let plan = of(&chosen.plan.get());
        let months = chosen.months.get_untracked();
        let offered = |plan: &MarketPlan| plan.periods.iter().any(|period| period.months.to_string() == months);
        if earlier.is_some() && months != SAME_END && !plan.as_ref().is_some_and(offered) {
            chosen.months.set(first_period(plan.as_ref()));
        }
    });
    dynamic(move || {
        let choices = of(&chosen.plan.get())
            .map(|plan| periods(&plan, running))
            .unwrap_or_default();
        view! { <RadioGroup name="months" label=words::CHOOSE_PERIOD value=chosen.months errors=errors choices=choices required=true /> }
    })
}

fn periods(plan: &MarketPlan, running: bool) -> Vec<Choice> {
    let offered = plan.periods.iter().map(|period| {
        let price = format::yuan(period.sale_price.0.parse().unwrap_or_default());
        let each = live(move || words::per_seat(&price));
        choice(period.months.to_string(), period.name.clone()).hint(each)
    });
    let raise = running.then(|| choice(SAME_END, words::RAISE_ONLY).hint(words::RAISE_ONLY_HINT));
    offered.chain(raise).collect()
}
