//! Steps that follow each other, numbered, with the one that comes next.

use leptos::prelude::*;

use crate::i18n::Text;

/// One step: what happens and who does it.
pub struct StepLine {
    pub what: Text,
    pub hint: Text,
}

pub fn step(what: impl Into<Text>, hint: impl Into<Text>) -> StepLine {
    StepLine {
        what: what.into(),
        hint: hint.into(),
    }
}

pub fn steps(steps: Vec<StepLine>) -> AnyView {
    let items: Vec<AnyView> = steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            view! {
                <li class="flex gap-3">
                    <span class="mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full bg-base-300 text-xs font-medium" aria-hidden="true">
                        {index + 1}
                    </span>
                    <div class="min-w-0">
                        <p class="font-semibold">{step.what}</p>
                        <p class="text-muted">{step.hint}</p>
                    </div>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="space-y-3">{items}</ol> }.into_any()
}
