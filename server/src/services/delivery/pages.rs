//! Sending pages (D16): what changed since they were delivered, new pages into a folder of their own, and overwriting those that
//! are there once their changes were acknowledged.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::follow::{Follower, Item, Target, send, target};
use super::published;
use crate::auth::viewer::Viewer;
use crate::domain::delivery::DeliveryKind;
use crate::domain::id::OrderId;
use crate::domain::locale::Locale;
use crate::domain::message::Code;
use crate::domain::order::OrderAction;
use crate::domain::page_change::PageChangeKind;
use crate::domain::preflight::{DeliveryFailure, Fate, Plan, PlannedItem, SAMPLE_ROWS, SendOptions, SkipReason};
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::store::application_component::{self, ComponentHead};
use crate::store::application_version::ApplicationVersion;
use crate::store::conn::Conn;
use crate::store::delivery::Delivery;
use crate::store::page_change::{self, PageChange};
use crate::store::preflight::{self, Extent, Send};
use crate::store::{Result, Tx, instance_component, record};

/// The pages of the version that is published now, compared with the customer's.
#[derive(Clone, Debug)]
pub struct PageChanges {
    pub version_number: String,
    /// What an overwrite acknowledges.
    pub digest: String,
    pub pages: Vec<PageChange>,
}

/// D16: what sending the pages of an order would change, page by page. `in_words` says of which pages the changes are told.
pub fn changes(
    conn: &mut Conn,
    viewer: &Viewer,
    order_id: &OrderId,
    in_words: impl Fn(&str) -> bool,
) -> Result<PageChanges> {
    let target = target(conn, &viewer.partner()?, order_id, OrderAction::SendPages)?;
    let version = published(conn, &target.order)?;
    compared(conn, &target, &version, in_words)
}

fn compared(
    conn: &mut Conn,
    target: &Target,
    version: &ApplicationVersion,
    in_words: impl Fn(&str) -> bool,
) -> Result<PageChanges> {
    let pages = page_change::of_instance(conn, &version.id, &target.instance_id, in_words)?;
    Ok(PageChanges {
        version_number: version.number.clone(),
        digest: page_change::digest_of(&version.id, &pages),
        pages,
    })
}

/// New pages to be sent.
#[derive(Clone, Debug, Default)]
pub struct NewPages {
    /// Keys; nothing means every page that the instance never had. A page that the customer removed is sent only by its key.
    pub keys: Option<Vec<String>>,
    pub include_sample_data: bool,
}

/// D16, 增量: sends pages that are new since the last send into one new folder at the bottom of the instance.
pub fn send_new(tx: &mut Tx<'_>, viewer: &Viewer, order_id: &OrderId, new: &NewPages) -> Result<Delivery> {
    let target = target(tx.conn, &viewer.partner()?, order_id, OrderAction::SendPages)?;
    let version = published(tx.conn, &target.order)?;
    let chosen = chosen(tx.conn, &target, &version, DeliveryKind::NewPages, new.keys.as_deref())?;
    let rows: HashMap<String, i64> = match new.include_sample_data {
        true => application_component::sample_row_counts(tx.conn, &version.id)?
            .into_iter()
            .collect(),
        false => HashMap::new(),
    };
    let again: Vec<&str> = chosen
        .iter()
        .filter(|it| it.page.change == PageChangeKind::DeletedByCustomer)
        .map(|it| it.head.key.as_str())
        .collect();
    // What comes back has its records, those of sample data among them.
    let sampled = record::with_samples(tx.conn, &target.instance_id, &again)?;
    let travelling = |key: &str| match sampled.contains(key) {
        true => 0,
        false => rows.get(key).copied().unwrap_or(0).min(i64::from(SAMPLE_ROWS)),
    };
    let first = instance_component::next_position(tx.conn, &target.instance_id)?;
    let items = (first..).zip(&chosen).map(|(position, chosen)| Item {
        sample_rows: i32::try_from(travelling(&chosen.head.key)).unwrap_or(i32::MAX),
        ..Item::of(&chosen.head, position)
    });
    let follower = Follower {
        kind: DeliveryKind::NewPages,
        version_id: version.id.clone(),
        version_number: version.number.clone(),
        include_sample_data: new.include_sample_data,
        folder: Some(new_folder(tx.conn, &target, &version, viewer.locale)?),
        rolls_back_id: None,
        items: items.collect(),
        noted: json!({ "includeSampleData": new.include_sample_data, "sentAgain": again }),
    };
    send(tx, viewer, &target, follower)
}

/// A folder that the instance does not have yet; its name says the version.
fn new_folder(conn: &mut Conn, target: &Target, version: &ApplicationVersion, locale: Locale) -> Result<String> {
    let number = &version.number;
    let name = match locale {
        Locale::ZhCn => format!("新增页面 {number}"),
        Locale::En => format!("New pages {number}"),
    };
    let taken: HashSet<String> = instance_component::folders(conn, &target.instance_id)?
        .into_iter()
        .collect();
    let numbered = (2..).map(|again| format!("{name} ({again})"));
    let free = std::iter::once(name.clone())
        .chain(numbered)
        .find(|it| !taken.contains(it));
    Ok(free.unwrap_or(name))
}

/// Pages to be overwritten.
#[derive(Clone, Debug, Default)]
pub struct OverwrittenPages {
    /// Keys; nothing means every page that the version changed, and those that the customer removed, which then fail.
    pub keys: Option<Vec<String>>,
    /// The digest of the changes that were shown and acknowledged.
    pub acknowledged: Option<String>,
}

