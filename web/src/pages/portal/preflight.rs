//! The dry run before a send (D14): what the target is entitled to, what goes and what does not, what is left to do by hand.

use leptos::prelude::*;

use crate::{
    api::{
        application::ComponentKind,
        delivery::{EntitlementCheck, Preflight, PreflightItem, PreflightOutcome},
    },
    components::{
        alert::{Alert, Level, reasons},
        badge::{Tone, badge},
        folded::folded,
        layout::{Stack, bullets, muted, two_lines},
        table::{Table, column, end_column},
    },
    format,
    i18n::{
        Text,
        texts::{common, portal},
    },
    labels,
    ranking::in_order,
};

pub fn preflight_view(preflight: Preflight) -> AnyView {
    let verdict = if preflight.ok {
        view! { <Alert level=Level::Good title=portal::PREFLIGHT_OK /> }.into_any()
    } else {
        let missing: Vec<String> = preflight
            .entitlements
            .iter()
            .filter(|check| !check.ok)
            .map(|check| check.message.clone())
            .collect();
        view! { <Alert level=Level::Error title=portal::PREFLIGHT_MISSING>{reasons(&missing)}</Alert> }.into_any()
    };
    let edition = preflight.edition_warning.clone().map(|warning| {
        let source = preflight.source_edition;
        let target = preflight.target_edition;
        let editions = Text::from(move || {
            let target = target.map_or("—", |target| labels::edition(target).get());
            portal::editions_compared(&labels::edition(source).get(), &target)
        });
        view! { <Alert level=Level::Warning title=warning><p>{editions}</p></Alert> }
    });
    let warnings = (!preflight.warnings.is_empty()).then(
        || view! { <Alert level=Level::Warning title=portal::DELIVERY_WARNINGS>{reasons(&preflight.warnings)}</Alert> },
    );
    let manual = (!preflight.manual_work.is_empty()).then(|| {
        let items = preflight
            .manual_work
            .iter()
            .map(|work| work.clone().into_any())
            .collect();
        view! { <Alert level=Level::Info title=portal::MANUAL_WORK>{bullets(items)}</Alert> }
    });
    let (sent, kept): (Vec<_>, Vec<_>) = preflight
        .items
        .into_iter()
        .partition(|item| item.outcome == PreflightOutcome::Send);
    view! {
        <Stack tight=true>
            {verdict}
            {edition}
            {warnings}
            {manual}
            {sent_view(sent, preflight.sample_rows)}
            {kept_view(kept)}
            {entitlements(preflight.entitlements)}
        </Stack>
    }
    .into_any()
}

/// What goes, by kind.
fn sent_view(items: Vec<PreflightItem>, sample_rows: i32) -> AnyView {
    let items = in_order(items, |item| item.kind as u8);
    let counts: Vec<(ComponentKind, usize)> = items
        .chunk_by(|left, right| left.kind == right.kind)
        .map(|group| (group[0].kind, group.len()))
        .collect();
    let summary = Text::from(move || {
        let mut parts: Vec<String> = counts
            .iter()
            .map(|(kind, count)| format!("{} {count}", labels::component(*kind).get()))
            .collect();
        if sample_rows > 0 {
            parts.push(portal::sample_rows(&sample_rows));
        }
        format::list(&parts)
    });
    let count = items.len();
    let rows = items
        .into_iter()
        .map(|item| vec![item.name.into_any(), muted(labels::component(item.kind))])
        .collect();
    let table = view! { <Table label=portal::WILL_BE_SENT columns=vec![column(portal::NAME), column(portal::KIND)] rows=rows /> }.into_any();
    folded(
        Text::from(move || portal::will_be_sent_count(count as u64)),
        view! { <Stack tight=true>{muted(summary)}{table}</Stack> }.into_any(),
    )
}

/// What stays, each with its reason.
fn kept_view(items: Vec<PreflightItem>) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let count = items.len();
    let rows = items
        .into_iter()
        .map(|item| {
            let kind = Text::from(labels::component(item.kind)).into_view_any();
            vec![
                two_lines(item.name.into_any(), kind),
                muted(item.reason.unwrap_or_default()),
            ]
        })
        .collect();
    let table = view! { <Table label=portal::WILL_NOT_BE_SENT columns=vec![column(portal::NAME), column(portal::REASON)] rows=rows /> }.into_any();
    Some(folded(
        Text::from(move || portal::will_not_be_sent_count(count as u64)),
        table,
    ))
}

fn entitlements(checks: Vec<EntitlementCheck>) -> AnyView {
    let rows = checks.into_iter().map(entitlement_row).collect();
    let columns = vec![
        column(portal::FEATURE),
        end_column(portal::NEEDED),
        end_column(portal::USED),
        end_column(portal::LIMIT),
        column(portal::RESULT),
    ];
    folded(
        portal::ENTITLEMENTS,
        view! { <Table label=portal::ENTITLEMENTS columns=columns rows=rows /> }.into_any(),
    )
}

fn entitlement_row(check: EntitlementCheck) -> Vec<AnyView> {
    let limit = check
        .limit
        .map_or_else(|| Text::from(portal::UNLIMITED), |limit| limit.to_string().into());
    let result = if check.ok {
        badge(Tone::Good, common::FINE)
    } else {
        badge(Tone::Bad, portal::NOT_COVERED)
    };
    vec![
        Text::from(labels::feature(check.feature)).into_view_any(),
        check.needed.to_string().into_any(),
        check.used.to_string().into_any(),
        limit.into_view_any(),
        result,
    ]
}
