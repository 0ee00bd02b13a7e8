//! Applications of the acting partner, their versions, and the import of packages.

use super::{DateTime, page::PageInfo, schema, self_test::SelfTestState, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationOrigin {
    Own,
    Premium,
    Distributed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionStatus {
    Unpublished,
    Published,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComponentKind {
    FormPage,
    CustomPage,
    Portal,
    AiAssistant,
    DataPreparation,
    Role,
    Contact,
    Automation,
    Connector,
    CustomComponent,
    CoolApp,
    Dashboard,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DistributionBarrier {
    PremiumApplication,
    Redistribution,
    NothingPublished,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationAction {
    ImportVersion,
    PublishVersion,
    CreateLink,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionAction {
    Publish,
    Describe,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageFormat {
    Auto,
    Native,
    Baserow,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageImportStatus {
    Queued,
    Running,
    Succeeded,
    Failed,
}

read_enums!(
    ApplicationOrigin,
    VersionStatus,
    ComponentKind,
    DistributionBarrier,
    ApplicationAction,
    VersionAction,
    PackageFormat,
    PackageImportStatus
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ComponentCount {
        pub kind: ComponentKind,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Component {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub folder: Option<String>,
        pub dependencies: Vec<String>,
    }
}

read! {
    /// A version as a list names it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationVersion")]
    pub struct VersionName {
        pub id: cynic::Id,
        pub number: String,
        pub status: VersionStatus,
    }
}

read! {
    /// How many links lead to something, and how many of them sell.
    #[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq)]
    pub struct LinkCounts {
        pub total: i32,
        pub open: i32,
    }
}

read! {
    /// A cool app as its application names it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppApplication")]
    pub struct ChannelCoolApp {
        pub id: cynic::Id,
        pub name: String,
        pub status: super::cool_app::CoolAppStatus,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Application")]
    pub struct ApplicationRow {
        pub id: cynic::Id,
        pub name: String,
        pub summary: String,
        pub origin: ApplicationOrigin,
        pub updated_at: DateTime,
        pub latest_version: Option<VersionName>,
        pub published_version: Option<VersionName>,
        pub product: Option<super::product::ProductState>,
        pub promotion_links: Option<LinkCounts>,
        pub cool_apps: Vec<ChannelCoolApp>,
        pub distribution_barrier: Option<DistributionBarrier>,
        pub distribution_links: Option<LinkCounts>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationConnection")]
    pub struct ApplicationPage {
        pub nodes: Vec<ApplicationRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ApplicationPage of ApplicationRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationVersion")]
    pub struct Version {
        pub id: cynic::Id,
        pub number: String,
        pub status: VersionStatus,
        pub description: String,
        pub created_at: DateTime,
        pub created_by: Person,
        pub published_at: Option<DateTime>,
        pub component_counts: Vec<ComponentCount>,
        pub sample_row_count: i32,
        pub latest_self_test: Option<SelfTestState>,
        pub self_test_passed: bool,
        pub available_actions: Vec<VersionAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Application {
        pub id: cynic::Id,
        pub name: String,
        pub summary: String,
        pub origin: ApplicationOrigin,
        pub created_at: DateTime,
        pub updated_at: DateTime,
        pub published_version: Option<VersionName>,
        pub versions: Vec<Version>,
        pub distribution_barrier: Option<DistributionBarrier>,
        pub product: Option<super::product::ProductState>,
        pub promotion_links: Option<LinkCounts>,
        pub cool_apps: Vec<ChannelCoolApp>,
        pub distribution_links: Option<LinkCounts>,
        pub available_actions: Vec<ApplicationAction>,
    }
}

read! {
    /// The application that a version belongs to.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Application")]
    pub struct ApplicationName {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationVersion")]
    pub struct ImportedVersion {
        pub id: cynic::Id,
        pub application: ApplicationName,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct UnmappedPart {
        pub place: String,
        pub what: String,
        pub kept_as: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ImportReport {
        pub application: String,
        pub version: String,
        pub components: Vec<ComponentCount>,
        pub sample_rows: i32,
        pub unmapped: Vec<UnmappedPart>,
        pub warnings: Vec<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ImportProblem {
        pub place: String,
        pub message: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PackageImport {
        pub id: cynic::Id,
        pub status: PackageImportStatus,
        pub file_name: String,
        pub stage: String,
        pub done: i32,
        pub total: i32,
        pub dry_run: bool,
        pub report: Option<ImportReport>,
        pub problems: Vec<ImportProblem>,
        pub version: Option<ImportedVersion>,
    }
}

impl PackageImport {
    pub fn finished(&self) -> bool {
        matches!(
            self.status,
            PackageImportStatus::Succeeded | PackageImportStatus::Failed
        )
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ImportPackageInput {
    pub file_id: cynic::Id,
    pub format: PackageFormat,
    pub application_id: Option<cynic::Id>,
    pub version: Option<String>,
    pub dry_run: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PublishVersionInput {
    pub version_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DescribeVersionInput {
    pub version_id: cynic::Id,
    pub description: String,
}

operation! { $ Query:
    applications(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        search = search: Option<String>
    ) => ApplicationPage
}
operation! { $ Query: application(id = id: cynic::Id) => Option<Application> }
operation! { $ Mutation: publish_version(input = input: PublishVersionInput) -> PublishVersionResult / Version }
operation! { $ Mutation: describe_version(input = input: DescribeVersionInput) -> DescribeVersionResult / Version }
operation! { $ Mutation:
    import_package(input = input: ImportPackageInput, idempotencyKey = idempotency_key: Option<String>) -> ImportPackageResult / PackageImport
}
operation! { $ Query: package_import(id = id: cynic::Id) => Option<PackageImport> }
operation! { $ Subscription: package_import_progress(id = id: cynic::Id) => PackageImport }

/// The components of one version, asked for when somebody wants to see them.
pub async fn components_of(version: cynic::Id) -> Result<Vec<Component>, super::Problem> {
    use super::{
        operation::{NodeOf, Plain, body},
        select::{Root, Select},
    };
    #[derive(cynic::QueryVariables)]
    struct Variables {
        id: cynic::Id,
    }
    read! {
        #[derive(cynic::QueryFragment)]
        #[cynic(graphql_type = "ApplicationVersion")]
        struct Contents {
            components: Vec<Component>,
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "Variables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        node: Option<Found>,
    }
    type Found = NodeOf<Contents>;
    let root = Root {
        kind: "query",
        field: "node",
        arguments: &["id"],
        variables: <Variables as cynic::QueryVariables>::VARIABLES,
        select: Found::select,
    };
    let found = super::transport::ask::<Plain<Option<Found>>>(body(&root, &Variables { id: version }), true).await?;
    Ok(found
        .and_then(|NodeOf(contents)| contents)
        .map(|contents| contents.components)
        .unwrap_or_default())
}
