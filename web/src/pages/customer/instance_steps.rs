//! The steps of an application's life (D28, D29), each a dialog that names its effects. Which are open is the server's word.

use leptos::prelude::*;

use super::acceptance;
use crate::components::dynamic::dynamic;

use crate::{
    api::instance::{
        self, CloseMaintenanceInput, InstanceAction, InstanceActionInput, InstanceStatus, RemoveInstanceInput,
    },
    components::{
        dialog::{Confirm, open_for},
        field::{TextArea, TextInput},
        layout::{Stack, bullets, paragraph},
        menu::{Entry, entry, entry_danger, entry_link},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{Key, Text, texts::customer},
    routes::Customer,
    session,
};

/// An application that a step is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub id: cynic::Id,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    CloseMaintenance,
    ReopenMaintenance,
    Disable,
    RemoveSampleData,
    Remove,
}

/// What somebody is about to do; nothing while no dialog is open.
pub type Chosen = RwSignal<Option<(Step, Target)>>;

/// The ··· menu of an application.
pub fn entries(target: &Target, status: InstanceStatus, actions: &[InstanceAction], chosen: Chosen) -> Vec<Entry> {
    let may = |action: InstanceAction| actions.contains(&action);
    let id = target.id.inner().to_owned();
    let step = |label: Key, step: Step| {
        let target = target.clone();
        entry(label, move || chosen.set(Some((step, target.clone()))))
    };
    let mut entries = Vec::new();
    if may(InstanceAction::Open) {
        let label = if status == InstanceStatus::DevMaintenance {
            customer::TRY_OUT
        } else {
            customer::OPEN
        };
        entries.push(entry_link(label, Customer::App(id.clone()).address()));
    } else if may(InstanceAction::ViewData) {
        entries.push(entry_link(customer::VIEW_DATA, Customer::App(id.clone()).address()));
    }
    if may(InstanceAction::CloseMaintenance) {
        entries.push(step(customer::CLOSE_MAINTENANCE, Step::CloseMaintenance));
    }
    // Removing is an admin's right in every state, and so are the settings.
    if may(InstanceAction::Remove) {
        entries.push(entry_link(customer::SETTINGS, Customer::AppSettings(id).address()));
    }
    if may(InstanceAction::Disable) {
        entries.push(step(customer::DISABLE, Step::Disable));
    }
    if may(InstanceAction::ReopenMaintenance) {
        entries.push(step(customer::REOPEN_MAINTENANCE, Step::ReopenMaintenance));
    }
    if may(InstanceAction::RemoveSampleData) {
        entries.push(step(customer::REMOVE_SAMPLES, Step::RemoveSampleData));
    }
    if may(InstanceAction::Remove) {
        let target = target.clone();
        entries.push(entry_danger(customer::REMOVE_APP, move || {
            chosen.set(Some((Step::Remove, target.clone())));
        }));
    }
    entries
}

/// The dialog of whatever is chosen. `done` runs after the step with what it was.
#[component]
pub fn StepDialog(chosen: Chosen, done: Callback<Step>) -> AnyView {
    dynamic(move || {
        let (step, target) = chosen.get()?;
        let open = open_for(chosen);
        Some(dialog(step, target, open, done))
    })
}

fn dialog(step: Step, target: Target, open: RwSignal<bool>, done: Callback<Step>) -> AnyView {
    match step {
        Step::CloseMaintenance => close_dialog(target, open, done),
        Step::Remove => remove_dialog(target, open, done),
        Step::ReopenMaintenance | Step::Disable | Step::RemoveSampleData => plain_dialog(step, target, open, done),
    }
}

/// What follows a step that went well.
fn finish(step: Step, open: RwSignal<bool>, done: Callback<Step>) {
    toast(match step {
        Step::CloseMaintenance => customer::MAINTENANCE_CLOSED,
        Step::ReopenMaintenance => customer::MAINTENANCE_REOPENED,
        Step::Disable => customer::DISABLED,
        Step::RemoveSampleData => customer::SAMPLES_REMOVED,
        Step::Remove => customer::APP_REMOVED,
    });
    let _ = open.try_set(false);
    done.run(step);
}

fn effects(lines: &[Key]) -> AnyView {
    bullets(lines.iter().map(|line| Text::from(*line).into_view_any()).collect())
}

