//! One application to list a cool app as its partner sees it: where it stands, what was decided, what it says, and the next step.

use leptos::prelude::*;

use crate::{
    api::cool_app::{
        self, CoolAppAction, CoolAppApplication, CoolAppContent, CoolAppDecision, CoolAppStatus, CoolAppVersionInput,
        DelistCoolAppInput,
    },
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look},
        dialog::Confirm,
        facts::{fact, facts, text_fact},
        field::TextArea,
        icon::Icon,
        layout::{Card, Columns, Stack, bullets, code, link, paragraph},
        page_header::{Crumb, PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{cool_apps as words, portal, shell},
    },
    labels,
    load::{Loaded, load, reload_while, show_steadily},
    navigation,
    pages::{cool_app_sheet as sheet, not_found},
    routes::{Customer, Portal},
};

pub type Found = Option<CoolAppApplication>;

/// An operator decides while the page stands open.
const EVERY_MS: u32 = 20_000;

pub fn crumbs() -> Vec<Crumb> {
    vec![crumb(shell::NAV_COOL_APPS, Portal::CoolApps.address())]
}

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || cool_app::cool_app_application(id.clone()));
    reload_while(found, EVERY_MS, |_| true);
    show_steadily(found, Skeleton::Page, move |app| match app {
        Some(app) => body(found, app),
        None => not_found::page(),
    })
}

fn body(found: Loaded<Found>, app: CoolAppApplication) -> AnyView {
    let status = labels::state_badge(labels::cool_app::cool_app(app.status));
    let (discarding, delisting) = (RwSignal::new(false), RwSignal::new(false));
    let press = |open: RwSignal<bool>| Callback::new(move |()| open.set(true));
    let edit = app.may(CoolAppAction::Edit).then(|| {
        let href = Portal::EditCoolApp(app.id.inner().to_owned()).address();
        let label = if app.status == CoolAppStatus::Approved {
            words::UPDATE
        } else {
            words::GO_ON
        };
        view! { <ButtonLink label=label href=href look=Look::Primary leading=Icon::Edit /> }
    });
    let discard = app
        .may(CoolAppAction::Discard)
        .then(|| view! { <Button label=words::DISCARD on_press=press(discarding) leading=Icon::Trash /> });
    let delist = app
        .may(CoolAppAction::Delist)
        .then(|| view! { <Button label=words::DELIST on_press=press(delisting) /> });
    let actions = view! { {discard}{delist}{edit} }.into_any();
    let (told, contents, side) = (standing(&app), contents(&app), about(&app));
    let main = view! { <Stack>{told}{contents}</Stack> }.into_any();
    view! {
        <PageHeader title=app.name.clone() crumbs=crumbs() status=status actions=actions />
        <Columns main=main side=side />
        {discard_dialog(&app, discarding)}
        {delist_dialog(found, &app, delisting)}
    }
    .into_any()
}

/// What the state means and what comes next.
pub fn standing(app: &CoolAppApplication) -> AnyView {
    let said = because(app.reason.as_ref());
    let beside = sheet::remarks(&app.field_reasons);
    let returned = app.decision == Some(CoolAppDecision::Reject);
    let (level, title, hint): (Level, Key, Key) = match app.status {
        CoolAppStatus::Draft => (Level::Info, words::NEXT_DRAFT, words::NEXT_DRAFT_HINT),
        CoolAppStatus::Submitted => (Level::Info, words::NEXT_SUBMITTED, words::NEXT_SUBMITTED_HINT),
        CoolAppStatus::UpdateSubmitted => (Level::Info, words::NEXT_UPDATE, words::NEXT_UPDATE_HINT),
        CoolAppStatus::Rejected => (Level::Error, words::NEXT_REJECTED, words::NEXT_REJECTED_HINT),
        CoolAppStatus::Approved if returned => (
            Level::Warning,
            words::NEXT_UPDATE_REJECTED,
            words::NEXT_UPDATE_REJECTED_HINT,
        ),
        CoolAppStatus::Approved => (Level::Good, words::NEXT_APPROVED, words::NEXT_APPROVED_HINT),
        CoolAppStatus::Delisted => (Level::Info, words::NEXT_DELISTED, words::NEXT_DELISTED_HINT),
    };
    let due = app
        .due_at
        .clone()
        .filter(|_| matches!(app.status, CoolAppStatus::Submitted | CoolAppStatus::UpdateSubmitted));
    let due = due.map(|due| paragraph(live(move || portal::review_due(&format::relative(&due)))));
    let delisted = because(app.delisting_reason.as_ref());
    view! {
        <Alert level=level title=title>
            {paragraph(hint)}
            {due}
            {said}
            {beside}
            {delisted}
        </Alert>
    }
    .into_any()
}

