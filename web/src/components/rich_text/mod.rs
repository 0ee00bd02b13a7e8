//! Rich text as it was meant: headings, lists, quotes, emphasis, links. The rules read it into blocks; here these become the few
//! elements below and nothing else, every word and address of the text escaped, so that no mark-up of its writer is HTML.
//! A string, since views of their own for each element would cost every first visit more than all of this.

use appshelf_rules::rich_text::{Block, Item, Span, blocks};
use leptos::prelude::*;

pub fn rich_text(text: &str) -> AnyView {
    let html = html(text);
    view! { <div class="space-y-2 break-words whitespace-normal" inner_html=html></div> }.into_any()
}

fn html(text: &str) -> String {
    let mut html = String::new();
    several(&blocks(text), &mut html);
    html
}

fn several(blocks: &[Block], html: &mut String) {
    blocks.iter().for_each(|one| block(one, html));
}

fn block(block: &Block, html: &mut String) {
    match block {
        // Not a heading of the page: those are the page's own.
        Block::Heading(words) => within(html, "p class=\"font-semibold\"", |html| spans(words, html)),
        Block::Paragraph(words) => within(html, "p class=\"whitespace-pre-line\"", |html| spans(words, html)),
        Block::Code(text) => {
            let pre = "pre class=\"overflow-x-auto rounded-field bg-base-200 p-3 text-xs\" tabindex=\"0\"";
            within(html, pre, |html| escaped(text, html));
        }
        Block::Quote(blocks) => {
            let quote = "blockquote class=\"space-y-2 border-s-4 border-base-300 ps-3 text-muted\"";
            within(html, quote, |html| several(blocks, html));
        }
        Block::List { numbered, items } => {
            let list = match numbered {
                true => "ol class=\"list-decimal space-y-1 ps-5\"",
                false => "ul class=\"list-disc space-y-1 ps-5\"",
            };
            within(html, list, |html| items.iter().for_each(|one| item(one, html)));
        }
        Block::Rule => html.push_str("<hr class=\"border-base-300\">"),
    }
}

fn item(item: &Item, html: &mut String) {
    // A thing to do has its tick in the place of a bullet.
    let li = match item.done {
        Some(_) => "li class=\"-ms-5 list-none\"",
        None => "li",
    };
    within(html, li, |html| {
        html.push_str(match item.done {
            Some(true) => "☑ ",
            Some(false) => "☐ ",
            None => "",
        });
        spans(&item.words, html);
        several(&item.below, html);
    });
}

fn spans(spans: &[Span], html: &mut String) {
    for span in spans {
        match span {
            Span::Text(text) => escaped(text, html),
            Span::Strong(inner) => within(html, "strong", |html| self::spans(inner, html)),
            Span::Emphasis(inner) => within(html, "em", |html| self::spans(inner, html)),
            Span::Struck(inner) => within(html, "s", |html| self::spans(inner, html)),
            Span::Code(text) => within(html, "code class=\"font-mono text-xs\"", |html| escaped(text, html)),
            Span::Link(url, words) => {
                html.push_str(
                    "<a class=\"link link-primary break-all\" target=\"_blank\" rel=\"noopener noreferrer\" href=\"",
                );
                escaped(url, html);
                html.push_str("\">");
                escaped(words, html);
                html.push_str("</a>");
            }
        }
    }
}

/// An element with its attributes, around what `content` writes.
fn within(html: &mut String, opening: &str, content: impl FnOnce(&mut String)) {
    let name = opening.split(' ').next().unwrap_or(opening);
    for part in ["<", opening, ">"] {
        html.push_str(part);
    }
    content(html);
    for part in ["</", name, ">"] {
        html.push_str(part);
    }
}

fn escaped(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_elements() {
        let made = html("# A\n**b** *c*\n- [x] d\n- `e`\n\n1. f\n\n> g\n\n---");
        let expected = "<p class=\"font-semibold\">A</p><p class=\"whitespace-pre-line\"><strong>b</strong> <em>c</em></p>\
            <ul class=\"list-disc space-y-1 ps-5\"><li class=\"-ms-5 list-none\">☑ d</li><li><code class=\"font-mono text-xs\">e</code></li></ul>\
            <ol class=\"list-decimal space-y-1 ps-5\"><li>f</li></ol>\
            <blockquote class=\"space-y-2 border-s-4 border-base-300 ps-3 text-muted\">\
            <p class=\"whitespace-pre-line\">g</p></blockquote><hr class=\"border-base-300\">";
        assert_eq!(made, expected);
    }

    #[test]
    fn nothing_that_a_text_says_becomes_an_element_or_an_attribute_of_its_own() {
        let attacks = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "**<b onclick=\"x\">**",
            "`<i>` ~~<u>~~ *<s>*",
            "```\n</pre><script>\n```",
            "> <iframe>\n- <svg/onload=x>\n# <h1>",
            "[<b>](https://example.com/\"onmouseover=\"x)",
            "[x](https://example.com/'><script>)",
            "https://example.com/\"><script>",
            "[x](javascript:alert(1)) ![y](data:text/html,<script>)",
        ];
        let known = [
            "p",
            "pre",
            "blockquote",
            "ol",
            "ul",
            "li",
            "strong",
            "em",
            "s",
            "code",
            "a",
            "hr",
        ];
        for attack in attacks {
            let made = html(attack);
            for rest in made.split('<').skip(1) {
                let (tag, _) = rest.split_once('>').expect("a whole tag");
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                assert!(known.contains(&name), "{attack}: {made}");
                let attributes: Vec<&str> = tag.split('"').step_by(2).map(str::trim).collect();
                let allowed = ["class=", "tabindex=", "target=", "rel=", "href=", ""];
                let own = attributes
                    .iter()
                    .map(|part| part.rsplit(' ').next().unwrap_or_default());
                let bare = [name, &format!("/{name}")];
                assert!(
                    own.into_iter()
                        .all(|part| allowed.contains(&part) || bare.contains(&part)),
                    "{attack}: {made}"
                );
            }
            assert!(
                !made.contains("href=\"javascript") && !made.contains("href=\"data"),
                "{made}"
            );
        }
    }
}
