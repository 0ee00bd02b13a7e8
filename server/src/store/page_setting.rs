//! What the customer decides about an application and its pages: permissions and process designs. Deliveries never write
//! here (D16). Whoever calls was allowed to see the instance.

use std::collections::HashMap;

use diesel::prelude::*;

use super::conn::Conn;
use super::instance::AppInstance;
use super::schema::{department_members, departments, instance_page_settings};
use super::{Result, Tx, grouped};
use crate::auth::viewer::CustomerScope;
use crate::domain::id::{InstanceId, UserId};
use crate::domain::instant::Instant;
use crate::domain::page_permission::{Audience, PagePermission, Person};
use crate::domain::refusal::Refusal;

/// The key under which the settings of the whole application stand.
pub const WHOLE_APPLICATION: &str = "";

/// The settings of one page, or of the whole application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = instance_page_settings)]
pub struct PageSetting {
    pub instance_id: InstanceId,
    pub page_key: String,
    /// JSON; empty where nobody decided.
    pub permission: String,
    /// JSON; empty where there is none.
    pub process_design: String,
    pub updated_by: UserId,
    pub updated_at: Instant,
    /// Counts up with every change: compare and set.
    pub version: i32,
}

/// The settings of a page, where somebody decided something.
pub fn find(conn: &mut Conn, instance: &AppInstance, page_key: &str) -> Result<Option<PageSetting>> {
    let query = instance_page_settings::table
        .find((&instance.id, page_key))
        .select(instance_page_settings::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Keeps settings; `version` is the one that was read, 0 where there were none.
pub fn save(tx: &mut Tx<'_>, setting: &PageSetting, version: i32) -> Result<PageSetting> {
    let next = PageSetting {
        updated_at: tx.now,
        version: version + 1,
        ..setting.clone()
    };
    if version == 0 {
        let there = instance_page_settings::table.find((&setting.instance_id, &setting.page_key));
        if there.count().get_result::<i64>(tx.conn)? > 0 {
            return Err(Refusal::stale().into());
        }
        diesel::insert_into(instance_page_settings::table)
            .values(&next)
            .execute(tx.conn)?;
        return Ok(next);
    }
    let unchanged = instance_page_settings::table
        .find((&setting.instance_id, &setting.page_key))
        .filter(instance_page_settings::version.eq(version));
    match diesel::update(unchanged).set(&next).execute(tx.conn)? {
        1 => Ok(next),
        _ => Err(Refusal::stale().into()),
    }
}

/// What the customer decided about who may do what in an instance, page by page.
#[derive(Clone, Debug, Default)]
pub struct Permissions(HashMap<String, PagePermission>);

impl Permissions {
    /// The permission that holds for a page: its own, else the application's, else what holds where nobody decided.
    pub fn of(&self, page_key: &str) -> PagePermission {
        let found = self.0.get(page_key).or_else(|| self.0.get(WHOLE_APPLICATION));
        found.cloned().unwrap_or_default()
    }

    /// Everybody for whom something was decided.
    pub fn audiences(&self) -> impl Iterator<Item = &Audience> {
        self.0
            .values()
            .flat_map(|permission| permission.grants.iter().map(|grant| &grant.audience))
    }

    /// What the settings of one instance say.
    pub fn read(settings: &[PageSetting]) -> Result<Self> {
        let decided = settings.iter().filter(|row| !row.permission.is_empty());
        read(
            decided
                .map(|row| (row.page_key.clone(), row.permission.clone()))
                .collect(),
        )
    }
}

/// The permissions of all pages of an instance.
pub fn permissions(conn: &mut Conn, instance: &AppInstance) -> Result<Permissions> {
    let mut found = permissions_of(conn, std::slice::from_ref(instance))?;
    Ok(found.remove(&instance.id).unwrap_or_default())
}

/// The permissions of all pages of several instances; absent where nobody decided.
pub fn permissions_of(conn: &mut Conn, instances: &[AppInstance]) -> Result<HashMap<InstanceId, Permissions>> {
    let ids = instances.iter().map(|instance| &instance.id);
    let rows: Vec<(InstanceId, (String, String))> = instance_page_settings::table
        .filter(instance_page_settings::instance_id.eq_any(ids))
        .filter(instance_page_settings::permission.ne(""))
        .select((
            instance_page_settings::instance_id,
            (instance_page_settings::page_key, instance_page_settings::permission),
        ))
        .load(conn)?;
    let permissions = grouped(rows).into_iter().map(|(id, rows)| Ok((id, read(rows)?)));
    permissions.collect()
}

/// Everything that was decided in instances.
pub fn of_instances(conn: &mut Conn, instances: &[AppInstance]) -> Result<HashMap<InstanceId, Vec<PageSetting>>> {
    let ids = instances.iter().map(|instance| &instance.id);
    let rows: Vec<PageSetting> = instance_page_settings::table
        .filter(instance_page_settings::instance_id.eq_any(ids))
        .select(instance_page_settings::all_columns)
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|row| (row.instance_id.clone(), row))))
}

/// The permission of one page, with what it falls back on.
pub fn permission(conn: &mut Conn, instance: &AppInstance, page_key: &str) -> Result<PagePermission> {
    let query = instance_page_settings::table
        .filter(instance_page_settings::instance_id.eq(&instance.id))
        .filter(instance_page_settings::page_key.eq_any([page_key, WHOLE_APPLICATION]))
        .filter(instance_page_settings::permission.ne(""))
        .select((instance_page_settings::page_key, instance_page_settings::permission));
    Ok(read(query.load(conn)?)?.of(page_key))
}

fn read(rows: Vec<(String, String)>) -> Result<Permissions> {
    let read = |(key, text): (String, String)| Ok((key, serde_json::from_str(&text)?));
    rows.into_iter().map(read).collect::<Result<_>>().map(Permissions)
}

/// Who asks, with the departments by which they may have been granted something.
pub fn person(conn: &mut Conn, scope: &CustomerScope) -> Result<Person> {
    let departments = match scope.admin {
        true => Vec::new(),
        false => department_members::table
            .inner_join(departments::table.on(departments::id.eq(department_members::department_id)))
            .filter(departments::organization_id.eq(&scope.organization_id))
            .filter(department_members::user_id.eq(&scope.user_id))
            .select(department_members::department_id)
            .load(conn)?,
    };
    Ok(Person {
        user_id: scope.user_id.clone(),
        unrestricted: scope.admin,
        departments,
    })
}
