//! Taking an overwrite of pages back (D16): what is put back, what stays, what the customer changed since; both sides see it.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::page_delivery::{self, RollbackDeliveryInput, RollbackPage, RollbackReport},
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dialog::{Dialog, Width},
        layout::{Row, Stack, bullets, muted, paragraph, two_lines},
        skeleton::Skeleton,
        table::{Table, column},
        toast::toast,
    },
    forms::submission::Submission,
    i18n::{
        Text,
        texts::{common, portal},
    },
    labels,
    load::{load, show},
};

/// The dialog of one delivery. `done` runs once the rollback has begun.
#[component]
pub fn RollbackDialog(open: RwSignal<bool>, delivery_id: cynic::Id, done: Callback<()>) -> AnyView {
    let id = StoredValue::new(delivery_id);
    view! {
        <Dialog open=open title=portal::ROLL_BACK_TITLE width=Width::Wide>
            {
                let report = load(move || page_delivery::rollback_report(id.get_value()));
                show(report, Skeleton::Lines, move |report| body(id.get_value(), report, open, done))
            }
        </Dialog>
    }
    .into_any()
}

fn body(id: cynic::Id, report: RollbackReport, open: RwSignal<bool>, done: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let confirm = Callback::new(move |()| {
        let input = RollbackDeliveryInput { id: id.clone() };
        let work = page_delivery::rollback_delivery(input, Some(submission.key()));
        submission.run(work, move |_| {
            toast(portal::ROLLING_BACK);
            let _ = open.try_set(false);
            done.run(());
        });
    });
    let (restored, stays): (Vec<RollbackPage>, Vec<RollbackPage>) =
        report.pages.into_iter().partition(|page| page.restored);
    let lost = lost(&restored);
    let stays = (!stays.is_empty()).then(|| {
        let items = stays
            .into_iter()
            .map(|page| two_lines(page.name.into_any(), muted(page.reason.unwrap_or_default())));
        view! { <Alert level=Level::Info title=portal::ROLL_BACK_STAYS>{bullets(items.collect())}</Alert> }
    });
    let rows: Vec<Vec<AnyView>> = restored.into_iter().map(row).collect();
    let columns = vec![column(portal::NAME), column(portal::KIND), column(portal::DETAIL)];
    view! {
        <Stack>
            {paragraph(portal::ROLL_BACK_EFFECT)}
            {lost}
            {stays}
            <Table label=portal::ROLL_BACK_PAGES columns=columns rows=rows inside=true />
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=portal::ROLL_BACK on_press=confirm look=Look::Danger busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}

/// What the customer changed since, which is gone with the rollback.
fn lost(pages: &[RollbackPage]) -> Option<AnyView> {
    let changed: Vec<AnyView> = pages
        .iter()
        .filter(|page| !page.changes_since.is_empty())
        .map(|page| {
            let changes = page
                .changes_since
                .iter()
                .map(|change| change.clone().into_any())
                .collect();
            view! { {page.name.clone()}{bullets(changes)} }.into_any()
        })
        .collect();
    (!changed.is_empty()).then(|| {
        view! { <Alert level=Level::Warning title=portal::ROLL_BACK_LOSSES>{bullets(changed)}</Alert> }.into_any()
    })
}

fn row(page: RollbackPage) -> Vec<AnyView> {
    let count = page.new_record_count;
    let records = match count {
        0 => Text::from("—"),
        count => Text::from(move || portal::roll_back_records(&count)),
    };
    vec![
        page.name.into_any(),
        muted(labels::component(page.kind)),
        muted(records),
    ]
}
