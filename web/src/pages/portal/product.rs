//! One product: where it stands, what is to be done next, what customers see, and what happened to it.

use leptos::prelude::*;

use super::{product_actions::Actions, product_decision, product_preview, product_state, products_crumb};
use crate::{
    api::{
        product::{self, Product, ProductEvent, ProductStatus, Revision, RevisionStatus},
        session::Role,
    },
    components::{
        button::ButtonLink,
        facts::{Fact, fact, facts, text_fact},
        layout::{Card, Columns, Stack, link, muted},
        page_header::PageHeader,
        skeleton::Skeleton,
        timeline::{Event, timeline},
    },
    format,
    forms::product::ProductForm,
    i18n::{
        Text, live,
        texts::{buying, market, portal, ratings, rollout, shell, shelves as words},
    },
    labels::{self, product as lists},
    load::{Loaded, load, reload_while, show_steadily},
    pages::not_found,
    routes::{Market, Portal, Route},
    session,
};

pub type Found = Option<Product>;

/// How often a page is read again while somebody else has to decide.
const LOOK_MS: u32 = 20_000;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || product::product(id.clone()));
    reload_while(found, LOOK_MS, |found: &Found| {
        found
            .as_ref()
            .is_some_and(|product| product.in_review().is_some() || product.delisting_applied_at.is_some())
    });
    show_steadily(found, Skeleton::Page, move |product| match product {
        Some(product) => body(found, product),
        None => not_found::page(),
    })
}

fn body(found: Loaded<Found>, product: Product) -> AnyView {
    let status = labels::state_badge(labels::product::product(product.status));
    let application = product.application.name.clone();
    let hint = Text::from(move || words::sells(&application));
    let decision = product
        .open_revision
        .as_ref()
        .and_then(|open| product_decision::panel(open, None));
    let shown = (product.status == ProductStatus::Listed).then(|| {
        let href = Market::Product(product.id.inner().to_owned()).address();
        view! { <ButtonLink label=market::VIEW_IN_MARKET href=href /> }
    });
    let rated = product.listed_at.is_some().then(|| {
        let href = Market::Ratings(product.id.inner().to_owned()).address();
        view! { <ButtonLink label=ratings::TITLE href=href /> }
    });
    let licenses = product.listed_at.is_some().then(|| {
        let orders = Portal::ProductOrders.address();
        let href = format!("{orders}?tab=licenses&product={}", product.id.inner());
        view! { <ButtonLink label=buying::TAB_CUSTOMER_LICENSES href=href /> }
    });
    let promotable = matches!(product.status, ProductStatus::Approved | ProductStatus::Listed);
    let admin = session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin));
    let links = (promotable && admin).then(|| {
        let href = format!("{}?product={}", Portal::Promotions.address(), product.id.inner());
        view! { <ButtonLink label=shell::NAV_PROMOTIONS href=href /> }
    });
    let rollouts = product.listed_at.is_some().then(|| {
        let all = Portal::Rollouts.address();
        let href = format!("{all}?product={}", product.id.inner());
        view! { <ButtonLink label=rollout::NAV href=href /> }
    });
    let actions =
        view! { {links}{licenses}{rollouts}{rated}{shown}<Actions found=found product=product.clone() /> }.into_any();
    let (next, tasks, contents) = (
        product_state::next(&product),
        product_state::tasks(&product),
        contents(&product),
    );
    let main = view! {
        <Stack>
            {next}
            {decision}
            {tasks}
            {contents}
        </Stack>
    }
    .into_any();
    let side = view! { {about(&product)}{history(&product)} }.into_any();
    view! {
        <PageHeader title=product.name.clone() crumbs=vec![products_crumb()] status=status hint=hint actions=actions />
        <Columns main=main side=side />
    }
    .into_any()
}

/// What customers see, and what is written or reviewed beside it.
fn contents(product: &Product) -> AnyView {
    let approved = product
        .approved_revision
        .as_ref()
        .map(|revision| content(revision, words::APPROVED_CONTENT));
    let open = product.open_revision.as_ref().map(|revision| {
        let title = match revision.status {
            RevisionStatus::InReview => words::REVIEWED_CONTENT,
            RevisionStatus::Draft | RevisionStatus::Approved | RevisionStatus::Rejected => words::DRAFT_CONTENT,
        };
        content(revision, title)
    });
    view! { {approved}{open} }.into_any()
}

fn content(revision: &Revision, title: crate::i18n::Key) -> AnyView {
    let form = ProductForm::of(&revision.content);
    let category = revision.content.category.as_ref().map(|category| category.name.clone());
    let number = revision.number;
    let aside = muted(live(move || words::revision_number(&number)));
    let named = live(move || format!("{} · {}", words::PLANS.get(), title.get()));
    let settings = facts(settings(&form));
    view! {
        <Card title=title aside=aside>
            <Stack>
                {product_preview::both(Signal::stored(form), Signal::stored(category), named)}
                {settings}
            </Stack>
        </Card>
    }
    .into_any()
}

