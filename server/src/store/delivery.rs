//! Deliveries; their items are `delivery_item`. Readers are the partner that sends and the admins of the customer that receives; writers are
//! the engine (`services::deliver`) and the partner's commands.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::job::{self, NewJob};
use super::license::License;
use super::notification::{self, Recipients};
use super::occasion::{self, Occasion};
use super::order::{self, Happened, Order};
use super::schema::{deliveries, orders};
use super::self_test::SelfTest;
use super::{Fault, Result, Signal, Tx, application, delivery_item, organization, rollout};
use crate::auth::viewer::{PartnerScope, PartyScope};
use crate::domain::delivery::sequence::Attempt;
use crate::domain::delivery::{DeliveryKind, DeliveryStatus, DeliveryStep};
use crate::domain::id::{
    ApplicationVersionId, DeliveryId, InstanceId, LicenseId, OrderId, OrganizationId, ProjectId, UserId,
};
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::message::Code;
use crate::domain::notification::Notice;
use crate::domain::order::SendStatus;
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};
use crate::domain::organization::Role;
use crate::domain::preflight::{ContentRules, DeliveryFailure, DeliveryWarning, SendOptions};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;

/// A delivery.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deliveries, treat_none_as_null = true)]
pub struct Delivery {
    pub id: DeliveryId,
    /// Nothing for a self-test (L2) and for a license (L16).
    pub order_id: Option<OrderId>,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    pub kind: DeliveryKind,
    pub status: DeliveryStatus,
    /// The snapshot that is sent (D18).
    pub version_id: ApplicationVersionId,
    pub version_number: String,
    /// Once the first item is about to be written.
    pub instance_id: Option<InstanceId>,
    pub include_sample_data: bool,
    pub include_connectors: bool,
    pub open_edit_permission: bool,
    /// Items in all.
    pub total: i32,
    pub done: i32,
    pub skipped: i32,
    pub failed: i32,
    /// JSON, see [`Delivery::parsed_failures`].
    pub failures: String,
    /// JSON, see [`Delivery::parsed_warnings`].
    pub warnings: String,
    pub created_by: UserId,
    pub created_at: Instant,
    pub started_at: Option<Instant>,
    pub finished_at: Option<Instant>,
    /// The order's id while unfinished: one delivery at a time (D18).
    pub active_key: Option<String>,
    /// Grows with every change.
    pub version: i32,
    /// For which organisation the person acted.
    pub created_by_organization_id: OrganizationId,
    /// Of new pages: the folder that is made for them. Of a license: the one of forms that bring rows along (L16).
    pub folder: Option<String>,
    /// Of a rollback: the overwrite that it takes back.
    pub rolls_back_id: Option<DeliveryId>,
    /// Of an overwrite: the rollback that took it back.
    pub rolled_back_by_id: Option<DeliveryId>,
    /// L16: what was bought, where it is the first send of that.
    pub license_id: Option<LicenseId>,
}

/// What every delivery says from its beginning; the rest is its occasion's.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    pub kind: DeliveryKind,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    /// The snapshot that is sent (D18).
    pub version_id: ApplicationVersionId,
    pub version_number: String,
    pub created_by: UserId,
    /// For which organisation the person acted.
    pub created_by_organization_id: OrganizationId,
}

impl Delivery {
    /// A delivery as it waits for its first item: it has no occasion yet, nothing is chosen, and nothing counted.
    pub fn waiting(tx: &Tx<'_>, new: NewDelivery) -> Self {
        Self {
            id: tx.id(),
            order_id: None,
            partner_id: new.partner_id,
            customer_id: new.customer_id,
            kind: new.kind,
            status: DeliveryStatus::Queued,
            version_id: new.version_id,
            version_number: new.version_number,
            instance_id: None,
            include_sample_data: false,
            include_connectors: false,
            open_edit_permission: false,
            total: 0,
            done: 0,
            skipped: 0,
            failed: 0,
            failures: "[]".to_owned(),
            warnings: "[]".to_owned(),
            created_by: new.created_by,
            created_at: tx.now,
            started_at: None,
            finished_at: None,
            active_key: None,
            version: 1,
            created_by_organization_id: new.created_by_organization_id,
            folder: None,
            rolls_back_id: None,
            rolled_back_by_id: None,
            license_id: None,
        }
    }

