//! An application in use: one of its pages with its definition, and the records of a form.

use super::{
    DateTime, Problem,
    application::ComponentKind,
    instance::{InstanceAction, InstanceStatus, PageName},
    operation::{Plain, body},
    page::PageInfo,
    scalar::Json,
    schema,
    select::{Root, Select},
    session::Person,
    transport,
};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppRecord")]
    pub struct Record {
        pub id: cynic::Id,
        pub data: Json,
        pub sample: bool,
        pub created_at: DateTime,
        pub created_by: Option<Person>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppRecordConnection")]
    pub struct RecordList {
        pub nodes: Vec<Record>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

/// Which page, and which part of its records.
#[derive(cynic::QueryVariables, Clone, Debug)]
pub struct PageVariables {
    pub id: cynic::Id,
    pub key: String,
    pub first: Option<i32>,
    pub after: Option<String>,
    pub search: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "InstancePage", variables = "PageVariables", no_deserialize)]
pub struct OpenPage {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    pub definition: Json,
    #[arguments(first: $first, after: $after, search: $search)]
    pub records: RecordList,
}
read!(@fields OpenPage key: String, kind: ComponentKind, name: String, definition: Json, records: RecordList);

impl Select for OpenPage {
    fn select(document: &mut String) {
        document.push_str("{key kind name definition records(first:$first after:$after search:$search)");
        RecordList::select(document);
        document.push('}');
    }
}

read! {
    /// An application as the frame around its pages shows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct AppFrame {
        pub id: cynic::Id,
        pub name: String,
        pub summary: String,
        pub status: InstanceStatus,
        pub pages: Vec<PageName>,
        pub sample_record_count: i32,
        pub available_actions: Vec<InstanceAction>,
    }
}

impl AppFrame {
    pub fn may(&self, action: InstanceAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppRecord")]
    pub struct SubmittedRecord {
        pub id: cynic::Id,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SubmitRecordInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub data: Json,
}

operation! { $ Mutation:
    submit_record(input = input: SubmitRecordInput, idempotencyKey = idempotency_key: Option<String>)
        -> SubmitRecordResult / SubmittedRecord
}

/// The application around its pages.
pub async fn app_frame(id: cynic::Id) -> Result<Option<AppFrame>, Problem> {
    operation! { $ Query: app_instance(id = id: cynic::Id) => Option<AppFrame> }
    app_instance(id).await
}

/// One page of an application with a part of its records; nothing where there is no such page.
pub async fn open_page(variables: PageVariables) -> Result<Option<OpenPage>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "AppInstance", variables = "PageVariables", no_deserialize)]
    struct Holder {
        #[arguments(key: $key)]
        page: Option<OpenPage>,
    }
    read!(@fields Holder page: Option<OpenPage>);
    impl Select for Holder {
        fn select(document: &mut String) {
            document.push_str("{page(key:$key)");
            OpenPage::select(document);
            document.push('}');
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "PageVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        app_instance: Option<Holder>,
    }
    let root = Root {
        kind: "query",
        field: "app_instance",
        arguments: &["id"],
        variables: <PageVariables as cynic::QueryVariables>::VARIABLES,
        select: Holder::select,
    };
    let holder = transport::ask::<Plain<Option<Holder>>>(body(&root, &variables), true).await?;
    Ok(holder.and_then(|holder| holder.page))
}
