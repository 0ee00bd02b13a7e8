//! My apps (D27–D30): accept, enable, disable, publish settings, remove: all of it the customer's admin's, while a developer in
//! a remote maintenance sees the one instance that it opens. Rules of the states stand in `domain::instance`.

mod sign_off;
mod waiver;

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::{DepartmentId, InstanceId, UserId};
use crate::domain::instance::{InstanceAction, InstanceStatus, InstanceViewer};
use crate::domain::locale::Text;
use crate::domain::maintenance::{MaintenanceAction, MaintenanceStatus};
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};
use crate::domain::organization::Role;
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::domain::transition::Status;
use crate::domain::wording;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance, InstanceFilter};
use crate::store::maintenance::MaintenanceSession;
use crate::store::notification::{self, Recipients};
use crate::store::order::Happened;
use crate::store::page::{Page, PageRequest};
use crate::store::{Result, Tx, maintenance, membership, order, organization, record, suspension};

/// Most characters of an acceptance note.
const MAX_NOTE: usize = 2000;
/// Most characters of a workbench group.
const MAX_GROUP: usize = 40;

/// Who sees an enabled instance.
#[derive(Clone, Debug)]
pub struct VisibleRange {
    pub whole_organization: bool,
    pub departments: Vec<DepartmentId>,
    pub members: Vec<UserId>,
}

/// What the viewer may see of one instance; a foreign one does not exist.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &InstanceId) -> Result<Option<AppInstance>> {
    instance::find(conn, &viewer.instance_user()?, id)
}

/// My apps, newest first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    filter: &InstanceFilter,
    page: &PageRequest,
) -> Result<Page<AppInstance>> {
    instance::list(conn, &viewer.instance_user()?, filter, page)
}

/// How many apps the viewer sees.
pub fn count(conn: &mut Conn, viewer: &Viewer, filter: &InstanceFilter) -> Result<i64> {
    instance::count(conn, &viewer.instance_user()?, filter)
}

/// D28: accepts the application and closes development maintenance.
pub fn close_maintenance(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, note: &str) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    let note = wording::paragraphs(note, MAX_NOTE).map_err(|problem| Refusal::invalid("note", problem))?;
    let status = moved(&found, InstanceAction::CloseMaintenance)?;
    end_maintenance(tx, &found, |session| session.status.closing(session.automatic))?;
    let accepted = AppInstance {
        status,
        accepted_at: Some(tx.now),
        accepted_by: Some(viewer.user_id.clone()),
        acceptance_note: note,
        accepted_version: found.version_number.clone(),
        ..found.clone()
    };
    sign_off::keep(tx, viewer, &accepted)?;
    let saved = change(tx, &found, &accepted, "instance.accepted")?;
    let note = saved.acceptance_note.clone();
    let facts = (!note.is_empty()).then_some(OrderEventFacts::Note { text: note });
    tell(tx, &saved, OrderEventKind::Accepted, facts)?;
    let notice = Notice::ApplicationAccepted {
        customer: organization::get(tx.conn, &saved.organization_id)?.name,
        application: saved.name.clone(),
        version: saved.accepted_version.clone(),
    };
    let admins = Recipients::Holders(&saved.partner_id, Role::PartnerAdmin);
    if let Some(order) = &saved.order_id {
        notification::notify(tx, admins, order.as_str(), &notice)?;
    }
    notification::answered(tx, saved.id.as_str(), &[NotificationKind::ApplicationArrived])?;
    Ok(saved)
}

/// D29: back into development maintenance; employees no longer see it.
pub fn reopen_maintenance(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId) -> Result<AppInstance> {
    let action = InstanceAction::ReopenMaintenance;
    let saved = step(tx, viewer, id, action, "instance.maintenance_reopened")?;
    tell(tx, &saved, OrderEventKind::DevMaintenanceReopened, None)?;
    Ok(saved)
}

/// D29: closes the application and keeps its data.
pub fn disable(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId) -> Result<AppInstance> {
    let saved = step(tx, viewer, id, InstanceAction::Disable, "instance.disabled")?;
    tell(tx, &saved, OrderEventKind::Disabled, None)?;
    Ok(saved)
}

