//! The audit log (P5) in the schema: for admins, of their own organisation.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::connection::connection;
use super::context::{Ask, query_error, read};
use super::session::types::{Organization, User};
use crate::auth::viewer::Viewer;
use crate::domain::id::MaintenanceSessionId;
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;
use crate::services::audit;
use crate::store::audit::{AuditEntry as Row, AuditFilter};
use crate::store::conn::Conn;

/// One recorded fact. Entries are never changed or removed.
#[derive(Clone, Debug)]
pub struct AuditEntry(pub Row);

/// What lets somebody act for an organisation that is not theirs.
#[derive(SimpleObject)]
pub struct OnBehalf {
    /// The remote maintenance.
    maintenance_session_id: ID,
    /// What it was asked for.
    reason: String,
}

#[Object]
impl AuditEntry {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// When it happened.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at.utc()
    }

    /// Who did it; null for the system.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.actor_id.clone()).await
    }

    /// What to call the actor, in the caller's language.
    async fn actor_label(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(match User::load_if_any(ctx, self.0.actor_id.clone()).await? {
            Some(user) => user.0.name,
            None if ctx.locale() == Locale::ZhCn => "系统".to_owned(),
            None => "System".to_owned(),
        })
    }

    /// The organisation that the actor acted for; of a partner's developer in a remote maintenance, their own.
    async fn acting_organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        match &self.0.acting_organization_id {
            Some(id) => Organization::load(ctx, id.clone()).await.map(Some),
            None => Ok(None),
        }
    }

    /// The remote maintenance in which a partner's developer did it for the organisation; null otherwise (D31).
    async fn on_behalf(&self) -> Option<OnBehalf> {
        let id = self.0.maintenance_session_id.as_ref()?;
        Some(OnBehalf {
            maintenance_session_id: ID(id.to_string()),
            reason: self.0.maintenance_reason.clone().unwrap_or_default(),
        })
    }

    /// What was done, past tense and dotted, such as project.submitted.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// To what.
    async fn object_id(&self) -> &str {
        &self.0.object_id
    }

    /// What people called the object then.
    async fn object_label(&self) -> &str {
        &self.0.object_label
    }

    /// What changed, as it was.
    async fn before(&self) -> Result<Option<Value>> {
        state(self.0.before_state.as_deref())
    }

    /// What changed, as it became.
    async fn after(&self) -> Result<Option<Value>> {
        state(self.0.after_state.as_deref())
    }

    /// The request that caused it; the same id stands in the server's log.
    async fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// Whether it is part of the organisation's hash chain yet; happens within seconds.
    async fn sealed(&self) -> bool {
        self.0.chain_number.is_some()
    }
}

fn state(text: Option<&str>) -> Result<Option<Value>> {
    let read = text.map(serde_json::from_str).transpose();
    read.map_err(super::fault::fault)
}

connection! {
    /// Audit entries, newest first.
    AuditEntryConnection, AuditEntryEdge, AuditEntry
}

#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The audit log of the acting organisation, newest first; of one object or of one remote maintenance where it is named.
    /// For admins and internal reviewers.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        object_id: Option<String>,
        #[graphql(desc = "What a partner's developer did in it for the organisation (D31).")]
        maintenance_session_id: Option<ID>,
    ) -> Result<AuditEntryConnection> {
        let page = ctx.page(first, after, last, before)?;
        let session = maintenance_session_id.map(|id| id.parse::<MaintenanceSessionId>());
        let filter = AuditFilter {
            object: object_id,
            maintenance_session: session
                .transpose()
                .map_err(|_| query_error(Refusal::not_found().at("maintenanceSessionId").into(), ctx.locale()))?,
        };
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| audit::list(conn, viewer, &filter, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| audit::count(conn, viewer, &counted));
        Ok(AuditEntryConnection::new(
            rows,
            |row| row.position.to_string(),
            AuditEntry,
            count,
        ))
    }
}
