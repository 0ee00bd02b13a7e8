//! One sending of one form: busy while it is under way, deaf to a second press, the same idempotency key until it
//! succeeds, and the problem that is left over.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use super::Errors;
use crate::{api::Problem, browser};

/// The state of sending. Copies are handles of the same state.
#[derive(Clone, Copy)]
pub struct Submission {
    pub busy: RwSignal<bool>,
    pub problem: RwSignal<Option<Problem>>,
    key: StoredValue<String>,
}

/// What is left to do after success.
type Done = Box<dyn FnOnce()>;
type Work = Pin<Box<dyn Future<Output = Result<Done, Problem>>>>;

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

impl Submission {
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            key: StoredValue::new(browser::random_key()),
        }
    }

    /// The key of this submission; a repeat after a lost connection carries the same one.
    pub fn key(&self) -> String {
        self.key.get_value()
    }

    /// Runs `work` unless it runs already. After success the next submission is a new one.
    pub fn run<T: 'static>(
        self,
        work: impl Future<Output = Result<T, Problem>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        self.drive(Box::pin(async move {
            work.await.map(|value| Box::new(move || done(value)) as Done)
        }));
    }

    /// As `run`; what the server says about single fields goes to `errors`.
    pub fn run_form<T: 'static>(
        self,
        errors: Errors,
        work: impl Future<Output = Result<T, Problem>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        self.run(
            async move {
                let answer = work.await;
                if let Err(Problem::Refused(refused)) = &answer {
                    errors.take(refused);
                }
                answer
            },
            done,
        );
    }

    /// The same for every form, kept out of each of them.
    fn drive(self, work: Work) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = work.await;
            // The page may be gone by now.
            let _ = self.busy.try_set(false);
            match answer {
                Ok(done) => {
                    let _ = self.key.try_set_value(browser::random_key());
                    done();
                }
                Err(problem) => self.fail(problem),
            }
        });
    }

    fn fail(self, problem: Problem) {
        // A refused input will be changed and is then another submission; a lost one may have arrived.
        if matches!(problem, Problem::Refused(_)) {
            let _ = self.key.try_set_value(browser::random_key());
        }
        let _ = self.problem.try_set(Some(problem));
    }
}
