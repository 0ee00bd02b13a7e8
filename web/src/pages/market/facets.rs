//! How what is found divides (L11): facets with their counts, and the filters in force with their way out.

use leptos::prelude::*;

use crate::{
    api::market::MarketFacets,
    components::{
        facet::{FacetChoice, facet},
        filter_bar::{Chip, chips},
        layout::{Row, link},
    },
    forms::market_search::{CATEGORY, CHARGE, FILTERS, INDUSTRY, MarketSearch, TAG, WORDS, in_address},
    i18n::{Text, live, texts::market as words},
    labels::product_review as labels,
    navigation,
};

type Found = Memo<Option<MarketFacets>>;

/// All of them.
pub fn all(found: Found) -> AnyView {
    let choices = move |of: fn(&MarketFacets) -> Vec<FacetChoice>| {
        Signal::derive(move || found.with(|found| found.as_ref().map(of).unwrap_or_default()))
    };
    view! {
        {facet(words::CATEGORY, CATEGORY, choices(categories), true)}
        {facet(words::CHARGE, CHARGE, choices(charge_forms), true)}
        {facet(words::INDUSTRY, INDUSTRY, choices(industries), false)}
        {facet(words::TAG, TAG, choices(tags), true)}
    }
    .into_any()
}

fn choice(value: impl Into<String>, label: impl Into<Text>, count: i32) -> FacetChoice {
    FacetChoice {
        value: value.into(),
        label: label.into(),
        count,
    }
}

fn categories(found: &MarketFacets) -> Vec<FacetChoice> {
    let found = found.categories.iter();
    found
        .map(|it| choice(it.category.id.inner(), it.category.name.as_str(), it.count))
        .collect()
}

fn charge_forms(found: &MarketFacets) -> Vec<FacetChoice> {
    let found = found.charge_forms.iter();
    found
        .map(|it| {
            choice(
                in_address(&it.charge_form),
                labels::charge_form(it.charge_form),
                it.count,
            )
        })
        .collect()
}

fn industries(found: &MarketFacets) -> Vec<FacetChoice> {
    let found = found.industries.iter();
    found
        .map(|it| choice(in_address(&it.industry), labels::industry(it.industry), it.count))
        .collect()
}

fn tags(found: &MarketFacets) -> Vec<FacetChoice> {
    let found = found.tags.iter();
    found
        .map(|it| choice(it.tag.as_str(), it.tag.as_str(), it.count))
        .collect()
}

/// Words and filters as chips; where there are several, one link takes all filters back.
pub fn in_force(asked: &MarketSearch, found: Option<MarketFacets>) -> Option<AnyView> {
    let filters = asked.filters();
    if filters.is_empty() {
        return None;
    }
    let several = filters.len() > 1;
    let chip = |(name, value): (&'static str, String)| Chip {
        label: called(name, value, asked, found.as_ref()),
        without: navigation::address_now_with(&[(name, "")]),
    };
    let shown = chips(words::NARROWED_BY, filters.into_iter().map(chip).collect());
    let all = several.then(|| link(without_filters(), words::ALL_FILTERS));
    Some(view! { <Row>{shown}{all}</Row> }.into_any())
}

/// The search without its filters.
pub fn without_filters() -> String {
    navigation::address_now_with(&FILTERS.map(|name| (name, "")))
}

/// The filters without words.
pub fn without_words() -> String {
    navigation::address_now_with(&[(WORDS, "")])
}

/// `Industry: Retail`.
fn called(name: &str, value: String, asked: &MarketSearch, found: Option<&MarketFacets>) -> Text {
    let (kind, said): (_, Text) = match name {
        CATEGORY => {
            let mut all = found.into_iter().flat_map(|found| &found.categories);
            let known = all.find(|it| it.category.id.inner() == value);
            (
                words::CATEGORY,
                known.map_or_else(|| "…".into(), |it| it.category.name.clone().into()),
            )
        }
        CHARGE => (
            words::CHARGE,
            asked
                .charge_form
                .map_or_else(Text::default, |form| labels::charge_form(form).into()),
        ),
        INDUSTRY => (
            words::INDUSTRY,
            asked
                .industry
                .map_or_else(Text::default, |it| labels::industry(it).into()),
        ),
        _ => (words::TAG, value.into()),
    };
    live(move || format!("{}: {}", kind.get(), said.get()))
}
