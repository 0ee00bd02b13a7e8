//! What is typed is kept while it is typed: in this browser at once, and on the server after a short pause. A closed browser
//! loses nothing, and the next one offers it again.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::entry::Entry;
use crate::{
    api::{
        DateTime, Problem,
        record::{self, DiscardRecordDraftInput, Draft, SaveRecordDraftInput},
        scalar::Json,
    },
    browser, session,
};

/// How long typing rests before the server is told.
const PAUSE_MS: u32 = 1200;

/// Which form is being filled in: of a new record, or of one that is there.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftOf {
    pub instance: cynic::Id,
    pub page: String,
    pub record: Option<cynic::Id>,
}

impl DraftOf {
    /// The name under which this browser keeps it; drafts of several people in one browser stay apart.
    fn local_name(&self) -> String {
        let person = session::viewer_now().map_or_else(String::new, |viewer| viewer.user.id.into_inner());
        let record = self.record.as_ref().map_or("new", |id| id.inner());
        format!(
            "appshelf.draft.{person}.{}.{}.{record}",
            self.instance.inner(),
            self.page
        )
    }

    /// What this browser keeps and the server was not told yet, with the version of the record with which the typing began.
    pub fn local(&self) -> Option<Draft> {
        let kept: Value = serde_json::from_str(&browser::stored(&self.local_name())?).ok()?;
        Some(Draft {
            data: Json(kept.get("data")?.clone()),
            updated_at: DateTime(kept.get("at")?.as_str()?.to_owned()),
            version: kept.get("version")?.as_i64()?.try_into().ok()?,
        })
    }
}

/// How the keeping stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    Nothing,
    /// Typed and not told yet.
    Pending,
    OnServer(DateTime),
    /// The server could not be told: it is in this browser only.
    Here,
}

struct State {
    of: DraftOf,
    name: String,
    version: i32,
    /// What was told last, so that only changes are told.
    told: Option<Value>,
    saving: bool,
    turn: u32,
    closed: bool,
    shown: RwSignal<Kept>,
}

/// Keeps one form. Copies are handles of the same one.
#[derive(Clone)]
pub struct Keeper(Rc<RefCell<State>>);

impl Keeper {
    /// Begins to keep; `told` is what the server has already.
    pub fn new(of: DraftOf, version: i32, told: Option<Value>, shown: RwSignal<Kept>) -> Self {
        let name = of.local_name();
        Self(Rc::new(RefCell::new(State {
            of,
            name,
            version,
            told,
            saving: false,
            turn: 0,
            closed: false,
            shown,
        })))
    }

    /// The version of the record that the typing is about from now on.
    pub fn set_version(&self, version: i32) {
        self.0.borrow_mut().version = version;
    }

    /// Notes what is typed now.
    pub fn note(&self, typed: Value) {
        let (turn, unchanged) = {
            let mut state = self.0.borrow_mut();
            if state.closed {
                return;
            }
            state.turn += 1;
            let nothing = typed.as_object().is_none_or(Map::is_empty);
            let unchanged = match &state.told {
                Some(told) => *told == typed,
                None => nothing,
            };
            let kept = json!({ "data": typed, "version": state.version, "at": now() });
            browser::store(&state.name, (!unchanged).then(|| kept.to_string()).as_deref());
            (state.turn, unchanged)
        };
        if unchanged {
            return;
        }
        let _ = self.0.borrow().shown.try_set(Kept::Pending);
        let keeper = self.clone();
        browser::after(PAUSE_MS, move || {
            if keeper.0.borrow().turn == turn {
                keeper.tell(typed);
            }
        });
    }

    fn tell(self, typed: Value) {
        let (input, turn) = {
            let mut state = self.0.borrow_mut();
            if state.closed {
                return;
            }
            if state.saving {
                // The one under way first; this is what stands here by then.
                drop(state);
                let keeper = self.clone();
                browser::after(PAUSE_MS, move || keeper.tell(typed));
                return;
            }
            state.saving = true;
            let input = SaveRecordDraftInput {
                instance_id: state.of.instance.clone(),
                page_key: state.of.page.clone(),
                record_id: state.of.record.clone(),
                version: state.version,
                data: Json(typed.clone()),
            };
            (input, state.turn)
        };
        wasm_bindgen_futures::spawn_local(async move {
            let answer = record::save_record_draft(input).await;
            self.told(typed, turn, answer.map(|saved| saved.updated_at));
        });
    }

    fn told(&self, typed: Value, turn: u32, answer: Result<DateTime, Problem>) {
        let closed = {
            let mut state = self.0.borrow_mut();
            state.saving = false;
            let newest = state.turn == turn;
            match answer {
                Ok(at) => {
                    state.told = Some(typed);
                    if newest && !state.closed {
                        browser::store(&state.name, None);
                        let _ = state.shown.try_set(Kept::OnServer(at));
                    }
                }
                Err(_) if newest && !state.closed => drop(state.shown.try_set(Kept::Here)),
                Err(_) => {}
            }
            state.closed
        };
        if closed {
            // It arrived after the record was submitted: a draft of what is a record by now.
            self.forget_on_server();
        }
    }

    /// Ends the keeping: the record was submitted, which forgets the draft.
    pub fn close(&self) {
        let mut state = self.0.borrow_mut();
        state.closed = true;
        browser::store(&state.name, None);
    }

    /// Forgets what was kept, here and there, and goes on with an empty form.
    pub fn discard(&self) {
        {
            let mut state = self.0.borrow_mut();
            state.turn += 1;
            state.told = None;
            browser::store(&state.name, None);
            let _ = state.shown.try_set(Kept::Nothing);
        }
        self.forget_on_server();
    }

    fn forget_on_server(&self) {
        let of = self.0.borrow().of.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let input = DiscardRecordDraftInput {
                instance_id: of.instance,
                page_key: of.page,
                record_id: of.record,
            };
            // A draft that stays is offered once more and can be thrown away then.
            let _ = record::discard_record_draft(input).await;
        });
    }
}

fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// What the fields hold that a draft keeps.
pub fn typed(entries: &[Entry]) -> Value {
    let touched = entries
        .iter()
        .filter_map(|entry| Some((entry.field.key.clone(), entry.draft()?)));
    Value::Object(touched.collect())
}

/// Puts what was kept into the fields.
pub fn restore(entries: &[Entry], kept: &Value) {
    for entry in entries {
        if let Some(value) = kept.get(&entry.field.key) {
            entry.put(Some(value));
        }
    }
}
