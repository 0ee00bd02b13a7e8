//! Editing the form of a page (D19): its fields, their names, help, options and order, saved as a whole. Who else was quicker is
//! told, and nothing typed is lost.

mod conflict;
mod draft;
mod field;
mod list;
mod remove;
mod row;

use leptos::prelude::*;

use super::{apps_crumb, editing_closed, pages_address};
use crate::{
    api::{
        DateTime, Problem,
        instance_page::{self, AppPages, EditablePage, UpdatePageDefinitionInput},
        record::{PageAction, PageVariables},
        scalar::Json,
    },
    browser,
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look, Submit},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        icon::Icon,
        layout::{Row, Stack, focusable, muted},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{
        Errors, FieldError,
        definition::{self, FieldDraft},
        submission::Submission,
    },
    i18n::{
        Text,
        texts::{common, customer, pages},
    },
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Customer,
};
use conflict::Conflict;
use list::Gone;
use row::FieldRow;

/// Where the keyboard goes when somebody else was quicker.
const CONFLICT: &str = "form-conflict";

/// The state of the edit. Copies are handles of the same.
#[derive(Clone, Copy)]
struct Editing {
    app: StoredValue<AppPages>,
    /// The page as it was read last.
    base: RwSignal<EditablePage>,
    rows: RwSignal<Vec<FieldRow>>,
    removed: RwSignal<Vec<Gone>>,
    /// The field whose dialog is open, and the one that is about to be removed.
    open: RwSignal<Option<FieldRow>>,
    doomed: RwSignal<Option<FieldRow>>,
    conflict: RwSignal<Option<Conflict>>,
    /// When what is on the screen was typed, where it comes from an earlier visit.
    restored: RwSignal<Option<DateTime>>,
    /// The name under which this browser keeps the edit.
    kept_as: StoredValue<String>,
    errors: Errors,
    submission: Submission,
    /// Fields that are added belong to the page and not to the button that adds them.
    owner: StoredValue<Option<Owner>>,
}

pub fn page(id: String, key: String) -> AnyView {
    let variables = PageVariables {
        id: cynic::Id::new(id),
        key,
    };
    let found = load(move || {
        let variables = variables.clone();
        async move {
            let app = instance_page::app_instance(variables.id.clone()).await?;
            let page = instance_page::editable_page(variables).await?;
            Ok(app.zip(page))
        }
    });
    show(found, Skeleton::Form, |found| match found {
        Some((app, page)) => body(app, page),
        None => not_found::page(),
    })
}

fn body(app: AppPages, page: EditablePage) -> AnyView {
    let id = app.id.inner().to_owned();
    let name = page.name.clone();
    let title = Text::from(move || pages::edit_form_of(&name));
    let crumbs = vec![apps_crumb(), crumb(customer::SETTINGS, pages_address(&id))];
    let opens = Customer::AppPage(id.clone(), page.key.clone()).address();
    let actions = view! { <ButtonLink label=pages::OPEN_PAGE href=opens leading=Icon::Eye /> };
    let may = page.available_actions.contains(&PageAction::EditDefinition);
    let content = match may {
        true => form(Editing::begin(app, page), id),
        false => editing_closed(&id),
    };
    view! {
        <PageHeader title=title crumbs=crumbs hint=pages::EDIT_FORM_HINT actions=actions.into_any() />
        {content}
    }
    .into_any()
}

fn form(editing: Editing, id: String) -> AnyView {
    let back = pages_address(&id);
    let leads = back.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        editing.save(leads.clone());
    };
    let labels = Callback::new(move |key: String| {
        let known = editing
            .rows
            .with_untracked(|rows| rows.iter().find(|row| row.key == key).map(FieldRow::name));
        known.or_else(|| Some(pages::FIELDS.into()))
    });
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {dynamic(move || editing.restored.get().map(|at| restored(editing, at)))}
                {dynamic(move || editing.conflict.get().map(|told| focusable(CONFLICT, conflict::panel(told))))}
                <ErrorSummary errors=editing.errors labels=labels submission=editing.submission />
                {list::fields(editing)}
                {list::removed(editing)}
                {muted(pages::OVERWRITTEN_LATER)}
                <Row end=true>
                    <ButtonLink label=common::CANCEL href=back />
                    <Submit label=pages::SAVE_FORM busy=editing.submission.busy />
                </Row>
            </Stack>
        </form>
        {field::dialog(editing)}
        {remove::dialog(editing)}
    }
    .into_any()
}

