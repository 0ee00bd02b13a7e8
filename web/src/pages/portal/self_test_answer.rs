//! Answering one item of a self-test's checklist, and the words of its questions.

use leptos::prelude::*;

use crate::{
    api::{
        file::{Purpose, StoredFile},
        self_test::{self, AnswerSelfTestItemInput, SelfTestItem, SelfTestQuestion},
    },
    components::{
        alert::ProblemPanel,
        button::{Button, Submit},
        dialog::Dialog,
        dynamic::dynamic,
        field::{RadioGroup, TextArea, choice},
        file_drop::{FileDrop, Limits},
        layout::{Row, Stack, muted},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key,
        texts::{common, self_test as words},
    },
};

/// The item that is being answered; nothing while no dialog is open.
pub type Chosen = RwSignal<Option<SelfTestItem>>;

/// What is asked, and what to look at.
pub fn question(question: SelfTestQuestion) -> (Key, Key) {
    use SelfTestQuestion as Q;
    match question {
        Q::ArrivedComplete => (words::Q_ARRIVED_COMPLETE, words::Q_ARRIVED_COMPLETE_HINT),
        Q::PagesOpen => (words::Q_PAGES_OPEN, words::Q_PAGES_OPEN_HINT),
        Q::RecordsKept => (words::Q_RECORDS_KEPT, words::Q_RECORDS_KEPT_HINT),
        Q::AutomationsRun => (words::Q_AUTOMATIONS_RUN, words::Q_AUTOMATIONS_RUN_HINT),
        Q::ConnectorsAnswer => (words::Q_CONNECTORS_ANSWER, words::Q_CONNECTORS_ANSWER_HINT),
        Q::DataPrepared => (words::Q_DATA_PREPARED, words::Q_DATA_PREPARED_HINT),
        Q::AssistantsAnswer => (words::Q_ASSISTANTS_ANSWER, words::Q_ASSISTANTS_ANSWER_HINT),
        Q::RolesRespected => (words::Q_ROLES_RESPECTED, words::Q_ROLES_RESPECTED_HINT),
        Q::GoesLive => (words::Q_GOES_LIVE, words::Q_GOES_LIVE_HINT),
        Q::TextsComplete => (words::Q_TEXTS_COMPLETE, words::Q_TEXTS_COMPLETE_HINT),
    }
}

/// The dialog of whatever is chosen; `changed` runs after the answer.
pub fn answer_dialog(id: cynic::Id, chosen: Chosen, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let item = chosen.get()?;
        let open = RwSignal::new(true);
        Effect::new(move |_| {
            if !open.get() {
                crate::browser::after(0, move || drop(chosen.try_set(None)));
            }
        });
        let (id, (title, hint)) = (id.clone(), question(item.item));
        Some(view! {
            <Dialog open=open title=title>
                {muted(hint)}
                <AnswerForm id=id.clone() item=item.clone() open=open changed=changed />
            </Dialog>
        })
    })
}

#[component]
fn AnswerForm(id: cynic::Id, item: SelfTestItem, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let result = RwSignal::new(match item.passed {
        None => String::new(),
        Some(true) => PASS.to_owned(),
        Some(false) => FAIL.to_owned(),
    });
    let note = RwSignal::new(item.note.clone());
    let evidence = RwSignal::new(item.evidence.clone());
    let errors = Errors::new();
    let submission = Submission::new();
    let asked = item.item;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !errors.set(missing(&result.get_untracked(), &note.get_untracked())) {
            return;
        }
        let input = AnswerSelfTestItemInput {
            id: id.clone(),
            item: asked,
            passed: result.get_untracked() == PASS,
            note: note.get_untracked(),
            evidence_id: evidence.get_untracked().map(|file: StoredFile| file.id),
        };
        submission.run_form(errors, self_test::answer_self_test_item(input), move |_| {
            toast(words::ANSWERED);
            let _ = open.try_set(false);
            changed.run(());
        });
    };
    let results = vec![choice(PASS, words::PASS), choice(FAIL, words::FAIL)];
    view! {
        <form novalidate=true on:submit=submit>
            <Stack tight=true>
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <RadioGroup name="passed" label=words::RESULT value=result errors=errors choices=results required=true />
                <TextArea name="note" label=words::NOTE value=note errors=errors hint=words::NOTE_HINT limit=1000 rows=3 />
                <FileDrop name="evidenceId" label=words::EVIDENCE purpose=Purpose::SelfTestEvidence limits=Limits::DOCUMENT value=evidence errors=errors hint=words::EVIDENCE_HINT />
                <Row end=true>
                    <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                    <Submit label=common::SAVE busy=submission.busy />
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}

const PASS: &str = "PASS";
const FAIL: &str = "FAIL";

/// What is missing before anything is sent.
fn missing(result: &str, note: &str) -> Vec<FieldError> {
    let chosen = result.is_empty().then_some(("passed", words::CHOOSE_RESULT));
    let told = (result == FAIL && note.trim().is_empty()).then_some(("note", words::NOTE_REQUIRED));
    let wrong = chosen.into_iter().chain(told);
    wrong
        .map(|(name, message)| FieldError {
            name: name.to_owned(),
            message: message.into(),
        })
        .collect()
}
