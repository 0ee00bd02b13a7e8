//! What a rollout would do: how many get it in which wave, who does not and why, and the button that starts it.

use leptos::prelude::*;

use super::states;
use crate::{
    api::rollout::{self, RolloutCandidate, RolloutInput, RolloutPreflight},
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dynamic::dynamic,
        facts::{Fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Row, Stack, muted, paragraph, subheading},
        table::{Table, column},
        toast::toast,
    },
    forms::submission::Submission,
    i18n::{Text, live, texts::rollout as words},
    navigation,
    routes::Portal,
};

pub fn card(input: RolloutInput, found: &RolloutPreflight) -> AnyView {
    let blocked = found.blocked.then(|| {
        view! { <Alert level=Level::Warning title=words::BLOCKED>{paragraph(words::BLOCKED_HINT)}</Alert> }
    });
    let nobody = (found.total == 0).then(|| {
        view! { <Alert level=Level::Info title=words::NOBODY>{paragraph(words::NOBODY_HINT)}</Alert> }
    });
    let start = (!found.blocked && found.total > 0).then(|| start(input));
    let candidates = candidates(found);
    let numbers = facts(numbers(found));
    view! {
        <Card title=words::PREFLIGHT>
            <Stack>
                {blocked}
                {nobody}
                {numbers}
                {candidates}
                {start}
            </Stack>
        </Card>
    }
    .into_any()
}

fn numbers(found: &RolloutPreflight) -> Vec<Fact> {
    let mut list = vec![
        text_fact(words::VERSION, &found.version_number),
        text_fact(words::GETS, &found.total.to_string()),
    ];
    for wave in &found.waves {
        let (number, kind) = (wave.number, states::reaches(wave.kind, None));
        let percent = wave.kind == crate::api::rollout::WaveKind::Percent;
        let name = Text::from(move || match percent {
            true => words::wave_number(&number),
            false => format!("{} · {}", words::wave_number(&number), kind.get()),
        });
        list.push(text_fact(name, &wave.total.to_string()));
    }
    if found.in_no_wave > 0 {
        list.push(text_fact(words::IN_NO_WAVE, &found.in_no_wave.to_string()));
    }
    for left in &found.left_out {
        let reason = left.reason_text.clone();
        let name = Text::from(move || format!("{}: {reason}", words::LEFT_OUT.get()));
        list.push(text_fact(name, &left.count.to_string()));
    }
    list
}

fn candidates(found: &RolloutPreflight) -> Option<AnyView> {
    if found.candidates.nodes.is_empty() {
        return None;
    }
    let (shown, total) = (found.candidates.nodes.len(), found.candidates.total_count);
    let more = (i32::try_from(shown).unwrap_or(i32::MAX) < total)
        .then(|| muted(live(move || words::first_of(&shown, &total))));
    let rows = found.candidates.nodes.iter().map(row).collect();
    let columns = vec![
        column(words::CUSTOMER),
        column(words::CURRENT_VERSION),
        column(words::OUTCOME),
    ];
    let list = view! {
        <Stack tight=true>
            {subheading(words::CANDIDATES)}
            <Table label=words::CANDIDATES columns=columns rows=rows inside=true />
            {more}
        </Stack>
    };
    Some(list.into_any())
}

fn row(of: &RolloutCandidate) -> Vec<AnyView> {
    let reason = of.reason_text.clone();
    let outcome = match (of.wave, reason) {
        (Some(number), None) => live(move || words::gets_in(&number)),
        (Some(number), Some(reason)) => Text::from(move || format!("{} · {reason}", words::gets_in(&number))),
        (None, Some(reason)) => reason.into(),
        (None, None) => words::IN_NO_WAVE.into(),
    };
    vec![
        of.customer_name.clone().into_any(),
        of.version_number.clone().unwrap_or_else(|| "—".to_owned()).into_any(),
        outcome.into_view_any(),
    ]
}

fn start(input: RolloutInput) -> AnyView {
    let submission = Submission::new();
    let press = Callback::new(move |()| {
        let starting = rollout::start_rollout(input.clone(), Some(submission.key()));
        submission.run(starting, move |made| {
            toast(words::STARTED_TOAST);
            navigation::replace(&Portal::Rollout(made.id.into_inner()).address());
        });
    });
    let problem = move || {
        submission
            .problem
            .get()
            .map(|problem| view! { <ProblemPanel problem=problem /> })
    };
    view! {
        {dynamic(problem)}
        <Row end=true>
            <Button label=words::START on_press=press busy=submission.busy look=Look::Primary leading=Icon::Upload />
        </Row>
    }
    .into_any()
}
