//! What the customer's admin does with the pages of an application where the partner opened full edit permission (D19), and a
//! developer of the partner in a remote maintenance always: rename, move, remove (the admin alone, D16), and edit the definition of a form. Each change marks
//! the page as changed after its delivery, so that an overwrite says so.

use serde_json::{Value, json};

use crate::auth::viewer::Viewer;
use crate::domain::component::ComponentKind;
use crate::domain::form_edit::FormEdit;
use crate::domain::id::InstanceId;
use crate::domain::instance::{self, InstanceAction};
use crate::domain::instance_page::{self, revision};
use crate::domain::locale::Text;
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::domain::usable_form;
use crate::domain::wording;
use crate::package;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self as instances, AppInstance, InstanceComponent};
use crate::store::order::{self, Happened};
use crate::store::page_access::{self, Access};
use crate::store::removed_page::{self, RemovedPage};
use crate::store::{Result, Tx, instance_component, record, record_value};

/// Which page of which instance.
#[derive(Clone, Debug)]
pub struct PageOf {
    pub instance_id: InstanceId,
    pub page_key: String,
}

/// Gives a page another name.
pub fn rename(tx: &mut Tx<'_>, viewer: &Viewer, of: &PageOf, name: &str) -> Result<Access> {
    let access = open(tx.conn, viewer, of)?;
    let name = wording::line(name, instance_page::NAME).map_err(|problem| Refusal::invalid("name", problem))?;
    if name.is_empty() {
        return Err(Refusal::invalid("name", Problem::Required).into());
    }
    // Saying what it is called already changes nothing, for deliveries neither.
    if name == access.page.name {
        return Ok(access);
    }
    let renamed = InstanceComponent {
        name,
        ..access.page.clone()
    };
    save(tx, viewer, access, renamed, "page.renamed")
}

/// Puts a page into a folder and before another page; into none, and to the end, where these are left out.
pub fn move_to(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    of: &PageOf,
    folder: Option<&str>,
    before: Option<&str>,
) -> Result<Access> {
    let access = open(tx.conn, viewer, of)?;
    let folder = wording::line(folder.unwrap_or_default(), instance_page::FOLDER)
        .map_err(|problem| Refusal::invalid("folder", problem))?;
    let all = instances::components(tx.conn, &access.instance)?;
    let pages: Vec<(String, i32)> = all
        .into_iter()
        .filter(|page| page.kind.is_page())
        .map(|page| (page.key, page.position))
        .collect();
    let places = instance_page::moved(&pages, &of.page_key, before)
        .ok_or_else(|| Refusal::invalid("before", Problem::Unknown))?;
    let folder = Some(folder).filter(|folder| !folder.is_empty());
    if places.is_empty() && folder == access.page.folder {
        return Ok(access);
    }
    for (key, position) in &places {
        instances::set_position(tx, &access.instance, key, *position)?;
    }
    let position = places
        .iter()
        .find(|(key, _)| *key == of.page_key)
        .map(|(_, position)| *position);
    let moved = InstanceComponent {
        folder,
        position: position.unwrap_or(access.page.position),
        ..access.page.clone()
    };
    save(tx, viewer, access, moved, "page.moved")
}

/// Gives a folder another name: that of all its pages, and of none besides.
pub fn rename_folder(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &InstanceId,
    folder: &str,
    name: &str,
) -> Result<AppInstance> {
    let found = instances::get(tx.conn, &viewer.instance_keeper()?, id)?;
    instance::require_full_edit(viewer.edits_fully(found.full_edit_permission))?;
    found.status.apply(InstanceAction::Open)?;
    let name = wording::line(name, instance_page::FOLDER).map_err(|problem| Refusal::invalid("name", problem))?;
    if name.is_empty() {
        return Err(Refusal::invalid("name", Problem::Required).into());
    }
    let pages: Vec<(String, Option<String>)> = instances::components(tx.conn, &found)?
        .into_iter()
        .filter(|page| page.kind.is_page())
        .map(|page| (page.key, page.folder))
        .collect();
    let keys = instance_page::of_renamed_folder(&pages, folder, &name)?;
    // Saying what it is called already changes nothing, for deliveries neither.
    if name == folder {
        return Ok(found);
    }
    instances::set_folder(tx, &found, &keys, &name, &viewer.user_id)?;
    tx.audit(Fact {
        organization_id: &found.organization_id,
        action: "page.folder_renamed",
        object_id: found.id.as_str(),
        label: &name,
        before: Some(json!({ "folder": folder, "pageKeys": keys })),
        after: Some(json!({ "folder": name, "pageKeys": keys })),
    })?;
    Ok(found)
}

