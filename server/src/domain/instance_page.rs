//! Rules of an instance's pages that the customer edits: names, places, and how a definition is told from another.

use sha2::{Digest, Sha256};

use super::component::ComponentKind;
use super::locale::Text;
use super::page_permission::{RecordReach, Rights};
use super::problem::Problem;
use super::refusal::{Issue, Refusal};
use super::words::words;

words! {
    /// What can be done with a page.
    PageAction {
        /// Add a record.
        AddRecord = "ADD_RECORD",
        /// Import records from a table.
        ImportRecords = "IMPORT_RECORDS",
        /// Export the records that one reads.
        ExportRecords = "EXPORT_RECORDS",
        /// Decide who may do what.
        SetPermission = "SET_PERMISSION",
        /// Replace the process design.
        SetProcessDesign = "SET_PROCESS_DESIGN",
        /// Give it another name.
        Rename = "RENAME",
        /// Put it into another folder or place.
        Move = "MOVE",
        /// Edit the form's definition.
        EditDefinition = "EDIT_DEFINITION",
    }
}

/// Who stands at a page, and how its application stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub rights: Rights,
    /// An admin of the customer.
    pub admin: bool,
    /// That, or who maintains the instance.
    pub keeper: bool,
    /// D19: what only full edit permission allows is open to them.
    pub full_edit: bool,
    /// D29: a closed application only shows.
    pub open: bool,
    /// D26: the organisation's edition covers the page.
    pub covered: bool,
}

/// What somebody may do with a page: an admin of the customer decides permissions always, and edits where the partner
/// opened it (D19), as a developer of the partner who maintains the instance does.
pub fn available_actions(kind: ComponentKind, standing: Standing) -> Vec<PageAction> {
    let Standing {
        rights,
        admin,
        keeper,
        full_edit,
        open,
        covered,
    } = standing;
    let form = kind == ComponentKind::FormPage;
    let may = |action: &PageAction| match action {
        PageAction::AddRecord | PageAction::ImportRecords => form && open && covered && rights.add,
        PageAction::ExportRecords => form && rights.read > RecordReach::None,
        PageAction::SetPermission => admin,
        PageAction::SetProcessDesign => keeper && full_edit,
        PageAction::Rename | PageAction::Move => keeper && full_edit && open,
        PageAction::EditDefinition => keeper && full_edit && open && form,
    };
    PageAction::ALL.iter().copied().filter(may).collect()
}

/// Most characters of a page's name.
pub const NAME: usize = 100;
/// Most characters of a folder's name.
pub const FOLDER: usize = 100;

