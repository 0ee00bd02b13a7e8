//! Distribution permission (D1): apply, see where the application stands, apply again.

use leptos::prelude::*;

use crate::{
    api::permission::{
        self, Agreement, AgreementKind, ApplyForDistributionPermissionInput, DistributionPermission,
        DistributionPermissionAction,
    },
    api::session::DistributionPermissionStatus,
    components::{
        agreement::agreement_text,
        alert::{Alert, Level},
        button::{ButtonLink, Look, Submit},
        error_summary::ErrorSummary,
        facts::{fact, facts, text_fact, wide_fact},
        field::{Checkbox, Kind, TextArea, TextInput},
        layout::{Card, FieldGrid, Row, Stack, Wide, bullets},
        page_header::PageHeader,
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text, live,
        texts::{common, portal, shell},
    },
    labels,
    load::{Loaded, load, show},
    routes::Portal,
    session,
};

type Own = Option<DistributionPermission>;

pub fn page() -> AnyView {
    let own = load(permission::own_permission);
    view! {
        <PageHeader title=shell::NAV_PERMISSION hint=portal::PERMISSION_HINT />
        {show(own, Skeleton::Form, move |permission| body(own, permission))}
    }
    .into_any()
}

fn body(own: Loaded<Own>, permission: Own) -> AnyView {
    let Some(permission) = permission else {
        return apply_card(own, None);
    };
    let may_reapply = permission
        .available_actions
        .contains(&DistributionPermissionAction::Reapply);
    let state = state_panel(&permission);
    let details = details_card(&permission);
    view! {
        <Stack>
            {state}
            {may_reapply.then(|| apply_card(own, Some(permission)))}
            {details}
        </Stack>
    }
    .into_any()
}

/// What the state means for the partner and what comes next.
fn state_panel(permission: &DistributionPermission) -> AnyView {
    let reason = permission.reason.clone().unwrap_or_default();
    let due = permission.due_at.clone();
    match permission.status {
        DistributionPermissionStatus::Submitted => view! {
            <Alert level=Level::Info title=portal::PERMISSION_WAITING>
                <p>{live(move || portal::permission_due(&format::date_time(&due)))}</p>
            </Alert>
        }
        .into_any(),
        DistributionPermissionStatus::Granted => view! {
            <Alert level=Level::Good title=portal::PERMISSION_OPEN>
                <Row><ButtonLink label=portal::GO_PROJECTS href=Portal::Projects.address() small=true look=Look::Plain /></Row>
            </Alert>
        }
        .into_any(),
        DistributionPermissionStatus::Rejected => view! {
            <Alert level=Level::Error title=portal::PERMISSION_REJECTED><p>{live(move || portal::reason_is(&reason))}</p></Alert>
        }
        .into_any(),
        DistributionPermissionStatus::Revoked => view! {
            <Alert level=Level::Error title=portal::PERMISSION_REVOKED><p>{live(move || portal::reason_is(&reason))}</p></Alert>
        }
        .into_any(),
    }
}