    /// What the partner chose that decides which components travel.
    pub const fn send_options(&self) -> SendOptions {
        SendOptions {
            include_sample_data: self.include_sample_data,
            include_connectors: self.include_connectors,
            rules: match self.license_id {
                Some(_) => ContentRules::Listing,
                None => ContentRules::Distribution,
            },
        }
    }

    /// The order of a delivery that is of a kind which only orders have.
    pub fn order(&self) -> Result<&OrderId> {
        let missing = || Fault::Inconsistent {
            table: "deliveries",
            row: self.id.to_string(),
            what: "pages were sent without an order".to_owned(),
        };
        Ok(self.order_id.as_ref().ok_or_else(missing)?)
    }

    /// As the rules between deliveries look at it.
    pub fn attempt(&self) -> Attempt {
        Attempt {
            kind: self.kind,
            status: self.status,
            done: self.done,
            rolled_back: self.rolled_back_by_id.is_some(),
        }
    }

    /// Why it failed.
    pub fn parsed_failures(&self) -> Result<Vec<DeliveryFailure>> {
        self.read(&self.failures)
    }

    /// What to mind.
    pub fn parsed_warnings(&self) -> Result<Vec<DeliveryWarning>> {
        self.read(&self.warnings)
    }

    fn read<T: serde::de::DeserializeOwned>(&self, text: &str) -> Result<T> {
        serde_json::from_str(text).map_err(|error| {
            let row = self.id.to_string();
            let what = error.to_string();
            let table = "deliveries";
            Fault::Inconsistent { table, row, what }.into()
        })
    }
}

type Boxed<'a> = deliveries::BoxedQuery<'a, Dialect>;

/// Every delivery that the scope may see.
fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = deliveries::table.select(deliveries::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) => query.filter(deliveries::partner_id.eq(partner.organization_id.clone())),
        PartyScope::Customer(customer) if customer.admin => {
            query.filter(deliveries::customer_id.eq(customer.organization_id.clone()))
        }
        PartyScope::Customer(_) => query.filter(deliveries::id.eq("")),
        // Self-tests are the partner's own.
        PartyScope::Reviewer(_) => query.filter(deliveries::order_id.is_not_null()),
    }
}

