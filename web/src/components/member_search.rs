//! Members of the own organisation, found by typing. How those who are found can be chosen is for the form to say.

use leptos::prelude::*;

use super::{check_list::quiet_search, layout::muted, skeleton::Skeleton};
use crate::{
    api::membership::{self, Member},
    i18n::texts::customer,
    load::{load, show},
};

/// People who are offered at once.
const FOUND: i32 = 20;

/// The search field, and below it what `offer` makes of those who are found.
pub fn member_search(offer: Callback<Vec<Member>, AnyView>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let found = load(move || {
        let search = Some(typed.get()).filter(|words| !words.trim().is_empty());
        membership::members(search, Some(FOUND))
    });
    let list = show(found, Skeleton::Lines, move |found: Vec<Member>| {
        match found.is_empty() {
            true => muted(customer::NO_MEMBERS),
            false => offer.run(found),
        }
    });
    (quiet_search(customer::SEARCH_MEMBERS, typed), list).into_any()
}
