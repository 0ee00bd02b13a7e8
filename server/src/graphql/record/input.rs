//! Inputs about records.

use async_graphql::{ID, InputObject, Json};
use serde::Serialize;
use serde_json::Value;

use crate::domain::record_filter::{Condition, RecordQuery, RecordTest, SortDirection};

/// By which field a list of records is sorted.
#[derive(InputObject)]
pub struct RecordSortInput {
    /// Key of a field that holds one value: not several choices, links or files.
    pub field: String,
    /// Which way.
    pub direction: SortDirection,
}

/// A condition on one field; a list of conditions asks for all of them.
#[derive(InputObject)]
pub struct RecordConditionInput {
    /// Key of the field.
    pub field: String,
    /// How it is compared.
    pub test: RecordTest,
    /// What it is compared with, as text: a number, a day, a choice's value, the id or the title of a linked record. One value, up
    /// to 100 for ANY_OF, none for EMPTY and FILLED. A day stands for all its instants. Titles are compared without regard to
    /// case, and only those of records that the viewer may read.
    #[graphql(default)]
    pub values: Vec<String>,
}

/// What a list is asked for.
pub fn query_of(
    search: Option<String>,
    sort: Option<RecordSortInput>,
    filters: Option<Vec<RecordConditionInput>>,
) -> RecordQuery {
    let condition = |input: RecordConditionInput| Condition {
        field: input.field,
        test: input.test,
        values: input.values,
    };
    RecordQuery {
        search,
        sort: sort.map(|sort| (sort.field, sort.direction)),
        conditions: filters.unwrap_or_default().into_iter().map(condition).collect(),
    }
}

/// Adds a record.
#[derive(InputObject, Serialize)]
pub struct SubmitRecordInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the form page.
    pub page_key: String,
    /// Values by field key, as the page's JSON Schema asks. A link is `{ "record": id }`, a file `{ "file": id, "name": … }`
    /// of a file that was uploaded for this page.
    pub data: Json<Value>,
}

/// Changes a record.
#[derive(InputObject)]
pub struct UpdateRecordInput {
    /// The record.
    pub id: ID,
    /// The version that was read; another one in between is Stale, and nothing is changed.
    pub version: i32,
    /// All values by field key: what is left out is emptied, except what nobody can fill in.
    pub data: Json<Value>,
}

/// Deletes a record.
#[derive(InputObject)]
pub struct DeleteRecordInput {
    /// The record.
    pub id: ID,
}

/// Keeps what was typed into a record form.
#[derive(InputObject)]
pub struct SaveRecordDraftInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the form page.
    pub page_key: String,
    /// The record that is being edited; null for a new one.
    pub record_id: Option<ID>,
    /// The version of the record with which the typing began.
    #[graphql(default)]
    pub version: i32,
    /// Whatever was typed, by field key; it is not checked. At most 256 Ki characters.
    pub data: Json<Value>,
}

/// Forgets what was typed into a record form.
#[derive(InputObject)]
pub struct DiscardRecordDraftInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the form page.
    pub page_key: String,
    /// The record that is being edited; null for a new one.
    pub record_id: Option<ID>,
}
