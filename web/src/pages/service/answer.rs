//! Writing in a request: the partner's answer or the customer's reply, with files. What is typed stays through refusals and a lost
//! connection, and leaving with it asks.

use leptos::prelude::*;

use crate::{
    api::{
        Problem,
        service_request::{self, ServiceMessageInput, ServiceRequestBrief},
    },
    components::{
        attachments::{Attached, Attachments},
        button::Submit,
        error_summary::ErrorSummary,
        field::TextArea,
        layout::{Card, Row, Stack},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text,
        texts::{common, service as words},
    },
    navigation,
};

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// The partner's.
    Answer,
    /// The customer's.
    Reply { reopens: bool },
}

impl Writing {
    fn title(self) -> Key {
        match self {
            Self::Answer => words::ANSWER,
            Self::Reply { .. } => words::REPLY,
        }
    }

    fn label(self) -> Key {
        match self {
            Self::Answer => words::ANSWER_LABEL,
            Self::Reply { .. } => words::REPLY_LABEL,
        }
    }

    fn hint(self) -> Key {
        match self {
            Self::Answer => words::ANSWER_HINT,
            Self::Reply { reopens: false } => words::REPLY_HINT,
            Self::Reply { reopens: true } => words::REPLY_HINT_REOPENS,
        }
    }

    fn send(self) -> Key {
        match self {
            Self::Answer => words::SEND_ANSWER,
            Self::Reply { .. } => words::SEND_REPLY,
        }
    }

    fn sent(self) -> Key {
        match self {
            Self::Answer => words::ANSWERED_TOAST,
            Self::Reply { .. } => words::REPLIED_TOAST,
        }
    }
}

/// What is typed and chosen, for as long as the page stands.
#[derive(Clone, Copy)]
pub struct Draft {
    text: RwSignal<String>,
    attached: Attached,
    errors: Errors,
    submission: Submission,
}

impl Draft {
    pub fn new() -> Self {
        let (text, attached) = (RwSignal::new(String::new()), Attached::default());
        Effect::new(move |_| {
            let written = text.with(|text| !text.trim().is_empty()) || !attached.is_empty();
            navigation::set_dirty(written);
        });
        Self {
            text,
            attached,
            errors: Errors::new(),
            submission: Submission::new(),
        }
    }

    fn clear(self) {
        let _ = self.text.try_set(String::new());
        self.attached.clear();
    }
}

pub fn form(writing: Writing, id: cynic::Id, draft: Draft, sent: Callback<()>) -> AnyView {
    let Draft {
        text,
        attached,
        errors,
        submission,
    } = draft;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !errors.set(wrong(text, attached)) {
            return;
        }
        let input = ServiceMessageInput {
            id: id.clone(),
            text: text.get_untracked(),
            file_ids: attached.ids(),
        };
        submission.run_form(errors, write(writing, input, submission.key()), move |_| {
            toast(writing.sent());
            draft.clear();
            navigation::set_query(&[("after", ""), ("before", "")]);
            sent.run(());
        });
    };
    view! {
        <form class="contents" novalidate=true on:submit=submit>
            <Card title=writing.title()>
                <Stack>
                    <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                    <TextArea name="text" label=writing.label() value=text errors=errors limit=5000 rows=5 required=true hint=writing.hint() />
                    <Attachments attached=attached errors=errors />
                    <Row end=true><Submit label=writing.send() busy=submission.busy /></Row>
                </Stack>
            </Card>
        </form>
    }
    .into_any()
}

async fn write(writing: Writing, input: ServiceMessageInput, key: String) -> Result<ServiceRequestBrief, Problem> {
    match writing {
        Writing::Answer => service_request::answer_service_request(input, Some(key)).await,
        Writing::Reply { .. } => service_request::reply_to_service_request(input, Some(key)).await,
    }
}

fn wrong(text: RwSignal<String>, attached: Attached) -> Vec<FieldError> {
    let empty = text.with_untracked(|text| text.trim().is_empty());
    problems([
        (empty, "text", common::REQUIRED),
        (attached.is_sending(), "fileIds", words::FILES_ON_THEIR_WAY),
    ])
}

/// What is wrong, of everything that may be.
pub fn problems<const N: usize>(all: [(bool, &str, Key); N]) -> Vec<FieldError> {
    let found = all.into_iter().filter(|(wrong, ..)| *wrong);
    let error = |(_, name, message): (bool, &str, Key)| FieldError {
        name: name.to_owned(),
        message: message.into(),
    };
    found.map(error).collect()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "text" => words::TEXT,
        "fileIds" => words::FILES,
        _ => return None,
    }))
}
