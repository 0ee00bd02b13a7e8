//! What so many seats cost: for the partner while plans are written, and for customers on the product's page.

use std::sync::Arc;

use appshelf_rules::price::Plan;
use leptos::prelude::*;

use crate::{
    components::{
        dynamic::dynamic,
        field::{Kind, TextInput},
        layout::{FieldGrid, Stack, muted, paragraph},
        table::{Table, column, end_column},
    },
    format::yuan,
    forms::{
        Errors,
        product::{
            price::{self, Offer},
            read_count,
        },
    },
    i18n::{Text, live, texts::shelves as words},
};

/// Says why a number of seats has no price.
pub type WhyNone = Arc<dyn Fn(u32) -> String + Send + Sync>;

/// The calculator; `seats` is what is typed.
pub fn plan_calculator(plans: Signal<Vec<Plan>>, seats: RwSignal<String>, hint: Text, none: WhyNone) -> AnyView {
    let errors = Errors::new();
    let told = move || {
        let count = seats
            .with(|typed| read_count(typed))
            .and_then(|count| u32::try_from(count).ok());
        let Some(count) = count.filter(|count| *count > 0) else {
            return muted(words::CALCULATOR_SEATS);
        };
        let why = none.clone();
        match plans.with(|plans| price::offer(plans, count)) {
            Some(offer) => offered(offer, count),
            None => muted(live(move || why(count))),
        }
    };
    view! {
        <Stack tight=true>
            <FieldGrid><TextInput name="calculator" label=words::SEATS value=seats errors=errors kind=Kind::Decimal required=true hint=hint /></FieldGrid>
            <div aria-live="polite">{dynamic(told)}</div>
        </Stack>
    }
    .into_any()
}

fn offered(offer: Offer, seats: u32) -> AnyView {
    let rows = offer.periods.into_iter().map(move |(period, each, total)| {
        let sum = live(move || format!("{} × {seats}", yuan(each)));
        vec![period.into_any(), sum.into_view_any(), yuan(total).into_any()]
    });
    let columns = vec![
        column(words::PERIODS),
        end_column(words::SALE_PRICE),
        end_column(words::TOTAL),
    ];
    let name = offer.plan;
    view! {
        <Stack tight=true>
            {paragraph(live(move || words::calculator_plan(&name)))}
            <Table label=words::CALCULATOR columns=columns rows=rows.collect() inside=true />
        </Stack>
    }
    .into_any()
}
