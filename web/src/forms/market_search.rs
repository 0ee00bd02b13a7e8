//! What is searched on the marketplace, as it stands in the address: words, filters and the order. Where a page of the list begins is
//! `api::page`'s.

use serde::{Serialize, de::DeserializeOwned};

use super::product::{of_word, word_of};
use crate::{
    api::{
        market::MarketSort,
        product_content::{ChargeForm, Industry},
    },
    navigation::Location,
};

/// The names in the address.
pub const WORDS: &str = "q";
pub const CATEGORY: &str = "category";
pub const CHARGE: &str = "charge";
pub const INDUSTRY: &str = "industry";
pub const TAG: &str = "tag";
pub const SORT: &str = "sort";

/// Those that filter.
pub const FILTERS: [&str; 4] = [CATEGORY, CHARGE, INDUSTRY, TAG];

/// Characters that the server searches at most.
pub const WORDS_MAX: u32 = 100;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarketSearch {
    pub words: String,
    /// The id of a category.
    pub category: String,
    pub charge_form: Option<ChargeForm>,
    pub industry: Option<Industry>,
    pub tag: String,
    pub sort: MarketSort,
}

/// A word of the contract as an address has it: `PUBLIC_SECTOR` is `public-sector`.
pub fn in_address<T: Serialize>(value: &T) -> String {
    word_of(value).to_lowercase().replace('_', "-")
}

/// What a word of an address means; nothing for one that nobody knows.
fn of_address<T: DeserializeOwned>(word: &str) -> Option<T> {
    of_word(&word.to_uppercase().replace('-', "_"))
}

impl MarketSearch {
    /// What an address asks for. What it says that nobody knows is not asked for.
    pub fn of(location: &Location) -> Self {
        let text = |name: &str| location.value(name).unwrap_or_default().trim().to_owned();
        Self {
            words: text(WORDS),
            category: text(CATEGORY),
            charge_form: of_address(&text(CHARGE)),
            industry: of_address(&text(INDUSTRY)),
            tag: text(TAG),
            sort: of_address(&text(SORT)).unwrap_or_default(),
        }
    }

    /// The filters that are set, each with its value in the address.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let charge = self.charge_form.as_ref().map(in_address).unwrap_or_default();
        let industry = self.industry.as_ref().map(in_address).unwrap_or_default();
        let values = [self.category.clone(), charge, industry, self.tag.clone()];
        let set = FILTERS.into_iter().zip(values);
        set.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether it may leave something out.
    pub fn is_narrow(&self) -> bool {
        !self.words.is_empty() || !self.filters().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(query: &[(&str, &str)]) -> Location {
        let pairs = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Location {
            path: "/market".to_owned(),
            query: pairs.collect(),
        }
    }

    #[test]
    fn l11_an_address_says_words_filters_and_order() {
        let asked = MarketSearch::of(&location(&[
            ("q", " 审批 "),
            ("industry", "public-sector"),
            ("charge", "paid"),
            ("tag", "CRM"),
            ("sort", "most-installed"),
            ("category", "category_1"),
        ]));
        let expected = MarketSearch {
            words: "审批".to_owned(),
            category: "category_1".to_owned(),
            charge_form: Some(ChargeForm::Paid),
            industry: Some(Industry::PublicSector),
            tag: "CRM".to_owned(),
            sort: MarketSort::MostInstalled,
        };
        assert_eq!(asked, expected);
        assert_eq!(
            MarketSearch::of(&location(&[("sort", "newest")])).sort,
            MarketSort::Newest
        );
    }

    #[test]
    fn l11_what_an_address_says_is_what_filters_write_there() {
        let filters = [
            (CATEGORY, "category_1"),
            (CHARGE, "free"),
            (INDUSTRY, "public-sector"),
            (TAG, "Nextcloud 看板"),
        ];
        let asked = MarketSearch::of(&location(&filters));
        let written: Vec<(&str, String)> = filters
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        assert_eq!(asked.filters(), written);
        let again: Vec<(&str, &str)> = written.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(MarketSearch::of(&location(&again)), asked);
    }

    #[test]
    fn l11_an_address_that_nobody_wrote_searches_everything() {
        let asked = MarketSearch::of(&location(&[
            ("sort", "cheapest"),
            ("industry", "x"),
            ("charge", ""),
            ("page", "2"),
        ]));
        assert_eq!(asked, MarketSearch::default());
        assert!(!asked.is_narrow());
        assert!(MarketSearch::of(&location(&[("q", "a")])).is_narrow());
        assert!(MarketSearch::of(&location(&[("tag", "a")])).is_narrow());
    }
}
