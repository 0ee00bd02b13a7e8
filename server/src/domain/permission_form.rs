//! The application for distribution permission (D1): what a partner has to say of itself.

use std::collections::HashSet;

use super::agreement::{Agreement, AgreementKind};
use super::contact::Mobile;
use super::form_check::FormCheck;
use super::message::Code;
use super::problem::Problem;
use super::refusal::Refusal;
use super::wording;

/// Fewest and most delivery references.
const REFERENCES: (usize, usize) = (2, 20);
/// Characters of one reference.
const REFERENCE: (usize, usize) = (2, 200);
/// Characters of the scenario.
const SCENARIO: (usize, usize) = (10, 2_000);
const NAME_MAX: usize = 60;

/// The fields as they were typed.
#[derive(Clone, Debug, Default)]
pub struct PermissionFields {
    pub scenario: String,
    pub references: Vec<String>,
    pub contact_name: String,
    pub contact_mobile: String,
    /// Version of the agreement that was ticked.
    pub agreement_version: Option<String>,
}

/// An application that may be handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionForm {
    pub scenario: String,
    pub references: Vec<String>,
    pub contact_name: String,
    /// E.164.
    pub contact_mobile: String,
    pub agreement_version: String,
}

impl PermissionForm {
    /// Checks everything at once. A missing tick alone answers AGREEMENT_REQUIRED; beside other faults it is one of them.
    pub fn check(fields: &PermissionFields) -> Result<PermissionForm, Refusal> {
        let mut check = FormCheck::new("");
        let scenario = wording::required(wording::paragraphs(&fields.scenario, SCENARIO.1));
        let scenario = check.take(
            "scenario",
            scenario.and_then(|text| wording::at_least(SCENARIO.0, text)),
        );
        let references = references(&mut check, &fields.references);
        let contact_name = wording::required(wording::line(&fields.contact_name, NAME_MAX));
        let contact_name = check.take("contactName", contact_name);
        let mobile = Mobile::parse(&fields.contact_mobile).map(|mobile| mobile.as_str().to_owned());
        let contact_mobile = check.take("contactMobile", mobile);
        let agreement = Agreement::current(AgreementKind::Distribution);
        let ticked = agreement.require_ticked(fields.agreement_version.as_deref());
        let mut issues = check.issues();
        if issues.is_empty() {
            ticked?;
        } else if ticked.is_err() {
            let problem = Problem::Refused(Code::AgreementRequired);
            issues.push(super::refusal::Issue::new("agreementVersion", problem));
        }
        Refusal::unless_valid(issues)?;
        let agreement_version = agreement.version.to_owned();
        Ok(PermissionForm {
            scenario,
            references,
            contact_name,
            contact_mobile,
            agreement_version,
        })
    }
}

fn references(check: &mut FormCheck, given: &[String]) -> Vec<String> {
    let (min, max) = REFERENCES;
    check.wrong_if(given.len() < min, "references", Problem::TooFew { min });
    check.wrong_if(given.len() > max, "references", Problem::TooMany { max });
    let mut seen = HashSet::new();
    let mut read = |(place, text): (usize, &String)| {
        let path = format!("references.{place}");
        let text =
            wording::required(wording::line(text, REFERENCE.1)).and_then(|text| wording::at_least(REFERENCE.0, text));
        let text = check.take(&path, text);
        let repeated = !text.is_empty() && !seen.insert(text.to_lowercase());
        check.wrong_if(repeated, &path, Problem::Repeated);
        text
    };
    given.iter().take(max).enumerate().map(&mut read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> PermissionFields {
        PermissionFields {
            scenario: "为连锁零售企业交付门店巡检应用".to_owned(),
            references: vec!["云杉零售".to_owned(), "松柏商超".to_owned()],
            contact_name: "林晓".to_owned(),
            contact_mobile: "13800138000".to_owned(),
            agreement_version: Some(Agreement::current(AgreementKind::Distribution).version.to_owned()),
        }
    }

    fn paths(fields: &PermissionFields) -> Vec<String> {
        let refusal = PermissionForm::check(fields).unwrap_err();
        refusal.issues().iter().map(|issue| issue.path.join(".")).collect()
    }

    #[test]
    fn d1_a_complete_application_is_handed_in() {
        let form = PermissionForm::check(&complete()).unwrap();
        assert_eq!(form.contact_mobile, "+8613800138000");
        assert_eq!(form.references.len(), 2);
    }

    #[test]
    fn d1_everything_that_is_wrong_is_told_at_once() {
        let all = [
            "scenario",
            "references",
            "contactName",
            "contactMobile",
            "agreementVersion",
        ];
        assert_eq!(paths(&PermissionFields::default()), all);
        let one = PermissionFields {
            references: vec!["云杉零售".to_owned()],
            ..complete()
        };
        assert_eq!(paths(&one), ["references"]);
        let bad = PermissionFields {
            references: vec!["云杉零售".to_owned(), "x".to_owned(), " 云杉零售 ".to_owned()],
            ..complete()
        };
        assert_eq!(paths(&bad), ["references.1", "references.2"]);
    }

    #[test]
    fn d1_without_the_tick_nothing_is_handed_in() {
        for agreement_version in [None, Some("2020-01".to_owned())] {
            let refusal = PermissionForm::check(&PermissionFields {
                agreement_version,
                ..complete()
            })
            .unwrap_err();
            assert_eq!(refusal.code(), Code::AgreementRequired);
        }
    }
}
