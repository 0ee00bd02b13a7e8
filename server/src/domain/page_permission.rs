//! Who may do what on a page of an instance (app permission and page permission, D19): grants that the customer's admin
//! gives, and the one function that decides. Permissions of the platform's roles stand in `auth::viewer`.

use serde::{Deserialize, Serialize};

use super::id::{DepartmentId, UserId};
use super::problem::Problem;
use super::refusal::{Issue, Refusal};
use super::words::words;

/// Most grants of one page.
pub const GRANTS: usize = 20;
/// Most departments and people of one grant.
pub const AUDIENCE: usize = 500;

words! {
    /// Which records a right reaches.
    RecordReach {
        /// None at all.
        None = "NONE",
        /// Those that the person added.
        Own = "OWN",
        /// All of them.
        All = "ALL",
    }
}

words! {
    /// What can be done with records.
    RecordAction {
        /// Add one.
        Add = "ADD",
        /// Read it, its history and its files.
        Read = "READ",
        /// Change it.
        Edit = "EDIT",
        /// Delete it.
        Delete = "DELETE",
    }
}

/// Whom a grant is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Audience {
    /// Everybody in the application's visible range; the lists are empty then.
    pub everyone: bool,
    #[serde(default)]
    pub departments: Vec<DepartmentId>,
    #[serde(default)]
    pub members: Vec<UserId>,
}

/// What some people may do. Whoever is in the audience sees the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grant {
    pub audience: Audience,
    pub add: bool,
    pub read: RecordReach,
    pub edit: RecordReach,
    pub delete: RecordReach,
}

/// The permission of a page, or of the whole application for the pages that have none of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PagePermission {
    pub grants: Vec<Grant>,
}

impl Default for PagePermission {
    /// Where nobody decided: everybody in the visible range adds and reads, and changes what is their own.
    fn default() -> Self {
        let everybody = Audience {
            everyone: true,
            ..Audience::default()
        };
        Self {
            grants: vec![Grant {
                audience: everybody,
                add: true,
                read: RecordReach::All,
                edit: RecordReach::Own,
                delete: RecordReach::Own,
            }],
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub user_id: UserId,
    /// An admin of the customer, or who maintains this very instance: may do everything in it.
    pub unrestricted: bool,
    pub departments: Vec<DepartmentId>,
}

/// What one person may do on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Sees the page at all.
    pub see: bool,
    pub add: bool,
    pub read: RecordReach,
    pub edit: RecordReach,
    pub delete: RecordReach,
}

impl Rights {
    const NONE: Self = Self {
        see: false,
        add: false,
        read: RecordReach::None,
        edit: RecordReach::None,
        delete: RecordReach::None,
    };
    const ALL: Self = Self {
        see: true,
        add: true,
        read: RecordReach::All,
        edit: RecordReach::All,
        delete: RecordReach::All,
    };

    /// The one place that decides: whether these rights allow an action on a record, which is the person's own or not.
    pub fn may(self, action: RecordAction, own: bool) -> bool {
        let reach = match action {
            RecordAction::Add => return self.see && self.add,
            RecordAction::Read => self.read,
            RecordAction::Edit => self.edit,
            RecordAction::Delete => self.delete,
        };
        self.see
            && match reach {
                RecordReach::None => false,
                RecordReach::Own => own,
                RecordReach::All => true,
            }
    }
}

impl PagePermission {
    /// What the person may do: the most that any grant for them allows.
    pub fn rights_of(&self, person: &Person) -> Rights {
        if person.unrestricted {
            return Rights::ALL;
        }
        let granted = self.grants.iter().filter(|grant| grant.audience.covers(person));
        granted.fold(Rights::NONE, |rights, grant| Rights {
            see: true,
            add: rights.add || grant.add,
            read: rights.read.max(grant.read),
            edit: rights.edit.max(grant.edit),
            delete: rights.delete.max(grant.delete),
        })
    }

    /// Checks what an admin decided: each grant is for somebody, and nobody changes what they may not read.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut issues = Vec::new();
        if self.grants.len() > GRANTS {
            issues.push(Issue::new("grants", Problem::TooMany { max: GRANTS }));
        }
        for (index, grant) in self.grants.iter().enumerate() {
            let mut wrong =
                |member: &str, problem| issues.push(Issue::new(&format!("grants.{index}.{member}"), problem));
            let named = grant.audience.departments.len() + grant.audience.members.len();
            if !grant.audience.everyone && named == 0 {
                wrong("audience", Problem::NobodyChosen);
            }
            if named > AUDIENCE {
                wrong("audience", Problem::TooMany { max: AUDIENCE });
            }
            for (member, reach) in [("edit", grant.edit), ("delete", grant.delete)] {
                if reach > grant.read {
                    wrong(member, Problem::MoreThanReadable);
                }
            }
        }
        Refusal::unless_valid(issues)
    }
}

impl Audience {
    fn covers(&self, person: &Person) -> bool {
        self.everyone
            || self.members.contains(&person.user_id)
            || self.departments.iter().any(|one| person.departments.contains(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::IdSource;

    fn person(unrestricted: bool) -> Person {
        let ids = IdSource::default();
        let now = chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("a valid instant");
        Person {
            user_id: ids.next(now),
            unrestricted,
            departments: vec![ids.next(now)],
        }
    }

    fn grant(audience: Audience, reach: RecordReach) -> Grant {
        Grant {
            audience,
            add: false,
            read: reach,
            edit: reach,
            delete: RecordReach::None,
        }
    }

    #[test]
    fn d30_where_nobody_decided_people_read_all_and_change_their_own() {
        let rights = PagePermission::default().rights_of(&person(false));
        assert!(rights.may(RecordAction::Add, true) && rights.may(RecordAction::Read, false));
        assert!(rights.may(RecordAction::Edit, true) && !rights.may(RecordAction::Edit, false));
        assert!(rights.may(RecordAction::Delete, true) && !rights.may(RecordAction::Delete, false));
    }

    #[test]
    fn the_most_that_any_grant_allows_counts_and_who_is_in_none_sees_nothing() {
        let (inside, outside) = (person(false), person(false));
        let by_name = Audience {
            members: vec![inside.user_id.clone()],
            ..Audience::default()
        };
        let by_department = Audience {
            departments: inside.departments.clone(),
            ..Audience::default()
        };
        let permission = PagePermission {
            grants: vec![grant(by_name, RecordReach::Own), grant(by_department, RecordReach::All)],
        };
        let rights = permission.rights_of(&inside);
        assert_eq!(
            (rights.read, rights.edit, rights.delete),
            (RecordReach::All, RecordReach::All, RecordReach::None)
        );
        assert_eq!(permission.rights_of(&outside), Rights::NONE);
        assert!(!permission.rights_of(&outside).may(RecordAction::Read, true));
    }

    #[test]
    fn an_admin_of_the_customer_may_do_everything_whatever_is_granted() {
        let nobody = PagePermission { grants: Vec::new() };
        assert_eq!(nobody.rights_of(&person(true)), Rights::ALL);
    }

    #[test]
    fn a_grant_is_for_somebody_and_reaches_no_further_than_reading() {
        let mut far = grant(Audience::default(), RecordReach::Own);
        far.edit = RecordReach::All;
        let refusal = PagePermission { grants: vec![far] }.check().expect_err("two problems");
        let paths: Vec<String> = refusal.issues().iter().map(|issue| issue.path.join(".")).collect();
        assert_eq!(paths, ["grants.0.audience", "grants.0.edit"]);
        assert_eq!(PagePermission::default().check(), Ok(()));
    }
}
