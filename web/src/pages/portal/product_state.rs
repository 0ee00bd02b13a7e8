//! What a product's state means, what comes next in words, and the tasks before the marketplace.

use leptos::prelude::*;

use crate::{
    api::{
        product::{ListingStep, Product, ProductAction, ProductStatus, ProductTask, Revision, RevisionStatus},
        product_content::PromotionMode,
    },
    components::{
        alert::{Alert, Level},
        button::{ButtonLink, Look},
        icon::Icon,
        layout::{Card, Row, Stack, muted, paragraph},
        task_list::{Task, task_list},
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{self_test, shelves as words},
    },
    routes::Portal,
};

/// Everything that has to be known now: about the product, a revision of it, and an application to delist it.
pub fn next(product: &Product) -> AnyView {
    let own = standing(product);
    let beside = product
        .open_revision
        .as_ref()
        .filter(|_| was_approved(product.status))
        .map(|open| revision(product, open));
    let delisting = product.delisting_applied_at.clone().map(|at| {
        let by = product
            .delisting_applied_by
            .as_ref()
            .map_or_else(String::new, |by| by.name.clone());
        let reason = product.delisting_reason.clone().unwrap_or_default();
        view! {
            <Alert level=Level::Warning title=words::DELISTING_TITLE>
                {paragraph(live(move || words::delisting_by(&by, &format::date_time(&at))))}
                {paragraph(live(move || words::reason_is(&reason)))}
                {paragraph(words::DELISTING_HINT)}
            </Alert>
        }
        .into_any()
    });
    view! { <Stack tight=true>{own}{beside}{delisting}</Stack> }.into_any()
}

/// Whether a revision stands beside something that was approved.
fn was_approved(status: ProductStatus) -> bool {
    match status {
        ProductStatus::Approved | ProductStatus::Listed | ProductStatus::Hidden | ProductStatus::Delisted => true,
        ProductStatus::Draft | ProductStatus::InReview | ProductStatus::Rejected => false,
    }
}

fn told(level: Level, title: Key, hint: Key, more: Option<AnyView>) -> AnyView {
    view! { <Alert level=level title=title>{paragraph(hint)}{more}</Alert> }.into_any()
}

fn because(reason: Option<&String>) -> Option<AnyView> {
    let reason = reason.cloned()?;
    Some(paragraph(live(move || words::reason_is(&reason))))
}

fn standing(product: &Product) -> AnyView {
    let marketplace = product.promotion_mode == Some(PromotionMode::Marketplace);
    let ready = product.may(ProductAction::List);
    match product.status {
        ProductStatus::Draft => draft(product),
        ProductStatus::InReview => waiting(product.in_review()),
        // The decision with its reasons stands below.
        ProductStatus::Rejected => ().into_any(),
        ProductStatus::Approved if !marketplace => {
            told(Level::Good, words::NEXT_APPROVED, words::NEXT_OWN_CHANNEL, None)
        }
        ProductStatus::Approved if ready => told(Level::Good, words::NEXT_APPROVED, words::NEXT_LIST, None),
        ProductStatus::Approved => told(Level::Info, words::NEXT_APPROVED, words::NEXT_TASKS, None),
        ProductStatus::Listed if product.may(ProductAction::Revise) => {
            told(Level::Good, words::NEXT_LISTED, words::NEXT_LISTED_HINT, None)
        }
        ProductStatus::Listed => told(Level::Good, words::NEXT_LISTED, words::NEXT_LISTED_BARE, None),
        ProductStatus::Hidden => {
            let reason = because(product.status_reason.as_ref());
            told(Level::Warning, words::NEXT_HIDDEN, words::NEXT_HIDDEN_HINT, reason)
        }
        ProductStatus::Delisted => {
            let reason = because(product.status_reason.as_ref());
            let hint = match product.may(ProductAction::Revise) {
                true => words::NEXT_DELISTED_HINT,
                false => words::NEXT_DELISTED_BARE,
            };
            told(Level::Info, words::NEXT_DELISTED, hint, reason)
        }
    }
}

