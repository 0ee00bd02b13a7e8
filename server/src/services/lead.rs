//! Leads (L24): what people agree to pass on becomes a lead of the product's partner, inside the product's daily cap, and is given to the
//! pre-sales contact who has the least to do. Who comes the same way again while a lead is open adds to it.

use std::collections::HashMap;

use crate::auth::viewer::{MemberScope, PartyScope, Viewer};
use crate::domain::contact::Mobile;
use crate::domain::id::{LeadId, ProductId, UserId};
use crate::domain::lead::{Consultation, LeadAction, LeadEventKind, LeadSource, LeadStatus};
use crate::domain::lead_export::LeadLine;
use crate::domain::message::Code;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::order::OrderParty;
use crate::domain::organization::Role;
use crate::domain::problem::Problem;
use crate::domain::product_content::ProductContent;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::domain::working_day;
use crate::services::market;
use crate::store::conn::Conn;
use crate::store::lead::{self, Lead, LeadEvent, LeadFilter};
use crate::store::notification::{self, Recipients};
use crate::store::page::{Page, PageRequest};
use crate::store::product::Product;
use crate::store::{Result, Tx, membership, organization, product, product_revision};

/// From what a lead arises.
#[derive(Clone, Debug)]
pub struct Origin {
    pub source: LeadSource,
    pub said: Consultation,
    /// Of the promotion link through which the person came.
    pub channel_code: Option<String>,
}

/// Somebody of a customer asks the partner of a product that they see on the marketplace, or by the promotion link that they came by. Where
/// the day's cap is reached they are told so.
pub fn consult(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProductId,
    said: Consultation,
    promotion: Option<&str>,
) -> Result<Lead> {
    viewer.customer()?;
    let (_, channel_code) = market::asked_for(tx, viewer, id, promotion)?;
    let source = match promotion {
        Some(_) => LeadSource::Promotion,
        None => LeadSource::Consultation,
    };
    let origin = Origin {
        source,
        said,
        channel_code,
    };
    let noted = arise(tx, viewer, id, origin)?;
    Ok(noted.ok_or_else(|| Refusal::rule(Code::LeadsExhausted))?)
}

/// Notes what somebody agreed to pass on beside something else that they did, which goes on where the day's cap is reached.
pub fn arise(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId, origin: Origin) -> Result<Option<Lead>> {
    let scope = viewer.member()?;
    let of = product::get(tx.conn, id)?;
    let Some(revision) = of.approved_revision_id.clone() else {
        return Ok(None);
    };
    let content = product_revision::get(tx.conn, &revision)?.parsed()?;
    let key = lead::open_key(id, &scope.user_id, &scope.organization_id, origin.source);
    if let Some(open) = lead::open_of(tx.conn, &key)? {
        return add(tx, &scope, open, &origin.said).map(Some);
    }
    if is_full(tx, &content, id)? {
        return Ok(None);
    }
    let made = Lead {
        assigned_to: least_busy(tx.conn, &of, &content)?,
        open_key: Some(key),
        ..new(tx, &scope, &of, origin)?
    };
    lead::insert(tx, &made)?;
    lead::record(tx, &made, None, LeadEventKind::Created, &scope.user_id, &made.message)?;
    tell_partner(tx, &made)?;
    Ok(Some(made))
}

fn new(tx: &mut Tx<'_>, scope: &MemberScope, of: &Product, origin: Origin) -> Result<Lead> {
    let person = membership::user(tx.conn, &scope.user_id)?;
    let customer = organization::get(tx.conn, &scope.organization_id)?;
    Ok(Lead {
        id: tx.id(),
        product_id: of.id.clone(),
        product_name: of.name.clone(),
        partner_id: of.organization_id.clone(),
        customer_id: customer.id,
        user_id: person.id,
        source: origin.source,
        channel_code: origin.channel_code,
        organization_name: customer.name,
        person_name: person.name,
        email: person.email,
        phone: origin.said.phone,
        message: origin.said.message,
        status: LeadStatus::New,
        lost_reason: String::new(),
        assigned_to: None,
        created_at: tx.now,
        contacted_at: None,
        closed_at: None,
        open_key: None,
        version: 1,
    })
}