/// D28: publishes and enables, with the settings given or those it has. What is still to be done in it is waived by name.
pub fn enable(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &InstanceId,
    group: Option<&str>,
    range: Option<&VisibleRange>,
    waived: &[String],
) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    let status = moved(&found, InstanceAction::Enable)?;
    let published = publish(tx, viewer, &found, group, range)?;
    waiver::require(tx, viewer, &found, waived)?;
    let saved = publicly(tx, &found, published, status, "instance.enabled")?;
    tell(tx, &saved, OrderEventKind::Enabled, None)?;
    Ok(saved)
}

/// D28: workbench group and visible range.
pub fn update_publish_settings(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &InstanceId,
    group: &str,
    range: &VisibleRange,
) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    let status = moved(&found, InstanceAction::PublishSettings)?;
    let published = publish(tx, viewer, &found, Some(group), Some(range))?;
    publicly(tx, &found, published, status, "instance.published")
}

/// D29: removes the application; the name must be typed. Data and trail stay in the database, nobody reaches them.
pub fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, name: &str) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    if name.trim() != found.name {
        return Err(Refusal::invalid("name", Problem::NameDiffers).into());
    }
    let status = moved(&found, InstanceAction::Remove)?;
    // Nobody maintains what is gone.
    end_maintenance(tx, &found, |session| session.status.removing())?;
    let removed = AppInstance {
        status,
        ..found.clone()
    };
    let saved = change(tx, &found, &removed, "instance.removed")?;
    tell(tx, &saved, OrderEventKind::Removed, None)?;
    // D26: the places that it held are free for what was suspended elsewhere.
    suspension::settle(tx, &saved.organization_id)?;
    Ok(saved)
}

/// Ends open remote maintenance of the instance, as far as `ending` says how; hours that ran out are noted as such.
fn end_maintenance(
    tx: &mut Tx<'_>,
    of: &AppInstance,
    ending: fn(&MaintenanceSession) -> Option<MaintenanceAction>,
) -> Result<()> {
    for session in maintenance::open_of_instances(tx.conn, std::slice::from_ref(&of.id))? {
        let action = match session.at(tx.now) {
            MaintenanceStatus::Expired => Some(MaintenanceAction::Expire),
            _ => ending(&session),
        };
        if let Some(action) = action {
            maintenance::close(tx, &session, action, None)?;
        }
    }
    Ok(())
}

/// What the viewer may do with an instance that they were shown.
pub fn available_actions(viewer: &Viewer, found: &AppInstance) -> Vec<InstanceAction> {
    let seen_by = match (&viewer.maintenance, viewer.customer_admin()) {
        (Some(_), _) => InstanceViewer::Maintainer,
        (None, Ok(_)) => InstanceViewer::Admin,
        (None, Err(_)) => InstanceViewer::Employee,
    };
    found.status.available_actions(seen_by, found.full_edit_permission)
}

/// D22: removes all sample data and nothing else.
pub fn remove_sample_data(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    moved(&found, InstanceAction::RemoveSampleData)?;
    let removed = record::delete_samples(tx, &found)?;
    let fact = Fact {
        organization_id: &found.organization_id,
        action: "instance.sample_data_removed",
        object_id: found.id.as_str(),
        label: &found.name,
        before: Some(json!({ "sampleRecords": removed })),
        after: Some(json!({ "sampleRecords": 0 })),
    };
    tx.audit(fact)?;
    Ok(found)
}

fn step(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &InstanceId,
    action: InstanceAction,
    event: &'static str,
) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    let status = moved(&found, action)?;
    change(
        tx,
        &found,
        &AppInstance {
            status,
            ..found.clone()
        },
        event,
    )
}

/// The status after the action, or a refusal in words that says what to do first.
fn moved(found: &AppInstance, action: InstanceAction) -> Result<InstanceStatus> {
    found
        .status
        .apply(action)
        .map_err(|refusal| match (found.status, action) {
            (InstanceStatus::DevMaintenance, InstanceAction::Enable | InstanceAction::PublishSettings) => refusal
                .advise(Text::new(
                    "请先验收应用并在 ··· 菜单中选择“关闭-开发维护”，再启用",
                    "Accept the application and close development maintenance in the ··· menu first, then enable it",
                ))
                .into(),
            _ => refusal.into(),
        })
}

/// An instance with new settings, and who sees it where that is not everybody, before and after: ids of departments and members.
struct Published {
    app: AppInstance,
    seen_by: [Vec<String>; 2],
}

