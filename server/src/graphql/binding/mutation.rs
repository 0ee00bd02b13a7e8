//! Mutations about re-binding.

use async_graphql::{Context, ID, Object, Result};
use secrecy::SecretString;

use super::input::{ConfirmBindingInput, SetComponentMembersInput, SetConnectorSecretInput};
use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, UserId};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, write};
use crate::graphql::error::{UserError, outcome, result_union};
use crate::graphql::instance::AppInstance;
use crate::services::binding::{self, Slot};
use crate::store::instance::AppInstance as Row;
use crate::store::{self, Tx};

result_union! {
    /// Result of filling in a secret.
    SetConnectorSecretResult = AppInstance
}
result_union! {
    /// Result of choosing members.
    SetComponentMembersResult = AppInstance
}
result_union! {
    /// Result of saying that something was done.
    ConfirmBindingResult = AppInstance
}

#[derive(Default)]
pub struct BindingMutation;

#[Object]
impl BindingMutation {
    /// D23: fills in a secret of a connector. It is sealed before it is stored; nobody reads it again, only that and when it was
    /// set. For the customer's admin and a developer in a remote maintenance.
    async fn set_connector_secret(
        &self,
        ctx: &Context<'_>,
        input: SetConnectorSecretInput,
    ) -> Result<SetConnectorSecretResult> {
        let sealing = ctx.app().sealing.clone();
        let value = input.value.map(SecretString::from);
        let slot = Slot {
            component_key: input.component_key,
            name: input.slot,
        };
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| {
            binding::set_secret(tx, viewer, &sealing, id, &slot, value.as_ref())
        };
        change(ctx, &input.instance_id, work, SetConnectorSecretResult::AppInstance).await
    }

    /// D24: chooses the members of a role or contact. For the customer's admin.
    async fn set_component_members(
        &self,
        ctx: &Context<'_>,
        input: SetComponentMembersInput,
    ) -> Result<SetComponentMembersResult> {
        let (key, ids) = (input.component_key, input.member_ids);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| {
            let members: std::result::Result<Vec<UserId>, _> = ids.iter().map(|id| id.parse()).collect();
            let members = members.map_err(|_| Refusal::invalid("memberIds", Problem::Unknown))?;
            binding::set_members(tx, viewer, id, &key, &members)
        };
        change(ctx, &input.instance_id, work, SetComponentMembersResult::AppInstance).await
    }

    /// D24: says that something was done by hand: an assistant activated, a data preparation run, an automation enabled, a
    /// connector's code written. AppShelf does none of it by itself; it keeps who said so and when. For the customer's admin
    /// and a developer in a remote maintenance.
    async fn confirm_binding(&self, ctx: &Context<'_>, input: ConfirmBindingInput) -> Result<ConfirmBindingResult> {
        let (item, done) = (input.item, input.done);
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId| binding::confirm(tx, viewer, id, &item, done);
        change(ctx, &input.instance_id, work, ConfirmBindingResult::AppInstance).await
    }
}

/// One use case on the instance that the input names.
async fn change<R: From<UserError>>(
    ctx: &Context<'_>,
    id: &ID,
    work: impl Fn(&mut Tx<'_>, &Viewer, &InstanceId) -> store::Result<Row> + Send + 'static,
    wrap: impl FnOnce(AppInstance) -> R,
) -> Result<R> {
    let ended = match id.parse::<InstanceId>() {
        Ok(id) => write(ctx, move |tx, viewer| work(tx, viewer, &id)).await?,
        Err(_) => Err(Refusal::not_found().at("instanceId").into()),
    };
    outcome(ctx, ended, |row| wrap(AppInstance(row)))
}
