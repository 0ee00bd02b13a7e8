//! Mutations about records.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::input::{
    DeleteRecordInput, DiscardRecordDraftInput, SaveRecordDraftInput, SubmitRecordInput, UpdateRecordInput,
};
use super::types::{AppRecord, RecordDraft, draft};
use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, RecordId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{idempotency_key, write, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::record::draft::DraftOf;
use crate::services::record::{self, Shown};
use crate::store::{self, Tx};

/// A record that is gone.
#[derive(SimpleObject)]
pub struct DeletedRecord {
    /// The id that it had.
    id: ID,
}

/// A draft that is gone.
#[derive(SimpleObject)]
pub struct DiscardedDraft {
    /// Key of the form page.
    page_key: String,
}

result_union! {
    /// Result of adding a record.
    SubmitRecordResult = AppRecord
}
result_union! {
    /// Result of changing a record.
    UpdateRecordResult = AppRecord
}
result_union! {
    /// Result of deleting a record.
    DeleteRecordResult = DeletedRecord
}
result_union! {
    /// Result of keeping a draft.
    SaveRecordDraftResult = RecordDraft
}
result_union! {
    /// Result of forgetting a draft.
    DiscardRecordDraftResult = DiscardedDraft
}

#[derive(Default)]
pub struct RecordMutation;

#[Object]
impl RecordMutation {
    /// D27, D30: adds a record to a form page.
    async fn submit_record(
        &self,
        ctx: &Context<'_>,
        input: SubmitRecordInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<SubmitRecordResult> {
        let ended = submit_record(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |shown| SubmitRecordResult::AppRecord(AppRecord(shown)))
    }

    /// D30: changes a record; refused as Stale where somebody else changed it in between.
    async fn update_record(&self, ctx: &Context<'_>, input: UpdateRecordInput) -> Result<UpdateRecordResult> {
        let ended = match input.id.parse::<RecordId>() {
            Ok(id) => {
                let (version, data) = (input.version, input.data.0);
                write(ctx, move |tx, viewer| record::update(tx, viewer, &id, version, &data)).await?
            }
            Err(_) => Err(Refusal::not_found().at("id").into()),
        };
        outcome(ctx, ended, |shown| UpdateRecordResult::AppRecord(AppRecord(shown)))
    }

    /// D30: deletes a record with its history and files.
    async fn delete_record(&self, ctx: &Context<'_>, input: DeleteRecordInput) -> Result<DeleteRecordResult> {
        let ended = match input.id.parse::<RecordId>() {
            Ok(id) => write(ctx, move |tx, viewer| record::delete(tx, viewer, &id)).await?,
            Err(_) => Err(Refusal::not_found().at("id").into()),
        };
        outcome(ctx, ended, |id| {
            DeleteRecordResult::DeletedRecord(DeletedRecord { id: ID(id.to_string()) })
        })
    }

    /// Keeps what was typed into a record form, in place of what was kept before: one draft a person, page and record. A draft is
    /// no write to the customer's data, and is its typist's alone: it stands in no log, in a remote maintenance neither.
    async fn save_record_draft(&self, ctx: &Context<'_>, input: SaveRecordDraftInput) -> Result<SaveRecordDraftResult> {
        let ended = match draft_of(&input.instance_id, input.page_key, input.record_id) {
            Ok(of) => {
                let (version, data) = (input.version, input.data.0);
                write(ctx, move |tx, viewer| {
                    record::draft::save(tx, viewer, &of, version, &data)
                })
                .await?
            }
            Err(refusal) => Err(refusal.into()),
        };
        let ended = match ended {
            Ok(row) => Ok(draft(row)?),
            Err(error) => Err(error),
        };
        outcome(ctx, ended, SaveRecordDraftResult::RecordDraft)
    }

    /// Forgets what was typed into a record form.
    async fn discard_record_draft(
        &self,
        ctx: &Context<'_>,
        input: DiscardRecordDraftInput,
    ) -> Result<DiscardRecordDraftResult> {
        let page_key = input.page_key.clone();
        let ended = match draft_of(&input.instance_id, input.page_key, input.record_id) {
            Ok(of) => write(ctx, move |tx, viewer| record::draft::discard(tx, viewer, &of)).await?,
            Err(refusal) => Err(refusal.into()),
        };
        outcome(ctx, ended, |()| {
            DiscardRecordDraftResult::DiscardedDraft(DiscardedDraft { page_key })
        })
    }
}

fn draft_of(instance_id: &ID, page_key: String, record_id: Option<ID>) -> std::result::Result<DraftOf, Refusal> {
    let instance_id = instance_id.parse().map_err(|_| Refusal::not_found().at("instanceId"))?;
    let record_id = record_id.map(|id| id.parse().map_err(|_| Refusal::not_found().at("recordId")));
    Ok(DraftOf {
        instance_id,
        page_key,
        record_id: record_id.transpose()?,
    })
}

async fn submit_record(
    ctx: &Context<'_>,
    input: SubmitRecordInput,
    key: Option<String>,
) -> Result<store::Result<Shown>> {
    let key = match idempotency_key(key, "submitRecord", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = input.instance_id.parse::<InstanceId>() else {
        return Ok(Err(Refusal::not_found().at("instanceId").into()));
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let shown = record::submit(tx, viewer, &id, &input.page_key, &input.data)?;
        Ok((shown.row.id.to_string(), shown))
    };
    let load = |conn: &mut store::conn::Conn, viewer: &Viewer, made: &str| {
        let id: RecordId = made.parse().map_err(|_| Refusal::not_found())?;
        record::get(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
    };
    write_once(ctx, key, make, load).await
}
