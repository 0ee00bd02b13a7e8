//! Taking an overwrite of pages back (D16), by the partner or the customer: what the customer changed since, and the delivery that
//! puts everything back as it was. Records stay as they are.

use std::collections::HashMap;

use serde_json::json;

use super::follow::{Follower, Item, Target, begin, still_there};
use super::{looked_after, sides};
use crate::auth::viewer::Viewer;
use crate::domain::component::ComponentKind;
use crate::domain::delivery::{DeliveryAction, DeliveryKind};
use crate::domain::id::{DeliveryId, InstanceId};
use crate::domain::locale::Text;
use crate::domain::order::OrderParty;
use crate::domain::preflight::SkipReason;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery};
use crate::store::instance_component::{self, Head};
use crate::store::{Error, Fault, Result, Tx, instance, order, page_change, record, replaced_page};

/// What a rollback would do to one page.
#[derive(Clone, Debug)]
pub struct RollbackPage {
    pub key: String,
    pub kind: ComponentKind,
    /// As it is called once it is put back.
    pub name: String,
    /// Why it stays as it is.
    pub stays: Option<SkipReason>,
    /// What the customer changed since, which is gone with it.
    pub changes: Vec<Text>,
    /// Records that were added since; they stay.
    pub new_records: i64,
}

/// What a rollback would do.
#[derive(Clone, Debug)]
pub struct RollbackReport {
    pub overwrite: Delivery,
    pub pages: Vec<RollbackPage>,
}

/// An overwrite that the viewer may take back, with its instance.
fn overwrite(conn: &mut Conn, viewer: &Viewer, id: &DeliveryId) -> Result<(Delivery, InstanceId)> {
    let (found, side) = looked_after(conn, viewer, id)?;
    let later = delivery::later_than(conn, &found)?;
    found.attempt().roll_back(&later)?;
    let missing = || Fault::Inconsistent {
        table: "deliveries",
        row: found.id.to_string(),
        what: "it replaced pages of no instance".to_owned(),
    };
    let instance_id = found.instance_id.clone().ok_or_else(missing)?;
    if side == OrderParty::Customer {
        // What the customer may not see is not theirs to take back.
        instance::get(conn, &viewer.customer_admin()?, &instance_id)?;
    }
    still_there(conn, &instance_id, DeliveryAction::RollBack.as_str())?;
    Ok((found, instance_id))
}

/// D16: what taking an overwrite back would do, and what the customer changed since. Nothing is written.
pub fn report(conn: &mut Conn, viewer: &Viewer, id: &DeliveryId) -> Result<RollbackReport> {
    let (found, instance_id) = overwrite(conn, viewer, id)?;
    let there: HashMap<String, Head> = instance_component::heads(conn, &instance_id)?
        .into_iter()
        .map(|head| (head.key.clone(), head))
        .collect();
    let mut changed = page_change::of_customer(conn, &found.id, &instance_id)?;
    let since = found.started_at.unwrap_or(found.created_at);
    let mut pages = Vec::new();
    for page in replaced_page::waiting(conn, &found.id)? {
        pages.push(RollbackPage {
            stays: match there.get(&page.key) {
                None => Some(SkipReason::RemovedSince),
                Some(head) if head.delivery_id != found.id => Some(SkipReason::SentSince),
                Some(_) => None,
            },
            changes: changed
                .remove(&page.key)
                .map(|diff| diff.sentences())
                .unwrap_or_default(),
            new_records: match page.kind {
                ComponentKind::FormPage => record::count_since(conn, &instance_id, &page.key, since)?,
                _ => 0,
            },
            key: page.key,
            kind: page.kind,
            name: page.name,
        });
    }
    Ok(RollbackReport {
        overwrite: found,
        pages,
    })
}

/// D16: takes an overwrite back. The work is a delivery of its own: durable, and never done twice.
pub fn roll_back(tx: &mut Tx<'_>, viewer: &Viewer, id: &DeliveryId) -> Result<Delivery> {
    let (found, instance_id) = overwrite(tx.conn, viewer, id)?;
    delivery::require_idle(tx.conn, found.order()?.as_str())?;
    let pages = replaced_page::waiting(tx.conn, &found.id)?;
    let items = (0..).zip(pages).map(|(position, page)| Item {
        key: page.key,
        position,
        kind: page.kind,
        name: page.name,
        sample_rows: 0,
        skipped: None,
        acknowledged: None,
    });
    let follower = Follower {
        kind: DeliveryKind::Rollback,
        version_id: found.version_id.clone(),
        version_number: found.version_number.clone(),
        include_sample_data: false,
        folder: None,
        rolls_back_id: Some(found.id.clone()),
        items: items.collect(),
        noted: json!({}),
    };
    let target = Target {
        order: order::get(tx.conn, found.order()?)?,
        instance_id,
    };
    begin(tx, viewer, &target, follower)
}

/// A refusal for ids that name no delivery, of a role that may take nothing back.
pub fn nothing(viewer: &Viewer) -> Error {
    match sides(viewer) {
        Ok(_) => Refusal::not_found().into(),
        Err(refused) => refused,
    }
}
