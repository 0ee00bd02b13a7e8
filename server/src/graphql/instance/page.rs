//! Pages of an instance as their viewer sees them. What stands on them is `graphql::record`'s.

use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::relations::{Drafts, OwnRecordCounts, RecordCounts, Shown};
use super::types::settings;
use crate::domain::component::ComponentKind;
use crate::domain::id::RecordId;
use crate::domain::instance_page::{PageAction, Standing, available_actions, revision};
use crate::graphql::context::{Ask, read};
use crate::graphql::edition::{ComponentSuspension, SuspensionsOf};
use crate::graphql::fault::fault;
use crate::graphql::loaders::{self, seen};
use crate::graphql::page_setting::PageSettings;
use crate::graphql::record::{
    AppRecord, AppRecordConnection, RecordChangeConnection, RecordConditionInput, RecordDraft, RecordSortInput,
    changes, draft, list, query_of,
};
use crate::graphql::session::types::User;
use crate::services::record;
use crate::store::page_access::{Access, Readable};

/// A page that people open.
pub struct InstancePage {
    pub access: Arc<Access>,
}

impl InstancePage {
    fn shown(&self) -> Shown {
        Shown(Arc::new(self.access.instance.clone()))
    }

    async fn suspended(&self, ctx: &Context<'_>) -> Result<Option<ComponentSuspension>> {
        let found = loaders::load::<SuspensionsOf>(ctx, self.access.instance.id.clone()).await?;
        let own = found
            .unwrap_or_default()
            .into_iter()
            .find(|row| row.component_key == self.access.page.key);
        Ok(own.map(ComponentSuspension))
    }
}

#[Object]
impl InstancePage {
    /// Stable key of the page.
    async fn key(&self) -> &str {
        &self.access.page.key
    }

    /// What kind of page.
    async fn kind(&self) -> ComponentKind {
        self.access.page.kind
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.access.page.name
    }

    /// The folder that it stands in.
    async fn folder(&self) -> Option<&str> {
        self.access.page.folder.as_deref()
    }

    /// Its definition: JSON Schema and UI schema of a form page. Of a page without records nothing while it is suspended (D26).
    async fn definition(&self, ctx: &Context<'_>) -> Result<Json<Value>> {
        let page = &self.access.page;
        if page.kind != ComponentKind::FormPage && self.suspended(ctx).await?.is_some() {
            return Ok(Json(Value::Object(Map::new())));
        }
        serde_json::from_str(&page.definition).map(Json).map_err(fault)
    }

    /// Why it cannot be used: the organisation's edition no longer covers it (D26); null where it does.
    async fn suspension(&self, ctx: &Context<'_>) -> Result<Option<ComponentSuspension>> {
        self.suspended(ctx).await
    }

    /// Tells this definition from another; an edit names the one that was read.
    async fn revision(&self) -> String {
        revision(&self.access.page.definition)
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<PageAction>> {
        let (access, viewer) = (&self.access, ctx.viewer()?);
        let covered = self.suspended(ctx).await?.is_none();
        let standing = Standing {
            rights: access.rights,
            admin: viewer.customer_admin().is_ok(),
            keeper: viewer.instance_keeper().is_ok(),
            full_edit: viewer.edits_fully(access.instance.full_edit_permission),
            open: access.require_open().is_ok(),
            covered,
        };
        Ok(available_actions(access.page.kind, standing))
    }

    /// What the customer decided about it; null for those who decide nothing.
    async fn settings(&self, ctx: &Context<'_>) -> Result<Option<PageSettings>> {
        settings(ctx, self.shown(), &self.access.page.key).await
    }

    /// When the customer changed the page after it was delivered (D19); null where they did not.
    async fn changed_at(&self) -> Option<DateTime<Utc>> {
        self.access.page.changed_at.map(|at| at.utc())
    }

    /// Who changed it.
    async fn changed_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.access.page.changed_by.clone()).await
    }

    /// How many of its records the viewer reads.
    async fn record_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let counts = match self.access.readable() {
            Readable::All => seen::<RecordCounts>(ctx, self.shown()).await?,
            Readable::Own(_) => seen::<OwnRecordCounts>(ctx, self.shown()).await?,
            Readable::None => None,
        };
        let count = counts.and_then(|counts| counts.get(&self.access.page.key).copied());
        Ok(i32::try_from(count.unwrap_or(0)).unwrap_or(i32::MAX))
    }

    /// Its records that the viewer reads, newest first unless they are sorted.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and what a list is asked for")]
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "1 to 100; 20 where neither is given.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor of a list with the same sort.")] after: Option<String>,
        #[graphql(desc = "1 to 100, from the end.")] last: Option<i32>,
        #[graphql(desc = "Continue before this cursor.")] before: Option<String>,
        #[graphql(desc = "Words that the record's values contain.")] search: Option<String>,
        #[graphql(desc = "Newest first where it is left out.")] sort: Option<RecordSortInput>,
        #[graphql(desc = "At most 10; a record fits all of them.")] filters: Option<Vec<RecordConditionInput>>,
    ) -> Result<AppRecordConnection> {
        let page = ctx.page(first, after, last, before)?;
        list(ctx, &self.access, query_of(search, sort, filters), page).await
    }

    /// One of its records; null where it does not exist or is not the viewer's to read.
    async fn record(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AppRecord>> {
        let Ok(id) = id.parse::<RecordId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| record::get(conn, viewer, &id)).await?;
        let here = found.filter(|shown| {
            shown.row.page_key == self.access.page.key && shown.row.instance_id == self.access.instance.id
        });
        Ok(here.map(AppRecord))
    }

    /// What was changed of one of its records, newest first.
    async fn record_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record.")] record_id: ID,
        #[graphql(desc = "1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
    ) -> Result<RecordChangeConnection> {
        changes(ctx, &record_id, first, after).await
    }

    /// What the viewer typed into the form and did not submit.
    async fn draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record that is being edited; null for a new one.")] record_id: Option<ID>,
    ) -> Result<Option<RecordDraft>> {
        let Ok(record_id) = record_id.map(|id| id.parse::<RecordId>()).transpose() else {
            return Ok(None);
        };
        let found = match record_id {
            None => {
                let drafts = seen::<Drafts>(ctx, self.shown()).await?.unwrap_or_default();
                drafts.into_iter().find(|draft| draft.page_key == self.access.page.key)
            }
            Some(id) => {
                let access = Arc::clone(&self.access);
                read(ctx, move |conn, _| record::draft::find(conn, &access, Some(&id))).await?
            }
        };
        found.map(draft).transpose()
    }
}
