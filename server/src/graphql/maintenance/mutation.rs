//! Mutations about remote maintenance.

use async_graphql::{Context, ID, Object, Result};

use super::input::{
    DecideMaintenanceInput, MaintenanceActionInput, RequestMaintenanceInput, RevokeMaintenanceInput,
    SetAutomaticMaintenanceInput,
};
use super::types::MaintenanceSession;
use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, MaintenanceSessionId, OrderId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, idempotency_key, write, write_once};
use crate::graphql::error::{UserError, outcome, result_union};
use crate::graphql::instance::AppInstance;
use crate::graphql::session::finish;
use crate::graphql::session::types::Session;
use crate::services::maintenance;
use crate::store::conn::Conn;
use crate::store::maintenance::MaintenanceSession as Row;
use crate::store::{self, Tx};

result_union! {
    /// Result of asking for remote maintenance.
    RequestMaintenanceResult = MaintenanceSession
}
result_union! {
    /// Result of answering a request.
    DecideMaintenanceResult = MaintenanceSession
}
result_union! {
    /// Result of revoking.
    RevokeMaintenanceResult = MaintenanceSession
}
result_union! {
    /// Result of taking a request back.
    WithdrawMaintenanceResult = MaintenanceSession
}
result_union! {
    /// Result of ending.
    EndMaintenanceResult = MaintenanceSession
}
result_union! {
    /// Result of entering: a session that acts for the customer inside the one instance.
    EnterMaintenanceResult = Session
}
result_union! {
    /// Result of choosing whether requests are granted at once.
    SetAutomaticMaintenanceResult = AppInstance
}

#[derive(Default)]
pub struct MaintenanceMutation;

#[Object]
impl MaintenanceMutation {
    /// D31: asks for hours inside the instance of an order that was sent with success. Granted at once while the instance is in
    /// development maintenance, unless its admin chose to be asked.
    async fn request_maintenance(
        &self,
        ctx: &Context<'_>,
        input: RequestMaintenanceInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<RequestMaintenanceResult> {
        let ended = request(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| {
            RequestMaintenanceResult::MaintenanceSession(MaintenanceSession(row))
        })
    }

    /// D31: the customer's admin grants or declines a request.
    async fn decide_maintenance(
        &self,
        ctx: &Context<'_>,
        input: DecideMaintenanceInput,
    ) -> Result<DecideMaintenanceResult> {
        let (decision, note) = (input.decision, input.note);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &MaintenanceSessionId| {
            maintenance::decide(tx, viewer, id, decision, note.as_deref())
        };
        change(ctx, &input.id, work, DecideMaintenanceResult::MaintenanceSession).await
    }

    /// D31: the customer's admin ends a session at once; its tokens stop working with the next request.
    async fn revoke_maintenance(
        &self,
        ctx: &Context<'_>,
        input: RevokeMaintenanceInput,
    ) -> Result<RevokeMaintenanceResult> {
        let note = input.note;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &MaintenanceSessionId| {
            maintenance::revoke(tx, viewer, id, note.as_deref())
        };
        change(ctx, &input.id, work, RevokeMaintenanceResult::MaintenanceSession).await
    }

    /// D31: the developer takes a request back before it is granted, or an admin of theirs does.
    async fn withdraw_maintenance(
        &self,
        ctx: &Context<'_>,
        input: MaintenanceActionInput,
    ) -> Result<WithdrawMaintenanceResult> {
        let wrap = WithdrawMaintenanceResult::MaintenanceSession;
        change(ctx, &input.id, maintenance::withdraw, wrap).await
    }

    /// D31: the developer is done, or an admin of theirs ends it.
    async fn end_maintenance(&self, ctx: &Context<'_>, input: MaintenanceActionInput) -> Result<EndMaintenanceResult> {
        let wrap = EndMaintenanceResult::MaintenanceSession;
        change(ctx, &input.id, maintenance::end, wrap).await
    }

    /// D31: the developer enters. The access token acts for the customer's organisation, inside that one instance and nowhere
    /// else, while the maintenance is active; there is no refresh cookie, enter again instead. Everything done with it
    /// stands in the customer's audit log with the session and its reason.
    async fn enter_maintenance(
        &self,
        ctx: &Context<'_>,
        input: MaintenanceActionInput,
    ) -> Result<EnterMaintenanceResult> {
        let lifetime = ctx.app().config.access_token_lifetime;
        let lifetime = chrono::Duration::from_std(lifetime).unwrap_or(chrono::Duration::minutes(10));
        let begun = match input.id.parse::<MaintenanceSessionId>() {
            Ok(id) => write(ctx, move |tx, viewer| maintenance::enter(tx, viewer, &id, lifetime)).await?,
            Err(_) => Err(Refusal::not_found().at("id").into()),
        };
        finish(ctx, begun, EnterMaintenanceResult::Session).await
    }

    /// D31: whether requests for an instance are granted at once while it is in development maintenance; for the customer's
    /// admin.
    async fn set_automatic_maintenance(
        &self,
        ctx: &Context<'_>,
        input: SetAutomaticMaintenanceInput,
    ) -> Result<SetAutomaticMaintenanceResult> {
        let automatic = input.automatic;
        let ended = match input.instance_id.parse::<InstanceId>() {
            Ok(id) => {
                write(ctx, move |tx, viewer| {
                    maintenance::set_automatic_grant(tx, viewer, &id, automatic)
                })
                .await?
            }
            Err(_) => Err(Refusal::not_found().at("instanceId").into()),
        };
        outcome(ctx, ended, |row| {
            SetAutomaticMaintenanceResult::AppInstance(AppInstance(row))
        })
    }
}

async fn request(ctx: &Context<'_>, input: RequestMaintenanceInput, key: Option<String>) -> Result<store::Result<Row>> {
    let key = match idempotency_key(key, "requestMaintenance", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(order) = input.order_id.parse::<OrderId>() else {
        return Ok(Err(Refusal::not_found().at("orderId").into()));
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let row = maintenance::request(tx, viewer, &order, &input.reason, input.hours)?;
        Ok((row.id.to_string(), row))
    };
    let load = |conn: &mut Conn, viewer: &Viewer, id: &str| {
        let id = id.parse().map_err(|_| Refusal::not_found())?;
        Ok(maintenance::find(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
    };
    write_once(ctx, key, make, load).await
}

/// One use case on the session that the input names.
async fn change<R: From<UserError>>(
    ctx: &Context<'_>,
    id: &ID,
    work: impl Fn(&mut Tx<'_>, &Viewer, &MaintenanceSessionId) -> store::Result<Row> + Send + 'static,
    wrap: impl FnOnce(MaintenanceSession) -> R,
) -> Result<R> {
    let ended = match id.parse::<MaintenanceSessionId>() {
        Ok(id) => write(ctx, move |tx, viewer| work(tx, viewer, &id)).await?,
        Err(_) => Err(Refusal::not_found().at("id").into()),
    };
    outcome(ctx, ended, |row| wrap(MaintenanceSession(row)))
}