/// What was asked again stands in the timeline; a number that was not given before is kept.
fn add(tx: &mut Tx<'_>, scope: &MemberScope, open: Lead, said: &Consultation) -> Result<Lead> {
    let phone = match said.phone.is_empty() {
        true => open.phone.clone(),
        false => said.phone.clone(),
    };
    let after = Lead { phone, ..open.clone() };
    let saved = lead::update(tx, &open, after)?;
    let kind = LeadEventKind::AskedAgain;
    lead::record(tx, &saved, Some(open.status), kind, &scope.user_id, &said.message)?;
    tell_partner(tx, &saved)?;
    Ok(saved)
}

/// L24: whether as many leads arose today, by the day in Shanghai, as the product's audience takes.
fn is_full(tx: &mut Tx<'_>, content: &ProductContent, id: &ProductId) -> Result<bool> {
    let Some(most) = content.audience.daily_trials else {
        return Ok(false);
    };
    let since = working_day::day_start(working_day::local_day(tx.now.utc()));
    Ok(lead::since(tx.conn, id, since)? >= i64::from(most))
}

/// Of the product's pre-sales contacts who are still with the partner the one with the fewest open leads, in their order.
fn least_busy(conn: &mut Conn, of: &Product, content: &ProductContent) -> Result<Option<UserId>> {
    let contacts = contacts(conn, of, content)?;
    let open: HashMap<UserId, i64> = lead::open_counts(conn, &contacts)?
        .into_iter()
        .filter_map(|(person, count)| Some((person?, count)))
        .collect();
    let busy = |person: &UserId| open.get(person).copied().unwrap_or_default();
    Ok(contacts.iter().min_by_key(|person| busy(person)).cloned())
}

/// The pre-sales contacts of a product who are still with the partner, in their order.
fn contacts(conn: &mut Conn, of: &Product, content: &ProductContent) -> Result<Vec<UserId>> {
    let active = membership::active_among(conn, &of.organization_id, &content.contact_ids)?;
    let there = |person: &&UserId| active.contains(person);
    Ok(content.contact_ids.iter().filter(there).cloned().collect())
}

/// Whoever looks after it, or the admins where nobody does.
fn tell_partner(tx: &mut Tx<'_>, of: &Lead) -> Result<()> {
    let notice = Notice::LeadArose {
        customer: of.organization_name.clone(),
        person: of.person_name.clone(),
        product: of.product_name.clone(),
        source: of.source,
    };
    let to = match &of.assigned_to {
        Some(person) => Recipients::Person(&of.partner_id, person),
        None => Recipients::Holders(&of.partner_id, Role::PartnerAdmin),
    };
    notification::notify(tx, to, of.id.as_str(), &notice).map(drop)
}

fn side(viewer: &Viewer, party: OrderParty) -> Result<PartyScope> {
    Ok(match party {
        OrderParty::Partner => PartyScope::Partner(viewer.partner()?),
        OrderParty::Customer => PartyScope::Customer(viewer.customer()?),
    })
}

/// A page of leads: those of the acting partner, or what the acting organisation passed on.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &LeadFilter,
    page: &PageRequest,
) -> Result<Page<Lead>> {
    lead::list(conn, &side(viewer, party)?, filter, page)
}

/// How many leads [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, party: OrderParty, filter: &LeadFilter) -> Result<i64> {
    lead::count(conn, &side(viewer, party)?, filter)
}

