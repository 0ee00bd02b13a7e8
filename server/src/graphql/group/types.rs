//! A group, and a cool app in it.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::loaders::{
    EntriesOf, GroupActionsOf, GroupsById, InstallationActionsOf, InstallationsOf, MembersOf, RobotsOf,
};
use crate::domain::cool_app_content::EntryOpenMode;
use crate::domain::cool_app_installation::{InstallationAction, InstallationStatus};
use crate::domain::group::{GroupAction, GroupKind};
use crate::graphql::cool_app::CoolApp;
use crate::graphql::loaders::{self, Users};
use crate::graphql::session::types::User;
use crate::store::cool_app_installation as installation;
use crate::store::group;

/// 群: a named group chat of an organisation.
#[derive(Clone, Debug)]
pub struct Group(pub group::Group);

/// A cool app in a group.
#[derive(Clone, Debug)]
pub struct CoolAppInstallation(pub installation::Installation);

/// Where members of the group open a cool app.
#[derive(Clone, Debug, SimpleObject)]
pub struct GroupEntry {
    /// What it is called.
    name: String,
    /// An https address.
    url: String,
    /// A picture of 48 × 48 pixels.
    icon_id: ID,
    /// How it opens.
    open_mode: EntryOpenMode,
}

/// Who speaks for a cool app in the group.
#[derive(Clone, Debug, SimpleObject)]
pub struct GroupRobot {
    /// What it is called.
    name: String,
    /// A picture of 240 × 240 pixels.
    icon_id: ID,
}

#[Object]
impl Group {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whom it holds.
    async fn kind(&self) -> GroupKind {
        self.0.kind
    }

    /// Who belongs to an ordinary group, at most 200; null for one of the whole organisation, to which everybody belongs.
    async fn members(&self, ctx: &Context<'_>) -> Result<Option<Vec<User>>> {
        if self.0.kind == GroupKind::WholeOrganization {
            return Ok(None);
        }
        let people = loaders::load::<MembersOf>(ctx, self.0.id.clone()).await?;
        let people = loaders::load_many::<Users>(ctx, people.unwrap_or_default()).await?;
        Ok(Some(people.into_iter().map(User).collect()))
    }

    /// The cool apps that it has, at most 50, oldest first; what was uninstalled is not among them.
    async fn installations(&self, ctx: &Context<'_>) -> Result<Vec<CoolAppInstallation>> {
        let rows = loaders::load::<InstallationsOf>(ctx, self.0.id.clone()).await?;
        Ok(rows.unwrap_or_default().into_iter().map(CoolAppInstallation).collect())
    }

    /// Who made it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// What the viewer can do with it.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<GroupAction>> {
        let found = loaders::seen::<GroupActionsOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default())
    }
}

#[Object]
impl CoolAppInstallation {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where it stands.
    async fn status(&self) -> InstallationStatus {
        self.0.status
    }

    /// The app, as it was approved last.
    async fn cool_app(&self, ctx: &Context<'_>) -> Result<CoolApp> {
        CoolApp::load(ctx, self.0.cool_app_id.clone()).await
    }

    /// The group that has it.
    async fn group(&self, ctx: &Context<'_>) -> Result<Group> {
        loaders::get::<GroupsById>(ctx, self.0.group_id.clone())
            .await
            .map(Group)
    }

    /// Its entries in the group; none unless it is enabled.
    async fn entries(&self, ctx: &Context<'_>) -> Result<Vec<GroupEntry>> {
        let rows = loaders::load::<EntriesOf>(ctx, self.0.id.clone()).await?;
        let entry = |row: installation::Entry| GroupEntry {
            name: row.name,
            url: row.url,
            icon_id: ID(row.icon_id.to_string()),
            open_mode: row.open_mode,
        };
        Ok(rows.unwrap_or_default().into_iter().map(entry).collect())
    }

    /// Its robot in the group; null where it has none, and unless it is enabled.
    async fn robot(&self, ctx: &Context<'_>) -> Result<Option<GroupRobot>> {
        let row = loaders::load::<RobotsOf>(ctx, self.0.id.clone()).await?;
        Ok(row.map(|row| GroupRobot {
            name: row.name,
            icon_id: ID(row.icon_id.to_string()),
        }))
    }

    /// Who installed it.
    async fn installed_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.installed_by.clone()).await
    }

    /// When it was installed.
    async fn installed_at(&self) -> DateTime<Utc> {
        self.0.installed_at.utc()
    }

    /// When it was enabled; null where it was not.
    async fn enabled_at(&self) -> Option<DateTime<Utc>> {
        self.0.enabled_at.map(|at| at.utc())
    }

    /// When it was uninstalled; null where it was not.
    async fn uninstalled_at(&self) -> Option<DateTime<Utc>> {
        self.0.uninstalled_at.map(|at| at.utc())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<InstallationAction>> {
        let found = loaders::seen::<InstallationActionsOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default())
    }
}
