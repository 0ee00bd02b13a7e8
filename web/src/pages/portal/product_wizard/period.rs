//! The periods (周期) of a plan, each with its price of one seat while it is typed.

use leptos::prelude::*;

use super::{
    Wizard,
    rows::{PeriodRow, PlanRow},
};
use crate::{
    components::{
        button::{Button, Look},
        dynamic::dynamic,
        field::{Kind, TextInput},
        field_note::list_error,
        icon::Icon,
        layout::{FieldGrid, Row, Stack, Surface, labelled_value, muted, subheading},
    },
    format::yuan,
    forms::{
        interned,
        product::{PeriodForm, price},
    },
    i18n::{Text, live, texts::shelves as words},
};

pub fn list(wizard: Wizard, at: usize, row: PlanRow) -> AnyView {
    let add = Callback::new(move |()| {
        let made = wizard.values.within(|| PeriodRow::of(&PeriodForm::default()));
        row.periods.update(|rows| rows.push(made));
    });
    let name = interned(&format!("plans.{at}.periods"));
    let rows = move || {
        let periods = row.periods.get();
        periods
            .into_iter()
            .enumerate()
            .map(|(place, period)| one(wizard, at, place, row, period))
            .collect::<Vec<_>>()
    };
    let content = view! {
        <Stack tight=true>
            {subheading(words::PERIODS)}
            {muted(words::PERIODS_HINT)}
            {list_error(name, wizard.errors)}
            {dynamic(rows)}
            <Row><Button label=words::ADD_PERIOD on_press=add small=true look=Look::Plain leading=Icon::Plus /></Row>
        </Stack>
    };
    wizard.noted(name, content.into_any())
}

fn one(wizard: Wizard, at: usize, place: usize, plan: PlanRow, row: PeriodRow) -> AnyView {
    let errors = wizard.errors;
    let name = move |field: &str| interned(&format!("plans.{at}.periods.{place}.{field}"));
    let called = view! { <TextInput name=name("name") label=words::PERIOD_NAME value=row.name errors=errors required=true limit=40 /> };
    let months = view! { <TextInput name=name("months") label=words::MONTHS value=row.months errors=errors required=true kind=Kind::Decimal hint=words::MONTHS_HINT /> };
    let off = view! { <TextInput name=name("roundingOff") label=words::ROUNDING_OFF value=row.rounding_off errors=errors kind=Kind::Money prefix="¥" /> };
    let number = place + 1;
    let label = Text::from(move || format!("{}: {}", words::REMOVE_PERIOD.get(), words::period_number(&number)));
    let remove = Callback::new(move |()| {
        plan.periods.update(|rows| {
            if place < rows.len() {
                rows.remove(place);
            }
        });
    });
    let priced = live(move || {
        let form = row.form();
        match plan.unit_price.with(|unit| price::sale_price(unit, &form)) {
            None => "—".to_owned(),
            Some(Ok(minor)) => yuan(minor),
            Some(Err(_)) => words::NO_PRICE.get().to_owned(),
        }
    });
    view! {
        <Surface>
            <Stack tight=true>
                <FieldGrid>
                    {wizard.noted(name("name"), called.into_any())}
                    {wizard.noted(name("months"), months.into_any())}
                    {wizard.noted(name("roundingOff"), off.into_any())}
                    {labelled_value(words::SALE_PRICE, priced.into_view_any())}
                </FieldGrid>
                <Row end=true><Button label=words::REMOVE_PERIOD name=label on_press=remove small=true look=Look::Quiet leading=Icon::Trash /></Row>
            </Stack>
        </Surface>
    }
    .into_any()
}
