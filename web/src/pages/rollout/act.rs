//! What is done with a rollout, each step asked first with what it does.

use leptos::prelude::*;

use super::states;
use crate::{
    api::rollout::{self, Rollout, RolloutAction, RolloutActionInput, RolloutBrief, SubscriberState, WaveStatus},
    components::{
        button::{Button, Look},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        layout::{Row, paragraph},
        toast::toast,
    },
    forms::submission::Submission,
    i18n::{Key, Text, live, texts::rollout as words},
};

/// What somebody is about to do: the step, what it does in words, and its heading.
#[derive(Clone)]
struct Asked {
    action: RolloutAction,
    title: Text,
    effect: Text,
}

pub fn buttons(found: &Rollout, changed: Callback<()>) -> AnyView {
    let asked: RwSignal<Option<Asked>> = RwSignal::new(None);
    let resuming = Submission::new();
    let id = found.id.clone();
    let button = |action: RolloutAction| {
        let (label, look) = words_of(action);
        let (id, question) = (found.id.clone(), question(action, found));
        let press = Callback::new(move |()| match &question {
            Some(question) => asked.set(Some(question.clone())),
            // Going on needs no question: it can be paused again.
            None => run(resuming, action, id.clone(), changed),
        });
        view! { <Button label=label on_press=press look=look busy=resuming.busy /> }.into_any()
    };
    let buttons: Vec<AnyView> = found
        .available_actions
        .iter()
        .rev()
        .map(|action| button(*action))
        .collect();
    view! {
        <Row>{buttons}</Row>
        {dynamic(move || {
            let question = asked.get()?;
            let open = open_for(asked);
            Some(view! { <Step id=id.clone() question=question open=open changed=changed /> })
        })}
    }
    .into_any()
}

fn words_of(action: RolloutAction) -> (Key, Look) {
    match action {
        RolloutAction::StartWave => (words::START_WAVE, Look::Primary),
        RolloutAction::Pause => (words::PAUSE, Look::Plain),
        RolloutAction::Resume => (words::RESUME, Look::Primary),
        RolloutAction::Stop => (words::STOP, Look::Danger),
    }
}

/// A count of people, which is never below zero.
fn many(count: i32) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn question(action: RolloutAction, found: &Rollout) -> Option<Asked> {
    let (title, effect) = match action {
        RolloutAction::Resume => return None,
        RolloutAction::StartWave => {
            let next = found.waves.iter().find(|wave| wave.status == WaveStatus::Planned)?;
            let (number, total, version) = (next.number, next.total, found.version_number.clone());
            (
                live(move || words::start_wave_title(&number)),
                Text::from(move || words::start_wave_effect(many(total), &version)),
            )
        }
        RolloutAction::Pause => (words::PAUSE_TITLE.into(), words::PAUSE_EFFECT.into()),
        RolloutAction::Stop => {
            let waiting = [
                SubscriberState::Planned,
                SubscriberState::Waiting,
                SubscriberState::Frozen,
            ];
            let count = states::in_states(&found.counts, &waiting);
            (words::STOP_TITLE.into(), live(move || words::stop_effect(many(count))))
        }
    };
    Some(Asked { action, title, effect })
}

#[component]
fn Step(id: cynic::Id, question: Asked, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let Asked { action, title, effect } = question;
    let done = Callback::new(move |()| {
        let _ = open.try_set(false);
        changed.run(());
    });
    let confirm = Callback::new(move |()| run(submission, action, id.clone(), done));
    let danger = action == RolloutAction::Stop;
    view! {
        <Confirm open=open title=title confirm=words_of(action).0 on_confirm=confirm busy=submission.busy problem=submission.problem danger=danger>
            {paragraph(effect.clone())}
        </Confirm>
    }
    .into_any()
}

fn run(submission: Submission, action: RolloutAction, id: cynic::Id, done: Callback<()>) {
    let input = RolloutActionInput { id };
    let said = match action {
        RolloutAction::StartWave => words::WAVE_BEGAN,
        RolloutAction::Pause => words::PAUSED_TOAST,
        RolloutAction::Resume => words::RESUMED,
        RolloutAction::Stop => words::STOPPED_TOAST,
    };
    let finished = move |_: RolloutBrief| {
        toast(said);
        done.run(());
    };
    match action {
        RolloutAction::StartWave => submission.run(rollout::start_rollout_wave(input), finished),
        RolloutAction::Pause => submission.run(rollout::pause_rollout(input), finished),
        RolloutAction::Resume => submission.run(rollout::resume_rollout(input), finished),
        RolloutAction::Stop => submission.run(rollout::stop_rollout(input), finished),
    }
}
