//! The reason that a reviewer gives with a decision (D1, D2). Which decisions need one is the noun's own matter.

use super::problem::Problem;
use super::refusal::Refusal;
use super::wording;

/// Characters of a reason.
pub const REASON_MAX: usize = 1_000;

/// The reason as it is kept: required where `needed`, else nothing may have been given.
pub fn reason(given: Option<&str>, needed: bool) -> Result<Option<String>, Refusal> {
    let text = wording::paragraphs(given.unwrap_or_default(), REASON_MAX);
    let text = text.and_then(|text| {
        if needed && text.is_empty() {
            Err(Problem::Required)
        } else {
            Ok(text)
        }
    });
    let text = text.map_err(|problem| Refusal::invalid("reason", problem))?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// An approval finds nothing wrong with the amounts (D2).
pub fn no_mismatch(amount_mismatch: bool) -> Result<(), Refusal> {
    match amount_mismatch {
        true => Err(Refusal::invalid("amountMismatch", Problem::UnknownChoice)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_a_decision_against_the_partner_needs_a_reason() {
        assert!(reason(Some(" "), true).is_err());
        assert!(reason(None, true).is_err());
        assert_eq!(reason(None, false), Ok(None));
        assert_eq!(reason(Some(" 资料不全 "), true), Ok(Some("资料不全".to_owned())));
        assert!(reason(Some(&"长".repeat(REASON_MAX + 1)), false).is_err());
    }
}
