//! Inputs about remote maintenance.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use crate::domain::maintenance::{MaintenanceDecision, MaintenanceStatus};
use crate::domain::refusal::Refusal;
use crate::store::maintenance;

/// Asks for remote maintenance.
#[derive(InputObject, Serialize)]
pub struct RequestMaintenanceInput {
    /// An order whose application was sent with success.
    pub order_id: ID,
    /// What for, 1 to 500 characters; it stands beside everything that is done inside.
    pub reason: String,
    /// 1 to 72, counted from the grant.
    pub hours: i32,
}

/// Answers a request.
#[derive(InputObject)]
pub struct DecideMaintenanceInput {
    /// The session.
    pub id: ID,
    /// Grant or decline.
    pub decision: MaintenanceDecision,
    /// Why, at most 500 characters; shown to the partner where it is declined.
    pub note: Option<String>,
}

/// Ends a session at once.
#[derive(InputObject)]
pub struct RevokeMaintenanceInput {
    /// The session.
    pub id: ID,
    /// Why, at most 500 characters; shown to the partner.
    pub note: Option<String>,
}

/// Names a session.
#[derive(InputObject)]
pub struct MaintenanceActionInput {
    /// The session.
    pub id: ID,
}

/// Whether requests are granted at once.
#[derive(InputObject)]
pub struct SetAutomaticMaintenanceInput {
    /// The instance.
    pub instance_id: ID,
    /// True: at once, while the instance is in development maintenance. False: an admin is asked every time.
    pub automatic: bool,
}

/// What a list of sessions is narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MaintenanceFilter {
    /// In one of these states.
    pub statuses: Option<Vec<MaintenanceStatus>>,
    /// Of one order.
    pub order_id: Option<ID>,
    /// Of one instance.
    pub instance_id: Option<ID>,
}

impl MaintenanceFilter {
    /// Parsed; an id of another noun is an unknown one.
    pub fn parse(self) -> Result<maintenance::MaintenanceFilter, Refusal> {
        let order_id = self.order_id.map(|id| id.parse()).transpose();
        let instance_id = self.instance_id.map(|id| id.parse()).transpose();
        Ok(maintenance::MaintenanceFilter {
            statuses: self.statuses,
            order_id: order_id.map_err(|_| Refusal::not_found().at("filter.orderId"))?,
            instance_id: instance_id.map_err(|_| Refusal::not_found().at("filter.instanceId"))?,
        })
    }
}
