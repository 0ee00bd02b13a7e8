//! 群: the group chats of the organisation that exist for the person, and making one (L23).

use leptos::prelude::*;

use crate::{
    api::{
        group::{self, CreateGroupInput, GroupKind, GroupRow},
        session::Role,
    },
    components::{
        alert::ProblemPanel,
        badge::tag,
        button::{Button, Look},
        dialog::Dialog,
        dynamic::dynamic,
        empty::Empty,
        field::{RadioGroup, TextInput, choice},
        icon::Icon,
        layout::{Row, Stack, link, muted, one_line},
        page_header::PageHeader,
        paged_list::{load_page, paged_list},
        people_picker::{Chosen, people_picker},
        review_field::word_row,
        table::column,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        live,
        texts::{common, cool_apps as words, shell},
    },
    labels, navigation,
    routes::Customer,
    session,
};

pub fn page() -> AnyView {
    let list = load_page(|window| group::groups(window.first, window.after, window.last, window.before, false));
    let wanted = navigation::location_now().value("new").is_some();
    let open = RwSignal::new(wanted);
    let button = move || {
        let press = Callback::new(move |()| open.set(true));
        view! { <Button label=words::NEW_GROUP on_press=press look=Look::Primary leading=Icon::Plus /> }.into_any()
    };
    let nothing = move || {
        let step = button();
        view! { <Empty picture=Icon::User title=words::NO_GROUPS hint=words::NO_GROUPS_HINT>{step}</Empty> }.into_any()
    };
    let columns = vec![
        column(words::GROUP),
        column(words::KIND),
        column(words::MEMBERS),
        column(words::INSTALLED_APPS),
        column(words::CREATED_AT),
    ];
    view! {
        <PageHeader title=shell::NAV_GROUPS hint=words::GROUPS_HINT actions=button() />
        {paged_list(shell::NAV_GROUPS, columns, nothing).show(list, row)}
        <Dialog open=open title=words::NEW_GROUP>{form(open)}</Dialog>
    }
    .into_any()
}

fn row(of: GroupRow) -> Vec<AnyView> {
    let own = Customer::Group(of.id.into_inner()).address();
    let created = of.created_at;
    let apps: Vec<AnyView> = of
        .installations
        .into_iter()
        .map(|there| tag(there.cool_app.name))
        .collect();
    vec![
        link(own, of.name),
        tag(labels::cool_app::group_kind(of.kind)),
        member_count(of.members.map(|members| members.len())),
        if apps.is_empty() { muted("—") } else { word_row(apps) },
        one_line(live(move || format::date_time(&created))),
    ]
}

fn member_count(members: Option<usize>) -> AnyView {
    match members {
        None => muted(words::EVERYBODY_IN_ORGANIZATION),
        Some(count) => live(move || words::member_count(count as u64)).into_view_any(),
    }
}

/// An admin chooses the kind; others make ordinary groups.
fn form(open: RwSignal<bool>) -> AnyView {
    let admin = session::viewer_now().is_some_and(|viewer| viewer.is(Role::CustomerAdmin));
    let name = RwSignal::new(String::new());
    let kind = RwSignal::new("ORDINARY".to_owned());
    let members: Chosen = RwSignal::new(Vec::new());
    let (errors, submission) = (Errors::new(), Submission::new());
    let create = Callback::new(move |()| {
        let called = name.get_untracked().trim().to_owned();
        let missing = FieldError {
            name: "name".to_owned(),
            message: common::REQUIRED.into(),
        };
        if !errors.set(if called.is_empty() { vec![missing] } else { Vec::new() }) {
            return;
        }
        let ordinary = kind.get_untracked() == "ORDINARY";
        let chosen = members.get_untracked().into_iter().filter(|_| ordinary);
        let input = CreateGroupInput {
            name: called,
            kind: if ordinary {
                GroupKind::Ordinary
            } else {
                GroupKind::WholeOrganization
            },
            member_ids: chosen.map(|person| person.id).collect(),
        };
        submission.run_form(
            errors,
            group::create_group(input, Some(submission.key())),
            move |made| {
                open.set(false);
                toast(words::GROUP_CREATED);
                navigation::go(&Customer::Group(made.id.into_inner()).address());
            },
        );
    });
    let kinds = move || {
        vec![
            choice("ORDINARY", words::KIND_ORDINARY).hint(words::KIND_ORDINARY_HINT),
            choice("WHOLE_ORGANIZATION", words::KIND_WHOLE).hint(words::KIND_WHOLE_HINT),
        ]
    };
    view! {
        <Stack tight=true>
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <TextInput name="name" label=words::GROUP_NAME hint=words::GROUP_NAME_HINT value=name errors=errors required=true />
            {admin.then(|| view! { <RadioGroup name="kind" label=words::KIND value=kind errors=errors required=true choices=kinds() /> })}
            {dynamic(move || (kind.get() == "ORDINARY").then(|| people_picker(members, errors)))}
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=words::CREATE_GROUP on_press=create look=Look::Primary busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}
