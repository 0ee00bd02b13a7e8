//! What the customer decides about an application and its pages: who may do what is their admin's alone and allowed whatever
//! the partner opened (D19); the process design, which is kept as data, is part of editing everything.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::auth::viewer::{CustomerScope, Viewer};
use crate::domain::id::{DepartmentId, InstanceId, UserId};
use crate::domain::instance;
use crate::domain::page_permission::PagePermission;
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self as instances, AppInstance};
use crate::store::page_setting::{self, PageSetting, WHOLE_APPLICATION};
use crate::store::{Result, Tx, membership, organization};

/// Most characters of a process design.
const DESIGN: usize = 1024 * 1024;

/// Which settings are meant: of one page, or of the whole application.
#[derive(Clone, Debug)]
pub struct SettingOf {
    pub instance_id: InstanceId,
    pub page_key: Option<String>,
}

/// Everything that was decided in instances that the viewer was shown; nothing for those who do not keep them.
pub fn of_instances(
    conn: &mut Conn,
    viewer: &Viewer,
    of: &[AppInstance],
) -> Result<HashMap<InstanceId, Vec<PageSetting>>> {
    match viewer.instance_keeper() {
        Ok(_) => page_setting::of_instances(conn, of),
        Err(_) => Ok(HashMap::new()),
    }
}

/// Decides who may do what; `None` takes the decision back, so that the application's or the usual permission holds.
pub fn set_permission(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    of: &SettingOf,
    version: i32,
    permission: Option<&PagePermission>,
) -> Result<(AppInstance, PageSetting)> {
    let scope = viewer.customer_admin()?;
    let (found, before) = open(tx.conn, &scope, of)?;
    if let Some(permission) = permission {
        permission.check()?;
        Refusal::unless_valid(strangers(tx.conn, &scope, permission)?)?;
    }
    let text = permission.map(serde_json::to_string).transpose()?.unwrap_or_default();
    let after = PageSetting {
        permission: text,
        updated_by: viewer.user_id.clone(),
        ..before.clone()
    };
    let saved = page_setting::save(tx, &after, version)?;
    let state =
        |setting: &PageSetting| json!({ "pageKey": setting.page_key, "permission": parsed(&setting.permission) });
    note(tx, &found, "page.permission_set", state(&before), state(&saved))?;
    Ok((found, saved))
}

/// Replaces the process design of a page; `None` removes it. It is part of editing everything (D19).
pub fn set_process_design(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    of: &SettingOf,
    version: i32,
    design: Option<&Value>,
) -> Result<(AppInstance, PageSetting)> {
    let (found, before) = open(tx.conn, &viewer.instance_keeper()?, of)?;
    instance::require_full_edit(viewer.edits_fully(found.full_edit_permission))?;
    let text = design.map(Value::to_string).unwrap_or_default();
    if text.chars().count() > DESIGN {
        return Err(Refusal::invalid("design", Problem::TooLong { max: DESIGN }).into());
    }
    let after = PageSetting {
        process_design: text,
        updated_by: viewer.user_id.clone(),
        ..before.clone()
    };
    let saved = page_setting::save(tx, &after, version)?;
    let state = |setting: &PageSetting| json!({ "pageKey": setting.page_key, "characters": setting.process_design.chars().count() });
    note(tx, &found, "page.process_design_set", state(&before), state(&saved))?;
    Ok((found, saved))
}

/// The instance and the settings as they stand; a page that is not there has none.
fn open(conn: &mut Conn, scope: &CustomerScope, of: &SettingOf) -> Result<(AppInstance, PageSetting)> {
    let found = instances::get(conn, scope, &of.instance_id)?;
    let page_key = of.page_key.as_deref().unwrap_or(WHOLE_APPLICATION);
    if of.page_key.is_some() {
        let page = instances::component(conn, &found, page_key)?.filter(|page| page.kind.is_page());
        page.ok_or_else(|| Refusal::not_found().at("pageKey"))?;
    }
    let setting = page_setting::find(conn, &found, page_key)?.unwrap_or_else(|| PageSetting {
        instance_id: found.id.clone(),
        page_key: page_key.to_owned(),
        permission: String::new(),
        process_design: String::new(),
        updated_by: scope.user_id.clone(),
        updated_at: found.updated_at,
        version: 0,
    });
    Ok((found, setting))
}

/// Grants name departments and members of the customer.
fn strangers(conn: &mut Conn, scope: &CustomerScope, permission: &PagePermission) -> Result<Vec<Issue>> {
    let audiences = || permission.grants.iter().map(|grant| &grant.audience);
    let departments: Vec<DepartmentId> = audiences().flat_map(|audience| audience.departments.clone()).collect();
    let members: Vec<UserId> = audiences().flat_map(|audience| audience.members.clone()).collect();
    let known_departments = organization::departments_by_ids(conn, scope, &departments)?;
    let known_members = membership::members_by_ids(conn, scope, &members)?;
    let unknown = |(index, grant): (usize, &crate::domain::page_permission::Grant)| {
        let department = |id: &DepartmentId| known_departments.iter().any(|known| known.id == *id);
        let member = |id: &UserId| known_members.iter().any(|known| known.id == *id);
        let known = grant.audience.departments.iter().all(department) && grant.audience.members.iter().all(member);
        (!known).then(|| Issue::new(&format!("grants.{index}.audience"), Problem::Unknown))
    };
    Ok(permission.grants.iter().enumerate().filter_map(unknown).collect())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn note(tx: &mut Tx<'_>, found: &AppInstance, action: &'static str, before: Value, after: Value) -> Result<()> {
    tx.audit(Fact {
        organization_id: &found.organization_id,
        action,
        object_id: found.id.as_str(),
        label: &found.name,
        before: Some(before),
        after: Some(after),
    })
}
