//! What belongs to instances, as their viewer sees it: read for all the instances of a page at once.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::Data;

use crate::auth::viewer::Viewer;
use crate::domain::id::{DeliveryId, DepartmentId, InstanceId, UserId};
use crate::graphql::loaders::{ViewerBatch, insert_one_seen};
use crate::graphql::page_setting::InstanceSettings;
use crate::services::seat::Seats;
use crate::services::{acceptance as acceptances, binding as bindings, seat as seats};
use crate::store::acceptance::Ticked;
use crate::store::binding::{Checklist, Waiver};
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance, InstanceComponent};
use crate::store::page_access::{self, Access};
use crate::store::record_draft::{self, RecordDraft};
use crate::store::removed_page::{self, RemovedPage};
use crate::store::{Result, Store, grouped, instance_component, membership, organization, record};

/// An instance that the viewer was shown, by its id.
#[derive(Clone, Debug)]
pub struct Shown(pub Arc<AppInstance>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Shown {}

impl Hash for Shown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

/// Those of the instances that the viewer may go into at all: of the organisation for which they act, or the one that a remote
/// maintenance opens. An order shows its instance to others too, and nothing of what is in it.
fn open(viewer: &Viewer, keys: &[Shown]) -> Vec<AppInstance> {
    let Ok(scope) = viewer.instance_user() else {
        return Vec::new();
    };
    let only = |it: &&Shown| scope.only_instance.as_ref().is_none_or(|only| *only == it.0.id);
    let own = keys.iter().filter(|it| it.0.organization_id == scope.organization_id);
    own.filter(only).map(|it| (*it.0).clone()).collect()
}

fn ids(of: &[AppInstance]) -> Vec<InstanceId> {
    of.iter().map(|instance| instance.id.clone()).collect()
}

/// Declares a batch over open instances whose rows are found by instance.
macro_rules! relation {
    ($(#[doc = $doc:literal])* $name:ident: $row:ty, |$conn:ident, $viewer:ident, $of:ident| $load:expr) => {
        $(#[doc = $doc])*
        pub struct $name;

        impl ViewerBatch for $name {
            type Key = Shown;
            type Row = $row;

            fn load($conn: &mut Conn, $viewer: &Viewer, keys: &[Shown]) -> Result<Vec<(Shown, $row)>> {
                let $of = &open($viewer, keys)[..];
                if $of.is_empty() {
                    return Ok(Vec::new());
                }
                let mut found: HashMap<InstanceId, $row> = $load;
                let row = |key: &Shown| Some((key.clone(), found.remove(&key.0.id)?));
                Ok(keys.iter().filter_map(row).collect())
            }
        }
    };
}

/// Who sees an instance, besides everybody.
#[derive(Clone)]
pub struct Audience {
    pub departments: Vec<organization::Department>,
    pub members: Vec<membership::User>,
}

relation! {
    /// Visible ranges; absent where nobody is named.
    Audiences: Audience, |conn, viewer, of| audiences(conn, viewer, of)?
}
relation! {
    /// Pages that the viewer sees, in their order.
    Pages: Vec<Access>, |conn, viewer, of| page_access::pages(conn, &viewer.instance_user()?, of)?
}
relation! {
    /// How many records each page has; absent where there is none.
    RecordCounts: HashMap<String, i64>, |conn, viewer, of| record::counts(conn, &ids(of), None)?
}
relation! {
    /// How many records of the viewer's own each page has; absent where there is none.
    OwnRecordCounts: HashMap<String, i64>, |conn, viewer, of| record::counts(conn, &ids(of), Some(&viewer.user_id))?
}
relation! {
    /// How many sample records there are; absent where there is none.
    SampleCounts: i64, |conn, viewer, of| record::sample_counts(conn, &ids(of))?
}
relation! {
    /// All components, and the versions that deliveries brought to the instances of the page.
    Components: (Arc<[InstanceComponent]>, Arc<HashMap<DeliveryId, String>>), |conn, viewer, of| {
        let versions = Arc::new(instance_component::versions(conn, &ids(of))?);
        let with_versions = |(id, own): (InstanceId, Vec<InstanceComponent>)| (id, (own.into(), Arc::clone(&versions)));
        instance::components_of(conn, of)?.into_iter().map(with_versions).collect()
    }
}
relation! {
    /// What is to be done by hand, and what was.
    Checklists: Arc<Checklist>, |conn, viewer, of| {
        let found = bindings::checklists(conn, viewer, of)?.into_iter();
        found.map(|(id, list)| (id, Arc::new(list))).collect()
    }
}
relation! {
    /// What was waived, oldest first.
    Waivers: Vec<Waiver>, |conn, viewer, of| {
        let found = bindings::waivers(conn, viewer, &ids(of))?.into_iter();
        grouped(found.map(|row| (row.instance_id.clone(), row)))
    }
}
relation! {
    /// What there is to see before an instance is accepted.
    AcceptanceChecklists: Ticked, |conn, viewer, of| acceptances::checklists(conn, viewer, of)?
}
relation! {
    /// Seats; absent where there is no limit.
    SeatsOf: Seats, |conn, viewer, of| seats::of_instances(conn, viewer, of)?
}
relation! {
    /// Pages that were removed; for the customer's admins.
    RemovedPages: Vec<RemovedPage>, |conn, viewer, of| match viewer.customer_admin() {
        Ok(_) => removed_page::of_instances(conn, &ids(of))?,
        Err(_) => HashMap::new(),
    }
}
relation! {
    /// What the customer decided.
    SettingsOf: Arc<InstanceSettings>, |conn, viewer, of| {
        let found = InstanceSettings::load(conn, viewer, of)?.into_iter();
        found.map(|(id, settings)| (id, Arc::new(settings))).collect()
    }
}
relation! {
    /// The viewer's drafts of new records, one a page.
    Drafts: Vec<RecordDraft>, |conn, viewer, of| {
        let found = record_draft::of_instances(conn, &viewer.user_id, &ids(of))?.into_iter();
        grouped(found.map(|row| (row.instance_id.clone(), row)))
    }
}

fn audiences(conn: &mut Conn, viewer: &Viewer, of: &[AppInstance]) -> Result<HashMap<InstanceId, Audience>> {
    let Ok(scope) = viewer.customer() else {
        return Ok(HashMap::new());
    };
    let targets = instance::audiences(conn, &ids(of))?;
    let all = || targets.values().flatten();
    let departments: Vec<DepartmentId> = all().filter_map(|id| id.parse().ok()).collect();
    let members: Vec<UserId> = all().filter_map(|id| id.parse().ok()).collect();
    let departments = organization::departments_by_ids(conn, &scope, &departments)?;
    let members = membership::members_by_ids(conn, &scope, &members)?;
    let audience = |(id, targets): (InstanceId, Vec<String>)| {
        let named = |id: &str| targets.iter().any(|target| target == id);
        let audience = Audience {
            departments: departments
                .iter()
                .filter(|row| named(row.id.as_str()))
                .cloned()
                .collect(),
            members: members.iter().filter(|row| named(row.id.as_str())).cloned().collect(),
        };
        (id, audience)
    };
    Ok(targets.into_iter().map(audience).collect())
}

/// Puts the loaders into a request's data.
pub fn insert_loaders(data: &mut Data, store: &Store, viewer: &Arc<Viewer>) {
    insert_one_seen::<Audiences>(data, store, viewer);
    insert_one_seen::<Pages>(data, store, viewer);
    insert_one_seen::<RecordCounts>(data, store, viewer);
    insert_one_seen::<OwnRecordCounts>(data, store, viewer);
    insert_one_seen::<SampleCounts>(data, store, viewer);
    insert_one_seen::<Components>(data, store, viewer);
    insert_one_seen::<Checklists>(data, store, viewer);
    insert_one_seen::<Waivers>(data, store, viewer);
    insert_one_seen::<AcceptanceChecklists>(data, store, viewer);
    insert_one_seen::<SeatsOf>(data, store, viewer);
    insert_one_seen::<RemovedPages>(data, store, viewer);
    insert_one_seen::<SettingsOf>(data, store, viewer);
    insert_one_seen::<Drafts>(data, store, viewer);
}
