//! What became of reading a contract (D2), as it is stored and shown. How amounts are found in a text is
//! `contract_amount`.

use serde::{Deserialize, Serialize};

use super::contract_amount::{FoundAmount, Verdict};
use super::money::{Currency, Money};
use super::words::words;

words! {
    /// What the server says to the declared amount. It helps the reviewer and decides nothing.
    AmountVerdict {
        /// The document holds the declared amount.
        Match = "MATCH",
        /// The document holds amounts, and not the declared one.
        Mismatch = "MISMATCH",
        /// No amount could be read.
        Unreadable = "UNREADABLE",
        /// The document has not been read yet.
        Pending = "PENDING",
    }
}

impl From<Verdict> for AmountVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Match => Self::Match,
            Verdict::Mismatch => Self::Mismatch,
            Verdict::Unreadable => Self::Unreadable,
        }
    }
}

/// One amount of the document, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundText {
    /// As it stands in the document.
    pub text: String,
    pub minor: i64,
    pub currency: String,
}

impl FoundText {
    /// The amount that the text stands for; a currency that cannot be read counts as the usual one.
    pub fn money(&self) -> Money {
        Money::new(self.minor, Currency::parse(&self.currency).unwrap_or_default())
    }
}

impl From<&FoundAmount> for FoundText {
    fn from(found: &FoundAmount) -> Self {
        Self {
            text: found.text.clone(),
            minor: found.money.minor,
            currency: found.money.currency.to_string(),
        }
    }
}
