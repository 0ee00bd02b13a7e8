//! Filters and facets: one pass over what was found. A facet counts what would be found if its own filter were another, so that every
//! choice says what it leads to; all counts are exact.

use super::numbers::Numbers;
use super::ranking::Ranked;
use super::traits::{CATEGORIES, Condition, Traits};
use crate::domain::product_content::{ChargeForm, Industry};

/// Four bytes for each number.
#[derive(Clone, Debug, Default)]
pub struct Cells(Vec<u32>);

/// Bytes of a cell.
pub const CELL: usize = 4;

impl Cells {
    /// Adds what a stored block holds.
    pub fn add_block(&mut self, block: u64, stored: &[u8]) {
        let from = usize::try_from(block * super::numbers::BLOCK).unwrap_or(0);
        let cells = stored.len() / CELL;
        if self.0.len() < from + cells {
            self.0.resize(from + cells, 0);
        }
        for (cell, bytes) in self.0[from..].iter_mut().zip(stored.chunks_exact(CELL)) {
            *cell = bytes.try_into().map_or(0, u32::from_le_bytes);
        }
    }

    /// The cell of a number; 0 where there is none.
    pub fn get(&self, number: u64) -> u32 {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        self.0.get(at).copied().unwrap_or(0)
    }

    /// Every number whose traits say that it is there.
    pub fn present(&self) -> Numbers {
        let numbers = self.0.iter().zip(0_u64..);
        numbers
            .filter_map(|(cell, number)| Traits(*cell).is_present().then_some(number))
            .collect()
    }
}

/// What is wanted of what was found.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    /// What whoever looks may see.
    pub audience: Condition,
    /// The code of the category; `Some(None)` for one of which nothing is there.
    pub category: Option<Option<usize>>,
    pub industry: Option<Industry>,
    pub charge_form: Option<ChargeForm>,
    pub tag: Option<Numbers>,
}

/// How many there are of each.
#[derive(Clone, Debug)]
pub struct Counts {
    /// By code.
    pub categories: Vec<usize>,
    pub charge_forms: Vec<(ChargeForm, usize)>,
    pub industries: Vec<(Industry, usize)>,
    /// Within which tags are counted.
    pub tagged: Numbers,
}

/// Filters that are passed or not.
const CATEGORY: u8 = 1;
const INDUSTRY: u8 = 2;
const CHARGE: u8 = 4;
const TAG: u8 = 8;

/// What is left of what was found, and the counts where they are wanted.
pub fn narrowed(found: &Ranked, traits: &Cells, wanted: &Narrowing, counting: bool) -> (Ranked, Option<Counts>) {
    let conditions: Vec<Condition> = Industry::ALL.iter().copied().map(Condition::of_industry).collect();
    let industry = wanted.industry.map(Condition::of_industry);
    let mut categories = vec![0; CATEGORIES];
    let (mut free, mut paid) = (0, 0);
    let mut industries = vec![0; conditions.len()];
    let mut tagged = Numbers::default();
    let mut left = Ranked::with_capacity(found.len());
    for (rank, numbers) in found {
        let mut passed = Numbers::default();
        for number in numbers.iter() {
            let it = Traits(traits.get(number));
            if !it.is_present() || !wanted.audience.is_met(it) {
                continue;
            }
            let mut missed = 0;
            if wanted.category.is_some_and(|code| code != Some(it.category())) {
                missed |= CATEGORY;
            }
            if industry.is_some_and(|industry| !industry.is_met(it)) {
                missed |= INDUSTRY;
            }
            if wanted.charge_form.is_some_and(|form| form != it.charge_form()) {
                missed |= CHARGE;
            }
            if wanted.tag.as_ref().is_some_and(|tag| !tag.contains(number)) {
                missed |= TAG;
            }
            if missed == 0 {
                passed.insert(number);
            }
            if !counting {
                continue;
            }
            if missed & !CATEGORY == 0 {
                categories[it.category()] += 1;
            }
            if missed & !CHARGE == 0 {
                match it.charge_form() {
                    ChargeForm::Free => free += 1,
                    ChargeForm::Paid => paid += 1,
                }
            }
            if missed & !INDUSTRY == 0 {
                for (count, condition) in industries.iter_mut().zip(&conditions) {
                    *count += usize::from(condition.is_met(it));
                }
            }
            if missed & !TAG == 0 {
                tagged.insert(number);
            }
        }
        left.push((*rank, passed));
    }
    let counts = counting.then(|| Counts {
        categories,
        charge_forms: vec![(ChargeForm::Free, free), (ChargeForm::Paid, paid)],
        industries: Industry::ALL.iter().copied().zip(industries).collect(),
        tagged,
    });
    (left, counts)
}
