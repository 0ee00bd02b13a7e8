//! Batched look-ups around service requests. Whoever hands out the id has decided that the viewer may see it.

use std::sync::Arc;

use async_graphql::Data;

use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, ServiceMessageId};
use crate::graphql::loaders::{Batch, ViewerBatch, insert_one, insert_one_seen};
use crate::store::conn::Conn;
use crate::store::file::File;
use crate::store::instance::{self, AppInstance};
use crate::store::service_message;
use crate::store::{Result, Store};

/// The files of each message, in their order; absent where there is none.
pub struct FilesOf;

impl Batch for FilesOf {
    type Key = ServiceMessageId;
    type Row = Vec<File>;

    fn load(conn: &mut Conn, keys: &[ServiceMessageId]) -> Result<Vec<(ServiceMessageId, Vec<File>)>> {
        Ok(service_message::files_of(conn, keys)?.into_iter().collect())
    }
}

/// The instances into which the viewer may go; absent for others.
pub struct OpenInstances;

impl ViewerBatch for OpenInstances {
    type Key = InstanceId;
    type Row = AppInstance;

    fn load(conn: &mut Conn, viewer: &Viewer, keys: &[InstanceId]) -> Result<Vec<(InstanceId, AppInstance)>> {
        let Ok(scope) = viewer.customer() else {
            return Ok(Vec::new());
        };
        let rows = instance::visible_among(conn, &scope, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<FilesOf>(data, store);
}

/// Puts the loaders of what the viewer sees into a request's data.
pub fn insert_seen(data: &mut Data, store: &Store, viewer: &Arc<Viewer>) {
    insert_one_seen::<OpenInstances>(data, store, viewer);
}
