//! What an operator says with a decision about a form (L6, L22): a reason for all of it, and reasons beside fields. Whether it is
//! approved is the noun's matter.

use serde::{Deserialize, Serialize};

use super::decision::{self, REASON_MAX};
use super::problem::Problem;
use super::refusal::{Issue, Refusal};
use super::wording;

/// Reasons beside fields.
pub const FIELD_REASONS_MAX: usize = 50;
/// Bytes of a field's path, such as `content.plans.0.unitPrice`.
const PATH_MAX: usize = 100;

/// A reason beside a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldReason {
    /// Of the content, such as `content.summary`.
    pub path: String,
    pub reason: String,
}

/// The reason and the fields' reasons as they are kept. What goes back to the partner says why: at the whole or at a field.
pub fn checked(
    approved: bool,
    reason: Option<&str>,
    fields: &[FieldReason],
) -> Result<(Option<String>, Vec<FieldReason>), Refusal> {
    let max = FIELD_REASONS_MAX;
    if fields.len() > max {
        return Err(Refusal::invalid("fieldReasons", Problem::TooMany { max }));
    }
    let mut issues = Vec::new();
    let mut kept = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        let known = field.path.starts_with("content.") && field.path.len() <= PATH_MAX;
        if !known || wording::line(&field.path, PATH_MAX).is_err() {
            issues.push(Issue::new(&format!("fieldReasons.{at}.path"), Problem::Unknown));
        }
        match wording::required(wording::paragraphs(&field.reason, REASON_MAX)) {
            Ok(reason) => kept.push(FieldReason {
                path: field.path.clone(),
                reason,
            }),
            Err(problem) => issues.push(Issue::new(&format!("fieldReasons.{at}.reason"), problem)),
        }
    }
    if approved && !fields.is_empty() {
        issues.push(Issue::new("fieldReasons", Problem::UnknownChoice));
    }
    Refusal::unless_valid(issues)?;
    let reason = decision::reason(reason, !approved && kept.is_empty())?;
    Ok((reason, kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(path: &str, reason: &str) -> FieldReason {
        FieldReason {
            path: path.to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn l6_what_goes_back_says_why_at_the_whole_or_at_a_field() {
        let (approved, returned) = (true, false);
        assert!(checked(approved, None, &[]).is_ok());
        assert!(checked(returned, Some(" "), &[]).is_err());
        assert!(checked(returned, Some("资料不全"), &[]).is_ok());
        let (reason, fields) = checked(returned, None, &[field("content.summary", " 太笼统 ")]).unwrap();
        assert_eq!((reason, fields), (None, vec![field("content.summary", "太笼统")]));
        let told = |fields: &[FieldReason], decision: bool| {
            let refused = checked(decision, Some("资料不全"), fields).unwrap_err();
            refused
                .issues()
                .iter()
                .map(|issue| issue.path.join("."))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told(&[field("content.summary", "")], returned),
            ["fieldReasons.0.reason"]
        );
        assert_eq!(told(&[field("summary", "x")], returned), ["fieldReasons.0.path"]);
        assert_eq!(told(&[field("content.summary", "x")], approved), ["fieldReasons"]);
        assert_eq!(
            told(&vec![field("content.summary", "x"); FIELD_REASONS_MAX + 1], returned),
            ["fieldReasons"]
        );
    }
}
