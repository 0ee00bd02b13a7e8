//! The marketplace: searching it, and the page of a product. Everybody may look; what is bought needs somebody signed in.

mod facets;
mod product;
mod profile;
mod results;
mod search;

pub use product::promoted;

use leptos::prelude::*;

use crate::{
    api::product_content::ChargeForm,
    components::product_card::FaceTag,
    forms::market_search::{CATEGORY, TAG},
    i18n::{Text, texts::market as words},
    navigation::Location,
    pages::{not_found, product_parts},
    routes::Market,
};

pub fn page(page: Market) -> AnyView {
    match page {
        Market::Search => search::page(),
        Market::Product(id) => product::page(id),
        Market::Ratings(_) => not_found::page(),
    }
}

/// The search for whatever has this value.
fn address_of(name: &str, value: &str) -> String {
    let location = Location {
        path: Market::Search.address(),
        query: vec![(name.to_owned(), value.to_owned())],
    };
    location.address()
}

fn category_tag(category: &crate::api::market::MarketCategory) -> FaceTag {
    FaceTag {
        word: category.name.clone(),
        href: Some(address_of(CATEGORY, category.id.inner())),
    }
}

fn tag(word: &str) -> FaceTag {
    FaceTag {
        word: word.to_owned(),
        href: Some(address_of(TAG, word)),
    }
}

/// From the unit prices of the plans that customers can buy themselves.
fn price<'a>(form: ChargeForm, prices: impl Iterator<Item = &'a crate::api::MinorUnits>) -> Text {
    let least = prices.filter_map(|price| price.0.parse::<i64>().ok()).min();
    product_parts::price(form == ChargeForm::Free, least, words::PRICE_NONE)
}
