//! What waits for a category operator (L6, L7): revisions in review, the overdue and soonest due first; applications to delist;
//! and every product of the operator's categories.

use leptos::prelude::*;

use super::product_review_value::picture_address;
use crate::{
    api::{
        DateTime,
        category::{self, Category},
        product_review::{self, ProductRow, ProductStatus, ProductTab, QueuedRevision},
        session::Role,
    },
    components::{
        badge::{Tone, badge, tag},
        dynamic::dynamic,
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{Row, Stack, attention, link, muted, two_lines},
        page_header::PageHeader,
        paged_list::{load_page, paged_list},
        review_field::named_with_picture,
        skeleton::Skeleton,
        table::column,
        tabs::{Tabs, tab},
    },
    format,
    forms::interned,
    i18n::{
        Text, live,
        texts::{common, reviews},
    },
    labels,
    load::{load, reload_while, show_steadily},
    navigation,
    pages::not_found,
    routes::Operator,
    session,
};

/// New revisions come in while the queue stands open.
const EVERY_MS: u32 = 20_000;

pub fn page() -> AnyView {
    if !session::viewer_now().is_some_and(|viewer| viewer.is(Role::CategoryOperator)) {
        return not_found::page();
    }
    let categories = load(category::categories);
    let chosen = navigation::query("list");
    view! {
        <PageHeader title=reviews::NAV_PRODUCTS hint=reviews::PRODUCTS_HINT />
        {show_steadily(categories, Skeleton::Rows(6), move |categories| lists(categories, chosen))}
    }
    .into_any()
}

/// Nothing comes to whoever holds no category.
fn lists(categories: Vec<Category>, chosen: Memo<String>) -> AnyView {
    let held: Vec<Category> = categories.into_iter().filter(|category| category.held).collect();
    if held.is_empty() {
        return view! { <Empty picture=Icon::Folder title=reviews::NO_CATEGORIES hint=reviews::NO_CATEGORIES_HINT /> }
            .into_any();
    }
    let names: Vec<String> = held.iter().map(|category| category.name.clone()).collect();
    let tabs = vec![
        tab("", reviews::TAB_WAITING),
        tab("delisting", reviews::TAB_DELISTING),
        tab("all", reviews::TAB_ALL),
    ];
    view! {
        <Stack>
            <Tabs name="list" label=reviews::LISTS tabs=tabs />
            {muted(live(move || reviews::your_categories(&format::list(&names))))}
            {dynamic(move || match chosen.get().as_str() {
                "delisting" => delisting(),
                "all" => everything(),
                _ => queue(&held),
            })}
        </Stack>
    }
    .into_any()
}

/// The revisions that wait.
fn queue(held: &[Category]) -> AnyView {
    let category = navigation::query("category");
    let list = load_page(move |window| {
        let category = Some(category.get()).filter(|id| !id.is_empty()).map(cynic::Id::new);
        product_review::product_reviews(window.first, window.after, window.last, window.before, category)
    });
    reload_while(list, EVERY_MS, |_| true);
    let filter = (held.len() > 1).then(|| {
        let all = std::iter::once(("", Text::from(common::ALL)));
        let own = held
            .iter()
            .map(|category| (interned(category.id.inner()), Text::from(category.name.clone())));
        let choices = all.chain(own).collect();
        view! { <FilterBar><SelectFilter name="category" label=reviews::FIELD_CATEGORY choices=choices /></FilterBar> }
    });
    let frame = paged_list(
        reviews::TAB_WAITING,
        vec![
            column(reviews::PRODUCT),
            column(reviews::PARTNER),
            column(reviews::FIELD_CATEGORY),
            column(reviews::WHAT),
            column(reviews::SUBMITTED),
            column(reviews::DUE),
        ],
        || view! { <Empty picture=Icon::Check title=reviews::QUEUE_EMPTY hint=reviews::QUEUE_EMPTY_HINT /> }.into_any(),
    )
    .narrowed_by(&["category"])
    .advice(reviews::CATEGORY_EMPTY);
    view! { {filter}{frame.show_steadily(list, waiting_row)} }.into_any()
}

