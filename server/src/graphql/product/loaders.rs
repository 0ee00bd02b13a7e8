//! Batched look-ups around products. Whoever hands out the id has decided that the viewer may see it.

use std::sync::Arc;

use async_graphql::Data;

use crate::auth::viewer::Viewer;
use crate::domain::id::{ApplicationId, ProductId, ProductRevisionId};
use crate::domain::product::ProductAction;
use crate::domain::product_form::ListingIssue;
use crate::graphql::category::types::{CategoriesById, OperatorsOf};
use crate::graphql::loaders::{Batch, ViewerBatch, insert_one, insert_one_seen};
use crate::services::product;
use crate::store::category::PreTask;
use crate::store::conn::Conn;
use crate::store::product::{Product, ProductTask};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::{self, Result, Store, grouped};

/// Products by id.
pub struct ProductsById;

impl Batch for ProductsById {
    type Key = ProductId;
    type Row = Product;

    fn load(conn: &mut Conn, keys: &[ProductId]) -> Result<Vec<(ProductId, Product)>> {
        let rows = store::product::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The product of each application; absent where there is none.
pub struct ProductsOf;

impl Batch for ProductsOf {
    type Key = ApplicationId;
    type Row = Product;

    fn load(conn: &mut Conn, keys: &[ApplicationId]) -> Result<Vec<(ApplicationId, Product)>> {
        let rows = store::product::of_applications(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.application_id.clone(), row)).collect())
    }
}

/// Revisions by id.
pub struct RevisionsById;

impl Batch for RevisionsById {
    type Key = ProductRevisionId;
    type Row = ProductRevision;

    fn load(conn: &mut Conn, keys: &[ProductRevisionId]) -> Result<Vec<(ProductRevisionId, ProductRevision)>> {
        let rows = product_revision::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The tasks that were done for each product.
pub struct TasksOf;

impl Batch for TasksOf {
    type Key = ProductId;
    type Row = Vec<ProductTask>;

    fn load(conn: &mut Conn, keys: &[ProductId]) -> Result<Vec<(ProductId, Vec<ProductTask>)>> {
        let rows = store::product::tasks_of(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.product_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// What the viewer can do with each product.
pub struct ActionsOf;

impl ViewerBatch for ActionsOf {
    type Key = ProductId;
    type Row = Vec<ProductAction>;

    fn load(conn: &mut Conn, viewer: &Viewer, keys: &[ProductId]) -> Result<Vec<(ProductId, Vec<ProductAction>)>> {
        let products = store::product::by_ids(conn, keys)?;
        product::actions_of(conn, viewer, &products)
    }
}

/// What keeps the open revision of each product from being handed in (L5), as its partner sees it.
pub struct PreflightOf;

impl ViewerBatch for PreflightOf {
    type Key = ProductId;
    type Row = Vec<ListingIssue>;

    fn load(conn: &mut Conn, viewer: &Viewer, keys: &[ProductId]) -> Result<Vec<(ProductId, Vec<ListingIssue>)>> {
        let products = store::product::by_ids(conn, keys)?;
        product::reports(conn, viewer, &products)
    }
}

/// Every task before the marketplace, once a request.
pub struct AllTasks;

impl Batch for AllTasks {
    type Key = ();
    type Row = Vec<PreTask>;

    fn load(conn: &mut Conn, _: &[()]) -> Result<Vec<((), Vec<PreTask>)>> {
        Ok(vec![((), store::category::tasks(conn)?)])
    }
}

/// Puts the loaders of what the viewer sees into a request's data.
pub fn insert_seen(data: &mut Data, store: &Store, viewer: &Arc<Viewer>) {
    insert_one_seen::<ActionsOf>(data, store, viewer);
    insert_one_seen::<PreflightOf>(data, store, viewer);
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<ProductsById>(data, store);
    insert_one::<ProductsOf>(data, store);
    insert_one::<RevisionsById>(data, store);
    insert_one::<TasksOf>(data, store);
    insert_one::<AllTasks>(data, store);
    insert_one::<CategoriesById>(data, store);
    insert_one::<OperatorsOf>(data, store);
}
