//! Compares the pages of a version with those of an instance (D16). The database finds which differ; only those are read, a few
//! at a time, and put into words where words are wanted. Callers were shown the order or the delivery that the instance is of.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Text};
use serde_json::Value;

use super::conn::Conn;
use super::schema::application_components;
use super::{Result, instance_component, removed_page};
use crate::domain::arrival::{arriving, is_unchanged};
use crate::domain::component::ComponentKind;
use crate::domain::id::{ApplicationVersionId, DeliveryId, InstanceId};
use crate::domain::page_change::{
    PageChangeKind, PageContent, PageDiff, PageFacts, diff, digest, fingerprint, moved_to,
};

/// Pages whose content is in memory at once: each may be a MiB, and is there three times.
const AT_ONCE: usize = 16;

/// What became of one page.
#[derive(Clone, Debug)]
pub struct PageChange {
    pub key: String,
    pub kind: ComponentKind,
    /// In the version, or in the instance where the version has it no more.
    pub name: String,
    pub change: PageChangeKind,
    /// The customer changed it since it was delivered.
    pub customized: bool,
    /// Of a page that differs: what the instance has now.
    pub fingerprint: Option<String>,
    /// Empty unless words were wanted.
    pub diff: PageDiff,
}

/// What identifies all that was shown of a version.
pub fn digest_of(version: &ApplicationVersionId, pages: &[PageChange]) -> String {
    let of = |page| -> (&str, PageChangeKind, Option<&str>) {
        let page: &PageChange = page;
        (&page.key, page.change, page.fingerprint.as_deref())
    };
    digest(version.as_str(), pages.iter().map(of))
}

/// What became of every page: those of the version in its order, then those that it has no more. `in_words` says of which
/// pages the difference is put into words.
pub fn of_instance(
    conn: &mut Conn,
    version: &ApplicationVersionId,
    instance: &InstanceId,
    in_words: impl Fn(&str) -> bool,
) -> Result<Vec<PageChange>> {
    let wanted = heads(conn, version)?;
    let there = instance_component::heads(conn, instance)?;
    let removed = removed_page::of_instances(conn, std::slice::from_ref(instance))?;
    let removed: HashSet<String> = removed.into_values().flatten().map(|page| page.key).collect();
    let present: HashSet<&str> = there.iter().map(|head| head.key.as_str()).collect();
    let mut facts: HashMap<String, Compared> = compared(conn, version, instance)?;
    let mut pages = Vec::with_capacity(wanted.len());
    for (key, kind, name) in &wanted {
        let facts = PageFacts {
            in_version: true,
            in_instance: present.contains(key.as_str()),
            removed: removed.contains(key),
            ..facts.remove(key).map(Compared::facts).unwrap_or_default()
        };
        pages.extend(PageChange::new(key, *kind, name, facts));
    }
    let known: HashSet<&str> = wanted.iter().map(|(key, ..)| key.as_str()).collect();
    for head in there
        .iter()
        .filter(|head| head.kind.is_page() && !known.contains(head.key.as_str()))
    {
        let facts = PageFacts {
            in_instance: true,
            ..PageFacts::default()
        };
        pages.extend(PageChange::new(&head.key, head.kind, &head.name, facts));
    }
    tell(conn, version, instance, &mut pages, in_words)?;
    Ok(pages)
}

impl PageChange {
    fn new(key: &str, kind: ComponentKind, name: &str, facts: PageFacts) -> Option<Self> {
        Some(Self {
            key: key.to_owned(),
            kind,
            name: name.to_owned(),
            change: facts.change()?,
            customized: facts.in_instance && facts.customized,
            fingerprint: None,
            diff: PageDiff::default(),
        })
    }
}

/// Key, kind and name of the pages of a version, in its order.
fn heads(conn: &mut Conn, version: &ApplicationVersionId) -> Result<Vec<(String, ComponentKind, String)>> {
    let query = application_components::table
        .filter(application_components::version_id.eq(version))
        .filter(application_components::kind.eq_any(page_kinds()))
        .order(application_components::position.asc())
        .select((
            application_components::key,
            application_components::kind,
            application_components::name,
        ));
    Ok(query.load(conn)?)
}

fn page_kinds() -> Vec<ComponentKind> {
    ComponentKind::ALL.into_iter().filter(|kind| kind.is_page()).collect()
}

/// How a page of the instance (p), the same page of the version (c) and what had been delivered (s) compare.
#[derive(QueryableByName)]
struct Compared {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Bool)]
    differs: bool,
    #[diesel(sql_type = Bool)]
    developed: bool,
    #[diesel(sql_type = Bool)]
    customized: bool,
}

impl Compared {
    fn facts(self) -> PageFacts {
        PageFacts {
            differs: self.differs,
            developed: self.developed,
            customized: self.customized,
            ..PageFacts::default()
        }
    }
}

