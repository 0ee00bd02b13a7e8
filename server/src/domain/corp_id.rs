//! The CorpID under which an organisation is known. Not the id of its row.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::problem::{Format, Problem};

/// 8 to 64 of `[a-z0-9]`, already trimmed and case-folded: two equal values name the same organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CorpId(String);

impl CorpId {
    pub const MIN: usize = 8;
    pub const MAX: usize = 64;

    /// Takes what a person pasted: blanks around it, full-width forms and capitals are folded away.
    pub fn parse(text: &str) -> Result<CorpId, Problem> {
        // Nothing that folds to 64 characters is longer than this; the rest is not worth folding.
        if text.len() > 1024 {
            return Err(Problem::TooLong { max: CorpId::MAX });
        }
        let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let folded = folded.trim_matches(is_blank);
        if folded.is_empty() {
            return Err(Problem::Required);
        }
        if let Some(found) = folded.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9')) {
            return Err(Problem::BadCharacter {
                found,
                what: Format::CorpId,
            });
        }
        match folded.len() {
            ..CorpId::MIN => Err(Problem::TooShort { min: CorpId::MIN }),
            CorpId::MIN..=CorpId::MAX => Ok(CorpId(folded.to_owned())),
            _ => Err(Problem::TooLong { max: CorpId::MAX }),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// D12: enough to tell two organisations apart, too little to use: `ding****9f3a`.
    pub fn masked(&self) -> String {
        // Of a short id, four characters at each end would be all of it.
        let shown = if self.0.len() >= 16 { 4 } else { 2 };
        format!("{}****{}", &self.0[..shown], &self.0[self.0.len() - shown..])
    }
}

impl fmt::Display for CorpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// White space, and the invisible characters that copying from a web page leaves at the ends.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corp_ids_are_compared_trimmed_and_case_folded() {
        let plain = CorpId::parse("dingabc123").unwrap();
        for text in [
            "  DingABC123\n",
            "ｄｉｎｇＡＢＣ１２３",
            "\u{feff}dingabc123\u{200b}",
            "\u{3000}dingabc123",
        ] {
            assert_eq!(CorpId::parse(text), Ok(plain.clone()), "{text:?}");
        }
    }

    #[test]
    fn the_problem_says_what_is_wrong() {
        let bad = |found| {
            Err(Problem::BadCharacter {
                found,
                what: Format::CorpId,
            })
        };
        assert_eq!(CorpId::parse(" \u{3000} "), Err(Problem::Required));
        assert_eq!(CorpId::parse("ding123"), Err(Problem::TooShort { min: 8 }));
        assert_eq!(CorpId::parse(&"a".repeat(65)), Err(Problem::TooLong { max: 64 }));
        assert_eq!(CorpId::parse(&"a".repeat(1 << 20)), Err(Problem::TooLong { max: 64 }));
        assert_eq!(CorpId::parse("ding-12345"), bad('-'));
        assert_eq!(CorpId::parse("ding 12345"), bad(' '));
        assert_eq!(CorpId::parse("钉钉12345678"), bad('钉'));
        assert!(CorpId::parse(&"a".repeat(64)).is_ok() && CorpId::parse("12345678").is_ok());
    }

    #[test]
    fn d12_a_masked_corp_id_keeps_its_ends() {
        let demo = CorpId::parse("ding0123456789abcdef0123456789ab9f3a").unwrap();
        assert_eq!(demo.masked(), "ding****9f3a");
        assert_eq!(CorpId::parse("abcdefgh").unwrap().masked(), "ab****gh");
    }
}