fn waiting_row(revision: QueuedRevision) -> Vec<AnyView> {
    let address = Operator::Product(revision.product.id.inner().to_owned()).address();
    let picture = revision.content.icon_id.as_ref().map(picture_address);
    let name = link(address, revision.content.name);
    let by = revision.submitted_by.map(|by| by.name).unwrap_or_default();
    let submitted = revision.submitted_at;
    let submitted = live(move || submitted.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any();
    let number = revision.number;
    let kind = match revision.product.status {
        ProductStatus::Draft | ProductStatus::InReview | ProductStatus::Rejected => reviews::KIND_FIRST,
        ProductStatus::Approved | ProductStatus::Listed | ProductStatus::Hidden | ProductStatus::Delisted => {
            reviews::KIND_CHANGE
        }
    };
    let number = live(move || reviews::revision_number(&number)).into_view_any();
    let first = revision.first_approved_by.map(|first| {
        let name = first.name;
        badge(Tone::Active, live(move || reviews::first_by(&name)))
    });
    let kind = Text::from(kind).into_view_any();
    vec![
        named_with_picture(picture, name),
        revision.product.partner.name.into_any(),
        revision
            .category
            .map_or_else(|| muted("—"), |category| category.name.into_any()),
        two_lines(
            kind,
            view! { {number}{first.map(|first| view! { <Row>{first}</Row> })} }.into_any(),
        ),
        two_lines(submitted, by.into_any()),
        revision
            .due_at
            .map_or_else(|| muted("—"), |at| due(at, revision.overdue)),
    ]
}

/// A due time as people plan by it: how long yet, and when exactly.
pub fn due(at: DateTime, overdue: bool) -> AnyView {
    let exact = at.clone();
    let left = live(move || format::relative(&at));
    let first = match overdue {
        true => view! { <Row>{badge(Tone::Bad, reviews::OVERDUE)}{attention(left)}</Row> }.into_any(),
        false => left.into_view_any(),
    };
    two_lines(first, live(move || format::date_time(&exact)).into_view_any())
}

/// L10: what partners want off the shelves.
fn delisting() -> AnyView {
    let list = load_page(move |window| {
        product_review::products(window.first, window.after, window.last, window.before, None, true)
    });
    reload_while(list, EVERY_MS, |_| true);
    paged_list(
        reviews::TAB_DELISTING,
        vec![
            column(reviews::PRODUCT),
            column(reviews::PARTNER),
            column(reviews::FIELD_CATEGORY),
            column(reviews::REASON),
            column(reviews::APPLIED),
            column(reviews::STATUS),
        ],
        || {
            view! { <Empty picture=Icon::Check title=reviews::DELISTING_EMPTY hint=reviews::DELISTING_EMPTY_HINT /> }
                .into_any()
        },
    )
    .show_steadily(list, |product: ProductRow| {
        let by = product.delisting_applied_by.map(|by| by.name).unwrap_or_default();
        let at = product.delisting_applied_at;
        let at = live(move || at.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any();
        vec![
            name(&product.id, product.name),
            product.partner.name.into_any(),
            product
                .category
                .map_or_else(|| muted("—"), |category| category.name.into_any()),
            product.delisting_reason.unwrap_or_default().into_any(),
            two_lines(at, by.into_any()),
            labels::state_badge(labels::product::product(product.status)),
        ]
    })
}

/// Every product of the operator's categories that was handed in once.
fn everything() -> AnyView {
    let shelf = navigation::query("shelf");
    let list = load_page(move |window| {
        let shelf = shelf_of(&shelf.get());
        product_review::products(window.first, window.after, window.last, window.before, shelf, false)
    });
    reload_while(list, EVERY_MS, |_| true);
    let choices = vec![
        ("", common::ALL.into()),
        ("not-listed", reviews::SHELF_NOT_LISTED.into()),
        ("in-review", reviews::SHELF_IN_REVIEW.into()),
        ("listed", reviews::SHELF_LISTED.into()),
        ("delisted", reviews::SHELF_DELISTED.into()),
    ];
    let frame = paged_list(
        reviews::TAB_ALL,
        vec![
            column(reviews::PRODUCT),
            column(reviews::PARTNER),
            column(reviews::FIELD_CATEGORY),
            column(reviews::STATUS),
            column(reviews::UPDATED),
        ],
        || view! { <Empty picture=Icon::Grid title=reviews::ALL_EMPTY hint=reviews::ALL_EMPTY_HINT /> }.into_any(),
    )
    .narrowed_by(&["shelf"]);
    view! {
        <FilterBar><SelectFilter name="shelf" label=reviews::SHELF choices=choices /></FilterBar>
        {frame.show_steadily(list, product_row)}
    }
    .into_any()
}

fn product_row(product: ProductRow) -> Vec<AnyView> {
    let at = product.updated_at;
    let leaves = product
        .delisting_applied_at
        .map(|_| badge(Tone::Attention, reviews::DELISTING_MARK));
    let changes = (product.tab == ProductTab::InReview && product.status != ProductStatus::InReview)
        .then(|| tag(reviews::CHANGE_IN_REVIEW));
    let status = labels::state_badge(labels::product::product(product.status));
    vec![
        name(&product.id, product.name),
        product.partner.name.into_any(),
        product
            .category
            .map_or_else(|| muted("—"), |category| category.name.into_any()),
        view! { <Row>{status}{changes}{leaves}</Row> }.into_any(),
        live(move || format::date_time(&at)).into_view_any(),
    ]
}

fn name(id: &cynic::Id, name: String) -> AnyView {
    link(Operator::Product(id.inner().to_owned()).address(), name)
}

fn shelf_of(value: &str) -> Option<ProductTab> {
    Some(match value {
        "not-listed" => ProductTab::NotListed,
        "in-review" => ProductTab::InReview,
        "listed" => ProductTab::Listed,
        "delisted" => ProductTab::Delisted,
        _ => return None,
    })
}
