//! Proposing an amendment: what changes of an active project, with its document and the reason. What stays is left as it is.

use leptos::prelude::*;

use crate::{
    api::{
        Date, MoneyInput,
        amendment::{self, ProposeAmendmentInput},
        file::{Purpose, StoredFile},
        project::{self, ContractFileKind, Project, ProjectAction, ProjectDetail},
    },
    components::{
        alert::{Alert, Level},
        button::Submit,
        error_summary::ErrorSummary,
        field::{Kind, RadioGroup, TextArea, TextInput, choice},
        file_drop::{FileDrop, Limits},
        layout::{Card, FieldGrid, Row, Stack, Wide},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text,
        texts::{common, portal, status},
    },
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || project::project(id.clone()));
    show(found, Skeleton::Form, |project| match project {
        Some(project) => body(project),
        None => not_found::page(),
    })
}

fn body(project: Project) -> AnyView {
    let address = Portal::Project(project.id.inner().to_owned()).address();
    let crumbs = vec![super::projects_crumb(), crumb(project.name.clone(), address)];
    let open = project.may(ProjectAction::ProposeAmendment);
    let form = match project.detail.clone().filter(|_| open) {
        Some(detail) => view! { <AmendmentForm id=project.id detail=detail /> }.into_any(),
        None => view! { <Alert level=Level::Info title=portal::AMENDMENT_CLOSED><p>{portal::AMENDMENT_CLOSED_HINT}</p></Alert> }.into_any(),
    };
    view! {
        <PageHeader title=portal::PROPOSE_AMENDMENT crumbs=crumbs hint=portal::PROPOSE_AMENDMENT_HINT />
        {form}
    }
    .into_any()
}

#[component]
fn AmendmentForm(id: cynic::Id, detail: ProjectDetail) -> AnyView {
    let now = detail.contract_amount.map(|money| format::amount(&money.amount.0));
    let amount = RwSignal::new(now.unwrap_or_default());
    let end = RwSignal::new(detail.end_on.map(|day| day.0).unwrap_or_default());
    let description = RwSignal::new(detail.description);
    let reason = RwSignal::new(String::new());
    let kind = RwSignal::new(String::new());
    let file = RwSignal::new(None::<StoredFile>);
    let errors = Errors::new();
    let submission = Submission::new();
    let project = id.clone();
    Effect::new(move |first: Option<()>| {
        for typed in [amount, end, description, reason, kind] {
            typed.track();
        }
        file.track();
        if first.is_some() {
            navigation::set_dirty(true);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let changed = format::read_amount(&amount.get_untracked());
        let kind = match kind.get_untracked().as_str() {
            "CONTRACT" => Some(ContractFileKind::Contract),
            "QUOTATION" => Some(ContractFileKind::Quotation),
            _ => None,
        };
        let reason = reason.get_untracked().trim().to_owned();
        let mut wrong = Vec::new();
        let mut unless = |fine: bool, name: &str, message: Key| {
            if !fine {
                wrong.push(FieldError {
                    name: name.to_owned(),
                    message: message.into(),
                });
            }
        };
        unless(changed.is_some(), "contractAmount", portal::AMOUNT_FORM);
        unless(!end.get_untracked().is_empty(), "endOn", common::REQUIRED);
        unless(!reason.is_empty(), "reason", common::REQUIRED);
        unless(kind.is_some(), "fileKind", portal::CHOOSE_ONE);
        unless(file.with_untracked(Option::is_some), "fileId", common::REQUIRED);
        if !errors.set(wrong) {
            return;
        }
        let (Some(amount), Some(file_kind), Some(file)) = (changed, kind, file.get_untracked()) else {
            return;
        };
        let input = ProposeAmendmentInput {
            project_id: id.clone(),
            contract_amount: MoneyInput {
                amount,
                currency: "CNY".to_owned(),
            },
            end_on: Date(end.get_untracked()),
            description: description.get_untracked().trim().to_owned(),
            file_id: file.id,
            file_kind,
            reason,
        };
        let back = Portal::Project(project.inner().to_owned()).address();
        submission.run_form(
            errors,
            amendment::propose_amendment(input, Some(submission.key())),
            move |_| {
                toast(portal::AMENDMENT_PROPOSED);
                navigation::replace(&back);
            },
        );
    };
    let kinds = vec![
        choice("CONTRACT", status::CONTRACT_CONTRACT),
        choice("QUOTATION", status::CONTRACT_QUOTATION).hint(portal::QUOTATION_HINT),
    ];
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                <Card title=portal::WHAT_CHANGES>
                    <FieldGrid>
                        <TextInput name="contractAmount" label=portal::CONTRACT_AMOUNT value=amount errors=errors kind=Kind::Money prefix="¥" required=true />
                        <TextInput name="endOn" label=portal::END_ON value=end errors=errors kind=Kind::Day required=true />
                        <Wide><TextArea name="description" label=portal::PROJECT_DESCRIPTION value=description errors=errors limit=5000 hint=portal::DESCRIPTION_HINT /></Wide>
                        <Wide><TextArea name="reason" label=portal::AMENDMENT_REASON value=reason errors=errors limit=1000 rows=3 required=true hint=portal::AMENDMENT_REASON_HINT /></Wide>
                        <Wide><RadioGroup name="fileKind" label=portal::CONTRACT_KIND value=kind errors=errors choices=kinds required=true /></Wide>
                        <Wide><FileDrop name="fileId" label=portal::AMENDMENT_FILE purpose=Purpose::Contract limits=Limits::DOCUMENT value=file errors=errors required=true /></Wide>
                    </FieldGrid>
                </Card>
                <Row end=true><Submit label=portal::SUBMIT_AMENDMENT busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "contractAmount" | "amount" => portal::CONTRACT_AMOUNT,
        "endOn" => portal::END_ON,
        "description" => portal::PROJECT_DESCRIPTION,
        "reason" => portal::AMENDMENT_REASON,
        "fileKind" => portal::CONTRACT_KIND,
        "fileId" => portal::AMENDMENT_FILE,
        _ => return None,
    }))
}
