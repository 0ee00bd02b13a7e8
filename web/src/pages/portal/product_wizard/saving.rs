//! Saving while one types: the whole content, one save at a time, the latest content last. What is typed is kept in this browser until
//! it is saved; what somebody else saved meanwhile is merged.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde_json::Value;

use super::{Wizard, kept};
use crate::{
    api::{
        Problem, connection,
        product::{self, Draft, Revision, SaveProductDraftInput, draft},
    },
    browser,
    forms::product::{
        ProductForm,
        merge::{self, Conflict},
        place,
    },
};

/// How long typing pauses before it is saved.
const PAUSE_MS: u32 = 1000;
/// How long a save that was lost waits for its next try.
const RETRY_MS: u32 = 5000;

/// How saving stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// Nothing was typed since the page was opened.
    Untouched,
    Waiting,
    Running,
    /// The clock when it was saved, in milliseconds.
    Saved(f64),
    Failed(Problem),
    /// Somebody else saved; a choice is open.
    Held,
}

/// What saving works on, which outlives the page.
pub struct Engine {
    pub id: cynic::Id,
    /// The name under which this browser keeps what is typed.
    pub kept_as: String,
    pub latest: ProductForm,
    /// What was saved last, as it was typed.
    pub sent: ProductForm,
    /// What the server has, as it was read.
    pub base: Value,
    pub version: i32,
    running: bool,
    pub held: bool,
}

pub type Shared = Arc<Mutex<Engine>>;

pub fn lock(engine: &Shared) -> MutexGuard<'_, Engine> {
    engine.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn json(form: &ProductForm) -> Value {
    serde_json::to_value(form).unwrap_or_default()
}

impl Engine {
    pub fn new(id: cynic::Id, kept_as: String, form: ProductForm, version: i32) -> Self {
        Self {
            id,
            kept_as,
            base: json(&form),
            latest: form.clone(),
            sent: form,
            version,
            running: false,
            held: false,
        }
    }

    pub fn is_saved(&self) -> bool {
        self.latest == self.sent
    }

    /// Notes what is typed now in this browser, and forgets it once the server has all of it.
    fn keep(&self) {
        let whole = self.is_saved() && self.latest.unreadable().is_empty();
        kept::note(self, (!whole).then_some(&self.latest));
    }

    /// What is here is what the server has now.
    fn adopt(&mut self, sent: ProductForm, revision: &Revision) {
        let codes = sent.codes(&revision.content);
        self.sent = sent;
        self.sent.take_codes(&codes);
        self.latest.take_codes(&codes);
        self.base = json(&ProductForm::of(&revision.content));
        self.version = revision.version;
    }

    /// Puts what is typed on top of what somebody else saved.
    pub fn merge(&mut self, revision: &Revision) -> (Vec<Vec<String>>, Vec<Conflict>) {
        let theirs = ProductForm::of(&revision.content);
        let theirs_json = json(&theirs);
        let merged = merge::merge(&self.base, &json(&self.latest), &theirs_json);
        if let Ok(form) = serde_json::from_value(merged.value) {
            self.latest = form;
        }
        self.sent = theirs;
        self.base = theirs_json;
        self.version = revision.version;
        self.held = !merged.conflicts.is_empty();
        (merged.taken, merged.conflicts)
    }
}

/// Follows what is typed until the page is gone, and saves what is left then.
pub fn follow(wizard: Wizard) {
    let engine = wizard.engine();
    let turn = RwSignal::new(0u32);
    let own = engine.clone();
    Effect::new(move |_| {
        let form = wizard.values.form();
        {
            let mut state = lock(&own);
            if state.latest == form {
                return;
            }
            state.latest = form;
            state.keep();
        }
        if !matches!(wizard.saving.get_untracked(), Saving::Running | Saving::Held) {
            wizard.saving.set(Saving::Waiting);
        }
        turn.update(|turn| *turn += 1);
        let mine = turn.get_untracked();
        browser::after(PAUSE_MS, move || {
            if turn.try_get_untracked() == Some(mine) {
                let _ = wizard.typed.try_set(lock(&wizard.engine()).latest.clone());
                wizard.save();
            }
        });
    });
    Effect::new(move |was_lost: Option<bool>| {
        let lost = connection::is_lost();
        if was_lost == Some(true) && !lost {
            wizard.save();
        }
        lost
    });
    on_cleanup(move || {
        let state = lock(&engine);
        if !state.is_saved() && !state.held {
            let engine = engine.clone();
            wasm_bindgen_futures::spawn_local(async move { drop(flush(&engine, wizard).await) });
        }
    });
}

