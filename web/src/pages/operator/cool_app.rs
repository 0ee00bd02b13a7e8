//! One application to list a cool app as an open-platform operator sees it (L22): what it says, what an update would change, and the
//! decision with reasons beside fields; once it is on the market, taking it off.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::product_review_content::{Remarks, remark, remark_count};
use crate::{
    api::{
        cool_app::{self, CoolAppAction, CoolAppApplication, CoolAppDecision, CoolAppStatus, ReviewCoolAppInput},
        product_review::FieldReasonInput,
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dynamic::dynamic,
        facts::{fact, facts, text_fact},
        field::{RadioGroup, TextArea, choice},
        layout::{Card, Columns, Row, Stack, code, focusable, paragraph},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, live,
        texts::{cool_apps as words, customer, portal, reviews, shell},
    },
    labels,
    load::{load, reload_while, show_steadily},
    navigation,
    pages::{cool_app_sheet as sheet, not_found, portal::cool_app::delisting},
    routes::Operator,
};

/// Another operator may decide meanwhile.
const EVERY_MS: u32 = 20_000;

/// What the operator has decided and written so far. Copies are handles of the same.
#[derive(Clone, Copy)]
struct Decision {
    choice: RwSignal<String>,
    reason: RwSignal<String>,
    remarks: Remarks,
    errors: Errors,
    submission: Submission,
}

impl Decision {
    fn new() -> Self {
        let decision = Self {
            choice: RwSignal::default(),
            reason: RwSignal::default(),
            remarks: RwSignal::default(),
            errors: Errors::new(),
            submission: Submission::new(),
        };
        Effect::new(move |_| {
            let written = decision.reason.with(|reason| !reason.trim().is_empty());
            navigation::set_dirty(written || decision.remarks.with(|remarks| !remarks.is_empty()));
        });
        decision
    }

    /// What is sent; nothing where something is missing, which then stands beside its field.
    fn input(self, id: cynic::Id) -> Option<ReviewCoolAppInput> {
        let wrong = |name: &str, message: Key| {
            self.errors.set(vec![FieldError {
                name: name.to_owned(),
                message: message.into(),
            }]);
        };
        let decision = match self.choice.get_untracked().as_str() {
            "APPROVE" => CoolAppDecision::Approve,
            "REJECT" => CoolAppDecision::Reject,
            _ => {
                wrong("decision", reviews::DECISION_REQUIRED);
                return None;
            }
        };
        let approves = decision == CoolAppDecision::Approve;
        let reason = self.reason.get_untracked().trim().to_owned();
        let remarks = self.remarks.get_untracked();
        if !approves && reason.is_empty() && remarks.is_empty() {
            wrong("reason", reviews::REASON_REQUIRED);
            return None;
        }
        let field = |(path, reason)| FieldReasonInput { path, reason };
        Some(ReviewCoolAppInput {
            id,
            decision,
            reason: Some(reason).filter(|reason| !reason.is_empty()),
            field_reasons: remarks.into_iter().filter(|_| !approves).map(field).collect(),
        })
    }

    fn forget(self) {
        self.choice.set(String::new());
        self.reason.set(String::new());
        self.remarks.set(BTreeMap::new());
    }
}

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || cool_app::cool_app_application(id.clone()));
    reload_while(found, EVERY_MS, |_| true);
    let decision = Decision::new();
    let changed = Callback::new(move |()| found.reload());
    show_steadily(found, Skeleton::Page, move |app| match app {
        Some(app) => body(app, decision, changed),
        None => not_found::page(),
    })
}

fn body(app: CoolAppApplication, decision: Decision, changed: Callback<()>) -> AnyView {
    let decides = app.may(CoolAppAction::Review);
    let delisting_open = RwSignal::new(false);
    let delist = app.may(CoolAppAction::Delist).then(|| {
        let press = Callback::new(move |()| delisting_open.set(true));
        view! { <Button label=words::DELIST on_press=press look=Look::Danger /> }
    });
    let state = labels::state_badge(labels::cool_app::cool_app(app.status));
    let remarked = decides.then(|| remark_count(decision.remarks));
    let status = view! { <Row>{state}{remarked}</Row> }.into_any();
    let title = app
        .content
        .as_ref()
        .map_or_else(|| app.name.clone(), |content| content.name.clone());
    let told = told(&app);
    let fields = app.content.as_ref().map(|content| {
        let beside =
            move |field: &'static str, label: Key| remark(decides.then_some(decision.remarks), field, label.into());
        let fields = sheet::sheet(content, app.approved_content.as_ref(), &app.changed_fields, beside);
        view! { <Card title=words::FORM>{fields}</Card> }
    });
    let form = decides.then(|| decision_card(decision, app.id.clone(), changed));
    let main = view! { {told}{fields}{form} }.into_any();
    let crumbs = vec![crumb(shell::NAV_REVIEW_COOL_APPS, Operator::CoolApps.address())];
    let dialog = delisting(app.id.clone(), app.name.clone(), true, delisting_open, changed);
    view! {
        <PageHeader title=title crumbs=crumbs status=status actions=view! { {delist} }.into_any() />
        <Columns main=main side=about(&app) />
        {dialog}
    }
    .into_any()
}

