//! What a send would do to a target organisation (D14, D21–D25): worked out before it is done, by the same function that
//! the send itself follows. Pure: it knows the version's components, the options, and what the target has and holds.

mod entitlement;
mod notice;
mod selection;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub use entitlement::{EntitlementCheck, Holdings, Limits, PER_APPLICATION, feature_name};
pub use notice::{DeliveryFailure, DeliveryWarning, SkipReason, Speak, kind_name};
pub use selection::{Selection, plan_of};

use super::binding::{BindingItem, BoundPart, Filled, Origins, checklist};
use super::component::{ComponentKind, Feature};
use super::instance::ComponentState;
use super::organization::EditionName;

/// Most sample rows that one form page brings along (D22).
pub const SAMPLE_ROWS: u32 = 15;
/// Most rows that one form brings along as base data (L16). Processes of forms are the customer's own settings: what a version
/// holds are plain ones.
pub const BASE_ROWS: u32 = 100;

/// A component as far as the plan needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    pub dependencies: Vec<String>,
    pub required_features: Vec<Feature>,
    /// All that the version has, not only those that travel.
    pub sample_rows: u32,
    /// Of a connector: the names of its secrets, which stay behind (D23).
    pub secrets: Vec<String>,
    /// Of a connector: whether it has code, which stays behind (D23).
    pub has_code: bool,
}

/// What the partner chose in the send dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendOptions {
    pub include_sample_data: bool,
    pub include_connectors: bool,
    pub rules: ContentRules,
}

/// By which rules components travel: the two tracks differ in nothing else of a delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentRules {
    /// D21–D23: what a partner distributes.
    #[default]
    Distribution,
    /// L16: what is bought on the marketplace.
    Listing,
}

/// The organisation that receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub edition: EditionName,
    pub limits: Limits,
    /// What counts against its limits already: of pages those of the application that receives, of everything else that of
    /// all its applications.
    pub holds: Holdings,
    /// The part of it that what is sent takes the place of.
    pub replaced: Holdings,
}

/// What becomes of one component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It travels, arrives in this state and brings so many sample rows along.
    Send { state: ComponentState, sample_rows: u32 },
    /// It stays behind.
    Skip(SkipReason),
    /// It would fail.
    Fail(DeliveryFailure),
}

/// One component of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedItem {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    pub fate: Fate,
}

/// The whole plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the version.
    pub items: Vec<PlannedItem>,
    /// One for every feature.
    pub entitlements: Vec<EntitlementCheck>,
    pub source_edition: EditionName,
    pub target_edition: EditionName,
    pub warnings: Vec<DeliveryWarning>,
    /// What the re-binding of the instance will list.
    pub manual_work: Vec<BindingItem>,
    /// Rows that travel, of all forms together.
    pub sample_rows: u32,
}

impl Plan {
    /// Whether the send may begin.
    pub fn is_ok(&self) -> bool {
        self.entitlements.iter().all(EntitlementCheck::is_ok)
    }

    /// Every reason why it may not.
    pub fn failures(&self) -> Vec<DeliveryFailure> {
        let missing = self.entitlements.iter().filter(|check| !check.is_ok());
        missing
            .map(|check| DeliveryFailure::EntitlementMissing(*check))
            .collect()
    }

    /// How many components of each kind travel.
    pub fn sent_counts(&self) -> BTreeMap<ComponentKind, i32> {
        let mut counts = BTreeMap::new();
        for item in self.items.iter().filter(|item| matches!(item.fate, Fate::Send { .. })) {
            *counts.entry(item.kind).or_default() += 1;
        }
        counts
    }

    /// The components that stay behind.
    pub fn skipped(&self) -> impl Iterator<Item = (&PlannedItem, SkipReason)> {
        self.items.iter().filter_map(|item| match &item.fate {
            Fate::Skip(reason) => Some((item, *reason)),
            Fate::Send { .. } | Fate::Fail(_) => None,
        })
    }
}