/// The delivery, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &DeliveryId) -> Result<Option<Delivery>> {
    Ok(visible(scope)
        .filter(deliveries::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// A delivery of the partner's own, or `None`.
pub fn find_own(conn: &mut Conn, scope: &PartnerScope, id: &DeliveryId) -> Result<Option<Delivery>> {
    find(conn, &PartyScope::Partner(scope.clone()), id)
}

/// Deliveries of orders that the viewer was shown already, newest first.
pub fn of_orders(conn: &mut Conn, ids: &[OrderId]) -> Result<Vec<Delivery>> {
    let query = deliveries::table
        .filter(deliveries::order_id.eq_any(ids))
        .order(deliveries::id.desc())
        .select(deliveries::all_columns);
    Ok(query.load(conn)?)
}

/// Deliveries by id, for whoever was shown their order.
pub fn by_ids(conn: &mut Conn, ids: &[DeliveryId]) -> Result<Vec<Delivery>> {
    Ok(deliveries::table
        .filter(deliveries::id.eq_any(ids))
        .select(deliveries::all_columns)
        .load(conn)?)
}

/// One delivery by an id that the system holds already: of a job.
pub fn get(conn: &mut Conn, id: &DeliveryId) -> Result<Delivery> {
    Ok(deliveries::table.find(id).select(deliveries::all_columns).first(conn)?)
}

/// The unfinished delivery of an order, or of another occasion, by its key.
pub fn active_of(conn: &mut Conn, key: &str) -> Result<Option<Delivery>> {
    let query = deliveries::table
        .filter(deliveries::active_key.eq(key))
        .select(deliveries::all_columns);
    Ok(query.first(conn).optional()?)
}

/// D18: nothing with that key may be under way.
pub fn require_idle(conn: &mut Conn, key: &str) -> Result<()> {
    match active_of(conn, key)? {
        None => Ok(()),
        Some(_) => Err(Refusal::rule(Code::DeliveryInProgress).into()),
    }
}

/// The latest send of an order's application that has begun to write an instance.
pub fn begun(conn: &mut Conn, order: &OrderId) -> Result<Option<Delivery>> {
    let query = deliveries::table
        .filter(deliveries::order_id.eq(order))
        .filter(deliveries::kind.eq(DeliveryKind::App))
        .filter(deliveries::instance_id.is_not_null())
        .order(deliveries::id.desc())
        .select(deliveries::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The latest send of the application of each license.
pub fn latest_of_licenses(conn: &mut Conn, licenses: &[LicenseId]) -> Result<Vec<Delivery>> {
    let latest: Vec<Option<DeliveryId>> = deliveries::table
        .filter(deliveries::license_id.eq_any(licenses))
        .filter(deliveries::kind.eq(DeliveryKind::App))
        .group_by(deliveries::license_id)
        .select(diesel::dsl::max(deliveries::id))
        .load(conn)?;
    let latest: Vec<DeliveryId> = latest.into_iter().flatten().collect();
    by_ids(conn, &latest)
}

/// Whether something is under way to any order of a project that the viewer was shown already.
pub fn is_under_way(conn: &mut Conn, project: &ProjectId) -> Result<bool> {
    let of_project = orders::table
        .filter(orders::project_id.eq(project))
        .select(orders::id.nullable());
    let active = deliveries::table
        .filter(deliveries::order_id.eq_any(of_project))
        .filter(deliveries::active_key.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(active)).get_result(conn)?)
}

/// Orders of which a delivery is under way, of those given.
pub fn active_of_orders(conn: &mut Conn, ids: &[OrderId]) -> Result<Vec<OrderId>> {
    let keys = ids.iter().map(OrderId::as_str);
    let query = deliveries::table
        .filter(deliveries::active_key.eq_any(keys))
        .select(deliveries::order_id.assume_not_null());
    Ok(query.load(conn)?)
}

/// What the rules between deliveries need of those that were begun after one.
pub fn later_than(conn: &mut Conn, found: &Delivery) -> Result<Vec<Attempt>> {
    let query = deliveries::table
        .filter(deliveries::order_id.eq(&found.order_id))
        .filter(deliveries::id.gt(&found.id))
        .select(deliveries::all_columns);
    let later: Vec<Delivery> = query.load(conn)?;
    Ok(later.iter().map(Delivery::attempt).collect())
}

/// Makes a delivery.
pub fn insert(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    diesel::insert_into(deliveries::table)
        .values(delivery)
        .execute(tx.conn)?;
    Ok(())
}

/// Queues the work of a delivery that waits.
pub fn enqueue(tx: &mut Tx<'_>, made: &Delivery) -> Result<()> {
    // No key that keeps a second job away: the job of a stopped attempt may still be about to end.
    job::enqueue(tx, NewJob::new(JobKind::Delivery, json!({"deliveryId": made.id})))?;
    tx.signal(Signal::DeliveryMoved(made.id.clone()));
    Ok(())
}

/// Saves a delivery that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Delivery, after: Delivery) -> Result<Delivery> {
    let after = Delivery {
        version: before.version + 1,
        ..after
    };
    let read = deliveries::table
        .filter(deliveries::id.eq(&before.id))
        .filter(deliveries::version.eq(before.version))
        .filter(deliveries::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// D18: lets a delivery wait again from where it stopped, as the only one with the key.
pub fn begin_again(tx: &mut Tx<'_>, found: &Delivery, status: DeliveryStatus, key: String) -> Result<Delivery> {
    delivery_item::requeue_failed(tx, &found.id)?;
    let again = Delivery {
        status,
        failed: 0,
        failures: "[]".to_owned(),
        finished_at: None,
        active_key: Some(key),
        ..found.clone()
    };
    update(tx, found, again)
}

/// How a delivery ends without having succeeded.
#[derive(Clone, Debug)]
pub struct Transition {
    pub step: DeliveryStep,
    pub failures: Vec<DeliveryFailure>,
    /// For the audit log.
    pub action: &'static str,
}

/// The order with the send status that this kind of delivery moves, if it moves any (D15).
pub fn shown(order: &Order, kind: DeliveryKind, status: SendStatus) -> Order {
    match kind {
        DeliveryKind::App => Order {
            app_status: status,
            ..order.clone()
        },
        kind if kind.sends_pages() => Order {
            page_status: status,
            ..order.clone()
        },
        _ => order.clone(),
    }
}

/// Ends a delivery that did not succeed: the order shows how far it came, and another attempt may begin.
pub fn end(tx: &mut Tx<'_>, found: &Delivery, end: Transition) -> Result<Delivery> {
    let ended = Delivery {
        status: found.status.apply(end.step)?,
        failures: serde_json::to_string(&end.failures)?,
        finished_at: Some(tx.now),
        active_key: None,
        ..found.clone()
    };
    let saved = update(tx, found, ended)?;
    let occasion = occasion::of(tx.conn, &saved)?;
    let reached = match saved.done {
        0 => SendStatus::Failed,
        _ => SendStatus::Partial,
    };
    let label = occasion.label(tx.conn, &saved)?;
    if let Occasion::Order(of) = &occasion {
        let after = shown(of, saved.kind, reached);
        order::update(tx, of, after)?;
        add_end(tx, &of.id, &saved)?;
    }
    let before = json!({"status": found.status});
    let after = json!({"status": saved.status, "done": saved.done, "failed": saved.failed, "failures": end.failures});
    audit(tx, &saved, end.action, &label, Some(before), Some(after))?;
    if let Occasion::Upgrade(_) = &occasion {
        rollout::ending::not_upgraded(tx, &saved)?;
    }
    tell(tx, &saved, occasion)?;
    tx.signal(Signal::DeliveryMoved(saved.id.clone()));
    Ok(saved)
}

/// Tells on the order's timeline how a delivery ended.
pub fn add_end(tx: &mut Tx<'_>, order: &OrderId, ended: &Delivery) -> Result<()> {
    let kind = match ended.status {
        DeliveryStatus::Succeeded if ended.kind == DeliveryKind::Rollback => OrderEventKind::RolledBack,
        DeliveryStatus::Succeeded => OrderEventKind::DeliverySucceeded,
        DeliveryStatus::Partial => OrderEventKind::DeliveryPartlySent,
        DeliveryStatus::Cancelled => OrderEventKind::DeliveryCancelled,
        DeliveryStatus::Failed | DeliveryStatus::Queued | DeliveryStatus::Preflight | DeliveryStatus::Sending => {
            OrderEventKind::DeliveryFailed
        }
    };
    let happened = Happened {
        order_id: order,
        kind,
        delivery_id: Some(&ended.id),
        facts: Some(OrderEventFacts::Ended {
            version: ended.version_number.clone(),
            done: ended.done,
            skipped: ended.skipped,
            failed: ended.failed,
            failures: ended.parsed_failures()?,
        }),
    };
    order::add_event(tx, happened)
}

/// Both sides learn how a delivery ended: who asked for it, unless they ended it, and the other side of what arrived.
pub fn tell(tx: &mut Tx<'_>, ended: &Delivery, occasion: Occasion) -> Result<()> {
    let of = match occasion {
        Occasion::Order(of) => *of,
        Occasion::License(license) => return tell_licensee(tx, ended, &license),
        // What came of an upgrade is told with what it did to the application.
        Occasion::Upgrade(_) => return Ok(()),
        Occasion::SelfTest(test) => return tell_tester(tx, ended, &test),
    };
    if ended.kind == DeliveryKind::Rollback {
        return tell_rollback(tx, ended, of);
    }
    if ended.done > 0 && ended.kind != DeliveryKind::App {
        let notice = Notice::PagesReceived {
            delivery: ended.kind,
            partner: organization::get(tx.conn, &ended.partner_id)?.name,
            application: of.application_name.clone(),
        };
        tell_customer(tx, ended, &notice)?;
    }
    let (delivery, customer, application) = (ended.kind, of.customer_name, of.application_name);
    let notice = match ended.status {
        DeliveryStatus::Succeeded => Notice::DeliverySucceeded {
            delivery,
            customer,
            application,
        },
        DeliveryStatus::Partial => Notice::DeliveryPartlySent {
            delivery,
            customer,
            application,
        },
        DeliveryStatus::Failed => Notice::DeliveryFailed {
            delivery,
            customer,
            application,
        },
        DeliveryStatus::Cancelled | DeliveryStatus::Queued | DeliveryStatus::Preflight | DeliveryStatus::Sending => {
            return Ok(());
        }
    };
    let sender = Recipients::Person(&ended.partner_id, &ended.created_by);
    notification::notify(tx, sender, of.id.as_str(), &notice)?;
    Ok(())
}

/// L16: an admin who bought learns of a delivery that did not succeed, and so does the partner.
fn tell_licensee(tx: &mut Tx<'_>, ended: &Delivery, license: &License) -> Result<()> {
    if !matches!(ended.status, DeliveryStatus::Partial | DeliveryStatus::Failed) {
        return Ok(());
    }
    let (customer, product) = (license.organization_name.clone(), license.product_name.clone());
    let notice = Notice::CustomerLicenseNotDelivered {
        customer: customer.clone(),
        product: product.clone(),
    };
    let admins = Recipients::Holders(&license.partner_id, Role::PartnerAdmin);
    notification::notify(tx, admins, license.id.as_str(), &notice)?;
    let admins = Recipients::Holders(&license.organization_id, Role::CustomerAdmin);
    let notice = Notice::LicenseNotDelivered { customer, product };
    notification::notify(tx, admins, license.id.as_str(), &notice)?;
    Ok(())
}

/// Whoever began a self-test learns that its checklist can be answered, or that it cannot.
fn tell_tester(tx: &mut Tx<'_>, ended: &Delivery, test: &SelfTest) -> Result<()> {
    let organization = organization::get(tx.conn, &test.test_organization_id)?.name;
    let application = application::get(tx.conn, &test.application_id)?.name;
    let version = ended.version_number.clone();
    let notice = match ended.status {
        DeliveryStatus::Succeeded => Notice::SelfTestReady {
            organization,
            application,
            version,
        },
        DeliveryStatus::Partial | DeliveryStatus::Failed => Notice::SelfTestNotSent {
            organization,
            application,
            version,
        },
        DeliveryStatus::Cancelled | DeliveryStatus::Queued | DeliveryStatus::Preflight | DeliveryStatus::Sending => {
            return Ok(());
        }
    };
    let tester = Recipients::Person(&ended.partner_id, &ended.created_by);
    notification::notify(tx, tester, test.id.as_str(), &notice)?;
    Ok(())
}

/// The other side learns that pages were put back.
fn tell_rollback(tx: &mut Tx<'_>, ended: &Delivery, of: Order) -> Result<()> {
    if ended.done == 0 && ended.status != DeliveryStatus::Succeeded {
        return Ok(());
    }
    if ended.created_by_organization_id != ended.partner_id {
        let notice = Notice::PagesRolledBackByCustomer {
            customer: of.customer_name,
            application: of.application_name,
        };
        let admins = Recipients::Holders(&ended.partner_id, Role::PartnerAdmin);
        notification::notify(tx, admins, of.id.as_str(), &notice)?;
        return Ok(());
    }
    let notice = Notice::PagesRolledBackByPartner {
        partner: organization::get(tx.conn, &ended.partner_id)?.name,
        application: of.application_name,
    };
    tell_customer(tx, ended, &notice)
}

fn tell_customer(tx: &mut Tx<'_>, ended: &Delivery, notice: &Notice) -> Result<()> {
    if let Some(instance) = &ended.instance_id {
        let admins = Recipients::Holders(&ended.customer_id, Role::CustomerAdmin);
        notification::notify(tx, admins, instance.as_str(), notice)?;
    }
    Ok(())
}

/// Records what happened to a delivery for both organisations.
pub fn audit(
    tx: &mut Tx<'_>,
    delivery: &Delivery,
    action: &'static str,
    label: &str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    let both = Fact {
        organization_id: &delivery.partner_id,
        action,
        object_id: delivery.id.as_str(),
        label,
        before,
        after,
    };
    tx.audit_for_both(&delivery.customer_id, both)
}
