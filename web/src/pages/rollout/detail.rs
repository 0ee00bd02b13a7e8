//! One rollout: how far it is, its waves, and who gets it, live.

use leptos::prelude::*;

use super::{act, rollouts_crumb, states, subscribers};
use crate::{
    api::{
        live::{Update, while_shown},
        rollout::{self, Rollout, RolloutChange, RolloutWave},
    },
    components::{
        facts::{fact, facts, text_fact},
        layout::{Card, Columns, Stack, one_line},
        page_header::PageHeader,
        progress::Progress,
        skeleton::Skeleton,
        table::{Table, column, end_column},
    },
    format,
    i18n::{Text, live, texts::rollout as words},
    labels,
    load::{load, show_steadily},
    pages::not_found,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let found = load(move || rollout::rollout(asked.clone()));
    let list = subscribers::load_list(id.clone());
    let changed = Callback::new(move |()| {
        found.reload();
        list.reload();
    });
    while_shown(rollout::rollout_progress(id, moves(changed)));
    show_steadily(found, Skeleton::Page, move |found| match found {
        Some(found) => body(&found, list, changed),
        None => not_found::page(),
    })
}

/// Tells `changed` of each value that the subscription sends, the first as well: something may have moved since the page was read.
fn moves(changed: Callback<()>) -> impl Fn(Update<RolloutChange>) + 'static {
    move |update| match update {
        Update::Value(_) => changed.run(()),
        Update::Complete | Update::Interrupted => {}
    }
}

fn body(found: &Rollout, list: subscribers::Found, changed: Callback<()>) -> AnyView {
    let status = labels::state_badge(states::rollout(found.status));
    let (product, version) = (found.product_name.clone(), found.version_number.clone());
    let title = Text::from(move || words::title(&product, &version));
    let (done, total) = (states::done(&found.counts), found.total);
    let label = live(move || words::done_of(&done, &total));
    let (line, waves) = (states::line(&found.counts).into_view_any(), waves(&found.waves));
    let subscribers = subscribers::table(found.id.clone(), list, changed);
    let main = view! {
        <Stack>
            <Card title=words::PROGRESS>
                <Stack tight=true>
                    <Progress done=Signal::stored(done) total=Signal::stored(total) label=label />
                    {line}
                </Stack>
            </Card>
            <Card title=words::WAVES>{waves}</Card>
            <Card title=words::SUBSCRIBERS>{subscribers}</Card>
        </Stack>
    };
    let about = about(found);
    let side = view! { <Card title=words::FACTS>{about}</Card> };
    view! {
        <PageHeader title=title crumbs=vec![rollouts_crumb()] status=status actions=act::buttons(found, changed) />
        <Columns main=main.into_any() side=side.into_any() />
    }
    .into_any()
}

fn waves(waves: &[RolloutWave]) -> AnyView {
    let rows = waves.iter().map(|wave| {
        let number = wave.number;
        vec![
            one_line(live(move || words::wave_number(&number))),
            states::reaches(wave.kind, wave.percent).into_view_any(),
            wave.total.to_string().into_any(),
            labels::state_badge(states::wave(wave.status)),
            states::line(&wave.counts).into_view_any(),
        ]
    });
    let columns = vec![
        column(words::WAVE),
        column(words::WHO),
        end_column(words::PEOPLE),
        column(words::STATE),
        column(words::RESULT),
    ];
    view! { <Table label=words::WAVES columns=columns rows=rows.collect() inside=true /> }.into_any()
}

fn about(found: &Rollout) -> AnyView {
    let next = if found.automatic {
        words::AUTOMATIC
    } else {
        words::BY_HAND
    };
    let at = |at: &crate::api::DateTime| {
        let at = at.clone();
        live(move || format::date_time(&at)).into_view_any()
    };
    let mut list = vec![
        text_fact(words::PRODUCT, &found.product_name),
        text_fact(words::VERSION, &found.version_number),
        text_fact(words::TOTAL, &found.total.to_string()),
        fact(words::NEXT_WAVES, Text::from(next).into_view_any()),
        text_fact(words::BEGUN_BY, &found.created_by.name),
        fact(words::STARTED, at(&found.created_at)),
    ];
    list.extend(found.finished_at.as_ref().map(|end| fact(words::FINISHED_AT, at(end))));
    facts(list)
}
