//! The part of a project that only its creator and the reviewer see: facts, contract with the amounts found in it,
//! attempts by other organisations, timeline, settlement.

use leptos::prelude::*;

use crate::{
    api::project::{AmountCheck, Project, ProjectDetail, Settlement},
    components::{
        alert::{Alert, Level},
        facts::{fact, facts, text_fact, wide_fact},
        file_drop::file_link,
        layout::{Card, Row, Stack, bullets, code, muted, subheading},
        table::{Table, column, end_column},
        timeline::{Event, timeline},
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{common, portal},
    },
    labels,
};

/// The wide column.
pub fn main(project: &Project) -> AnyView {
    let Some(detail) = &project.detail else {
        let barrier = project.detail_barrier.clone().unwrap_or_default();
        return view! { <Alert level=Level::Info title=portal::DETAIL_CLOSED><p>{barrier}</p></Alert> }.into_any();
    };
    let mismatches = (!detail.mismatches.is_empty()).then(|| mismatches(detail));
    let settlement = detail.settlement.as_ref().map(settlement);
    let check = detail
        .amount_check
        .as_ref()
        .map(|check| amount_check(check, portal::FOUND_AMOUNTS));
    let (project_card, customer_card) = (project_card(detail, check), customer_card(project, detail));
    view! {
        <Stack>
            {mismatches}
            {settlement}
            {project_card}
            {customer_card}
        </Stack>
    }
    .into_any()
}

/// The facts as a reviewer reads them, who has the amounts and the file on cards of their own.
pub fn review_cards(project: &Project, detail: &ProjectDetail) -> AnyView {
    let (project_card, customer_card) = (project_card(detail, None), customer_card(project, detail));
    view! { {project_card}{customer_card} }.into_any()
}

/// The narrow column.
pub fn side(project: &Project) -> AnyView {
    let Some(detail) = &project.detail else {
        return ().into_any();
    };
    // Newest first; the server tells it from the beginning.
    let events = detail
        .timeline
        .iter()
        .rev()
        .cloned()
        .map(|entry| Event {
            at: live(move || format::date_time(&entry.at)),
            what: labels::project_event(entry.kind).into(),
            by: entry.by.map(|by| by.name),
            note: entry.note,
        })
        .collect();
    view! { <Card title=portal::TIMELINE>{timeline(events)}</Card> }.into_any()
}

fn project_card(detail: &ProjectDetail, check: Option<AnyView>) -> AnyView {
    let amount = detail.contract_amount.as_ref().map(format::money).unwrap_or_default();
    let days = (detail.start_on.clone(), detail.end_on.clone());
    let period = live(move || match &days {
        (Some(start), Some(end)) => format!("{} – {}", format::day(start), format::day(end)),
        _ => "—".to_owned(),
    });
    let file = match (detail.contract_file.clone(), detail.contract_file_kind) {
        (Some(file), Some(kind)) => view! { {muted(labels::contract_kind(kind))}{file_link(file)} }.into_any(),
        (Some(file), None) => file_link(file),
        _ => muted("—"),
    };
    let list = facts(vec![
        text_fact(portal::CONTRACT_AMOUNT, &amount),
        fact(portal::PERIOD, period.into_view_any()),
        wide_fact(portal::CONTRACT_FILE, file),
        text_fact(portal::OWNER_NAME, &detail.owner_name),
        fact(portal::PART_OF_LARGER_SHORT, yes_no(detail.part_of_larger_contract)),
        wide_fact(portal::DELIVERY_SCOPE, or_dash(&detail.delivery_scope)),
        wide_fact(portal::PROJECT_DESCRIPTION, or_dash(&detail.description)),
    ]);
    view! {
        <Card title=portal::BLOCK_PROJECT>
            <Stack>{list}{check}</Stack>
        </Card>
    }
    .into_any()
}

