//! 代客户下单: a partner orders a plan that it sells directly for a customer, whose admins pay it or give it up.

use leptos::prelude::*;

use super::side;
use crate::{
    api::{
        order::OrderParty,
        product::{self, ProductRow, ProductTab},
        product_content::{ProductPlan, SalesChannel},
        product_order::{self, OrderForCustomerInput},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, ButtonLink, Look},
        dialog::Dialog,
        dynamic::dynamic,
        empty::Empty,
        field::{Choice, Kind, Select, TextInput, choice},
        icon::Icon,
        layout::{Row, Stack, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, product::read_count, submission::Submission},
    i18n::{
        live,
        texts::{buying as words, common, shell},
    },
    load::{load, show},
    navigation,
    routes::Portal,
};

const MOST: i32 = 100;

pub fn dialog(open: RwSignal<bool>) -> AnyView {
    view! {
        <Dialog open=open title=words::FOR_CUSTOMER>
            {dynamic(move || {
                let found = load(|| async {
                    let listed = product::products(Some(ProductTab::Listed), Some(MOST), None, None, None);
                    listed.await.map(|page| page.nodes)
                });
                show(found, Skeleton::Rows(3), move |products| match products.is_empty() {
                    true => nothing(),
                    false => form(open, &products),
                })
            })}
        </Dialog>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <Empty picture=Icon::Bag title=words::NO_LISTED_PRODUCTS hint=words::NO_LISTED_PRODUCTS_HINT>
            <ButtonLink label=shell::NAV_PRODUCTS href=Portal::Products.address() />
        </Empty>
    }
    .into_any()
}

/// What was typed; it stays as it is when the answer is a refusal.
#[derive(Clone, Copy)]
struct Typed {
    corp_id: RwSignal<String>,
    product: RwSignal<String>,
    plan: RwSignal<String>,
    seats: RwSignal<String>,
    /// Months; `0` leaves the end where it is.
    months: RwSignal<String>,
}

const RAISE: &str = "0";

impl Typed {
    /// Empty fields, by their names.
    fn missing(self) -> Vec<FieldError> {
        let fields = [
            ("corpId", self.corp_id),
            ("productId", self.product),
            ("itemCode", self.plan),
            ("seats", self.seats),
            ("months", self.months),
        ];
        let empty = fields
            .into_iter()
            .filter(|(_, value)| value.with_untracked(|value| value.trim().is_empty()));
        empty
            .map(|(name, _)| FieldError {
                name: name.to_owned(),
                message: common::REQUIRED.into(),
            })
            .collect()
    }

    fn input(self) -> OrderForCustomerInput {
        let months = self.months.get_untracked();
        OrderForCustomerInput {
            corp_id: self.corp_id.get_untracked().trim().to_owned(),
            product_id: cynic::Id::new(self.product.get_untracked()),
            item_code: cynic::Id::new(self.plan.get_untracked()),
            seats: read_count(&self.seats.get_untracked()).unwrap_or_default(),
            months: months.parse().ok().filter(|_| months != RAISE),
        }
    }
}

fn form(open: RwSignal<bool>, products: &[ProductRow]) -> AnyView {
    let [corp_id, product, plan, seats, months] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let typed = Typed {
        corp_id,
        product,
        plan,
        seats,
        months,
    };
    let (errors, submission) = (Errors::new(), Submission::new());
    let order = Callback::new(move |()| {
        if !errors.set(typed.missing()) {
            return;
        }
        let placed = product_order::order_for_customer(typed.input(), Some(submission.key()));
        submission.run_form(errors, placed, move |placed| {
            let _ = open.try_set(false);
            toast(words::FOR_CUSTOMER_DONE);
            navigation::go(&side::order(OrderParty::Partner, &placed.id));
        });
    });
    let choices = products
        .iter()
        .map(|it| choice(it.id.inner(), it.name.clone()))
        .collect();
    view! {
        <Stack tight=true>
            {muted(words::FOR_CUSTOMER_HINT)}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <TextInput name="corpId" label=words::CORP_ID value=corp_id errors=errors required=true />
            <Select name="productId" label=words::PRODUCT value=product errors=errors choices=choices required=true />
            {dynamic(move || (!product.get().is_empty()).then(|| plans(typed, product.get(), errors)))}
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=words::FOR_CUSTOMER_GO on_press=order look=Look::Primary busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}

/// What of the chosen product may be sold so, for how many and for how long.
fn plans(typed: Typed, product: String, errors: Errors) -> AnyView {
    let id = cynic::Id::new(product);
    typed.plan.set(String::new());
    let found = load(move || {
        let id = id.clone();
        async move {
            let found = product::product(id).await?;
            let sold = found.and_then(|product| product.approved_revision);
            let plans = sold.map(|revision| revision.content.plans).unwrap_or_default();
            let direct = |plan: &ProductPlan| match plan.sales_channel {
                SalesChannel::All | SalesChannel::Direct => true,
                SalesChannel::Marketplace => false,
            };
            Ok(plans.into_iter().filter(direct).collect::<Vec<_>>())
        }
    });
    show(found, Skeleton::Rows(2), move |plans| match plans.is_empty() {
        true => view! { <Alert level=Level::Info title=words::NO_DIRECT_PLANS /> }.into_any(),
        false => chosen(typed, &plans, errors),
    })
}

fn chosen(typed: Typed, plans: &[ProductPlan], errors: Errors) -> AnyView {
    let choices = plans.iter().map(plan_choice).collect();
    let plans = plans.to_vec();
    let periods = move || {
        let code = typed.plan.get();
        let plan = plans.iter().find(|plan| plan.item_code.inner() == code)?;
        let choices = period_choices(plan);
        Some(
            view! { <Select name="months" label=words::CHOOSE_PERIOD value=typed.months errors=errors choices=choices required=true /> },
        )
    };
    view! {
        <Select name="itemCode" label=words::PLAN value=typed.plan errors=errors choices=choices required=true />
        <TextInput name="seats" label=words::SEATS value=typed.seats errors=errors kind=Kind::Decimal required=true />
        {dynamic(periods)}
    }
    .into_any()
}

fn plan_choice(plan: &ProductPlan) -> Choice {
    let name = plan.name.clone();
    let range = match (plan.min_seats, plan.max_seats) {
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (from, to) => from.or(to).map(|seats| seats.to_string()).unwrap_or_default(),
    };
    choice(plan.item_code.inner(), live(move || words::plan_choice(&name, &range)))
}

fn period_choices(plan: &ProductPlan) -> Vec<Choice> {
    let offered = plan.periods.iter().filter_map(|period| {
        let months = period.months?;
        let price = period
            .sale_price
            .as_ref()
            .and_then(|price| price.0.parse().ok())
            .map(format::yuan);
        let label = match price {
            Some(price) => format!("{} · {price}", period.name),
            None => period.name.clone(),
        };
        Some(choice(months.to_string(), label))
    });
    offered.chain([choice(RAISE, words::FOR_CUSTOMER_UPGRADE)]).collect()
}
