//! Entitlements of the target organisation (D25): what a send needs, what is used up already, and the limit of the edition.
//! The table of limits itself is data that a superadmin edits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Part, Target};
use crate::domain::component::Feature;
use crate::domain::locale::Text;

/// What an edition allows of each feature: `None` is unlimited, 0 is not included. A feature that is absent is not
/// included.
pub type Limits = BTreeMap<Feature, Option<i32>>;

/// How much of each feature an organisation's applications use.
pub type Holdings = BTreeMap<Feature, i32>;

/// The feature whose limit counts for each application on its own; all others are quotas of the organisation.
pub const PER_APPLICATION: Feature = Feature::PagesPerApp;

/// One feature, compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntitlementCheck {
    pub feature: Feature,
    /// By what is sent, beyond what it replaces.
    pub needed: i32,
    /// By what the organisation has already.
    pub used: i32,
    /// `None` is unlimited.
    pub limit: Option<i32>,
}

impl EntitlementCheck {
    /// Whether it suffices. What needs nothing is never refused, even where the organisation is over its limit.
    pub fn is_ok(&self) -> bool {
        self.needed == 0
            || self
                .limit
                .is_none_or(|limit| self.used.saturating_add(self.needed) <= limit)
    }

    /// The comparison in words.
    pub fn text(&self) -> Text {
        let name = feature_name(self.feature);
        let (needed, used) = (self.needed, self.used);
        match self.limit {
            None => Text::new(
                format!("{}：需要 {needed}，不限量", name.zh),
                format!("{}: {needed} needed, unlimited", name.en),
            ),
            Some(0) => Text::new(
                format!("{}：需要 {needed}，当前版本不包含", name.zh),
                format!("{}: {needed} needed, not included in the edition", name.en),
            ),
            Some(limit) if used > 0 => Text::new(
                format!("{}：需要 {needed}，已用 {used}，上限 {limit}", name.zh),
                format!("{}: {needed} needed, {used} in use, limit {limit}", name.en),
            ),
            Some(limit) => Text::new(
                format!("{}：需要 {needed}，上限 {limit}", name.zh),
                format!("{}: {needed} needed, limit {limit}", name.en),
            ),
        }
    }
}

/// What people call a feature.
pub fn feature_name(feature: Feature) -> Text {
    match feature {
        Feature::PagesPerApp => Text::new("单个应用页面数", "Pages per application"),
        Feature::CustomPages => Text::new("自定义页面", "Custom pages"),
        Feature::HttpConnectors => Text::new("HTTP 连接器", "HTTP connectors"),
        Feature::DataPreparations => Text::new("数据准备", "Data preparations"),
        Feature::CrossAppForms => Text::new("跨应用表单", "Cross-application forms"),
        Feature::PublicDomain => Text::new("公开访问域名", "Public domain"),
    }
}

/// One check for every feature.
pub(super) fn checks<'a>(sent: impl Iterator<Item = &'a Part>, target: &Target) -> Vec<EntitlementCheck> {
    let mut needed = Holdings::new();
    for part in sent {
        if part.kind.is_page() {
            *needed.entry(PER_APPLICATION).or_default() += 1;
        }
        for feature in features_of(part) {
            *needed.entry(feature).or_default() += 1;
        }
    }
    let of = |counts: &Holdings, feature: Feature| counts.get(&feature).copied().unwrap_or(0);
    let check = |feature: Feature| EntitlementCheck {
        feature,
        // Who takes the place of something needs no place of its own.
        needed: (of(&needed, feature) - of(&target.replaced, feature)).max(0),
        used: of(&target.holds, feature),
        limit: target.limits.get(&feature).copied().unwrap_or(Some(0)),
    };
    Feature::ALL.into_iter().map(check).collect()
}

/// Each feature that a component needs, once, those that its kind implies included.
fn features_of(part: &Part) -> Vec<Feature> {
    let mut features: Vec<Feature> = part
        .required_features
        .iter()
        .copied()
        .chain(part.kind.implied_feature())
        .filter(|feature| *feature != PER_APPLICATION)
        .collect();
    features.sort_unstable();
    features.dedup();
    features
}
