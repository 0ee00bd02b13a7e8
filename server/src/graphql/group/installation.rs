//! Mutations about cool apps in groups.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::CoolAppInstallation;
use crate::auth::viewer::Viewer;
use crate::domain::id::{CoolAppId, GroupId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::change;
use crate::graphql::error::{outcome, result_union};
use crate::services::cool_app_installation as installation;
use crate::store::Tx;

/// Installs a cool app into a group.
#[derive(InputObject)]
pub struct InstallCoolAppInput {
    /// A cool app of the market.
    pub cool_app_id: ID,
    /// A group that has not got it.
    pub group_id: ID,
    /// Enable it at once.
    #[graphql(default)]
    pub enable: bool,
}

/// Names a cool app in a group.
#[derive(InputObject)]
pub struct CoolAppInstallationInput {
    /// The installation.
    pub id: ID,
}

result_union! {
    /// Result of installing.
    InstallCoolAppResult = CoolAppInstallation
}
result_union! {
    /// Result of enabling.
    EnableCoolAppResult = CoolAppInstallation
}
result_union! {
    /// Result of uninstalling.
    UninstallCoolAppResult = CoolAppInstallation
}

#[derive(Default)]
pub struct InstallationMutation;

#[Object]
impl InstallationMutation {
    /// L23: installs a cool app of the market into a group: of the whole organisation a platform admin, an ordinary one any of its
    /// members.
    async fn install_cool_app(&self, ctx: &Context<'_>, input: InstallCoolAppInput) -> Result<InstallCoolAppResult> {
        let (app, enable) = (input.cool_app_id.parse::<CoolAppId>().ok(), input.enable);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, group: &GroupId| {
            let app = app.as_ref().ok_or_else(|| Refusal::not_found().at("coolAppId"))?;
            installation::install(tx, viewer, app, group, enable)
        };
        let ended = change(ctx, &input.group_id, Viewer::customer, work).await?;
        outcome(ctx, ended, |row| {
            InstallCoolAppResult::CoolAppInstallation(CoolAppInstallation(row))
        })
    }

    /// L23: lets the entries and the robot of an installed cool app into its group.
    async fn enable_cool_app(&self, ctx: &Context<'_>, input: CoolAppInstallationInput) -> Result<EnableCoolAppResult> {
        let ended = change(ctx, &input.id, Viewer::customer, installation::enable).await?;
        outcome(ctx, ended, |row| {
            EnableCoolAppResult::CoolAppInstallation(CoolAppInstallation(row))
        })
    }

    /// L23: takes a cool app out of its group, with its entries and its robot.
    async fn uninstall_cool_app(
        &self,
        ctx: &Context<'_>,
        input: CoolAppInstallationInput,
    ) -> Result<UninstallCoolAppResult> {
        let ended = change(ctx, &input.id, Viewer::customer, installation::uninstall).await?;
        outcome(ctx, ended, |row| {
            UninstallCoolAppResult::CoolAppInstallation(CoolAppInstallation(row))
        })
    }
}
