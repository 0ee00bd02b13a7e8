//! The words for the states of rollouts, waves and subscribers, and how far a rollout came.

use crate::{
    api::rollout::{RolloutStatus, SubscriberCount, SubscriberState, WaveKind, WaveStatus},
    components::badge::Tone,
    i18n::{Key, Text, live, texts::rollout as words},
};

pub fn rollout(status: RolloutStatus) -> (Tone, Key) {
    match status {
        RolloutStatus::Running => (Tone::Active, words::RUNNING),
        RolloutStatus::Paused => (Tone::Attention, words::PAUSED),
        RolloutStatus::Stopped => (Tone::Neutral, words::STOPPED),
        RolloutStatus::Finished => (Tone::Good, words::FINISHED),
    }
}

pub fn wave(status: WaveStatus) -> (Tone, Key) {
    match status {
        WaveStatus::Planned => (Tone::Neutral, words::WAVE_PLANNED),
        WaveStatus::Running => (Tone::Active, words::WAVE_RUNNING),
        WaveStatus::Finished => (Tone::Good, words::FINISHED),
        WaveStatus::Stopped => (Tone::Neutral, words::STOPPED),
    }
}

pub fn subscriber(state: SubscriberState) -> (Tone, Key) {
    match state {
        SubscriberState::Planned => (Tone::Neutral, words::PLANNED),
        SubscriberState::Waiting => (Tone::Neutral, words::WAITING),
        SubscriberState::Running => (Tone::Active, words::RUNNING),
        SubscriberState::Done => (Tone::Good, words::DONE),
        SubscriberState::DoneKept => (Tone::Good, words::DONE_KEPT),
        SubscriberState::Frozen => (Tone::Attention, words::FROZEN),
        SubscriberState::Failed => (Tone::Bad, words::FAILED),
        SubscriberState::Skipped => (Tone::Neutral, words::SKIPPED),
        SubscriberState::Stopped => (Tone::Neutral, words::STOPPED),
    }
}

/// Every state with its name in the address.
pub const STATES: [(&str, SubscriberState); 9] = [
    ("planned", SubscriberState::Planned),
    ("waiting", SubscriberState::Waiting),
    ("running", SubscriberState::Running),
    ("done", SubscriberState::Done),
    ("kept", SubscriberState::DoneKept),
    ("frozen", SubscriberState::Frozen),
    ("failed", SubscriberState::Failed),
    ("skipped", SubscriberState::Skipped),
    ("stopped", SubscriberState::Stopped),
];

/// Whom a wave reaches.
pub fn reaches(kind: WaveKind, percent: Option<i32>) -> Text {
    match kind {
        WaveKind::All => words::KIND_ALL.into(),
        WaveKind::Percent => live(move || words::kind_percent(&percent.unwrap_or_default())),
        WaveKind::List => words::KIND_LIST.into(),
    }
}

/// How many are in one of the states.
pub fn in_states(counts: &[SubscriberCount], states: &[SubscriberState]) -> i32 {
    let counted = counts.iter().filter(|it| states.contains(&it.state));
    counted.map(|it| it.count).sum()
}

/// How many have the version.
pub fn done(counts: &[SubscriberCount]) -> i32 {
    in_states(counts, &[SubscriberState::Done, SubscriberState::DoneKept])
}

/// States with how many are in each, as one line.
pub fn line(counts: &[SubscriberCount]) -> Text {
    let counts = counts.to_vec();
    live(move || {
        let said = counts
            .iter()
            .map(|it| format!("{} {}", subscriber(it.state).1.get(), it.count));
        said.collect::<Vec<_>>().join(" · ")
    })
}
