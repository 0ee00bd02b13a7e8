//! The form of a record, drawn from its page's definition: a new one, or one that is there. Checked here by the rules that
//! the server runs too; what was typed is kept as a draft, through refusals, conflicts and closed browsers.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::{
    conflict::{self, Conflict},
    draft::{self, DraftOf, Keeper, Kept},
    entry::Entry,
    field::{Around, field_view},
};
use crate::{
    api::{
        Problem,
        record::{self, AppFrame, Draft, OpenPage, Record, RecordVariables, SubmitRecordInput, UpdateRecordInput},
        scalar::Json,
    },
    browser,
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look, Submit},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        layout::{FieldGrid, Row, Stack, Wide, focusable, muted, quiet_status, section_heading},
    },
    format,
    forms::{
        Errors, FieldError,
        record::{Field, Form, Widget, field_of_issue, flaw_text},
        submission::Submission,
    },
    i18n::{
        Text,
        texts::{common, customer},
    },
};

/// The id of the part that says what somebody else changed.
const CONFLICT: &str = "record-conflict";

/// What is filled in.
pub struct RecordForm {
    pub app: AppFrame,
    pub page: OpenPage,
    /// The record that is being changed; none for a new one.
    pub record: Option<Record>,
    /// What the server kept of an earlier visit.
    pub draft: Option<Draft>,
}

/// What follows once the record is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The person is done with it.
    Done,
    /// The next one is filled in.
    Another,
}

/// The state of a form on the screen. Copies are handles of the same.
#[derive(Clone, Copy)]
struct Filling {
    form: StoredValue<Form>,
    definition: StoredValue<Value>,
    entries: StoredValue<Vec<Entry>>,
    /// The record as it stood when it was read last.
    record: RwSignal<Option<Record>>,
    keeper: StoredValue<Keeper, LocalStorage>,
    conflict: RwSignal<Option<Conflict>>,
    /// When what is on the screen was typed, where it comes from an earlier visit.
    restored: RwSignal<Option<crate::api::DateTime>>,
    around: Around,
    submission: Submission,
}

/// The form; `done` runs after the record is stored, `cancel` leads away.
pub fn record_form(filled: RecordForm, done: Callback<Saved>, cancel: Option<String>) -> AnyView {
    let kept = RwSignal::new(Kept::Nothing);
    let is_new = filled.record.is_none();
    let filling = begin(filled, kept);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        filling.send(Callback::new(move |()| done.run(Saved::Done)));
    };
    let another = Callback::new(move |()| filling.send(Callback::new(move |()| done.run(Saved::Another))));
    let form = filling.form;
    let label = Callback::new(move |key: String| {
        form.with_value(|form| form.field(&key).map(|field| Text::from(field.label.clone())))
    });
    let busy = filling.submission.busy;
    let add_another = (is_new && cancel.is_some())
        .then(|| view! { <Button label=customer::SUBMIT_AND_NEXT busy=busy on_press=another /> });
    let words = if is_new { customer::SUBMIT_RECORD } else { common::SAVE };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {notices(filling)}
                <ErrorSummary errors=filling.around.errors labels=label submission=filling.submission />
                {fields(filling)}
                <Row spread=true>
                    {quiet_status(move || status(&kept.get()))}
                    <Row end=true>
                        {cancel.map(|href| view! { <ButtonLink label=common::CANCEL href=href /> })}
                        {add_another}
                        <Submit label=words busy=busy />
                    </Row>
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn begin(filled: RecordForm, kept: RwSignal<Kept>) -> Filling {
    let RecordForm {
        app,
        page,
        record,
        draft,
    } = filled;
    let definition = page.definition.0;
    let form = Form::read(&definition);
    let entries: Vec<Entry> = form.fields.iter().cloned().map(Entry::new).collect();
    for entry in &entries {
        match &record {
            Some(record) => entry.begin(record.data.0.get(&entry.field.key)),
            None => {
                entry.begin(None);
                entry.put(entry.field.default.as_ref());
            }
        }
    }
    let of = DraftOf {
        instance: app.id.clone(),
        page: page.key.clone(),
        record: record.as_ref().map(|record| record.id.clone()),
    };
    let told = draft.as_ref().map(|draft| draft.data.0.clone());
    // What this browser was about to tell when it was closed is newer than what the server has.
    let draft = of
        .local()
        .or(draft)
        .filter(|draft| draft.data.0.as_object().is_some_and(|data| !data.is_empty()));
    let version = record.as_ref().map_or(0, |record| record.version);
    let mut restored = None;
    let mut conflict = None;
    if let Some(draft) = draft {
        draft::restore(&entries, &draft.data.0);
        if entries.iter().any(Entry::is_touched) {
            conflict = record
                .as_ref()
                .filter(|record| draft.version != 0 && draft.version < record.version)
                .map(|record| Conflict::of_draft(record, &entries));
            restored = Some(draft.updated_at);
        }
    }
    let keeper = Keeper::new(of, version, told, kept);
    let filling = Filling {
        form: StoredValue::new(form),
        definition: StoredValue::new(definition),
        entries: StoredValue::new(entries),
        record: RwSignal::new(record),
        keeper: StoredValue::new_local(keeper),
        conflict: RwSignal::new(conflict),
        restored: RwSignal::new(restored),
        around: Around {
            app: StoredValue::new(app),
            page: StoredValue::new(page.key),
            errors: Errors::new(),
        },
        submission: Submission::new(),
    };
    Effect::new(move |earlier: Option<()>| {
        filling
            .entries
            .with_value(|entries| entries.iter().for_each(Entry::track));
        if earlier.is_some() {
            let typed = filling.entries.with_value(|entries| draft::typed(entries));
            filling.keeper.with_value(|keeper| keeper.note(typed));
        }
    });
    filling
}

