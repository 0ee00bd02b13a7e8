//! How the product is opened besides being paid for: a trial, a free plan, and which of them comes first.

use leptos::prelude::*;

use super::{Wizard, details::item};
use crate::{
    components::{
        dynamic::dynamic,
        field::{Checkbox, Kind, Select, TextInput, choice},
        layout::{Card, FieldGrid, Stack, code, labelled_value, muted},
        option_list::OptionList,
    },
    i18n::{live, texts::shelves as words},
    labels::product as lists,
};

pub fn card(wizard: Wizard) -> AnyView {
    let (values, errors) = (wizard.values, wizard.errors);
    let trials = lists::TRIALS.iter().map(|(word, key)| choice(*word, *key)).collect();
    let trial = view! { <Select name="trial" label=words::TRIAL value=values.trial errors=errors choices=trials empty=words::TRIAL_NONE hint=words::TRIAL_HINT /> };
    let free = view! { <Checkbox name="freePlan" value=values.has_free_plan errors=errors hint=words::FREE_PLAN_HINT>{words::FREE_PLAN}</Checkbox> };
    view! {
        <Card title=words::BLOCK_OPENING>
            <Stack>
                <FieldGrid>
                    {wizard.noted("trial", trial.into_any())}
                </FieldGrid>
                {wizard.noted("freePlan", free.into_any())}
                {dynamic(move || values.has_free_plan.get().then(|| free_plan(wizard)))}
                {order(wizard)}
            </Stack>
        </Card>
    }
    .into_any()
}

fn free_plan(wizard: Wizard) -> AnyView {
    let values = wizard.values;
    let seats = view! { <TextInput name="freePlan.maxSeats" label=words::FREE_SEATS value=values.free_seats errors=wizard.errors kind=Kind::Decimal hint=words::FREE_SEATS_HINT /> };
    let coded = live(move || match values.free_code.get() {
        made if made.is_empty() => words::ITEM_CODE_LATER.get().to_owned(),
        made => made,
    });
    view! {
        <FieldGrid>
            {wizard.noted("freePlan.maxSeats", seats.into_any())}
            {labelled_value(words::ITEM_CODE, code(coded))}
        </FieldGrid>
    }
    .into_any()
}

/// Asked for once there is something that can come first.
fn order(wizard: Wizard) -> AnyView {
    let values = wizard.values;
    let has_any = Memo::new(move |_| (!values.trial.with(String::is_empty), values.has_free_plan.get()));
    dynamic(move || {
        let (trial, free) = has_any.get();
        if !trial && !free && values.opening_order.with_untracked(String::is_empty) {
            return muted(words::ORDER_NONE);
        }
        let orders = vec![
            item(
                "TRIAL_THEN_CHOOSE",
                words::ORDER_TRIAL_THEN_CHOOSE,
                words::ORDER_TRIAL_THEN_CHOOSE_HINT,
                (!trial).then_some(words::ORDER_NEEDS_TRIAL),
            ),
            item(
                "FREE_THEN_CHOOSE",
                words::ORDER_FREE_THEN_CHOOSE,
                words::ORDER_FREE_THEN_CHOOSE_HINT,
                (!free).then_some(words::ORDER_NEEDS_FREE),
            ),
            item(
                "TRIAL_THEN_AUTO_FREE",
                words::ORDER_TRIAL_THEN_AUTO_FREE,
                words::ORDER_TRIAL_THEN_AUTO_FREE_HINT,
                Some(words::ORDER_UNSUPPORTED),
            ),
        ];
        let list = view! { <OptionList name="openingOrder" label=words::OPENING_ORDER items=orders value=values.opening_order errors=wizard.errors /> };
        wizard.noted("openingOrder", list.into_any())
    })
}