/// A draft: how much is missing, and what has to be done outside of the wizard.
fn draft(product: &Product) -> AnyView {
    let missing = product.preflight.len() as u64;
    let outside: Vec<AnyView> = product
        .preflight
        .iter()
        .filter(|issue| issue.step == ListingStep::Precondition)
        .map(|issue| paragraph(issue.message.clone()))
        .collect();
    let title = match missing {
        0 => Text::from(words::NEXT_SUBMIT),
        _ => live(move || words::missing_count(missing)),
    };
    let id = product.id.inner().to_owned();
    let go = product.may(ProductAction::Edit).then(|| {
        let (label, step) = match missing {
            0 => (words::GO_SUBMIT, "?step=promotion"),
            _ => (words::GO_ON, ""),
        };
        let href = format!("{}{step}", Portal::EditProduct(id).address());
        view! { <ButtonLink label=label href=href small=true look=Look::Primary leading=Icon::Edit /> }
    });
    let test = product
        .application
        .published_version
        .as_ref()
        .filter(|version| !version.self_test_passed)
        .map(|version| {
            let address = Portal::SelfTests(product.application.id.inner().to_owned()).address();
            let href = format!("{address}?version={}", version.id.inner());
            view! { <ButtonLink label=self_test::TITLE href=href small=true leading=Icon::Check /> }
        });
    let publish = product.application.published_version.is_none().then(|| {
        let href = Portal::Application(product.application.id.inner().to_owned()).address();
        view! { <ButtonLink label=words::GO_PUBLISH href=href small=true /> }
    });
    view! {
        <Alert level=Level::Info title=title>
            {paragraph(words::NEXT_DRAFT_HINT)}
            {outside}
            <Row>{go}{test}{publish}</Row>
        </Alert>
    }
    .into_any()
}

/// L7: until when a decision is due.
fn waiting(revision: Option<&Revision>) -> AnyView {
    let overdue = revision.is_some_and(|open| open.overdue);
    let due = revision.and_then(|open| open.due_at.clone());
    let first = revision.and_then(|open| open.first_approved_by.as_ref()).is_some();
    let level = if overdue { Level::Warning } else { Level::Info };
    let said = due.map(|due| {
        paragraph(live(move || match overdue {
            true => words::overdue_since(&format::date_time(&due)),
            false => words::due_by(&format::date_time(&due)),
        }))
    });
    let first = first.then(|| paragraph(words::FIRST_APPROVED_HINT));
    view! {
        <Alert level=level title=words::NEXT_IN_REVIEW>
            {said}
            {first}
            {paragraph(words::NEXT_IN_REVIEW_HINT)}
        </Alert>
    }
    .into_any()
}

/// A revision beside what is on sale (L8).
fn revision(product: &Product, open: &Revision) -> AnyView {
    match open.status {
        RevisionStatus::InReview => {
            view! { {told(Level::Info, words::REVISION_WAITS, words::REVISION_WAITS_HINT, None)}{waiting(Some(open))} }
                .into_any()
        }
        RevisionStatus::Draft | RevisionStatus::Rejected => {
            let id = product.id.inner().to_owned();
            let go = product.may(ProductAction::Edit).then(|| {
                let href = Portal::EditProduct(id).address();
                view! { <Row><ButtonLink label=words::GO_ON href=href small=true look=Look::Primary leading=Icon::Edit /></Row> }.into_any()
            });
            told(Level::Info, words::REVISION_OPEN, words::REVISION_OPEN_HINT, go)
        }
        RevisionStatus::Approved => ().into_any(),
    }
}

/// L9: the tasks before the marketplace, once the product is approved for it.
pub fn tasks(product: &Product) -> Option<AnyView> {
    let asked: Vec<&ProductTask> = product
        .tasks
        .iter()
        .filter(|task| !task.task.retired || task.done)
        .collect();
    let matters = product.promotion_mode == Some(PromotionMode::Marketplace) && product.approved_revision.is_some();
    // On the marketplace they are done, and history.
    let open = product.status == ProductStatus::Approved;
    if asked.is_empty() || !matters || !open {
        return None;
    }
    let list = asked.into_iter().map(|task| {
        let (done_at, note) = (task.done_at.clone(), task.note.clone().unwrap_or_default());
        let hint = live(move || {
            let at = done_at.as_ref().map(format::date_time).unwrap_or_default();
            match (at.is_empty(), note.is_empty()) {
                (true, true) => words::TASK_OF_OPERATOR.get().to_owned(),
                (false, true) => at,
                (true, false) => note.clone(),
                (false, false) => format!("{at} · {note}"),
            }
        });
        Task {
            what: task.task.name.clone().into_any(),
            hint: Some(hint),
            done: task.done,
            action: None,
        }
    });
    let list = task_list(list.collect());
    Some(
        view! { <Card title=words::TASKS><Stack tight=true>{muted(words::TASKS_HINT)}{list}</Stack></Card> }.into_any(),
    )
}
