//! The ratings of a page, the newest first: stars, words, the partner's answer, and what the viewer can do with each.

use leptos::prelude::*;

use super::hidden_words;
use crate::{
    api::rating::{self, ProductRating, RatingAction, ShowRatingInput},
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dynamic::dynamic,
        layout::Row,
        rating::{Rated, rated, rated_list},
        thread::{Entry, thread},
        toast::toast,
    },
    format,
    forms::{product::word_of, submission::Submission},
    i18n::{Text, live, texts::ratings as words},
    labels::product as lists,
};

/// The best there is.
pub const BEST: u32 = 5;

/// What somebody is about to do with one rating; nothing while no dialog is open.
#[derive(Clone, Copy)]
pub struct Steps {
    /// The rating, with the answer that it has.
    pub answering: RwSignal<Option<(cynic::Id, String)>>,
    pub hiding: RwSignal<Option<cynic::Id>>,
}

impl Steps {
    pub fn new() -> Self {
        Self {
            answering: RwSignal::new(None),
            hiding: RwSignal::new(None),
        }
    }
}

pub fn list(rows: Vec<ProductRating>, steps: Steps, changed: Callback<()>) -> AnyView {
    let item = |row: ProductRating| {
        let controls = controls(&row, steps, changed);
        view! { {said(&row)}{controls} }.into_any()
    };
    rated_list(rows.into_iter().map(item).collect())
}

/// What one organisation said and was answered.
pub fn said(row: &ProductRating) -> AnyView {
    let at = row.rated_at.clone();
    let answer = (!row.answer.is_empty()).then(|| thread(words::ANSWER, vec![answer(row)]));
    let hidden = row.hidden_at.is_some().then(|| {
        let why = hidden_words(&row.hidden_reason).into_view_any();
        view! { <Alert level=Level::Warning title=words::HIDDEN>{why}</Alert> }.into_any()
    });
    rated(Rated {
        stars: u32::try_from(row.stars).unwrap_or_default(),
        best: BEST,
        by: by(row),
        at: live(move || format::day_of(&at)),
        text: row.text.clone(),
        below: answer.into_iter().chain(hidden).collect(),
    })
}

fn answer(row: &ProductRating) -> Entry {
    let at = row.answered_at.clone();
    Entry {
        author: words::ANSWER.into(),
        at: live(move || at.as_ref().map(format::day_of).unwrap_or_default()),
        mark: None,
        text: row.answer.clone().into(),
        files: Vec::new(),
        own: true,
    }
}

/// Who says so: the name where the viewer may know it, what the organisation does and how big it is where it said so.
fn by(row: &ProductRating) -> Text {
    let name = row.organization_name.clone();
    let (industry, size) = (row.industry.map(|it| word_of(&it)), row.size.map(|it| word_of(&it)));
    live(move || {
        let industry = industry.as_deref().and_then(|word| lists::of(lists::INDUSTRIES, word));
        let known = [
            name.clone(),
            industry.map(|key| key.get().to_owned()),
            size.as_deref()
                .and_then(|word| lists::of(&lists::sizes(), word))
                .map(|key| key.get().to_owned()),
        ];
        let known: Vec<String> = known.into_iter().flatten().collect();
        match known.is_empty() {
            true => words::SOMEBODY.get().to_owned(),
            false => known.join(" · "),
        }
    })
}

fn controls(row: &ProductRating, steps: Steps, changed: Callback<()>) -> Option<AnyView> {
    let buttons: Vec<AnyView> = row
        .available_actions
        .iter()
        .map(|action| button(*action, row, steps, changed))
        .collect();
    (!buttons.is_empty()).then(|| view! { <Row>{buttons}</Row> }.into_any())
}

fn button(action: RatingAction, row: &ProductRating, steps: Steps, changed: Callback<()>) -> AnyView {
    let id = row.id.clone();
    match action {
        RatingAction::Answer => {
            let label = if row.answer.is_empty() {
                words::ANSWER_IT
            } else {
                words::CHANGE_ANSWER
            };
            let answer = row.answer.clone();
            let press = Callback::new(move |()| steps.answering.set(Some((id.clone(), answer.clone()))));
            view! { <Button label=label on_press=press small=true /> }.into_any()
        }
        RatingAction::Hide => {
            let press = Callback::new(move |()| steps.hiding.set(Some(id.clone())));
            view! { <Button label=words::HIDE on_press=press look=Look::Quiet small=true /> }.into_any()
        }
        RatingAction::Show => {
            let submission = Submission::new();
            let press = Callback::new(move |()| {
                let input = ShowRatingInput { id: id.clone() };
                submission.run(rating::show_rating(input), move |_| {
                    toast(words::SHOWN_TOAST);
                    changed.run(());
                });
            });
            view! {
                <Button label=words::SHOW on_press=press busy=submission.busy small=true />
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            }
            .into_any()
        }
    }
}
