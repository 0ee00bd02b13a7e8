//! Sending custom components (D17): some components of one published version into one instance.

use std::collections::HashSet;

use serde_json::json;

use super::follow::{Follower, Item, Target, send, target};
use super::published;
use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::application::VersionStatus;
use crate::domain::component::ComponentKind;
use crate::domain::delivery::DeliveryKind;
use crate::domain::id::{ApplicationVersionId, OrderId};
use crate::domain::order::OrderAction;
use crate::domain::preflight::{DeliveryFailure, Fate, Plan, SendOptions};
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::store::application_component::{self, ComponentHead};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::conn::Conn;
use crate::store::delivery::Delivery;
use crate::store::preflight::{self, Extent, Send};
use crate::store::{Result, Tx, instance_component};

/// What is to be sent.
#[derive(Clone, Debug)]
pub struct Components {
    pub keys: Vec<String>,
    /// A published version of the order's application; nothing means the one that is published now.
    pub version_id: Option<ApplicationVersionId>,
}

/// D17: sends custom components; those that the instance has are replaced, the others come after everything else.
pub fn send_components(tx: &mut Tx<'_>, viewer: &Viewer, order_id: &OrderId, new: &Components) -> Result<Delivery> {
    let scope = viewer.partner()?;
    let target = target(tx.conn, &scope, order_id, OrderAction::SendComponents)?;
    let version = version_of(tx.conn, &scope, &target, new.version_id.as_ref())?;
    let heads = chosen(tx.conn, &version, &new.keys)?;
    let first = instance_component::next_position(tx.conn, &target.instance_id)?;
    let items = (first..).zip(&heads).map(|(position, head)| Item::of(head, position));
    let follower = Follower {
        kind: DeliveryKind::CustomComponents,
        version_id: version.id.clone(),
        version_number: version.number.clone(),
        include_sample_data: false,
        folder: None,
        rolls_back_id: None,
        items: items.collect(),
        noted: json!({ "componentKeys": new.keys }),
    };
    send(tx, viewer, &target, follower)
}

/// D14: what sending components would do to the customer's organisation now. Nothing is written.
pub fn dry_run(conn: &mut Conn, viewer: &Viewer, order_id: &OrderId, new: &Components) -> Result<Plan> {
    let scope = viewer.partner()?;
    let target = target(conn, &scope, order_id, OrderAction::SendComponents)?;
    let version = version_of(conn, &scope, &target, new.version_id.as_ref())?;
    let heads = chosen(conn, &version, &new.keys)?;
    let keys: HashSet<String> = heads.into_iter().map(|head| head.key).collect();
    let send = Send {
        version_id: &version.id,
        partner_id: &target.order.partner_id,
        customer_id: &target.order.customer_id,
        options: SendOptions::default(),
        extent: Extent::Chosen {
            keys: &keys,
            instance: &target.instance_id,
        },
    };
    let mut plan = preflight::of_send(conn, &send)?;
    let keys: Vec<String> = keys.iter().cloned().collect();
    let taken = instance_component::heads_of(conn, &target.instance_id, &keys)?;
    let taken = taken.into_iter().filter(|it| it.kind != ComponentKind::CustomComponent);
    let taken: HashSet<String> = taken.map(|head| head.key).collect();
    for item in plan.items.iter_mut().filter(|item| taken.contains(&item.key)) {
        item.fate = Fate::Fail(DeliveryFailure::KeyTaken);
    }
    Ok(plan)
}

fn version_of(
    conn: &mut Conn,
    scope: &PartnerScope,
    target: &Target,
    wanted: Option<&ApplicationVersionId>,
) -> Result<ApplicationVersion> {
    let Some(wanted) = wanted else {
        return published(conn, &target.order);
    };
    let found = application_version::find(conn, scope, wanted)?;
    let own = found.filter(|it| it.application_id == target.order.application_id);
    let sendable = own.filter(|it| it.status == VersionStatus::Published);
    Ok(sendable.ok_or_else(|| Refusal::invalid("versionId", Problem::Unknown))?)
}

/// The components in the order of the version. Every key that names none is told at once.
fn chosen(conn: &mut Conn, version: &ApplicationVersion, keys: &[String]) -> Result<Vec<ComponentHead>> {
    if keys.is_empty() {
        return Err(Refusal::invalid("componentKeys", Problem::NothingToSend).into());
    }
    let mut heads = application_component::heads(conn, std::slice::from_ref(&version.id))?;
    heads.retain(|head| head.kind == ComponentKind::CustomComponent);
    let known: HashSet<&str> = heads.iter().map(|head| head.key.as_str()).collect();
    let mut named = HashSet::new();
    let mut issues = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let problem = match known.contains(key.as_str()) {
            _ if !named.insert(key.as_str()) => Problem::Repeated,
            false => Problem::Unknown,
            true => continue,
        };
        issues.push(Issue::new(&format!("componentKeys.{index}"), problem));
    }
    Refusal::unless_valid(issues)?;
    heads.retain(|head| named.contains(head.key.as_str()));
    Ok(heads)
}
