//! Choosing who belongs to an ordinary group: colleagues found by name, those who are chosen above.

use leptos::prelude::*;

use super::{
    button::{Button, Look},
    dynamic::dynamic,
    field::{Field, Ids},
    icon::Icon,
    layout::{Row, muted},
    skeleton::Skeleton,
};

use crate::{
    api::{group, session::Person},
    browser,
    forms::Errors,
    i18n::{
        Text,
        texts::{common, cool_apps as words},
    },
    load::{load, show},
    session,
};

/// Who is chosen, in the order of choosing.
pub type Chosen = RwSignal<Vec<Person>>;

/// Colleagues that are offered at once.
const OFFERED: i32 = 8;
const NAME: &str = "memberIds";

pub fn people_picker(chosen: Chosen, errors: Errors) -> AnyView {
    let (typed, search) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let turn = RwSignal::new(0u32);
    let found = load(move || {
        let search = Some(search.get()).filter(|text| !text.is_empty());
        group::group_candidates(search, Some(OFFERED))
    });
    let input = move |event: web_sys::Event| {
        typed.set(event_target_value(&event));
        turn.update(|turn| *turn += 1);
        let mine = turn.get_untracked();
        // A pause in typing, so that not every letter is asked for.
        browser::after(300, move || {
            if turn.try_get_untracked() == Some(mine) {
                search.set(typed.get_untracked().trim().to_owned());
            }
        });
    };
    view! {
        <Field name=NAME label=words::MEMBERS errors=errors hint=Some(words::MEMBERS_HINT.into())>
            {dynamic(move || {
                let people: Vec<AnyView> = chosen.get().into_iter().map(|person| taken(person, chosen)).collect();
                (!people.is_empty()).then(|| view! { <ul class="mb-2 flex flex-wrap gap-2" aria-label=words::CHOSEN>{people}</ul> })
            })}
            <input id=Ids::of(NAME).control type="search" class="input w-full" placeholder=words::SEARCH_COLLEAGUES prop:value=typed on:input=input />
            <div class="mt-2">{show(found, Skeleton::Lines, move |people: Vec<Person>| offered(people, chosen))}</div>
        </Field>
    }
    .into_any()
}

fn taken(person: Person, chosen: Chosen) -> AnyView {
    let name = person.name.clone();
    let named = Text::from(move || format!("{}: {name}", common::REMOVE.get()));
    let id = person.id;
    let remove = Callback::new(move |()| chosen.update(|people| people.retain(|own| own.id != id)));
    view! { <li><Button label=person.name name=named on_press=remove small=true leading=Icon::Close /></li> }.into_any()
}

/// Those who can still be chosen; whoever makes the group belongs to it anyway.
fn offered(people: Vec<Person>, chosen: Chosen) -> AnyView {
    let own = session::viewer_now().map(|viewer| viewer.user.id);
    dynamic(move || {
        let taken = chosen.get();
        let free: Vec<AnyView> = people
            .iter()
            .filter(|person| Some(&person.id) != own.as_ref() && !taken.iter().any(|one| one.id == person.id))
            .cloned()
            .map(|person| {
                let name = person.name.clone();
                let named = {
                    let name = name.clone();
                    Text::from(move || format!("{}: {name}", words::ADD_MEMBER.get()))
                };
                let add = Callback::new(move |()| chosen.update(|people| people.push(person.clone())));
                view! { <Button label=name name=named on_press=add look=Look::Quiet small=true leading=Icon::Plus /> }
                    .into_any()
            })
            .collect();
        match free.is_empty() {
            true => muted(words::NOBODY_FOUND),
            false => view! { <Row>{free}</Row> }.into_any(),
        }
    })
}
