//! App instances of a customer: who sees which, their components and audience. Records stand in `record`.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::conn::{Conn, Dialect, on_each_backend};
use super::membership::escape_like;
use super::order::Order;
use super::page::{Page, PageRequest, paged};
use super::schema::{app_instances, department_members, instance_audiences, instance_components};
use super::{Result, Tx, grouped};
use crate::auth::viewer::CustomerScope;
use crate::domain::component::ComponentKind;
use crate::domain::id::{DeliveryId, InstanceId, LicenseId, OrderId, OrganizationId, UserId};
use crate::domain::instance::{ComponentState, InstanceStatus};
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;

/// The copy of an application in a customer's organisation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = app_instances, treat_none_as_null = true)]
pub struct AppInstance {
    pub id: InstanceId,
    pub organization_id: OrganizationId,
    pub partner_id: OrganizationId,
    /// Nothing in a test organisation (L2), and for what was bought on the marketplace (L16).
    pub order_id: Option<OrderId>,
    pub version_number: String,
    pub name: String,
    pub summary: String,
    pub status: InstanceStatus,
    /// False while its first delivery is still writing.
    pub arrived: bool,
    pub full_edit_permission: bool,
    pub workbench_group: String,
    pub visible_to_all: bool,
    pub accepted_at: Option<Instant>,
    pub accepted_by: Option<UserId>,
    pub acceptance_note: String,
    pub accepted_version: String,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Counts up with every change: compare and set.
    pub version: i32,
    /// L16: by which it is used, where it was bought on the marketplace.
    pub license_id: Option<LicenseId>,
}

/// A component of an instance.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = instance_components, treat_none_as_default_value = false)]
pub struct InstanceComponent {
    pub instance_id: InstanceId,
    pub key: String,
    pub position: i32,
    pub kind: ComponentKind,
    pub name: String,
    pub folder: Option<String>,
    /// JSON.
    pub definition: String,
    /// JSON array of features: what it holds of the organisation's quotas (D25).
    pub required_features: String,
    pub state: ComponentState,
    pub delivery_id: DeliveryId,
    /// D19: when and by whom the customer changed it after it was delivered.
    pub changed_at: Option<Instant>,
    pub changed_by: Option<UserId>,
}

/// What a list of instances is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct InstanceFilter {
    pub status: Option<InstanceStatus>,
    /// Part of the name.
    pub search: Option<String>,
}

type Instances<'a> = app_instances::BoxedQuery<'a, Dialect>;

/// What the person may see (D27, D30): an admin every instance that arrived and was not removed, an employee the enabled ones
/// in whose visible range they are, a developer in a remote maintenance the one that it opens (D31). Whatever reads or
/// writes an instance, its pages or its records comes through here.
fn visible<'a>(conn: &mut Conn, scope: &CustomerScope) -> Result<Instances<'a>> {
    let query = app_instances::table
        .filter(app_instances::organization_id.eq(scope.organization_id.clone()))
        .filter(app_instances::arrived.eq(true))
        .filter(app_instances::status.ne(InstanceStatus::Removed))
        .into_boxed();
    if let Some(only) = &scope.only_instance {
        return Ok(query.filter(app_instances::id.eq(only.clone())));
    }
    if scope.admin {
        return Ok(query);
    }
    let mut targets: Vec<String> = department_members::table
        .filter(department_members::user_id.eq(&scope.user_id))
        .select(department_members::department_id)
        .load(conn)?;
    targets.push(scope.user_id.to_string());
    let chosen = instance_audiences::table
        .filter(instance_audiences::instance_id.eq(app_instances::id))
        .filter(instance_audiences::target_id.eq_any(targets));
    let in_range = app_instances::visible_to_all.eq(true).or(exists(chosen));
    Ok(query
        .filter(app_instances::status.eq(InstanceStatus::Enabled))
        .filter(in_range))
}

