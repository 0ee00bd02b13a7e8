//! Batched look-ups of related rows: one query for all the ids that one level of a document asks for. What the viewer may
//! see is decided by whoever hands out the id.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, Loader};

use super::context::Ask;
use crate::auth::viewer::Viewer;
use crate::domain::id::{OrganizationId, UserId};
use crate::store::conn::Conn;
use crate::store::membership::{self, User};
use crate::store::organization::{self, Organization};
use crate::store::{self, Store};

/// Most keys in one query.
const CHUNK: usize = 500;

/// A batch: keys in, rows by key out.
pub trait Batch: Send + Sync + 'static {
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    type Row: Clone + Send + Sync + 'static;

    fn load(conn: &mut Conn, keys: &[Self::Key]) -> store::Result<Vec<(Self::Key, Self::Row)>>;
}

/// Runs a [`Batch`] on the store.
pub struct Batched<B: Batch> {
    store: Store,
    batch: std::marker::PhantomData<B>,
}

impl<B: Batch> Loader<B::Key> for Batched<B> {
    type Value = B::Row;
    type Error = Arc<store::Error>;

    async fn load(&self, keys: &[B::Key]) -> Result<HashMap<B::Key, B::Row>, Self::Error> {
        read_in_parts(&self.store, keys, B::load).await
    }
}

/// A batch whose rows depend on who is asking.
pub trait ViewerBatch: Send + Sync + 'static {
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    type Row: Clone + Send + Sync + 'static;

    fn load(conn: &mut Conn, viewer: &Viewer, keys: &[Self::Key]) -> store::Result<Vec<(Self::Key, Self::Row)>>;
}

/// Runs a [`ViewerBatch`] on the store.
pub struct Seen<B: ViewerBatch> {
    store: Store,
    viewer: Arc<Viewer>,
    batch: std::marker::PhantomData<B>,
}

impl<B: ViewerBatch> Loader<B::Key> for Seen<B> {
    type Value = B::Row;
    type Error = Arc<store::Error>;

    async fn load(&self, keys: &[B::Key]) -> Result<HashMap<B::Key, B::Row>, Self::Error> {
        let viewer = Arc::clone(&self.viewer);
        read_in_parts(&self.store, keys, move |conn, part| B::load(conn, &viewer, part)).await
    }
}

/// Runs a batch in one read, so many keys a query as both databases take.
async fn read_in_parts<K, R>(
    store: &Store,
    keys: &[K],
    load: impl Fn(&mut Conn, &[K]) -> store::Result<Vec<(K, R)>> + Send + 'static,
) -> Result<HashMap<K, R>, Arc<store::Error>>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    R: Send + 'static,
{
    let keys = keys.to_vec();
    let read = store.read(move |conn| {
        let mut found = HashMap::with_capacity(keys.len());
        for part in keys.chunks(CHUNK) {
            found.extend(load(conn, part)?);
        }
        Ok(found)
    });
    read.await.map_err(Arc::new)
}

