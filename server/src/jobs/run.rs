//! Which handler does which kind of job. A handler may be started again after a crash at any place, so it asks the
//! database what is left to do.

use serde_json::Value;

use super::{
    Held, contract_amounts, deliver, import, license_due, mail, market_index, order_due, record_index, review_reminder,
    rollout_turn,
};
use crate::domain::job::JobKind;
use crate::files::pdf_text::PdfText;
use crate::files::storage::Files;
use crate::mail::Mailer;
use crate::store::Store;

/// What handlers are given.
#[derive(Clone)]
pub struct Context {
    store: Store,
    files: Files,
    pdf_text: PdfText,
    post: Option<Post>,
}

/// What mails need.
#[derive(Clone)]
pub struct Post {
    pub mailer: Mailer,
    /// What their links begin with.
    pub base_url: String,
}

impl Context {
    /// A context over a store and the bytes of its files.
    pub fn new(store: Store, files: Files) -> Self {
        let pdf_text = PdfText::default();
        Self {
            store,
            files,
            pdf_text,
            post: None,
        }
    }

    /// The same context, sending mails.
    pub fn with_post(self, post: Post) -> Self {
        Self {
            post: Some(post),
            ..self
        }
    }

    /// What mails need, where they are sent.
    pub fn post(&self) -> Option<&Post> {
        self.post.as_ref()
    }

    /// The bytes of files.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Reads the text of documents.
    pub fn pdf_text(&self) -> &PdfText {
        &self.pdf_text
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// How a job ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Its attempts were used up; what depends on it was told.
    GivenUp,
}

/// Does a job. An error lets it be tried again later.
pub async fn run(context: &Context, kind: JobKind, payload: &Value, held: &Held) -> anyhow::Result<()> {
    match kind {
        #[cfg(test)]
        JobKind::ContractAmounts if payload["test"] == "panic" => panic!("as the test wants it"),
        #[cfg(test)]
        JobKind::ContractAmounts if payload["of"].is_string() => super::tests::note(payload).await,
        JobKind::ContractAmounts => contract_amounts::run(context, payload).await,
        JobKind::Delivery => deliver::run(context, payload, held).await,
        JobKind::PackageImport => import::run(context, payload, held).await,
        JobKind::Mail => mail::run(context, payload).await,
        JobKind::ReviewReminder => review_reminder::run(context, payload).await,
        JobKind::RecordIndex => record_index::run(context, payload, held).await,
        JobKind::MarketIndex => market_index::run(context, payload).await,
        JobKind::LicenseDue => license_due::run(context, payload).await,
        JobKind::OrderDue => order_due::run(context, payload).await,
        JobKind::RolloutTurn => rollout_turn::run(context, payload, held).await,
    }
}

/// Tells what waits for a job that it will not be done.
pub async fn give_up(context: &Context, kind: JobKind, payload: &Value, error: &str) -> anyhow::Result<()> {
    #[cfg(test)]
    if payload["of"].is_string() || payload["test"].is_string() {
        return Ok(());
    }
    tracing::warn!(%kind, %payload, error, "a job is given up; what waits for it is told");
    match kind {
        JobKind::ContractAmounts => contract_amounts::give_up(context, payload).await,
        JobKind::Delivery => deliver::give_up(context, payload).await,
        JobKind::PackageImport => import::give_up(context, payload).await,
        JobKind::RolloutTurn => rollout_turn::give_up(context, payload).await,
        // Nothing waits for them: what they say stands in the inbox and in the reviewer's queue.
        JobKind::Mail | JobKind::ReviewReminder => Ok(()),
        // Nobody waits for it: lists sorted by a changed field are incomplete until the form is saved again.
        JobKind::RecordIndex => Ok(()),
        // Nobody waits for it: the product is found as soon as anything of it changes.
        JobKind::MarketIndex => Ok(()),
        // Whoever looks sees when it ends, and an order can be closed by hand.
        JobKind::LicenseDue | JobKind::OrderDue => Ok(()),
    }
}
