//! Freeze windows of the organisation: those that are not over, one more, and taking one away.

use leptos::prelude::*;

use crate::{
    api::rollout::{self, AddFreezeWindowInput, FreezeWindow, FreezeWindowActionInput},
    components::{
        badge::Tone,
        button::{Button, Look, Submit},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        field::{Kind, TextInput},
        icon::Icon,
        layout::{Card, FieldGrid, Row, Stack, muted, paragraph},
        skeleton::Skeleton,
        table::{Table, action_column, column},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text, live,
        texts::{common, rollout as words},
    },
    labels,
    load::{Loaded, load, show},
};

type Found = Loaded<Vec<FreezeWindow>>;

pub fn card() -> AnyView {
    let found: Found = load(rollout::freeze_windows);
    let removing: RwSignal<Option<FreezeWindow>> = RwSignal::new(None);
    let list = show(found, Skeleton::Rows(2), move |windows| match windows.is_empty() {
        true => muted(words::FREEZE_NONE),
        false => table(&windows, removing),
    });
    view! {
        <Card title=words::FREEZE>
            <Stack>
                {muted(words::FREEZE_HINT)}
                {list}
                <AddForm found=found />
            </Stack>
        </Card>
        {dynamic(move || {
            let window = removing.get()?;
            let open = open_for(removing);
            Some(view! { <RemoveDialog window=window open=open found=found /> })
        })}
    }
    .into_any()
}

/// From when until when, in the viewer's zone.
fn period(window: &FreezeWindow) -> Text {
    let (from, until) = (window.from.clone(), window.until.clone());
    live(move || words::period(&format::date_time(&from), &format::date_time(&until)))
}

fn table(windows: &[FreezeWindow], removing: RwSignal<Option<FreezeWindow>>) -> AnyView {
    let rows = windows.iter().map(|window| {
        let (of, chosen) = (period(window), window.clone());
        let name = live(move || words::remove_of(&of.get()));
        let press = Callback::new(move |()| removing.set(Some(chosen.clone())));
        let running = window.running.then(|| labels::state_badge((Tone::Attention, words::RUNNING_NOW)));
        vec![
            period(window).into_view_any(),
            view! { {window.reason.clone()}{running} }.into_any(),
            view! { <Button label=words::REMOVE name=name on_press=press look=Look::Quiet small=true leading=Icon::Trash /> }.into_any(),
        ]
    });
    let columns = vec![column(words::FREEZE), column(words::FREEZE_REASON), action_column()];
    view! { <Table label=words::FREEZE columns=columns rows=rows.collect() inside=true /> }.into_any()
}

#[component]
fn AddForm(found: Found) -> AnyView {
    let [from, until, reason] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (errors, submission) = (Errors::new(), Submission::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let missing = [("from", from), ("until", until)];
        let missing = missing
            .into_iter()
            .filter(|(_, it)| it.with_untracked(String::is_empty));
        let wrong = missing.map(|(name, _)| FieldError {
            name: name.to_owned(),
            message: common::REQUIRED.into(),
        });
        if !errors.set(wrong.collect()) {
            return;
        }
        let input = AddFreezeWindowInput {
            from: format::instant_of(&from.get_untracked()),
            until: format::instant_of(&until.get_untracked()),
            reason: reason.get_untracked(),
        };
        submission.run_form(errors, rollout::add_freeze_window(input), move |_| {
            toast(words::ADDED);
            for typed in [from, until, reason] {
                typed.set(String::new());
            }
            found.reload();
        });
    };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack tight=true>
                <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                <FieldGrid>
                    <TextInput name="from" label=words::FROM value=from errors=errors kind=Kind::Instant required=true />
                    <TextInput name="until" label=words::UNTIL value=until errors=errors kind=Kind::Instant required=true />
                </FieldGrid>
                <TextInput name="reason" label=words::FREEZE_REASON value=reason errors=errors limit=200 />
                <Row end=true><Submit label=words::ADD busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "from" => words::FROM,
        "until" => words::UNTIL,
        "reason" => words::FREEZE_REASON,
        _ => return None,
    }))
}

#[component]
fn RemoveDialog(window: FreezeWindow, open: RwSignal<bool>, found: Found) -> AnyView {
    let submission = Submission::new();
    let said = period(&window);
    let confirm = Callback::new(move |()| {
        let input = FreezeWindowActionInput { id: window.id.clone() };
        submission.run(rollout::remove_freeze_window(input), move |_| {
            toast(words::REMOVED);
            let _ = open.try_set(false);
            found.reload();
        });
    });
    view! {
        <Confirm open=open title=words::REMOVE_TITLE confirm=words::REMOVE on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            {paragraph(said.clone())}
            {paragraph(words::REMOVE_EFFECT)}
        </Confirm>
    }
    .into_any()
}
