//! The purchase page of a distribution link (D10–D12): what is offered, buying it, and the note that somebody of another
//! organisation tried.

use serde_json::json;

use crate::auth::viewer::{CustomerScope, PartyScope, Viewer};
use crate::domain::distribution_link::barrier;
use crate::domain::instant::Instant;
use crate::domain::link_token::LinkToken;
use crate::domain::message::Code;
use crate::domain::notification::Notice;
use crate::domain::order::SendStatus;
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};
use crate::domain::organization::Role;
use crate::domain::permission::DistributionPermissionStatus;
use crate::domain::preflight::{Plan, SendOptions};
use crate::domain::project::ProjectEventKind;
use crate::domain::purchase::{self, LinkFacts, PurchaseFacts};
use crate::domain::refusal::Refusal;
use crate::store::application::{self, Application};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::distribution_link::{self, DistributionLink};
use crate::store::notification::{self, Recipients};
use crate::store::order::{self, Happened, Order};
use crate::store::organization::{self, Organization};
use crate::store::preflight::{self, Extent, Send};
use crate::store::project::{self, Project};
use crate::store::purchase_mismatch::{self, PurchaseMismatch};
use crate::store::{Result, Tx, file, permission, seat};

/// What a customer admin sees before buying.
#[derive(Clone, Debug)]
pub struct Offer {
    pub application_name: String,
    pub application_summary: String,
    pub version_number: String,
    pub partner_name: String,
    pub customer: Organization,
    pub project_name: String,
    /// By which the customer recognises the contract.
    pub contract_reference: String,
    /// D14: what sending it would do to this organisation now, with nothing more chosen.
    pub plan: Plan,
    /// Orders of this organisation for the same application under the project.
    pub earlier_orders: i64,
    /// How many users are admitted; none for no limit.
    pub seats: Option<i32>,
}

/// A link that was found, with what belongs to it.
struct Found {
    link: DistributionLink,
    project: Project,
    application: Application,
    /// `None` where nothing is published any more.
    version: Option<ApplicationVersion>,
}

/// A purchase that every check of D10 allows.
struct Allowed {
    scope: CustomerScope,
    customer: Organization,
    link: DistributionLink,
    project: Project,
    application: Application,
    version: ApplicationVersion,
}

/// D10, D11: checks the link and shows what would be bought.
pub fn offer(conn: &mut Conn, viewer: &Viewer, token: &str, now: Instant) -> Result<Offer> {
    let allowed = allow(conn, viewer, token, now)?;
    let send = Send {
        version_id: &allowed.version.id,
        partner_id: &allowed.link.organization_id,
        customer_id: &allowed.customer.id,
        options: SendOptions::default(),
        extent: Extent::Whole { begun: None },
    };
    let plan = preflight::of_send(conn, &send)?;
    let partner = organization::get(conn, &allowed.link.organization_id)?;
    Ok(Offer {
        seats: seats(conn, &allowed.link)?,
        earlier_orders: order::count_earlier(conn, &allowed.scope, &allowed.project.id, &allowed.application.id)?,
        contract_reference: contract_reference(conn, &allowed.project)?,
        application_name: allowed.application.name,
        application_summary: allowed.application.summary,
        version_number: allowed.version.number,
        partner_name: partner.name,
        customer: allowed.customer,
        project_name: allowed.project.name,
        plan,
    })
}

/// How many users a link sells the application to; none for no limit.
fn seats(conn: &mut Conn, link: &DistributionLink) -> Result<Option<i32>> {
    let found = seat::of_links(conn, std::slice::from_ref(&link.id))?;
    Ok(found.first().map(|(_, seats)| *seats))
}

/// The name of the contract file without its ending, else the end of the project's id.
fn contract_reference(conn: &mut Conn, project: &Project) -> Result<String> {
    let Some(id) = &project.contract_file_id else {
        let id = project.id.as_str();
        return Ok(id[id.len() - 8..].to_owned());
    };
    let name = file::get(conn, id)?.name;
    Ok(match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name,
    })
}

/// D11: buys. Without an idempotency key (`keyed` is false) a double click answers the first order; buying again on
/// purpose makes another.
pub fn buy(tx: &mut Tx<'_>, viewer: &Viewer, token: &str, keyed: bool) -> Result<Order> {
    let allowed = allow(tx.conn, viewer, token, tx.now)?;
    if !keyed {
        let since = tx.now - purchase::double_click();
        if let Some(first) = order::latest_of(tx.conn, &allowed.scope, &allowed.link.id, since)? {
            return Ok(first);
        }
    }
    let seats = seats(tx.conn, &allowed.link)?;
    let number = order::unused_number(tx, 'D', order::is_number_taken)?;
    let made = Order {
        id: tx.id(),
        search_text: order::searchable(&[
            &allowed.customer.name,
            // The partner may know the customer by the name in the project.
            &allowed.project.customer_name,
            &allowed.application.name,
            &number,
        ]),
        number,
        partner_id: allowed.link.organization_id,
        customer_id: allowed.customer.id,
        project_id: allowed.project.id,
        application_id: allowed.application.id,
        link_id: allowed.link.id,
        application_name: allowed.application.name,
        customer_name: allowed.customer.name,
        ordered_by: viewer.user_id.clone(),
        created_at: tx.now,
        amount_minor: 0,
        currency: allowed.project.contract_currency,
        app_status: SendStatus::NotSent,
        page_status: SendStatus::NotSent,
        full_edit_permission: false,
        instance_id: None,
        version: 1,
    };
    order::insert(tx, &made)?;
    if let Some(seats) = seats {
        seat::set_of_order(tx, &made.id, seats)?;
    }
    project::add_event(tx, &made.project_id, ProjectEventKind::Ordered, Some(&made.number))?;
    let ordered = Happened {
        order_id: &made.id,
        kind: OrderEventKind::Ordered,
        delivery_id: None,
        facts: Some(OrderEventFacts::Version {
            number: allowed.version.number,
        }),
    };
    order::add_event(tx, ordered)?;
    let both = Fact {
        organization_id: &made.partner_id,
        action: "order.created",
        object_id: made.id.as_str(),
        label: &made.number,
        before: None,
        after: Some(json!({"application": made.application_name, "amount": "0", "appStatus": made.app_status})),
    };
    tx.audit_for_both(&made.customer_id, both)?;
    let notice = Notice::OrderCreated {
        customer: made.customer_name.clone(),
        application: made.application_name.clone(),
        number: made.number.clone(),
    };
    let admins = Recipients::Holders(&made.partner_id, Role::PartnerAdmin);
    notification::notify(tx, admins, made.id.as_str(), &notice)?;
    Ok(made)
}

