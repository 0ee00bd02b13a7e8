//! One group (L23): the cool apps that it has, each with its entries and its robot, and who belongs to it.

use leptos::prelude::*;

use super::groups_crumb;
use crate::{
    api::group::{
        self, CoolAppInstallation, CoolAppInstallationInput, DeleteGroupInput, Group, GroupAction, GroupEntry,
        InstallationAction, SetGroupMembersInput,
    },
    components::{
        badge::{Tone, badge, tag},
        button::{Button, ButtonLink, Look},
        cool_app::{entry_link, entry_links, introduced, pictured},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        empty::Empty,
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Row, Stack, bullets, paragraph, subheading},
        page_header::PageHeader,
        people_picker::{Chosen, people_picker},
        review_field::word_row,
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{common, cool_apps as words},
    },
    labels,
    load::{Loaded, load, reload_while, show_steadily},
    navigation,
    pages::{cool_app_sheet::url_of, not_found},
    routes::Customer,
};

type Found = Option<Group>;

/// Others install and change while the page stands open.
const EVERY_MS: u32 = 20_000;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || group::group(id.clone()));
    reload_while(found, EVERY_MS, |_| true);
    let leaving = RwSignal::new(None::<(cynic::Id, String)>);
    view! {
        {show_steadily(found, Skeleton::Page, move |group| match group {
            Some(group) => body(found, group, leaving),
            None => not_found::page(),
        })}
        {dynamic(move || leaving.get().map(|(id, name)| uninstall_dialog(found, id, name, open_for(leaving))))}
    }
    .into_any()
}

fn body(found: Loaded<Found>, of: Group, leaving: RwSignal<Option<(cynic::Id, String)>>) -> AnyView {
    let may = |action: GroupAction| of.available_actions.contains(&action);
    let (deleting, choosing) = (RwSignal::new(false), RwSignal::new(false));
    let delete = may(GroupAction::Delete).then(|| {
        let press = Callback::new(move |()| deleting.set(true));
        view! { <Button label=words::DELETE_GROUP on_press=press leading=Icon::Trash /> }
    });
    let install = may(GroupAction::Install).then(|| {
        let href = Customer::CoolApps.address();
        view! { <ButtonLink label=words::INSTALL_HERE href=href look=Look::Primary leading=Icon::Plus /> }
    });
    let actions = view! { {delete}{install} }.into_any();
    let kind = tag(labels::cool_app::group_kind(of.kind));
    let main = installed(found, &of, may(GroupAction::Install), leaving);
    let side = view! { {members(&of, may(GroupAction::SetMembers), choosing)}{about(&of)} }.into_any();
    view! {
        <PageHeader title=of.name.clone() crumbs=vec![groups_crumb()] status=kind actions=actions />
        <Columns main=main side=side />
        {delete_dialog(&of, deleting)}
        {members_dialog(found, &of, choosing)}
    }
    .into_any()
}

fn installed(
    found: Loaded<Found>,
    of: &Group,
    installs: bool,
    leaving: RwSignal<Option<(cynic::Id, String)>>,
) -> AnyView {
    if of.installations.is_empty() {
        let hint = if installs {
            words::NOTHING_INSTALLED_HINT
        } else {
            words::NOTHING_INSTALLED_READ
        };
        return view! { <Empty picture=Icon::Grid title=words::NOTHING_INSTALLED hint=hint /> }.into_any();
    }
    let cards: Vec<AnyView> = of.installations.iter().map(|one| card(found, one, leaving)).collect();
    view! { <Stack>{cards}</Stack> }.into_any()
}

fn card(found: Loaded<Found>, one: &CoolAppInstallation, leaving: RwSignal<Option<(cynic::Id, String)>>) -> AnyView {
    let name = one.cool_app.name.clone();
    let named = |action: Key| {
        let name = name.clone();
        Text::from(move || format!("{}: {name}", action.get()))
    };
    let may = |action: InstallationAction| one.available_actions.contains(&action);
    let enabling = Submission::new();
    let input = CoolAppInstallationInput { id: one.id.clone() };
    let enable = Callback::new(move |()| {
        enabling.run(group::enable_cool_app(input.clone()), move |_| {
            toast(words::ENABLED_NOW);
            found.reload();
        });
    });
    let enable = may(InstallationAction::Enable).then(
        || view! { <Button label=words::ENABLE name=named(words::ENABLE) on_press=enable small=true look=Look::Primary busy=enabling.busy /> },
    );
    let (id, own) = (one.id.clone(), name.clone());
    let ask = Callback::new(move |()| leaving.set(Some((id.clone(), own.clone()))));
    let uninstall = may(InstallationAction::Uninstall)
        .then(|| view! { <Button label=words::UNINSTALL name=named(words::UNINSTALL) on_press=ask small=true /> });
    let delisted = one
        .cool_app
        .market_at
        .is_none()
        .then(|| badge(Tone::Attention, words::STATUS_DELISTED));
    let state = labels::state_badge(labels::cool_app::installation(one.status));
    let aside = view! { <Row>{state}{delisted}{enable}{uninstall}</Row> }.into_any();
    let content = one.cool_app.content.as_ref();
    let intro = content.map(|content| introduced(content.icon_id.as_ref().map(url_of), content.intro.clone()));
    let content = match one.entries.is_empty() {
        true => paragraph(words::NOT_ENABLED_HINT),
        false => parts(one),
    };
    view! { <Card title=name.clone() aside=aside><Stack tight=true>{intro}{content}</Stack></Card> }.into_any()
}