impl Filling {
    fn send(self, done: Callback<()>) {
        let Some(data) = self.gather() else { return };
        let finish = move |stored: Option<record::SubmittedRecord>| {
            if stored.is_none() {
                return browser::focus(CONFLICT);
            }
            self.keeper.with_value(Keeper::close);
            done.run(());
        };
        match self.record.get_untracked() {
            None => {
                let input = SubmitRecordInput {
                    instance_id: self.around.app.with_value(|app| app.id.clone()),
                    page_key: self.around.page.get_value(),
                    data: Json(data),
                };
                let key = self.submission.key();
                self.submission.run(
                    async move {
                        let answer = record::submit_record(input, Some(key)).await;
                        self.take(&answer);
                        answer.map(Some)
                    },
                    finish,
                );
            }
            Some(read) => {
                let input = UpdateRecordInput {
                    id: read.id.clone(),
                    version: read.version,
                    data: Json(data),
                };
                self.submission.run(
                    async move {
                        let answer = record::update_record(input).await;
                        self.take(&answer);
                        // Somebody else was quicker: what they saved is shown instead of a refusal.
                        if answer.as_ref().is_err_and(Problem::is_stale) && self.catch_up(&read).await {
                            return Ok(None);
                        }
                        answer.map(Some)
                    },
                    finish,
                );
            }
        }
    }

    /// The record as JSON; nothing where something is wrong, which then stands beside its field.
    fn gather(self) -> Option<Value> {
        let mut data = Map::new();
        let mut wrong: Vec<FieldError> = Vec::new();
        let entries = self.entries.get_value();
        let mut say = |key: &str, message: Text| {
            if wrong.iter().all(|error| error.name != key) {
                wrong.push(FieldError {
                    name: key.to_owned(),
                    message,
                });
            }
        };
        for entry in entries.iter().filter(|entry| entry.field.widget != Widget::Locked) {
            let key = &entry.field.key;
            if entry.uploads.get_untracked() > 0 {
                say(key, customer::UPLOAD_RUNNING.into());
            }
            match entry.read() {
                Ok(Some(value)) => drop(data.insert(key.clone(), value)),
                Ok(None) => {}
                Err(flaw) => {
                    say(key, flaw_text(&flaw));
                    // Something is there: it is wrong, not missing.
                    data.insert(key.clone(), Value::String(entry.text.get_untracked()));
                }
            }
        }
        let record = self.record.get_untracked();
        let kept = record.as_ref().and_then(|record| record.data.0.as_object());
        let flaws = self
            .definition
            .with_value(|definition| appshelf_rules::check(definition, &data, kept));
        for flaw in &flaws {
            say(&flaw.path[0], flaw_text(&flaw.kind));
        }
        // In the order in which they stand on the screen.
        let place = |error: &FieldError| entries.iter().position(|entry| entry.field.key == error.name);
        wrong.sort_by_key(place);
        self.around.errors.set(wrong).then_some(Value::Object(data))
    }

