//! 应用发布 (D28): workbench group, visible range, and enabling. While the application is in maintenance it cannot be
//! enabled, and the tab says what comes first.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{
    audience::{audience_fields, ids},
    instance_steps::{Chosen, Step, Target},
    settings::Found,
};
use crate::{
    api::instance::{
        self, EnableInstanceInput, Instance, InstanceAction, InstanceStatus, UpdatePublishSettingsInput,
        VisibleRangeInput,
    },
    components::{
        alert::{Alert, Level, reasons},
        button::{Button, Look},
        check_list::Tick,
        error_summary::ErrorSummary,
        facts::{fact, facts, text_fact},
        field::{Checkbox, RadioGroup, TextInput, choice},
        icon::Icon,
        layout::{Card, FormColumn, Row, Stack, link},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{checklist, common, customer},
    },
    routes::Customer,
};

/// What the form holds. Copies are handles of the same form.
#[derive(Clone, Copy)]
struct Form {
    group: RwSignal<String>,
    /// `all` or `some`.
    range: RwSignal<String>,
    departments: RwSignal<Vec<Tick>>,
    members: RwSignal<Vec<Tick>>,
    /// The open items of the checklist are done without.
    waived: RwSignal<bool>,
    errors: Errors,
    submission: Submission,
}

impl Form {
    fn of(app: &Instance) -> Self {
        let range = &app.visible_range;
        let tick = |id: &cynic::Id, name: &str| Tick {
            value: id.inner().to_owned(),
            label: name.to_owned(),
        };
        let departments = range.departments.iter().map(|one| tick(&one.id, &one.name)).collect();
        let members = range.members.iter().map(|one| tick(&one.id, &one.name)).collect();
        let whole = if range.whole_organization { "all" } else { "some" };
        Self {
            group: RwSignal::new(app.workbench_group.clone()),
            range: RwSignal::new(whole.to_owned()),
            departments: RwSignal::new(departments),
            members: RwSignal::new(members),
            waived: RwSignal::new(false),
            errors: Errors::new(),
            submission: Submission::new(),
        }
    }

    /// The chosen range; nothing, and an error beside the field, where nobody would see the application.
    fn visible_range(self) -> Option<VisibleRangeInput> {
        let whole = self.range.get_untracked() == "all";
        let (department_ids, member_ids) = if whole {
            (Vec::new(), Vec::new())
        } else {
            (ids(self.departments), ids(self.members))
        };
        let nobody = !whole && department_ids.is_empty() && member_ids.is_empty();
        let errors = nobody.then(|| FieldError {
            name: "visibleRange".to_owned(),
            message: customer::RANGE_EMPTY.into(),
        });
        self.errors
            .set(errors.into_iter().collect())
            .then_some(VisibleRangeInput {
                whole_organization: whole,
                department_ids,
                member_ids,
            })
    }
}

pub fn tab(found: Found, app: Instance, chosen: Chosen) -> AnyView {
    let form = Form::of(&app);
    let editable = app.may(InstanceAction::PublishSettings) || app.may(InstanceAction::Enable);
    let notice = notice(&app, chosen);
    let settings = if editable { fields(form) } else { current(&app) };
    let open_items = app
        .may(InstanceAction::Enable)
        .then(|| open_items(&app, form))
        .flatten();
    let buttons = buttons(found, &app, form);
    view! {
        <Stack>
            {notice}
            <Card title=customer::TAB_PUBLISH>
                <FormColumn>
                    <ErrorSummary errors=form.errors labels=Callback::new(field_label) submission=form.submission />
                    {settings}
                    {open_items}
                    {buttons}
                </FormColumn>
            </Card>
        </Stack>
    }
    .into_any()
}

fn field_label(name: String) -> Option<Text> {
    Some(match name.as_str() {
        "workbenchGroup" => customer::WORKBENCH_GROUP.into(),
        "visibleRange" => customer::VISIBLE_RANGE.into(),
        "waivedItems" => checklist::WAIVE_SHORT.into(),
        _ => return None,
    })
}

/// Where the application stands on its way to the people, and what comes next.
fn notice(app: &Instance, chosen: Chosen) -> AnyView {
    let target = Target {
        id: app.id.clone(),
        name: app.name.clone(),
    };
    match app.status {
        InstanceStatus::DevMaintenance => {
            let close = Callback::new(move |()| chosen.set(Some((Step::CloseMaintenance, target.clone()))));
            view! {
                <Alert level=Level::Warning title=customer::MAINTENANCE_FIRST>
                    <p>{customer::MAINTENANCE_FIRST_HINT}</p>
                    <Row><Button label=customer::CLOSE_MAINTENANCE on_press=close small=true /></Row>
                </Alert>
            }
            .into_any()
        }
        InstanceStatus::Ready => {
            view! { <Alert level=Level::Info title=customer::READY_TITLE><p>{customer::READY_HINT}</p></Alert> }
                .into_any()
        }
        InstanceStatus::Enabled => {
            view! { <Alert level=Level::Good title=customer::ENABLED_TITLE><p>{customer::ENABLED_HINT}</p></Alert> }
                .into_any()
        }
        InstanceStatus::Disabled => {
            view! { <Alert level=Level::Info title=customer::DISABLED_TITLE><p>{customer::DISABLED_HINT}</p></Alert> }
                .into_any()
        }
        InstanceStatus::Removed => ().into_any(),
    }
}