/// Saves until nothing is left to save; the version that then stands there.
pub async fn flush(engine: &Shared, wizard: Wizard) -> Result<i32, Problem> {
    loop {
        let next = {
            let mut state = lock(engine);
            match (state.running, state.held, state.is_saved()) {
                (true, ..) => None,
                (false, true, _) => return Err(held()),
                (false, false, true) => return Ok(state.version),
                (false, false, false) => {
                    state.running = true;
                    Some((state.latest.clone(), state.id.clone(), state.version))
                }
            }
        };
        let Some((form, id, version)) = next else {
            TimeoutFuture::new(50).await;
            continue;
        };
        wizard.say(Saving::Running);
        let content = form.content();
        let answer = product::save_product_draft(SaveProductDraftInput { id, version, content }).await;
        lock(engine).running = false;
        match answer {
            Ok(saved) => arrived(engine, wizard, form, saved),
            Err(problem) if problem.is_stale() => catch_up(engine, wizard).await?,
            Err(problem) => {
                failed(engine, wizard, &problem);
                return Err(problem);
            }
        }
    }
}

/// A refusal of this browser's own: a choice is open. Its words stand on the page.
fn held() -> Problem {
    Problem::Refused(Arc::new(crate::api::Refused {
        kind: "Held".to_owned(),
        message: crate::i18n::texts::shelves::CONFLICT_TITLE.get().to_owned(),
        next_step: crate::i18n::texts::shelves::CONFLICT_HINT.get().to_owned(),
        ..crate::api::Refused::default()
    }))
}

fn arrived(engine: &Shared, wizard: Wizard, form: ProductForm, saved: Draft) {
    if let Some(revision) = &saved.open_revision {
        let codes = form.codes(&revision.content);
        let mut state = lock(engine);
        state.adopt(form, revision);
        state.keep();
        drop(state);
        wizard.values.take_codes(&codes);
    }
    let sent = lock(engine).sent.clone();
    let _ = wizard.reported.try_set(json(&sent));
    let _ = wizard.refused.try_set(Vec::new());
    let _ = wizard.draft.try_set(saved);
    wizard.say(Saving::Saved(browser::now_ms()));
}

fn failed(engine: &Shared, wizard: Wizard, problem: &Problem) {
    if let Some(refused) = problem.refusal() {
        let named = refused.issues.iter().map(|issue| {
            let path = issue
                .path
                .iter()
                .skip_while(|part| *part == "input")
                .cloned()
                .collect::<Vec<_>>();
            (place::field_of(&path.join(".")).to_owned(), issue.message.clone())
        });
        let _ = wizard.refused.try_set(named.collect());
    }
    wizard.say(Saving::Failed(problem.clone()));
    if matches!(problem, Problem::Lost) {
        let engine = engine.clone();
        browser::after(RETRY_MS, move || {
            // While the page is open; what is left over afterwards waits in this browser.
            if wizard.saving.try_get_untracked().is_some() && !lock(&engine).is_saved() {
                wizard.save();
            }
        });
    }
}

/// Somebody else, or another window, was quicker: reads what they saved and goes on with both.
async fn catch_up(engine: &Shared, wizard: Wizard) -> Result<(), Problem> {
    let id = lock(engine).id.clone();
    let found = match draft::product(id).await {
        Ok(found) => found,
        Err(problem) => {
            failed(engine, wizard, &problem);
            return Err(problem);
        }
    };
    let Some((found, revision)) = found.and_then(|found| found.open_revision.clone().map(|open| (found, open))) else {
        let problem = Problem::Fault { request_id: None };
        wizard.say(Saving::Failed(problem.clone()));
        return Err(problem);
    };
    let (taken, conflicts) = {
        let mut state = lock(engine);
        let outcome = state.merge(&revision);
        state.keep();
        outcome
    };
    let form = lock(engine).latest.clone();
    wizard.values.set(&form);
    let _ = wizard.typed.try_set(form);
    let _ = wizard.reported.try_set(lock(engine).base.clone());
    let _ = wizard.draft.try_set(found);
    wizard.told(taken, conflicts);
    if lock(engine).held {
        wizard.say(Saving::Held);
        return Err(held());
    }
    Ok(())
}
