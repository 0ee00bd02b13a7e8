//! Mutations about instances.

use async_graphql::{Context, ID, Object, Result};

use super::input::{
    CloseMaintenanceInput, EnableInstanceInput, InstanceActionInput, RemoveInstanceInput, RemoveInstancePageInput,
    TickAcceptanceItemInput, UpdatePublishSettingsInput,
};
use super::types::AppInstance;
use crate::auth::viewer::Viewer;
use crate::domain::id::InstanceId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{UserError, outcome, result_union};
use crate::services::{acceptance, instance, instance_page};
use crate::store::{self, Tx};

result_union! {
    /// Result of accepting an application.
    CloseMaintenanceResult = AppInstance
}
result_union! {
    /// Result of ticking an item.
    TickAcceptanceItemResult = AppInstance
}
result_union! {
    /// Result of reopening maintenance.
    ReopenMaintenanceResult = AppInstance
}
result_union! {
    /// Result of enabling.
    EnableInstanceResult = AppInstance
}
result_union! {
    /// Result of disabling.
    DisableInstanceResult = AppInstance
}
result_union! {
    /// Result of changing publish settings.
    UpdatePublishSettingsResult = AppInstance
}
result_union! {
    /// Result of removing an application.
    RemoveInstanceResult = AppInstance
}
result_union! {
    /// Result of removing a page.
    RemoveInstancePageResult = AppInstance
}
result_union! {
    /// Result of removing sample data.
    RemoveSampleDataResult = AppInstance
}

#[derive(Default)]
pub struct InstanceMutation;

#[Object]
impl InstanceMutation {
    /// D28: accepts the application and closes development maintenance.
    async fn close_maintenance(
        &self,
        ctx: &Context<'_>,
        input: CloseMaintenanceInput,
    ) -> Result<CloseMaintenanceResult> {
        let note = input.note;
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| instance::close_maintenance(tx, viewer, id, &note);
        change(ctx, &input.id, work, CloseMaintenanceResult::AppInstance).await
    }

    /// D27: notes that an item of the checklist was seen while the application is tried out.
    async fn tick_acceptance_item(
        &self,
        ctx: &Context<'_>,
        input: TickAcceptanceItemInput,
    ) -> Result<TickAcceptanceItemResult> {
        let (kind, key) = (input.kind, input.component_key);
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| acceptance::tick(tx, viewer, id, kind, &key);
        change(ctx, &input.id, work, TickAcceptanceItemResult::AppInstance).await
    }

    /// D29: back into development maintenance; employees no longer see it.
    async fn reopen_maintenance(
        &self,
        ctx: &Context<'_>,
        input: InstanceActionInput,
    ) -> Result<ReopenMaintenanceResult> {
        change(
            ctx,
            &input.id,
            instance::reopen_maintenance,
            ReopenMaintenanceResult::AppInstance,
        )
        .await
    }

    /// D28: publishes and enables the application. Refused while something of its checklist is open, unless each such item is
    /// waived by name; waivers are kept.
    async fn enable_instance(&self, ctx: &Context<'_>, input: EnableInstanceInput) -> Result<EnableInstanceResult> {
        let (group, range, waived) = (input.workbench_group, input.visible_range, input.waived_items);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| {
            let range = range.as_ref().map(|range| range.parse()).transpose()?;
            instance::enable(tx, viewer, id, group.as_deref(), range.as_ref(), &waived)
        };
        change(ctx, &input.id, work, EnableInstanceResult::AppInstance).await
    }

    /// D29: keeps the data, closes the application.
    async fn disable_instance(&self, ctx: &Context<'_>, input: InstanceActionInput) -> Result<DisableInstanceResult> {
        change(ctx, &input.id, instance::disable, DisableInstanceResult::AppInstance).await
    }

    /// D28: workbench group and visible range.
    async fn update_publish_settings(
        &self,
        ctx: &Context<'_>,
        input: UpdatePublishSettingsInput,
    ) -> Result<UpdatePublishSettingsResult> {
        let (group, range) = (input.workbench_group, input.visible_range);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| {
            instance::update_publish_settings(tx, viewer, id, &group, &range.parse()?)
        };
        change(ctx, &input.id, work, UpdatePublishSettingsResult::AppInstance).await
    }

    /// D29: removes the application; asks for its name.
    async fn remove_instance(&self, ctx: &Context<'_>, input: RemoveInstanceInput) -> Result<RemoveInstanceResult> {
        let name = input.name;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| instance::remove(tx, viewer, id, &name);
        change(ctx, &input.id, work, RemoveInstanceResult::AppInstance).await
    }

    /// D16, D19: removes a page; needs the full edit permission. Its records stay stored and are there again should the service
    /// provider send the page as a new one.
    async fn remove_instance_page(
        &self,
        ctx: &Context<'_>,
        input: RemoveInstancePageInput,
    ) -> Result<RemoveInstancePageResult> {
        let key = input.page_key;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| instance_page::remove(tx, viewer, id, &key);
        change(ctx, &input.instance_id, work, RemoveInstancePageResult::AppInstance).await
    }

    /// D22: removes all sample data of the instance and nothing else. Sample data that somebody changed is the customer's own since
    /// then, and stays.
    async fn remove_sample_data(
        &self,
        ctx: &Context<'_>,
        input: InstanceActionInput,
    ) -> Result<RemoveSampleDataResult> {
        change(
            ctx,
            &input.id,
            instance::remove_sample_data,
            RemoveSampleDataResult::AppInstance,
        )
        .await
    }
}

/// One use case on the instance that the input names.
async fn change<R: From<UserError>>(
    ctx: &Context<'_>,
    id: &ID,
    work: impl Fn(&mut Tx<'_>, &Viewer, &InstanceId) -> store::Result<store::instance::AppInstance> + Send + 'static,
    wrap: impl FnOnce(AppInstance) -> R,
) -> Result<R> {
    let ended = match id.parse::<InstanceId>() {
        Ok(id) => write(ctx, move |tx, viewer| work(tx, viewer, &id)).await?,
        Err(_) => Err(Refusal::not_found().at("id").into()),
    };
    outcome(ctx, ended, |row| wrap(AppInstance(row)))
}
