//! 商机配置 and 服务群配置: whom the product is for, how many trials a day, and whom customers ask before they buy.

use leptos::prelude::*;

use super::Wizard;
use crate::{
    api::membership::Member,
    components::{
        check_list::{Tick, check_list, chosen_labels},
        field::{Field, Kind, TextInput},
        layout::{Card, FieldGrid, Stack},
        member_search::member_search,
        tick_group::tick_group,
    },
    i18n::texts::shelves as words,
    labels::product as lists,
};

pub fn card(wizard: Wizard) -> AnyView {
    let (values, errors) = (wizard.values, wizard.errors);
    let industries = tick_group(
        "audience.industries",
        words::INDUSTRIES,
        words::INDUSTRIES_HINT,
        lists::INDUSTRIES.to_vec(),
        values.industries,
        errors,
    );
    let sizes = tick_group(
        "audience.sizes",
        words::SIZES,
        words::SIZES_HINT,
        lists::sizes(),
        values.sizes,
        errors,
    );
    let trials = view! { <TextInput name="audience.dailyTrials" label=words::DAILY_TRIALS value=values.daily_trials errors=errors kind=Kind::Decimal hint=words::DAILY_TRIALS_HINT /> };
    let whom = view! {
        <Card title=words::AUDIENCE>
            <Stack>
                {wizard.noted("audience.industries", industries)}
                {wizard.noted("audience.sizes", sizes)}
                <FieldGrid>{wizard.noted("audience.dailyTrials", trials.into_any())}</FieldGrid>
            </Stack>
        </Card>
    };
    view! {
        {wizard.noted("audience", whom.into_any())}
        <Card title=words::BLOCK_CONTACTS>{wizard.noted("contactIds", contacts(wizard))}</Card>
    }
    .into_any()
}

/// Members of the own organisation, found by typing.
fn contacts(wizard: Wizard) -> AnyView {
    let chosen = wizard.values.contacts;
    let errors = wizard.errors;
    Effect::new(move |before: Option<usize>| {
        let now = chosen.with(Vec::len);
        if before.is_some_and(|before| before != now) {
            errors.clear("contactIds");
        }
        now
    });
    let ticks = Callback::new(move |found: Vec<Member>| {
        let ticks = found.into_iter().map(|one| Tick {
            value: one.user.id.into_inner(),
            label: one.user.name,
        });
        check_list(words::CONTACTS, ticks.collect(), chosen)
    });
    view! {
        <Field name="contactIds" label=words::CONTACTS errors=errors hint=Some(words::CONTACTS_HINT.into()) required=true group=true>
            <Stack tight=true>
                {chosen_labels(chosen)}
                {member_search(ticks)}
            </Stack>
        </Field>
    }
    .into_any()
}
