//! How a person is reached: mobile numbers. Not people themselves; names are `wording`.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::problem::{Format, Problem};

/// A mobile number in E.164 form, `+8613800138000`. Whether it is in service is not known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

impl Mobile {
    /// Takes the mainland form of 11 digits or a number that starts with `+` and the country code; blanks, hyphens,
    /// dots, brackets and full-width forms are folded away.
    pub fn parse(text: &str) -> Result<Mobile, Problem> {
        let wrong = Problem::BadFormat { what: Format::Mobile };
        if text.len() > 256 {
            return Err(wrong);
        }
        let is_filler = |c: &char| c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '.' | '(' | ')');
        let folded: String = text.nfkc().filter(|c| !is_filler(c)).collect();
        if folded.is_empty() {
            return Err(Problem::Required);
        }
        let number = match folded.strip_prefix('+') {
            Some(digits) => digits.to_owned(),
            None => format!("86{folded}"),
        };
        let valid = match number.strip_prefix("86") {
            Some(mainland) => is_mainland_mobile(mainland),
            // E.164: at most 15 digits; no country has mobile numbers of fewer than 7.
            None => (7..=15).contains(&number.len()) && !number.starts_with('0') && all_digits(&number),
        };
        if valid {
            Ok(Mobile(format!("+{number}")))
        } else {
            Err(wrong)
        }
    }

    /// The E.164 form, which is the stored one.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As people write it: mainland numbers without the country code.
impl fmt::Display for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.strip_prefix("+86").unwrap_or(&self.0))
    }
}

fn is_mainland_mobile(digits: &str) -> bool {
    digits.len() == 11 && all_digits(digits) && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mainland_numbers_are_folded_to_one_form() {
        for text in [
            "13800138000",
            " 138-0013-8000 ",
            "+86 138 0013 8000",
            "１３８００１３８０００",
            "(+86)13800138000",
        ] {
            let mobile = Mobile::parse(text).unwrap();
            assert_eq!(
                (mobile.as_str(), mobile.to_string().as_str()),
                ("+8613800138000", "13800138000"),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_of_other_countries_are_e164() {
        assert_eq!(Mobile::parse("+852 9123 4567").unwrap().to_string(), "+85291234567");
        for text in [
            "+0123456789",
            "+123456",
            "+1234567890123456",
            "85291234567",
            "+85x91234567",
        ] {
            assert!(Mobile::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn landlines_and_mistyped_numbers_are_refused() {
        for text in [
            "010-12345678",
            "1380013800",
            "138001380000",
            "12800138000",
            "+8602112345678",
            "十三",
            "++8613800138000",
        ] {
            assert_eq!(
                Mobile::parse(text),
                Err(Problem::BadFormat { what: Format::Mobile }),
                "{text}"
            );
        }
        assert_eq!(Mobile::parse(" - "), Err(Problem::Required));
    }
}
