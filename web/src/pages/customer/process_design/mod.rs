//! 流程设计 (D19): what happens to a record after it was submitted, as steps with who does what. Kept as data: the product shows
//! it and hands it out, and passes no records on. A design that says more than steps is left alone.

mod step;

use leptos::prelude::*;
use serde_json::Value;

use super::{apps_crumb, editing_closed, pages_address};
use crate::{
    api::{
        Problem,
        application::ComponentKind,
        instance_page::{self, ProcessDesign, ProcessPage, SetProcessDesignInput},
        record::{PageAction, PageVariables},
        scalar::Json,
    },
    browser,
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Submit},
        dynamic::dynamic,
        empty::Empty,
        error_summary::ErrorSummary,
        folded::folded,
        icon::Icon,
        layout::{Row, Stack, bullets, code, focusable, muted, paragraph},
        order_buttons::Place,
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, process, submission::Submission},
    i18n::{
        Text,
        texts::{common, customer, pages},
    },
    load::{load, show},
    navigation,
    pages::not_found,
};
use step::StepRow;

/// Where the keyboard goes when somebody else was quicker.
const CONFLICT: &str = "process-conflict";

pub fn page(id: String, key: String) -> AnyView {
    let variables = PageVariables {
        id: cynic::Id::new(id.clone()),
        key,
    };
    let found = load(move || instance_page::process_page(variables.clone()));
    show(found, Skeleton::Form, move |page| match page {
        Some(page) if page.kind == ComponentKind::FormPage => body(id.clone(), page),
        _ => not_found::page(),
    })
}

fn body(id: String, page: ProcessPage) -> AnyView {
    let name = page.name.clone();
    let title = Text::from(move || pages::process_of(&name));
    let crumbs = vec![apps_crumb(), crumb(customer::SETTINGS, pages_address(&id))];
    let may = page.available_actions.contains(&PageAction::SetProcessDesign);
    let content = match (may, page.settings.clone()) {
        (true, Some(settings)) => designer(id, page.key, settings),
        _ => editing_closed(&id),
    };
    view! {
        <PageHeader title=title crumbs=crumbs hint=pages::PROCESS_HINT />
        {content}
    }
    .into_any()
}

/// The state of the design. Copies are handles of the same.
#[derive(Clone, Copy)]
struct Designing {
    of: StoredValue<PageVariables>,
    version: RwSignal<i32>,
    steps: RwSignal<Vec<StepRow>>,
    /// What was saved when it was read last.
    saved: RwSignal<Vec<process::Step>>,
    /// What somebody else saved meanwhile.
    theirs: RwSignal<Option<ProcessDesign>>,
    errors: Errors,
    submission: Submission,
    /// Steps that are added belong to the page and not to the button that adds them.
    owner: StoredValue<Option<Owner>>,
}

fn designer(id: String, key: String, settings: ProcessDesign) -> AnyView {
    let design = settings.process_design.map_or(Value::Null, |design| design.0);
    let known = match &design {
        Value::Null => Some(Vec::new()),
        design => process::read(design),
    };
    let back = pages_address(&id);
    let of = PageVariables {
        id: cynic::Id::new(id),
        key,
    };
    let anew = RwSignal::new(false);
    let begun = known.clone().unwrap_or_default();
    let designing = Designing::begin(of, settings.version, begun);
    if known.is_some() {
        return form(designing, back);
    }
    let raw = StoredValue::new(serde_json::to_string_pretty(&design).unwrap_or_default());
    dynamic(move || {
        match anew.get() {
        true => form(designing, back.clone()),
        false => view! {
            <Stack>
                <Alert level=Level::Info title=pages::PROCESS_FOREIGN>
                    <p>{pages::PROCESS_FOREIGN_HINT}</p>
                    <Row><Button label=pages::PROCESS_ANEW on_press=Callback::new(move |()| anew.set(true)) small=true /></Row>
                </Alert>
                {folded(pages::PROCESS_RAW, code(raw.get_value()))}
            </Stack>
        }
        .into_any(),
    }
    })
}

