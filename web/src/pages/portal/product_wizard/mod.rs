//! The wizard of a product in three steps. It saves while one types, says what is still missing, and shows beside the form what
//! customers will see.

mod audience;
mod calculator;
mod cases;
mod checks;
mod conflict;
mod details;
mod kept;
mod markdown_field;
mod opening;
mod payee;
mod period;
mod plan;
mod plans;
mod promotion;
mod report;
mod rows;
mod saving;
mod submit;
mod told;
mod values;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use leptos::prelude::*;
use serde_json::Value;

use super::{product_preview, products_crumb};
use crate::{
    api::{
        DateTime,
        product::{Draft, ProductAction, ProductStatus, Revision, draft},
    },
    components::{
        button::ButtonLink,
        dynamic::dynamic,
        layout::Stack,
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        stepper::{StepTab, stepper},
        with_preview::with_preview,
    },
    forms::{
        Errors,
        product::{
            ProductForm,
            merge::Conflict,
            place::{self, STEPS},
        },
        submission::Submission,
    },
    i18n::{Text, live, texts::shelves as words},
    labels,
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};
use saving::{Engine, Saving, Shared};
use values::Values;

/// The state of the wizard. Copies are handles of the same.
#[derive(Clone, Copy)]
pub struct Wizard {
    engine: StoredValue<Shared>,
    /// The product as the server answered last, with its report.
    draft: RwSignal<Draft>,
    values: Values,
    /// What is typed, after a pause: previews follow it.
    typed: RwSignal<ProductForm>,
    /// The content that the report is about.
    reported: RwSignal<Value>,
    /// What the last save refused to keep, by field.
    refused: RwSignal<Vec<(String, String)>>,
    touched: RwSignal<HashSet<String>>,
    /// The person asked for everything that is wrong.
    checked: RwSignal<bool>,
    errors: Errors,
    saving: RwSignal<Saving>,
    conflicts: RwSignal<Vec<Conflict>>,
    /// The fields that somebody else changed and that stand here now.
    taken: RwSignal<Vec<Vec<String>>>,
    /// When what is on the screen was typed, where it comes from an earlier visit.
    restored: RwSignal<Option<DateTime>>,
    submission: Submission,
}

impl Wizard {
    fn begin(draft: Draft, revision: &Revision) -> Self {
        let form = ProductForm::of(&revision.content);
        let kept_as = kept::name(&draft.id);
        let mut engine = Engine::new(draft.id.clone(), kept_as.clone(), form, revision.version);
        let mut told = (Vec::new(), Vec::new());
        let mut restored = None;
        if let Some(kept) = kept::read(&kept_as) {
            (engine.base, engine.latest) = (kept.base, kept.form);
            told = engine.merge(revision);
            restored = Some(kept.at).filter(|_| !engine.is_saved());
        }
        let (latest, unsaved, held) = (engine.latest.clone(), !engine.is_saved(), engine.held);
        let reported = engine.base.clone();
        let wizard = Self {
            engine: StoredValue::new(Arc::new(Mutex::new(engine))),
            draft: RwSignal::new(draft),
            values: Values::new(&latest),
            typed: RwSignal::new(latest),
            reported: RwSignal::new(reported),
            refused: RwSignal::new(Vec::new()),
            touched: RwSignal::new(HashSet::new()),
            checked: RwSignal::new(false),
            errors: Errors::new(),
            saving: RwSignal::new(if held { Saving::Held } else { Saving::Untouched }),
            conflicts: RwSignal::new(Vec::new()),
            taken: RwSignal::new(Vec::new()),
            restored: RwSignal::new(restored),
            submission: Submission::new(),
        };
        wizard.told(told.0, told.1);
        saving::follow(wizard);
        checks::follow(wizard);
        if unsaved && !held {
            wizard.save();
        }
        wizard
    }

    fn engine(self) -> Shared {
        self.engine.get_value()
    }

    fn say(self, saving: Saving) {
        let _ = self.saving.try_set(saving);
    }

    fn told(self, taken: Vec<Vec<String>>, conflicts: Vec<Conflict>) {
        let _ = self.taken.try_set(taken);
        let _ = self.conflicts.try_set(conflicts);
    }

    /// Saves what is typed, now.
    fn save(self) {
        let engine = self.engine();
        wasm_bindgen_futures::spawn_local(async move { drop(saving::flush(&engine, self).await) });
    }

