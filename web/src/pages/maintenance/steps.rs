//! The steps of a session, each a dialog that names its effects. Which are open is the server's word.

use leptos::prelude::*;

use crate::{
    api::maintenance::{
        self, DecideMaintenanceInput, MaintenanceAction, MaintenanceDecision, MaintenanceSession,
        RevokeMaintenanceInput,
    },
    api::session::MaintenanceActionInput,
    components::{
        button::{Button, Look},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::TextArea,
        layout::{Stack, bullets},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::{Key, Text, texts::maintenance as words},
    session,
};

/// What somebody is about to do; nothing while no dialog is open.
pub type Chosen = RwSignal<Option<(MaintenanceAction, MaintenanceSession)>>;

/// A button for each step that is open.
pub fn buttons(session: &MaintenanceSession, small: bool, chosen: Chosen) -> AnyView {
    let buttons: Vec<AnyView> = session
        .available_actions
        .iter()
        .filter_map(|action| Some((*action, label(*action)?)))
        .map(|(action, label)| {
            let target = session.clone();
            let press = Callback::new(move |()| chosen.set(Some((action, target.clone()))));
            let look = match action {
                MaintenanceAction::Grant | MaintenanceAction::Enter => Look::Primary,
                _ => Look::Plain,
            };
            let application = session.application_name.clone();
            let name = Text::from(move || format!("{}: {application}", label.get()));
            view! { <Button label=label on_press=press look=look small=small name=name /> }.into_any()
        })
        .collect();
    buttons.into_any()
}

/// The words of a step; none for what only the clock does.
fn label(action: MaintenanceAction) -> Option<Key> {
    Some(match action {
        MaintenanceAction::Grant => words::GRANT,
        MaintenanceAction::Decline => words::DECLINE,
        MaintenanceAction::Withdraw => words::WITHDRAW,
        MaintenanceAction::Enter => words::ENTER,
        MaintenanceAction::End => words::END,
        MaintenanceAction::Revoke => words::REVOKE,
        MaintenanceAction::Expire => return None,
    })
}

/// The dialog of whatever is chosen; `changed` runs after the step.
pub fn step_dialog(chosen: Chosen, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let (action, session) = chosen.get()?;
        let label = label(action)?;
        let open = open_for(chosen);
        Some(view! { <StepDialog action=action session=session label=label open=open changed=changed /> })
    })
}

#[component]
fn StepDialog(
    action: MaintenanceAction,
    session: MaintenanceSession,
    label: Key,
    open: RwSignal<bool>,
    changed: Callback<()>,
) -> AnyView {
    let note = RwSignal::new(String::new());
    let errors = Errors::new();
    let submission = Submission::new();
    let id = session.id.clone();
    let confirm = Callback::new(move |()| act(action, id.clone(), note, submission, errors, open, changed));
    let (takes_note, danger) = match action {
        MaintenanceAction::Decline => (true, false),
        MaintenanceAction::Revoke => (true, true),
        MaintenanceAction::End => (false, true),
        _ => (false, false),
    };
    let application = session.application_name.clone();
    let title = Text::from(move || format!("{}: {application}", label.get()));
    let session = StoredValue::new(session);
    view! {
        <Confirm open=open title=title confirm=label on_confirm=confirm busy=submission.busy problem=submission.problem danger=danger>
            <Stack tight=true>
                {session.with_value(|session| effects(action, session))}
                {takes_note.then(|| view! {
                    <TextArea name="note" label=words::NOTE_LABEL value=note errors=errors hint=words::NOTE_HINT limit=500 rows=3 />
                })}
            </Stack>
        </Confirm>
    }
    .into_any()
}

fn act(
    action: MaintenanceAction,
    id: cynic::Id,
    note: RwSignal<String>,
    submission: Submission,
    errors: Errors,
    open: RwSignal<bool>,
    changed: Callback<()>,
) {
    let note = Some(note.get_untracked().trim().to_owned()).filter(|note| !note.is_empty());
    let finish = move |told: Key| {
        toast(told);
        let _ = open.try_set(false);
        changed.run(());
    };
    match action {
        MaintenanceAction::Grant => {
            let input = DecideMaintenanceInput {
                id,
                decision: MaintenanceDecision::Grant,
                note: None,
            };
            submission.run(maintenance::decide_maintenance(input), move |_| {
                finish(words::GRANTED_TOAST);
            });
        }
        MaintenanceAction::Decline => {
            let input = DecideMaintenanceInput {
                id,
                decision: MaintenanceDecision::Decline,
                note,
            };
            submission.run_form(errors, maintenance::decide_maintenance(input), move |_| {
                finish(words::DECLINED_TOAST);
            });
        }
        MaintenanceAction::Revoke => {
            let input = RevokeMaintenanceInput { id, note };
            submission.run_form(errors, maintenance::revoke_maintenance(input), move |_| {
                finish(words::REVOKED_TOAST);
            });
        }
        MaintenanceAction::Withdraw => {
            let input = MaintenanceActionInput { id };
            submission.run(maintenance::withdraw_maintenance(input), move |_| {
                finish(words::WITHDRAWN_TOAST);
            });
        }
        MaintenanceAction::End => {
            let input = MaintenanceActionInput { id };
            submission.run(maintenance::end_maintenance(input), move |_| {
                finish(words::ENDED_TOAST);
            });
        }
        MaintenanceAction::Enter => submission.run(session::enter_maintenance(id), |()| ()),
        MaintenanceAction::Expire => {}
    }
}

/// What the step does, in words.
fn effects(action: MaintenanceAction, session: &MaintenanceSession) -> AnyView {
    let (person, hours) = (session.requested_by.name.clone(), session.hours);
    let (customer, reason) = (session.customer.name.clone(), session.reason.clone());
    let lines: Vec<Text> = match action {
        MaintenanceAction::Grant => vec![
            Text::from(move || words::grant_effect_inside(&person, &hours)),
            words::GRANT_EFFECT_ONLY.into(),
            words::GRANT_EFFECT_LOGGED.into(),
            words::GRANT_EFFECT_REVOKE.into(),
        ],
        MaintenanceAction::Enter => vec![
            Text::from(move || words::enter_effect_tab(&customer)),
            Text::from(move || words::enter_effect_logged(&reason)),
            words::ENTER_EFFECT_END.into(),
        ],
        MaintenanceAction::Decline => vec![words::DECLINE_EFFECT.into()],
        MaintenanceAction::Revoke => vec![words::REVOKE_EFFECT.into()],
        MaintenanceAction::Withdraw => vec![words::WITHDRAW_EFFECT.into()],
        MaintenanceAction::End => vec![words::END_EFFECT.into()],
        MaintenanceAction::Expire => Vec::new(),
    };
    bullets(lines.into_iter().map(Text::into_view_any).collect())
}
