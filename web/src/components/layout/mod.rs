//! The few shapes in which pages put things: a card with a heading, a stack, a row of actions, two columns.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::i18n::Text;

/// A section with its heading on a surface of its own. `aside` stands at the end of the heading's line.
#[component]
pub fn Card(#[prop(into)] title: Text, #[prop(optional)] aside: Option<AnyView>, children: Children) -> AnyView {
    view! {
        <section class="rounded-box border border-base-300 bg-base-100 shadow-raised">
            <div class="flex flex-wrap items-center justify-between gap-2 border-b border-base-300 px-5 py-3">
                <h2 class="text-base">{title}</h2>
                {aside}
            </div>
            <div class="p-5">{children()}</div>
        </section>
    }
    .into_any()
}

/// A surface without a heading.
#[component]
pub fn Surface(children: Children) -> AnyView {
    view! { <div class="rounded-box border border-base-300 bg-base-100 p-5 shadow-raised">{children()}</div> }
        .into_any()
}

/// Things below each other with the page's usual distance.
#[component]
pub fn Stack(#[prop(optional)] tight: bool, children: Children) -> AnyView {
    view! { <div class=if tight { "space-y-3" } else { "space-y-6" }>{children()}</div> }.into_any()
}

/// Actions or small things in a row that wraps.
#[component]
pub fn Row(#[prop(optional)] end: bool, #[prop(optional)] spread: bool, children: Children) -> AnyView {
    let class = match (end, spread) {
        (true, _) => "flex flex-wrap items-center justify-end gap-2",
        (_, true) => "flex flex-wrap items-center justify-between gap-3",
        _ => "flex flex-wrap items-center gap-2",
    };
    view! { <div class=class>{children()}</div> }.into_any()
}

/// A wide column and a narrow one beside it, below it on small screens.
#[component]
pub fn Columns(main: AnyView, side: AnyView) -> AnyView {
    view! {
        <div class="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
            <div class="min-w-0 space-y-6">{main}</div>
            <div class="min-w-0 space-y-6">{side}</div>
        </div>
    }
    .into_any()
}

/// Cards side by side as the width allows.
#[component]
pub fn Cards(children: Children) -> AnyView {
    view! { <div class="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">{children()}</div> }.into_any()
}

/// How columns beside each other stand to the highest of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Top,
    Center,
    Bottom,
}

impl Align {
    /// By its name in a definition.
    pub fn of(name: &str) -> Self {
        match name {
            "center" => Self::Center,
            "bottom" => Self::Bottom,
            _ => Self::Top,
        }
    }
}

/// Columns of one width that fill the place, below each other on a phone; `gap` is in pixels.
pub fn equal_columns(columns: Vec<AnyView>, gap: u64, align: Align) -> AnyView {
    let count = match columns.len() {
        0 | 1 => "",
        2 => "md:grid-cols-2",
        3 => "md:grid-cols-3",
        4 => "sm:grid-cols-2 lg:grid-cols-4",
        5 => "sm:grid-cols-2 lg:grid-cols-5",
        _ => "sm:grid-cols-3 lg:grid-cols-6",
    };
    let gap = match gap {
        0..8 => "gap-x-1",
        8..16 => "gap-x-2.5",
        16..32 => "gap-x-5",
        32..48 => "gap-x-10",
        48..80 => "gap-x-12",
        _ => "gap-x-24",
    };
    let align = match align {
        Align::Top => "items-start",
        Align::Center => "items-center",
        Align::Bottom => "items-end",
    };
    view! { <div class=format!("grid gap-y-4 *:min-w-0 {count} {gap} {align}")>{columns}</div> }.into_any()
}

/// A column in which nothing stands; below each other it takes no place.
pub fn empty_column() -> AnyView {
    view! { <div class="hidden md:block"></div> }.into_any()
}

/// The column in which a form stands.
#[component]
pub fn FormColumn(children: Children) -> AnyView {
    view! { <div class="max-w-form space-y-5">{children()}</div> }.into_any()
}

/// Fields side by side on wide screens.
#[component]
pub fn FieldGrid(children: Children) -> AnyView {
    view! { <div class="grid gap-x-6 gap-y-5 md:grid-cols-2">{children()}</div> }.into_any()
}

/// Takes both columns of a `FieldGrid`.
#[component]
pub fn Wide(children: Children) -> AnyView {
    view! { <div class="md:col-span-2">{children()}</div> }.into_any()
}

/// Text of second rank.
pub fn muted(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <span class="block text-muted">{text}</span> }.into_any()
}

/// A paragraph.
pub fn paragraph(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <p>{text}</p> }.into_any()
}

/// Text that is an id, a CorpID, a number: fixed width, breaks anywhere.
pub fn code(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <code class="font-mono text-xs break-all">{text}</code> }.into_any()
}

/// A long id in a table: its beginning, the whole of it on hover.
pub fn short_code(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <code class="block max-w-24 truncate font-mono text-xs" title=text.clone()>{text.clone()}</code> }
        .into_any()
}

/// A moment or a number that stays on one line.
pub fn one_line(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <span class="whitespace-nowrap">{text}</span> }.into_any()
}

