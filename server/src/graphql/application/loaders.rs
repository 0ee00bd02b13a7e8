//! Batched look-ups around applications. Whoever hands out the id has decided that the viewer may see it.

use async_graphql::Data;

use crate::domain::component::ComponentKind;
use crate::domain::id::{ApplicationId, ApplicationVersionId};
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::application::{self, Application};
use crate::store::application_component::{self, ComponentHead};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::conn::Conn;
use crate::store::{Result, Store, grouped};

/// Applications by id.
pub struct Applications;

impl Batch for Applications {
    type Key = ApplicationId;
    type Row = Application;

    fn load(conn: &mut Conn, keys: &[ApplicationId]) -> Result<Vec<(ApplicationId, Application)>> {
        let rows = application::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Versions by id.
pub struct Versions;

impl Batch for Versions {
    type Key = ApplicationVersionId;
    type Row = ApplicationVersion;

    fn load(conn: &mut Conn, keys: &[ApplicationVersionId]) -> Result<Vec<(ApplicationVersionId, ApplicationVersion)>> {
        let rows = application_version::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The versions of each application, highest number first; absent where there is none.
pub struct VersionsOf;

impl Batch for VersionsOf {
    type Key = ApplicationId;
    type Row = Vec<ApplicationVersion>;

    fn load(conn: &mut Conn, keys: &[ApplicationId]) -> Result<Vec<(ApplicationId, Vec<ApplicationVersion>)>> {
        let rows = application_version::of_applications(conn, keys)?;
        let groups = grouped(rows.into_iter().map(|row| (row.application_id.clone(), row)));
        Ok(groups.into_iter().collect())
    }
}

/// How many components of each kind a version has; absent where it has none.
pub struct ComponentCounts;

impl Batch for ComponentCounts {
    type Key = ApplicationVersionId;
    type Row = Vec<(ComponentKind, i64)>;

    fn load(conn: &mut Conn, keys: &[ApplicationVersionId]) -> Result<Vec<(ApplicationVersionId, Self::Row)>> {
        let rows = application_component::counts(conn, keys)?;
        let mut counts = grouped(rows.into_iter().map(|(version, kind, count)| (version, (kind, count))));
        for kinds in counts.values_mut() {
            kinds.sort_unstable();
        }
        Ok(counts.into_iter().collect())
    }
}

/// The components of a version in their order; absent where it has none.
pub struct Components;

impl Batch for Components {
    type Key = ApplicationVersionId;
    type Row = Vec<ComponentHead>;

    fn load(conn: &mut Conn, keys: &[ApplicationVersionId]) -> Result<Vec<(ApplicationVersionId, Vec<ComponentHead>)>> {
        let rows = application_component::heads(conn, keys)?;
        let groups = grouped(rows.into_iter().map(|row| (row.version_id.clone(), row)));
        Ok(groups.into_iter().collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<Applications>(data, store);
    insert_one::<Versions>(data, store);
    insert_one::<VersionsOf>(data, store);
    insert_one::<ComponentCounts>(data, store);
    insert_one::<Components>(data, store);
    super::channels::insert(data, store);
}
