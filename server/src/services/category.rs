//! Categories, their operators and the tasks before the marketplace: everybody who is signed in reads them, a superadmin keeps them.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::category::{BothNames, CATEGORIES_MAX, OPERATORS_MAX, TASKS_MAX};
use crate::domain::id::{CategoryId, PreTaskId, UserId};
use crate::domain::organization::Role;
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::store::audit::Fact;
use crate::store::category::{self, Category, PreTask};
use crate::store::conn::Conn;
use crate::store::membership;
use crate::store::{Result, Tx};

/// A category as a superadmin wants it.
#[derive(Clone, Debug)]
pub struct CategoryFields {
    pub names: BothNames,
    pub four_eyes: bool,
    pub retired: bool,
}

/// A task as a superadmin wants it.
#[derive(Clone, Debug)]
pub struct TaskFields {
    pub names: BothNames,
    pub retired: bool,
}

/// Every category.
pub fn list(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Category>> {
    viewer.member()?;
    category::all(conn)
}

/// Every task before the marketplace.
pub fn tasks(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<PreTask>> {
    viewer.member()?;
    category::tasks(conn)
}

/// Makes a category.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, fields: &CategoryFields) -> Result<Category> {
    let scope = viewer.superadmin()?;
    let names = fields.names.checked()?;
    let there = category::all(tx.conn)?;
    room(there.len(), CATEGORIES_MAX)?;
    free(&names, there.iter().map(|it| (&it.name_zh, &it.name_en)))?;
    let made = Category {
        id: tx.id(),
        name_zh: names.zh,
        name_en: names.en,
        four_eyes: fields.four_eyes,
        retired: fields.retired,
        created_at: tx.now,
        version: 1,
    };
    category::insert(tx, &scope, &made)?;
    record(
        tx,
        viewer,
        "category.created",
        made.id.as_str(),
        &made.name_zh,
        None,
        Some(facts(&made)),
    )?;
    Ok(made)
}

/// Changes a category that was read at `version`.
pub fn update(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &CategoryId,
    version: i32,
    fields: &CategoryFields,
) -> Result<Category> {
    let scope = viewer.superadmin()?;
    let names = fields.names.checked()?;
    let there = category::all(tx.conn)?;
    let before = there.iter().find(|it| it.id == *id).ok_or_else(Refusal::not_found)?;
    let others = there.iter().filter(|it| it.id != *id);
    free(&names, others.map(|it| (&it.name_zh, &it.name_en)))?;
    let wanted = Category {
        name_zh: names.zh,
        name_en: names.en,
        four_eyes: fields.four_eyes,
        retired: fields.retired,
        ..before.clone()
    };
    let after = category::update(tx, &scope, version, wanted)?;
    let (old, new) = (Some(facts(before)), Some(facts(&after)));
    record(
        tx,
        viewer,
        "category.updated",
        after.id.as_str(),
        &after.name_zh,
        old,
        new,
    )?;
    Ok(after)
}

/// L6: makes these people the operators of a category, and nobody else. Each holds the role on the platform.
pub fn set_operators(tx: &mut Tx<'_>, viewer: &Viewer, id: &CategoryId, people: &[UserId]) -> Result<Category> {
    let scope = viewer.superadmin()?;
    let found = category::find(tx.conn, id)?.ok_or_else(Refusal::not_found)?;
    let max = OPERATORS_MAX;
    if people.len() > max {
        return Err(Refusal::invalid("userIds", Problem::TooMany { max }).into());
    }
    let holders = membership::on_platform(tx.conn, Role::CategoryOperator)?;
    let mut issues = Vec::new();
    for (at, person) in people.iter().enumerate() {
        let path = format!("userIds.{at}");
        if !holders.iter().any(|holder| holder.user_id == *person) {
            issues.push(Issue::new(&path, Problem::Unknown));
        } else if people[..at].contains(person) {
            issues.push(Issue::new(&path, Problem::Repeated));
        }
    }
    Refusal::unless_valid(issues)?;
    let before: Vec<_> = category::operators(tx.conn, std::slice::from_ref(id))?
        .into_iter()
        .map(|(_, person)| person)
        .collect();
    category::set_operators(tx, &scope, id, people)?;
    let (old, new) = (json!({ "operators": before }), json!({ "operators": people }));
    record(
        tx,
        viewer,
        "category.operators_set",
        id.as_str(),
        &found.name_zh,
        Some(old),
        Some(new),
    )?;
    Ok(found)
}

/// Who can be made an operator of a category: the holders of the role on the platform.
pub fn candidates(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<UserId>> {
    viewer.superadmin()?;
    let holders = membership::on_platform(conn, Role::CategoryOperator)?;
    Ok(holders.into_iter().map(|holder| holder.user_id).collect())
}

/// Makes a task before the marketplace. Products that are approved already have it to do as well.
pub fn create_task(tx: &mut Tx<'_>, viewer: &Viewer, fields: &TaskFields) -> Result<PreTask> {
    let scope = viewer.superadmin()?;
    let names = fields.names.checked()?;
    let there = category::tasks(tx.conn)?;
    room(there.len(), TASKS_MAX)?;
    free(&names, there.iter().map(|it| (&it.name_zh, &it.name_en)))?;
    let made = PreTask {
        id: tx.id(),
        name_zh: names.zh,
        name_en: names.en,
        retired: fields.retired,
        created_at: tx.now,
        version: 1,
    };
    category::insert_task(tx, &scope, &made)?;
    record(
        tx,
        viewer,
        "pre_task.created",
        made.id.as_str(),
        &made.name_zh,
        None,
        Some(task_facts(&made)),
    )?;
    Ok(made)
}

/// Changes a task that was read at `version`.
pub fn update_task(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &PreTaskId,
    version: i32,
    fields: &TaskFields,
) -> Result<PreTask> {
    let scope = viewer.superadmin()?;
    let names = fields.names.checked()?;
    let there = category::tasks(tx.conn)?;
    let before = there.iter().find(|it| it.id == *id).ok_or_else(Refusal::not_found)?;
    let others = there.iter().filter(|it| it.id != *id);
    free(&names, others.map(|it| (&it.name_zh, &it.name_en)))?;
    let wanted = PreTask {
        name_zh: names.zh,
        name_en: names.en,
        retired: fields.retired,
        ..before.clone()
    };
    let after = category::update_task(tx, &scope, version, wanted)?;
    let (old, new) = (Some(task_facts(before)), Some(task_facts(&after)));
    record(
        tx,
        viewer,
        "pre_task.updated",
        after.id.as_str(),
        &after.name_zh,
        old,
        new,
    )?;
    Ok(after)
}

fn room(there: usize, most: i64) -> Result<()> {
    let max = usize::try_from(most).unwrap_or(usize::MAX);
    match there < max {
        true => Ok(()),
        false => Err(Refusal::invalid("nameZh", Problem::TooMany { max }).into()),
    }
}

/// Neither name is another's in that language.
fn free<'a>(names: &BothNames, mut others: impl Iterator<Item = (&'a String, &'a String)>) -> Result<()> {
    let taken = others.find_map(|(zh, en)| {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let field = same(zh, &names.zh).then_some("nameZh");
        field.or_else(|| same(en, &names.en).then_some("nameEn"))
    });
    match taken {
        Some(field) => Err(Refusal::invalid(field, Problem::NotUnique).into()),
        None => Ok(()),
    }
}

fn facts(category: &Category) -> serde_json::Value {
    json!({
        "nameZh": category.name_zh, "nameEn": category.name_en,
        "fourEyes": category.four_eyes, "retired": category.retired,
    })
}

fn task_facts(task: &PreTask) -> serde_json::Value {
    json!({ "nameZh": task.name_zh, "nameEn": task.name_en, "retired": task.retired })
}

fn record(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    action: &'static str,
    object_id: &str,
    label: &str,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: &viewer.organization_id,
        action,
        object_id,
        label,
        before,
        after,
    })
}
