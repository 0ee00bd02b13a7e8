//! The audit log: of the acting organisation, for internal reviewers of all.

use super::{
    DateTime, Problem,
    page::{PageInfo, Window},
    scalar::Json,
    schema,
    session::OrganizationName,
};

read! {
    /// The remote maintenance in which a developer of a partner did something.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OnBehalf {
        pub maintenance_session_id: cynic::Id,
        pub reason: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AuditEntry {
        pub id: cynic::Id,
        pub at: DateTime,
        pub actor_label: String,
        pub acting_organization: Option<OrganizationName>,
        pub on_behalf: Option<OnBehalf>,
        pub action: String,
        pub object_id: String,
        pub object_label: String,
        pub before: Option<Json>,
        pub after: Option<Json>,
        pub request_id: String,
        /// Its place in the tamper-evident chain is fixed.
        pub sealed: bool,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AuditEntryConnection")]
    pub struct AuditPage {
        pub nodes: Vec<AuditEntry>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(AuditPage of AuditEntry);

operation! { $ Query:
    audit_entries(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        objectId = object_id: Option<String>, maintenanceSessionId = maintenance_session_id: Option<cynic::Id>
    ) => AuditPage
}

/// What was done in a remote maintenance (D31).
pub async fn session_entries(session: cynic::Id, window: Window) -> Result<AuditPage, Problem> {
    let Window {
        first,
        after,
        last,
        before,
    } = window;
    audit_entries(first, after, last, before, None, Some(session)).await
}
