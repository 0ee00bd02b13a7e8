//! The partner's test organisations: a list with joining, and making one.

use leptos::prelude::*;

use crate::{
    api::{
        self_test::{
            self, CreateTestOrganizationInput, JoinTestOrganizationInput, TestOrganization, TestOrganizationAction,
        },
        session::{EditionName, Role},
    },
    components::{
        alert::ProblemPanel,
        badge::{Tone, badge},
        button::{Button, Submit},
        dialog::Dialog,
        dynamic::dynamic,
        empty::Empty,
        field::{Select, TextInput, choice},
        icon::Icon,
        layout::{Card, Row, RowActions, Stack, muted, short_code, two_lines},
        table::{Table, action_column, column},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::{
        Text,
        texts::{common, self_test as words},
    },
    labels,
    load::Loaded,
    session,
};

pub type Places = Loaded<Vec<TestOrganization>>;

/// The card with the list; `found` is read again after a change.
pub fn card(found: Places, places: Vec<TestOrganization>) -> AnyView {
    let creating = RwSignal::new(false);
    let admin = session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin));
    let open = Callback::new(move |()| creating.set(true));
    let create = admin
        .then(|| view! { <Button label=words::CREATE_PLACE on_press=open small=true leading=Icon::Plus /> }.into_any());
    let list = if places.is_empty() {
        nothing(admin)
    } else {
        table(found, places)
    };
    view! {
        <Card title=words::PLACES aside=create.into_any()>
            <Stack tight=true>
                {muted(words::PLACES_HINT)}
                {list}
            </Stack>
        </Card>
        {admin.then(|| view! { <CreateDialog open=creating found=found /> })}
    }
    .into_any()
}

fn nothing(admin: bool) -> AnyView {
    let hint = if admin {
        words::NO_PLACES_ADMIN
    } else {
        words::NO_PLACES_DEVELOPER
    };
    view! { <Empty picture=Icon::Building title=words::NO_PLACES hint=hint /> }.into_any()
}

fn table(found: Places, places: Vec<TestOrganization>) -> AnyView {
    let submission = Submission::new();
    let rows = places.into_iter().map(|place| row(found, place, submission)).collect();
    let columns = vec![
        column(words::NAME),
        column(words::EDITION),
        column(words::MEMBER),
        action_column(),
    ];
    view! {
        {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
        <Table label=words::PLACES columns=columns rows=rows inside=true />
    }
    .into_any()
}

fn row(found: Places, place: TestOrganization, submission: Submission) -> Vec<AnyView> {
    let may_join = place.available_actions.contains(&TestOrganizationAction::Join);
    let id = place.organization.id.clone();
    let join = Callback::new(move |()| {
        let input = JoinTestOrganizationInput {
            organization_id: id.clone(),
        };
        submission.run(self_test::join_test_organization(input), move |_| {
            toast(words::JOINED_NOW);
            known(found);
        });
    });
    let name = place.organization.name.clone();
    let full = Text::from(move || format!("{}: {name}", words::JOIN.get()));
    let standing = match place.joined {
        true => badge(Tone::Good, words::JOINED),
        false => badge(Tone::Neutral, words::NOT_JOINED),
    };
    let action = may_join
        .then(|| view! { <Button label=words::JOIN name=full on_press=join busy=submission.busy small=true /> });
    vec![
        two_lines(
            place.organization.name.into_any(),
            short_code(place.organization.corp_id),
        ),
        Text::from(labels::edition(place.organization.edition)).into_view_any(),
        standing,
        view! { <RowActions>{action}</RowActions> }.into_any(),
    ]
}

/// Reads the list again, and the person's organisations, so that they can switch to the new one.
fn known(found: Places) {
    wasm_bindgen_futures::spawn_local(session::reread());
    found.reload();
}

#[component]
fn CreateDialog(open: RwSignal<bool>, found: Places) -> AnyView {
    view! {
        <Dialog open=open title=words::CREATE_PLACE>
            <CreateForm open=open found=found />
        </Dialog>
    }
    .into_any()
}

#[component]
fn CreateForm(open: RwSignal<bool>, found: Places) -> AnyView {
    let name = RwSignal::new(String::new());
    let edition = RwSignal::new(String::new());
    let errors = Errors::new();
    let submission = Submission::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let input = CreateTestOrganizationInput {
            name: name.get_untracked(),
            edition: EDITIONS
                .into_iter()
                .find(|(word, _)| *word == edition.get_untracked())
                .map(|(_, edition)| edition),
        };
        submission.run_form(errors, self_test::create_test_organization(input), move |_| {
            toast(words::CREATED);
            open.set(false);
            known(found);
        });
    };
    let editions = EDITIONS
        .into_iter()
        .map(|(word, edition)| choice(word, labels::edition(edition)))
        .collect();
    view! {
        <form novalidate=true on:submit=submit>
            <Stack tight=true>
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <TextInput name="name" label=words::NAME value=name errors=errors hint=words::NAME_HINT limit=40 required=true />
                <Select name="edition" label=words::EDITION value=edition errors=errors choices=editions hint=words::EDITION_HINT empty=words::EDITION_OWN />
                <Row end=true>
                    <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                    <Submit label=words::CREATE busy=submission.busy />
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}

const EDITIONS: [(&str, EditionName); 4] = [
    ("FREE", EditionName::Free),
    ("LITE", EditionName::Lite),
    ("PROFESSIONAL", EditionName::Professional),
    ("EXCLUSIVE", EditionName::Exclusive),
];