fn details_card(permission: &DistributionPermission) -> AnyView {
    let references = permission
        .references
        .iter()
        .map(|reference| reference.clone().into_any())
        .collect();
    let submitted = permission.submitted_at.clone();
    let submitter = permission.submitted_by.name.clone();
    let decided = permission.decided_at.clone();
    let list = facts(vec![
        wide_fact(portal::SCENARIO, permission.scenario.clone()),
        wide_fact(portal::REFERENCES, bullets(references)),
        text_fact(portal::CONTACT_NAME, &permission.contact_name),
        text_fact(portal::CONTACT_MOBILE, &permission.contact_mobile),
        fact(
            portal::SUBMITTED_AT,
            live(move || format!("{} · {submitter}", format::date_time(&submitted))).into_view_any(),
        ),
        fact(
            portal::DECIDED_AT,
            live(move || decided.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any(),
        ),
        text_fact(portal::AGREEMENT_VERSION, &permission.agreement_version),
    ]);
    view! { <Card title=portal::PERMISSION_DETAILS aside=labels::state_badge(labels::permission(permission.status))>{list}</Card> }.into_any()
}

fn apply_card(own: Loaded<Own>, earlier: Own) -> AnyView {
    let agreement = load(|| permission::agreement(AgreementKind::Distribution));
    let title = if earlier.is_some() {
        portal::REAPPLY
    } else {
        portal::APPLY
    };
    view! {
        <Card title=title>
            {show(agreement, Skeleton::Form, move |agreement| view! { <ApplyForm own=own earlier=earlier.clone() agreement=agreement /> }.into_any())}
        </Card>
    }
    .into_any()
}

#[component]
fn ApplyForm(own: Loaded<Own>, earlier: Own, agreement: Agreement) -> AnyView {
    let earlier = earlier.as_ref();
    let text = |value: Option<&String>| RwSignal::new(value.cloned().unwrap_or_default());
    let scenario = text(earlier.map(|earlier| &earlier.scenario));
    let references = RwSignal::new(earlier.map(|earlier| earlier.references.join("\n")).unwrap_or_default());
    let contact = text(earlier.map(|earlier| &earlier.contact_name));
    let mobile = text(earlier.map(|earlier| &earlier.contact_mobile));
    let agreed = RwSignal::new(false);
    let errors = Errors::new();
    let submission = Submission::new();
    let version = agreement.version.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let input = ApplyForDistributionPermissionInput {
            scenario: scenario.get_untracked().trim().to_owned(),
            references: references
                .get_untracked()
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            contact_name: contact.get_untracked().trim().to_owned(),
            contact_mobile: mobile.get_untracked().trim().to_owned(),
            agreement_version: agreed.get_untracked().then(|| version.clone()),
        };
        if !errors.set(check(&input)) {
            return;
        }
        let work = permission::apply_for_distribution_permission(input, Some(submission.key()));
        submission.run_form(errors, work, move |permission| {
            own.set(Some(permission));
            toast(portal::APPLIED);
            wasm_bindgen_futures::spawn_local(session::reread());
        });
    };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                <FieldGrid>
                    <Wide><TextArea name="scenario" label=portal::SCENARIO hint=portal::SCENARIO_HINT value=scenario errors=errors required=true limit=2000 /></Wide>
                    <Wide><TextArea name="references" label=portal::REFERENCES hint=portal::REFERENCES_HINT value=references errors=errors required=true rows=3 /></Wide>
                    <TextInput name="contactName" label=portal::CONTACT_NAME value=contact errors=errors required=true limit=60 autocomplete="name" />
                    <TextInput name="contactMobile" label=portal::CONTACT_MOBILE hint=portal::MOBILE_HINT value=mobile errors=errors kind=Kind::Phone required=true limit=20 autocomplete="tel" />
                </FieldGrid>
                {agreement_text(agreement.title.clone(), &agreement.body)}
                <Checkbox name="agreementVersion" value=agreed errors=errors>{portal::AGREE}</Checkbox>
                <Row end=true><Submit label=portal::SUBMIT_APPLICATION busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn check(input: &ApplyForDistributionPermissionInput) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut say = |name: &str, message: Text| {
        errors.push(FieldError {
            name: name.to_owned(),
            message,
        })
    };
    if input.scenario.is_empty() {
        say("scenario", common::REQUIRED.into());
    }
    if input.references.len() < 2 {
        say("references", portal::REFERENCES_TWO.into());
    }
    if input.contact_name.is_empty() {
        say("contactName", common::REQUIRED.into());
    }
    if input.contact_mobile.is_empty() {
        say("contactMobile", common::REQUIRED.into());
    }
    if input.agreement_version.is_none() {
        say("agreementVersion", portal::AGREEMENT_REQUIRED.into());
    }
    errors
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "scenario" => portal::SCENARIO,
        "references" => portal::REFERENCES,
        "contactName" => portal::CONTACT_NAME,
        "contactMobile" => portal::CONTACT_MOBILE,
        "agreementVersion" => portal::AGREEMENT,
        _ => return None,
    }))
}