/// An order that the same key made before.
pub fn bought(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<Order> {
    let scope = PartyScope::Customer(viewer.customer_admin()?);
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(order::find(conn, &scope, &id)?.ok_or_else(Refusal::not_found)?)
}

/// D12: notes for the partner that somebody of another organisation tried to buy. The system writes it, not the person:
/// the partner learns neither who it was nor whose. Does nothing where the attempt was no mismatch after all.
pub fn note_mismatch(tx: &mut Tx<'_>, viewer: &Viewer, token: &str) -> Result<()> {
    let (facts, found) = gather(tx.conn, viewer, token, tx.now)?;
    let mismatched = matches!(purchase::check(&facts), Err(refusal) if refusal.code() == Code::OrganizationMismatch);
    let (true, Some(found)) = (mismatched, found) else {
        return Ok(());
    };
    let masked = purchase::masked(&facts.acting_corp_id);
    let interval = purchase::mismatch_interval();
    if purchase_mismatch::was_recorded(tx.conn, &found.link.id, &masked, tx.now, interval)? {
        return Ok(());
    }
    let mismatch = PurchaseMismatch {
        id: tx.id(),
        project_id: found.project.id.clone(),
        link_id: found.link.id,
        masked_corp_id: masked.clone(),
        at: tx.now,
    };
    purchase_mismatch::insert(tx, &mismatch)?;
    project::add_event(tx, &found.project.id, ProjectEventKind::PurchaseMismatch, Some(&masked))?;
    tx.audit(Fact {
        organization_id: &found.project.organization_id,
        action: "project.purchase_mismatched",
        object_id: found.project.id.as_str(),
        label: &found.project.name,
        before: None,
        after: Some(json!({"maskedCorpId": masked})),
    })?;
    let notice = Notice::PurchaseMismatched {
        project: found.project.name.clone(),
        masked_corp_id: masked,
    };
    let creator = Recipients::Person(&found.project.organization_id, &found.project.creator_id);
    notification::notify(tx, creator, found.project.id.as_str(), &notice)?;
    Ok(())
}

fn allow(conn: &mut Conn, viewer: &Viewer, token: &str, now: Instant) -> Result<Allowed> {
    let (facts, found) = gather(conn, viewer, token, now)?;
    purchase::check(&facts)?;
    let found = found.ok_or_else(Refusal::not_found)?;
    Ok(Allowed {
        scope: viewer.customer_admin()?,
        customer: organization::get(conn, &viewer.organization_id)?,
        link: found.link,
        project: found.project,
        application: found.application,
        version: found.version.ok_or_else(Refusal::not_found)?,
    })
}

fn gather(conn: &mut Conn, viewer: &Viewer, token: &str, now: Instant) -> Result<(PurchaseFacts, Option<Found>)> {
    let acting = organization::get(conn, &viewer.organization_id)?;
    let found = find(conn, token)?;
    let link = match &found {
        Some(found) => Some(link_facts(conn, found, now)?),
        None => None,
    };
    let facts = PurchaseFacts {
        link,
        is_customer_admin: viewer.customer_admin().is_ok(),
        acting_corp_id: acting.corp_id,
    };
    Ok((facts, found))
}

fn find(conn: &mut Conn, token: &str) -> Result<Option<Found>> {
    let Some(token) = LinkToken::parse(token) else {
        return Ok(None);
    };
    let Some((link, project)) = distribution_link::by_token_hash(conn, &token.hash())? else {
        return Ok(None);
    };
    Ok(Some(Found {
        application: application::get(conn, &link.application_id)?,
        version: application_version::published(conn, &link.application_id)?,
        link,
        project,
    }))
}

fn link_facts(conn: &mut Conn, found: &Found, now: Instant) -> Result<LinkFacts> {
    let permission = permission::current(conn, &found.link.organization_id)?;
    Ok(LinkFacts {
        status: found.link.status(&found.project, now),
        project_corp_id: found.project.customer_corp_id.clone(),
        partner_permitted: permission.is_some_and(|it| it.status == DistributionPermissionStatus::Granted),
        barrier: barrier(found.application.origin, found.version.is_some()),
    })
}

#[cfg(test)]
mod tests;
