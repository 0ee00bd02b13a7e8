//! The dialogs in which a superadmin makes and changes categories and tasks, and chooses who reviews a category (L6, L9).

use leptos::prelude::*;

use crate::{
    api::{
        Problem,
        category::{self, Category, PreTask, SaveCategoryInput, SavePreTaskInput, SetCategoryOperatorsInput},
    },
    components::{
        alert::{Alert, Level},
        check_list::{Tick, check_list, chosen_labels},
        dialog::Confirm,
        dynamic::dynamic,
        field::{Checkbox, TextInput},
        layout::{Stack, muted, paragraph},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text,
        texts::{common, reviews},
    },
    load::{load, show},
};

/// A category or a task as it is edited; without an id it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    id: Option<cynic::Id>,
    version: i32,
    name_zh: String,
    name_en: String,
    /// Categories alone have it.
    four_eyes: Option<bool>,
    retired: bool,
}

impl Entry {
    pub fn new_category() -> Self {
        Self {
            four_eyes: Some(false),
            ..Self::new_task()
        }
    }

    pub fn new_task() -> Self {
        Self {
            id: None,
            version: 0,
            name_zh: String::new(),
            name_en: String::new(),
            four_eyes: None,
            retired: false,
        }
    }

    async fn save(self) -> Result<(), Problem> {
        let Self {
            id,
            version,
            name_zh,
            name_en,
            four_eyes,
            retired,
        } = self;
        match four_eyes {
            Some(four_eyes) => {
                let input = SaveCategoryInput {
                    id,
                    name_zh,
                    name_en,
                    four_eyes,
                    retired,
                    version,
                };
                category::save_category(input).await.map(drop)
            }
            None => {
                let input = SavePreTaskInput {
                    id,
                    name_zh,
                    name_en,
                    retired,
                    version,
                };
                category::save_pre_task(input).await.map(drop)
            }
        }
    }

    /// As it stands on the server now.
    async fn newest(&self) -> Option<Self> {
        let all: Vec<Self> = match self.four_eyes {
            Some(_) => category::categories().await.ok()?.iter().map(Self::from).collect(),
            None => category::pre_tasks().await.ok()?.iter().map(Self::from).collect(),
        };
        all.into_iter().find(|entry| entry.id == self.id)
    }

    fn words(&self) -> (Key, Key) {
        match (self.four_eyes.is_some(), self.id.is_some()) {
            (true, true) => (reviews::CATEGORY_EDIT, reviews::CATEGORY_SAVED),
            (true, false) => (reviews::CATEGORY_NEW, reviews::CATEGORY_SAVED),
            (false, true) => (reviews::TASK_EDIT, reviews::TASK_SAVED),
            (false, false) => (reviews::TASK_NEW, reviews::TASK_SAVED),
        }
    }
}

impl From<&Category> for Entry {
    fn from(category: &Category) -> Self {
        Self {
            id: Some(category.id.clone()),
            version: category.version,
            name_zh: category.name_zh.clone(),
            name_en: category.name_en.clone(),
            four_eyes: Some(category.four_eyes),
            retired: category.retired,
        }
    }
}

impl From<&PreTask> for Entry {
    fn from(task: &PreTask) -> Self {
        Self {
            id: Some(task.id.clone()),
            version: task.version,
            name_zh: task.name_zh.clone(),
            name_en: task.name_en.clone(),
            four_eyes: None,
            retired: task.retired,
        }
    }
}