/// One row through a loader of the request.
async fn load_one<K, L>(ctx: &Context<'_>, key: K) -> async_graphql::Result<Option<L::Value>>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    L: Loader<K, Error = Arc<store::Error>>,
{
    let found = ctx.data_unchecked::<DataLoader<L>>().load_one(key).await;
    found.map_err(|error| super::fault::fault(LoadFailed(error)))
}

/// The row of one key as the viewer sees it, through the request's loader; nobody is UNAUTHENTICATED.
pub async fn seen<B: ViewerBatch>(ctx: &Context<'_>, key: B::Key) -> async_graphql::Result<Option<B::Row>> {
    ctx.viewer()?;
    load_one::<_, Seen<B>>(ctx, key).await
}

/// The row of one key, through the request's loader.
pub async fn load<B: Batch>(ctx: &Context<'_>, key: B::Key) -> async_graphql::Result<Option<B::Row>> {
    load_one::<_, Batched<B>>(ctx, key).await
}

/// The row of a key that a foreign key guarantees.
pub async fn get<B: Batch>(ctx: &Context<'_>, key: B::Key) -> async_graphql::Result<B::Row> {
    load::<B>(ctx, key)
        .await?
        .ok_or_else(|| async_graphql::Error::new("a related row is missing"))
}

/// The rows of several keys, in the order of the keys; a key without a row is left out.
pub async fn load_many<B: Batch>(ctx: &Context<'_>, keys: Vec<B::Key>) -> async_graphql::Result<Vec<B::Row>> {
    let loader = ctx.data_unchecked::<DataLoader<Batched<B>>>();
    let found = loader
        .load_many(keys.clone())
        .await
        .map_err(|error| super::fault::fault(LoadFailed(error)))?;
    Ok(keys.iter().filter_map(|key| found.get(key).cloned()).collect())
}

#[derive(Debug, thiserror::Error)]
#[error("a batch of related rows failed: {0}")]
struct LoadFailed(Arc<store::Error>);

/// Organisations by id.
pub struct Organizations;

impl Batch for Organizations {
    type Key = OrganizationId;
    type Row = Organization;

    fn load(conn: &mut Conn, keys: &[OrganizationId]) -> store::Result<Vec<(OrganizationId, Organization)>> {
        Ok(organization::by_ids(conn, keys)?
            .into_iter()
            .map(|row| (row.id.clone(), row))
            .collect())
    }
}

/// Persons by id.
pub struct Users;

impl Batch for Users {
    type Key = UserId;
    type Row = User;

    fn load(conn: &mut Conn, keys: &[UserId]) -> store::Result<Vec<(UserId, User)>> {
        Ok(membership::users_by_ids(conn, keys)?
            .into_iter()
            .map(|row| (row.id.clone(), row))
            .collect())
    }
}

/// Puts the loaders into a request's data: each request has its own, so that nothing is remembered between requests.
pub fn insert(data: &mut async_graphql::Data, store: &Store) {
    insert_one::<Organizations>(data, store);
    insert_one::<Users>(data, store);
    insert_one::<super::file::Files>(data, store);
    insert_one::<super::edition::SuspensionsOf>(data, store);
    super::application::loaders::insert(data, store);
    super::project::loaders::insert(data, store);
    super::order::loaders::insert(data, store);
    insert_one::<super::instance::Acceptances>(data, store);
    insert_one::<super::seat::LinkSeats>(data, store);
    insert_one::<super::seat::OrderSeats>(data, store);
    super::delivery::insert_loaders(data, store);
    super::permission::insert_loaders(data, store);
    super::self_test::loaders::insert(data, store);
    super::product::loaders::insert(data, store);
    super::license::loaders::insert(data, store);
    insert_one::<super::rating::types::RatingSums>(data, store);
    super::product_order::loaders::insert(data, store);
    super::rollout::insert_loaders(data, store);
    insert_one::<super::market::Contents>(data, store);
    insert_one::<super::promotion_link::PromotionTotals>(data, store);
    super::cool_app::insert_loaders(data, store);
    super::group::loaders::insert(data, store);
    super::maintenance::insert_loaders(data, store);
    super::service_request::insert_loaders(data, store);
}

/// Puts the loaders of what the viewer sees into a request's data.
pub fn insert_seen(data: &mut async_graphql::Data, store: &Store, viewer: &Arc<Viewer>) {
    super::instance::insert_loaders(data, store, viewer);
    super::product::loaders::insert_seen(data, store, viewer);
    super::service_request::insert_seen_loaders(data, store, viewer);
    super::group::loaders::insert_seen(data, store, viewer);
}

/// Puts one loader of what the viewer sees into a request's data.
pub fn insert_one_seen<B: ViewerBatch>(data: &mut async_graphql::Data, store: &Store, viewer: &Arc<Viewer>) {
    let seen = Seen::<B> {
        store: store.clone(),
        viewer: Arc::clone(viewer),
        batch: std::marker::PhantomData,
    };
    data.insert(DataLoader::new(seen, tokio::spawn));
}

/// Puts one loader into a request's data.
pub fn insert_one<B: Batch>(data: &mut async_graphql::Data, store: &Store) {
    let batched = Batched::<B> {
        store: store.clone(),
        batch: std::marker::PhantomData,
    };
    data.insert(DataLoader::new(batched, tokio::spawn));
}
