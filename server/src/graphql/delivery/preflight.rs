//! The dry run in words: what travels, what does not, what the target lacks, what is left to do by hand.

use async_graphql::{Enum, SimpleObject};

use crate::domain::component::{ComponentKind, Feature};
use crate::domain::locale::Locale;
use crate::domain::organization::EditionName;
use crate::domain::preflight::{self, DeliveryWarning, Fate, Plan, PlannedItem, SkipReason, Speak};

/// What becomes of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PreflightOutcome {
    /// It travels.
    Send,
    /// It stays behind, with the reason.
    Skip,
    /// It would fail, with the reason.
    Fail,
}

/// One component of the dry run.
#[derive(Clone, Debug, SimpleObject)]
pub struct PreflightItem {
    /// Identity over versions.
    component_key: String,
    /// What it is.
    kind: ComponentKind,
    /// What people see.
    name: String,
    /// What becomes of it.
    outcome: PreflightOutcome,
    /// Why it stays behind or would fail, in the caller's language.
    reason: Option<String>,
}

impl PreflightItem {
    /// One that stays behind.
    pub fn skipped(item: &PlannedItem, reason: SkipReason, locale: Locale) -> Self {
        Self::told(item, PreflightOutcome::Skip, Some(reason.say(locale)))
    }

    fn new(item: &PlannedItem, locale: Locale) -> Self {
        match &item.fate {
            Fate::Send { .. } => Self::told(item, PreflightOutcome::Send, None),
            Fate::Skip(reason) => Self::skipped(item, *reason, locale),
            Fate::Fail(failure) => Self::told(item, PreflightOutcome::Fail, Some(failure.say(locale))),
        }
    }

    fn told(item: &PlannedItem, outcome: PreflightOutcome, reason: Option<String>) -> Self {
        Self {
            component_key: item.key.clone(),
            kind: item.kind,
            name: item.name.clone(),
            outcome,
            reason,
        }
    }
}

/// One entitlement of the target organisation. `limit` null means unlimited.
#[derive(Clone, Debug, SimpleObject)]
pub struct EntitlementCheck {
    /// Which.
    feature: Feature,
    /// By what is sent.
    needed: i32,
    /// By the organisation's other applications.
    used: i32,
    /// Of the organisation's edition.
    limit: Option<i32>,
    /// Whether it suffices.
    ok: bool,
    /// The comparison in the caller's language.
    message: String,
}

impl EntitlementCheck {
    fn new(check: &preflight::EntitlementCheck, locale: Locale) -> Self {
        Self {
            feature: check.feature,
            needed: check.needed,
            used: check.used,
            limit: check.limit,
            ok: check.is_ok(),
            message: check.text().get(locale).to_owned(),
        }
    }
}

/// D14: a dry run against the target organisation. Nothing is written.
#[derive(Clone, Debug, SimpleObject)]
pub struct Preflight {
    /// Whether the send may begin.
    ok: bool,
    /// Whether the target organisation is on the platform; always so once it has bought.
    target_known: bool,
    /// The partner's edition.
    source_edition: EditionName,
    /// The customer's edition.
    target_edition: Option<EditionName>,
    /// 建议保持相同的付费版本 where the target's edition is lower.
    edition_warning: Option<String>,
    /// One for every feature.
    entitlements: Vec<EntitlementCheck>,
    /// In the order of the version.
    items: Vec<PreflightItem>,
    /// Rows of sample data that travel.
    sample_rows: i32,
    /// What to mind; the edition's warning stands on its own.
    warnings: Vec<String>,
    /// What a person has to do by hand afterwards.
    manual_work: Vec<String>,
}

impl Preflight {
    /// A plan in words of that language.
    pub fn new(plan: &Plan, locale: Locale) -> Self {
        let is_edition = |warning: &&DeliveryWarning| matches!(warning, DeliveryWarning::LowerEdition { .. });
        let others = plan.warnings.iter().filter(|warning| !is_edition(warning));
        Self {
            ok: plan.is_ok(),
            target_known: true,
            source_edition: plan.source_edition,
            target_edition: Some(plan.target_edition),
            edition_warning: plan.warnings.iter().find(is_edition).map(|warning| warning.say(locale)),
            entitlements: plan
                .entitlements
                .iter()
                .map(|check| EntitlementCheck::new(check, locale))
                .collect(),
            items: plan.items.iter().map(|item| PreflightItem::new(item, locale)).collect(),
            sample_rows: i32::try_from(plan.sample_rows).unwrap_or(i32::MAX),
            warnings: others.map(|warning| warning.say(locale)).collect(),
            manual_work: plan
                .manual_work
                .iter()
                .map(|item| item.text().get(locale).to_owned())
                .collect(),
        }
    }
}