fn because(reason: Option<&String>) -> Option<AnyView> {
    let reason = reason.cloned()?;
    Some(paragraph(live(move || portal::reason_is(&reason))))
}

/// What is written, and beside it what the market shows where that differs.
fn contents(app: &CoolAppApplication) -> AnyView {
    let differs = !app.changed_fields.is_empty();
    let written = app.content.as_ref().map(|content| {
        let title = match (app.status, differs) {
            (CoolAppStatus::Approved, false) | (CoolAppStatus::Delisted, _) => words::MARKET_CONTENT,
            (_, true) => words::UPDATE_CONTENT,
            _ => words::FORM,
        };
        card(title, content, app.approved_content.as_ref(), &app.changed_fields)
    });
    view! { {written} }.into_any()
}

fn card(title: Key, content: &CoolAppContent, before: Option<&CoolAppContent>, changed: &[String]) -> AnyView {
    let fields = sheet::sheet(content, before, changed, sheet::plain);
    view! { <Card title=title>{fields}</Card> }.into_any()
}

fn about(app: &CoolAppApplication) -> AnyView {
    let moment = |at: Option<crate::api::DateTime>| {
        live(move || at.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any()
    };
    let product = link(
        Portal::Product(app.product.id.inner().to_owned()).address(),
        app.product.name.clone(),
    );
    let mut list = vec![
        fact(words::CODE, code(app.code.clone())),
        fact(words::PRODUCT, product),
        fact(portal::SUBMITTED_AT, moment(app.submitted_at.clone())),
        fact(portal::DECIDED_AT, moment(app.decided_at.clone())),
    ];
    if let Some(by) = &app.submitted_by {
        list.push(text_fact(words::SUBMITTED_BY, &by.name));
    }
    if app.market_at.is_some() {
        list.push(fact(words::MARKET_SINCE, moment(app.market_at.clone())));
        let shown = Customer::CoolApp(app.id.inner().to_owned()).address();
        list.push(fact(words::MARKET_PAGE, link(shown, words::SEE_ON_MARKET)));
    }
    let list = facts(list);
    view! { <Card title=words::ABOUT>{list}</Card> }.into_any()
}

fn discard_dialog(app: &CoolAppApplication, open: RwSignal<bool>) -> AnyView {
    let submission = Submission::new();
    let input = CoolAppVersionInput {
        id: app.id.clone(),
        version: app.version,
    };
    let confirm = Callback::new(move |()| {
        submission.run(cool_app::discard_cool_app_draft(input.clone()), move |_| {
            open.set(false);
            toast(words::DISCARDED);
            navigation::go(&Portal::CoolApps.address());
        });
    });
    let name = app.name.clone();
    view! {
        <Confirm open=open title=Text::from(move || words::discard_title(&name)) confirm=words::DISCARD on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            {paragraph(words::DISCARD_MEANS)}
        </Confirm>
    }
    .into_any()
}

fn delist_dialog(found: Loaded<Found>, app: &CoolAppApplication, open: RwSignal<bool>) -> AnyView {
    let done = Callback::new(move |()| found.reload());
    delisting(app.id.clone(), app.name.clone(), false, open, done)
}

/// Takes a cool app off the market; an operator says why.
pub fn delisting(id: cynic::Id, name: String, required: bool, open: RwSignal<bool>, done: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let reason = RwSignal::new(String::new());
    let confirm = Callback::new(move |()| {
        let input = DelistCoolAppInput {
            id: id.clone(),
            reason: Some(reason.get_untracked().trim().to_owned()).filter(|said| !said.is_empty()),
        };
        submission.run_form(errors, cool_app::delist_cool_app(input), move |_| {
            toast(words::DELISTED);
            let _ = open.try_set(false);
            done.run(());
        });
    });
    view! {
        <Confirm open=open title=Text::from(move || words::delist_title(&name)) confirm=words::DELIST on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            <Stack>
                {bullets([words::DELIST_MARKET, words::DELIST_GROUPS, words::DELIST_FINAL].map(|line| Text::from(line).into_view_any()).into())}
                <TextArea name="reason" label=words::REASON value=reason errors=errors required=required limit=1000 />
            </Stack>
        </Confirm>
    }
    .into_any()
}
