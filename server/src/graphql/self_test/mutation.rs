//! Mutations about self-tests: begin one, answer its checklist.

use async_graphql::{Context, ID, InputObject, Object, Result};
use serde::Serialize;

use super::types::SelfTest;
use crate::domain::refusal::Refusal;
use crate::domain::self_test::SelfTestQuestion;
use crate::graphql::context::{idempotency_key, write, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::self_test::{self, Answer, NewSelfTest};
use crate::store;

/// What is tried, and where.
#[derive(InputObject, Serialize)]
pub struct StartSelfTestInput {
    /// A version of the acting partner, published or not.
    pub version_id: ID,
    /// One of the acting partner's test organisations.
    pub test_organization_id: ID,
    /// Carry the sample rows of form pages.
    #[graphql(default = false)]
    pub include_sample_data: bool,
    /// Carry connectors; their secrets stay behind.
    #[graphql(default = false)]
    pub include_connectors: bool,
}

/// An answer to one item of a checklist.
#[derive(InputObject)]
pub struct AnswerSelfTestItemInput {
    /// The self-test.
    pub id: ID,
    /// Which item.
    pub item: SelfTestQuestion,
    /// Whether it passed.
    pub passed: bool,
    /// What was seen, at most 1,000 characters; required where it did not pass.
    #[graphql(default)]
    pub note: String,
    /// A file that was uploaded for this purpose (SELF_TEST_EVIDENCE).
    pub evidence_id: Option<ID>,
}

result_union! {
    /// Result of beginning a self-test.
    StartSelfTestResult = SelfTest
}
result_union! {
    /// Result of answering an item.
    AnswerSelfTestItemResult = SelfTest
}

#[derive(Default)]
pub struct SelfTestMutation;

#[Object]
impl SelfTestMutation {
    /// L2: delivers a version into a test organisation, for the partner's admins and developers.
    async fn start_self_test(
        &self,
        ctx: &Context<'_>,
        input: StartSelfTestInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<StartSelfTestResult> {
        let ended = start(ctx, &input, idempotency_key).await?;
        outcome(ctx, ended, |row| StartSelfTestResult::SelfTest(SelfTest(row)))
    }

    /// L2: answers an item of the checklist, also again until the self-test is passed.
    async fn answer_self_test_item(
        &self,
        ctx: &Context<'_>,
        input: AnswerSelfTestItemInput,
    ) -> Result<AnswerSelfTestItemResult> {
        let id = input.id.parse();
        let evidence = input.evidence_id.as_ref().map(|id| id.parse()).transpose();
        let ended = write(ctx, move |tx, viewer| {
            viewer.partner()?;
            let id = id.as_ref().map_err(|_| Refusal::not_found().at("id"))?;
            let answer = Answer {
                question: input.item,
                passed: input.passed,
                note: input.note.clone(),
                evidence_id: evidence.clone().map_err(|_| Refusal::not_found().at("evidenceId"))?,
            };
            self_test::answer(tx, viewer, id, &answer)
        });
        outcome(ctx, ended.await?, |row| {
            AnswerSelfTestItemResult::SelfTest(SelfTest(row))
        })
    }
}

async fn start(
    ctx: &Context<'_>,
    input: &StartSelfTestInput,
    key: Option<String>,
) -> Result<store::Result<store::self_test::SelfTest>> {
    let key = match idempotency_key(key, "startSelfTest", input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let (version, place) = (input.version_id.parse(), input.test_organization_id.parse());
    let (include_sample_data, include_connectors) = (input.include_sample_data, input.include_connectors);
    let make = move |tx: &mut store::Tx<'_>, viewer: &crate::auth::viewer::Viewer| {
        viewer.partner()?;
        let new = NewSelfTest {
            version_id: version.clone().map_err(|_| Refusal::not_found().at("versionId"))?,
            test_organization_id: place
                .clone()
                .map_err(|_| Refusal::not_found().at("testOrganizationId"))?,
            include_sample_data,
            include_connectors,
        };
        let made = self_test::start(tx, viewer, &new)?;
        Ok((made.id.to_string(), made))
    };
    write_once(ctx, key, make, self_test::started).await
}
