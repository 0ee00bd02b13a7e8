//! Whom something is for: departments of the organisation, and members found by typing.

use leptos::prelude::*;

use crate::{
    api::instance,
    components::{
        check_list::{Tick, check_list, chosen_labels, quiet_search},
        layout::{Stack, muted, subheading},
        skeleton::Skeleton,
    },
    i18n::texts::customer,
    load::{load, show},
};

/// Both lists, bound to what is chosen.
pub fn audience_fields(departments: RwSignal<Vec<Tick>>, members: RwSignal<Vec<Tick>>) -> AnyView {
    let all = load(instance::departments);
    let typed = RwSignal::new(String::new());
    let found = load(move || {
        let search = Some(typed.get()).filter(|words| !words.trim().is_empty());
        instance::members(search, Some(20))
    });
    view! {
        <div>
            {subheading(customer::DEPARTMENTS)}
            {show(all, Skeleton::Lines, move |all| {
                if all.is_empty() {
                    return muted(customer::NO_DEPARTMENTS);
                }
                let ticks = all.into_iter().map(|one| Tick { value: one.id.into_inner(), label: one.name }).collect();
                check_list(customer::DEPARTMENTS, ticks, departments)
            })}
        </div>
        <div>
            {subheading(customer::MEMBERS)}
            <Stack tight=true>
                {chosen_labels(members)}
                {quiet_search(customer::SEARCH_MEMBERS, typed)}
                {show(found, Skeleton::Lines, move |found| {
                    if found.is_empty() {
                        return muted(customer::NO_MEMBERS);
                    }
                    let ticks = found.into_iter().map(|one| Tick { value: one.user.id.into_inner(), label: one.user.name }).collect();
                    check_list(customer::MEMBERS, ticks, members)
                })}
            </Stack>
        </div>
    }
    .into_any()
}

/// The ids of what is chosen.
pub fn ids(ticks: RwSignal<Vec<Tick>>) -> Vec<cynic::Id> {
    ticks.with_untracked(|ticks| ticks.iter().map(|tick| cynic::Id::new(tick.value.clone())).collect())
}