/// The settings in words where they cannot be changed now.
fn current(app: &Instance) -> AnyView {
    let range = &app.visible_range;
    let words = if range.whole_organization {
        Text::from(customer::RANGE_ALL)
    } else {
        let names: Vec<String> = range
            .departments
            .iter()
            .map(|one| one.name.clone())
            .chain(range.members.iter().map(|one| one.name.clone()))
            .collect();
        Text::from(move || format::list(&names))
    };
    let group = if app.workbench_group.is_empty() {
        "—"
    } else {
        app.workbench_group.as_str()
    };
    facts(vec![
        text_fact(customer::WORKBENCH_GROUP, group),
        fact(customer::VISIBLE_RANGE, words.into_view_any()),
    ])
}

fn fields(form: Form) -> AnyView {
    let choices = vec![
        choice("all", customer::RANGE_ALL),
        choice("some", customer::RANGE_SOME).hint(customer::RANGE_SOME_HINT),
    ];
    view! {
        <TextInput name="workbenchGroup" label=customer::WORKBENCH_GROUP value=form.group errors=form.errors hint=customer::WORKBENCH_GROUP_HINT limit=40 />
        <RadioGroup name="visibleRange" label=customer::VISIBLE_RANGE value=form.range errors=form.errors choices=choices required=true />
        {dynamic(move || (form.range.get() == "some").then(|| audience_fields(form.departments, form.members)))}
    }
    .into_any()
}

/// D23, D24: what is still to be done, which only a waiver enables without.
fn open_items(app: &Instance, form: Form) -> Option<AnyView> {
    let open: Vec<String> = app.open_items().into_iter().map(|item| item.text.clone()).collect();
    let list = reasons(&open)?;
    let count = open.len() as u64;
    let href = format!(
        "{}?tab=checklist",
        Customer::AppSettings(app.id.inner().to_owned()).address()
    );
    Some(
        view! {
            <Alert level=Level::Warning title=Text::from(move || checklist::open_items(count))>
                {list}
                <p>{link(href, checklist::GO)}</p>
                <Checkbox name="waivedItems" value=form.waived errors=form.errors>{checklist::WAIVE}</Checkbox>
            </Alert>
        }
        .into_any(),
    )
}

fn buttons(found: Found, app: &Instance, form: Form) -> AnyView {
    let id = StoredValue::new(app.id.clone());
    let open: Vec<String> = app.open_items().into_iter().map(|item| item.key.clone()).collect();
    let must_waive = !open.is_empty();
    let save = Callback::new(move |()| {
        let Some(visible_range) = form.visible_range() else {
            return;
        };
        let input = UpdatePublishSettingsInput {
            id: id.get_value(),
            workbench_group: form.group.get_untracked(),
            visible_range,
        };
        form.submission
            .run_form(form.errors, instance::update_publish_settings(input), move |_| {
                toast(common::SAVED);
                found.reload();
            });
    });
    let enable = Callback::new(move |()| {
        let Some(visible_range) = form.visible_range() else {
            return;
        };
        if must_waive && !form.waived.get_untracked() {
            form.errors.set(vec![FieldError {
                name: "waivedItems".to_owned(),
                message: checklist::WAIVE_REQUIRED.into(),
            }]);
            return;
        }
        let input = EnableInstanceInput {
            id: id.get_value(),
            workbench_group: Some(form.group.get_untracked()),
            visible_range: Some(visible_range),
            waived_items: open.clone(),
        };
        form.submission
            .run_form(form.errors, instance::enable_instance(input), move |_| {
                toast(customer::ENABLED);
                found.reload();
            });
    });
    let may_enable = app.may(InstanceAction::Enable);
    let in_maintenance = app.status == InstanceStatus::DevMaintenance;
    let barrier =
        Signal::derive(move || (in_maintenance && !may_enable).then(|| customer::MAINTENANCE_FIRST.get().to_owned()));
    let busy = form.submission.busy;
    let may_save = app.may(InstanceAction::PublishSettings);
    view! {
        <Row>
            {(may_enable || in_maintenance).then(|| view! {
                <Button label=customer::ENABLE on_press=enable busy=busy reason=barrier look=Look::Primary leading=Icon::Check />
            })}
            {may_save.then(|| view! {
                <Button label=common::SAVE on_press=save busy=busy look=if may_enable { Look::Plain } else { Look::Primary } />
            })}
        </Row>
    }
    .into_any()
}
