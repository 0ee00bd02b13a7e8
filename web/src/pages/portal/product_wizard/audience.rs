//! 商机配置 and 服务群配置: whom the product is for, how many trials a day, and whom customers ask before they buy.

use leptos::prelude::*;

use super::Wizard;
use crate::{
    api::membership::{self, Member},
    components::{
        check_list::{Tick, check_list, chosen_labels, quiet_search},
        dynamic::dynamic,
        field::{Field, Kind, TextInput},
        layout::{Card, FieldGrid, Stack, muted},
        skeleton::Skeleton,
        tick_group::tick_group,
    },
    i18n::texts::{customer, shelves as words},
    labels::product as lists,
    load::{load, show},
};

const FOUND: i32 = 20;

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
    let typed = RwSignal::new(String::new());
    let found = load(move || {
        let search = Some(typed.get()).filter(|words| !words.trim().is_empty());
        membership::members(search, Some(FOUND))
    });
    let errors = wizard.errors;
    Effect::new(move |before: Option<usize>| {
        let now = chosen.with(Vec::len);
        if before.is_some_and(|before| before != now) {
            errors.clear("contactIds");
        }
        now
    });
    let list = show(found, Skeleton::Lines, move |found: Vec<Member>| {
        if found.is_empty() {
            return muted(customer::NO_MEMBERS);
        }
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
                {dynamic(move || quiet_search(customer::SEARCH_MEMBERS, typed))}
                {list}
            </Stack>
        </Field>
    }
    .into_any()
}
