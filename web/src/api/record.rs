//! An application in use: its pages with their definitions, the records of a form, their history and drafts.

use super::{
    DateTime, Problem,
    application::ComponentKind,
    binding::ComponentSuspension,
    instance::{InstanceAction, InstanceStatus, PageName},
    operation::{Plain, body},
    page::PageInfo,
    read::Read,
    scalar::Json,
    schema,
    seat::Seats,
    select::{Root, Select},
    session::Person,
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordAction {
    Add,
    Read,
    Edit,
    Delete,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageAction {
    AddRecord,
    ImportRecords,
    ExportRecords,
    SetPermission,
    SetProcessDesign,
    Rename,
    Move,
    EditDefinition,
}

/// How a field is compared.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordTest {
    Equals,
    Differs,
    Contains,
    AnyOf,
    Before,
    After,
    Less,
    Greater,
    Empty,
    Filled,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    Ascending,
    Descending,
}

read_enums!(PageAction, RecordAction);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppRecord")]
    pub struct Record {
        pub id: cynic::Id,
        pub version: i32,
        pub title: String,
        pub data: Json,
        pub sample: bool,
        pub created_at: DateTime,
        pub created_by: Option<Person>,
        pub updated_at: Option<DateTime>,
        pub updated_by: Option<Person>,
        pub available_actions: Vec<RecordAction>,
    }
}

