//! Tables of records: the report of an import. The export is a file (`api::file::export`).

use super::schema;

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct BadRecordCell {
        pub column: Option<i32>,
        pub field: Option<String>,
        pub message: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct BadRecordLine {
        pub line: i32,
        pub cells: Vec<BadRecordCell>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "RecordImportReport")]
    pub struct ImportReport {
        pub lines: i32,
        pub imported: i32,
        pub bad_line_count: i32,
        pub bad_lines: Vec<BadRecordLine>,
        pub unknown_columns: Vec<String>,
        pub left_out_columns: Vec<String>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ImportRecordsInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub file_id: cynic::Id,
    pub check_only: bool,
    pub skip_bad_lines: bool,
    pub utc_offset: i32,
}

operation! { $ Mutation:
    import_records(input = input: ImportRecordsInput, idempotencyKey = idempotency_key: Option<String>)
        -> ImportRecordsResult / ImportReport
}
