//! 商品上架: the partner's products by tabs, and listing an application as a new one.

use leptos::prelude::*;

use super::product_new;
use crate::{
    api::{
        product::{self, ProductAction, ProductRow, ProductTab, RevisionStatus},
        session::Role,
    },
    components::{
        badge::{Tone, badge},
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Row, RowActions, Stack, attention, link, muted, one_line, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        table::{action_column, column},
        tabs::{Tabs, tab},
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{portal, shell, shelves as words},
    },
    labels, navigation,
    routes::Portal,
    session,
};

pub fn page() -> AnyView {
    let chosen = navigation::query("tab");
    let list = load_page(move |window| {
        let tab = tab_of(&chosen.get());
        product::products(Some(tab), window.first, window.after, window.last, window.before)
    });
    let tabs = vec![
        tab("", words::TAB_NOT_LISTED),
        tab("in-review", words::TAB_IN_REVIEW),
        tab("listed", words::TAB_LISTED),
        tab("delisted", words::TAB_DELISTED),
    ];
    // The address may name the application that is to be listed.
    let wanted = navigation::location_now().value("new").map(str::to_owned);
    let open = RwSignal::new(wanted.is_some() && may_create());
    let actions = match may_create() {
        true => new_button(open),
        false => ().into_any(),
    };
    view! {
        <PageHeader title=shell::NAV_PRODUCTS hint=words::HINT actions=actions />
        <Stack>
            <Tabs name="tab" label=portal::STATUS tabs=tabs />
            {dynamic(move || frame(&chosen.get(), open).show(list, row))}
        </Stack>
        {product_new::dialog(open, wanted)}
    }
    .into_any()
}

fn may_create() -> bool {
    session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin))
}

fn tab_of(word: &str) -> ProductTab {
    match word {
        "in-review" => ProductTab::InReview,
        "listed" => ProductTab::Listed,
        "delisted" => ProductTab::Delisted,
        _ => ProductTab::NotListed,
    }
}

fn new_button(open: RwSignal<bool>) -> AnyView {
    view! { <Button label=words::NEW on_press=Callback::new(move |()| open.set(true)) look=Look::Primary leading=Icon::Plus /> }.into_any()
}

/// Its columns, and what stands there while nothing does: each tab says what comes here, and how.
fn frame(tab: &str, open: RwSignal<bool>) -> PagedList {
    let (title, hint): (Key, Key) = match tab {
        "in-review" => (words::NONE_IN_REVIEW, words::NONE_IN_REVIEW_HINT),
        "listed" => (words::NONE_LISTED, words::NONE_LISTED_HINT),
        "delisted" => (words::NONE_DELISTED, words::NONE_DELISTED_HINT),
        _ if may_create() => (words::NONE, words::NONE_HINT),
        _ => (words::NONE, words::NONE_HINT_DEVELOPER),
    };
    let (first, offers) = (tab.is_empty(), may_create());
    let nothing = move || {
        let step = match (first, offers) {
            (true, true) => new_button(open),
            (true, false) => ().into_any(),
            (false, _) => {
                view! { <ButtonLink label=words::SEE_NOT_LISTED href=Portal::Products.address() /> }.into_any()
            }
        };
        view! { <Empty picture=Icon::Layers title=title hint=hint>{step}</Empty> }.into_any()
    };
    let columns = vec![
        column(words::PRODUCT),
        column(portal::STATUS),
        column(words::CATEGORY),
        column(portal::UPDATED_AT),
        action_column(),
    ];
    paged_list(shell::NAV_PRODUCTS, columns, nothing)
}

fn row(product: ProductRow) -> Vec<AnyView> {
    let own = Portal::Product(product.id.inner().to_owned()).address();
    let updated = product.updated_at.clone();
    let category = product
        .category
        .as_ref()
        .map_or_else(|| "—".to_owned(), |category| category.name.clone());
    let application = product.application.name.clone();
    let of = live(move || words::sells(&application));
    vec![
        two_lines(link(own.clone(), product.name.clone()), muted(of)),
        state(&product),
        muted(category),
        one_line(live(move || format::date_time(&updated))),
        action(&product, own),
    ]
}

/// The product's state, and that of a revision beside what is on sale.
fn state(product: &ProductRow) -> AnyView {
    use crate::api::product::ProductStatus as S;
    let own = labels::state_badge(labels::product::product(product.status));
    let beside = matches!(product.status, S::Approved | S::Listed | S::Hidden | S::Delisted);
    let open = product.open_revision.as_ref();
    let revision = open
        .filter(|_| beside)
        .map(|open| labels::state_badge(labels::product::revision(open.status)));
    let delisting = product
        .delisting_applied_at
        .as_ref()
        .map(|_| badge(Tone::Attention, words::DELISTING_APPLIED));
    let badges = view! { <Row>{own}{revision}{delisting}</Row> }.into_any();
    let waiting = open.filter(|open| open.status == RevisionStatus::InReview);
    match waiting.and_then(|open| Some((open.due_at.clone()?, open.overdue))) {
        Some((_, true)) => two_lines(badges, attention(portal::OVERDUE)),
        Some((due, false)) => two_lines(
            badges,
            live(move || portal::review_due(&format::relative(&due))).into_view_any(),
        ),
        None => badges,
    }
}

fn action(product: &ProductRow, own: String) -> AnyView {
    let may = |action: ProductAction| product.available_actions.contains(&action);
    let name = product.name.clone();
    let named = move |action: Key| {
        let name = name.clone();
        Text::from(move || format!("{}: {name}", action.get()))
    };
    let button = if may(ProductAction::Edit) {
        let href = Portal::EditProduct(product.id.inner().to_owned()).address();
        view! { <ButtonLink label=words::GO_ON name=named(words::GO_ON) href=href small=true leading=Icon::Edit /> }
            .into_any()
    } else if may(ProductAction::List) {
        view! { <ButtonLink label=words::PUT_ON_SHELF name=named(words::PUT_ON_SHELF) href=own small=true look=Look::Primary /> }.into_any()
    } else {
        view! { <ButtonLink label=portal::VIEW_DETAIL name=named(portal::VIEW_DETAIL) href=own small=true look=Look::Quiet /> }.into_any()
    };
    view! { <RowActions>{button}</RowActions> }.into_any()
}
