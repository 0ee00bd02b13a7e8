//! What was found (L11): a page of cards; where there is none, what to try.

use leptos::prelude::*;

use super::{category_tag, facets, price, tag};
use crate::{
    api::{
        file,
        market::{MarketCard, MarketPage},
        product_content::ChargeForm,
    },
    components::{
        button::ButtonLink,
        empty::Empty,
        icon::Icon,
        layout::Stack,
        pagination::{Pagination, Position},
        product_card::{ProductFace, product_cards},
    },
    forms::market_search::MarketSearch,
    i18n::{Text, live, texts::market as words},
    pages::product_parts::Opening,
    routes::Market,
};

pub fn list(page: MarketPage, asked: &MarketSearch) -> AnyView {
    if page.nodes.is_empty() {
        return nothing(asked);
    }
    // How many there are is said above.
    let position = Position {
        total: None,
        ..page.page_info.position(page.total_count)
    };
    let cards = product_cards(page.nodes.iter().map(face).collect());
    view! { <Stack>{cards}<Pagination position=position /></Stack> }.into_any()
}

fn face(card: &MarketCard) -> ProductFace {
    let id = card.id.inner().to_owned();
    let opening = Opening {
        free: card.charge_form == ChargeForm::Free,
        trial: card.trial,
        free_plan: card.free_plan.as_ref().map(|plan| plan.max_seats),
        order: None,
    };
    let count = u64::try_from(card.installs).unwrap_or_default();
    ProductFace {
        name: card.name.clone(),
        href: Some(Market::Product(id).address()),
        icon: card.icon.as_ref().map(|icon| file::picture_url(icon.id.inner())),
        summary: card.summary.clone(),
        partner: card.partner_name.clone(),
        category: Some(category_tag(&card.category)),
        tags: card.tags.iter().map(|word| tag(word)).collect(),
        price: price(card.charge_form, card.plans.iter().map(|plan| &plan.unit_price)),
        trial: opening.in_short(),
        installs: (count > 0).then(|| live(move || words::installs_count(count))),
        rating: card.rating.average.map(|average| (average, card.rating.count)),
    }
}

/// Why nothing stands here, and what to try.
fn nothing(asked: &MarketSearch) -> AnyView {
    if !asked.is_narrow() {
        return view! { <Empty picture=Icon::Bag title=words::NOTHING_LISTED hint=words::NOTHING_LISTED_HINT /> }
            .into_any();
    }
    let (typed, filtered) = (asked.words.clone(), !asked.filters().is_empty());
    let searched = !typed.is_empty();
    let hint: Text = match (searched, filtered) {
        (true, true) => live(move || words::nothing_found_filters_words(&typed)),
        (true, false) => live(move || words::nothing_found_words(&typed)),
        (false, _) => words::NOTHING_FOUND_FILTERS.into(),
    };
    let both = searched && filtered;
    view! {
        <Empty picture=Icon::Search title=words::NOTHING_FOUND hint=hint>
            {both.then(|| view! { <ButtonLink label=words::WITHOUT_FILTERS href=facets::without_filters() /> })}
            {both.then(|| view! { <ButtonLink label=words::WITHOUT_WORDS href=facets::without_words() /> })}
            <ButtonLink label=words::EVERYTHING href=Market::Search.address() />
        </Empty>
    }
    .into_any()
}