    /// Reads the report again, after something outside of the form was put right.
    fn check_again(self) {
        let id = self.draft.with_untracked(|draft| draft.id.clone());
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(Some(found)) = draft::product(id).await {
                let _ = self.draft.try_update(|draft| draft.preflight = found.preflight);
            }
        });
    }

    /// What the operator said beside a field.
    fn note(self, field: &str) -> Option<String> {
        self.draft.with_untracked(|draft| {
            let reasons = &draft.open_revision.as_ref()?.field_reasons;
            let said: Vec<String> = reasons
                .iter()
                .filter(|reason| place::field_of(&reason.path) == field)
                .map(|reason| reason.reason.clone())
                .collect();
            (!said.is_empty()).then(|| said.join("\n"))
        })
    }

    /// A field with what the operator said about it.
    fn noted(self, field: &str, view: AnyView) -> AnyView {
        crate::components::field_note::noted(view, words::OPERATOR_SAYS, self.note(field))
    }
}

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || draft::product(id.clone()));
    show(found, Skeleton::Form, |draft| match draft {
        Some(draft) if draft.available_actions.contains(&ProductAction::Edit) => match draft.open_revision.clone() {
            Some(revision) => body(draft, revision),
            None => not_found::page(),
        },
        // L7: what waits for the operator, and what is approved, is read on the product's page, which says what can be done.
        Some(draft) => {
            let address = Portal::Product(draft.id.into_inner()).address();
            crate::browser::after(0, move || navigation::replace(&address));
            Skeleton::Page.view()
        }
        None => not_found::page(),
    })
}

fn body(draft: Draft, revision: Revision) -> AnyView {
    let own = Portal::Product(draft.id.inner().to_owned()).address();
    let name = draft.name.clone();
    // Beside what was approved, the revision's own state says more.
    let status = match draft.status {
        ProductStatus::Draft | ProductStatus::InReview | ProductStatus::Rejected => {
            labels::product::product(draft.status)
        }
        ProductStatus::Approved | ProductStatus::Listed | ProductStatus::Hidden | ProductStatus::Delisted => {
            labels::product::revision(revision.status)
        }
    };
    let title = Text::from(move || words::edit_title(&name));
    let crumbs = vec![products_crumb(), crumb(draft.name.clone(), own.clone())];
    let wizard = Wizard::begin(draft, &revision);
    let actions = view! { {told::saving_state(wizard)}<ButtonLink label=words::TO_PRODUCT href=own /> }.into_any();
    let steps = stepper(
        "step",
        words::STEPS,
        STEPS
            .iter()
            .map(|(step, word, label)| {
                let open = Signal::derive(move || checks::count(wizard, *step));
                StepTab {
                    value: word,
                    label: (*label).into(),
                    open,
                    open_words: live(move || words::to_do_count(open.get() as u64)),
                }
            })
            .collect(),
    );
    let decision = told::decision_panel(&revision);
    let current = navigation::query("step");
    let touch = move |event: web_sys::FocusEvent| checks::touch(wizard, &event);
    let form = view! {
        <form novalidate=true on:submit=move |event: web_sys::SubmitEvent| event.prevent_default() on:focusout=touch>
            <Stack>
                {dynamic(move || match place::step_of_word(&current.get()) {
                    crate::api::product::ListingStep::Specification => plans::step(wizard),
                    crate::api::product::ListingStep::Promotion => promotion::step(wizard),
                    _ => details::step(wizard),
                })}
            </Stack>
        </form>
    };
    let main = view! {
        <Stack>
            {decision}
            {dynamic(move || wizard.restored.get().map(told::restored))}
            {told::not_saved(wizard)}
            {conflict::panel(wizard)}
            {report::preconditions(wizard)}
            {steps}
            {submit::problem(wizard)}
            {form}
            {submit::buttons(wizard)}
            {report::panel(wizard)}
        </Stack>
    }
    .into_any();
    let category = Signal::derive(move || {
        let chosen = wizard.typed.with(|form| form.category_id.clone());
        wizard.draft.with(|draft| {
            let stored = draft.open_revision.as_ref()?.content.category.as_ref()?;
            (stored.id.inner() == chosen).then(|| stored.name.clone())
        })
    });
    let preview = Arc::new(move || product_preview::both(wizard.typed.into(), category, words::PLANS.into()));
    view! {
        <PageHeader title=title crumbs=crumbs status=labels::state_badge(status) hint=words::EDIT_HINT actions=actions />
        {with_preview(main, words::PREVIEW, preview)}
    }
    .into_any()
}