    /// What the server says about single fields stands beside them.
    fn take<T>(self, answer: &Result<T, Problem>) {
        let Err(Problem::Refused(refused)) = answer else { return };
        let named = self.form.try_with_value(|form| {
            let issues = refused.issues.iter();
            issues
                .filter_map(|issue| {
                    Some(FieldError {
                        name: field_of_issue(form, &issue.path)?,
                        message: issue.message.clone().into(),
                    })
                })
                .collect()
        });
        self.around.errors.set(named.unwrap_or_default());
    }

    /// Reads what somebody else saved meanwhile: it is taken over where nothing was typed, and shown where both changed it.
    /// False where it could not be read.
    async fn catch_up(self, read: &Record) -> bool {
        let variables = self.around.app.with_value(|app| RecordVariables {
            id: app.id.clone(),
            key: self.around.page.get_value(),
            record: read.id.clone(),
        });
        let Ok(Some(page)) = record::open_record(variables).await else {
            return false;
        };
        let Some(newest) = page.record else { return false };
        let found = self.entries.try_with_value(|entries| Conflict::with(&newest, entries));
        self.keeper.with_value(|keeper| keeper.set_version(newest.version));
        let _ = self.record.try_set(Some(newest));
        let _ = self.conflict.try_set(found);
        true
    }

    /// Throws away what was restored and begins anew.
    fn start_over(self) {
        let record = self.record.get_untracked();
        self.entries.with_value(|entries| {
            for entry in entries {
                match &record {
                    Some(record) => entry.begin(record.data.0.get(&entry.field.key)),
                    None => {
                        entry.begin(None);
                        entry.put(entry.field.default.as_ref());
                    }
                }
            }
        });
        self.around.errors.set(Vec::new());
        self.restored.set(None);
        self.conflict.set(None);
        self.keeper.with_value(Keeper::discard);
    }
}

/// What the person has to know before going on: a draft that came back, changes of somebody else.
fn notices(filling: Filling) -> AnyView {
    let over = Callback::new(move |()| filling.start_over());
    view! {
        {dynamic(move || filling.restored.get().map(|at| {
            let words = Text::from(move || customer::draft_restored(&format::date_time(&at)));
            view! {
                <Alert level=Level::Info title=words>
                    <p>{customer::DRAFT_RESTORED_HINT}</p>
                    <Row><Button label=customer::DRAFT_DISCARD on_press=over small=true look=Look::Plain /></Row>
                </Alert>
            }
        }))}
        {dynamic(move || filling.conflict.get().map(|found| {
            let entries = filling.entries.get_value();
            focusable(CONFLICT, conflict::panel(found, entries, filling.around.app))
        }))}
    }
    .into_any()
}

fn fields(filling: Filling) -> AnyView {
    let entries = filling.entries.get_value();
    if entries.is_empty() {
        return muted(customer::NO_FIELDS);
    }
    let mut groups: Vec<(String, Vec<AnyView>)> = Vec::new();
    for entry in entries {
        let group = entry.field.group.clone();
        let wide = is_wide(&entry.field);
        let view = field_view(entry, filling.around);
        let view = if wide {
            view! { <Wide>{view}</Wide> }.into_any()
        } else {
            view
        };
        match groups.last_mut() {
            Some((known, views)) if *known == group => views.push(view),
            _ => groups.push((group, vec![view])),
        }
    }
    let groups: Vec<AnyView> = groups
        .into_iter()
        .map(|(name, views)| {
            let heading = (!name.is_empty()).then(|| section_heading(name));
            view! { <div>{heading}<FieldGrid>{views}</FieldGrid></div> }.into_any()
        })
        .collect();
    view! { <Stack>{groups}</Stack> }.into_any()
}

/// Fields that need both columns.
fn is_wide(field: &Field) -> bool {
    matches!(field.widget, Widget::Long | Widget::Link | Widget::File | Widget::Many)
}

fn status(kept: &Kept) -> String {
    match kept {
        Kept::Nothing => String::new(),
        Kept::Pending => customer::DRAFT_PENDING.get().to_owned(),
        Kept::OnServer(at) => customer::draft_kept(&format::time_of(at)),
        Kept::Here => customer::DRAFT_HERE.get().to_owned(),
    }
}
