//! One plan (规格): its seats, its price, where it is sold, and its periods.

use leptos::prelude::*;

use super::{
    Wizard, period,
    rows::{PlanRow, fresh_id},
};
use crate::{
    components::{
        button::{Button, Look},
        field::{Kind, Select, TextInput, choice},
        icon::Icon,
        layout::{Card, FieldGrid, Row, Stack, Wide, code, labelled_value},
        tick_group::tick_group,
    },
    forms::{interned, product::PlanForm},
    i18n::{Key, Text, live, texts::shelves as words},
    labels::product as lists,
};

pub fn card(wizard: Wizard, at: usize, row: PlanRow) -> AnyView {
    let errors = wizard.errors;
    let name = move |field: &str| interned(&format!("plans.{at}.{field}"));
    let number = at + 1;
    let title = Text::from(move || {
        let called = row.name.get();
        match called.trim() {
            "" => words::plan_number(&number),
            called => format!("{} · {called}", words::plan_number(&number)),
        }
    });
    let channels = lists::SALES_CHANNELS
        .iter()
        .map(|(word, key)| choice(*word, *key))
        .collect();
    let coded = live(move || match row.coded.get() {
        true => row.id.get(),
        false => words::ITEM_CODE_LATER.get().to_owned(),
    });
    let called = view! { <TextInput name=name("name") label=words::PLAN_NAME value=row.name errors=errors required=true limit=40 hint=words::PLAN_NAME_HINT /> };
    let least = view! { <TextInput name=name("minSeats") label=words::MIN_SEATS value=row.min_seats errors=errors required=true kind=Kind::Decimal /> };
    let most = view! { <TextInput name=name("maxSeats") label=words::MAX_SEATS value=row.max_seats errors=errors required=true kind=Kind::Decimal /> };
    let price = view! { <TextInput name=name("unitPrice") label=words::UNIT_PRICE value=row.unit_price errors=errors required=true kind=Kind::Money prefix="¥" hint=words::UNIT_PRICE_HINT /> };
    let channel = view! { <Select name=name("salesChannel") label=words::SALES_CHANNEL value=row.sales_channel errors=errors choices=channels fixed=true required=true hint=words::SALES_CHANNEL_HINT /> };
    let sizes = tick_group(
        name("sizes"),
        words::SIZES,
        words::PLAN_SIZES_HINT,
        lists::sizes(),
        row.sizes,
        errors,
    );
    let card = view! {
        <Card title=title.clone() aside=actions(wizard, at, row, &title)>
            <Stack>
                <FieldGrid>
                    {wizard.noted(name("name"), called.into_any())}
                    {labelled_value(words::ITEM_CODE, code(coded))}
                    {wizard.noted(name("minSeats"), least.into_any())}
                    {wizard.noted(name("maxSeats"), most.into_any())}
                    {wizard.noted(name("unitPrice"), price.into_any())}
                    {wizard.noted(name("salesChannel"), channel.into_any())}
                    <Wide>{wizard.noted(name("sizes"), sizes)}</Wide>
                </FieldGrid>
                {period::list(wizard, at, row)}
            </Stack>
        </Card>
    };
    wizard.noted(interned(&format!("plans.{at}")), card.into_any())
}

fn actions(wizard: Wizard, at: usize, row: PlanRow, title: &Text) -> AnyView {
    let plans = wizard.values.plans;
    let named = |action: Key| {
        let title = title.clone();
        Text::from(move || format!("{}: {}", action.get(), title.get()))
    };
    let (double_name, remove_name) = (named(words::DOUBLE_PLAN), named(words::REMOVE_PLAN));
    let double = Callback::new(move |()| {
        let like = untrack(|| row.form());
        let doubled = PlanForm {
            id: fresh_id(),
            coded: false,
            // Its name and its seats would be those of the other one.
            name: String::new(),
            min_seats: String::new(),
            max_seats: String::new(),
            ..like
        };
        let row = wizard.values.within(|| PlanRow::of(&doubled));
        plans.update(|rows| rows.insert((at + 1).min(rows.len()), row));
    });
    let remove = Callback::new(move |()| {
        plans.update(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
    });
    view! {
        <Row>
            <Button label=words::DOUBLE_PLAN name=double_name on_press=double small=true look=Look::Quiet leading=Icon::Copy />
            <Button label=words::REMOVE_PLAN name=remove_name on_press=remove small=true look=Look::Quiet leading=Icon::Trash />
        </Row>
    }
    .into_any()
}