/// Replaces the definition of a form page, checked as a package's form is. `read` names the definition that was read, `removed`
/// the fields that are taken away although records hold values of them.
pub fn update_definition(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    of: &PageOf,
    read: &str,
    definition: &Value,
    removed: &[String],
) -> Result<Access> {
    let access = open(tx.conn, viewer, of)?;
    if access.page.kind != ComponentKind::FormPage {
        return Err(Refusal::not_found().at("pageKey").into());
    }
    if revision(&access.page.definition) != read {
        return Err(Refusal::stale().into());
    }
    let all = instances::components(tx.conn, &access.instance)?;
    let forms: Vec<&str> = all
        .iter()
        .filter(|page| page.kind == ComponentKind::FormPage)
        .map(|page| page.key.as_str())
        .collect();
    package::check_form(definition, &forms).map_err(|error| {
        let told = |problem: &package::Problem| {
            let place = &problem.place.path;
            Text::new(
                format!("{place}：{}", problem.zh()),
                format!("{place}: {}", problem.en()),
            )
        };
        instance_page::refusal(error.problems.iter().map(told))
    })?;
    let before: Value = serde_json::from_str(&access.page.definition)?;
    let mut unusable = usable_form::unusable(definition);
    unusable.extend(usable_form::unreadable_title(&before, definition));
    if !unusable.is_empty() {
        return Err(instance_page::refusal(unusable).into());
    }
    let edit = FormEdit::between(&before, definition);
    let mut held = record_value::holding(tx.conn, &access, &edit.removed_keys())?;
    record::each_holding(tx.conn, &access, &edit.kept_keys(), |data| {
        edit.count_kept(data, &mut held)
    })?;
    edit.check(&held, removed)?;
    let edited = InstanceComponent {
        definition: definition.to_string(),
        ..access.page.clone()
    };
    let next = revision(&edited.definition);
    if next == read {
        return Ok(access);
    }
    record::enqueue_index(tx, &access.instance.id, &[access.page.key.as_str()])?;
    save(tx, viewer, access, edited, "page.definition_changed")
}

/// The page, where the person may edit it and the application is not closed.
fn open(conn: &mut Conn, viewer: &Viewer, of: &PageOf) -> Result<Access> {
    let access = page_access::get(conn, &viewer.instance_keeper()?, &of.instance_id, &of.page_key)?;
    instance::require_full_edit(viewer.edits_fully(access.instance.full_edit_permission))?;
    access.require_open()?;
    Ok(access)
}

fn save(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    access: Access,
    page: InstanceComponent,
    action: &'static str,
) -> Result<Access> {
    let changed = InstanceComponent {
        changed_at: Some(tx.now),
        changed_by: Some(viewer.user_id.clone()),
        ..page
    };
    instances::update_component(tx, &changed)?;
    let state = |page: &InstanceComponent| {
        json!({
            "pageKey": page.key, "name": page.name, "folder": page.folder, "position": page.position,
            "revision": revision(&page.definition)
        })
    };
    let instance: &AppInstance = &access.instance;
    tx.audit(Fact {
        organization_id: &instance.organization_id,
        action,
        object_id: instance.id.as_str(),
        label: &changed.name,
        before: Some(state(&access.page)),
        after: Some(state(&changed)),
    })?;
    Ok(Access {
        page: changed,
        ..access
    })
}

/// Removes a page. Its records stay stored, unseen; no delivery brings the page back as if nothing had happened (D16).
pub fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, key: &str) -> Result<AppInstance> {
    let found = instances::get(tx.conn, &viewer.customer_admin()?, id)?;
    found.status.apply(InstanceAction::RemovePage)?;
    instance::require_full_edit(found.full_edit_permission)?;
    let page = instances::component(tx.conn, &found, key)?
        .filter(|component| component.kind.is_page())
        .ok_or_else(|| Refusal::not_found().at("pageKey"))?;
    let removed = RemovedPage {
        instance_id: found.id.clone(),
        key: page.key.clone(),
        kind: page.kind,
        name: page.name.clone(),
        delivery_id: page.delivery_id,
        removed_by: viewer.user_id.clone(),
        removed_at: tx.now,
    };
    removed_page::insert(tx, &removed)?;
    instance_component::delete(tx, &found.id, &page.key)?;
    if let Some(order_id) = &found.order_id {
        let gone = Happened {
            order_id,
            kind: OrderEventKind::PageRemoved,
            delivery_id: None,
            facts: Some(OrderEventFacts::Note {
                text: page.name.clone(),
            }),
        };
        order::add_event(tx, gone)?;
    }
    tx.audit(Fact {
        organization_id: &found.organization_id,
        action: "instance.page_removed",
        object_id: found.id.as_str(),
        label: &page.name,
        before: Some(json!({ "pageKey": page.key, "kind": page.kind, "folder": page.folder })),
        after: None,
    })?;
    Ok(found)
}
