//! The members of the organisation, for its admins: who they are, and taking somebody out.

use leptos::prelude::*;

use crate::{
    api::membership::{self, Member, RemoveMemberInput},
    components::{
        button::{Button, Look},
        dialog::Confirm,
        empty::Empty,
        icon::Icon,
        layout::{Row, Stack, paragraph},
        page_header::PageHeader,
        search_box::SearchBox,
        skeleton::Skeleton,
        table::{Table, action_column, column},
        toast::toast,
    },
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{operator, shell},
    },
    labels,
    load::{load, show},
    navigation, session,
};

/// Most that are shown; a search narrows them.
const MOST: i32 = 100;

pub fn page() -> AnyView {
    let search = navigation::query("q");
    let list = load(move || membership::members(Some(search.get()), Some(MOST)));
    let leaving = RwSignal::new(None::<Member>);
    let asking = RwSignal::new(false);
    let submission = Submission::new();
    let remove = Callback::new(move |()| {
        let Some(member) = leaving.get_untracked() else { return };
        let input = RemoveMemberInput {
            user_id: member.user.id,
        };
        submission.run(membership::remove_member(input), move |_| {
            asking.set(false);
            toast(operator::MEMBER_REMOVED);
            list.reload();
        });
    });
    let ask = Callback::new(move |member: Member| {
        leaving.set(Some(member));
        asking.set(true);
    });
    let title = live(move || {
        let name = leaving.with(|member| {
            member
                .as_ref()
                .map_or_else(String::new, |member| member.user.name.clone())
        });
        operator::remove_member_title(&name)
    });
    view! {
        <PageHeader title=shell::NAV_TEAM hint=operator::TEAM_HINT />
        <Stack>
            <Row><SearchBox label=operator::SEARCH_MEMBERS /></Row>
            {show(list, Skeleton::Rows(6), move |members| table(members, ask))}
        </Stack>
        <Confirm open=asking title=title confirm=operator::REMOVE_MEMBER on_confirm=remove busy=submission.busy problem=submission.problem danger=true>
            {paragraph(operator::REMOVE_MEMBER_EFFECT)}
        </Confirm>
    }
    .into_any()
}

fn table(members: Vec<Member>, ask: Callback<Member>) -> AnyView {
    if members.is_empty() {
        return view! { <Empty picture=Icon::Search title=operator::NO_MEMBERS hint=operator::NO_MEMBERS_HINT /> }
            .into_any();
    }
    let columns = vec![
        column(operator::MEMBER),
        column(operator::MEMBER_ROLES),
        action_column(),
    ];
    let rows = members.into_iter().map(|member| row(member, ask)).collect();
    view! { <Table label=shell::NAV_TEAM columns=columns rows=rows /> }.into_any()
}

fn row(member: Member, ask: Callback<Member>) -> Vec<AnyView> {
    let roles = member.roles.clone();
    let roles = live(move || {
        let words: Vec<&str> = roles.iter().map(|role| labels::role(*role).get()).collect();
        words.join(" · ")
    });
    // Whoever leaves of their own will asks another admin.
    let own = session::viewer().is_some_and(|viewer| viewer.user.id == member.user.id);
    let (name, leaver) = (member.user.name.clone(), member.clone());
    let spoken = Text::from(move || format!("{}: {}", operator::REMOVE_MEMBER.get(), leaver.user.name));
    let leaver = member.clone();
    let action = (!own).then(|| {
        let press = Callback::new(move |()| ask.run(leaver.clone()));
        view! { <Button label=operator::REMOVE_MEMBER on_press=press small=true look=Look::Quiet name=spoken /> }
    });
    vec![name.into_any(), roles.into_view_any(), action.into_any()]
}
