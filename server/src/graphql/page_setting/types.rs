//! Settings of pages as types of the schema.

use async_graphql::{Context, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::auth::viewer::{CustomerScope, Viewer};
use crate::domain::id::{DepartmentId, UserId};
use crate::domain::page_permission::{Grant, PagePermission, RecordReach};
use crate::graphql::session::types::{Department, User};
use crate::services::page_setting;
use crate::store;
use crate::store::conn::Conn;
use crate::store::instance::AppInstance;
use crate::store::page_setting::PageSetting;
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

/// The settings of a page, or of the whole application where the key is empty; for whoever keeps the instance.
pub fn load(conn: &mut Conn, viewer: &Viewer, found: &AppInstance, page_key: &str) -> store::Result<PageSettings> {
    let (row, permission) = page_setting::find(conn, viewer, found, page_key)?;
    let grants = match viewer.customer_admin() {
        Ok(scope) => Some(named(conn, &scope, permission)?),
        Err(_) => None,
    };
    let design = row
        .as_ref()
        .map(|row| row.process_design.as_str())
        .filter(|text| !text.is_empty());
    let process_design = design.map(serde_json::from_str).transpose()?;
    Ok(PageSettings {
        row,
        grants,
        process_design,
    })
}

/// Grants with the names of whom they are for: two queries for all of them.
fn named(conn: &mut Conn, scope: &CustomerScope, permission: PagePermission) -> store::Result<Vec<PageGrant>> {
    let audiences = || permission.grants.iter().map(|grant| &grant.audience);
    let departments: Vec<DepartmentId> = audiences().flat_map(|audience| audience.departments.clone()).collect();
    let members: Vec<UserId> = audiences().flat_map(|audience| audience.members.clone()).collect();
    let departments = organization::departments_by_ids(conn, scope, &departments)?;
    let members = membership::members_by_ids(conn, scope, &members)?;
    let grant = |grant: &Grant| PageGrant {
        everyone: grant.audience.everyone,
        departments: departments
            .iter()
            .filter(|row| grant.audience.departments.contains(&row.id))
            .cloned()
            .map(Department)
            .collect(),
        members: members
            .iter()
            .filter(|row| grant.audience.members.contains(&row.id))
            .cloned()
            .map(User)
            .collect(),
        add: grant.add,
        read: grant.read,
        edit: grant.edit,
        delete: grant.delete,
    };
    Ok(permission.grants.iter().map(grant).collect())
}
