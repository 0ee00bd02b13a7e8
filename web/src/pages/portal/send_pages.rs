//! The dialog that sends pages (D16): new ones into a folder of their own, or changed ones over those that are there, each change
//! shown and acknowledged; the dry run; then the progress.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{follow_up::Followed, page_diff::page_diff, preflight::preflight_view, send::progress_view};
use crate::{
    api::{
        Problem,
        delivery::{DeliveryKind, DeliveryOptions, DeliverySummary},
        page_delivery::{self, OverwritePagesInput, PageChange, PageChangeKind, PageChanges, SendNewPagesInput},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look, Submit},
        check_list::{Tick, check_list},
        dialog::{Dialog, Width},
        error_summary::ErrorSummary,
        field::{Checkbox, RadioGroup, choice},
        layout::{Row, Stack, bullets, muted, paragraph, subheading},
        skeleton::Skeleton,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{Text, texts::portal},
    load::{Loaded, load, show},
};

#[component]
pub fn SendPagesDialog(
    open: RwSignal<bool>,
    to: Followed,
    /// Runs when the delivery has started and when it has ended.
    sent: Callback<()>,
) -> AnyView {
    let order_id = StoredValue::new(to.order_id);
    let title = Text::from(move || portal::send_pages_title(&to.customer, &to.application));
    let started = RwSignal::new(None::<DeliverySummary>);
    view! {
        <Dialog open=open title=title width=Width::Wide>
            {dynamic(move || match started.get() {
                Some(delivery) => progress_view(delivery, open, order_id.get_value(), sent),
                None => {
                    let changes = load(move || page_delivery::page_changes(order_id.get_value()));
                    show(changes, Skeleton::Form, move |found| form(order_id.get_value(), changes, found, Started { delivery: started, told: sent }))
                }
            })}
        </Dialog>
    }
    .into_any()
}

/// The delivery that the dialog goes on to show, and who is told of it.
#[derive(Clone, Copy)]
struct Started {
    delivery: RwSignal<Option<DeliverySummary>>,
    told: Callback<()>,
}

impl Started {
    fn set(self, delivery: DeliverySummary) {
        self.delivery.set(Some(delivery));
        self.told.run(());
    }
}

/// What is being filled in. Copies are handles of the same form.
#[derive(Clone, Copy)]
struct Form {
    /// `new` or `overwrite`.
    kind: RwSignal<String>,
    new: RwSignal<Vec<Tick>>,
    changed: RwSignal<Vec<Tick>>,
    sample: RwSignal<bool>,
    acknowledged: RwSignal<bool>,
    errors: Errors,
    submission: Submission,
}

impl Form {
    fn of(found: &PageChanges) -> Self {
        let ticks = |kind: PageChangeKind| {
            found
                .pages
                .iter()
                .filter(|page| page.change == kind)
                .map(tick)
                .collect()
        };
        let new: Vec<Tick> = ticks(PageChangeKind::New);
        let kind = if new.is_empty() { "overwrite" } else { "new" };
        Self {
            kind: RwSignal::new(kind.to_owned()),
            new: RwSignal::new(new),
            changed: RwSignal::new(ticks(PageChangeKind::Changed)),
            sample: RwSignal::new(false),
            acknowledged: RwSignal::new(false),
            errors: Errors::new(),
            submission: Submission::new(),
        }
    }

    fn overwrites(self) -> bool {
        self.kind.with(|kind| kind == "overwrite")
    }

    fn chosen(self) -> RwSignal<Vec<Tick>> {
        if self.overwrites() { self.changed } else { self.new }
    }

    fn keys(self) -> Vec<String> {
        self.chosen()
            .with(|ticks| ticks.iter().map(|tick| tick.value.clone()).collect())
    }

    /// Says what is missing beside the fields; true where nothing is.
    fn is_complete(self) -> bool {
        let mut missing = Vec::new();
        let mut say = |name: &str, message: crate::i18n::Key| {
            missing.push(FieldError {
                name: name.to_owned(),
                message: message.into(),
            });
        };
        if self.keys().is_empty() {
            say("pageKeys", portal::CHOOSE_SOMETHING);
        }
        if self.overwrites() && !self.acknowledged.get() {
            say("acknowledgedDigest", portal::ACKNOWLEDGE_CHANGES_FIRST);
        }
        self.errors.set(missing)
    }
}

/// A page with what its customer did to it.
fn tick(page: &PageChange) -> Tick {
    let label = match page.change {
        PageChangeKind::DeletedByCustomer => portal::page_removed_by_customer(&page.name),
        _ if page.changed_by_customer => portal::page_changed_by_customer(&page.name),
        _ => page.name.clone(),
    };
    Tick {
        value: page.component_key.clone(),
        label,
    }
}

fn form(order_id: cynic::Id, changes: Loaded<PageChanges>, found: PageChanges, started: Started) -> AnyView {
    let form = Form::of(&found);
    let digest = found.digest.clone();
    let version = found.version_number.clone();
    let asked = order_id.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if untrack(|| form.is_complete()) {
            untrack(|| send(form, order_id.clone(), digest.clone(), started));
        }
    };
    let found = StoredValue::new(found);
    let kinds = vec![
        choice("new", portal::SEND_KIND_NEW).hint(portal::SEND_KIND_NEW_HINT),
        choice("overwrite", portal::SEND_KIND_OVERWRITE).hint(portal::SEND_KIND_OVERWRITE_HINT),
    ];
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                <ErrorSummary errors=form.errors labels=Callback::new(field_label) submission=form.submission />
                {dynamic(move || form.submission.problem.get().map(|problem| refused(problem, changes)))}
                {paragraph(Text::from(move || portal::sends_version(&version)))}
                <RadioGroup name="kind" label=portal::SEND_KIND value=form.kind errors=form.errors choices=kinds required=true />
                {dynamic(move || {
                    let content = found.with_value(|found| match form.overwrites() {
                        true => changed_pages(form, found),
                        false => new_pages(form, found),
                    });
                    let checked = checked(form, asked.clone());
                    view! { <Stack>{content}{checked}</Stack> }
                })}
                <Row end=true><Submit label=portal::SEND_PAGES busy=form.submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn field_label(name: String) -> Option<Text> {
    match name.as_str() {
        "pageKeys" => Some(portal::CHANGED_PAGES.into()),
        "acknowledgedDigest" => Some(portal::ACKNOWLEDGE_CHANGES.into()),
        _ => None,
    }
}