/// Tells one definition of a page from another.
pub fn revision(definition: &str) -> String {
    let digest = Sha256::digest(definition.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The places of an instance's pages after one of them was put before another, or to the end. Pages share their places with
/// other components, so places are handed on from page to page; only those that change are told. None where there is no such
/// page to put it before.
pub fn moved(pages: &[(String, i32)], key: &str, before: Option<&str>) -> Option<Vec<(String, i32)>> {
    let mut order: Vec<&str> = pages
        .iter()
        .map(|(page, _)| page.as_str())
        .filter(|page| *page != key)
        .collect();
    let index = match before {
        Some(before) => order.iter().position(|page| *page == before)?,
        None => order.len(),
    };
    order.insert(index, key);
    let mut places: Vec<i32> = pages.iter().map(|(_, position)| *position).collect();
    places.sort_unstable();
    for index in 1..places.len() {
        places[index] = places[index].max(places[index - 1] + 1);
    }
    let changed = order
        .into_iter()
        .zip(places)
        .filter(|(page, position)| !pages.contains(&((*page).to_owned(), *position)));
    Some(changed.map(|(page, position)| (page.to_owned(), position)).collect())
}

/// The pages that stand in a folder, among all of an application with their folders; to give it another name is refused where
/// another folder has that name: two folders that became one could not be told apart again.
pub fn of_renamed_folder(pages: &[(String, Option<String>)], folder: &str, name: &str) -> Result<Vec<String>, Refusal> {
    let inside = |wanted: &str| {
        let found = pages.iter().filter(move |(_, at)| at.as_deref() == Some(wanted));
        found.map(|(key, _)| key.clone()).collect::<Vec<_>>()
    };
    let keys = inside(folder);
    if keys.is_empty() {
        return Err(Refusal::not_found().at("folder"));
    }
    if name != folder && !inside(name).is_empty() {
        return Err(Refusal::invalid("name", Problem::FolderTaken));
    }
    Ok(keys)
}

/// What is wrong with a definition, each with its place in it.
pub fn refusal(problems: impl IntoIterator<Item = Text>) -> Refusal {
    let issue = |text| Issue::new("definition", Problem::Definition(text));
    Refusal::validation(problems.into_iter().map(issue).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::page_permission::{PagePermission, Person};

    fn pages() -> Vec<(String, i32)> {
        [("a", 0), ("b", 3), ("c", 3), ("d", 9)]
            .map(|(key, position)| (key.to_owned(), position))
            .to_vec()
    }

    #[test]
    fn a_folder_is_renamed_to_a_name_that_no_other_has() {
        let pages = [
            ("a", None),
            ("b", Some("基础")),
            ("c", Some("日常")),
            ("d", Some("基础")),
        ]
        .map(|(key, folder)| (key.to_owned(), folder.map(str::to_owned)));
        let keys = |folder, name| of_renamed_folder(&pages, folder, name);
        assert_eq!(keys("基础", "资料").expect("renamed"), ["b", "d"]);
        assert_eq!(keys("基础", "基础").expect("as it is"), ["b", "d"]);
        assert!(keys("基础", "日常").is_err() && keys("别的", "资料").is_err());
    }

    #[test]
    fn d19_without_full_edit_permission_an_admin_decides_permissions_and_nothing_else() {
        let all = PagePermission::default();
        let employee = Standing {
            rights: all.rights_of(&Person {
                user_id: crate::domain::id::IdSource::default()
                    .next(chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("a valid instant")),
                unrestricted: false,
                departments: Vec::new(),
            }),
            admin: false,
            keeper: false,
            full_edit: true,
            open: true,
            covered: true,
        };
        let admin = Standing {
            admin: true,
            keeper: true,
            full_edit: false,
            ..employee
        };
        let of = |standing| available_actions(ComponentKind::FormPage, standing);
        let records = [
            PageAction::AddRecord,
            PageAction::ImportRecords,
            PageAction::ExportRecords,
        ];
        assert_eq!(of(employee), records);
        assert_eq!(of(admin)[3..], [PageAction::SetPermission]);
        let opened = Standing {
            full_edit: true,
            ..admin
        };
        assert_eq!(of(opened), PageAction::ALL);
        let developer = Standing { admin: false, ..opened };
        assert!(!of(developer).contains(&PageAction::SetPermission));
        assert!(of(developer).contains(&PageAction::SetProcessDesign));
        let closed = Standing { open: false, ..opened };
        assert_eq!(
            of(closed),
            [
                PageAction::ExportRecords,
                PageAction::SetPermission,
                PageAction::SetProcessDesign
            ]
        );
        let suspended = Standing {
            covered: false,
            ..employee
        };
        assert_eq!(of(suspended), [PageAction::ExportRecords]);
        assert_eq!(available_actions(ComponentKind::Portal, employee), []);
    }

    #[test]
    fn a_page_moves_before_another_and_places_stay_in_order() {
        let after = |key, before| {
            let changed = moved(&pages(), key, before)?;
            let mut all = pages();
            for (key, position) in changed {
                all.iter_mut()
                    .filter(|(page, _)| *page == key)
                    .for_each(|(_, place)| *place = position);
            }
            all.sort_by_key(|(_, place)| *place);
            Some(all.into_iter().map(|(key, _)| key).collect::<String>())
        };
        assert_eq!(after("d", Some("b")).as_deref(), Some("adbc"));
        assert_eq!(after("a", None).as_deref(), Some("bcda"));
        assert_eq!(after("a", Some("d")).as_deref(), Some("bcad"));
        assert_eq!(after("a", Some("x")), None);
        assert_eq!(after("a", Some("a")), None);
    }
}
