//! Records of form pages in the schema: what they hold, who may do what with them, their history and drafts.

mod import;
mod input;
mod mutation;
mod types;

pub use import::RecordImportMutation;
pub use input::{RecordConditionInput, RecordSortInput, query_of};
pub use mutation::RecordMutation;
pub use types::{AppRecord, AppRecordConnection, RecordChangeConnection, RecordDraft, changes, draft, list};
