//! Who gets a rollout: each with state, reason, what was kept, and another try.

use leptos::prelude::*;

use super::{kept::kept, states};
use crate::{
    api::{
        page::Window,
        rollout::{self, RolloutSubscriber, RolloutSubscriberInput, SubscriberAction, SubscriberPage},
    },
    components::{
        alert::{ProblemPanel, reasons},
        button::{Button, Look},
        dynamic::dynamic,
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{RowActions, Stack, muted, one_line, two_lines},
        paged_list::{PagedList, paged_list},
        table::{action_column, column},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{common, rollout as words},
    },
    labels,
    load::{Loaded, load},
    navigation,
};

pub type Found = Loaded<SubscriberPage>;

/// The page of subscribers that the address asks for.
pub fn load_list(id: cynic::Id) -> Found {
    let wanted = navigation::query("state");
    load(move || {
        let (id, window, wanted) = (id.clone(), Window::of_address(), wanted.get());
        let state = states::STATES.iter().find(|(name, _)| *name == wanted);
        let asking = rollout::subscribers(id, window, state.map(|(_, state)| *state));
        // Where there is no such rollout, the page says so.
        async move { Ok(asking.await?.unwrap_or_default()) }
    })
}

pub fn table(id: cynic::Id, list: Found, changed: Callback<()>) -> AnyView {
    let named = states::STATES
        .iter()
        .map(|(name, state)| (*name, Text::from(states::subscriber(*state).1)));
    let choices: Vec<(&'static str, Text)> = std::iter::once(("", common::ALL.into())).chain(named).collect();
    let submission = Submission::new();
    let problem = move || {
        submission
            .problem
            .get()
            .map(|problem| view! { <ProblemPanel problem=problem /> })
    };
    view! {
        <Stack tight=true>
            <FilterBar><SelectFilter name="state" label=words::STATE choices=choices /></FilterBar>
            {dynamic(problem)}
            {frame().show_steadily(list, move |subscriber| row(&id, subscriber, submission, changed))}
        </Stack>
    }
    .into_any()
}

fn frame() -> PagedList {
    let nothing = || {
        view! { <Empty picture=Icon::User title=words::NO_SUBSCRIBERS hint=words::NO_SUBSCRIBERS_HINT /> }.into_any()
    };
    let columns = vec![
        column(words::CUSTOMER),
        column(words::FROM_VERSION),
        column(words::STATE),
        column(words::REASON),
        action_column(),
    ];
    paged_list(words::SUBSCRIBERS, columns, nothing).narrowed_by(&["state"])
}

fn row(id: &cynic::Id, of: RolloutSubscriber, submission: Submission, changed: Callback<()>) -> Vec<AnyView> {
    let wave = of.wave.map(|number| muted(live(move || words::wave_number(&number))));
    let frozen = of
        .frozen_until
        .clone()
        .map(|until| muted(live(move || words::frozen_until(&format::date_time(&until)))));
    let why = view! { {reasons(&of.reason_texts)}{frozen}{kept(&of.kept)} }.into_any();
    let retry = of.available_actions.contains(&SubscriberAction::Retry).then(|| {
        let input = RolloutSubscriberInput {
            id: id.clone(),
            license_id: of.license_id.clone(),
        };
        let press = Callback::new(move |()| {
            submission.run(rollout::retry_rollout_subscriber(input.clone()), move |_| {
                toast(words::RETRIED);
                changed.run(());
            });
        });
        let customer = of.customer_name.clone();
        let name = Text::from(move || words::retry_of(&customer));
        view! { <Button label=words::RETRY name=name on_press=press busy=submission.busy look=Look::Quiet small=true leading=Icon::Retry /> }
    });
    vec![
        two_lines(of.customer_name.into_any(), wave.into_any()),
        one_line(of.from_version),
        labels::state_badge(states::subscriber(of.state)),
        why,
        view! { <RowActions>{retry}</RowActions> }.into_any(),
    ]
}
