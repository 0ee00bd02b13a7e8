//! Beside a product: whose it is, when a decision is due, the version that is sold with its self-test, and what happened.

use leptos::prelude::*;

use super::product_review_list::due;
use crate::{
    api::{
        DateTime,
        product_review::{ProductTimeline, ReviewedProduct, ReviewedVersion, Revision, RevisionStatus},
        self_test::SelfTestStatus,
    },
    components::{
        badge::{Tone, badge},
        facts::{fact, facts, text_fact, wide_fact},
        layout::{Card, Stack, code, link, muted, two_lines},
        skeleton::Skeleton,
        timeline::{Event, timeline},
    },
    format,
    i18n::{
        Text, live,
        texts::{ratings, reviews},
    },
    labels,
    load::{Loaded, show_steadily},
    routes::Market,
};

pub fn facts_card(product: &ReviewedProduct, shown: Option<&Revision>) -> AnyView {
    let mut list = vec![
        text_fact(reviews::PARTNER, &product.partner.name),
        fact(reviews::CORP_ID, code(product.partner.corp_id.clone())),
        text_fact(reviews::APPLICATION, &product.application.name),
    ];
    let category = shown
        .and_then(|revision| revision.category.as_ref())
        .or(product.category.as_ref());
    if let Some(category) = category {
        list.push(text_fact(reviews::FIELD_CATEGORY, &category.name));
    }
    if let Some(revision) = shown {
        list.extend(revision_facts(revision));
    }
    if let Some(at) = product.listed_at.clone() {
        list.push(fact(reviews::LISTED_AT, moment(at)));
        let all = Market::Ratings(product.id.inner().to_owned()).address();
        list.push(fact(ratings::TITLE, link(all, ratings::SEE_ALL)));
    }
    view! { <Card title=reviews::ABOUT>{facts(list)}</Card> }.into_any()
}

fn revision_facts(revision: &Revision) -> Vec<crate::components::facts::Fact> {
    let number = revision.number;
    let mut list = vec![fact(
        reviews::REVISION,
        live(move || reviews::revision_number(&number)).into_view_any(),
    )];
    if let Some(at) = revision.submitted_at.clone() {
        let by = revision
            .submitted_by
            .as_ref()
            .map(|by| by.name.clone())
            .unwrap_or_default();
        list.push(fact(reviews::SUBMITTED, two_lines(moment(at), by.into_any())));
    }
    match (revision.status, revision.due_at.clone(), revision.decided_at.clone()) {
        (RevisionStatus::InReview, Some(at), _) => list.push(fact(reviews::DUE, due(at, revision.overdue))),
        (RevisionStatus::Approved, _, Some(at)) => list.push(fact(reviews::APPROVED_AT, moment(at))),
        _ => {}
    }
    list
}

fn moment(at: DateTime) -> AnyView {
    live(move || format::date_time(&at)).into_view_any()
}

/// The version that was published when the revision was handed in.
pub fn version_card(revision: &Revision) -> AnyView {
    let content = match &revision.application_version {
        Some(version) => version_facts(version),
        None => muted(reviews::NO_VERSION),
    };
    view! { <Card title=reviews::VERSION>{content}</Card> }.into_any()
}

fn version_facts(version: &ReviewedVersion) -> AnyView {
    let tested = match version.self_test_passed {
        true => badge(Tone::Good, reviews::SELF_TEST_PASSED),
        false => badge(Tone::Bad, reviews::SELF_TEST_MISSING),
    };
    let mut list = vec![
        text_fact(reviews::VERSION_NUMBER, &version.number),
        fact(reviews::SELF_TEST, tested),
    ];
    if let Some(at) = version.published_at.clone() {
        list.push(fact(reviews::PUBLISHED_AT, moment(at)));
    }
    if let Some(test) = &version.latest_self_test {
        let passed = test.items.iter().filter(|item| item.passed == Some(true)).count();
        let total = test.items.len();
        list.push(fact(
            reviews::CHECKLIST,
            live(move || reviews::checklist_passed(&passed, &total)).into_view_any(),
        ));
        list.push(text_fact(reviews::TESTED_IN, &test.test_organization.name));
        list.push(text_fact(reviews::TESTED_BY, &test.created_by.name));
        if let Some(at) = test.passed_at.clone() {
            list.push(fact(reviews::PASSED_AT, moment(at)));
        }
        // A later test than the one that passed says something of its own.
        if test.status != SelfTestStatus::Passed {
            list.push(fact(
                reviews::LATEST_TEST,
                labels::state_badge(labels::self_test(test.status)),
            ));
        }
    }
    if !version.description.is_empty() {
        list.push(wide_fact(reviews::VERSION_NOTES, version.description.clone()));
    }
    facts(list)
}

/// What happened, newest first.
pub fn timeline_card(events: Loaded<Option<ProductTimeline>>) -> AnyView {
    let shown = show_steadily(events, Skeleton::Lines, |found| {
        let events = found.map(|found| found.nodes).unwrap_or_default();
        let event = |event: crate::api::product_review::ProductEvent| Event {
            at: Text::from(move || format::date_time(&event.at)),
            what: labels::product::event(event.kind).into(),
            by: event.user.map(|user| user.name),
            note: event.note,
        };
        timeline(events.into_iter().map(event).collect())
    });
    view! { <Card title=reviews::TIMELINE><Stack>{shown}</Stack></Card> }.into_any()
}
