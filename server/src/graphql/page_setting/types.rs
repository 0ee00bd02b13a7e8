//! Settings of pages as types of the schema.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::auth::viewer::{CustomerScope, Viewer};
use crate::domain::id::InstanceId;
use crate::domain::page_permission::{Grant, RecordReach};
use crate::domain::refusal::Refusal;
use crate::graphql::session::types::{Department, User};
use crate::services::page_setting;
use crate::store;
use crate::store::conn::Conn;
use crate::store::instance::AppInstance;
use crate::store::page_setting::{PageSetting, Permissions};
use crate::store::{membership, organization};

/// What some people may do on a page; whoever is named sees it.
#[derive(Clone, SimpleObject)]
pub struct PageGrant {
    /// Everybody in the application's visible range.
    everyone: bool,
    /// Chosen departments.
    departments: Vec<Department>,
    /// Chosen members.
    members: Vec<User>,
    /// Add records.
    add: bool,
    /// Read records, their history and files; export them.
    read: RecordReach,
    /// Change records.
    edit: RecordReach,
    /// Delete records.
    delete: RecordReach,
}

/// What the customer decided about a page, or about the whole application.
#[derive(Clone)]
pub struct PageSettings {
    row: Option<PageSetting>,
    grants: Option<Vec<PageGrant>>,
    process_design: Option<Value>,
}

#[Object]
impl PageSettings {
    /// Counts up with every change; 0 where nothing was decided yet.
    async fn version(&self) -> i32 {
        self.row.as_ref().map_or(0, |row| row.version)
    }

    /// Whether the permission was decided here; otherwise that of the whole application holds, else the usual one: everybody
    /// adds and reads all and changes what is their own.
    async fn permission_decided(&self) -> bool {
        self.row.as_ref().is_some_and(|row| !row.permission.is_empty())
    }

    /// The permission that holds: what a person may do is the most that any grant for them allows. Null for a developer in a
    /// remote maintenance, to whom the organisation's people do not exist.
    async fn grants(&self) -> Option<&[PageGrant]> {
        self.grants.as_deref()
    }

    /// The process design, kept as data.
    async fn process_design(&self) -> Option<Json<&Value>> {
        self.process_design.as_ref().map(Json)
    }

    /// When something was decided last.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        self.row.as_ref().map(|row| row.updated_at.utc())
    }

    /// Who decided it.
    async fn updated_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.row.as_ref().map(|row| row.updated_by.clone())).await
    }
}

/// What the customer decided in one instance, with the names of whom it is about.
#[derive(Clone)]
pub struct InstanceSettings {
    rows: Vec<PageSetting>,
    permissions: Permissions,
    /// None for those to whom the organisation's people do not exist.
    people: Option<Arc<People>>,
}

/// Departments and members that grants name.
struct People {
    departments: Vec<organization::Department>,
    members: Vec<membership::User>,
}

impl InstanceSettings {
    /// Those of instances that the viewer was shown; nothing is decided where an instance has none.
    pub fn load(
        conn: &mut Conn,
        viewer: &Viewer,
        of: &[AppInstance],
    ) -> store::Result<HashMap<InstanceId, InstanceSettings>> {
        let mut rows = page_setting::of_instances(conn, viewer, of)?;
        let mut found = HashMap::new();
        for instance in of {
            let rows = rows.remove(&instance.id).unwrap_or_default();
            let permissions = Permissions::read(&rows)?;
            let people = None;
            found.insert(
                instance.id.clone(),
                Self {
                    rows,
                    permissions,
                    people,
                },
            );
        }
        if let Ok(scope) = viewer.customer_admin() {
            let people = Arc::new(People::load(conn, &scope, found.values())?);
            found.values_mut().for_each(|it| it.people = Some(Arc::clone(&people)));
        }
        Ok(found)
    }

    /// The settings of a page, or of the whole application where the key is empty.
    pub fn of_page(&self, page_key: &str) -> store::Result<PageSettings> {
        let row = self.rows.iter().find(|row| row.page_key == page_key).cloned();
        let design = row.as_ref().map(|row| row.process_design.as_str());
        let design = design.filter(|text| !text.is_empty()).map(serde_json::from_str);
        let permission = self.permissions.of(page_key);
        let named = |people: &Arc<People>| permission.grants.iter().map(|grant| people.named(grant)).collect();
        Ok(PageSettings {
            grants: self.people.as_ref().map(named),
            process_design: design.transpose()?,
            row,
        })
    }
}

impl People {
    /// Two queries for all that settings name.
    fn load<'a>(
        conn: &mut Conn,
        scope: &CustomerScope,
        settings: impl Iterator<Item = &'a InstanceSettings>,
    ) -> store::Result<Self> {
        let (mut departments, mut members) = (Vec::new(), Vec::new());
        for audience in settings.flat_map(|it| it.permissions.audiences()) {
            departments.extend(audience.departments.iter().cloned());
            members.extend(audience.members.iter().cloned());
        }
        Ok(Self {
            departments: organization::departments_by_ids(conn, scope, &departments)?,
            members: membership::members_by_ids(conn, scope, &members)?,
        })
    }

    fn named(&self, grant: &Grant) -> PageGrant {
        let departments = self
            .departments
            .iter()
            .filter(|row| grant.audience.departments.contains(&row.id));
        let members = self
            .members
            .iter()
            .filter(|row| grant.audience.members.contains(&row.id));
        PageGrant {
            everyone: grant.audience.everyone,
            departments: departments.cloned().map(Department).collect(),
            members: members.cloned().map(User).collect(),
            add: grant.add,
            read: grant.read,
            edit: grant.edit,
            delete: grant.delete,
        }
    }
}

/// The settings of one page of an instance that the viewer was shown.
pub fn load(conn: &mut Conn, viewer: &Viewer, found: &AppInstance, page_key: &str) -> store::Result<PageSettings> {
    let mut all = InstanceSettings::load(conn, viewer, std::slice::from_ref(found))?;
    let own = all.remove(&found.id).ok_or_else(Refusal::not_found)?;
    own.of_page(page_key)
}