fn plain_dialog(step: Step, target: Target, open: RwSignal<bool>, done: Callback<Step>) -> AnyView {
    let submission = Submission::new();
    let id = target.id;
    let confirm = Callback::new(move |()| {
        let input = InstanceActionInput { id: id.clone() };
        let finished = move |_| finish(step, open, done);
        match step {
            Step::Disable => submission.run(instance::disable_instance(input), finished),
            Step::ReopenMaintenance => submission.run(instance::reopen_maintenance(input), finished),
            _ => submission.run(instance::remove_sample_data(input), finished),
        }
    });
    let name = target.name;
    let (title, label, lines): (Text, Key, &'static [Key]) = match step {
        Step::Disable => (
            Text::from(move || customer::disable_title(&name)),
            customer::DISABLE,
            &[
                customer::DISABLE_CLOSED,
                customer::DISABLE_DATA,
                customer::DISABLE_AGAIN,
            ],
        ),
        Step::ReopenMaintenance => (
            Text::from(move || customer::reopen_title(&name)),
            customer::REOPEN_MAINTENANCE,
            &[customer::REOPEN_HIDDEN, customer::REOPEN_DATA, customer::REOPEN_AGAIN],
        ),
        _ => (
            Text::from(move || customer::samples_title(&name)),
            customer::REMOVE_SAMPLES,
            &[customer::SAMPLES_ONLY, customer::SAMPLES_FOREVER],
        ),
    };
    let danger = step == Step::RemoveSampleData;
    view! {
        <Confirm open=open title=title confirm=label on_confirm=confirm busy=submission.busy problem=submission.problem danger=danger>
            {effects(lines)}
        </Confirm>
    }
    .into_any()
}

fn close_dialog(target: Target, open: RwSignal<bool>, done: Callback<Step>) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let note = RwSignal::new(String::new());
    let (id, name) = (target.id, target.name);
    let summary_of = StoredValue::new(id.clone());
    let confirm = Callback::new(move |()| {
        let input = CloseMaintenanceInput {
            id: id.clone(),
            note: note.get_untracked(),
        };
        submission.run_form(errors, instance::close_maintenance(input), move |_| {
            finish(Step::CloseMaintenance, open, done);
        });
    });
    view! {
        <Confirm open=open title=Text::from(move || customer::close_title(&name)) confirm=customer::CLOSE_MAINTENANCE on_confirm=confirm busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {paragraph(customer::CLOSE_MEANS)}
                {effects(&[customer::CLOSE_ACCEPTED, customer::CLOSE_HIDDEN, customer::CLOSE_NEXT])}
                {acceptance::summary(summary_of.get_value())}
                <TextArea name="note" label=customer::ACCEPTANCE_NOTE value=note errors=errors hint=customer::ACCEPTANCE_NOTE_HINT rows=3 />
            </Stack>
        </Confirm>
    }
    .into_any()
}

fn remove_dialog(target: Target, open: RwSignal<bool>, done: Callback<Step>) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let typed = RwSignal::new(String::new());
    let name = StoredValue::new(target.name);
    let id = target.id;
    let confirm = Callback::new(move |()| {
        let said = typed.get_untracked().trim().to_owned();
        if said != name.get_value() {
            errors.set(vec![FieldError {
                name: "name".to_owned(),
                message: Text::from(move || customer::type_name(&name.get_value())),
            }]);
            return;
        }
        let input = RemoveInstanceInput {
            id: id.clone(),
            name: said,
        };
        submission.run_form(errors, instance::remove_instance(input), move |_| {
            finish(Step::Remove, open, done)
        });
    });
    let title = Text::from(move || customer::remove_title(&name.get_value()));
    view! {
        <Confirm open=open title=title confirm=customer::REMOVE_APP on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            <Stack tight=true>
                {effects(&[customer::REMOVE_DATA, customer::REMOVE_FOREVER, customer::REMOVE_TRAIL])}
                <TextInput
                    name="name"
                    label=Text::from(move || customer::type_name(&name.get_value()))
                    value=typed
                    errors=errors
                    required=true
                />
            </Stack>
        </Confirm>
    }
    .into_any()
}

/// True where the person runs the applications of the acting organisation.
pub fn is_admin() -> bool {
    session::viewer_now().is_some_and(|viewer| viewer.is(crate::api::session::Role::CustomerAdmin))
}
