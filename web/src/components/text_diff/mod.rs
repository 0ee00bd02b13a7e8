//! A long text before and after, line by line: what went, what came, and in between how many lines stayed.

use leptos::prelude::*;

use crate::i18n::{Text, live, texts::reviews};

/// One line, or lines that stayed and are only counted.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Gone(&'a str),
    New(&'a str),
    Kept(&'a str),
    Left(u64),
}

/// Lines around a change that are shown for orientation.
const AROUND: usize = 1;
/// Texts with more lines than this are compared as two blocks.
const MOST: usize = 400;

pub fn text_diff(before: &str, after: &str) -> AnyView {
    let lines: Vec<AnyView> = lines(before, after).into_iter().map(line).collect();
    view! { <div class="space-y-0.5 rounded-field border border-base-300 p-3 whitespace-pre-wrap break-words">{lines}</div> }
        .into_any()
}

fn line(line: Line<'_>) -> AnyView {
    let words = |text: &str| {
        if text.is_empty() {
            " ".to_owned()
        } else {
            text.to_owned()
        }
    };
    match line {
        Line::Gone(text) => marked(
            "−",
            reviews::BEFORE,
            view! { <del class="text-error">{words(text)}</del> }.into_any(),
        ),
        Line::New(text) => marked(
            "+",
            reviews::AFTER,
            view! { <ins class="text-success no-underline">{words(text)}</ins> }.into_any(),
        ),
        Line::Kept(text) => marked(
            "",
            "",
            view! { <span class="text-muted">{words(text)}</span> }.into_any(),
        ),
        Line::Left(count) => {
            let words = live(move || reviews::lines_unchanged(count));
            view! { <p class="text-xs text-muted">"⋯ "{words}</p> }.into_any()
        }
    }
}

fn marked(sign: &'static str, said: impl Into<Text>, words: AnyView) -> AnyView {
    let said: Text = said.into();
    view! {
        <div class="flex gap-2">
            <span class="w-3 shrink-0 text-center font-mono" aria-hidden="true">{sign}</span>
            <span class="sr-only">{said}</span>
            <div class="min-w-0">{words}</div>
        </div>
    }
    .into_any()
}

/// The longest common lines stay; everything else goes or comes.
fn lines<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old.len() > MOST || new.len() > MOST {
        return old
            .into_iter()
            .map(Line::Gone)
            .chain(new.into_iter().map(Line::New))
            .collect();
    }
    let width = new.len() + 1;
    let mut common = vec![0_u16; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            common[at * width + to] = if old[at] == new[to] {
                common[(at + 1) * width + to + 1] + 1
            } else {
                common[(at + 1) * width + to].max(common[at * width + to + 1])
            };
        }
    }
    let (mut at, mut to, mut found) = (0, 0, Vec::new());
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            found.push(Line::Kept(old[at]));
            (at, to) = (at + 1, to + 1);
        } else if to == new.len() || (at < old.len() && common[(at + 1) * width + to] >= common[at * width + to + 1]) {
            found.push(Line::Gone(old[at]));
            at += 1;
        } else {
            found.push(Line::New(new[to]));
            to += 1;
        }
    }
    shortened(found)
}

/// Long runs of lines that stayed become their number.
fn shortened(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let changed: Vec<usize> = (0..lines.len())
        .filter(|at| !matches!(lines[*at], Line::Kept(_)))
        .collect();
    let near = |at: usize| changed.iter().any(|change| change.abs_diff(at) <= AROUND);
    let mut short = Vec::new();
    let mut left = 0;
    for (at, line) in lines.into_iter().enumerate() {
        if near(at) {
            if left > 0 {
                short.push(Line::Left(left));
            }
            left = 0;
            short.push(line);
        } else {
            left += 1;
        }
    }
    if left > 0 {
        short.push(Line::Left(left));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_stayed_are_counted_and_others_told() {
        let told = lines("a\nb\nc\nd\ne\nf", "a\nb\nc\nD\ne\nf\ng");
        let expected = vec![
            Line::Left(2),
            Line::Kept("c"),
            Line::Gone("d"),
            Line::New("D"),
            Line::Kept("e"),
            Line::Kept("f"),
            Line::New("g"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn nothing_against_a_text_is_new() {
        assert_eq!(lines("", "a\n\nb"), vec![Line::New("a"), Line::New(""), Line::New("b")]);
        assert_eq!(lines("a", "a"), vec![Line::Left(1)]);
    }
}
