//! Self-tests of the acting partner, the organisations in which they are made, and installing the portal.

use super::{
    DateTime, Problem,
    application::{ApplicationName, VersionName},
    delivery::Delivery,
    file::StoredFile,
    operation::{Outcome, Plain, bare},
    page::PageInfo,
    schema,
    select::Select,
    session::{EditionName, OrganizationName, Person},
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfTestStatus {
    Sending,
    Testing,
    Failed,
    Passed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfTestAction {
    Answer,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfTestQuestion {
    ArrivedComplete,
    PagesOpen,
    RecordsKept,
    AutomationsRun,
    ConnectorsAnswer,
    DataPrepared,
    AssistantsAnswer,
    RolesRespected,
    GoesLive,
    TextsComplete,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestOrganizationAction {
    Join,
    StartSelfTest,
}

read_enums!(SelfTestStatus, SelfTestAction, SelfTestQuestion, TestOrganizationAction);

read! {
    /// An organisation as the list of test organisations shows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct Place {
        pub id: cynic::Id,
        pub corp_id: String,
        pub name: String,
        pub edition: EditionName,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct TestOrganization {
        pub organization: Place,
        pub joined: bool,
        pub available_actions: Vec<TestOrganizationAction>,
    }
}

read! {
    /// How the latest self-test of a version stands.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "SelfTest")]
    pub struct SelfTestState {
        pub status: SelfTestStatus,
    }
}

read! {
    /// A self-test as a list names it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "SelfTest")]
    pub struct SelfTestRow {
        pub id: cynic::Id,
        pub status: SelfTestStatus,
        pub version: VersionName,
        pub test_organization: Place,
        pub created_at: DateTime,
        pub created_by: Person,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "SelfTestConnection")]
    pub struct SelfTestPage {
        pub nodes: Vec<SelfTestRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(SelfTestPage of SelfTestRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SelfTestItem {
        pub item: SelfTestQuestion,
        pub passed: Option<bool>,
        pub note: String,
        pub evidence: Option<StoredFile>,
        pub tested_by: Option<Person>,
        pub tested_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SelfTest {
        pub id: cynic::Id,
        pub status: SelfTestStatus,
        pub application: ApplicationName,
        pub version: VersionName,
        pub test_organization: Place,
        pub delivery: Delivery,
        pub instance_id: Option<cynic::Id>,
        pub items: Vec<SelfTestItem>,
        pub created_at: DateTime,
        pub created_by: Person,
        pub passed_at: Option<DateTime>,
        pub available_actions: Vec<SelfTestAction>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateTestOrganizationInput {
    pub name: String,
    pub edition: Option<EditionName>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct JoinTestOrganizationInput {
    pub organization_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct StartSelfTestInput {
    pub version_id: cynic::Id,
    pub test_organization_id: cynic::Id,
    pub include_sample_data: bool,
    pub include_connectors: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AnswerSelfTestItemInput {
    pub id: cynic::Id,
    pub item: SelfTestQuestion,
    pub passed: bool,
    pub note: String,
    pub evidence_id: Option<cynic::Id>,
}

operation! { $ Query: self_test(id = id: cynic::Id) => Option<SelfTest> }
operation! { $ Query:
    self_tests(
        applicationId = application_id: cynic::Id,
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>
    ) => SelfTestPage
}
operation! { $ Mutation:
    create_test_organization(input = input: CreateTestOrganizationInput) -> CreateTestOrganizationResult / TestOrganization
}
operation! { $ Mutation:
    join_test_organization(input = input: JoinTestOrganizationInput) -> JoinTestOrganizationResult / TestOrganization
}
operation! { $ Mutation:
    start_self_test(input = input: StartSelfTestInput, idempotencyKey = idempotency_key: Option<String>) -> StartSelfTestResult / SelfTestRow
}
operation! { $ Mutation:
    answer_self_test_item(input = input: AnswerSelfTestItemInput) -> AnswerSelfTestItemResult / SelfTestRow
}

/// The partner's test organisations.
pub async fn test_organizations() -> Result<Vec<TestOrganization>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        test_organizations: Vec<TestOrganization>,
    }
    let body = bare("query", "test_organizations", TestOrganization::select);
    transport::ask::<Plain<Vec<TestOrganization>>>(body, true).await
}

/// Makes the acting organisation a partner.
pub async fn install_portal() -> Result<OrganizationName, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Mutation {
        install_portal: Installed,
    }
    type Installed = Outcome<schema::InstallPortalResult, OrganizationName>;
    transport::ask::<Installed>(bare("mutation", "install_portal", Installed::select), false).await
}