/// D16, 存量: replaces delivered pages by their identity. What was acknowledged must be what is there now.
pub fn overwrite(tx: &mut Tx<'_>, viewer: &Viewer, order_id: &OrderId, pages: &OverwrittenPages) -> Result<Delivery> {
    let target = target(tx.conn, &viewer.partner()?, order_id, OrderAction::SendPages)?;
    let version = published(tx.conn, &target.order)?;
    let now = compared(tx.conn, &target, &version, |_| false)?;
    if pages.acknowledged.as_ref() != Some(&now.digest) {
        return Err(Refusal::rule(Code::AcknowledgementRequired)
            .at("acknowledgedDigest")
            .into());
    }
    let kind = DeliveryKind::OverwritePages;
    let chosen = of_keys(tx.conn, &version, kind, now.pages, pages.keys.as_deref())?;
    let items = (0..).zip(&chosen).map(|(position, chosen)| Item {
        skipped: (chosen.page.change == PageChangeKind::Unchanged).then_some(SkipReason::Unchanged),
        acknowledged: chosen.page.fingerprint.clone(),
        ..Item::of(&chosen.head, position)
    });
    let follower = Follower {
        kind,
        version_id: version.id.clone(),
        version_number: version.number.clone(),
        include_sample_data: false,
        folder: None,
        rolls_back_id: None,
        items: items.collect(),
        noted: json!({ "acknowledgedDigest": now.digest }),
    };
    send(tx, viewer, &target, follower)
}

/// D14: what sending pages would do to the customer's organisation now. Nothing is written.
pub fn dry_run(
    conn: &mut Conn,
    viewer: &Viewer,
    order_id: &OrderId,
    kind: DeliveryKind,
    keys: Option<&[String]>,
    include_sample_data: bool,
) -> Result<Plan> {
    let target = target(conn, &viewer.partner()?, order_id, OrderAction::SendPages)?;
    let version = published(conn, &target.order)?;
    let chosen = chosen(conn, &target, &version, kind, keys)?;
    let arriving = chosen.iter().filter(|it| it.stays_out(kind).is_none());
    let keys: HashSet<String> = arriving.map(|it| it.head.key.clone()).collect();
    let send = Send {
        version_id: &version.id,
        partner_id: &target.order.partner_id,
        customer_id: &target.order.customer_id,
        options: SendOptions {
            include_sample_data: include_sample_data && kind == DeliveryKind::NewPages,
            ..SendOptions::default()
        },
        extent: Extent::Chosen {
            keys: &keys,
            instance: &target.instance_id,
        },
    };
    let plan = preflight::of_send(conn, &send)?;
    let mut arriving = plan.items.into_iter();
    let items = chosen.into_iter().filter_map(|it| match it.stays_out(kind) {
        None => arriving.next(),
        Some(fate) => Some(PlannedItem {
            key: it.head.key,
            kind: it.head.kind,
            name: it.head.name,
            fate,
        }),
    });
    Ok(Plan {
        items: items.collect(),
        ..plan
    })
}

/// A page that is to be sent.
struct Chosen {
    head: ComponentHead,
    page: PageChange,
}

impl Chosen {
    /// What becomes of it where it does not arrive.
    fn stays_out(&self, kind: DeliveryKind) -> Option<Fate> {
        match self.page.change {
            PageChangeKind::Unchanged => Some(Fate::Skip(SkipReason::Unchanged)),
            PageChangeKind::DeletedByCustomer if kind == DeliveryKind::OverwritePages => {
                Some(Fate::Fail(DeliveryFailure::RemovedByCustomer))
            }
            _ => None,
        }
    }
}

fn chosen(
    conn: &mut Conn,
    target: &Target,
    version: &ApplicationVersion,
    kind: DeliveryKind,
    keys: Option<&[String]>,
) -> Result<Vec<Chosen>> {
    let pages = page_change::of_instance(conn, &version.id, &target.instance_id, |_| false)?;
    of_keys(conn, version, kind, pages, keys)
}

/// The pages of a delivery in the order of the version: those named, else those that this kind of delivery is for. Every
/// name that does not fit is told at once.
fn of_keys(
    conn: &mut Conn,
    version: &ApplicationVersion,
    kind: DeliveryKind,
    pages: Vec<PageChange>,
    keys: Option<&[String]>,
) -> Result<Vec<Chosen>> {
    let is_new = kind == DeliveryKind::NewPages;
    let in_version = pages
        .into_iter()
        .filter(|page| page.change != PageChangeKind::NotInVersion);
    let mut pages: HashMap<String, PageChange> = in_version.map(|page| (page.key.clone(), page)).collect();
    if let Some(keys) = keys {
        let mut issues = Vec::new();
        let mut named = HashSet::new();
        for (index, key) in keys.iter().enumerate() {
            let problem = match pages.get(key).map(|page| page.change) {
                _ if !named.insert(key.as_str()) => Some(Problem::Repeated),
                None => Some(Problem::Unknown),
                Some(change) if is_new && !change.can_be_new() => Some(Problem::PageDelivered),
                Some(PageChangeKind::New) if !is_new => Some(Problem::PageNotDelivered),
                Some(_) => None,
            };
            issues.extend(problem.map(|problem| Issue::new(&format!("pageKeys.{index}"), problem)));
        }
        Refusal::unless_valid(issues)?;
        pages.retain(|key, _| named.contains(key.as_str()));
    } else if is_new {
        pages.retain(|_, page| page.change == PageChangeKind::New);
    } else {
        pages.retain(|_, page| page.change.is_overwritten());
    }
    if pages.is_empty() {
        return Err(Refusal::invalid("pageKeys", Problem::NothingToSend).into());
    }
    let heads = application_component::heads(conn, std::slice::from_ref(&version.id))?;
    let chosen = heads.into_iter().filter_map(|head| {
        let page = pages.remove(&head.key)?;
        Some(Chosen { head, page })
    });
    Ok(chosen.collect())
}
