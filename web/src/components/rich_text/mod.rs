//! Rich text as it was meant: headings, lists, quotes, emphasis, links. Drawn from blocks that the rules read, so that no
//! mark-up of the text ever becomes HTML.

use appshelf_rules::rich_text::{Block, Item, Span, blocks};
use leptos::prelude::*;

use super::layout::outside_link;

pub fn rich_text(text: &str) -> AnyView {
    view! { <div class="space-y-2 break-words whitespace-normal">{several(&blocks(text))}</div> }.into_any()
}

fn several(blocks: &[Block]) -> Vec<AnyView> {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> AnyView {
    match block {
        // Not a heading of the page: those are the page's own.
        Block::Heading(words) => view! { <p class="font-semibold">{spans(words)}</p> }.into_any(),
        Block::Paragraph(words) => view! { <p class="whitespace-pre-line">{spans(words)}</p> }.into_any(),
        Block::Code(text) => {
            view! { <pre class="overflow-x-auto rounded-field bg-base-200 p-3 text-xs" tabindex="0"><code>{text.clone()}</code></pre> }
                .into_any()
        }
        Block::Quote(blocks) => {
            view! { <blockquote class="space-y-2 border-s-4 border-base-300 ps-3 text-muted">{several(blocks)}</blockquote> }
                .into_any()
        }
        Block::List { numbered: true, items } => {
            view! { <ol class="list-decimal space-y-1 ps-5">{list(items)}</ol> }.into_any()
        }
        Block::List { numbered: false, items } => {
            view! { <ul class="list-disc space-y-1 ps-5">{list(items)}</ul> }.into_any()
        }
        Block::Rule => view! { <hr class="border-base-300" /> }.into_any(),
    }
}

fn list(items: &[Item]) -> Vec<AnyView> {
    items
        .iter()
        .map(|item| {
            let tick = item.done.map(|done| if done { "☑ " } else { "☐ " });
            view! { <li>{tick}{spans(&item.words)}{several(&item.below)}</li> }.into_any()
        })
        .collect()
}

fn spans(spans: &[Span]) -> Vec<AnyView> {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> AnyView {
    match span {
        Span::Text(text) => text.clone().into_any(),
        Span::Strong(inner) => view! { <strong>{spans(inner)}</strong> }.into_any(),
        Span::Emphasis(inner) => view! { <em>{spans(inner)}</em> }.into_any(),
        Span::Struck(inner) => view! { <s>{spans(inner)}</s> }.into_any(),
        Span::Code(text) => view! { <code class="font-mono text-xs">{text.clone()}</code> }.into_any(),
        Span::Link(url, words) => outside_link(url.clone(), words.clone()),
    }
}