/// Makes or changes one. Where somebody else was quicker, what they saved is shown, and saving again replaces it.
pub fn entry_dialog(entry: Entry, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (submission, errors) = (Submission::new(), Errors::new());
    let (name_zh, name_en) = (
        RwSignal::new(entry.name_zh.clone()),
        RwSignal::new(entry.name_en.clone()),
    );
    let four_eyes = RwSignal::new(entry.four_eyes.unwrap_or_default());
    let retired = RwSignal::new(entry.retired);
    let newer = RwSignal::new(None::<Entry>);
    let (title, saved) = entry.words();
    let is_category = entry.four_eyes.is_some();
    let is_new = entry.id.is_none();
    let confirm = Callback::new(move |()| {
        let empty = |(name, value): (&str, RwSignal<String>)| {
            value
                .with_untracked(|value| value.trim().is_empty())
                .then(|| FieldError {
                    name: name.to_owned(),
                    message: common::REQUIRED.into(),
                })
        };
        let missing = [("nameZh", name_zh), ("nameEn", name_en)]
            .into_iter()
            .filter_map(empty)
            .collect();
        if !errors.set(missing) {
            return;
        }
        let version = newer.with_untracked(|newer| newer.as_ref().map_or(entry.version, |newer| newer.version));
        let wanted = Entry {
            version,
            name_zh: name_zh.get_untracked(),
            name_en: name_en.get_untracked(),
            four_eyes: entry.four_eyes.map(|_| four_eyes.get_untracked()),
            retired: retired.get_untracked(),
            ..entry.clone()
        };
        let work = async move {
            let answer = wanted.clone().save().await;
            if answer.as_ref().is_err_and(Problem::is_stale)
                && let Some(now) = wanted.newest().await
            {
                newer.set(Some(now));
                return Ok(false);
            }
            answer.map(|()| true)
        };
        submission.run_form(errors, work, move |done| {
            changed.run(());
            if done {
                toast(saved);
                let _ = open.try_set(false);
            }
        });
    });
    view! {
        <Confirm open=open title=title confirm=common::SAVE on_confirm=confirm busy=submission.busy problem=submission.problem>
            <Stack>
                {dynamic(move || newer.get().map(stands_now))}
                <TextInput name="nameZh" label=reviews::NAME_ZH value=name_zh errors=errors required=true limit=40 />
                <TextInput name="nameEn" label=reviews::NAME_EN value=name_en errors=errors required=true limit=40 />
                {is_category.then(|| view! {
                    <Checkbox name="fourEyes" value=four_eyes errors=errors hint=reviews::FOUR_EYES_HINT>{reviews::FOUR_EYES}</Checkbox>
                })}
                {(!is_new).then(|| {
                    let hint = if is_category { reviews::RETIRED_CATEGORY_HINT } else { reviews::RETIRED_TASK_HINT };
                    view! { <Checkbox name="retired" value=retired errors=errors hint=hint>{reviews::RETIRED}</Checkbox> }
                })}
                {(is_new && !is_category).then(|| paragraph(reviews::TASK_NEW_MEANS))}
            </Stack>
        </Confirm>
    }
    .into_any()
}

/// What somebody else saved meanwhile.
fn stands_now(now: Entry) -> AnyView {
    let yes_no = |yes: bool| if yes { common::YES } else { common::NO };
    let words = Text::from(move || {
        let retired = yes_no(now.retired).get();
        match now.four_eyes {
            Some(four_eyes) => {
                reviews::stands_now_category(&now.name_zh, &now.name_en, &yes_no(four_eyes).get(), &retired)
            }
            None => reviews::stands_now_task(&now.name_zh, &now.name_en, &retired),
        }
    });
    view! { <Alert level=Level::Warning title=reviews::CHANGED_MEANWHILE><p>{words}</p><p>{reviews::SAVE_REPLACES}</p></Alert> }
        .into_any()
}

/// Chooses who reviews the products of a category.
pub fn operators_dialog(category: Category, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (submission, errors) = (Submission::new(), Errors::new());
    let tick = |person: &crate::api::session::Person| Tick {
        value: person.id.inner().to_owned(),
        label: person.name.clone(),
    };
    let chosen = RwSignal::new(category.operators.iter().map(tick).collect::<Vec<_>>());
    let candidates = load(category::candidates);
    let (id, four_eyes) = (category.id, category.four_eyes);
    let confirm = Callback::new(move |()| {
        let people = chosen
            .get_untracked()
            .into_iter()
            .map(|tick| cynic::Id::new(tick.value));
        let input = SetCategoryOperatorsInput {
            id: id.clone(),
            user_ids: people.collect(),
        };
        submission.run_form(errors, category::set_category_operators(input), move |_| {
            toast(reviews::OPERATORS_SAVED);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let name = category.name;
    let title = Text::from(move || reviews::operators_of(&name));
    view! {
        <Confirm open=open title=title confirm=common::SAVE on_confirm=confirm busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {paragraph(reviews::OPERATORS_MEANS)}
                {show(candidates, Skeleton::Lines, move |people| {
                    if people.is_empty() {
                        return muted(reviews::NO_CANDIDATES);
                    }
                    check_list(reviews::OPERATORS, people.iter().map(tick).collect(), chosen)
                })}
                {chosen_labels(chosen)}
                {dynamic(move || {
                    let warning = match chosen.with(Vec::len) {
                        0 => Some(reviews::NO_OPERATORS_WARNING),
                        1 if four_eyes => Some(reviews::ONE_OPERATOR_WARNING),
                        _ => None,
                    };
                    warning.map(|warning| view! { <Alert level=Level::Warning title=warning /> })
                })}
            </Stack>
        </Confirm>
    }
    .into_any()
}
