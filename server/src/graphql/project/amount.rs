//! The amount check in the schema (D2).

use async_graphql::SimpleObject;

use crate::domain::amount_check::{AmountVerdict, FoundText};
use crate::domain::money;
use crate::graphql::scalars::Money;

/// An amount that stands in the contract file.
#[derive(Clone, Debug, SimpleObject)]
pub struct FoundAmount {
    /// As it stands in the document.
    pub text: String,
    /// What it stands for.
    pub amount: Money,
}

/// D2: what the server read in the contract file. It helps the reviewer and decides nothing.
#[derive(Clone, Debug, SimpleObject)]
pub struct AmountCheck {
    /// Whether the declared amount stands in the document.
    pub verdict: AmountVerdict,
    /// What the partner declared.
    pub declared: Money,
    /// Every amount that was found, in the order of the document.
    pub found: Vec<FoundAmount>,
}

impl AmountCheck {
    /// The check of a document beside which that amount was declared.
    pub fn new(verdict: AmountVerdict, found: Vec<FoundText>, declared: money::Money) -> Self {
        let found = found.into_iter().map(|found| FoundAmount {
            amount: found.money().into(),
            text: found.text,
        });
        Self {
            verdict,
            declared: declared.into(),
            found: found.collect(),
        }
    }
}
