//! The search of the marketplace (L11). What holds the words, the traits and the installs are read as sets and cells, few rows each
//! whatever is searched; the rest is `domain::market`'s. Only the rows of the page itself are read one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Result;
use super::conn::Conn;
use super::market::{self, MarketEntry};
use super::market_index::{self, Cell, Postings};
use super::page::{Page, PageRequest};
use crate::domain::id::CategoryId;
use crate::domain::market::facets::{self, Counts, Narrowing};
use crate::domain::market::numbers::Numbers;
use crate::domain::market::ranking::{self, Place, Rank, Ranked};
use crate::domain::market::token::{self, Field, Probe, Search, normalised};
use crate::domain::market::traits::Condition;
use crate::domain::market::{Looking, MarketFilter, MarketSort};
use crate::domain::product_content::{ChargeForm, Industry};

/// While no more is found, the tags of all of it are counted.
pub const TAGS_OF_ALL: usize = 500;
/// Above that, only those of the tags that most entries have.
pub const TAGS_COUNTED: i64 = 40;
/// Tags of a facet.
pub const TAGS_SHOWN: usize = 20;

/// One page of what was found, and how much there is of it.
#[derive(Clone, Debug)]
pub struct MarketPage {
    /// Each with the key of its cursor.
    pub page: Page<(String, MarketEntry)>,
    pub total: usize,
    pub facets: Option<MarketFacets>,
}

/// How many there are of each, most first; what there is none of is left out.
#[derive(Clone, Debug, Default)]
pub struct MarketFacets {
    pub categories: Vec<(CategoryId, usize)>,
    pub charge_forms: Vec<(ChargeForm, usize)>,
    pub industries: Vec<(Industry, usize)>,
    pub tags: Vec<(String, usize)>,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub filter: MarketFilter,
    pub looking: Looking,
    pub sort: MarketSort,
    pub page: PageRequest,
    pub facets: bool,
}

/// Searches.
pub fn search(conn: &mut Conn, asked: &Asked) -> Result<MarketPage> {
    let from = match &asked.page.from {
        Some(key) => Some(Place::parse(asked.sort, key)?),
        None => None,
    };
    let wanted = token::search(&asked.filter.search);
    let tag = asked.filter.tag.as_deref().map(normalised);
    let postings = Postings::load(conn, &probes(&wanted, tag.as_ref()))?;
    let traits = market_index::cells(conn, Cell::Traits)?;
    let found = match wanted.whole.is_empty() {
        true => vec![(Rank::of(Field::Name), traits.present())],
        false => ranking::ranked(&wanted, |probe, field| postings.holding(probe, field)),
    };
    let codes = match asked.facets || asked.filter.category.is_some() {
        true => market_index::category_codes(conn)?,
        false => Vec::new(),
    };
    let narrowing = Narrowing {
        audience: Condition::of(asked.looking),
        category: asked.filter.category.as_ref().map(|id| {
            let code = codes.iter().find(|(known, _)| known == id);
            code.map(|(_, code)| usize::from(*code))
        }),
        industry: asked.filter.industry,
        charge_form: asked.filter.charge_form,
        tag: tag.map(|tag| postings.holding(&Probe::Token(tag), Field::Tag)),
    };
    let (found, counts) = facets::narrowed(&found, &traits, &narrowing, asked.facets);
    let facets = match counts {
        Some(counts) => Some(facets_of(conn, counts, &codes)?),
        None => None,
    };
    Ok(MarketPage {
        total: found.iter().map(|(_, numbers)| numbers.len()).sum(),
        page: page(conn, &found, asked, from)?,
        facets,
    })
}

/// Everything that is looked up by token.
fn probes(wanted: &Search, tag: Option<&String>) -> BTreeSet<Probe> {
    let pieces = wanted.words.iter().flatten().cloned();
    let whole = (!wanted.whole.is_empty()).then(|| Probe::Token(wanted.whole.clone()));
    pieces.chain(whole).chain(tag.cloned().map(Probe::Token)).collect()
}

fn page(conn: &mut Conn, found: &Ranked, asked: &Asked, from: Option<Place>) -> Result<Page<(String, MarketEntry)>> {
    let installs = match asked.sort {
        MarketSort::Newest => Default::default(),
        MarketSort::Relevance | MarketSort::MostInstalled => market_index::cells(conn, Cell::Installs)?,
    };
    let most = usize::try_from(asked.page.limit()).unwrap_or_default();
    let installs = |number| installs.get(number);
    let places = ranking::next(found, asked.sort, installs, from, asked.page.backwards, most);
    let places = asked.page.cut(places);
    let stored = |place: &Place| i64::try_from(place.number()).unwrap_or(i64::MAX);
    let numbers: Vec<i64> = places.rows.iter().map(stored).collect();
    let rows = market::by_numbers(conn, &numbers)?;
    let mut rows: HashMap<i64, MarketEntry> = rows.into_iter().map(|row| (row.number, row)).collect();
    // What went away since the sets were read is not shown any more.
    let shown = places
        .rows
        .iter()
        .filter_map(|place| Some((place.key(asked.sort), rows.remove(&stored(place))?)));
    Ok(Page {
        rows: shown.collect(),
        has_next: places.has_next,
        has_previous: places.has_previous,
    })
}

fn facets_of(conn: &mut Conn, counts: Counts, codes: &[(CategoryId, u8)]) -> Result<MarketFacets> {
    let of_code = |code: u8| counts.categories.get(usize::from(code)).copied().unwrap_or(0);
    let categories = codes.iter().map(|(id, code)| (id.clone(), of_code(*code)));
    Ok(MarketFacets {
        categories: most_first(categories),
        charge_forms: most_first(counts.charge_forms),
        industries: most_first(counts.industries),
        tags: tags(conn, &counts.tagged)?,
    })
}

fn most_first<T: Ord>(counts: impl IntoIterator<Item = (T, usize)>) -> Vec<(T, usize)> {
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    counts.sort_by(|(one, many), (other, more)| more.cmp(many).then_with(|| one.cmp(other)));
    counts
}

fn tags(conn: &mut Conn, within: &Numbers) -> Result<Vec<(String, usize)>> {
    let mut counted = match within.len() > TAGS_OF_ALL {
        true => {
            let used = market_index::most_used_tags(conn, TAGS_COUNTED)?;
            let probes = used.iter().map(|(tag, _)| Probe::Token(tag.clone())).collect();
            let postings = Postings::load_field(conn, &probes, Field::Tag)?;
            let count = |tag: String| postings.holding(&Probe::Token(tag), Field::Tag).common(within);
            most_first(used.into_iter().map(|(tag, name)| (name, count(tag))))
        }
        false => {
            let numbers: Vec<i64> = within.iter().filter_map(|number| i64::try_from(number).ok()).collect();
            let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
            for tags in market::tags_of(conn, &numbers)? {
                let tags: BTreeSet<String> = serde_json::from_str(&tags)?;
                for tag in tags {
                    counts.entry(normalised(&tag)).or_insert((tag, 0)).1 += 1;
                }
            }
            most_first(counts.into_values())
        }
    };
    counted.truncate(TAGS_SHOWN);
    Ok(counted)
}
