//! One grant while it is decided: for whom, and how far each right reaches. A right to change never reaches further than
//! reading does; where it would, reading follows.

use std::cell::Cell;

use leptos::prelude::*;

use crate::{
    api::page_setting::{PageGrant, PageGrantInput, RecordReach},
    components::{
        button::IconButton,
        check_list::Tick,
        dynamic::dynamic,
        field::{Checkbox, RadioGroup, Select, choice},
        icon::Icon,
        layout::{FieldGrid, Row, Stack, Surface, section_heading},
    },
    forms::{Errors, FieldError, interned},
    i18n::{
        Text,
        texts::{common, customer},
    },
    pages::customer::audience::{audience_fields, ids},
};

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// What is filled in. Copies share it; the number tells one from another.
#[derive(Clone, PartialEq)]
pub struct GrantForm {
    number: u32,
    /// `all` or `some`.
    audience: RwSignal<String>,
    departments: RwSignal<Vec<Tick>>,
    members: RwSignal<Vec<Tick>>,
    add: RwSignal<bool>,
    read: RwSignal<String>,
    edit: RwSignal<String>,
    delete: RwSignal<String>,
}

const WORDS: [(RecordReach, &str); 3] = [
    (RecordReach::None, "none"),
    (RecordReach::Own, "own"),
    (RecordReach::All, "all"),
];

fn word(reach: RecordReach) -> String {
    WORDS
        .iter()
        .find(|(known, _)| *known == reach)
        .map_or("", |(_, word)| word)
        .to_owned()
}

fn reach(word: RwSignal<String>) -> RecordReach {
    let word = word.get_untracked();
    WORDS
        .iter()
        .find(|(_, known)| *known == word)
        .map_or(RecordReach::None, |(reach, _)| *reach)
}

impl GrantForm {
    /// Everybody reads all and changes nothing, until something else is said.
    pub fn new() -> Self {
        Self::of(&PageGrant {
            everyone: false,
            departments: Vec::new(),
            members: Vec::new(),
            add: true,
            read: RecordReach::All,
            edit: RecordReach::Own,
            delete: RecordReach::Own,
        })
    }

    pub fn of(grant: &PageGrant) -> Self {
        let tick = |id: &cynic::Id, name: &str| Tick {
            value: id.inner().to_owned(),
            label: name.to_owned(),
        };
        let number = NEXT.get();
        NEXT.set(number + 1);
        let form = Self {
            number,
            audience: RwSignal::new(if grant.everyone { "all" } else { "some" }.to_owned()),
            departments: RwSignal::new(grant.departments.iter().map(|one| tick(&one.id, &one.name)).collect()),
            members: RwSignal::new(grant.members.iter().map(|one| tick(&one.id, &one.name)).collect()),
            add: RwSignal::new(grant.add),
            read: RwSignal::new(word(grant.read)),
            edit: RwSignal::new(word(grant.edit)),
            delete: RwSignal::new(word(grant.delete)),
        };
        form.reading_follows();
        form
    }

    /// Whoever changes or deletes records also reads them.
    fn reading_follows(&self) {
        let (read, edit, delete) = (self.read, self.edit, self.delete);
        Effect::new(move |_| {
            let rank = |word: &str| {
                ["none", "own", "all"]
                    .iter()
                    .position(|known| *known == word)
                    .unwrap_or(0)
            };
            let wanted = edit.with(|edit| rank(edit)).max(delete.with(|delete| rank(delete)));
            if read.with_untracked(|read| rank(read)) < wanted {
                read.set(["none", "own", "all"][wanted].to_owned());
            }
        });
    }

    fn name(&self, part: &str) -> &'static str {
        interned(&format!("grant-{}-{part}", self.number))
    }

    /// A grant for nobody is none.
    pub fn flaw(&self) -> Option<FieldError> {
        let chosen = self.audience.get_untracked() == "all"
            || !self.departments.with_untracked(Vec::is_empty)
            || !self.members.with_untracked(Vec::is_empty);
        (!chosen).then(|| FieldError {
            name: self.name("who").to_owned(),
            message: customer::RANGE_EMPTY.into(),
        })
    }

    pub fn input(&self) -> PageGrantInput {
        let everyone = self.audience.get_untracked() == "all";
        PageGrantInput {
            everyone,
            department_ids: if everyone { Vec::new() } else { ids(self.departments) },
            member_ids: if everyone { Vec::new() } else { ids(self.members) },
            add: self.add.get_untracked(),
            read: reach(self.read),
            edit: reach(self.edit),
            delete: reach(self.delete),
        }
    }
}

/// The fields of a grant under its place among them, counted from 1, and the way to take it back. Pages without records are only
/// seen.
pub fn fields(
    place: usize,
    form: GrantForm,
    is_form: bool,
    errors: Errors,
    grants: RwSignal<Vec<GrantForm>>,
) -> AnyView {
    let who = vec![
        choice("all", customer::GRANT_EVERYONE),
        choice("some", customer::RANGE_SOME),
    ];
    let (audience, departments, members) = (form.audience, form.departments, form.members);
    let rights = is_form.then(|| rights(&form, errors));
    let number = form.number;
    let remove = Callback::new(move |()| grants.update(|grants| grants.retain(|other| other.number != number)));
    let title = Text::from(move || customer::grant_number(&place));
    let remove_name = Text::from(move || format!("{}: {}", common::REMOVE.get(), customer::grant_number(&place)));
    view! {
        <Surface>
            <Stack tight=true>
                <Row spread=true>
                    {section_heading(title)}
                    <IconButton label=remove_name picture=Icon::Trash on_press=remove />
                </Row>
                <RadioGroup name=form.name("who") label=customer::GRANT_WHO value=audience errors=errors choices=who required=true />
                {dynamic(move || (audience.get() == "some").then(|| audience_fields(departments, members)))}
                {rights}
            </Stack>
        </Surface>
    }
    .into_any()
}

fn rights(form: &GrantForm, errors: Errors) -> AnyView {
    let reaches = || {
        vec![
            choice("none", customer::REACH_NONE),
            choice("own", customer::REACH_OWN),
            choice("all", customer::REACH_ALL),
        ]
    };
    let select = |part: &str, label: Text, value: RwSignal<String>| {
        let (name, choices) = (form.name(part), reaches());
        view! { <Select name=name label=label value=value errors=errors choices=choices required=true /> }.into_any()
    };
    let read = select("read", customer::GRANT_READ.into(), form.read);
    let edit = select("edit", customer::GRANT_EDIT.into(), form.edit);
    let delete = select("delete", customer::GRANT_DELETE.into(), form.delete);
    let (name, add) = (form.name("add"), form.add);
    view! {
        <FieldGrid>
            {read}
            {edit}
            {delete}
            <Checkbox name=name value=add errors=errors>{Text::from(customer::GRANT_MAY_ADD)}</Checkbox>
        </FieldGrid>
    }
    .into_any()
}
