//! The checklist with which a customer's admin accepts an application (D27): what there is to see follows from what arrived.
//! It guides and is kept with the sign-off; it does not hinder it.

use serde::{Deserialize, Serialize};

use super::binding::BindingItem;
use super::component::ComponentKind;
use super::instance_page::revision;
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
    /// What names the content of a page: what is tried is that content, and another has to be tried again.
    pub revision: Option<String>,
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
        let (kind, key) = (self.kind, &self.component_key);
        match &self.revision {
            Some(revision) => format!("{kind} {key} {revision}"),
            None => format!("{kind} {key}"),
        }
    }
}

/// A component as far as the checklist needs to know it.
#[derive(Clone, Copy, Debug)]
pub struct TriedPart<'a> {
    pub kind: ComponentKind,
    pub key: &'a str,
    pub name: &'a str,
    pub definition: &'a str,
}

/// Everything that there is to see: the pages in the order of the components, then what is to be done by hand, component by
/// component.
pub fn items<'a>(components: impl IntoIterator<Item = TriedPart<'a>>, bindings: &[BindingItem]) -> Vec<AcceptanceItem> {
    let mut items = Vec::new();
    for part in components.into_iter().filter(|part| part.kind.is_page()) {
        let revision = revision(part.definition);
        let mut add = |kind| {
            items.push(AcceptanceItem {
                kind,
                component_key: part.key.to_owned(),
                name: part.name.to_owned(),
                revision: Some(revision.clone()),
                work: Vec::new(),
                settled: false,
            });
        };
        add(AcceptanceItemKind::PageOpened);
        if part.kind == ComponentKind::FormPage {
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
                revision: None,
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

    fn part<'a>(kind: ComponentKind, key: &'a str, definition: &'a str) -> TriedPart<'a> {
        TriedPart {
            kind,
            key,
            name: "部件",
            definition,
        }
    }

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
            part(ComponentKind::FormPage, "form", "{}"),
            part(ComponentKind::Role, "role", "{}"),
            part(ComponentKind::Portal, "portal", "{}"),
            part(ComponentKind::Automation, "run", "{}"),
        ];
        let items = items(components, &bindings);
        let told: Vec<(&str, &str, usize, bool)> = items
            .iter()
            .map(|it| (it.kind.as_str(), it.component_key.as_str(), it.work.len(), it.settled))
            .collect();
        assert_eq!(
            told,
            [
                ("PAGE_OPENED", "form", 0, false),
                ("RECORD_SUBMITTED", "form", 0, false),
                ("PAGE_OPENED", "portal", 0, false),
                ("WORK_SEEN", "link", 1, false),
                ("WORK_SEEN", "role", 0, true),
            ]
        );
    }

    #[test]
    fn d27_a_tick_belongs_to_the_content_that_was_tried() {
        let keys = |definition| -> Vec<String> {
            let items = items([part(ComponentKind::FormPage, "form", definition)], &[]);
            items.iter().map(AcceptanceItem::key).collect()
        };
        let (first, other) = (keys("{}"), keys("{\"ui\":{}}"));
        assert_eq!(first, keys("{}"));
        assert!(first.iter().all(|key| !other.contains(key)));
    }
}
