//! Records, their history and drafts as types of the schema.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::auth::viewer::Viewer;
use crate::domain::id::RecordId;
use crate::domain::page_permission::RecordAction;
use crate::domain::record_change::FieldChange;
use crate::domain::record_filter::RecordQuery;
use crate::graphql::connection::{Count, connection};
use crate::graphql::context::{Ask, query_error, read};
use crate::graphql::fault::fault;
use crate::graphql::session::types::User;
use crate::services::record::{self, Shown, ShownChange};
use crate::store::conn::Conn;
use crate::store::page::PageRequest;
use crate::store::page_access::Access;
use crate::store::record_draft;

/// A record of a form page.
#[derive(Clone, Debug)]
pub struct AppRecord(pub Shown);

#[Object]
impl AppRecord {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.row.id.to_string())
    }

    /// Counts up with every change; a change names the version that it is made to.
    async fn version(&self) -> i32 {
        self.0.row.version
    }

    /// The form page that it belongs to.
    async fn page_key(&self) -> &str {
        &self.0.row.page_key
    }

    /// How people recognise it: its title field, else its first text. What it links to is part of it only as far as the viewer
    /// sees that.
    async fn title(&self) -> &str {
        &self.0.row.title
    }

    /// Values by field key. A link carries the `record` and the `title` that it has now: without `record` it is gone, without
    /// `title` it is not the viewer's to see.
    async fn data(&self) -> Json<&Value> {
        Json(&self.0.data)
    }

    /// Came as sample data with a delivery (D22) and was not changed since: the first change makes it the customer's own.
    async fn sample(&self) -> bool {
        self.0.row.sample
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.row.created_at.utc()
    }

    /// Who added it; null for sample data.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.row.created_by.clone()).await
    }

    /// When it was changed last; null where it never was.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.updated_at.map(|at| at.utc())
    }

    /// Who changed it last.
    async fn updated_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.row.updated_by.clone()).await
    }

    /// What the viewer may do with it now.
    async fn available_actions(&self) -> Vec<RecordAction> {
        let (access, row) = (&self.0.access, &self.0.row);
        let open = access.require_open().is_ok();
        let may = |action: &RecordAction| match action {
            RecordAction::Add => false,
            RecordAction::Read => true,
            RecordAction::Edit | RecordAction::Delete => open && access.may(*action, row),
        };
        RecordAction::ALL.iter().copied().filter(may).collect()
    }
}

connection! {
    /// Records, newest first unless they are sorted.
    AppRecordConnection, AppRecordEdge, AppRecord
}

/// The records of a page that the viewer reads.
pub async fn list(
    ctx: &Context<'_>,
    access: &Arc<Access>,
    query: RecordQuery,
    page: PageRequest,
) -> Result<AppRecordConnection> {
    let (of, asked) = (Arc::clone(access), query.clone());
    let rows = read(ctx, move |conn, viewer| {
        record::list::list(conn, viewer, &of, &asked, &page)
    })
    .await?;
    let counted = Arc::clone(access);
    let count: Count = Arc::new(move |conn: &mut Conn, _: &Viewer| record::list::count(conn, &counted, &query));
    Ok(AppRecordConnection::new(
        rows,
        |row| row.key.clone(),
        |row| AppRecord(row.shown),
        count,
    ))
}

/// One field before and after a change.
#[derive(Clone, SimpleObject)]
pub struct RecordFieldChange {
    /// Key of the field.
    field: String,
    /// What the field is called now; its key where the form has it no more.
    label: String,
    /// Null for no value.
    before: Json<Value>,
    /// Null for no value.
    after: Json<Value>,
}

/// One change of a record.
#[derive(Clone)]
pub struct RecordChange {
    change: ShownChange,
    labels: Arc<HashMap<String, String>>,
}

#[Object]
impl RecordChange {
    /// The version that the change made.
    async fn version(&self) -> i32 {
        self.change.row.version
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.change.row.changed_at.utc()
    }

    /// Who.
    async fn by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.change.row.changed_by.clone()).await
    }

    /// The fields that were changed.
    async fn fields(&self) -> Vec<RecordFieldChange> {
        let told = |change: FieldChange| RecordFieldChange {
            label: self.labels.get(&change.field).unwrap_or(&change.field).clone(),
            field: change.field,
            before: Json(change.before),
            after: Json(change.after),
        };
        self.change.fields.iter().cloned().map(told).collect()
    }
}

connection! {
    /// Changes of a record, newest first.
    RecordChangeConnection, RecordChangeEdge, RecordChange
}

/// The history of a record that the viewer reads.
pub async fn changes(
    ctx: &Context<'_>,
    id: &ID,
    first: Option<i32>,
    after: Option<String>,
) -> Result<RecordChangeConnection> {
    let page = ctx.page(first, after, None, None)?;
    let Ok(id) = id.parse::<RecordId>() else {
        let refusal = crate::domain::refusal::Refusal::not_found().at("recordId");
        return Err(query_error(refusal.into(), ctx.locale()));
    };
    let asked = id.clone();
    let (form, rows) = read(ctx, move |conn, viewer| record::changes(conn, viewer, &asked, &page)).await?;
    let labels = form.fields.iter().map(|field| (field.key.clone(), field.label.clone()));
    let labels = Arc::new(labels.collect::<HashMap<_, _>>());
    let count: Count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| record::change_count(conn, viewer, &id));
    Ok(RecordChangeConnection::new(
        rows,
        |change| change.row.version.to_string(),
        |change| RecordChange {
            change,
            labels: Arc::clone(&labels),
        },
        count,
    ))
}

/// What the viewer typed into a record form and did not submit; nobody else sees it.
#[derive(Clone, SimpleObject)]
pub struct RecordDraft {
    /// By field key, unchecked.
    data: Json<Value>,
    /// The version of the record with which the typing began; 0 for a new one.
    version: i32,
    /// When it was kept last. It is forgotten 30 days later.
    updated_at: DateTime<Utc>,
}

/// A stored draft in the schema.
pub fn draft(row: record_draft::RecordDraft) -> Result<RecordDraft> {
    Ok(RecordDraft {
        data: Json(serde_json::from_str(&row.data).map_err(fault)?),
        version: row.base_version,
        updated_at: row.updated_at.utc(),
    })
}
