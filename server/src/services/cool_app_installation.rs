//! Cool apps in groups (L23): installed, enabled, taken out again. Platform admins do so in groups of the whole organisation, members in
//! ordinary ones. What the market shows no more comes into no further group, and stays where it is enabled.

use serde_json::json;

use crate::auth::viewer::{CustomerScope, Viewer};
use crate::domain::cool_app_installation::{
    INSTALLATIONS_MAX, InstallationAction, InstallationStatus, available_actions, require_installer,
};
use crate::domain::id::{CoolAppId, CoolAppInstallationId, GroupId};
use crate::domain::locale::Text;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status as _;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::cool_app::{self, CoolApp};
use crate::store::cool_app_installation::{self as store, Installation};
use crate::store::group::{self, Group};
use crate::store::{Result, Tx, cool_app_market};

/// Installs an app of the market into a group, and enables it where that is wanted at once.
pub fn install(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    app: &CoolAppId,
    group: &GroupId,
    enable: bool,
) -> Result<Installation> {
    let scope = viewer.customer()?;
    let place = installable(tx.conn, &scope, group)?;
    let found = cool_app_market::find(tx.conn, app)?;
    let found = found.ok_or_else(|| Refusal::not_found().at("coolAppId"))?;
    let there = store::of_groups(tx.conn, std::slice::from_ref(group))?;
    if there.len() >= INSTALLATIONS_MAX && !there.iter().any(|row| row.cool_app_id == *app) {
        let max = INSTALLATIONS_MAX;
        return Err(Refusal::invalid("groupId", Problem::TooMany { max }).into());
    }
    let made = Installation {
        id: tx.id(),
        cool_app_id: app.clone(),
        group_id: group.clone(),
        organization_id: scope.organization_id,
        status: InstallationStatus::NotEnabled,
        installed_by: scope.user_id,
        installed_at: tx.now,
        enabled_by: None,
        enabled_at: None,
        uninstalled_by: None,
        uninstalled_at: None,
        version: 1,
    };
    store::insert(tx, &made)?;
    audit(tx, &found, &place, None, &made, "cool_app.installed")?;
    match enable {
        true => enabled(tx, viewer, &found, &place, made),
        false => Ok(made),
    }
}

/// Lets entries and robot of an installed app into its group.
pub fn enable(tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppInstallationId) -> Result<Installation> {
    let scope = viewer.customer()?;
    let (before, place) = open(tx.conn, &scope, id)?;
    let app = cool_app::get(tx.conn, &before.cool_app_id)?;
    if app.market_at.is_none() && before.status == InstallationStatus::NotEnabled {
        let (from, action) = (app.status, InstallationAction::Enable);
        let refused = Refusal::transition(from.as_str(), action.as_str()).in_words(from.text(), action.text());
        return Err(refused
            .advise(Text::new(
                "该酷应用已下架，请卸载后选择市场中的其他酷应用",
                "This cool app was taken off the market; uninstall it and choose another one there",
            ))
            .into());
    }
    enabled(tx, viewer, &app, &place, before)
}

fn enabled(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    app: &CoolApp,
    place: &Group,
    before: Installation,
) -> Result<Installation> {
    let wanted = Installation {
        status: before.status.apply(InstallationAction::Enable)?,
        enabled_by: Some(viewer.user_id.clone()),
        enabled_at: Some(tx.now),
        ..before.clone()
    };
    let after = store::update(tx, &before, wanted)?;
    if let Some(content) = app.approved()? {
        store::bring(tx, std::slice::from_ref(&after.id), &content)?;
    }
    audit(tx, app, place, Some(&before), &after, "cool_app.enabled")?;
    Ok(after)
}

/// Takes an app out of its group, with entries and robot.
pub fn uninstall(tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppInstallationId) -> Result<Installation> {
    let scope = viewer.customer()?;
    let (before, place) = open(tx.conn, &scope, id)?;
    let wanted = Installation {
        status: before.status.apply(InstallationAction::Uninstall)?,
        uninstalled_by: Some(scope.user_id),
        uninstalled_at: Some(tx.now),
        ..before.clone()
    };
    let after = store::update(tx, &before, wanted)?;
    store::clear(tx, id)?;
    let app = cool_app::get(tx.conn, &before.cool_app_id)?;
    audit(tx, &app, &place, Some(&before), &after, "cool_app.uninstalled")?;
    Ok(after)
}

/// What the viewer can do with each of the installations that they were shown.
pub fn actions_of(
    conn: &mut Conn,
    viewer: &Viewer,
    rows: &[Installation],
) -> Result<Vec<(CoolAppInstallationId, Vec<InstallationAction>)>> {
    let Ok(scope) = viewer.customer() else {
        return Ok(Vec::new());
    };
    let ids: Vec<GroupId> = rows.iter().map(|row| row.group_id.clone()).collect();
    let groups = group::by_ids(conn, &ids)?;
    let seen = group::seen_by(conn, &scope, &groups)?;
    let apps: Vec<CoolAppId> = rows.iter().map(|row| row.cool_app_id.clone()).collect();
    let apps = cool_app::by_ids(conn, &apps)?;
    let actions = |row: &Installation| {
        let mut places = groups.iter().zip(&seen);
        let (place, seen) = places.find(|(place, _)| place.id == row.group_id)?;
        let on_market = apps
            .iter()
            .any(|app| app.id == row.cool_app_id && app.market_at.is_some());
        let open = available_actions(row.status, on_market, place.kind, *seen);
        Some((row.id.clone(), open))
    };
    Ok(rows.iter().filter_map(actions).collect())
}

/// An installation with its group, both of which exist for the viewer, who may install there.
fn open(conn: &mut Conn, scope: &CustomerScope, id: &CoolAppInstallationId) -> Result<(Installation, Group)> {
    let found = store::find(conn, scope, id)?.ok_or_else(Refusal::not_found)?;
    let place = installable(conn, scope, &found.group_id)?;
    Ok((found, place))
}

/// A group that exists for the viewer, who may install into it.
fn installable(conn: &mut Conn, scope: &CustomerScope, id: &GroupId) -> Result<Group> {
    let place = group::find(conn, scope, id)?.ok_or_else(|| Refusal::not_found().at("groupId"))?;
    for seen in group::seen_by(conn, scope, std::slice::from_ref(&place))? {
        require_installer(place.kind, seen)?;
    }
    Ok(place)
}

fn audit(
    tx: &mut Tx<'_>,
    app: &CoolApp,
    place: &Group,
    before: Option<&Installation>,
    after: &Installation,
    action: &'static str,
) -> Result<()> {
    let facts = |row: &Installation| json!({ "coolApp": app.code.as_str(), "group": place.name, "status": row.status });
    tx.audit(Fact {
        organization_id: &place.organization_id,
        action,
        object_id: place.id.as_str(),
        label: &app.name,
        before: before.map(facts),
        after: Some(facts(after)),
    })
}