/// What stands on no page of the marketplace.
fn settings(form: &ProductForm) -> Vec<Fact> {
    let word = |table: &'static lists::Words, word: &str| {
        let found = lists::of(table, word);
        live(move || found.map_or("—", crate::i18n::Key::get).to_owned()).into_view_any()
    };
    let everybody = |said: Option<String>| said.unwrap_or_else(|| words::EVERYBODY.get().to_owned());
    let (industries, sizes) = (form.audience.industries.clone(), form.audience.sizes.clone());
    let trials = form.audience.daily_trials.clone();
    let contacts: Vec<String> = form.contact_ids.iter().map(|(_, name)| name.clone()).collect();
    let mut list = vec![
        fact(words::CHARGE_FORM, word(lists::CHARGE_FORMS, &form.charge_form)),
        fact(
            words::PROMOTION_MODE,
            word(lists::PROMOTION_MODES, &form.promotion_mode),
        ),
        fact(
            words::INDUSTRIES,
            live(move || everybody(lists::listed(lists::INDUSTRIES, &industries))).into_view_any(),
        ),
        fact(
            words::SIZES,
            live(move || everybody(lists::listed(&lists::sizes(), &sizes))).into_view_any(),
        ),
        fact(
            words::DAILY_TRIALS,
            live(move || match trials.is_empty() {
                true => words::NO_LIMIT.get().to_owned(),
                false => trials.clone(),
            })
            .into_view_any(),
        ),
        fact(
            words::CONTACTS,
            live(move || match contacts.is_empty() {
                true => "—".to_owned(),
                false => format::list(&contacts),
            })
            .into_view_any(),
        ),
    ];
    if form.is_paid() {
        list.push(fact(words::TRIAL, word(lists::TRIALS, &form.trial)));
        list.push(fact(
            words::OPENING_ORDER,
            word(lists::OPENING_ORDERS, &form.opening_order),
        ));
        let free = form.free_plan.as_ref().map(|plan| plan.max_seats.clone());
        list.push(fact(
            words::FREE_PLAN,
            live(move || match &free {
                None => words::NOTHING.get().to_owned(),
                Some(most) if most.is_empty() => words::NO_LIMIT.get().to_owned(),
                Some(most) => words::up_to_seats(most),
            })
            .into_view_any(),
        ));
    }
    list
}

fn about(product: &Product) -> AnyView {
    let application = Portal::Application(product.application.id.inner().to_owned()).address();
    let (updated, listed) = (product.updated_at.clone(), product.listed_at.clone());
    let version = product.application.published_version.as_ref();
    let mut list = vec![
        fact(words::APPLICATION, link(application, product.application.name.clone())),
        text_fact(
            portal::PUBLISHED_VERSION,
            version.map_or("", |version| version.number.as_str()),
        ),
        text_fact(
            words::CATEGORY,
            product.category.as_ref().map_or("", |category| category.name.as_str()),
        ),
        fact(
            portal::UPDATED_AT,
            live(move || format::date_time(&updated)).into_view_any(),
        ),
    ];
    if let Some(listed) = listed {
        list.push(fact(
            words::LISTED_AT,
            live(move || format::date_time(&listed)).into_view_any(),
        ));
    }
    if let Some(open) = product.in_review() {
        let by = open
            .submitted_by
            .as_ref()
            .map_or_else(String::new, |by| by.name.clone());
        let at = open.submitted_at.clone();
        let said = live(move || {
            let at = at.as_ref().map(format::date_time).unwrap_or_default();
            format!("{at} · {by}")
        });
        list.push(fact(portal::SUBMITTED_AT, said.into_view_any()));
    }
    view! { <Card title=portal::FACTS>{facts(list)}</Card> }.into_any()
}

fn history(product: &Product) -> AnyView {
    let events = product.timeline.nodes.iter().map(event).collect();
    let more = product.timeline.page_info.has_next_page.then(|| {
        let address = format!("{}?object={}", Route::Audit.address(), product.id.inner());
        link(address, words::MORE_HISTORY)
    });
    view! { <Card title=words::TIMELINE><Stack tight=true>{timeline(events)}{more}</Stack></Card> }.into_any()
}

fn event(event: &ProductEvent) -> Event {
    let at = event.at.clone();
    Event {
        at: live(move || format::date_time(&at)),
        what: labels::product::event(event.kind).into(),
        by: event.user.as_ref().map(|user| user.name.clone()),
        note: event.note.clone(),
    }
}
