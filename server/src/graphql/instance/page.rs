//! Pages of an instance and the records of its form pages.

use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::component::ComponentKind;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::graphql::session::types::User;
use crate::store;
use crate::store::instance::{AppInstance, InstanceComponent};
use crate::store::page::PageRequest;
use crate::store::record;

/// A page that people open.
pub struct InstancePage {
    instance: AppInstance,
    component: InstanceComponent,
    definition: Value,
    record_count: i64,
}

impl InstancePage {
    /// From its stored component; fails where the stored definition is no JSON.
    pub fn new(instance: AppInstance, component: InstanceComponent, record_count: i64) -> store::Result<Self> {
        Ok(Self {
            definition: serde_json::from_str(&component.definition)?,
            instance,
            component,
            record_count,
        })
    }
}

#[Object]
impl InstancePage {
    /// Stable key of the page.
    async fn key(&self) -> &str {
        &self.component.key
    }

    /// What kind of page.
    async fn kind(&self) -> ComponentKind {
        self.component.kind
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.component.name
    }

    /// The folder that it stands in.
    async fn folder(&self) -> Option<&str> {
        self.component.folder.as_deref()
    }

    /// Its definition: JSON Schema and UI schema of a form page.
    async fn definition(&self) -> Json<Value> {
        Json(self.definition.clone())
    }

    /// How many records it has.
    async fn record_count(&self) -> i32 {
        i32::try_from(self.record_count).unwrap_or(i32::MAX)
    }

    /// Its records, newest first.
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "Words that the record's values contain.")] search: Option<String>,
    ) -> Result<AppRecordConnection> {
        let page = PageRequest::parse(first, after.as_deref(), None, None)
            .map_err(|refusal| query_error(refusal.into(), ctx.locale()))?;
        let (instance, key) = (self.instance.clone(), self.component.key.clone());
        let (counted, counted_key, counted_search) = (instance.clone(), key.clone(), search.clone());
        let rows = read(ctx, move |conn, _| {
            record::list(conn, &instance, &key, search.as_deref(), &page)
        })
        .await?;
        let count = std::sync::Arc::new(move |conn: &mut store::conn::Conn, _: &crate::auth::viewer::Viewer| {
            record::count(conn, &counted, &counted_key, counted_search.as_deref())
        });
        Ok(AppRecordConnection::new(
            rows,
            |row| row.id.to_string(),
            AppRecord,
            count,
        ))
    }
}

/// A record of a form page.
#[derive(Clone, Debug)]
pub struct AppRecord(pub record::AppRecord);

#[Object]
impl AppRecord {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// The form page that it belongs to.
    async fn page_key(&self) -> &str {
        &self.0.page_key
    }

    /// Values by field key.
    async fn data(&self) -> Result<Json<Value>> {
        serde_json::from_str(&self.0.data)
            .map(Json)
            .map_err(crate::graphql::fault::fault)
    }

    /// Came as sample data with a delivery (D22).
    async fn sample(&self) -> bool {
        self.0.sample
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// Who added it; null for sample data.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.created_by.clone()).await
    }
}

connection! {
    /// Records, newest first.
    AppRecordConnection, AppRecordEdge, AppRecord
}