/// D2: what was read in the contract. It helps the reviewer and decides nothing.
pub fn amount_check(check: &AmountCheck, amounts: Key) -> AnyView {
    let rows: Vec<Vec<AnyView>> = check
        .found
        .iter()
        .map(|found| vec![found.text.clone().into_any(), format::money(&found.amount).into_any()])
        .collect();
    let table = (!rows.is_empty())
        .then(|| view! { <Table label=amounts columns=vec![column(portal::IN_DOCUMENT), end_column(portal::AMOUNT)] rows=rows inside=true /> });
    let verdict = labels::state_badge(labels::verdict(check.verdict));
    view! {
        <Stack tight=true>
            {subheading(portal::AMOUNT_CHECK)}
            <Row>{verdict}</Row>
            {muted(portal::AMOUNT_CHECK_HINT)}
            {table}
        </Stack>
    }
    .into_any()
}

fn customer_card(project: &Project, detail: &ProjectDetail) -> AnyView {
    let size = labels::SIZES
        .iter()
        .find(|(size, ..)| Some(*size) == detail.customer_size)
        .map(|(.., label)| Text::from(*label));
    let list = facts(vec![
        text_fact(portal::CUSTOMER_NAME, &project.customer_name),
        fact(portal::CORP_ID, code(project.customer_corp_id.clone())),
        text_fact(portal::INDUSTRY, &detail.customer_industry),
        fact(portal::SIZE, size.unwrap_or_else(|| "—".into()).into_view_any()),
        text_fact(portal::CUSTOMER_CONTACT, &detail.customer_contact_name),
        text_fact(portal::CUSTOMER_MOBILE, &detail.customer_contact_mobile),
    ]);
    let unknown = (!detail.customer_known)
        .then(|| view! { <Alert level=Level::Warning title=portal::CUSTOMER_UNKNOWN><p>{portal::CUSTOMER_UNKNOWN_HINT}</p></Alert> });
    view! { <Card title=portal::BLOCK_CUSTOMER><Stack>{unknown}{list}</Stack></Card> }.into_any()
}

/// D12: somebody of another organisation tried to buy; the two checks to make.
fn mismatches(detail: &ProjectDetail) -> AnyView {
    let attempts = detail
        .mismatches
        .iter()
        .cloned()
        .map(|attempt| {
            live(move || portal::mismatch_attempt(&format::date_time(&attempt.at), &attempt.masked_corp_id))
                .into_view_any()
        })
        .collect();
    let checks = [portal::CHECK_CORP_ID, portal::CHECK_LINK]
        .into_iter()
        .map(|check: Key| Text::from(check).into_view_any())
        .collect();
    view! {
        <Alert level=Level::Warning title=portal::MISMATCH_TITLE>
            {bullets(attempts)}
            <p>{portal::MISMATCH_CHECKS}</p>
            {bullets(checks)}
        </Alert>
    }
    .into_any()
}

fn settlement(settlement: &Settlement) -> AnyView {
    let (ended, settled, by) = (
        settlement.actual_end_on.clone(),
        settlement.settled_at.clone(),
        settlement.settled_by.name.clone(),
    );
    let file = settlement.acceptance_file.clone().map_or_else(|| muted("—"), file_link);
    let list = facts(vec![
        fact(portal::ACTUAL_END, live(move || format::day(&ended)).into_view_any()),
        fact(portal::DELIVERED_AMOUNT, format::money(&settlement.delivered_amount)),
        text_fact(portal::ACCEPTOR, &settlement.customer_acceptor),
        fact(portal::SATISFACTION, format!("{} / 5", settlement.satisfaction)),
        wide_fact(portal::ACCEPTANCE_FILE, file),
        wide_fact(portal::OPEN_ISSUES, or_dash(&settlement.open_issues)),
        wide_fact(portal::REMARK, or_dash(&settlement.remark)),
        fact(
            portal::SETTLED_AT,
            live(move || format!("{} · {by}", format::date_time(&settled))).into_view_any(),
        ),
    ]);
    view! { <Card title=portal::SETTLEMENT>{list}</Card> }.into_any()
}

fn or_dash(text: &str) -> String {
    if text.is_empty() {
        "—".to_owned()
    } else {
        text.to_owned()
    }
}

fn yes_no(yes: bool) -> AnyView {
    Text::from(if yes { common::YES } else { common::NO }).into_view_any()
}
