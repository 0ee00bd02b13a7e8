//! Searching the marketplace (L11): words, facets and order stand in the address; what is found follows while one types.

use std::sync::Arc;

use leptos::prelude::*;

use super::{facets, profile, results};
use crate::{
    api::{
        market::{self, MarketPage},
        page::Window,
    },
    browser,
    components::{
        dynamic::dynamic,
        facet,
        filter_bar::{FilterBar, SelectFilter},
        layout::{Stack, focusable, polite},
        page_header::PageHeader,
        search_box::SearchBox,
        skeleton::Skeleton,
    },
    forms::market_search::{MarketSearch, SORT, WORDS_MAX},
    i18n::{
        self, Text, live,
        texts::{common, market as words},
    },
    load::{Loaded, load, show},
    navigation,
};

/// Where the results begin.
const RESULTS: &str = "results";

pub fn page() -> AnyView {
    let asked = Memo::new(|_| MarketSearch::of(&navigation::location()));
    let found = load(move || {
        // Categories are named in the language of the question.
        let _ = i18n::language();
        market::search(asked.get(), Window::of_address())
    });
    follow_pages();
    let count = move || {
        found
            .get()
            .map(|page| u64::try_from(page.total_count).unwrap_or_default())
    };
    let said = live(move || count().map(words::found).unwrap_or_default());
    let done = live(move || count().map_or_else(|| common::DONE.get().to_owned(), words::show_found));
    let button = live(move || match asked.with(|asked| asked.filters().len()) {
        0 => words::FILTERS.get().to_owned(),
        set => words::filters_set(&set),
    });
    let content = view! {
        {dynamic(move || facets::in_force(&asked.get(), found.get().and_then(|page| page.facets)))}
        {polite(said)}
        {focusable(RESULTS, show(found, Skeleton::ProductCards(9), move |page| results::list(page, &asked.get_untracked())))}
    };
    view! {
        <PageHeader title=words::TITLE hint=words::HINT />
        <Stack>
            {profile::line(Callback::new(move |()| found.reload()))}
            {bar()}
            {facet::beside(words::FILTERS, button, done, Arc::new(move || facets::all(facets_of(found))), content.into_any())}
        </Stack>
    }
    .into_any()
}

fn facets_of(found: Loaded<MarketPage>) -> Memo<Option<market::MarketFacets>> {
    Memo::new(move |_| found.get().and_then(|page| page.facets))
}

fn bar() -> AnyView {
    let choices: Vec<(&'static str, Text)> = vec![
        ("", words::SORT_RELEVANCE.into()),
        ("newest", words::SORT_NEWEST.into()),
        ("most-installed", words::SORT_INSTALLS.into()),
    ];
    view! {
        <FilterBar>
            <SearchBox label=words::SEARCH wide=true limit=WORDS_MAX />
            <SelectFilter name=SORT label=words::SORT choices=choices />
        </FilterBar>
    }
    .into_any()
}

/// Another page of what was found begins at its top.
fn follow_pages() {
    let (after, before) = (navigation::query("after"), navigation::query("before"));
    Effect::new(move |earlier: Option<(String, String)>| {
        let now = (after.get(), before.get());
        let is_page = !now.0.is_empty() || !now.1.is_empty();
        if is_page && earlier.is_some_and(|earlier| earlier != now) {
            browser::focus(RESULTS);
        }
        now
    });
}