/// Text that somebody should notice.
pub fn attention(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <span class="text-warning">{text}</span> }.into_any()
}

/// The actions of a table's row: beside each other, below each other in a phone's card.
#[component]
pub fn RowActions(children: Children) -> AnyView {
    view! { <div class="flex flex-wrap items-center justify-end gap-1 whitespace-nowrap md:flex-nowrap">{children()}</div> }.into_any()
}

/// A number that stands for itself, with what it counts.
pub fn figure(label: impl Into<Text>, number: AnyView) -> AnyView {
    figure_over(label.into(), number, None)
}

/// A figure, and below it how it moved.
pub fn moved_figure(label: impl Into<Text>, number: AnyView, moved: Text) -> AnyView {
    figure_over(label.into(), number, Some(moved))
}

fn figure_over(label: Text, number: AnyView, line: Option<Text>) -> AnyView {
    let line = line.map(|line| view! { <p class="text-xs text-muted tabular-nums">{line}</p> });
    view! {
        <div class="rounded-box border border-base-300 bg-base-100 px-4 py-3">
            <p class="text-muted">{label}</p>
            <p class="text-2xl font-semibold tabular-nums">{number}</p>
            {line}
        </div>
    }
    .into_any()
}

/// The way back to what a page belongs to.
pub fn back_link(href: String, text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! {
        <p>
            <a class="inline-flex max-w-full items-center gap-1 py-1 text-muted hover:text-base-content" href=href>
                {icon(Icon::ChevronLeft)}
                <span class="min-w-0 break-words">{text}</span>
            </a>
        </p>
    }
    .into_any()
}

/// A link in running text.
pub fn link(href: String, text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <a class="link link-hover link-primary font-medium" href=href>{text}</a> }.into_any()
}

/// Two lines of which the second is of second rank, as table cells have them.
pub fn two_lines(first: AnyView, second: AnyView) -> AnyView {
    view! { <div class="min-w-0"><div>{first}</div><div class="text-xs text-muted">{second}</div></div> }.into_any()
}

/// A heading inside a section.
pub fn subheading(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <h3 class="mb-2 text-sm font-semibold">{text}</h3> }.into_any()
}

/// A heading of second rank where no card carries one.
pub fn section_heading(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <h2 class="mb-2 text-sm font-semibold">{text}</h2> }.into_any()
}

/// The heading of a page that shows none.
pub fn screen_reader_heading(text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <h1 class="sr-only">{text}</h1> }.into_any()
}

/// A bulleted list.
pub fn bullets(items: Vec<AnyView>) -> AnyView {
    let items: Vec<AnyView> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> }.into_any())
        .collect();
    view! { <ul class="list-disc space-y-1 ps-5 text-start">{items}</ul> }.into_any()
}

/// A link out of the application: a new tab, and the other side learns nothing of this page.
pub fn outside_link(href: String, text: impl Into<Text>) -> AnyView {
    let text: Text = text.into();
    view! { <a class="link link-primary break-all" href=href target="_blank" rel="noopener noreferrer">{text}</a> }
        .into_any()
}

/// A link that writes a mail.
pub fn mail_link(address: String) -> AnyView {
    view! { <a class="link link-hover link-primary break-all" href=format!("mailto:{address}")>{address.clone()}</a> }
        .into_any()
}

/// A link that calls a number.
pub fn phone_link(number: String) -> AnyView {
    let plain: String = number
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '+')
        .collect();
    view! { <a class="link link-hover link-primary whitespace-nowrap" href=format!("tel:{plain}")>{number}</a> }
        .into_any()
}

/// A value under its name, where fields stand that cannot be filled in.
pub fn labelled_value(name: impl Into<Text>, value: AnyView) -> AnyView {
    let name: Text = name.into();
    view! {
        <div class="min-w-0">
            <p class="mb-1 font-medium">{name}</p>
            <div class="rounded-field bg-base-200 px-3 py-2 whitespace-pre-line">{value}</div>
        </div>
    }
    .into_any()
}

/// The heading of what stands below without a card of its own; `aside` stands at its end.
pub fn title_row(title: impl Into<Text>, aside: AnyView) -> AnyView {
    let title: Text = title.into();
    view! {
        <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h2 class="min-w-0 text-lg break-words">{title}</h2>
            <div class="flex flex-wrap items-center gap-2">{aside}</div>
        </div>
    }
    .into_any()
}

/// A part of the page to which the keyboard and eyes are led.
pub fn focusable(id: &'static str, content: AnyView) -> AnyView {
    view! { <div id=id tabindex="-1">{content}</div> }.into_any()
}

/// A word about what happens by itself while one types; not announced, since it changes at every pause.
pub fn quiet_status(words: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    let words = Text::from(words);
    view! { <p class="text-xs text-muted">{words}</p> }.into_any()
}

/// A word about what happens by itself, announced when it changes.
pub fn polite(words: impl Into<Text>) -> AnyView {
    let words: Text = words.into();
    view! { <p class="text-xs text-muted" role="status" aria-live="polite">{words}</p> }.into_any()
}
