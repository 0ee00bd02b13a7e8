//! What is known of an entry beside its words, in 32 bits: whether it is there, what it costs at all, its category and its audience. One
//! pass over the traits of what was found filters it and counts every facet exactly.

use super::Looking;
use crate::domain::product_content::{Audience, ChargeForm, Industry};
use crate::domain::project::OrganizationSize;

/// The traits of one entry. Nothing set is no entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(pub u32);

const PRESENT: u32 = 1;
const PAID: u32 = 1 << 1;
/// From here on a bit for each industry, and one for every industry.
const INDUSTRIES: u32 = 2;
const EVERY_INDUSTRY: u32 = 1 << (INDUSTRIES + 15);
/// From here on a bit for each size, and one for every size.
const SIZES: u32 = 18;
const EVERY_SIZE: u32 = 1 << (SIZES + 5);
/// From here on the code of the category.
const CATEGORY: u32 = 24;
/// Codes of categories are less than this.
pub const CATEGORIES: usize = 256;

fn industry_bit(industry: Industry) -> u32 {
    let at = Industry::ALL.iter().position(|it| *it == industry).unwrap_or_default();
    1 << (INDUSTRIES + u32::try_from(at).unwrap_or_default())
}

fn size_bit(size: OrganizationSize) -> u32 {
    let at = OrganizationSize::ALL
        .iter()
        .position(|it| *it == size)
        .unwrap_or_default();
    1 << (SIZES + u32::try_from(at).unwrap_or_default())
}

impl Traits {
    /// Of an entry.
    pub fn new(charge: ChargeForm, category: u8, audience: &Audience) -> Self {
        let mut bits = PRESENT | (u32::from(category) << CATEGORY);
        bits |= match charge {
            ChargeForm::Free => 0,
            ChargeForm::Paid => PAID,
        };
        bits |= match audience.industries.as_slice() {
            [] => EVERY_INDUSTRY,
            some => some.iter().fold(0, |bits, it| bits | industry_bit(*it)),
        };
        bits |= match audience.sizes.as_slice() {
            [] => EVERY_SIZE,
            some => some.iter().fold(0, |bits, it| bits | size_bit(*it)),
        };
        Self(bits)
    }

    /// Whether there is such an entry.
    pub const fn is_present(self) -> bool {
        self.0 & PRESENT != 0
    }

    /// What it costs at all.
    pub const fn charge_form(self) -> ChargeForm {
        match self.0 & PAID != 0 {
            true => ChargeForm::Paid,
            false => ChargeForm::Free,
        }
    }

    /// The code of its category.
    pub const fn category(self) -> usize {
        (self.0 >> CATEGORY) as usize
    }
}

/// A condition on traits: of each group that is asked for, one bit must be there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Condition {
    industry: Option<u32>,
    size: Option<u32>,
}

impl Condition {
    /// Entries for those who look.
    pub fn of(looking: Looking) -> Self {
        Self {
            industry: looking.industry.map(|it| industry_bit(it) | EVERY_INDUSTRY),
            size: looking.size.map(|it| size_bit(it) | EVERY_SIZE),
        }
    }

    /// Entries for an industry.
    pub fn of_industry(industry: Industry) -> Self {
        Self::of(Looking {
            industry: Some(industry),
            size: None,
        })
    }

    /// Whether an entry meets it.
    pub fn is_met(self, traits: Traits) -> bool {
        let has = |bits: Option<u32>| bits.is_none_or(|bits| traits.0 & bits != 0);
        has(self.industry) && has(self.size)
    }
}