fn narrowed<'a>(conn: &mut Conn, scope: &CustomerScope, filter: &InstanceFilter) -> Result<Instances<'a>> {
    let mut query = visible(conn, scope)?;
    if let Some(status) = filter.status {
        query = query.filter(app_instances::status.eq(status));
    }
    if let Some(text) = filter.search.as_deref().filter(|text| !text.trim().is_empty()) {
        let like = format!("%{}%", escape_like(&text.trim().to_lowercase()));
        let name = diesel::dsl::sql::<diesel::sql_types::Text>("lower(app_instances.name)");
        query = query.filter(name.like(like).escape('\\'));
    }
    Ok(query)
}

/// One instance, if the person may see it.
pub fn find(conn: &mut Conn, scope: &CustomerScope, id: &InstanceId) -> Result<Option<AppInstance>> {
    let query = visible(conn, scope)?.filter(app_instances::id.eq(id.clone()));
    Ok(query.select(app_instances::all_columns).first(conn).optional()?)
}

/// One instance, or the refusal that it does not exist.
pub fn get(conn: &mut Conn, scope: &CustomerScope, id: &InstanceId) -> Result<AppInstance> {
    find(conn, scope, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// Those of the instances that the person may see.
pub fn visible_among(conn: &mut Conn, scope: &CustomerScope, ids: &[InstanceId]) -> Result<Vec<AppInstance>> {
    let query = visible(conn, scope)?.filter(app_instances::id.eq_any(ids.to_vec()));
    Ok(query.select(app_instances::all_columns).load(conn)?)
}

/// What the person may see, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &CustomerScope,
    filter: &InstanceFilter,
    page: &PageRequest,
) -> Result<Page<AppInstance>> {
    let query = narrowed(conn, scope, filter)?.select(app_instances::all_columns);
    Ok(page.cut(paged!(query, page, app_instances::id, descending).load(conn)?))
}

/// How many the person may see.
pub fn count(conn: &mut Conn, scope: &CustomerScope, filter: &InstanceFilter) -> Result<i64> {
    Ok(narrowed(conn, scope, filter)?.count().get_result(conn)?)
}

/// Instances by id, for whoever was shown the order or delivery that made them.
pub fn by_ids(conn: &mut Conn, ids: &[InstanceId]) -> Result<Vec<AppInstance>> {
    Ok(app_instances::table
        .filter(app_instances::id.eq_any(ids))
        .select(app_instances::all_columns)
        .load(conn)?)
}

/// Makes an instance.
pub fn insert(tx: &mut Tx<'_>, instance: &AppInstance) -> Result<()> {
    diesel::insert_into(app_instances::table)
        .values(instance)
        .execute(tx.conn)?;
    Ok(())
}

/// Saves an instance that was read as `instance.version` and counts its version up; somebody else's change in between
/// answers Stale.
pub fn save(tx: &mut Tx<'_>, instance: &AppInstance) -> Result<AppInstance> {
    let next = AppInstance {
        version: instance.version + 1,
        updated_at: tx.now,
        ..instance.clone()
    };
    let unchanged = app_instances::table
        .find(&instance.id)
        .filter(app_instances::version.eq(instance.version));
    match diesel::update(unchanged).set(&next).execute(tx.conn)? {
        1 => Ok(next),
        _ => Err(Refusal::stale().into()),
    }
}

/// The instance of an order that its partner was shown, as long as the customer keeps it.
pub fn of_order(conn: &mut Conn, order: &Order) -> Result<Option<AppInstance>> {
    let Some(id) = &order.instance_id else {
        return Ok(None);
    };
    let kept = app_instances::table
        .find(id)
        .filter(app_instances::status.ne(InstanceStatus::Removed))
        .select(app_instances::all_columns);
    Ok(kept.first(conn).optional()?)
}

/// The departments and persons of the visible range of instances, as ids.
pub fn audiences(conn: &mut Conn, ids: &[InstanceId]) -> Result<HashMap<InstanceId, Vec<String>>> {
    let rows: Vec<(InstanceId, String)> = instance_audiences::table
        .filter(instance_audiences::instance_id.eq_any(ids))
        .order(instance_audiences::target_id.asc())
        .select((instance_audiences::instance_id, instance_audiences::target_id))
        .load(conn)?;
    Ok(grouped(rows))
}

/// Whether there is such an instance that its customer has not removed; for the system, which holds its id already.
pub fn is_there(conn: &mut Conn, id: &InstanceId) -> Result<bool> {
    let found = by_ids(conn, std::slice::from_ref(id))?.pop();
    Ok(found.is_some_and(|it| it.status != InstanceStatus::Removed))
}

/// The visible range of an instance that the viewer was shown: ids of departments and members, in their order.
pub fn audience(conn: &mut Conn, id: &InstanceId) -> Result<Vec<String>> {
    let found = audiences(conn, std::slice::from_ref(id))?;
    Ok(found.into_values().next().unwrap_or_default())
}

/// Replaces an instance's visible range.
pub fn set_audience(tx: &mut Tx<'_>, id: &InstanceId, targets: &[String]) -> Result<()> {
    diesel::delete(instance_audiences::table.filter(instance_audiences::instance_id.eq(id))).execute(tx.conn)?;
    for target in targets {
        let row = (
            instance_audiences::instance_id.eq(id),
            instance_audiences::target_id.eq(target),
        );
        diesel::insert_into(instance_audiences::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Most rows of one INSERT: their columns stay far below what both databases bind in one statement.
const ROWS: usize = 200;

/// Puts components into an instance; a second one with the same key is a unique violation.
pub fn insert_components(tx: &mut Tx<'_>, components: &[InstanceComponent]) -> Result<()> {
    for piece in components.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(instance_components::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// The components of an instance that the caller was allowed to see, in their order.
pub fn components(conn: &mut Conn, instance: &AppInstance) -> Result<Vec<InstanceComponent>> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(&instance.id))
        .order((instance_components::position.asc(), instance_components::key.asc()))
        .select(instance_components::all_columns);
    Ok(query.load(conn)?)
}

/// The components of several instances that the caller was allowed to see, each in their order.
pub fn components_of(
    conn: &mut Conn,
    instances: &[AppInstance],
) -> Result<HashMap<InstanceId, Vec<InstanceComponent>>> {
    let ids = instances.iter().map(|instance| &instance.id);
    let rows: Vec<InstanceComponent> = instance_components::table
        .filter(instance_components::instance_id.eq_any(ids))
        .order((
            instance_components::instance_id.asc(),
            instance_components::position.asc(),
            instance_components::key.asc(),
        ))
        .select(instance_components::all_columns)
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|row| (row.instance_id.clone(), row))))
}

/// One component of an instance that the caller was allowed to see.
pub fn component(conn: &mut Conn, instance: &AppInstance, key: &str) -> Result<Option<InstanceComponent>> {
    let query = instance_components::table
        .find((&instance.id, key))
        .select(instance_components::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Puts pages into a folder, which marks them as changed after their delivery.
pub fn set_folder(tx: &mut Tx<'_>, instance: &AppInstance, keys: &[String], folder: &str, by: &UserId) -> Result<()> {
    let pages = instance_components::table
        .filter(instance_components::instance_id.eq(&instance.id))
        .filter(instance_components::key.eq_any(keys));
    let changed = (
        instance_components::folder.eq(folder),
        instance_components::changed_at.eq(tx.now),
        instance_components::changed_by.eq(by),
    );
    diesel::update(pages).set(changed).execute(tx.conn)?;
    Ok(())
}

/// Replaces what a component says; its key and kind stay.
pub fn update_component(tx: &mut Tx<'_>, component: &InstanceComponent) -> Result<()> {
    let changed = (
        instance_components::position.eq(component.position),
        instance_components::name.eq(&component.name),
        instance_components::folder.eq(&component.folder),
        instance_components::definition.eq(&component.definition),
        instance_components::changed_at.eq(component.changed_at),
        instance_components::changed_by.eq(&component.changed_by),
    );
    let row = instance_components::table.find((&component.instance_id, &component.key));
    match diesel::update(row).set(changed).execute(tx.conn)? {
        1 => Ok(()),
        _ => Err(Refusal::not_found().into()),
    }
}

/// Moves a component to another place among the others.
pub fn set_position(tx: &mut Tx<'_>, instance: &AppInstance, key: &str, position: i32) -> Result<()> {
    let row = instance_components::table.find((&instance.id, key));
    diesel::update(row)
        .set(instance_components::position.eq(position))
        .execute(tx.conn)?;
    Ok(())
}
