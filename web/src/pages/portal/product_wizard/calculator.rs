//! What so many seats cost, as a customer would be told.

use leptos::prelude::*;

use super::rows::PlanRow;
use crate::{
    components::{
        dynamic::dynamic,
        field::{Kind, TextInput},
        layout::{Card, FieldGrid, Stack, muted, paragraph},
        table::{Table, column, end_column},
    },
    forms::{
        Errors,
        product::{price, read_count},
    },
    i18n::{live, texts::shelves as words},
    pages::portal::product_preview::yuan,
};

pub fn card(plans: RwSignal<Vec<PlanRow>>) -> AnyView {
    let seats = RwSignal::new("10".to_owned());
    let errors = Errors::new();
    let told = move || {
        let forms: Vec<_> = plans.get().iter().map(PlanRow::form).collect();
        let count = seats
            .with(|typed| read_count(typed))
            .and_then(|count| u32::try_from(count).ok());
        let Some(count) = count.filter(|count| *count > 0) else {
            return muted(words::CALCULATOR_SEATS);
        };
        let Some(offer) = price::offer(&forms, count) else {
            return muted(words::CALCULATOR_NONE);
        };
        let name = forms[offer.plan].name.clone();
        let rows = offer.periods.into_iter().map(move |(period, each, total)| {
            let sum = live(move || format!("{} × {count}", yuan(each)));
            vec![period.into_any(), sum.into_view_any(), yuan(total).into_any()]
        });
        let columns = vec![
            column(words::PERIODS),
            end_column(words::SALE_PRICE),
            end_column(words::TOTAL),
        ];
        view! {
            <Stack tight=true>
                {paragraph(live(move || words::calculator_plan(&name)))}
                <Table label=words::CALCULATOR columns=columns rows=rows.collect() inside=true />
            </Stack>
        }
        .into_any()
    };
    view! {
        <Card title=words::CALCULATOR>
            <Stack tight=true>
                <FieldGrid><TextInput name="calculator" label=words::SEATS value=seats errors=errors kind=Kind::Decimal required=true hint=words::CALCULATOR_HINT /></FieldGrid>
                <div aria-live="polite">{dynamic(told)}</div>
            </Stack>
        </Card>
    }
    .into_any()
}
