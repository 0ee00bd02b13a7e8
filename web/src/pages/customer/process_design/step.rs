//! One step of a process design while it is filled in, and steps as sentences.

use std::cell::Cell;

use leptos::prelude::*;

use crate::{
    components::{
        button::IconButton,
        dynamic::dynamic,
        field::{Checkbox, Select, TextInput, choice},
        icon::Icon,
        layout::{FieldGrid, Row, Stack, Surface, Wide, section_heading},
        order_buttons::{Place, order_within},
    },
    forms::{
        Errors, FieldError, interned,
        process::{KINDS, Step, WHO},
    },
    i18n::{
        Key, Text, live,
        texts::{common, pages},
    },
};

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// Most characters of a name and of a note.
const NAME: u32 = 60;
const NOTE: u32 = 500;

/// What is filled in. Copies share it; the number tells one from another.
#[derive(Clone, PartialEq)]
pub struct StepRow {
    pub number: u32,
    pub name: RwSignal<String>,
    kind: RwSignal<String>,
    who: RwSignal<String>,
    whom: RwSignal<String>,
    everyone: RwSignal<bool>,
    note: RwSignal<String>,
}

impl StepRow {
    /// An approval by somebody who is named, until something else is said.
    pub fn new() -> Self {
        Self::of(Step {
            kind: KINDS[1].to_owned(),
            who: WHO[2].to_owned(),
            ..Step::default()
        })
    }

    pub fn of(step: Step) -> Self {
        let number = NEXT.get();
        NEXT.set(number + 1);
        Self {
            number,
            name: RwSignal::new(step.name),
            kind: RwSignal::new(step.kind),
            who: RwSignal::new(step.who),
            whom: RwSignal::new(step.whom),
            everyone: RwSignal::new(step.everyone),
            note: RwSignal::new(step.note),
        }
    }

    /// What is filled in now; effects that ask follow every part of it.
    pub fn step(&self) -> Step {
        let (kind, who) = (self.kind.get(), self.who.get());
        let named = who == "NAMED";
        let everyone = self.everyone.get() && several(&kind, &who);
        let whom = self.whom.get().trim().to_owned();
        Step {
            name: self.name.get().trim().to_owned(),
            whom: if named { whom } else { String::new() },
            everyone,
            note: self.note.get().trim().to_owned(),
            kind,
            who,
        }
    }

    fn field(&self, part: &str) -> &'static str {
        interned(&format!("step-{}-{part}", self.number))
    }

    /// What keeps the step from being saved.
    pub fn flaws(&self) -> Vec<FieldError> {
        let step = untrack(|| self.step());
        let missing = [
            ("name", step.name.is_empty()),
            ("whom", step.who == "NAMED" && step.whom.is_empty()),
        ];
        let wrong = missing.into_iter().filter(|(_, missing)| *missing);
        wrong
            .map(|(part, _)| FieldError {
                name: self.field(part).to_owned(),
                message: common::REQUIRED.into(),
            })
            .collect()
    }
}

/// Whether more than one person may have to agree.
fn several(kind: &str, who: &str) -> bool {
    kind == "APPROVE" && who != "SUBMITTER"
}

fn kind_words(kind: &str) -> Key {
    match kind {
        "APPROVE" => pages::STEP_APPROVE,
        "INFORM" => pages::STEP_INFORM,
        _ => pages::STEP_HANDLE,
    }
}

fn who_words(who: &str) -> Key {
    match who {
        "SUBMITTER" => pages::STEP_SUBMITTER,
        "ADMINS" => pages::STEP_ADMINS,
        _ => pages::STEP_NAMED_PERSON,
    }
}

/// A step as a sentence: "主管审批 · 审批 · 设备主管".
pub fn in_words(step: Step) -> Text {
    live(move || {
        let who = match step.who.as_str() {
            "NAMED" => step.whom.clone(),
            who => who_words(who).get().to_owned(),
        };
        [step.name.as_str(), kind_words(&step.kind).get(), &who].join(" · ")
    })
}

/// The controls of a step with its place among the others.
pub fn controls(steps: RwSignal<Vec<StepRow>>, row: StepRow, place: Place, errors: Errors) -> AnyView {
    let id = format!("step-{}", row.number);
    let number = row.number;
    let title = {
        let (name, place) = (row.name, place.index + 1);
        Text::from(move || match name.get().trim() {
            "" => pages::step_number(&place),
            name => pages::step_named(&place, &name),
        })
    };
    let remove = Callback::new(move |()| steps.update(|steps| steps.retain(|other| other.number != number)));
    let words = title.clone();
    let remove_name = Text::from(move || format!("{}: {}", pages::REMOVE_STEP.get(), words.get()));
    let order = order_within(steps, &id, &title, place);
    view! {
        <Surface>
            <Stack tight=true>
                <Row spread=true>
                    {section_heading(title)}
                    <Row end=true>{order}<IconButton label=remove_name picture=Icon::Trash on_press=remove /></Row>
                </Row>
                {fields(row, errors)}
            </Stack>
        </Surface>
    }
    .into_any()
}

fn fields(row: StepRow, errors: Errors) -> AnyView {
    let kinds = KINDS.iter().map(|kind| choice(*kind, kind_words(kind))).collect();
    let people = WHO.iter().map(|who| choice(*who, who_words(who))).collect();
    let [name, kind, who, whom, everyone, note] =
        ["name", "kind", "who", "whom", "everyone", "note"].map(|part| row.field(part));
    let (kind_now, who_now, whom_now, everyone_now) = (row.kind, row.who, row.whom, row.everyone);
    view! {
        <FieldGrid>
            <TextInput name=name label=pages::STEP_NAME value=row.name errors=errors limit=NAME hint=pages::STEP_NAME_HINT required=true />
            <Select name=kind label=pages::STEP_KIND value=row.kind errors=errors choices=kinds required=true fixed=true />
            <Select name=who label=pages::STEP_WHO value=row.who errors=errors choices=people required=true fixed=true />
            {dynamic(move || (who_now.get() == "NAMED").then(|| view! {
                <TextInput name=whom label=pages::STEP_WHOM value=whom_now errors=errors limit=NAME hint=pages::STEP_WHOM_HINT required=true />
            }))}
            {dynamic(move || several(&kind_now.get(), &who_now.get()).then(|| view! {
                <Wide><Checkbox name=everyone value=everyone_now errors=errors>{Text::from(pages::STEP_EVERYONE)}</Checkbox></Wide>
            }))}
            <Wide><TextInput name=note label=pages::STEP_NOTE value=row.note errors=errors limit=NOTE /></Wide>
        </FieldGrid>
    }
    .into_any()
}