/// A lead of either side.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &LeadId) -> Result<Option<Lead>> {
    for scope in viewer.service_parties()? {
        if let Some(found) = lead::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The steps of a lead that the viewer was shown, which its partner alone reads.
pub fn events(conn: &mut Conn, viewer: &Viewer, of: &Lead, page: &PageRequest) -> Result<Page<LeadEvent>> {
    match is_partner(viewer, of) {
        true => lead::events(conn, &of.id, page),
        false => Err(Refusal::no_permission().into()),
    }
}

/// Whether the viewer looks at a lead that they were shown as its partner.
pub fn is_partner(viewer: &Viewer, of: &Lead) -> bool {
    viewer.organization_id == of.partner_id && viewer.partner().is_ok()
}

/// What the viewer can do with a lead that they were shown.
pub fn actions(viewer: &Viewer, of: &Lead) -> Vec<LeadAction> {
    match is_partner(viewer, of) {
        true => of.status.available_actions(viewer.partner_admin().is_ok()),
        false => Vec::new(),
    }
}

fn seen(tx: &mut Tx<'_>, viewer: &Viewer, id: &LeadId) -> Result<Lead> {
    let scope = PartyScope::Partner(viewer.partner()?);
    Ok(lead::find(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?)
}

/// An admin of the partner gives an open lead to one of its people.
pub fn assign(tx: &mut Tx<'_>, viewer: &Viewer, id: &LeadId, person: &str) -> Result<Lead> {
    let scope = viewer.partner_admin()?;
    let before = seen(tx, viewer, id)?;
    let status = before.status.apply(LeadAction::Assign)?;
    let unknown = || Refusal::invalid("userId", Problem::Unknown);
    let person: UserId = person.parse().map_err(|_| unknown())?;
    let found = membership::active_among(tx.conn, &scope.organization_id, std::slice::from_ref(&person))?;
    if found.is_empty() {
        return Err(unknown().into());
    }
    let after = Lead {
        assigned_to: Some(person),
        ..before.clone()
    };
    let saved = lead::update(tx, &before, after)?;
    lead::record(tx, &saved, Some(status), LeadAction::Assign.event(), &scope.user_id, "")?;
    notification::answered(tx, saved.id.as_str(), &[NotificationKind::LeadArose])?;
    tell_partner(tx, &saved)?;
    Ok(saved)
}

/// Somebody of the partner says how a lead stands. The person learns that the partner is in touch, and nothing more.
pub fn step(tx: &mut Tx<'_>, viewer: &Viewer, id: &LeadId, action: LeadAction, note: &str) -> Result<Lead> {
    let scope = viewer.partner()?;
    let before = seen(tx, viewer, id)?;
    let status = before.status.apply(action)?;
    let note = action.note(note)?;
    let contacted = status == LeadStatus::Contacted;
    let after = Lead {
        status,
        contacted_at: before.contacted_at.or(contacted.then_some(tx.now)),
        closed_at: (!status.is_open()).then_some(tx.now),
        open_key: before.open_key.clone().filter(|_| status.is_open()),
        lost_reason: if status == LeadStatus::Lost {
            note.clone()
        } else {
            String::new()
        },
        assigned_to: before.assigned_to.clone().or(Some(scope.user_id.clone())),
        ..before.clone()
    };
    let saved = lead::update(tx, &before, after)?;
    lead::record(tx, &saved, Some(before.status), action.event(), &scope.user_id, &note)?;
    notification::answered(tx, saved.id.as_str(), &[NotificationKind::LeadArose])?;
    if contacted {
        tell_person(tx, viewer, &saved)?;
    }
    Ok(saved)
}

fn tell_person(tx: &mut Tx<'_>, viewer: &Viewer, of: &Lead) -> Result<()> {
    let notice = Notice::LeadTaken {
        partner: organization::get(tx.conn, &of.partner_id)?.name,
        person: membership::user(tx.conn, &viewer.user_id)?.name,
        product: of.product_name.clone(),
    };
    let person = Recipients::Member(&of.customer_id, &of.user_id);
    notification::notify(tx, person, of.id.as_str(), &notice).map(drop)
}

/// A page of the acting partner's leads as lines of a table, with the key of its last.
pub fn lines(
    conn: &mut Conn,
    viewer: &Viewer,
    filter: &LeadFilter,
    page: &PageRequest,
) -> Result<(Vec<LeadLine>, Option<String>)> {
    let found = list(conn, viewer, OrderParty::Partner, filter, page)?;
    let next = found
        .rows
        .last()
        .filter(|_| found.has_next)
        .map(|last| last.id.to_string());
    let people: Vec<UserId> = found.rows.iter().filter_map(|row| row.assigned_to.clone()).collect();
    let names: HashMap<UserId, String> = membership::users_by_ids(conn, &people)?
        .into_iter()
        .map(|user| (user.id, user.name))
        .collect();
    let line = |row: Lead| LeadLine {
        assigned_to: row
            .assigned_to
            .as_ref()
            .and_then(|person| names.get(person).cloned())
            .unwrap_or_default(),
        organization_name: row.organization_name,
        person_name: row.person_name,
        email: row.email,
        phone: Mobile::parse(&row.phone).map_or(row.phone, |mobile| mobile.to_string()),
        product_name: row.product_name,
        source: row.source,
        channel_code: row.channel_code.unwrap_or_default(),
        message: row.message,
        status: row.status,
        lost_reason: row.lost_reason,
        created_at: row.created_at,
        contacted_at: row.contacted_at,
        closed_at: row.closed_at,
    };
    Ok((found.rows.into_iter().map(line).collect(), next))
}
