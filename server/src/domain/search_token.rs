//! How lists find two-character words such as 审批 by an index: a text is cut into all its pairs of neighbouring characters,
//! and what is searched into the pairs that must be among them. Chinese has no blanks between words, so words are no unit.
//! Pairs only narrow: that they stand in one piece is for whoever compares the texts.

use std::collections::BTreeSet;

use super::words::words;

words! {
    /// The lists that are searched.
    SearchNoun {
        /// Orders.
        Order = "ORDER",
        /// Orders of products.
        ProductOrder = "PRODUCT_ORDER",
        /// Projects.
        Project = "PROJECT",
        /// Cool apps of the market.
        CoolApp = "COOL_APP",
    }
}

/// Most pairs of what is searched that are looked up; more narrow little.
const MOST_PROBES: usize = 8;

/// What must be among the tokens of a text that holds what is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// This very token.
    Token(String),
    /// One that begins with the character: from it, inclusive, to the other, exclusive.
    Range(String, String),
}

/// The tokens of a text in lower case: each character with its neighbour, line by line; the last of a line alone.
pub fn tokens(text: &str) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for line in text.lines() {
        let mut characters = line.chars().peekable();
        while let Some(first) = characters.next() {
            tokens.insert(
                characters
                    .peek()
                    .map_or_else(|| first.to_string(), |next| format!("{first}{next}")),
            );
        }
    }
    tokens
}

/// What to look up for a searched text in lower case; nothing for an empty one.
pub fn probes(searched: &str) -> Vec<Probe> {
    let characters: Vec<char> = searched.chars().collect();
    match characters.as_slice() {
        [] => Vec::new(),
        [only] => {
            let after = (u32::from(*only) + 1..).find_map(char::from_u32).unwrap_or(char::MAX);
            vec![Probe::Range(only.to_string(), after.to_string())]
        }
        more => {
            let pairs: BTreeSet<String> = more.windows(2).map(|pair| pair.iter().collect()).collect();
            pairs.into_iter().take(MOST_PROBES).map(Probe::Token).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_hold(text: &str, searched: &str) -> bool {
        let tokens = tokens(text);
        probes(searched).iter().all(|probe| match probe {
            Probe::Token(token) => tokens.contains(token),
            Probe::Range(from, to) => tokens.range(from.clone()..to.clone()).next().is_some(),
        })
    }

    #[test]
    fn every_part_of_a_text_is_found_by_its_pairs() {
        let text = "云杉零售有限公司\n审批 crm\nd20261123";
        for line in text.lines() {
            let characters: Vec<char> = line.chars().collect();
            for from in 0..characters.len() {
                for to in from + 1..=characters.len() {
                    let part: String = characters[from..to].iter().collect();
                    assert!(may_hold(text, &part), "{part}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_is_not_found_and_pairs_end_with_their_line() {
        let text = "云杉零售\n审批";
        for other in ["零审", "售审", "松", "云零", "批\n"] {
            assert!(!may_hold(text, other), "{other}");
        }
        assert!(probes("").is_empty());
        assert!(probes(&"长的文字".repeat(20)).len() <= MOST_PROBES);
    }
}
