//! Buying through a distribution link (D10, D11): in which order the checks come, and what an order's number looks like.
//! What an order is afterwards stands in `order`.

use chrono::{DateTime, Duration, Utc};

use super::corp_id::CorpId;
use super::distribution_barrier::DistributionBarrier;
use super::distribution_link::DistributionLinkStatus;
use super::locale::Text;
use super::message::Code;
use super::refusal::Refusal;
use super::working_day::local_day;

/// What is known when somebody opens a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseFacts {
    /// `None` where no link has that token.
    pub link: Option<LinkFacts>,
    /// Whether the person is an admin (CA) of the acting organisation.
    pub is_customer_admin: bool,
    /// The acting organisation's CorpID, folded.
    pub acting_corp_id: String,
}

/// What is known of the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkFacts {
    pub status: DistributionLinkStatus,
    /// The CorpID in the project.
    pub project_corp_id: String,
    /// Whether the partner still has the distribution permission (D1).
    pub partner_permitted: bool,
    /// Why the application cannot be distributed any more.
    pub barrier: Option<DistributionBarrier>,
}

/// The checks of D10 in their order, after signing in: link known, not expired, not revoked → project ACTIVE → CA of the
/// acting organisation → CorpID equal → application still distributable. A partner that lost its distribution permission
/// distributes nothing (D1), which is told at the last step, so that nobody but the customer learns of it.
pub fn check(facts: &PurchaseFacts) -> Result<(), Refusal> {
    let link = facts.link.as_ref().ok_or_else(|| Refusal::not_found().at("token"))?;
    match link.status {
        DistributionLinkStatus::Expired => return Err(Refusal::rule(Code::LinkExpired)),
        DistributionLinkStatus::Revoked => return Err(Refusal::rule(Code::LinkRevoked)),
        DistributionLinkStatus::ProjectClosed => return Err(Refusal::rule(Code::ProjectNotActive)),
        DistributionLinkStatus::Open => {}
    }
    if !facts.is_customer_admin {
        return Err(Refusal::no_permission().advise(Text::new(
            "只有组织的平台管理员可以购买，请将此链接转发给管理员，或切换到您担任管理员的组织",
            "Only an administrator of the organisation can buy: forward this link to one, or switch to an organisation that you administer",
        )));
    }
    if !same_organization(&link.project_corp_id, &facts.acting_corp_id) {
        return Err(Refusal::rule(Code::OrganizationMismatch));
    }
    if let Some(barrier) = link.barrier {
        return Err(Refusal::not_distributable(barrier));
    }
    if !link.partner_permitted {
        return Err(Refusal::rule(Code::ApplicationNotDistributable).advise(Text::new(
            "服务商目前没有应用分发权限，请联系服务商",
            "The service provider does not have the distribution permission at present; contact the provider",
        )));
    }
    Ok(())
}

/// Whether two CorpIDs name the same organisation, however they were typed.
pub fn same_organization(one: &str, other: &str) -> bool {
    match (CorpId::parse(one), CorpId::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A CorpID with its middle hidden (D12); all of it where it cannot be read.
pub fn masked(corp_id: &str) -> String {
    CorpId::parse(corp_id).map_or_else(|_| "****".to_owned(), |id| id.masked())
}

/// Without an idempotency key, a second purchase by the same person through the same link within this time is taken for
/// a double click and answers the first order. A purchase on purpose comes later, or with a key of its own.
pub fn double_click() -> Duration {
    Duration::seconds(10)
}

/// Attempts of one organisation through one link are recorded at most this often (D12).
pub fn mismatch_interval() -> Duration {
    Duration::minutes(1)
}

/// Letters and digits that nobody mistakes for one another when they are read out.
const NUMBER_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKLMNPQRTUVWXY";

/// The number of an order placed at `now`: the letter of its track, its day in Shanghai and `length` characters chosen by `random`,
/// such as `D20261121-7K3F`.
pub fn order_number(track: char, now: DateTime<Utc>, length: u32, random: u64) -> String {
    let day = local_day(now).format("%Y%m%d");
    let mut rest = random;
    let code: String = (0..length)
        .map(|_| {
            let place = usize::try_from(rest % 30).unwrap_or_default();
            rest /= 30;
            char::from(NUMBER_ALPHABET[place])
        })
        .collect();
    format!("{track}{day}-{code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;

    const CORP: &str = "ding0123456789abcdef";

    fn good() -> PurchaseFacts {
        PurchaseFacts {
            link: Some(LinkFacts {
                status: DistributionLinkStatus::Open,
                project_corp_id: CORP.to_owned(),
                partner_permitted: true,
                barrier: None,
            }),
            is_customer_admin: true,
            acting_corp_id: CORP.to_owned(),
        }
    }

    /// A refusal and how the facts come to it.
    type Break = (Code, fn(&mut PurchaseFacts));

    /// Each row breaks one thing; the rows stand in the order of the checks.
    fn breaks() -> Vec<Break> {
        fn link(facts: &mut PurchaseFacts) -> &mut LinkFacts {
            facts.link.as_mut().expect("rows before the last leave the link")
        }
        vec![
            (Code::ApplicationNotDistributable, |f| link(f).partner_permitted = false),
            (Code::ApplicationNotDistributable, |f| {
                link(f).barrier = Some(DistributionBarrier::PremiumApplication);
            }),
            (Code::OrganizationMismatch, |f| {
                f.acting_corp_id = "dingother123".to_owned()
            }),
            (Code::NoPermission, |f| f.is_customer_admin = false),
            (Code::ProjectNotActive, |f| {
                link(f).status = DistributionLinkStatus::ProjectClosed;
            }),
            (Code::LinkRevoked, |f| link(f).status = DistributionLinkStatus::Revoked),
            (Code::LinkExpired, |f| link(f).status = DistributionLinkStatus::Expired),
            (Code::NotFound, |f| f.link = None),
        ]
    }

    #[test]
    fn d10_the_earliest_check_that_fails_is_the_one_that_is_told() {
        let mut facts = good();
        assert_eq!(check(&facts), Ok(()));
        // Ever more is wrong; what comes earlier in the order hides what comes later.
        for (code, break_it) in breaks() {
            break_it(&mut facts);
            assert_eq!(check(&facts).unwrap_err().code(), code);
            let mut alone = good();
            break_it(&mut alone);
            assert_eq!(check(&alone).unwrap_err().code(), code);
        }
    }

    #[test]
    fn d10_corp_ids_are_compared_folded() {
        let mut facts = good();
        facts.acting_corp_id = format!("  {} ", CORP.to_uppercase());
        assert_eq!(check(&facts), Ok(()));
        assert!(!same_organization("", ""));
    }

    #[test]
    fn d10_an_employee_is_told_no_permission_and_whom_to_ask() {
        let mut facts = good();
        facts.is_customer_admin = false;
        let refusal = check(&facts).unwrap_err();
        assert_eq!(refusal.message(Locale::ZhCn), "没有权限");
        assert!(refusal.next_step(Locale::ZhCn).contains("管理员"));
    }

    #[test]
    fn d11_order_numbers_carry_the_day_in_shanghai() {
        let late = "2026-11-20T16:00:00Z".parse().unwrap();
        assert_eq!(order_number('D', late, 4, 0), "D20261121-2222");
        assert_ne!(order_number('D', late, 4, 1), order_number('D', late, 4, 30));
    }
}
