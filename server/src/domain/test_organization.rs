//! Test organisations (体验测试组织, L2): made by a partner for trying its applications. They are customers like any other but for
//! where they come from: an organisation that exists never becomes one. What is recorded there is `self_test`.

use super::corp_id::CorpId;
use super::id::OrganizationId;
use super::problem::Problem;
use super::wording;
use super::words::words;

/// How many a partner may have.
pub const MAX: usize = 10;
/// Characters of a name.
pub const NAME_MIN: usize = 2;
pub const NAME_MAX: usize = 40;

words! {
    /// What somebody of the partner can do with a test organisation.
    TestOrganizationAction {
        /// Become one of its admins.
        Join = "JOIN",
        /// Deliver a version into it.
        StartSelfTest = "START_SELF_TEST",
    }
}

/// The name as it is kept.
pub fn name(given: &str) -> Result<String, Problem> {
    wording::sized(given, NAME_MIN, NAME_MAX)
}

/// The CorpID of a test organisation follows from its id, so that nobody can choose one that a customer has.
pub fn corp_id(id: &OrganizationId) -> Result<CorpId, Problem> {
    let body = id.as_str().trim_start_matches(OrganizationId::PREFIX);
    CorpId::parse(&format!("test{body}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::IdSource;

    #[test]
    fn l2_a_test_organization_has_a_name_that_people_can_tell() {
        assert_eq!(name("  体验  一组 "), Ok("体验 一组".to_owned()));
        assert_eq!(name(" "), Err(Problem::Required));
        assert_eq!(name("一"), Err(Problem::TooShort { min: 2 }));
        assert!(name(&"长".repeat(40)).is_ok());
        assert_eq!(name(&"长".repeat(41)), Err(Problem::TooLong { max: 40 }));
    }

    #[test]
    fn l2_its_corp_id_is_well_formed_and_its_own() {
        let ids = IdSource::default();
        let now = chrono::DateTime::UNIX_EPOCH;
        let (one, other): (OrganizationId, OrganizationId) = (ids.next(now), ids.next(now));
        let of = |id| corp_id(id).expect("it is well formed");
        assert!(of(&one).as_str().starts_with("test") && of(&one) != of(&other));
        assert_eq!(of(&one), of(&one));
    }
}
