//! The two items of the checklist that need a dialog: a secret, which is written and never read (D23), and the members of a
//! role or contact (D24).

use leptos::prelude::*;

use crate::{
    api::{
        binding::{self, BindingItem, BindingSlot, SetComponentMembersInput, SetConnectorSecretInput},
        instance,
    },
    components::{
        alert::ProblemPanel,
        button::{Button, Submit},
        check_list::{Tick, check_list, chosen_labels, quiet_search},
        dialog::{Confirm, Dialog, open_for},
        dynamic::dynamic,
        field::{Kind, TextInput},
        layout::{Row, Stack, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text,
        texts::{checklist as words, customer},
    },
    load::{load, show},
};

/// What somebody is about to do; nothing while no dialog is open.
pub type Chosen = RwSignal<Option<Step>>;

#[derive(Clone)]
pub enum Step {
    Secret(BindingItem, BindingSlot),
    Members(BindingItem),
}

/// The dialog of whatever is chosen; `changed` runs after the step.
pub fn step_dialog(instance: cynic::Id, chosen: Chosen, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let step = chosen.get()?;
        let open = open_for(chosen);
        let instance = instance.clone();
        Some(match step {
            Step::Secret(item, slot) => secret_dialog(instance, item, slot, open, changed),
            Step::Members(item) => members_dialog(instance, item, open, changed),
        })
    })
}

fn finish(told: Key, open: RwSignal<bool>, changed: Callback<()>) {
    toast(told);
    let _ = open.try_set(false);
    changed.run(());
}

fn secret_dialog(
    instance: cynic::Id,
    item: BindingItem,
    slot: BindingSlot,
    open: RwSignal<bool>,
    changed: Callback<()>,
) -> AnyView {
    let (name, slot_name) = (item.name.clone(), slot.name.clone());
    let title = Text::from(move || words::secret_title(&name, &slot_name));
    view! {
        <Dialog open=open title=title>
            <SecretForm instance=instance.clone() item=item.clone() secret=slot.clone() open=open changed=changed />
        </Dialog>
    }
    .into_any()
}

#[component]
fn SecretForm(
    instance: cynic::Id,
    item: BindingItem,
    secret: BindingSlot,
    open: RwSignal<bool>,
    changed: Callback<()>,
) -> AnyView {
    let value = RwSignal::new(String::new());
    let errors = Errors::new();
    let submission = Submission::new();
    let set = secret.set_at.is_some();
    let send = move |value: Option<String>, told: Key| {
        let input = SetConnectorSecretInput {
            instance_id: instance.clone(),
            component_key: item.component_key.clone(),
            slot: secret.name.clone(),
            value,
        };
        submission.run_form(errors, binding::set_connector_secret(input), move |_| {
            finish(told, open, changed);
        });
    };
    let save = send.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = value.get_untracked();
        let empty = typed.is_empty().then(|| FieldError {
            name: "value".to_owned(),
            message: words::SECRET_EMPTY.into(),
        });
        if errors.set(empty.into_iter().collect()) {
            save(Some(typed), words::SECRET_SAVED);
        }
    };
    let remove = Callback::new(move |()| send(None, words::SECRET_REMOVED));
    view! {
        <form novalidate=true on:submit=submit>
            <Stack tight=true>
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <TextInput name="value" label=words::SECRET_LABEL value=value errors=errors kind=Kind::Password autocomplete="new-password" hint=words::SECRET_HINT limit=10000 required=true />
                <Row end=true>
                    {set.then(|| view! { <Button label=words::SECRET_REMOVE on_press=remove busy=submission.busy /> })}
                    <Submit label=words::SECRET_SAVE busy=submission.busy />
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn members_dialog(instance: cynic::Id, item: BindingItem, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let ticks = item.members.iter().map(|person| Tick {
        value: person.id.inner().to_owned(),
        label: person.name.clone(),
    });
    let chosen = RwSignal::new(ticks.collect::<Vec<_>>());
    let submission = Submission::new();
    let (name, key) = (item.name, item.component_key);
    let save = Callback::new(move |()| {
        let ids = chosen.with_untracked(|ticks| {
            ticks
                .iter()
                .map(|tick| cynic::Id::new(tick.value.clone()))
                .collect::<Vec<_>>()
        });
        let input = SetComponentMembersInput {
            instance_id: instance.clone(),
            component_key: key.clone(),
            member_ids: ids,
        };
        submission.run(binding::set_component_members(input), move |_| {
            finish(words::MEMBERS_SAVED, open, changed);
        });
    });
    let title = Text::from(move || words::members_title(&name));
    view! {
        <Confirm open=open title=title confirm=words::MEMBERS_SAVE on_confirm=save busy=submission.busy problem=submission.problem>
            {members(chosen)}
        </Confirm>
    }
    .into_any()
}

fn members(chosen: RwSignal<Vec<Tick>>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let found = load(move || {
        let search = Some(typed.get()).filter(|words| !words.trim().is_empty());
        instance::members(search, Some(20))
    });
    view! {
        <Stack tight=true>
            {chosen_labels(chosen)}
            {quiet_search(customer::SEARCH_MEMBERS, typed)}
            {show(found, Skeleton::Lines, move |found| {
                if found.is_empty() {
                    return muted(customer::NO_MEMBERS);
                }
                let ticks = found.into_iter().map(|one| Tick { value: one.user.id.into_inner(), label: one.user.name }).collect();
                check_list(customer::MEMBERS, ticks, chosen)
            })}
        </Stack>
    }
    .into_any()
}