/// Why it was refused; pages that changed meanwhile are shown anew.
fn refused(problem: Problem, changes: Loaded<PageChanges>) -> AnyView {
    let outdated = matches!(&problem, Problem::Refused(refused) if refused.code == "ACKNOWLEDGEMENT_REQUIRED");
    let again = outdated.then(|| {
        let press = Callback::new(move |()| changes.reload());
        view! { <Button label=portal::SHOW_CHANGES_AGAIN on_press=press look=Look::Plain /> }
    });
    view! { <Stack tight=true><ProblemPanel problem=problem />{again}</Stack> }.into_any()
}

fn send(form: Form, order_id: cynic::Id, digest: String, started: Started) {
    let (keys, key) = (Some(form.keys()), Some(form.submission.key()));
    let done = move |delivery| started.set(delivery);
    if form.overwrites() {
        let input = OverwritePagesInput {
            order_id,
            page_keys: keys,
            acknowledged_digest: Some(digest),
        };
        let work = page_delivery::overwrite_pages(input, key);
        return form.submission.run_form(form.errors, work, done);
    }
    let input = SendNewPagesInput {
        order_id,
        page_keys: keys,
        include_sample_data: form.sample.get(),
    };
    form.submission
        .run_form(form.errors, page_delivery::send_new_pages(input, key), done);
}

fn new_pages(form: Form, found: &PageChanges) -> AnyView {
    let offered = found
        .pages
        .iter()
        .filter(|page| matches!(page.change, PageChangeKind::New | PageChangeKind::DeletedByCustomer));
    let ticks: Vec<Tick> = offered.map(tick).collect();
    if ticks.is_empty() {
        return muted(portal::NO_NEW_PAGES);
    }
    view! {
        <Stack tight=true>
            {subheading(portal::NEW_PAGES)}
            {check_list(portal::NEW_PAGES, ticks, form.new)}
            <Checkbox name="includeSampleData" value=form.sample errors=form.errors hint=portal::SAMPLE_DATA_HINT>{portal::SAMPLE_DATA}</Checkbox>
        </Stack>
    }
    .into_any()
}

fn changed_pages(form: Form, found: &PageChanges) -> AnyView {
    let of = |kinds: &[PageChangeKind]| -> Vec<&PageChange> {
        found.pages.iter().filter(|page| kinds.contains(&page.change)).collect()
    };
    let offered = of(&[PageChangeKind::Changed, PageChangeKind::ChangedByCustomer]);
    let removed = of(&[PageChangeKind::DeletedByCustomer]);
    let stay = (!removed.is_empty()).then(|| {
        let names = removed.iter().map(|page| page.name.clone().into_any()).collect();
        view! { <Alert level=Level::Info title=portal::REMOVED_PAGES_STAY>{bullets(names)}</Alert> }
    });
    if offered.is_empty() {
        return view! { <Stack tight=true>{muted(portal::NO_CHANGED_PAGES)}{stay}</Stack> }.into_any();
    }
    let ticks: Vec<Tick> = offered.iter().copied().map(tick).collect();
    let diffs: Vec<AnyView> = offered.iter().copied().map(page_diff).collect();
    let theirs: Vec<String> = offered
        .iter()
        .filter(|page| page.changed_by_customer)
        .map(|page| page.component_key.clone())
        .collect();
    let lost = move || {
        let hit = form
            .changed
            .with(|chosen| chosen.iter().any(|tick| theirs.contains(&tick.value)));
        hit.then(|| view! { <Alert level=Level::Warning title=portal::CUSTOMER_CHANGES_LOST /> })
    };
    view! {
        <Stack tight=true>
            {subheading(portal::CHANGED_PAGES)}
            {check_list(portal::CHANGED_PAGES, ticks, form.changed)}
            {stay}
            {subheading(portal::PAGE_CHANGES)}
            {diffs}
            {dynamic(lost)}
            <Checkbox name="acknowledgedDigest" value=form.acknowledged errors=form.errors hint=portal::OVERWRITE_KEEPS>{portal::ACKNOWLEDGE_CHANGES}</Checkbox>
        </Stack>
    }
    .into_any()
}

/// The dry run for what is ticked.
fn checked(form: Form, order_id: cynic::Id) -> AnyView {
    let preflight = load(move || {
        let kind = match form.overwrites() {
            true => DeliveryKind::OverwritePages,
            false => DeliveryKind::NewPages,
        };
        let options = DeliveryOptions {
            include_sample_data: form.sample.get(),
            include_connectors: false,
            open_edit_permission: false,
        };
        page_delivery::delivery_preflight(order_id.clone(), options, kind, Some(form.keys()), None)
    });
    dynamic(move || {
        (!form.keys().is_empty()).then(|| {
            let view = show(preflight, Skeleton::Lines, preflight_view);
            view! { <Stack tight=true>{subheading(portal::PREFLIGHT)}{view}</Stack> }
        })
    })
}
