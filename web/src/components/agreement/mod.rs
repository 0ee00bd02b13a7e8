//! A versioned agreement: its text in full, in a region that scrolls, and nothing ticked before the person ticks it.
//! Reads the few Markdown forms that agreements use: headings, lists, paragraphs. No HTML is taken from the server.

use leptos::prelude::*;

use crate::i18n::Text;

/// The text of an agreement. `label` names the region.
pub fn agreement_text(label: impl Into<Text>, body: &str) -> AnyView {
    let label: Text = label.into();
    let blocks: Vec<AnyView> = body
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty())
        .map(block)
        .collect();
    view! {
        <div class="max-h-64 space-y-3 overflow-y-auto rounded-field border border-base-300 bg-base-200 p-4" tabindex="0" role="region" aria-label=label>
            {blocks}
        </div>
    }
    .into_any()
}

fn block(block: &str) -> AnyView {
    if let Some(heading) = block.strip_prefix('#') {
        let (heading, rest) = heading.split_once('\n').unwrap_or((heading, ""));
        let heading = plain(heading.trim_start_matches('#').trim());
        let rest = (!rest.trim().is_empty()).then(|| self::block(rest.trim()));
        return view! { <p class="font-semibold">{heading}</p>{rest} }.into_any();
    }
    let lines: Vec<&str> = block.lines().map(str::trim).collect();
    if lines.iter().all(|line| line.starts_with("- ")) {
        let items: Vec<AnyView> = lines
            .iter()
            .map(|line| view! { <li>{plain(line.trim_start_matches("- "))}</li> }.into_any())
            .collect();
        return view! { <ul class="list-disc ps-5">{items}</ul> }.into_any();
    }
    view! { <p class="whitespace-pre-line">{plain(block)}</p> }.into_any()
}

/// Emphasis is dropped: agreements are read, not admired.
fn plain(text: &str) -> String {
    text.replace("**", "").replace("__", "")
}
