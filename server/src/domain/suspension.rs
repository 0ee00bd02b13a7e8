//! D26: which components an organisation's edition no longer covers after a downgrade. Worked out afresh from what the edition
//! allows and what the organisation's applications hold, so that an upgrade brings back exactly what it covers again.

use std::collections::{BTreeMap, HashMap};

use super::component::Feature;
use super::locale::Text;
use super::message::Code;
use super::preflight::{Limits, PER_APPLICATION, feature_name};
use super::refusal::Refusal;

/// A component of an organisation's application, as far as quotas go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub instance_id: String,
    pub key: String,
    /// Counts against the pages that one application may have.
    pub is_page: bool,
    /// What it holds of the organisation's quotas.
    pub features: Vec<Feature>,
}

/// The components that are no longer covered, each with the first feature that is lacking. `held` stands in the order in which
/// it came: what came first stays. A component that is suspended holds nothing that another could use.
pub fn suspended(held: &[Held], limits: &Limits) -> BTreeMap<(String, String), Feature> {
    let limit = |feature: Feature| limits.get(&feature).copied().unwrap_or(Some(0));
    let mut used: HashMap<Feature, i32> = HashMap::new();
    let mut pages: HashMap<&str, i32> = HashMap::new();
    let mut suspended = BTreeMap::new();
    for component in held {
        let is_full = |used: i32, feature: Feature| limit(feature).is_some_and(|limit| used >= limit);
        let pages_of = pages.entry(component.instance_id.as_str()).or_default();
        let of_quotas = || {
            component
                .features
                .iter()
                .copied()
                .filter(|feature| *feature != PER_APPLICATION)
        };
        let lacking = Some(PER_APPLICATION)
            .filter(|feature| component.is_page && is_full(*pages_of, *feature))
            .or_else(|| of_quotas().find(|feature| is_full(used.get(feature).copied().unwrap_or(0), *feature)));
        if let Some(feature) = lacking {
            suspended.insert((component.instance_id.clone(), component.key.clone()), feature);
            continue;
        }
        *pages_of += i32::from(component.is_page);
        for feature in of_quotas() {
            *used.entry(feature).or_default() += 1;
        }
    }
    suspended
}

/// The refusal to use a suspended component.
pub fn refusal(feature: Feature) -> Refusal {
    Refusal::rule(Code::EntitlementMissing)
        .detail(feature_name(feature))
        .advise(Text::new(
            "此项因版本变更已停用，数据均已保留；请联系平台升级版本",
            "It was suspended when the edition changed, and its data is kept; ask the platform for an upgrade",
        ))
}

/// Why a component is suspended, in words.
pub fn reason(feature: Feature) -> Text {
    let name = feature_name(feature);
    Text::new(
        format!("当前版本的“{}”不足，此项已停用；升级版本后自动恢复", name.zh),
        format!(
            "The edition does not cover it any more: {}; it comes back with an upgrade",
            name.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(instance: &str, key: &str, is_page: bool, features: &[Feature]) -> Held {
        Held {
            instance_id: instance.to_owned(),
            key: key.to_owned(),
            is_page,
            features: features.to_vec(),
        }
    }

    fn limits(all: &[(Feature, Option<i32>)]) -> Limits {
        let unlimited = Feature::ALL.into_iter().map(|feature| (feature, None));
        unlimited.chain(all.iter().copied()).collect()
    }

    fn keys(held: &[Held], limits: &Limits) -> Vec<(String, Feature)> {
        let all = suspended(held, limits).into_iter();
        all.map(|((_, key), feature)| (key, feature)).collect()
    }

    #[test]
    fn d26_exactly_what_is_no_longer_covered_is_suspended_and_what_came_first_stays() {
        let all = [
            held("a", "home", true, &[Feature::CustomPages]),
            held("a", "erp", false, &[Feature::HttpConnectors]),
            held("b", "crm", false, &[Feature::HttpConnectors]),
            held("b", "form", true, &[]),
        ];
        assert_eq!(keys(&all, &limits(&[])), []);
        let free = limits(&[(Feature::CustomPages, Some(0)), (Feature::HttpConnectors, Some(1))]);
        let lost = [
            ("home".to_owned(), Feature::CustomPages),
            ("crm".to_owned(), Feature::HttpConnectors),
        ];
        assert_eq!(keys(&all, &free), lost);
        assert_eq!(keys(&all, &limits(&[])), [], "an upgrade brings everything back");
    }

    #[test]
    fn d26_pages_are_counted_for_each_application() {
        let all: Vec<Held> = ["a", "b"]
            .iter()
            .flat_map(|instance| (0..3).map(move |n| held(instance, &format!("{instance}{n}"), true, &[])))
            .collect();
        let two = limits(&[(Feature::PagesPerApp, Some(2))]);
        let lost = [("a2", Feature::PagesPerApp), ("b2", Feature::PagesPerApp)];
        assert_eq!(keys(&all, &two), lost.map(|(key, feature)| (key.to_owned(), feature)));
    }

    #[test]
    fn d26_what_is_suspended_for_one_feature_leaves_its_place_in_another() {
        let all = [
            held("a", "public", true, &[Feature::CrossAppForms, Feature::PublicDomain]),
            held("a", "inner", true, &[Feature::CrossAppForms]),
        ];
        let free = limits(&[(Feature::PublicDomain, Some(0)), (Feature::CrossAppForms, Some(1))]);
        assert_eq!(keys(&all, &free), [("public".to_owned(), Feature::PublicDomain)]);
    }

    #[test]
    fn d26_a_feature_that_nobody_listed_is_not_included() {
        let all = [held("a", "form", true, &[Feature::CrossAppForms])];
        let pages = Limits::from([(Feature::PagesPerApp, None)]);
        assert_eq!(keys(&all, &pages), [("form".to_owned(), Feature::CrossAppForms)]);
    }
}
