//! Markdown that people write, as HTML that is safe to show to others: two fences, one behind the other. What Markdown means is
//! cut down to what a page may hold, and what was written of it is cleaned against a strict list once more.
//! Not the style of it, and not agreements, which are ours.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::id::FileId;

/// Characters of a text at most.
pub const MAX_CHARS: usize = 20_000;

/// Where pictures are read: the only address that an image may have, followed by a file's id.
const PICTURES: &str = "/pictures/";
/// Schemes of links.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];
/// Quotes in lists in quotes: what lies deeper is shown without its frame. Browsers and cleaning grow slow with depth.
const DEEPEST: usize = 24;
/// A text of the longest length has fewer parts; more come from tables that fill themselves up, and are not shown.
const MOST_PARTS: usize = 60_000;

/// The text as HTML. Raw HTML in it is shown as it was typed; headings begin at `h3`, below those of the page; links lead to
/// the web or to a mailbox, images come from `/pictures/{id}`; everything else of either keeps its text alone.
pub fn render(markdown: &str) -> String {
    let mut written = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut written, parts(markdown));
    // Cells carry their alignment as a style, which pages forbid; as an attribute it is harmless. Texts cannot look like
    // this: their angle brackets are escaped.
    for cell in ["<td", "<th"] {
        written = written.replace(&format!("{cell} style=\"text-align: "), &format!("{cell} align=\""));
    }
    CLEANER.clean(&written).to_string()
}

/// The beginning of what the text says, on one line and without marks, for lists and search; `…` where more follows.
pub fn plain_text(markdown: &str, max_chars: usize) -> String {
    let mut said = String::new();
    let mut pictures = 0_usize;
    // Some more than is asked for tells whether anything follows; a visible character may have many bytes.
    let enough = max_chars.saturating_mul(16) + 64;
    for part in parts(markdown) {
        match part {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if pictures == 0 => said.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => said.push(' '),
            Event::End(end) if !is_inline(end) => said.push(' '),
            _ => {}
        }
        if said.len() > enough {
            break;
        }
    }
    let words: Vec<&str> = said.split_whitespace().collect();
    let line = words.join(" ");
    if line.graphemes(true).take(max_chars + 1).count() <= max_chars {
        return line;
    }
    let kept: String = line.graphemes(true).take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// The parts of a text that a page may hold.
fn parts(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut frames = Frames::default();
    Parser::new_ext(markdown, options)
        .take(MOST_PARTS)
        .filter_map(move |part| frames.admit(part))
}

/// What is open around the part that comes next.
#[derive(Default)]
struct Frames {
    /// Whether each is shown; the end of a frame goes where its beginning went.
    shown: Vec<bool>,
    depth: usize,
}

impl Frames {
    fn admit<'a>(&mut self, part: Event<'a>) -> Option<Event<'a>> {
        match part {
            Event::Start(tag) => {
                let tag = admit_tag(tag).filter(|_| self.depth < DEEPEST);
                self.shown.push(tag.is_some());
                self.depth += usize::from(tag.is_some());
                tag.map(Event::Start)
            }
            Event::End(end) => {
                let shown = self.shown.pop().unwrap_or(false);
                self.depth -= usize::from(shown);
                shown.then(|| Event::End(end_of(end)))
            }
            Event::Html(text) => Some(Event::Text(text)),
            // The one piece of HTML that people need: lines within the cell of a table.
            Event::InlineHtml(text) if is_line_break(&text) => Some(Event::HardBreak),
            Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::TaskListMarker(true) => Some(Event::Text(CowStr::Borrowed("☑ "))),
            Event::TaskListMarker(false) => Some(Event::Text(CowStr::Borrowed("☐ "))),
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => Some(part),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => None,
        }
    }
}

fn is_line_break(html: &str) -> bool {
    let inside = html.trim_start_matches('<').trim_end_matches(['/', '>', ' ']);
    inside.eq_ignore_ascii_case("br")
}

/// The frame as a page may hold it; `None` leaves what is in it and drops the frame.
fn admit_tag(tag: Tag<'_>) -> Option<Tag<'_>> {
    match tag {
        Tag::Heading { level, .. } => Some(Tag::Heading {
            level: lowered(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Tag::HtmlBlock => Some(Tag::Paragraph),
        Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        } => target(&dest_url, link_type).map(|dest_url| Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }),
        Tag::Image { ref dest_url, .. } => picture(dest_url).map(|_| tag),
        Tag::Paragraph
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::List(_)
        | Tag::Item
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough => Some(tag),
        _ => None,
    }
}

fn end_of(end: TagEnd) -> TagEnd {
    match end {
        TagEnd::Heading(level) => TagEnd::Heading(lowered(level)),
        TagEnd::HtmlBlock => TagEnd::Paragraph,
        other => other,
    }
}

/// A page has an `h1` and `h2` of its own.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Where a link leads, written as browsers understand it, which is what its scheme was read from.
fn target<'a>(address: &CowStr<'a>, link_type: LinkType) -> Option<CowStr<'a>> {
    if link_type == LinkType::Email {
        // The scheme is added when it is written.
        return Some(address.clone());
    }
    let url = Url::parse(address).ok()?;
    SCHEMES.contains(&url.scheme()).then(|| CowStr::from(String::from(url)))
}

/// The file that an image's address names.
fn picture(address: &str) -> Option<FileId> {
    address.strip_prefix(PICTURES)?.parse().ok()
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "br",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "del",
        "a",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    let attributes = [
        ("a", &["href", "title"][..]),
        ("img", &["src", "alt", "title"]),
        ("ol", &["start"]),
    ];
    let attributes = attributes.map(|(tag, names)| (tag, names.iter().copied().collect()));
    let alignments = || HashMap::from([("align", HashSet::from(["left", "center", "right"]))]);
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from(attributes))
        .tag_attribute_values(HashMap::from([("td", alignments()), ("th", alignments())]))
        .set_tag_attribute_value("img", "loading", "lazy")
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(|tag, name, value| match (tag, name) {
            ("img", "src") => picture(value).map(|_| Cow::Borrowed(value)),
            ("a", "href") => Url::parse(value).is_ok().then_some(Cow::Borrowed(value)),
            _ => Some(Cow::Borrowed(value)),
        });
    cleaner
});

#[cfg(test)]
mod tests;
