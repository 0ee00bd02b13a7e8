//! One application for distribution permission: what the partner wrote, and granting, rejecting or revoking.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::project_list::due;
use crate::{
    api::{
        permission::DistributionPermissionAction,
        review::{self, DecideDistributionPermissionInput, PartnerTier, PermissionDecision, QueuedPermission},
        session::DistributionPermissionStatus,
    },
    components::{
        button::{Button, Look},
        dialog::{Confirm, open_for},
        facts::{fact, facts, text_fact, wide_fact},
        field::{Select, TextArea, choice},
        layout::{Card, Columns, Stack, bullets, code, paragraph},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{common, customer, operator, portal, shell},
    },
    labels,
    load::{load, show_steadily},
    pages::not_found,
    routes::Operator,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || review::permission(id.clone()));
    let deciding = RwSignal::new(None::<(PermissionDecision, cynic::Id, String)>);
    let decided = Callback::new(move |()| found.reload());
    view! {
        {show_steadily(found, Skeleton::Page, move |permission| match permission {
            Some(permission) => body(permission, deciding),
            None => not_found::page(),
        })}
        {dynamic(move || deciding.get().map(|(decision, id, name)| {
            let open = open_for(deciding);
            decision_dialog(decision, id, name, open, decided)
        }))}
    }
    .into_any()
}

fn body(permission: QueuedPermission, deciding: RwSignal<Option<(PermissionDecision, cynic::Id, String)>>) -> AnyView {
    let (id, name) = (permission.id.clone(), permission.organization.name.clone());
    let button = |action: DistributionPermissionAction, decision: PermissionDecision, label: Key, look: Look| {
        let (id, name) = (id.clone(), name.clone());
        permission.available_actions.contains(&action).then(|| {
            let press = Callback::new(move |()| deciding.set(Some((decision, id.clone(), name.clone()))));
            view! { <Button label=label on_press=press look=look /> }
        })
    };
    let actions = view! {
        {button(DistributionPermissionAction::Revoke, PermissionDecision::Revoke, operator::REVOKE, Look::Plain)}
        {button(DistributionPermissionAction::Reject, PermissionDecision::Reject, operator::REJECT, Look::Plain)}
        {button(DistributionPermissionAction::Grant, PermissionDecision::Grant, operator::GRANT, Look::Primary)}
    }
    .into_any();
    let status = labels::state_badge(labels::permission(permission.status));
    let (main, side) = (application(&permission), partner(&permission));
    view! {
        <PageHeader title=name crumbs=vec![crumb(shell::NAV_REVIEW_PERMISSIONS, Operator::Permissions.address())] status=status actions=actions />
        <Columns main=main side=side />
    }
    .into_any()
}

fn application(permission: &QueuedPermission) -> AnyView {
    let references: Vec<AnyView> = permission.references.iter().map(|one| one.clone().into_any()).collect();
    let list = facts(vec![
        wide_fact(portal::SCENARIO, permission.scenario.clone()),
        wide_fact(portal::REFERENCES, bullets(references)),
        text_fact(portal::CONTACT_NAME, &permission.contact_name),
        text_fact(portal::CONTACT_MOBILE, &permission.contact_mobile),
        text_fact(portal::AGREEMENT_VERSION, &permission.agreement_version),
    ]);
    view! { <Card title=portal::PERMISSION_DETAILS>{list}</Card> }.into_any()
}

fn partner(permission: &QueuedPermission) -> AnyView {
    let organization = &permission.organization;
    let submitted = permission.submitted_at.clone();
    let mut list = vec![
        text_fact(operator::PARTNER, &organization.name),
        fact(customer::CORP_ID, code(organization.corp_id.clone())),
        fact(
            portal::EDITION,
            Text::from(labels::edition(organization.edition)).into_view_any(),
        ),
        fact(
            operator::TIER,
            labels::state_badge(labels::tier(organization.partner_tier)),
        ),
        text_fact(operator::SUBMITTED_BY, &permission.submitted_by.name),
        fact(
            portal::SUBMITTED_AT,
            live(move || format::date_time(&submitted)).into_view_any(),
        ),
    ];
    if permission.status == DistributionPermissionStatus::Submitted {
        list.push(fact(operator::DUE, due(permission.due_at.clone(), permission.overdue)));
    }
    if let Some(at) = permission.decided_at.clone() {
        list.push(fact(
            portal::DECIDED_AT,
            live(move || format::date_time(&at)).into_view_any(),
        ));
    }
    if let Some(reason) = permission.reason.as_ref().filter(|reason| !reason.is_empty()) {
        list.push(wide_fact(operator::REASON, reason.clone()));
    }
    let list = facts(list);
    view! { <Card title=operator::APPLICANT>{list}</Card> }.into_any()
}

/// Grants with an optional tier; rejects or revokes with a reason that the partner reads.
fn decision_dialog(
    decision: PermissionDecision,
    id: cynic::Id,
    name: String,
    open: RwSignal<bool>,
    decided: Callback<()>,
) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let (reason, tier) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let grants = decision == PermissionDecision::Grant;
    let confirm = Callback::new(move |()| {
        let said = reason.get_untracked().trim().to_owned();
        if said.is_empty() && !grants {
            errors.set(vec![FieldError {
                name: "reason".to_owned(),
                message: common::REQUIRED.into(),
            }]);
            return;
        }
        let input = DecideDistributionPermissionInput {
            id: id.clone(),
            decision,
            reason: Some(said).filter(|said| !said.is_empty()),
            tier: tier_of(&tier.get_untracked()).filter(|_| grants),
        };
        submission.run_form(errors, review::decide_distribution_permission(input), move |_| {
            toast(operator::DECIDED);
            let _ = open.try_set(false);
            decided.run(());
        });
    });
    let (title, label, means): (Text, Key, Key) = match decision {
        PermissionDecision::Grant => (
            Text::from(move || operator::grant_title(&name)),
            operator::GRANT,
            operator::GRANT_MEANS,
        ),
        PermissionDecision::Reject => (
            Text::from(move || operator::reject_title(&name)),
            operator::REJECT,
            operator::REJECT_PERMISSION_MEANS,
        ),
        PermissionDecision::Revoke => (
            Text::from(move || operator::revoke_title(&name)),
            operator::REVOKE,
            operator::REVOKE_MEANS,
        ),
    };
    view! {
        <Confirm open=open title=title confirm=label on_confirm=confirm busy=submission.busy problem=submission.problem danger=!grants>
            <Stack>
                {paragraph(means)}
                {if grants {
                    let choices = vec![
                        choice("PARTNER", labels::tier(PartnerTier::Partner).1),
                        choice("ADVANCED", labels::tier(PartnerTier::Advanced).1),
                    ];
                    view! { <Select name="tier" label=operator::TIER value=tier errors=errors choices=choices hint=operator::TIER_HINT empty=operator::TIER_KEEP /> }.into_any()
                } else {
                    view! { <TextArea name="reason" label=operator::REASON value=reason errors=errors hint=operator::REASON_HINT required=true limit=500 /> }.into_any()
                }}
            </Stack>
        </Confirm>
    }
    .into_any()
}

fn tier_of(value: &str) -> Option<PartnerTier> {
    match value {
        "PARTNER" => Some(PartnerTier::Partner),
        "ADVANCED" => Some(PartnerTier::Advanced),
        _ => None,
    }
}
