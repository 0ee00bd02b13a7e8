//! Giving a lead to one of the partner's people, found by typing.

use leptos::prelude::*;

use crate::{
    api::{
        lead::{self, AssignLeadInput},
        membership::{self, Member},
    },
    components::{
        check_list::quiet_search,
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::{Choice, RadioGroup, choice},
        layout::{Stack, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::texts::{customer, leads as words, portal},
    load::{load, show},
};

/// People who are offered at once.
const FOUND: i32 = 20;

/// The lead and who has it until now; nothing while no dialog is open.
pub type Assigning = RwSignal<Option<(cynic::Id, Option<cynic::Id>)>>;

pub fn dialog(assigning: Assigning, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let (id, before) = assigning.get()?;
        Some(opened(id, before, open_for(assigning), changed))
    })
}

fn opened(id: cynic::Id, before: Option<cynic::Id>, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let chosen = RwSignal::new(before.map(cynic::Id::into_inner).unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let (errors, submission) = (Errors::new(), Submission::new());
    let send = Callback::new(move |()| {
        if chosen.with_untracked(String::is_empty) {
            errors.set(vec![FieldError {
                name: "userId".to_owned(),
                message: portal::CHOOSE_ONE.into(),
            }]);
            return;
        }
        let input = AssignLeadInput {
            id: id.clone(),
            user_id: cynic::Id::new(chosen.get_untracked()),
        };
        submission.run_form(errors, lead::assign_lead(input), move |_| {
            toast(words::SAVED);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let people = move || {
        let found = load(move || {
            let search = Some(typed.get()).filter(|words| !words.trim().is_empty());
            membership::members(search, Some(FOUND))
        });
        show(found, Skeleton::Lines, move |found: Vec<Member>| {
            if found.is_empty() {
                return muted(customer::NO_MEMBERS);
            }
            let choices: Vec<Choice> = found
                .into_iter()
                .map(|one| choice(one.user.id.into_inner(), one.user.name))
                .collect();
            view! { <RadioGroup name="userId" label=words::PEOPLE value=chosen choices=choices errors=errors required=true /> }
                .into_any()
        })
    };
    view! {
        <Confirm open=open title=words::ASSIGN confirm=words::ASSIGN on_confirm=send busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(words::ASSIGN_EFFECT)}
                {quiet_search(customer::SEARCH_MEMBERS, typed)}
                {people()}
            </Stack>
        </Confirm>
    }
    .into_any()
}