impl Record {
    pub fn may(&self, action: RecordAction) -> bool {
        self.available_actions.contains(&action)
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

crate::pages!(RecordList of Record);

impl RecordList {
    /// The list of a page that is not there.
    pub fn nothing() -> Self {
        Self {
            nodes: Vec::new(),
            page_info: PageInfo::alone(),
            total_count: 0,
        }
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RecordFieldChange {
        pub field: String,
        pub label: String,
        pub before: Json,
        pub after: Json,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RecordChange {
        pub at: DateTime,
        pub by: Person,
        pub fields: Vec<RecordFieldChange>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "RecordChangeConnection")]
    pub struct History {
        pub nodes: Vec<RecordChange>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "RecordDraft")]
    pub struct Draft {
        pub data: Json,
        pub updated_at: DateTime,
        pub version: i32,
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
        pub suspensions: Vec<ComponentSuspension>,
        pub sample_record_count: i32,
        pub seats: Option<Seats>,
        pub available_actions: Vec<InstanceAction>,
    }
}

impl AppFrame {
    pub fn may(&self, action: InstanceAction) -> bool {
        self.available_actions.contains(&action)
    }

    pub fn page(&self, key: &str) -> Option<&PageName> {
        self.pages.iter().find(|page| page.key == key)
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppRecord")]
    pub struct SubmittedRecord {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DeletedRecord {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "RecordDraft")]
    pub struct SavedDraft {
        pub updated_at: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DiscardedDraft {
        pub page_key: String,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SubmitRecordInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub data: Json,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateRecordInput {
    pub id: cynic::Id,
    pub version: i32,
    pub data: Json,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteRecordInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SaveRecordDraftInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub record_id: Option<cynic::Id>,
    pub version: i32,
    pub data: Json,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DiscardRecordDraftInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub record_id: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RecordSortInput {
    pub field: String,
    pub direction: SortDirection,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RecordConditionInput {
    pub field: String,
    pub test: RecordTest,
    pub values: Vec<String>,
}

operation! { $ Mutation:
    submit_record(input = input: SubmitRecordInput, idempotencyKey = idempotency_key: Option<String>)
        -> SubmitRecordResult / SubmittedRecord
}
operation! { $ Mutation: update_record(input = input: UpdateRecordInput) -> UpdateRecordResult / SubmittedRecord }
operation! { $ Mutation: delete_record(input = input: DeleteRecordInput) -> DeleteRecordResult / DeletedRecord }
operation! { $ Mutation: save_record_draft(input = input: SaveRecordDraftInput) -> SaveRecordDraftResult / SavedDraft }
operation! { $ Mutation:
    discard_record_draft(input = input: DiscardRecordDraftInput) -> DiscardRecordDraftResult / DiscardedDraft
}

/// The application around its pages.
pub async fn app_frame(id: cynic::Id) -> Result<Option<AppFrame>, Problem> {
    operation! { $ Query: app_instance(id = id: cynic::Id) => Option<AppFrame> }
    app_instance(id).await
}

/// Makes a question about one page of an application: what is asked of the page is a fragment whose fields have arguments, so
/// that their text is written by hand beside it.
macro_rules! page_question {
    ($d:tt $(#[$doc:meta])* $name:ident($variables:ident, $named:literal) -> $part:ident) => {
        $(#[$doc])*
        pub async fn $name(variables: $variables) -> Result<Option<$part>, Problem> {
            #[derive(cynic::QueryFragment)]
            #[cynic(graphql_type = "AppInstance", variables = $named, no_deserialize)]
            #[allow(dead_code)]
            struct Holder {
                #[arguments(key: $d key)]
                page: Option<$part>,
            }
            #[derive(cynic::QueryFragment)]
            #[cynic(variables = $named, no_deserialize)]
            #[allow(dead_code)]
            struct Query {
                #[arguments(id: $d id)]
                app_instance: Option<Holder>,
            }
            let root = Root {
                kind: "query",
                field: "app_instance",
                arguments: &["id"],
                variables: <$variables as cynic::QueryVariables>::VARIABLES,
                select: |document| {
                    document.push_str("{page(key:$key)");
                    $part::select(document);
                    document.push('}');
                },
            };
            let found = ask_page(body(&root, &variables)).await?;
            found.map($part::read).transpose().map_err(|_| Problem::Fault { request_id: None })
        }
    };
}

pub(super) use page_question;

/// The page as it was answered; nothing where the application or the page is not there for this person.
pub(super) async fn ask_page(body: String) -> Result<Option<serde_json::Value>, Problem> {
    let holder = transport::ask::<Plain<Option<serde_json::Value>>>(body, true).await?;
    let page = holder.and_then(|mut holder| holder.get_mut("page").map(serde_json::Value::take));
    Ok(page.filter(serde_json::Value::is_object))
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub struct PageVariables {
    pub id: cynic::Id,
    pub key: String,
}

read! {
    /// A page with what it is made of.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct OpenPage {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub definition: Json,
        pub available_actions: Vec<PageAction>,
    }
}

impl OpenPage {
    pub fn may(&self, action: PageAction) -> bool {
        self.available_actions.contains(&action)
    }
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub struct RecordsVariables {
    pub id: cynic::Id,
    pub key: String,
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
    pub search: Option<String>,
    pub sort: Option<RecordSortInput>,
    pub filters: Option<Vec<RecordConditionInput>>,
}

impl RecordsVariables {
    /// The newest records of a page.
    pub fn newest(id: cynic::Id, key: String, count: i32) -> Self {
        Self {
            id,
            key,
            first: Some(count),
            after: None,
            last: None,
            before: None,
            search: None,
            sort: None,
            filters: None,
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "InstancePage", variables = "RecordsVariables", no_deserialize)]
pub struct PageRecords {
    #[arguments(first: $first, after: $after, last: $last, before: $before, search: $search, sort: $sort, filters: $filters)]
    pub records: RecordList,
}
read!(@fields PageRecords records: RecordList);

impl Select for PageRecords {
    fn select(document: &mut String) {
        document.push_str(
            "{records(first:$first after:$after last:$last before:$before search:$search sort:$sort filters:$filters)",
        );
        RecordList::select(document);
        document.push('}');
    }
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub struct RecordVariables {
    pub id: cynic::Id,
    pub key: String,
    pub record: cynic::Id,
}

/// A record with what was changed of it and what the viewer began to change.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "InstancePage", variables = "RecordVariables", no_deserialize)]
pub struct OpenRecord {
    #[arguments(id: $record)]
    pub record: Option<Record>,
    #[arguments(recordId: $record)]
    pub draft: Option<Draft>,
}
read!(@fields OpenRecord record: Option<Record>, draft: Option<Draft>);

impl Select for OpenRecord {
    fn select(document: &mut String) {
        document.push_str("{record(id:$record)");
        Record::select(document);
        document.push_str(" draft(recordId:$record)");
        Draft::select(document);
        document.push('}');
    }
}

read! {
    /// What the viewer began to fill in for a new record.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct BegunRecord {
        pub draft: Option<Draft>,
    }
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub struct HistoryVariables {
    pub id: cynic::Id,
    pub key: String,
    pub record: cynic::Id,
    pub after: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "InstancePage", variables = "HistoryVariables", no_deserialize)]
pub struct RecordHistory {
    #[arguments(recordId: $record, first: 10, after: $after)]
    pub record_changes: History,
}
read!(@fields RecordHistory record_changes: History);

impl Select for RecordHistory {
    fn select(document: &mut String) {
        document.push_str("{recordChanges(recordId:$record first:10 after:$after)");
        History::select(document);
        document.push('}');
    }
}

page_question! { $ open_page(PageVariables, "PageVariables") -> OpenPage }
page_question! { $
    /// A part of a page's records; nothing where there is no such page.
    page_records(RecordsVariables, "RecordsVariables") -> PageRecords
}
page_question! { $ open_record(RecordVariables, "RecordVariables") -> OpenRecord }
page_question! { $ begun_record(PageVariables, "PageVariables") -> BegunRecord }
page_question! { $ record_history(HistoryVariables, "HistoryVariables") -> RecordHistory }
