//! Mutations about projects.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::input::{
    CreateProjectInput, ProjectActionInput, ReviewProjectInput, SettleProjectInput, UpdateProjectInput,
};
use super::types::Project;
use crate::auth::viewer::Viewer;
use crate::domain::id::ProjectId;
use crate::domain::project_form::ProjectFields;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::project::{self, Review};
use crate::services::settlement;
use crate::store::conn::Conn;
use crate::store::{self, Tx};

/// A draft that is gone.
#[derive(SimpleObject)]
pub struct DiscardedProject {
    /// Its id.
    pub id: ID,
}

result_union! {
    /// Result of creating a project.
    CreateProjectResult = Project
}
result_union! {
    /// Result of replacing a draft's fields.
    UpdateProjectResult = Project
}
result_union! {
    /// Result of starting an approval.
    SubmitProjectResult = Project
}
result_union! {
    /// Result of withdrawing.
    WithdrawProjectResult = Project
}
result_union! {
    /// Result of deleting a draft.
    DiscardProjectResult = DiscardedProject
}
result_union! {
    /// Result of copying a project.
    CopyProjectResult = Project
}
result_union! {
    /// Result of a review.
    ReviewProjectResult = Project
}
result_union! {
    /// Result of taking ownership.
    TakeProjectOwnershipResult = Project
}
result_union! {
    /// Result of settling.
    SettleProjectResult = Project
}

#[derive(Default)]
pub struct ProjectMutation;

#[Object]
impl ProjectMutation {
    /// Creates a project as a draft; the caller becomes its creator.
    async fn create_project(
        &self,
        ctx: &Context<'_>,
        input: CreateProjectInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CreateProjectResult> {
        let ended = create(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| CreateProjectResult::Project(Project(row)))
    }

    /// Replaces the fields of a draft.
    async fn update_project(&self, ctx: &Context<'_>, input: UpdateProjectInput) -> Result<UpdateProjectResult> {
        let (version, fields) = (input.version, ProjectFields::from(input.fields));
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId| project::update(tx, viewer, id, version, &fields);
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| UpdateProjectResult::Project(Project(row)))
    }

    /// Starts the approval of a draft. Everything that is wrong is reported at once.
    async fn submit_project(&self, ctx: &Context<'_>, input: ProjectActionInput) -> Result<SubmitProjectResult> {
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId| project::submit(tx, viewer, id);
        let ended = change(ctx, &input.id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| SubmitProjectResult::Project(Project(row)))
    }

    /// D3: the creator withdraws while the project is in review.
    async fn withdraw_project(&self, ctx: &Context<'_>, input: ProjectActionInput) -> Result<WithdrawProjectResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, project::withdraw).await?;
        outcome(ctx, ended, |row| WithdrawProjectResult::Project(Project(row)))
    }

    /// Deletes a draft.
    async fn discard_project(&self, ctx: &Context<'_>, input: ProjectActionInput) -> Result<DiscardProjectResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, project::discard).await?;
        let gone = |id: ProjectId| DiscardedProject { id: ID(id.to_string()) };
        outcome(ctx, ended, |id| DiscardProjectResult::DiscardedProject(gone(id)))
    }

    /// D3: copies a rejected or withdrawn project into a new draft.
    async fn copy_project(
        &self,
        ctx: &Context<'_>,
        input: ProjectActionInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CopyProjectResult> {
        let ended = copy(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| CopyProjectResult::Project(Project(row)))
    }

    /// D4: an internal reviewer approves or rejects.
    async fn review_project(&self, ctx: &Context<'_>, input: ReviewProjectInput) -> Result<ReviewProjectResult> {
        let said = Review {
            decision: input.decision,
            amount_mismatch: input.amount_mismatch,
            reason: input.reason,
        };
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId| project::review(tx, viewer, id, &said);
        let ended = change(ctx, &input.id, Viewer::reviewer, work).await?;
        outcome(ctx, ended, |row| ReviewProjectResult::Project(Project(row)))
    }

    /// D5: where a project's creator has left the organisation, another partner admin becomes its creator.
    async fn take_project_ownership(
        &self,
        ctx: &Context<'_>,
        input: ProjectActionInput,
    ) -> Result<TakeProjectOwnershipResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, project::take_ownership).await?;
        outcome(ctx, ended, |row| TakeProjectOwnershipResult::Project(Project(row)))
    }

    /// D32: the creator settles the project, which closes it.
    async fn settle_project(&self, ctx: &Context<'_>, input: SettleProjectInput) -> Result<SettleProjectResult> {
        let (id, fields) = input.split();
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId| settlement::settle(tx, viewer, id, &fields);
        let ended = change(ctx, &id, Viewer::partner_admin, work).await?;
        outcome(ctx, ended, |row| SettleProjectResult::Project(Project(row)))
    }
}

async fn create(
    ctx: &Context<'_>,
    input: CreateProjectInput,
    key: Option<String>,
) -> Result<store::Result<store::project::Project>> {
    let key = match idempotency_key(key, "createProject", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let (submit, fields) = (input.submit, ProjectFields::from(input.fields));
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let row = project::create(tx, viewer, &fields, submit)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, made_before).await
}

async fn copy(
    ctx: &Context<'_>,
    input: ProjectActionInput,
    key: Option<String>,
) -> Result<store::Result<store::project::Project>> {
    let key = match idempotency_key(key, "copyProject", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let id = input.id.parse::<ProjectId>().ok();
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let row = match &id {
            Some(id) => project::copy(tx, viewer, id)?,
            None => return Err(viewer.partner_admin().err().unwrap_or_else(Refusal::not_found).into()),
        };
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, made_before).await
}

fn made_before(conn: &mut Conn, viewer: &Viewer, made: &str) -> store::Result<store::project::Project> {
    let id = made.parse().map_err(|_| Refusal::not_found())?;
    project::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
}
