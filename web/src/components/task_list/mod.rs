//! Things to do one after another, each with a mark that says whether it is done, in a picture and in words.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::i18n::{Text, texts::customer};

/// One thing to do.
pub struct Task {
    pub what: AnyView,
    pub hint: Option<Text>,
    pub done: bool,
    /// The way to do it.
    pub action: Option<AnyView>,
}

pub fn task_list(tasks: Vec<Task>) -> AnyView {
    let items: Vec<AnyView> = tasks.into_iter().map(item).collect();
    view! { <ul class="divide-y divide-base-300">{items}</ul> }.into_any()
}

fn item(task: Task) -> AnyView {
    let (picture, colour, words) = if task.done {
        (Icon::Check, "mt-0.5 text-success", customer::TASK_DONE)
    } else {
        (Icon::Clock, "mt-0.5 text-muted", customer::TASK_OPEN)
    };
    view! {
        <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-2">
            <div class="flex min-w-0 items-start gap-2">
                <span class=colour>{icon(picture)}<span class="sr-only">{words}</span></span>
                <div class="min-w-0 break-words">
                    {task.what}
                    {task.hint.map(|hint| view! { <p class="text-xs text-muted whitespace-pre-line">{hint}</p> })}
                </div>
            </div>
            {task.action}
        </li>
    }
    .into_any()
}
