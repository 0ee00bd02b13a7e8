//! Why a link sells nothing here (D10): each reason as a page of its own that says what to do. A person of several
//! organisations can switch on the spot.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        Problem, Refused,
        session::{Membership, Role},
    },
    components::{
        alert::{ProblemPanel, reasons},
        button::{Button, ButtonLink, Look},
        facts::{fact, facts, text_fact},
        full_page::FullPage,
        icon::Icon,
        layout::{Row, Stack, code, muted, paragraph, section_heading, two_lines},
    },
    format,
    forms::submission::Submission,
    i18n::{
        Key, Text, live,
        texts::{customer, shell},
    },
    labels, session,
};

/// A refusal that trying again does not mend.
pub fn is_final(problem: &Problem) -> bool {
    problem.refusal().is_some_and(|refused| title(&refused.code).is_some())
}

pub fn view(problem: Problem, retry: Callback<()>) -> AnyView {
    match problem.refusal() {
        Some(refused) => refusal(refused),
        None => view! { <ProblemPanel problem=problem retry=retry /> }.into_any(),
    }
}

/// The heading of each reason, where the page has better words than the answer.
fn title(code: &str) -> Option<Key> {
    Some(match code {
        "NOT_FOUND" => customer::LINK_UNKNOWN,
        "LINK_EXPIRED" => customer::LINK_EXPIRED,
        "LINK_REVOKED" => customer::LINK_REVOKED,
        "PROJECT_NOT_ACTIVE" => customer::PROJECT_NOT_ACTIVE,
        "NO_PERMISSION" => customer::NO_PERMISSION,
        "ORGANIZATION_MISMATCH" => customer::MISMATCH,
        "APPLICATION_NOT_DISTRIBUTABLE" => customer::NOT_DISTRIBUTABLE,
        _ => return None,
    })
}

fn advice(code: &str) -> Option<Key> {
    Some(match code {
        "NOT_FOUND" => customer::LINK_UNKNOWN_HINT,
        "LINK_EXPIRED" | "LINK_REVOKED" => customer::LINK_DEAD_HINT,
        "PROJECT_NOT_ACTIVE" => customer::PROJECT_NOT_ACTIVE_HINT,
        "NO_PERMISSION" => customer::NO_PERMISSION_HINT,
        "ORGANIZATION_MISMATCH" => customer::MISMATCH_HINT,
        "APPLICATION_NOT_DISTRIBUTABLE" => customer::NOT_DISTRIBUTABLE_HINT,
        _ => return None,
    })
}

fn refusal(refused: &Refused) -> AnyView {
    let code = refused.code.as_str();
    let heading = title(code).map_or_else(|| Text::from(refused.message.clone()), Text::from);
    let hint = advice(code).map_or_else(|| Text::from(refused.next_step.clone()), Text::from);
    let may_help = matches!(code, "NO_PERMISSION" | "ORGANIZATION_MISMATCH");
    let picture = if may_help { Icon::Building } else { Icon::Link };
    let details = reasons(&refused.details);
    view! {
        <FullPage picture=picture title=heading hint=hint>
            {details}
            {may_help.then(acting)}
            {may_help.then(other_organizations)}
            <Row><ButtonLink label=shell::TO_START href="/" /></Row>
        </FullPage>
    }
    .into_any()
}

/// For whom the person acts now, to compare with the contract.
fn acting() -> Option<AnyView> {
    let viewer = session::viewer_now()?;
    let roles = viewer.roles.clone();
    Some(facts(vec![
        text_fact(customer::ACTING_ORGANIZATION, &viewer.organization.name),
        fact(customer::CORP_ID, code(viewer.organization.corp_id)),
        fact(customer::YOUR_ROLES, role_words(roles)),
    ]))
}

fn role_words(roles: Vec<Role>) -> AnyView {
    live(move || {
        let words: Vec<String> = roles.iter().map(|role| labels::role(*role).get().to_owned()).collect();
        format::list(&words)
    })
    .into_view_any()
}

/// The person's other organisations, those first where they may buy.
fn other_organizations() -> Option<AnyView> {
    let viewer = session::viewer_now()?;
    let mut others: Vec<Membership> = viewer.memberships;
    others.retain(|membership| membership.organization.id != viewer.organization.id);
    if others.is_empty() {
        return None;
    }
    let others = crate::ranking::in_order(others, |membership| {
        u8::from(!membership.roles.contains(&Role::CustomerAdmin))
    });
    let submission = Submission::new();
    let rows: Vec<AnyView> = others
        .into_iter()
        .map(|membership| switch_row(membership, submission))
        .collect();
    Some(
        view! {
            <div>
                {section_heading(customer::SWITCH_TITLE)}
                <Stack tight=true>
                    {muted(customer::SWITCH_HINT)}
                    {rows}
                    {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                </Stack>
            </div>
        }
        .into_any(),
    )
}

fn switch_row(membership: Membership, submission: Submission) -> AnyView {
    let organization = membership.organization;
    let id = organization.id.clone();
    // The page opens anew for the other organisation and asks for the offer again.
    let switch = Callback::new(move |()| submission.run(session::switch_organization(id.clone(), true), |()| ()));
    let name = organization.name.clone();
    let label = Text::from(move || customer::switch_to(&name));
    view! {
        <Row spread=true>
            {two_lines(paragraph(organization.name), role_words(membership.roles))}
            <Button label=customer::SWITCH on_press=switch busy=submission.busy look=Look::Plain small=true name=label />
        </Row>
    }
    .into_any()
}