/// Checks the settings and keeps the audience.
fn publish(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    found: &AppInstance,
    group: Option<&str>,
    range: Option<&VisibleRange>,
) -> Result<Published> {
    let mut issues = Vec::new();
    let mut workbench_group = found.workbench_group.clone();
    match group.map(|group| wording::line(group, MAX_GROUP)) {
        Some(Ok(group)) => workbench_group = group,
        Some(Err(problem)) => issues.push(Issue::new("workbenchGroup", problem)),
        None => {}
    }
    let mut visible_to_all = found.visible_to_all;
    let before = instance::audience(tx.conn, &found.id)?;
    let mut seen_by = before.clone();
    if let Some(range) = range {
        issues.extend(check_range(tx.conn, viewer, range)?);
        Refusal::unless_valid(issues)?;
        visible_to_all = range.whole_organization;
        let departments = range.departments.iter().map(ToString::to_string);
        let targets: Vec<String> = match range.whole_organization {
            true => Vec::new(),
            false => departments
                .chain(range.members.iter().map(ToString::to_string))
                .collect(),
        };
        instance::set_audience(tx, &found.id, &targets)?;
        seen_by = targets;
    } else {
        Refusal::unless_valid(issues)?;
    }
    let app = AppInstance {
        workbench_group,
        visible_to_all,
        ..found.clone()
    };
    Ok(Published {
        app,
        seen_by: [before, seen_by],
    })
}

/// Somebody must see it, and everyone named must belong to the organisation.
fn check_range(conn: &mut Conn, viewer: &Viewer, range: &VisibleRange) -> Result<Vec<Issue>> {
    if range.whole_organization {
        return Ok(Vec::new());
    }
    if range.departments.is_empty() && range.members.is_empty() {
        return Ok(vec![Issue::new("visibleRange", Problem::NobodyChosen)]);
    }
    let scope = viewer.customer_admin()?;
    let mut issues = Vec::new();
    if organization::departments_by_ids(conn, &scope, &range.departments)?.len() < range.departments.len() {
        issues.push(Issue::new("visibleRange.departmentIds", Problem::Unknown));
    }
    if membership::members_by_ids(conn, &scope, &range.members)?.len() < range.members.len() {
        issues.push(Issue::new("visibleRange.memberIds", Problem::Unknown));
    }
    Ok(issues)
}

/// Adds a step to the timeline of the order that the instance came from, if it came from one (D20).
fn tell(tx: &mut Tx<'_>, instance: &AppInstance, kind: OrderEventKind, facts: Option<OrderEventFacts>) -> Result<()> {
    let Some(order_id) = &instance.order_id else {
        return Ok(());
    };
    let happened = Happened {
        order_id,
        kind,
        delivery_id: None,
        facts,
    };
    order::add_event(tx, happened)
}

fn change(tx: &mut Tx<'_>, before: &AppInstance, after: &AppInstance, event: &'static str) -> Result<AppInstance> {
    keep(tx, before, after, event, None)
}

/// Saves an instance whose settings were published; the log says who saw it and who sees it (P5).
fn publicly(
    tx: &mut Tx<'_>,
    before: &AppInstance,
    published: Published,
    status: InstanceStatus,
    event: &'static str,
) -> Result<AppInstance> {
    let after = AppInstance {
        status,
        ..published.app
    };
    keep(tx, before, &after, event, Some(published.seen_by))
}

fn keep(
    tx: &mut Tx<'_>,
    before: &AppInstance,
    after: &AppInstance,
    event: &'static str,
    seen_by: Option<[Vec<String>; 2]>,
) -> Result<AppInstance> {
    let saved = instance::save(tx, after)?;
    let mut states = [before, &saved].map(|it| {
        json!({
            "status": it.status, "workbenchGroup": it.workbench_group, "wholeOrganization": it.visible_to_all
        })
    });
    for (state, ids) in states.iter_mut().zip(seen_by.into_iter().flatten()) {
        state["seenBy"] = json!(ids);
    }
    let [was, is] = states;
    let fact = Fact {
        organization_id: &saved.organization_id,
        action: event,
        object_id: saved.id.as_str(),
        label: &saved.name,
        before: Some(was),
        after: Some(is),
    };
    tx.audit(fact)?;
    Ok(saved)
}
