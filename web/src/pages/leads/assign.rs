//! Giving a lead to one of the partner's people, found by typing.

use leptos::prelude::*;

use crate::{
    api::{
        lead::{self, AssignLeadInput},
        membership::Member,
    },
    components::{
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::{Choice, RadioGroup, choice},
        layout::{Stack, muted},
        member_search::member_search,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::texts::{leads as words, portal},
};

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
    let people = Callback::new(move |found: Vec<Member>| {
        let choices: Vec<Choice> = found
            .into_iter()
            .map(|one| choice(one.user.id.into_inner(), one.user.name))
            .collect();
        view! { <RadioGroup name="userId" label=words::PEOPLE value=chosen choices=choices errors=errors required=true /> }
            .into_any()
    });
    view! {
        <Confirm open=open title=words::ASSIGN confirm=words::ASSIGN on_confirm=send busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(words::ASSIGN_EFFECT)}
                {member_search(people)}
            </Stack>
        </Confirm>
    }
    .into_any()
}