/// What this is, and what a decision leads to.
fn told(app: &CoolAppApplication) -> AnyView {
    let (level, title, hint) = match app.status {
        CoolAppStatus::Submitted => (Level::Info, reviews::FIRST_REVIEW, words::REVIEW_HINT),
        CoolAppStatus::UpdateSubmitted => (Level::Info, words::REVIEW_UPDATE, words::REVIEW_UPDATE_HINT),
        CoolAppStatus::Approved => (Level::Good, words::NEXT_APPROVED, words::ON_MARKET_HINT),
        CoolAppStatus::Draft | CoolAppStatus::Rejected => {
            (Level::Info, reviews::WAS_REJECTED, reviews::WITH_PARTNER_HINT)
        }
        CoolAppStatus::Delisted => (Level::Info, words::NEXT_DELISTED, words::DELISTED_HINT),
    };
    let reasons = [&app.reason, &app.delisting_reason].into_iter().flatten().cloned();
    let reasons: Vec<AnyView> = reasons
        .map(|reason| paragraph(live(move || portal::reason_is(&reason))))
        .collect();
    let beside = sheet::remarks(&app.field_reasons);
    view! { <Alert level=level title=title>{paragraph(hint)}{reasons}{beside}</Alert> }.into_any()
}

fn about(app: &CoolAppApplication) -> AnyView {
    let moment = |at: Option<crate::api::DateTime>| {
        live(move || at.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any()
    };
    let mut list = vec![
        fact(words::CODE, code(app.code.clone())),
        text_fact(reviews::PARTNER, &app.partner.name),
        fact(customer::CORP_ID, code(app.partner.corp_id.clone())),
        text_fact(words::PRODUCT, &app.product.name),
        fact(reviews::SUBMITTED, moment(app.submitted_at.clone())),
    ];
    if let Some(by) = &app.submitted_by {
        list.push(text_fact(words::SUBMITTED_BY, &by.name));
    }
    if app.may(CoolAppAction::Review)
        && let Some(due) = app.due_at.clone()
    {
        list.push(fact(reviews::DUE, super::product_review_list::due(due, app.overdue)));
    }
    if app.decided_at.is_some() {
        list.push(fact(portal::DECIDED_AT, moment(app.decided_at.clone())));
    }
    let list = facts(list);
    view! { <Card title=words::ABOUT>{list}</Card> }.into_any()
}

fn decision_card(decision: Decision, id: cynic::Id, decided: Callback<()>) -> AnyView {
    let Decision { errors, submission, .. } = decision;
    let send = Callback::new(move |()| {
        let Some(input) = decision.input(id.clone()) else {
            return;
        };
        let said = match input.decision {
            CoolAppDecision::Approve => reviews::APPROVED,
            CoolAppDecision::Reject => reviews::REJECTED,
        };
        submission.run_form(errors, cool_app::review_cool_app(input), move |_| {
            toast(said);
            decision.forget();
            decided.run(());
        });
    });
    let choices = vec![
        choice("APPROVE", reviews::APPROVE).hint(words::APPROVE_HINT),
        choice("REJECT", reviews::REJECT).hint(words::REJECT_HINT),
    ];
    let form = view! {
        <Card title=reviews::DECISION>
            <Stack>
                <RadioGroup name="decision" label=reviews::DECISION_LABEL value=decision.choice errors=errors required=true choices=choices />
                <TextArea name="reason" label=reviews::REASON value=decision.reason errors=errors hint=reviews::REASON_LATER_HINT limit=1000 />
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <Row end=true>
                    {dynamic(move || {
                        let (label, look) = match decision.choice.get().as_str() {
                            "APPROVE" => (reviews::APPROVE, Look::Primary),
                            "REJECT" => (reviews::REJECT, Look::Danger),
                            _ => (reviews::DECIDE, Look::Primary),
                        };
                        view! { <Button label=label on_press=send look=look busy=submission.busy /> }
                    })}
                </Row>
            </Stack>
        </Card>
    };
    focusable("decision", form.into_any())
}