/// Works out the plan.
pub fn plan(parts: &[Part], options: SendOptions, source_edition: EditionName, target: &Target) -> Plan {
    plan_over(parts, options, source_edition, target, &HashMap::new())
}

/// Works out the plan for an application that is there already (L17): `stays` says what is not touched, by its key, and why.
pub fn plan_over(
    parts: &[Part],
    options: SendOptions,
    source_edition: EditionName,
    target: &Target,
    stays: &HashMap<String, SkipReason>,
) -> Plan {
    let skipped: HashMap<&str, &Part> = parts
        .iter()
        .filter(|part| skip_reason(part.kind, options).is_some())
        .map(|part| (part.key.as_str(), part))
        .collect();
    let by_key: HashMap<&str, &Part> = parts.iter().map(|part| (part.key.as_str(), part)).collect();
    let mut warnings: Vec<DeliveryWarning> = lower_edition(source_edition, target).into_iter().collect();
    let mut items = Vec::with_capacity(parts.len());
    for part in parts {
        let stays = stays.get(&part.key).copied();
        let fate = match skip_reason(part.kind, options).or(stays) {
            Some(reason) => Fate::Skip(reason),
            None => {
                let state = arrival_state(part, &by_key, &skipped, &mut warnings);
                let sample_rows = sample_rows_of(part, options);
                Fate::Send { state, sample_rows }
            }
        };
        items.push(PlannedItem {
            key: part.key.clone(),
            kind: part.kind,
            name: part.name.clone(),
            fate,
        });
    }
    let travels = |part: &&Part| !skipped.contains_key(part.key.as_str()) && !stays.contains_key(&part.key);
    let sent = parts.iter().filter(travels);
    Plan {
        entitlements: entitlement::checks(sent, target),
        sample_rows: items.iter().map(rows_of).sum(),
        manual_work: manual_work(parts, &items),
        items,
        source_edition,
        target_edition: target.edition,
        warnings,
    }
}

/// D14: the same paid edition is advised.
fn lower_edition(source: EditionName, target: &Target) -> Option<DeliveryWarning> {
    let target = target.edition;
    (target < source).then_some(DeliveryWarning::LowerEdition { source, target })
}

fn rows_of(item: &PlannedItem) -> u32 {
    match item.fate {
        Fate::Send { sample_rows, .. } => sample_rows,
        Fate::Skip(_) | Fate::Fail(_) => 0,
    }
}

/// D21, D23, L16: what stays behind.
const fn skip_reason(kind: ComponentKind, options: SendOptions) -> Option<SkipReason> {
    if let ContentRules::Listing = options.rules {
        return match kind {
            ComponentKind::Connector
            | ComponentKind::DataPreparation
            | ComponentKind::Dashboard
            | ComponentKind::CustomComponent => Some(SkipReason::NotWithProducts),
            ComponentKind::FormPage
            | ComponentKind::CustomPage
            | ComponentKind::Portal
            | ComponentKind::AiAssistant
            | ComponentKind::Role
            | ComponentKind::Contact
            | ComponentKind::Automation
            | ComponentKind::CoolApp => None,
        };
    }
    match kind {
        ComponentKind::Dashboard => Some(SkipReason::NeverSent),
        ComponentKind::Connector if !options.include_connectors => Some(SkipReason::ConnectorsNotChosen),
        ComponentKind::Connector
        | ComponentKind::FormPage
        | ComponentKind::CustomPage
        | ComponentKind::Portal
        | ComponentKind::AiAssistant
        | ComponentKind::DataPreparation
        | ComponentKind::Role
        | ComponentKind::Contact
        | ComponentKind::Automation
        | ComponentKind::CustomComponent
        | ComponentKind::CoolApp => None,
    }
}