/// What an earlier visit left is here again.
fn restored(editing: Editing, at: DateTime) -> AnyView {
    let title = Text::from(move || pages::form_draft_restored(&format::date_time(&at)));
    let discard = Callback::new(move |()| draft::discard(editing));
    view! {
        <Alert level=Level::Info title=title>
            <p>{pages::FORM_DRAFT_RESTORED_HINT}</p>
            <Row><Button label=pages::FORM_DRAFT_DISCARD on_press=discard small=true look=Look::Plain /></Row>
        </Alert>
    }
    .into_any()
}

impl Editing {
    fn begin(app: AppPages, page: EditablePage) -> Self {
        let rows = definition::read(&page.definition.0).into_iter().map(FieldRow::of);
        let kept_as = draft::name(&app.id, &page.key);
        let editing = Self {
            kept_as: StoredValue::new(kept_as),
            restored: RwSignal::new(None),
            app: StoredValue::new(app),
            rows: RwSignal::new(rows.collect()),
            base: RwSignal::new(page),
            removed: RwSignal::new(Vec::new()),
            open: RwSignal::new(None),
            doomed: RwSignal::new(None),
            conflict: RwSignal::new(None),
            errors: Errors::new(),
            submission: Submission::new(),
            owner: StoredValue::new(Owner::current()),
        };
        draft::restore(editing);
        Effect::new(move |earlier: Option<()>| {
            let now: Vec<FieldDraft> = editing.rows.get().iter().map(FieldRow::draft).collect();
            let untouched = editing.base.with(|page| definition::read(&page.definition.0)) == now;
            if earlier.is_some() {
                draft::note(editing, now, untouched);
            }
        });
        editing
    }

    /// Makes something whose signals live as long as the page.
    fn within<T>(self, make: impl FnOnce() -> T) -> T {
        match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }

    fn made(self, field: FieldDraft) -> FieldRow {
        self.within(|| FieldRow::of(field))
    }

    /// A key that no field has or had: records keep what removed fields held.
    fn fresh_key(self) -> String {
        let random: String = browser::random_key()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(12)
            .collect();
        format!("f_{random}")
    }

    fn drafts(self) -> Vec<FieldDraft> {
        self.rows
            .get_untracked()
            .iter()
            .map(|row| untrack(|| row.draft()))
            .collect()
    }

    fn save(self, back: String) {
        let fields = self.drafts();
        let mut flaws: Vec<FieldError> = self.rows.get_untracked().iter().filter_map(row::flaw).collect();
        if fields.is_empty() {
            flaws.push(FieldError {
                name: "definition".to_owned(),
                message: pages::FIELD_LAST.into(),
            });
        }
        if !self.errors.set(flaws) {
            return;
        }
        let base = self.base.get_untracked();
        let input = UpdatePageDefinitionInput {
            instance_id: self.app.with_value(|app| app.id.clone()),
            page_key: base.key,
            revision: base.revision,
            definition: Json(definition::write(&base.definition.0, &fields)),
            removed_fields: self
                .removed
                .get_untracked()
                .into_iter()
                .map(|gone| gone.row.key)
                .collect(),
        };
        let work = async move {
            let answer = instance_page::update_page_definition(input).await;
            // Somebody else was quicker: their form comes under the edit instead of a refusal.
            if answer.as_ref().is_err_and(Problem::is_stale) && self.catch_up().await {
                return Ok(None);
            }
            answer.map(Some)
        };
        self.submission.run_form(self.errors, work, move |saved| match saved {
            Some(_) => {
                draft::forget(self);
                toast(pages::FORM_SAVED);
                navigation::replace(&back);
            }
            None => browser::after(0, || browser::focus(CONFLICT)),
        });
    }

    /// Reads the form anew and puts the edit on top of it; false where it is not there any more.
    async fn catch_up(self) -> bool {
        let base = self.base.get_untracked();
        let variables = PageVariables {
            id: self.app.with_value(|app| app.id.clone()),
            key: base.key,
        };
        let Ok(Some(newest)) = instance_page::editable_page(variables).await else {
            return false;
        };
        let rebased = definition::rebase(&base.definition.0, &newest.definition.0, &self.drafts());
        let by = newest.changed_by.as_ref().map(|by| by.name.clone());
        self.conflict.set(Some(Conflict::of(&rebased, by)));
        let rows = rebased.fields.into_iter().map(|field| self.made(field)).collect();
        let left = definition::read(&newest.definition.0);
        self.removed
            .update(|list| list.retain(|gone| left.iter().any(|field| field.key == gone.row.key)));
        self.base.set(newest);
        self.rows.set(rows);
        true
    }
}
