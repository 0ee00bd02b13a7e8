//! What internal reviewers decide: projects (D4) and distribution permissions (D1).

use super::{
    DateTime, Problem,
    operation::{NodeOf, Plain, body},
    page::PageInfo,
    permission::DistributionPermissionAction,
    project::{Project, ProjectAction, ProjectState, ProjectStatus},
    read::{Fields, Misshapen, Read},
    schema,
    select::{Root, Select},
    session::{DistributionPermissionStatus, EditionName, Person},
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnerTier {
    None,
    Partner,
    Advanced,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewDecision {
    Approve,
    Reject,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionDecision {
    Grant,
    Reject,
    Revoke,
}

read_enums!(PartnerTier, ReviewDecision, PermissionDecision);

read! {
    /// The partner that asks.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct Applicant {
        pub name: String,
        pub corp_id: String,
        pub edition: EditionName,
        pub partner_tier: PartnerTier,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Project")]
    pub struct QueuedProject {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProjectStatus,
        pub partner: Applicant,
        pub customer_name: String,
        pub customer_corp_id: String,
        pub creator: Person,
        pub submitted_at: Option<DateTime>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub decided_at: Option<DateTime>,
        pub available_actions: Vec<ProjectAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProjectConnection")]
    pub struct ProjectQueue {
        pub nodes: Vec<QueuedProject>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ProjectQueue of QueuedProject);

/// A project with the partner that asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewedProject {
    pub project: Project,
    pub partner: Applicant,
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "DistributionPermission")]
    pub struct QueuedPermission {
        pub id: cynic::Id,
        pub organization: Applicant,
        pub status: DistributionPermissionStatus,
        pub scenario: String,
        pub references: Vec<String>,
        pub contact_name: String,
        pub contact_mobile: String,
        pub agreement_version: String,
        pub submitted_by: Person,
        pub submitted_at: DateTime,
        pub due_at: DateTime,
        pub overdue: bool,
        pub decided_at: Option<DateTime>,
        pub reason: Option<String>,
        pub available_actions: Vec<DistributionPermissionAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "DistributionPermissionConnection")]
    pub struct PermissionQueue {
        pub nodes: Vec<QueuedPermission>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(PermissionQueue of QueuedPermission);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "DistributionPermission")]
    pub struct DecidedPermission {
        pub id: cynic::Id,
        pub status: DistributionPermissionStatus,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReviewProjectInput {
    pub id: cynic::Id,
    pub decision: ReviewDecision,
    pub amount_mismatch: bool,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DecideDistributionPermissionInput {
    pub id: cynic::Id,
    pub decision: PermissionDecision,
    pub reason: Option<String>,
    pub tier: Option<PartnerTier>,
}

operation! { $ Query:
    projects(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        status = status: Option<ProjectStatus>, search = search: Option<String>
    ) => ProjectQueue
}
operation! { $ Query:
    distribution_permissions(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        status = status: Option<DistributionPermissionStatus>
    ) => PermissionQueue
}
operation! { $ Mutation: review_project(input = input: ReviewProjectInput) -> ReviewProjectResult / ProjectState }
operation! { $ Mutation:
    decide_distribution_permission(input = input: DecideDistributionPermissionInput) -> DecideDistributionPermissionResult / DecidedPermission
}

/// A project as a reviewer reads it; nothing where there is none for them.
pub async fn reviewed_project(id: cynic::Id) -> Result<Option<ReviewedProject>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize, graphql_type = "Project")]
    struct Of {
        partner: Applicant,
        #[cynic(spread)]
        project: Project,
    }
    impl Select for Of {
        fn select(document: &mut String) {
            document.push_str("{partner");
            Applicant::select(document);
            document.push_str("...on Project");
            Project::select(document);
            document.push('}');
        }
    }
    impl Read for Of {
        fn read(value: serde_json::Value) -> Result<Self, Misshapen> {
            let partner = Fields::of(value.clone())?.take("partner")?;
            Ok(Self {
                partner,
                project: Project::read(value)?,
            })
        }
    }
    operation! { $ Query: project(id = id: cynic::Id) => Option<Of> }
    let found = project(id).await?;
    Ok(found.map(|Of { partner, project }| ReviewedProject { project, partner }))
}

/// One application for distribution permission.
pub async fn permission(id: cynic::Id) -> Result<Option<QueuedPermission>, Problem> {
    #[derive(cynic::QueryVariables)]
    struct Variables {
        id: cynic::Id,
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "Variables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        node: Option<Found>,
    }
    type Found = NodeOf<QueuedPermission>;
    let root = Root {
        kind: "query",
        field: "node",
        arguments: &["id"],
        variables: <Variables as cynic::QueryVariables>::VARIABLES,
        select: Found::select,
    };
    let found = transport::ask::<Plain<Option<Found>>>(body(&root, &Variables { id }), true).await?;
    Ok(found.and_then(|NodeOf(permission)| permission))
}