/// Compares as text first; the few that differ are compared as what they mean, because a text may be written in two ways.
fn compared(
    conn: &mut Conn,
    version: &ApplicationVersionId,
    instance: &InstanceId,
) -> Result<HashMap<String, Compared>> {
    let query = sql_query(
        "SELECT p.key AS key, \
         (p.definition <> c.definition OR p.name <> c.name OR p.kind <> c.kind) AS differs, \
         (s.definition <> c.definition OR s.name <> c.name OR s.kind <> c.kind) AS developed, \
         (p.definition <> s.definition OR p.name <> s.name OR p.kind <> s.kind) AS customized \
         FROM instance_components p \
         JOIN application_components c ON c.version_id = $1 AND c.key = p.key \
         JOIN deliveries d ON d.id = p.delivery_id \
         JOIN application_components s ON s.version_id = d.version_id AND s.key = p.key \
         WHERE p.instance_id = $2",
    );
    let rows: Vec<Compared> = query.bind::<Text, _>(version).bind::<Text, _>(instance).load(conn)?;
    let mut found: HashMap<String, Compared> = rows.into_iter().map(|row| (row.key.clone(), row)).collect();
    let unequal = |row: &&Compared| row.differs || row.developed || row.customized;
    let keys: Vec<String> = found.values().filter(unequal).map(|row| row.key.clone()).collect();
    for keys in keys.chunks(AT_ONCE) {
        let now = contents(instance_component::contents(conn, instance, keys)?);
        let wanted = arrived(contents(of_version(conn, version, keys)?));
        let delivered = arrived(contents(delivered(conn, instance, keys)?));
        for key in keys {
            let (Some(row), now, wanted, delivered) =
                (found.get_mut(key), now.get(key), wanted.get(key), delivered.get(key))
            else {
                continue;
            };
            row.differs = now != wanted;
            row.developed = delivered != wanted;
            row.customized = now != delivered;
        }
    }
    Ok(found)
}

/// Reads the pages that differ once more, a few at a time: what identifies each now, and what is different in words.
fn tell(
    conn: &mut Conn,
    version: &ApplicationVersionId,
    instance: &InstanceId,
    pages: &mut [PageChange],
    in_words: impl Fn(&str) -> bool,
) -> Result<()> {
    let differs = |page: &PageChange| match page.change {
        PageChangeKind::Changed | PageChangeKind::ChangedByCustomer => true,
        PageChangeKind::New => in_words(&page.key),
        PageChangeKind::Unchanged | PageChangeKind::DeletedByCustomer | PageChangeKind::NotInVersion => false,
    };
    let mut told: Vec<&mut PageChange> = pages.iter_mut().filter(|page| differs(page)).collect();
    for pages in told.chunks_mut(AT_ONCE) {
        let keys: Vec<String> = pages.iter().map(|page| page.key.clone()).collect();
        let now = instance_component::contents(conn, instance, &keys)?;
        let prints = now
            .iter()
            .map(|it| (it.key.clone(), fingerprint(it.kind, &it.name, &it.definition)));
        let mut prints: HashMap<String, String> = prints.collect();
        let now = contents(now);
        let wanted = contents(of_version(conn, version, &keys)?);
        for page in pages.iter_mut() {
            page.fingerprint = prints.remove(&page.key);
            if let Some(wanted) = wanted.get(&page.key).filter(|_| in_words(&page.key)) {
                page.diff = diff(now.get(&page.key).map(Meaning::content), wanted.content());
            }
        }
    }
    Ok(())
}

/// What the customer changed about pages since a delivery brought them, in words; only those that they changed.
pub fn of_customer(conn: &mut Conn, delivery: &DeliveryId, instance: &InstanceId) -> Result<HashMap<String, PageDiff>> {
    let query = sql_query(
        "SELECT p.key AS key \
         FROM instance_components p \
         JOIN deliveries d ON d.id = p.delivery_id \
         JOIN application_components s ON s.version_id = d.version_id AND s.key = p.key \
         WHERE p.instance_id = $1 AND p.delivery_id = $2 \
         AND (p.definition <> s.definition OR p.name <> s.name OR p.kind <> s.kind)",
    );
    let rows: Vec<Key> = query.bind::<Text, _>(instance).bind::<Text, _>(delivery).load(conn)?;
    let keys: Vec<String> = rows.into_iter().map(|row| row.key).collect();
    let mut found = changed_by_customer(conn, instance, &keys)?;
    for (key, folder) in moved(conn, delivery, instance)? {
        found.entry(key).or_default().details.push(moved_to(folder.as_deref()));
    }
    Ok(found)
}

