//! Asking a partner about an application. What is typed stays through refusals and a lost connection, and leaving with it asks.

use leptos::prelude::*;

use super::{address, answer::problems, list_address};
use crate::{
    api::{
        instance::{self, InstanceCard},
        order::OrderParty,
        service_request::{self, OpenServiceRequestInput, ServiceRequestKind},
    },
    components::{
        attachments::{Attached, Attachments},
        button::Submit,
        empty::Empty,
        error_summary::ErrorSummary,
        field::{RadioGroup, Select, TextArea, TextInput, choice},
        icon::Icon,
        layout::{Card, FormColumn, Row},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, portal, service as words, shell},
    },
    load::{load, show},
    navigation,
};

/// Applications to choose from.
const APPLICATIONS: i32 = 100;

pub fn page() -> AnyView {
    let apps = load(|| instance::app_instances(Some(APPLICATIONS), None, None, None, None, None));
    let crumbs = vec![crumb(shell::NAV_SERVICE, list_address(OrderParty::Customer))];
    view! {
        <PageHeader title=words::NEW_TITLE crumbs=crumbs hint=words::NEW_HINT />
        {show(apps, Skeleton::Form, |page| match page.nodes.is_empty() {
            true => view! { <Empty picture=Icon::Grid title=words::NO_APPS hint=words::NO_APPS_HINT /> }.into_any(),
            false => view! { <RequestForm apps=page.nodes /> }.into_any(),
        })}
    }
    .into_any()
}

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Typed {
    app: RwSignal<String>,
    kind: RwSignal<String>,
    title: RwSignal<String>,
    text: RwSignal<String>,
    attached: Attached,
}

impl Typed {
    fn new(apps: &[InstanceCard]) -> Self {
        let wanted = navigation::query("app").get_untracked();
        let known = apps.iter().any(|app| app.id.inner() == wanted);
        // Of one application there is nothing to choose.
        let chosen = match (known, apps) {
            (true, _) => wanted,
            (false, [only]) => only.id.inner().to_owned(),
            (false, _) => String::new(),
        };
        Self {
            app: RwSignal::new(chosen),
            kind: RwSignal::new(String::new()),
            title: RwSignal::new(String::new()),
            text: RwSignal::new(String::new()),
            attached: Attached::default(),
        }
    }

    /// Leaving asks once something was written or chosen that is not to be had again by a press.
    fn ask_before_leaving(self) {
        Effect::new(move |_| {
            let typed = [self.title, self.text]
                .iter()
                .any(|it| it.with(|it| !it.trim().is_empty()));
            navigation::set_dirty(typed || !self.attached.is_empty());
        });
    }

    fn kind(self) -> Option<ServiceRequestKind> {
        Some(match self.kind.get_untracked().as_str() {
            "QUESTION" => ServiceRequestKind::Question,
            "FAULT" => ServiceRequestKind::Fault,
            "CHANGE" => ServiceRequestKind::Change,
            _ => return None,
        })
    }

    fn wrong(self) -> Vec<FieldError> {
        let length = self.title.with_untracked(|title| title.trim().chars().count());
        problems([
            (
                self.app.with_untracked(String::is_empty),
                "instanceId",
                portal::CHOOSE_ONE,
            ),
            (self.kind().is_none(), "kind", portal::CHOOSE_ONE),
            (length < 2, "title", words::TITLE_SHORT),
            (
                self.text.with_untracked(|text| text.trim().is_empty()),
                "text",
                common::REQUIRED,
            ),
            (self.attached.is_sending(), "fileIds", words::FILES_ON_THEIR_WAY),
        ])
    }
}

#[component]
fn RequestForm(apps: Vec<InstanceCard>) -> AnyView {
    let typed = Typed::new(&apps);
    typed.ask_before_leaving();
    let errors = Errors::new();
    let submission = Submission::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let wrong = typed.wrong();
        let (true, Some(kind)) = (errors.set(wrong), typed.kind()) else {
            return;
        };
        let input = OpenServiceRequestInput {
            instance_id: cynic::Id::new(typed.app.get_untracked()),
            kind,
            title: typed.title.get_untracked(),
            text: typed.text.get_untracked(),
            file_ids: typed.attached.ids(),
        };
        let asking = service_request::open_service_request(input, Some(submission.key()));
        submission.run_form(errors, asking, move |made| {
            toast(words::SUBMITTED);
            navigation::replace(&address(OrderParty::Customer, &made.id));
        });
    };
    let named = |app: &InstanceCard| choice(app.id.inner(), format!("{} · {}", app.name, app.partner_name));
    let choices = apps.iter().map(named).collect::<Vec<_>>();
    let kinds = vec![
        choice("QUESTION", words::QUESTION).hint(words::QUESTION_HINT),
        choice("FAULT", words::FAULT).hint(words::FAULT_HINT),
        choice("CHANGE", words::CHANGE).hint(words::CHANGE_HINT),
    ];
    view! {
        <form novalidate=true on:submit=submit>
            <Card title=words::REQUEST>
                <FormColumn>
                    <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                    <Select name="instanceId" label=words::APPLICATION value=typed.app errors=errors choices=choices required=true empty=words::CHOOSE_APP />
                    <RadioGroup name="kind" label=words::KIND value=typed.kind errors=errors choices=kinds required=true />
                    <TextInput name="title" label=words::TITLE value=typed.title errors=errors limit=80 required=true hint=words::TITLE_HINT />
                    <TextArea name="text" label=words::TEXT value=typed.text errors=errors limit=5000 rows=8 required=true hint=words::TEXT_HINT />
                    <Attachments attached=typed.attached errors=errors />
                    <Row end=true><Submit label=words::SUBMIT busy=submission.busy /></Row>
                </FormColumn>
            </Card>
        </form>
    }
    .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "instanceId" => words::APPLICATION,
        "kind" => words::KIND,
        "title" => words::TITLE,
        "text" => words::TEXT,
        "fileIds" => words::FILES,
        _ => return None,
    }))
}
