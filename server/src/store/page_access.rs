//! The one way to a page of an instance and to its records: the instance in the viewer's scope, the page that they see, and
//! what they may do there. Which rights a permission gives is `domain::page_permission`.

use std::collections::HashMap;

use super::conn::Conn;
use super::instance::{self, AppInstance, InstanceComponent};
use super::record::AppRecord;
use super::{Result, page_setting, seat};
use crate::auth::viewer::CustomerScope;
use crate::domain::component::ComponentKind;
use crate::domain::id::{InstanceId, UserId};
use crate::domain::instance::InstanceAction;
use crate::domain::page_permission::{Person, RecordAction, RecordReach, Rights};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;

/// A person at a page that they see.
#[derive(Clone, Debug)]
pub struct Access {
    pub instance: AppInstance,
    pub page: InstanceComponent,
    pub person: Person,
    pub rights: Rights,
}

/// Which records of a page a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readable {
    All,
    /// Those that this person added.
    Own(UserId),
    None,
}

impl Readable {
    /// What rights let a person read.
    pub fn of(rights: &Rights, person: &Person) -> Self {
        match rights.read {
            RecordReach::All => Self::All,
            RecordReach::Own => Self::Own(person.user_id.clone()),
            RecordReach::None => Self::None,
        }
    }
}

/// Opens a page of an instance; one that the person does not see does not exist.
pub fn find(conn: &mut Conn, scope: &CustomerScope, id: &InstanceId, page_key: &str) -> Result<Option<Access>> {
    match instance::find(conn, scope, id)? {
        Some(found) => within(conn, scope, found, page_key),
        None => Ok(None),
    }
}

/// Opens a page, or the refusal that there is none.
pub fn get(conn: &mut Conn, scope: &CustomerScope, id: &InstanceId, page_key: &str) -> Result<Access> {
    let found = instance::get(conn, scope, id)?;
    within(conn, scope, found, page_key)?.ok_or_else(|| Refusal::not_found().at("pageKey").into())
}

/// Opens a page of an instance that was found in the person's scope. Where users are counted, who holds no seat sees none
/// (L15).
pub fn within(conn: &mut Conn, scope: &CustomerScope, instance: AppInstance, page_key: &str) -> Result<Option<Access>> {
    let page = instance::component(conn, &instance, page_key)?.filter(|page| page.kind.is_page());
    let Some(page) = page else { return Ok(None) };
    if !seat::admits(conn, scope, &instance)? {
        return Ok(None);
    }
    let person = page_setting::person(conn, scope)?;
    let rights = page_setting::permission(conn, &instance, page_key)?.rights_of(&person);
    Ok(rights.see.then_some(Access {
        instance,
        page,
        person,
        rights,
    }))
}

/// The pages of instances that the person sees, in their order; none where users are counted and they hold no seat (L15).
pub fn pages(
    conn: &mut Conn,
    scope: &CustomerScope,
    instances: &[AppInstance],
) -> Result<HashMap<InstanceId, Vec<Access>>> {
    let closed = seat::closed(conn, scope, instances)?;
    let person = page_setting::person(conn, scope)?;
    let permissions = page_setting::permissions_of(conn, instances)?;
    let mut components = instance::components_of(conn, instances)?;
    let mut pages = HashMap::new();
    for instance in instances.iter().filter(|instance| !closed.contains(&instance.id)) {
        let permissions = permissions.get(&instance.id).cloned().unwrap_or_default();
        let access = |page: InstanceComponent| {
            let rights = permissions.of(&page.key).rights_of(&person);
            rights.see.then(|| Access {
                instance: instance.clone(),
                page,
                person: person.clone(),
                rights,
            })
        };
        let own = components.remove(&instance.id).unwrap_or_default().into_iter();
        let seen = own.filter(|page| page.kind.is_page()).filter_map(access).collect();
        pages.insert(instance.id.clone(), seen);
    }
    Ok(pages)
}

impl Access {
    /// The same person at a form page; another kind of page has no records.
    pub fn of_form(self) -> std::result::Result<Self, Refusal> {
        match self.page.kind {
            ComponentKind::FormPage => Ok(self),
            _ => Err(Refusal::not_found().at("pageKey")),
        }
    }

    /// Whether the person may do something with a record, which may be their own.
    pub fn may(&self, action: RecordAction, record: &AppRecord) -> bool {
        let own = record.created_by.as_ref() == Some(&self.person.user_id);
        self.rights.may(action, own)
    }

    /// Refuses what the person may not do with a record; one that they may not even read does not exist.
    pub fn require(&self, action: RecordAction, record: &AppRecord) -> std::result::Result<(), Refusal> {
        if !self.may(RecordAction::Read, record) {
            return Err(Refusal::not_found());
        }
        match self.may(action, record) {
            true => Ok(()),
            false => Err(Refusal::no_permission()),
        }
    }

    /// Refuses to add where the person may not.
    pub fn require_add(&self) -> std::result::Result<(), Refusal> {
        match self.rights.may(RecordAction::Add, true) {
            true => Ok(()),
            false => Err(Refusal::no_permission()),
        }
    }

    /// Refuses to change anything while the application is closed (D29: its data stays readable).
    pub fn require_open(&self) -> std::result::Result<(), Refusal> {
        self.instance.status.apply(InstanceAction::Open).map(|_| ())
    }

    /// Which records the person reads here.
    pub fn readable(&self) -> Readable {
        Readable::of(&self.rights, &self.person)
    }
}
