//! Which of what was found make a page. A place in an order is one number, so that the page after it is found in one pass, whichever
//! page it is; what comes and goes in between moves nothing else.

use std::collections::BinaryHeap;

use super::MarketSort;
use super::numbers::{LARGEST, Numbers};
use super::token::{Field, Probe, SEARCHED, Search};
use crate::domain::problem::{Format, Problem};
use crate::domain::refusal::Refusal;

/// How well an entry fits: the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u8);

impl Rank {
    /// That of entries whose words all stand in the field or in a better one.
    pub fn of(field: Field) -> Self {
        Self(u8::try_from(field.code()).unwrap_or(u8::MAX))
    }
}

/// The place of an entry in an order; the least comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u64);

const NUMBER_BITS: u32 = 28;
const INSTALLS_BITS: u32 = 32;

impl Place {
    /// Where an entry stands.
    pub fn of(sort: MarketSort, rank: Rank, installs: u32, number: u64) -> Self {
        let newest = LARGEST - number.min(LARGEST);
        let installed = u64::from(u32::MAX - installs) << NUMBER_BITS;
        Self(match sort {
            MarketSort::Relevance => (u64::from(rank.0) << (NUMBER_BITS + INSTALLS_BITS)) | installed | newest,
            MarketSort::MostInstalled => installed | newest,
            MarketSort::Newest => newest,
        })
    }

    /// The number of the entry that stands there.
    pub const fn number(self) -> u64 {
        LARGEST - (self.0 & LARGEST)
    }

    /// The key of a page that ends here.
    pub fn key(self, sort: MarketSort) -> String {
        format!("{sort}|{}", self.0)
    }

    /// From such a key; that of another order is refused.
    pub fn parse(sort: MarketSort, key: &str) -> Result<Self, Refusal> {
        let place = key.strip_prefix(sort.as_str()).and_then(|rest| rest.strip_prefix('|'));
        let place = place.and_then(|place| place.parse().ok());
        place
            .map(Self)
            .ok_or_else(|| Refusal::invalid("after", Problem::BadFormat { what: Format::Cursor }))
    }
}

/// What was found, by how well it fits: sets that have nothing in common.
pub type Ranked = Vec<(Rank, Numbers)>;

/// The next places from a place on, walking the order or against it: at most so many, in walking direction.
pub fn next(
    found: &Ranked,
    sort: MarketSort,
    installs: impl Fn(u64) -> u32,
    from: Option<Place>,
    backwards: bool,
    most: usize,
) -> Vec<Place> {
    // Against the order, the largest places come first: their complements are the least.
    let turned = |place: Place| if backwards { !place.0 } else { place.0 };
    let from = from.map(turned);
    let mut best: BinaryHeap<u64> = BinaryHeap::with_capacity(most + 1);
    for (rank, numbers) in found {
        for number in numbers.iter() {
            let place = turned(Place::of(sort, *rank, installs(number), number));
            if from.is_some_and(|from| place <= from) {
                continue;
            }
            if best.len() < most {
                best.push(place);
            } else if best.peek().is_some_and(|worst| place < *worst) {
                best.pop();
                best.push(place);
            }
        }
    }
    let places = best.into_sorted_vec().into_iter();
    places
        .map(|place| Place(if backwards { !place } else { place }))
        .collect()
}

/// What fits a search. `holding` gives the entries that have a token in a field. Each word counts in the best field in which it stands
/// whole; an entry ranks by its worst word.
pub fn ranked(search: &Search, holding: impl Fn(&Probe, Field) -> Numbers) -> Ranked {
    let whole = holding(&Probe::Token(search.whole.clone()), Field::Whole);
    let mut steps = vec![(Rank::of(Field::Whole), whole)];
    let mut reached: Vec<Numbers> = vec![Numbers::default(); search.words.len()];
    for field in SEARCHED {
        for (word, reached) in search.words.iter().zip(&mut reached) {
            let pieces = word.iter().map(|piece| holding(piece, field));
            if let Some(all) = pieces.reduce(|one, other| one.and(&other)) {
                reached.add(&all);
            }
        }
        let all = reached.iter().cloned().reduce(|one, other| one.and(&other));
        let Some(all) = all else { break };
        if field == Field::Name
            && let Some(first) = search.words.first().and_then(|word| word.first())
        {
            let beginning = holding(first, Field::Beginning).and(&all);
            steps.push((Rank::of(Field::Beginning), beginning));
        }
        steps.push((Rank::of(field), all));
    }
    let mut seen = Numbers::default();
    let mut found = Ranked::with_capacity(steps.len());
    for (rank, numbers) in steps {
        found.push((rank, numbers.without(&seen)));
        seen.add(&numbers);
    }
    found
}
