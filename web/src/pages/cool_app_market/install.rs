//! Installing a cool app: into which group, and whether it is enabled at once (L23).

use leptos::prelude::*;

use crate::{
    api::group::{self, GroupRow, InstallCoolAppInput},
    components::{
        alert::ProblemPanel,
        button::{Button, ButtonLink, Look},
        dialog::Dialog,
        dynamic::dynamic,
        empty::Empty,
        field::Checkbox,
        icon::Icon,
        layout::{Row, Stack, muted},
        option_list::{Item, OptionList},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, cool_apps as words},
    },
    labels,
    load::{load, show},
    navigation,
    routes::Customer,
};

/// Groups of which one is chosen.
const MOST: i32 = 100;

pub fn dialog(app: cynic::Id, name: String, open: RwSignal<bool>) -> AnyView {
    view! {
        <Dialog open=open title=Text::from(move || words::install_title(&name))>
            {
                let app = app.clone();
                dynamic(move || {
                    let found = load(|| async { Ok(group::groups(Some(MOST), None, None, None, true).await?.nodes) });
                    let app = app.clone();
                    show(found, Skeleton::Rows(3), move |groups: Vec<GroupRow>| match groups.is_empty() {
                        true => nothing(),
                        false => form(app.clone(), groups, open),
                    })
                })
            }
        </Dialog>
    }
    .into_any()
}

fn nothing() -> AnyView {
    let href = format!("{}?new=1", Customer::Groups.address());
    view! {
        <Empty picture=Icon::User title=words::NO_GROUP hint=words::NO_GROUP_HINT>
            <ButtonLink label=words::NEW_GROUP href=href leading=Icon::Plus />
        </Empty>
    }
    .into_any()
}

fn form(app: cynic::Id, groups: Vec<GroupRow>, open: RwSignal<bool>) -> AnyView {
    let (value, enable) = (RwSignal::new(String::new()), RwSignal::new(true));
    let (errors, submission) = (Errors::new(), Submission::new());
    let own = app.clone();
    let item = move |row: GroupRow| Item {
        barrier: row
            .installations
            .iter()
            .any(|there| there.cool_app.id == own)
            .then(|| words::INSTALLED_ALREADY.into()),
        value: row.id.into_inner(),
        label: row.name.into(),
        hint: labels::cool_app::group_kind(row.kind).into(),
    };
    let items: Vec<Item> = groups.into_iter().map(item).collect();
    let send = Callback::new(move |()| {
        let chosen = value.get_untracked();
        let missing = FieldError {
            name: "groupId".to_owned(),
            message: words::CHOOSE_GROUP.into(),
        };
        if !errors.set(if chosen.is_empty() { vec![missing] } else { Vec::new() }) {
            return;
        }
        let address = Customer::Group(chosen.clone()).address();
        let input = InstallCoolAppInput {
            cool_app_id: app.clone(),
            group_id: chosen.into(),
            enable: enable.get_untracked(),
        };
        submission.run_form(errors, group::install_cool_app(input), move |_| {
            open.set(false);
            toast(words::INSTALLED);
            navigation::go(&address);
        });
    });
    view! {
        <Stack tight=true>
            {muted(words::INSTALL_HINT)}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <OptionList name="groupId" label=words::GROUP items=items value=value errors=errors />
            <Checkbox name="enable" value=enable errors=errors hint=words::ENABLE_HINT>{words::ENABLE_NOW}</Checkbox>
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=words::INSTALL on_press=send look=Look::Primary busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}
