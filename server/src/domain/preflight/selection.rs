//! What sending chosen pages or components into an application that is there already would do (D16, D17). Sending a whole
//! application is worked out in the parent; both end in the same plan.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    DeliveryWarning, Fate, Part, Plan, PlannedItem, SendOptions, Target, entitlement, lower_edition, rows_of,
    sample_rows_of,
};
use crate::domain::instance::ComponentState;
use crate::domain::organization::EditionName;

/// Which components are sent, and what the instance has.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// Keys of what is sent: pages or custom components.
    pub chosen: &'a HashSet<String>,
    /// Keys of what the instance has.
    pub present: &'a HashSet<String>,
    /// Keys of forms that the instance does not have and whose sample rows it still has: the customer removed the page.
    pub sampled: &'a HashSet<String>,
}

impl Selection<'_> {
    fn is_missing(&self, key: &str) -> bool {
        !self.chosen.contains(key) && !self.present.contains(key)
    }
}

/// Works out the plan for what was chosen. Pages and custom components arrive active and need no work by hand; what they
/// depend on and do not find is named.
pub fn plan_of(
    parts: &[Part],
    selection: Selection<'_>,
    options: SendOptions,
    source_edition: EditionName,
    target: &Target,
) -> Plan {
    let by_key: HashMap<&str, &Part> = parts.iter().map(|part| (part.key.as_str(), part)).collect();
    let chosen: Vec<&Part> = parts
        .iter()
        .filter(|part| selection.chosen.contains(&part.key))
        .collect();
    let missing = chosen.iter().filter_map(|part| {
        let missing = missing_of(part, &by_key, selection);
        let (kind, name) = (part.kind, part.name.clone());
        (!missing.is_empty()).then_some(DeliveryWarning::PartMissing { kind, name, missing })
    });
    let items: Vec<PlannedItem> = chosen.iter().map(|part| planned(part, selection, options)).collect();
    Plan {
        entitlements: entitlement::checks(chosen.iter().copied(), target),
        sample_rows: items.iter().map(rows_of).sum(),
        items,
        source_edition,
        target_edition: target.edition,
        warnings: lower_edition(source_edition, target)
            .into_iter()
            .chain(missing)
            .collect(),
        manual_work: Vec::new(),
    }
}

/// Sample rows come with pages that are new alone: what is replaced, or comes back, keeps the records that it has (D16).
fn planned(part: &Part, selection: Selection<'_>, options: SendOptions) -> PlannedItem {
    let has_its_own = selection.present.contains(&part.key) || selection.sampled.contains(&part.key);
    let sample_rows = match has_its_own {
        true => 0,
        false => sample_rows_of(part, options),
    };
    PlannedItem {
        key: part.key.clone(),
        kind: part.kind,
        name: part.name.clone(),
        fate: Fate::Send {
            state: ComponentState::Active,
            sample_rows,
        },
    }
}

/// Names of what a part depends on, however many steps away, that is neither sent nor there. What is there has what it
/// needs itself.
fn missing_of(part: &Part, by_key: &HashMap<&str, &Part>, selection: Selection<'_>) -> Vec<String> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut to_visit: Vec<&str> = part.dependencies.iter().map(String::as_str).collect();
    let mut names = BTreeSet::new();
    while let Some(key) = to_visit.pop() {
        if !seen.insert(key) || !selection.is_missing(key) {
            continue;
        }
        if let Some(missing) = by_key.get(key) {
            names.insert(missing.name.clone());
            to_visit.extend(missing.dependencies.iter().map(String::as_str));
        }
    }
    names.into_iter().collect()
}
