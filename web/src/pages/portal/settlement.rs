//! Settlement 结项 (D32): the creator closes a project. Warnings are read and acknowledged first.

use leptos::prelude::*;

use crate::{
    api::{
        Date, MoneyInput,
        file::{Purpose, StoredFile},
        project::{self, Project, ProjectAction, SettleProjectInput},
    },
    components::{
        alert::{Alert, Level},
        button::Submit,
        error_summary::ErrorSummary,
        field::{Checkbox, Kind, RadioGroup, TextArea, TextInput, choice},
        file_drop::{FileDrop, Limits},
        layout::{Card, FieldGrid, Row, Stack, Wide, bullets, muted},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        table::{Table, action_column, column},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, portal},
    },
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || project::project(id.clone()));
    show(found, Skeleton::Page, |project| match project {
        Some(project) => body(project),
        None => not_found::page(),
    })
}

fn body(project: Project) -> AnyView {
    let address = Portal::Project(project.id.inner().to_owned()).address();
    let crumbs = vec![super::projects_crumb(), crumb(project.name.clone(), address)];
    let closed = !project.may(ProjectAction::Settle);
    view! {
        <PageHeader title=portal::SETTLE crumbs=crumbs hint=portal::SETTLE_HINT />
        {if closed {
            view! { <Alert level=Level::Info title=portal::SETTLE_CLOSED /> }.into_any()
        } else {
            view! { <SettleForm project=project /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn SettleForm(project: Project) -> AnyView {
    let detail = project.detail.clone();
    let contract = detail.as_ref().and_then(|detail| detail.contract_amount.clone());
    let warnings: Vec<String> = detail
        .iter()
        .flat_map(|detail| detail.settlement_warnings.iter().map(|warning| warning.message.clone()))
        .collect();
    let ended = RwSignal::new(format::platform_today());
    let amount = RwSignal::new(
        contract
            .map(|money| format::amount(&money.amount.0))
            .unwrap_or_default(),
    );
    let file = RwSignal::new(None::<StoredFile>);
    let (acceptor, issues, remark) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let satisfaction = RwSignal::new(String::new());
    let acknowledged = RwSignal::new(false);
    let errors = Errors::new();
    let submission = Submission::new();
    let must_acknowledge = !warnings.is_empty();
    let id = project.id.clone();
    Effect::new(move |first: Option<()>| {
        for typed in [acceptor, issues, remark, satisfaction, amount, ended] {
            typed.track();
        }
        file.track();
        if first.is_some() {
            navigation::set_dirty(true);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let delivered = format::read_amount(&amount.get_untracked());
        let mut wrong = Vec::new();
        let mut say = |name: &str, message: crate::i18n::Key| {
            wrong.push(FieldError {
                name: name.to_owned(),
                message: message.into(),
            })
        };
        if ended.get_untracked().is_empty() {
            say("actualEndOn", common::REQUIRED);
        }
        if delivered.is_none() {
            say("deliveredAmount", portal::AMOUNT_FORM);
        }
        if acceptor.get_untracked().trim().is_empty() {
            say("customerAcceptor", common::REQUIRED);
        }
        if satisfaction.get_untracked().is_empty() {
            say("satisfaction", portal::CHOOSE_ONE);
        }
        if must_acknowledge && !acknowledged.get_untracked() {
            say("acknowledgeWarnings", portal::ACKNOWLEDGE_REQUIRED);
        }
        if !errors.set(wrong) {
            return;
        }
        let input = SettleProjectInput {
            id: id.clone(),
            actual_end_on: Date(ended.get_untracked()),
            delivered_amount: delivered.map(|amount| MoneyInput {
                amount,
                currency: "CNY".to_owned(),
            }),
            acceptance_file_id: file.get_untracked().map(|file| file.id),
            customer_acceptor: acceptor.get_untracked().trim().to_owned(),
            open_issues: issues.get_untracked().trim().to_owned(),
            satisfaction: satisfaction.get_untracked().parse().unwrap_or_default(),
            remark: remark.get_untracked().trim().to_owned(),
            acknowledge_warnings: acknowledged.get_untracked(),
        };
        submission.run_form(errors, project::settle_project(input), |settled| {
            toast(portal::SETTLED);
            navigation::replace(&Portal::Project(settled.id.into_inner()).address());
        });
    };
    let grades = ["5", "4", "3", "2", "1"]
        .into_iter()
        .map(|grade| choice(grade, grade))
        .collect();
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                <Alert level=Level::Info title=portal::SETTLE_EFFECTS_TITLE>
                    {bullets([portal::SETTLE_EFFECT_LINKS, portal::SETTLE_EFFECT_SESSIONS, portal::SETTLE_EFFECT_APPS].map(|effect| Text::from(effect).into_view_any()).into())}
                </Alert>
                {orders(&project)}
                <Card title=portal::SETTLEMENT>
                    <FieldGrid>
                        <TextInput name="actualEndOn" label=portal::ACTUAL_END value=ended errors=errors kind=Kind::Day required=true />
                        <TextInput name="deliveredAmount" label=portal::DELIVERED_AMOUNT value=amount errors=errors kind=Kind::Money prefix="¥" required=true hint=portal::DELIVERED_AMOUNT_HINT />
                        <TextInput name="customerAcceptor" label=portal::ACCEPTOR value=acceptor errors=errors required=true limit=60 hint=portal::ACCEPTOR_HINT />
                        <RadioGroup name="satisfaction" label=portal::SATISFACTION value=satisfaction errors=errors choices=grades required=true hint=portal::SATISFACTION_HINT />
                        <Wide><FileDrop name="acceptanceFileId" label=portal::ACCEPTANCE_FILE purpose=Purpose::AcceptanceCertificate limits=Limits::DOCUMENT value=file errors=errors /></Wide>
                        <Wide><TextArea name="openIssues" label=portal::OPEN_ISSUES value=issues errors=errors limit=5000 rows=3 /></Wide>
                        <Wide><TextArea name="remark" label=portal::REMARK value=remark errors=errors limit=5000 rows=3 /></Wide>
                    </FieldGrid>
                </Card>
                {must_acknowledge.then(|| view! {
                    <Alert level=Level::Warning title=portal::SETTLE_WARNINGS>
                        {bullets(warnings.into_iter().map(|warning| warning.into_any()).collect())}
                        <Checkbox name="acknowledgeWarnings" value=acknowledged errors=errors>{portal::ACKNOWLEDGE}</Checkbox>
                    </Alert>
                })}
                <Row end=true><Submit label=portal::CONFIRM_SETTLE busy=submission.busy danger=true /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

/// The deliveries of the project, as D32 lists them.
fn orders(project: &Project) -> AnyView {
    if project.orders.is_empty() {
        return view! { <Card title=portal::DELIVERIES>{muted(portal::NO_ORDERS_IN_PROJECT)}</Card> }.into_any();
    }
    let columns = vec![
        column(portal::ORDER_NUMBER),
        column(portal::APPLICATION),
        column(portal::ORDERED_AT),
        column(portal::APP_STATUS),
        action_column(),
    ];
    let rows = project.orders.iter().map(super::order_list::order_cells).collect();
    view! { <Card title=portal::DELIVERIES><Table label=portal::DELIVERIES columns=columns rows=rows inside=true /></Card> }
        .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "actualEndOn" => portal::ACTUAL_END,
        "deliveredAmount" | "amount" => portal::DELIVERED_AMOUNT,
        "customerAcceptor" => portal::ACCEPTOR,
        "satisfaction" => portal::SATISFACTION,
        "acceptanceFileId" => portal::ACCEPTANCE_FILE,
        "openIssues" => portal::OPEN_ISSUES,
        "remark" => portal::REMARK,
        "acknowledgeWarnings" => portal::ACKNOWLEDGE_SHORT,
        _ => return None,
    }))
}