/// The entries and the robot that the app has brought.
fn parts(one: &CoolAppInstallation) -> AnyView {
    let entries: Vec<AnyView> = one.entries.iter().map(entry).collect();
    let robot = one.robot.as_ref().map(|robot| {
        view! {
            <div>
                {subheading(words::ROBOT)}
                {pictured(Some(url_of(&robot.icon_id)), robot.name.clone(), None)}
            </div>
        }
    });
    view! {
        <div>
            {subheading(words::ENTRIES)}
            {entry_links(entries)}
        </div>
        {robot}
    }
    .into_any()
}

fn entry(entry: &GroupEntry) -> AnyView {
    let mode = labels::cool_app::open_mode(entry.open_mode);
    entry_link(entry.url.clone(), url_of(&entry.icon_id), entry.name.clone(), mode)
}

fn members(of: &Group, sets: bool, choosing: RwSignal<bool>) -> AnyView {
    let people = match &of.members {
        None => paragraph(words::EVERYBODY_IN_ORGANIZATION),
        Some(people) => word_row(people.iter().map(|person| tag(person.name.clone())).collect()),
    };
    let press = Callback::new(move |()| choosing.set(true));
    let change = sets.then(|| view! { <Button label=words::SET_MEMBERS on_press=press small=true /> });
    view! { <Card title=words::MEMBERS aside=view! { {change} }.into_any()>{people}</Card> }.into_any()
}

fn about(of: &Group) -> AnyView {
    let created = of.created_at.clone();
    let list = facts(vec![
        text_fact(words::CREATED_BY, &of.created_by.name),
        fact(
            words::CREATED_AT,
            live(move || format::date_time(&created)).into_view_any(),
        ),
    ]);
    view! { <Card title=words::GROUP>{list}</Card> }.into_any()
}

fn uninstall_dialog(found: Loaded<Found>, id: cynic::Id, name: String, open: RwSignal<bool>) -> AnyView {
    let submission = Submission::new();
    let confirm = Callback::new(move |()| {
        let input = CoolAppInstallationInput { id: id.clone() };
        submission.run(group::uninstall_cool_app(input), move |_| {
            toast(words::UNINSTALLED_NOW);
            let _ = open.try_set(false);
            found.reload();
        });
    });
    view! {
        <Confirm open=open title=Text::from(move || words::uninstall_title(&name)) confirm=words::UNINSTALL on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            {bullets([words::UNINSTALL_ENTRIES, words::UNINSTALL_AGAIN].map(|line| Text::from(line).into_view_any()).into())}
        </Confirm>
    }
    .into_any()
}

fn delete_dialog(of: &Group, open: RwSignal<bool>) -> AnyView {
    let submission = Submission::new();
    let (id, name) = (of.id.clone(), of.name.clone());
    let confirm = Callback::new(move |()| {
        let input = DeleteGroupInput { id: id.clone() };
        submission.run(group::delete_group(input), move |_| {
            open.set(false);
            toast(words::GROUP_DELETED);
            navigation::go(&Customer::Groups.address());
        });
    });
    view! {
        <Confirm open=open title=Text::from(move || words::delete_group_title(&name)) confirm=words::DELETE_GROUP on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            {paragraph(words::DELETE_GROUP_MEANS)}
        </Confirm>
    }
    .into_any()
}

fn members_dialog(found: Loaded<Found>, of: &Group, open: RwSignal<bool>) -> AnyView {
    let chosen: Chosen = RwSignal::new(of.members.clone().unwrap_or_default());
    let (errors, submission) = (Errors::new(), Submission::new());
    let id = of.id.clone();
    let confirm = Callback::new(move |()| {
        let input = SetGroupMembersInput {
            id: id.clone(),
            member_ids: chosen.get_untracked().into_iter().map(|person| person.id).collect(),
        };
        submission.run_form(errors, group::set_group_members(input), move |_| {
            toast(words::MEMBERS_SET);
            open.set(false);
            found.reload();
        });
    });
    view! {
        <Confirm open=open title=words::SET_MEMBERS confirm=common::SAVE on_confirm=confirm busy=submission.busy problem=submission.problem>
            {people_picker(chosen, errors)}
        </Confirm>
    }
    .into_any()
}
