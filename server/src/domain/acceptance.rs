//! The checklist with which a customer's admin accepts an application (D27): what there is to see follows from what arrived.
//! It guides and is kept with the sign-off; it does not hinder it.

use serde::{Deserialize, Serialize};

use super::binding::BindingItem;
use super::component::ComponentKind;
use super::locale::Text;
use super::words::words;

words! {
    /// What is to be done about one item of an acceptance.
    AcceptanceItemKind {
        /// Open the page.
        PageOpened = "PAGE_OPENED",
        /// Submit a test record.
        RecordSubmitted = "RECORD_SUBMITTED",
        /// See what has to be done by hand with a component; done as well once all of that was.
        WorkSeen = "WORK_SEEN",
    }
}

/// One thing to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptanceItem {
    pub kind: AcceptanceItemKind,
    /// Key of the page or component.
    pub component_key: String,
    pub name: String,
    /// What is to be done by hand and was not; only of manual work.
    pub work: Vec<Text>,
    /// Whether the manual work was done, so that nothing is left to be seen.
    pub settled: bool,
}

/// One item as it stood at a sign-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedItem {
    pub kind: AcceptanceItemKind,
    pub component_key: String,
    pub name: String,
    pub done: bool,
}

impl AcceptanceItem {
    /// The text under which it is ticked.
    pub fn key(&self) -> String {
        format!("{} {}", self.kind, self.component_key)
    }
}

/// Everything that there is to see: the pages in the order of the components `(kind, key, name)`, then what is to be done by
/// hand, component by component.
pub fn items<'a>(
    components: impl IntoIterator<Item = (ComponentKind, &'a str, &'a str)>,
    bindings: &[BindingItem],
) -> Vec<AcceptanceItem> {
    let mut items = Vec::new();
    for (kind, key, name) in components {
        let mut add = |kind| {
            items.push(AcceptanceItem {
                kind,
                component_key: key.to_owned(),
                name: name.to_owned(),
                work: Vec::new(),
                settled: false,
            });
        };
        if kind.is_page() {
            add(AcceptanceItemKind::PageOpened);
        }
        if kind == ComponentKind::FormPage {
            add(AcceptanceItemKind::RecordSubmitted);
        }
    }
    let pages = items.len();
    for binding in bindings {
        let work = (!binding.done).then(|| binding.text());
        let there = items[pages..]
            .iter_mut()
            .find(|item| item.component_key == binding.component_key);
        match there {
            Some(item) => {
                item.work.extend(work);
                item.settled &= binding.done;
            }
            None => items.push(AcceptanceItem {
                kind: AcceptanceItemKind::WorkSeen,
                component_key: binding.component_key.clone(),
                name: binding.name.clone(),
                work: work.into_iter().collect(),
                settled: binding.done,
            }),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::binding::BindingKind;

    fn binding(key: &str, kind: BindingKind, done: bool) -> BindingItem {
        BindingItem {
            component_key: key.to_owned(),
            kind,
            name: "部件".to_owned(),
            slots: Vec::new(),
            waits_for: Vec::new(),
            done,
        }
    }

    #[test]
    fn d27_every_page_is_opened_every_form_tried_and_all_manual_work_seen() {
        let bindings = [
            binding("link", BindingKind::ConnectorSecrets, true),
            binding("role", BindingKind::RoleMembers, true),
            binding("link", BindingKind::ConnectorCode, false),
        ];
        let components = [
            (ComponentKind::FormPage, "form", "表"),
            (ComponentKind::Role, "role", "角色"),
            (ComponentKind::Portal, "portal", "门户"),
            (ComponentKind::Automation, "run", "自动化"),
        ];
        let items = items(components, &bindings);
        let told: Vec<(String, usize, bool)> = items
            .iter()
            .map(|item| (item.key(), item.work.len(), item.settled))
            .collect();
        let told: Vec<(&str, usize, bool)> = told
            .iter()
            .map(|(key, work, done)| (key.as_str(), *work, *done))
            .collect();
        assert_eq!(
            told,
            [
                ("PAGE_OPENED form", 0, false),
                ("RECORD_SUBMITTED form", 0, false),
                ("PAGE_OPENED portal", 0, false),
                ("WORK_SEEN link", 1, false),
                ("WORK_SEEN role", 0, true),
            ]
        );
    }
}