/// D22, L16: the first rows by position, of forms alone.
fn sample_rows_of(part: &Part, options: SendOptions) -> u32 {
    if !options.include_sample_data || part.kind != ComponentKind::FormPage {
        return 0;
    }
    match options.rules {
        ContentRules::Distribution => part.sample_rows.min(SAMPLE_ROWS),
        ContentRules::Listing => part.sample_rows.min(BASE_ROWS),
    }
}

/// D23, D24: in which state a component arrives. Notes a warning where something that it stands on stays behind.
fn arrival_state(
    part: &Part,
    by_key: &HashMap<&str, &Part>,
    skipped: &HashMap<&str, &Part>,
    warnings: &mut Vec<DeliveryWarning>,
) -> ComponentState {
    let (connectors, mut others): (Vec<&Part>, Vec<&Part>) = missing(part, by_key, skipped)
        .into_iter()
        .partition(|gone| gone.kind == ComponentKind::Connector);
    let disabled = part.kind == ComponentKind::Automation && !connectors.is_empty();
    if disabled {
        warnings.push(DeliveryWarning::AutomationDisabled {
            name: part.name.clone(),
            connectors: names(&connectors),
        });
    } else {
        others.extend(connectors);
    }
    if !others.is_empty() {
        warnings.push(DeliveryWarning::PartMissing {
            kind: part.kind,
            name: part.name.clone(),
            missing: names(&others),
        });
    }
    if disabled {
        return ComponentState::Disabled;
    }
    match part.kind {
        ComponentKind::AiAssistant => ComponentState::Inactive,
        ComponentKind::DataPreparation => ComponentState::NotRun,
        ComponentKind::Role | ComponentKind::Contact => ComponentState::NoMembers,
        ComponentKind::Connector if part.has_code || !part.secrets.is_empty() => ComponentState::ToFillIn,
        ComponentKind::Connector
        | ComponentKind::FormPage
        | ComponentKind::CustomPage
        | ComponentKind::Portal
        | ComponentKind::Automation
        | ComponentKind::CustomComponent
        | ComponentKind::CoolApp
        | ComponentKind::Dashboard => ComponentState::Active,
    }
}

/// What a component reaches through its dependencies, however many steps away, and what stays behind of that.
fn missing<'a>(part: &'a Part, by_key: &HashMap<&str, &'a Part>, skipped: &HashMap<&str, &'a Part>) -> Vec<&'a Part> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut to_visit: Vec<&str> = part.dependencies.iter().map(String::as_str).collect();
    let mut missing = Vec::new();
    while let Some(key) = to_visit.pop() {
        if !seen.insert(key) {
            continue;
        }
        missing.extend(skipped.get(key));
        if let Some(next) = by_key.get(key) {
            to_visit.extend(next.dependencies.iter().map(String::as_str));
        }
    }
    missing
}

/// Each name once, in order.
fn names(parts: &[&Part]) -> Vec<String> {
    let names: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// What a person has to do by hand once everything has arrived, in the words in which it is listed then.
fn manual_work(parts: &[Part], items: &[PlannedItem]) -> Vec<BindingItem> {
    let arrived = parts.iter().zip(items).filter_map(|(part, item)| match &item.fate {
        Fate::Send { state, .. } => Some(BoundPart {
            key: part.key.clone(),
            kind: part.kind,
            name: part.name.clone(),
            state: *state,
            secrets: part.secrets.clone(),
            has_code: part.has_code,
            origin: Some(0),
        }),
        Fate::Skip(_) | Fate::Fail(_) => None,
    });
    let arrived: Vec<BoundPart> = arrived.collect();
    let connectors = parts.iter().filter(|part| part.kind == ComponentKind::Connector);
    let origin = Origins {
        dependencies: parts
            .iter()
            .map(|it| (it.key.clone(), it.dependencies.clone()))
            .collect(),
        connectors: connectors.map(|it| (it.key.clone(), it.name.clone())).collect(),
    };
    checklist(&arrived, &[origin], &Filled::new(), &HashSet::new())
}

#[cfg(test)]
mod tests;
