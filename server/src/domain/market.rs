//! The marketplace (应用市场, L11): what is found there, by whom and in which order. How texts become tokens is `token`; sets of entries
//! are `numbers`; what is known of each entry beside its words is `traits`; which of them make a page is `ranking`.
//!
//! Every listed product has a *number* that grows with the time of its listing. All that a search needs is kept by number, so that
//! it is a handful of operations on sets of bits, the same for a rare word and for one that stands everywhere.

pub mod facets;
pub mod numbers;
pub mod ranking;
#[cfg(test)]
mod tests;
pub mod token;
pub mod traits;

use super::id::CategoryId;
use super::instant::Instant;
use super::license::{self, Wish};
use super::problem::Problem;
use super::product_content::{Audience, ChargeForm, Industry, ProductContent, ProductPlan, SalesChannel};
use super::product_form::price_plan;
use super::project::OrganizationSize;
use super::refusal::Refusal;
use super::words::words;

words! {
    /// In which order the marketplace shows what was found.
    MarketSort {
        /// Where the words stand: the name is what was searched, begins with it, holds all of it; then tags, summary, description. Among
        /// equals the most installed first, then the newest. Without words the most installed.
        Relevance = "RELEVANCE",
        /// Listed last, first.
        Newest = "NEWEST",
        /// Installed most often, first; then the newest.
        MostInstalled = "MOST_INSTALLED",
    }
}

/// What is searched, and within what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarketFilter {
    /// Words; all of them must be there.
    pub search: String,
    pub category: Option<CategoryId>,
    /// Products whose audience has it, or that are for everybody.
    pub industry: Option<Industry>,
    pub charge_form: Option<ChargeForm>,
    /// The whole tag, however its letters are written.
    pub tag: Option<String>,
}

/// Who looks: what is known of their organisation. Nothing is known of visitors, and of organisations that have not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looking {
    pub industry: Option<Industry>,
    pub size: Option<OrganizationSize>,
}

/// L11: whether a product is shown. Its audience limits only those of whom is known that they do not belong to it: who has not said what
/// they do, or how many they are, is not kept from looking.
pub fn is_shown_to(audience: &Audience, looking: Looking) -> bool {
    let admits = |list: &[Industry]| looking.industry.is_none_or(|it| list.is_empty() || list.contains(&it));
    let fits = |list: &[OrganizationSize]| looking.size.is_none_or(|it| list.is_empty() || list.contains(&it));
    admits(&audience.industries) && fits(&audience.sizes)
}

/// The plans that customers see: those that a partner orders for them are not among them, nor those for other sizes of organisations.
pub fn plans_shown(content: &ProductContent, looking: Looking) -> Vec<&ProductPlan> {
    let shown = |plan: &&ProductPlan| {
        let fits = looking
            .size
            .is_none_or(|size| plan.sizes.is_empty() || plan.sizes.contains(&size));
        fits && match plan.sales_channel {
            SalesChannel::Direct => false,
            SalesChannel::Marketplace | SalesChannel::All => true,
        }
    };
    match content.is_paid() {
        true => content.plans.iter().filter(shown).collect(),
        false => Vec::new(),
    }
}

/// What seats of a plan cost for one of its periods, as an order would be charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarketPrice {
    pub seats: i32,
    pub months: i32,
    /// One seat, the whole period, in minor units.
    pub sale_price: i64,
    /// All seats, the whole period, in minor units.
    pub cost: i64,
}

/// The price of a new order of a plan; refused where no order could be made of it.
pub fn price_of(plan: &ProductPlan, months: i32, seats: i32, now: Instant) -> Result<MarketPrice, Refusal> {
    let wish = Wish {
        seats,
        months: Some(months),
    };
    let quoted = license::quote(plan, wish, None, now)?;
    let priced = price_plan(plan);
    let period = priced
        .periods
        .iter()
        .find(|period| i64::from(period.months) == i64::from(months));
    let sale_price = period.map(|period| priced.sale_price(period)).transpose();
    Ok(MarketPrice {
        seats,
        months,
        sale_price: sale_price.map_err(license::refused)?.unwrap_or(0),
        cost: quoted.cost,
    })
}

/// Characters of a search.
pub const SEARCH_MAX: usize = 100;

/// What is wrong with a search, if anything is.
pub fn checked_search(search: &str) -> Result<(), Refusal> {
    match search.chars().count() > SEARCH_MAX {
        true => Err(Refusal::invalid("search", Problem::TooLong { max: SEARCH_MAX })),
        false => Ok(()),
    }
}