fn form(designing: Designing, back: String) -> AnyView {
    let (steps, errors) = (designing.steps, designing.errors);
    let add = Callback::new(move |()| {
        let new = match designing.owner.get_value() {
            Some(owner) => owner.with(StepRow::new),
            None => StepRow::new(),
        };
        steps.update(|steps| steps.push(new));
    });
    let leads = back.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        designing.save(leads.clone());
    };
    let labels = Callback::new(|name: String| {
        Some(Text::from(match name.ends_with("-whom") {
            true => pages::STEP_WHOM,
            false => pages::STEP_NAME,
        }))
    });
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {muted(pages::PROCESS_AS_DATA)}
                {dynamic(move || designing.theirs.get().map(|theirs| focusable(CONFLICT, conflict(theirs))))}
                <ErrorSummary errors=errors labels=labels submission=designing.submission />
                {dynamic(move || {
                    let rows = steps.get();
                    let all = rows.len();
                    if all == 0 {
                        return view! { <Empty picture=Icon::List title=pages::PROCESS_NONE hint=pages::PROCESS_NONE_HINT /> }.into_any();
                    }
                    let several: Vec<AnyView> = rows
                        .into_iter()
                        .enumerate()
                        .map(|(index, row)| step::controls(steps, row, Place { index, all }, errors))
                        .collect();
                    view! { <Stack tight=true>{several}</Stack> }.into_any()
                })}
                <Row><Button label=pages::ADD_STEP on_press=add small=true leading=Icon::Plus /></Row>
                <Row end=true>
                    <ButtonLink label=common::CANCEL href=back />
                    <Submit label=common::SAVE busy=designing.submission.busy />
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}

/// What somebody else saved, beside what is filled in here.
fn conflict(theirs: ProcessDesign) -> AnyView {
    let by = theirs.updated_by.map(|by| by.name);
    let title = Text::from(move || {
        let by = by.as_deref().unwrap_or(pages::CONFLICT_SOMEBODY.get());
        pages::process_conflict(&by)
    });
    let steps = theirs.process_design.and_then(|design| process::read(&design.0));
    let lines: Vec<AnyView> = steps
        .unwrap_or_default()
        .into_iter()
        .map(|step| step::in_words(step).into_view_any())
        .collect();
    let list = (!lines.is_empty()).then(|| bullets(lines));
    view! { <Alert level=Level::Warning title=title>{paragraph(pages::PROCESS_CONFLICT_HINT)}{list}</Alert> }.into_any()
}

impl Designing {
    fn begin(of: PageVariables, version: i32, steps: Vec<process::Step>) -> Self {
        let designing = Self {
            of: StoredValue::new(of),
            version: RwSignal::new(version),
            steps: RwSignal::new(steps.iter().cloned().map(StepRow::of).collect()),
            saved: RwSignal::new(steps),
            theirs: RwSignal::new(None),
            errors: Errors::new(),
            submission: Submission::new(),
            owner: StoredValue::new(Owner::current()),
        };
        Effect::new(move |_| {
            let now: Vec<process::Step> = designing.steps.get().iter().map(StepRow::step).collect();
            navigation::set_dirty(designing.saved.with(|saved| *saved != now));
        });
        designing
    }

    fn save(self, back: String) {
        let rows = self.steps.get_untracked();
        if !self.errors.set(rows.iter().flat_map(StepRow::flaws).collect()) {
            return;
        }
        let steps: Vec<process::Step> = rows.iter().map(|row| untrack(|| row.step())).collect();
        let of = self.of.get_value();
        let input = SetProcessDesignInput {
            instance_id: of.id,
            page_key: of.key,
            version: self.version.get_untracked(),
            design: (!steps.is_empty()).then(|| Json(process::write(&steps))),
        };
        let work = async move {
            let answer = instance_page::set_process_design(input).await;
            // Somebody else was quicker: what they saved is shown beside what is filled in here.
            if answer.as_ref().is_err_and(Problem::is_stale) && self.catch_up().await {
                return Ok(None);
            }
            answer.map(Some)
        };
        self.submission.run_form(self.errors, work, move |saved| match saved {
            Some(_) => {
                toast(pages::PROCESS_SAVED);
                navigation::replace(&back);
            }
            None => browser::after(0, || browser::focus(CONFLICT)),
        });
    }

    async fn catch_up(self) -> bool {
        let found = instance_page::process_page(self.of.get_value()).await;
        let Ok(Some(ProcessPage {
            settings: Some(theirs), ..
        })) = found
        else {
            return false;
        };
        self.version.set(theirs.version);
        self.theirs.set(Some(theirs));
        true
    }
}