/// Of some components, what the customer changed about them since they were delivered, in words; only those that they changed.
pub fn changed_by_customer(
    conn: &mut Conn,
    instance: &InstanceId,
    keys: &[String],
) -> Result<HashMap<String, PageDiff>> {
    let mut found: HashMap<String, PageDiff> = HashMap::new();
    for keys in keys.chunks(AT_ONCE) {
        let now = contents(instance_component::contents(conn, instance, keys)?);
        for (key, delivered) in arrived(contents(delivered(conn, instance, keys)?)) {
            if let Some(now) = now.get(&key).filter(|now| **now != delivered) {
                found.insert(key, diff(Some(delivered.content()), now.content()));
            }
        }
    }
    Ok(found)
}

/// L17: of every component of a version, how it compares with the instance.
pub fn of_upgrade(
    conn: &mut Conn,
    version: &ApplicationVersionId,
    instance: &InstanceId,
) -> Result<HashMap<String, PageFacts>> {
    let present: HashSet<String> = instance_component::heads(conn, instance)?
        .into_iter()
        .map(|head| head.key)
        .collect();
    let removed = removed_page::of_instances(conn, std::slice::from_ref(instance))?;
    let removed: HashSet<String> = removed.into_values().flatten().map(|page| page.key).collect();
    let mut compared = compared(conn, version, instance)?;
    let keys: Vec<String> = application_components::table
        .filter(application_components::version_id.eq(version))
        .select(application_components::key)
        .load(conn)?;
    let facts = |key: String| {
        let facts = PageFacts {
            in_version: true,
            in_instance: present.contains(&key),
            removed: removed.contains(&key),
            ..compared.remove(&key).map(Compared::facts).unwrap_or_default()
        };
        (key, facts)
    };
    Ok(keys.into_iter().map(facts).collect())
}

/// Pages that stand in another folder than before the overwrite, with the one in which they stand now.
fn moved(conn: &mut Conn, overwrite: &DeliveryId, instance: &InstanceId) -> Result<Vec<(String, Option<String>)>> {
    use super::schema::{instance_components as now, replaced_pages as before};
    let same = before::key.eq(now::key).and(before::delivery_id.eq(overwrite));
    let rows: Vec<(String, Option<String>, Option<String>)> = now::table
        .inner_join(before::table.on(same))
        .filter(now::instance_id.eq(instance))
        .filter(now::delivery_id.eq(overwrite))
        .order(now::key.asc())
        .select((now::key, now::folder, before::folder))
        .load(conn)?;
    let moved = rows.into_iter().filter(|(_, now, before)| now != before);
    Ok(moved.map(|(key, now, _)| (key, now)).collect())
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    key: String,
}

/// The content of some components of a version.
fn of_version(
    conn: &mut Conn,
    version: &ApplicationVersionId,
    keys: &[String],
) -> Result<Vec<instance_component::Content>> {
    let query = application_components::table
        .filter(application_components::version_id.eq(version))
        .filter(application_components::key.eq_any(keys))
        .select((
            application_components::key,
            application_components::kind,
            application_components::name,
            application_components::definition,
        ));
    Ok(query.load(conn)?)
}

/// The content of some components of an instance as it was delivered last.
fn delivered(conn: &mut Conn, instance: &InstanceId, keys: &[String]) -> Result<Vec<instance_component::Content>> {
    use super::schema::{deliveries, instance_components};
    let source = application_components::version_id
        .eq(deliveries::version_id)
        .and(application_components::key.eq(instance_components::key));
    let query = instance_components::table
        .inner_join(deliveries::table.on(deliveries::id.eq(instance_components::delivery_id)))
        .inner_join(application_components::table.on(source))
        .filter(instance_components::instance_id.eq(instance))
        .filter(instance_components::key.eq_any(keys))
        .select((
            application_components::key,
            application_components::kind,
            application_components::name,
            application_components::definition,
        ));
    Ok(query.load(conn)?)
}

/// A page as what it means, however its text is written.
#[derive(PartialEq)]
struct Meaning {
    kind: ComponentKind,
    name: String,
    definition: Value,
}

impl Meaning {
    fn content(&self) -> PageContent<'_> {
        PageContent {
            kind: self.kind,
            name: &self.name,
            definition: &self.definition,
        }
    }
}

/// What a version has, as it looks once it has arrived: members, say, never come along (D24).
fn arrived(mut contents: HashMap<String, Meaning>) -> HashMap<String, Meaning> {
    for meaning in contents.values_mut().filter(|it| !is_unchanged(it.kind)) {
        meaning.definition = arriving(meaning.kind, std::mem::take(&mut meaning.definition)).definition;
    }
    contents
}

fn contents(rows: Vec<instance_component::Content>) -> HashMap<String, Meaning> {
    let meaning = |row: instance_component::Content| {
        // What cannot be read is compared as the text that it is.
        let definition = serde_json::from_str(&row.definition).unwrap_or(Value::String(row.definition));
        let (kind, name) = (row.kind, row.name);
        (row.key, Meaning { kind, name, definition })
    };
    rows.into_iter().map(meaning).collect()
}
