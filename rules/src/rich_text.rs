//! Rich text: Markdown as far as the editors of forms write it, read into blocks. No mark-up of the text becomes anything but
//! these blocks, and HTML in it stays text, so that whoever draws them has nothing to clean. How blocks look is the front
//! end's.

use crate::format;

/// A part of the text with lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(Vec<Span>),
    Paragraph(Vec<Span>),
    /// Lines that are shown as they are.
    Code(String),
    Quote(Vec<Block>),
    List {
        numbered: bool,
        items: Vec<Item>,
    },
    Rule,
}

/// One item of a list, with what hangs below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whether it is ticked, where it is one of things to do.
    pub done: Option<bool>,
    pub words: Vec<Span>,
    pub below: Vec<Block>,
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Text(String),
    Strong(Vec<Span>),
    Emphasis(Vec<Span>),
    Struck(Vec<Span>),
    Code(String),
    /// Leads out, to an address of the web.
    Link(String, String),
}

/// Texts that nest deeper than people write stay as they are.
const DEEPEST: u8 = 6;

/// Bytes of a text that is read at all, and of words between two marks: whatever is written, reading it takes no time.
const LONGEST: usize = 100_000;
const MARKED: usize = 1000;

/// The blocks of a text.
pub fn blocks(text: &str) -> Vec<Block> {
    if text.len() > LONGEST {
        return vec![Block::Paragraph(vec![Span::Text(text.to_owned())])];
    }
    let lines: Vec<&str> = text.lines().collect();
    read(&lines, DEEPEST)
}

/// The words alone: what a list or a title shows.
pub fn plain(text: &str) -> String {
    let mut lines = Vec::new();
    blocks(text).iter().for_each(|block| block_words(block, &mut lines));
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

fn block_words(block: &Block, lines: &mut Vec<String>) {
    match block {
        Block::Heading(spans) | Block::Paragraph(spans) => lines.push(words(spans)),
        Block::Code(text) => lines.push(text.clone()),
        Block::Quote(blocks) => blocks.iter().for_each(|block| block_words(block, lines)),
        Block::List { items, .. } => {
            for item in items {
                lines.push(words(&item.words));
                item.below.iter().for_each(|block| block_words(block, lines));
            }
        }
        Block::Rule => {}
    }
}

fn words(spans: &[Span]) -> String {
    let word = |span: &Span| match span {
        Span::Text(text) | Span::Code(text) | Span::Link(_, text) => text.clone(),
        Span::Strong(inner) | Span::Emphasis(inner) | Span::Struck(inner) => words(inner),
    };
    spans.iter().map(word).collect()
}

fn read(lines: &[&str], depth: u8) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            at += 1;
        } else if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence)) {
            let inside = &lines[at + 1..];
            let end = inside
                .iter()
                .position(|line| line.trim() == fence)
                .unwrap_or(inside.len());
            blocks.push(Block::Code(inside[..end].join("\n")));
            at += end + 2;
        } else if let Some(heading) = heading(trimmed) {
            blocks.push(Block::Heading(spans(heading, depth)));
            at += 1;
        } else if is_rule(trimmed) {
            blocks.push(Block::Rule);
            at += 1;
        } else if depth > 0 && trimmed.starts_with('>') {
            let end = run(&lines[at..], |line| line.trim_start().starts_with('>'));
            let inner: Vec<&str> = lines[at..at + end].iter().map(|line| unquoted(line)).collect();
            blocks.push(Block::Quote(read(&inner, depth - 1)));
            at += end;
        } else if let Some(first) = marker(line).filter(|_| depth > 0) {
            let (list, end) = list(&lines[at..], &first, depth);
            blocks.push(list);
            at += end;
        } else {
            // A marker in the middle of a text begins a list, as people write it.
            let end = 1 + run(&lines[at + 1..], |line| !begins_something(line));
            let joined: Vec<&str> = lines[at..at + end].iter().map(|line| line.trim()).collect();
            blocks.push(Block::Paragraph(spans(&joined.join("\n"), depth)));
            at += end;
        }
    }
    blocks
}

/// How many lines from the first on are so.
fn run(lines: &[&str], is: impl Fn(&str) -> bool) -> usize {
    lines.iter().position(|line| !is(line)).unwrap_or(lines.len())
}

fn begins_something(line: &str) -> bool {
    let trimmed = line.trim();
    trimmed.is_empty()
        || heading(trimmed).is_some()
        || is_rule(trimmed)
        || ["```", "~~~", ">"].iter().any(|mark| trimmed.starts_with(mark))
        || marker(line).is_some()
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let rest = rest.strip_prefix(' ').filter(|_| (1..=6).contains(&level))?;
    Some(rest.trim_end_matches('#').trim())
}

fn is_rule(line: &str) -> bool {
    let only = |mark: char| line.chars().all(|letter| letter == mark || letter == ' ');
    line.len() >= 3
        && ['-', '*', '_']
            .into_iter()
            .any(|mark| only(mark) && line.matches(mark).count() >= 3)
}

fn unquoted(line: &str) -> &str {
    let rest = line.trim_start().trim_start_matches('>');
    rest.strip_prefix(' ').unwrap_or(rest)
}

/// How an item of a list begins: how far in it stands, whether it is numbered, where its words begin.
struct Marker {
    indent: usize,
    numbered: bool,
    words: usize,
}

fn marker(line: &str) -> Option<Marker> {
    let rest = line.trim_start();
    let indent = line.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (numbered, mark) = match digits {
        0 => (false, rest.starts_with(['-', '*', '+']).then_some(1)?),
        1..=9 => (true, rest[digits..].starts_with(['.', ')']).then_some(digits + 1)?),
        _ => return None,
    };
    let gap = rest[mark..].starts_with([' ', '\t']) || rest.len() == mark;
    gap.then_some(Marker {
        indent,
        numbered,
        words: (indent + mark + 1).min(line.len()),
    })
}

/// A list from its first item on, and how many lines it takes.
fn list(lines: &[&str], first: &Marker, depth: u8) -> (Block, usize) {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(found) = lines.get(at).and_then(|line| marker(line)) {
        if found.indent < first.indent || (found.indent == first.indent && found.numbered != first.numbered) {
            break;
        }
        // What stands further in hangs below the item, and so does what follows it after an empty line.
        let deeper = |line: &str| {
            let indent = line.len() - line.trim_start().len();
            line.trim().is_empty() || indent > found.indent
        };
        let mut end = run(&lines[at + 1..], deeper);
        while end > 0 && lines[at + end].trim().is_empty() {
            end -= 1;
        }
        let (done, words) = task(lines[at][found.words..].trim());
        let inner: Vec<&str> = lines[at + 1..=at + end].to_vec();
        items.push(Item {
            done,
            words: spans(words, depth),
            below: read(&inner, depth - 1),
        });
        at += end + 1;
        let gap = run(&lines[at..], |line| line.trim().is_empty());
        let goes_on = lines.get(at + gap).and_then(|line| marker(line));
        if goes_on.is_some_and(|next| next.indent == first.indent && next.numbered == first.numbered) {
            at += gap;
        }
    }
    let numbered = first.numbered;
    (Block::List { numbered, items }, at)
}

fn task(words: &str) -> (Option<bool>, &str) {
    for (mark, done) in [("[ ] ", false), ("[x] ", true), ("[X] ", true)] {
        if let Some(rest) = words.strip_prefix(mark) {
            return (Some(done), rest.trim());
        }
    }
    (None, words)
}

/// Words with their looks.
fn spans(text: &str, depth: u8) -> Vec<Span> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        if let Some((span, length)) = looked(rest, before, depth) {
            if !plain.is_empty() {
                found.push(Span::Text(std::mem::take(&mut plain)));
            }
            found.push(span);
            at += length;
            continue;
        }
        let escaped = rest[letter.len_utf8()..]
            .chars()
            .next()
            .filter(char::is_ascii_punctuation);
        match (letter, escaped) {
            ('\\', Some(next)) => {
                plain.push(next);
                at += 2;
            }
            ('\\', None) if rest.starts_with("\\\n") => at += 1,
            _ => {
                plain.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    if !plain.is_empty() {
        found.push(Span::Text(plain));
    }
    found
}

/// A span that begins here, and how long it is.
fn looked(rest: &str, before: Option<char>, depth: u8) -> Option<(Span, usize)> {
    let depth = depth.checked_sub(1)?;
    if let Some(inside) = rest.strip_prefix('`') {
        let end = inside.find('`').filter(|end| *end > 0)?;
        return Some((Span::Code(inside[..end].to_owned()), end + 2));
    }
    if rest.starts_with('[') || rest.starts_with("![") {
        return link(rest, depth);
    }
    if rest.starts_with("http://") || rest.starts_with("https://") {
        return address(rest, before);
    }
    type Look = fn(Vec<Span>) -> Span;
    let looks: [(&str, Look); 5] = [
        ("**", Span::Strong),
        ("__", Span::Strong),
        ("~~", Span::Struck),
        ("*", Span::Emphasis),
        ("_", Span::Emphasis),
    ];
    let (mark, look) = looks.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    let within_word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric());
    // snake_case is a word.
    if mark.starts_with('_') && within_word(before) {
        return None;
    }
    let inside = &rest[mark.len()..];
    let inside = &inside[..inside.floor_char_boundary(MARKED)];
    let ends = inside.match_indices(mark).map(|(end, _)| end);
    let end = ends.into_iter().find(|end| {
        let (words, after) = (&inside[..*end], inside[end + mark.len()..].chars().next());
        let tight =
            !words.is_empty() && !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
        let doubled = mark.len() == 1 && (after == mark.chars().next() || words.ends_with(mark));
        let goes_on = words.ends_with('\\') || doubled || (mark.starts_with('_') && within_word(after));
        tight && !goes_on
    })?;
    // Of three marks the first closes what is inside.
    let end = end + usize::from(mark.len() == 2 && inside[end + 1..].starts_with(mark));
    Some((look(spans(&inside[..end], depth)), end + 2 * mark.len()))
}

/// The words of a link: no link is inside of another.
fn words_of(text: &str, depth: u8) -> String {
    words(&spans(text, depth))
}

/// `[words](address)`; a picture is a link to it, since it may not be fetched from elsewhere.
fn link(rest: &str, depth: u8) -> Option<(Span, usize)> {
    let begin = rest.find('[')? + 1;
    let middle = begin + rest[begin..].find("](")?;
    let end = middle + 2 + rest[middle + 2..].find(')')?;
    let words = &rest[begin..middle];
    if words.contains(['[', ']']) {
        return None;
    }
    let address = rest[middle + 2..end].split_whitespace().next().unwrap_or_default();
    let shown = if words.is_empty() { address } else { words };
    let span = match format::is_url(address) {
        true => Span::Link(address.to_owned(), words_of(shown, depth)),
        // What leads anywhere else keeps its words.
        false => Span::Text(shown.to_owned()),
    };
    Some((span, end + 1))
}

fn address(rest: &str, before: Option<char>) -> Option<(Span, usize)> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let stops = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | ')' | '，' | '。' | '）');
    let url = rest[..rest.find(stops).unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    format::is_url(url).then(|| (Span::Link(url.to_owned(), url.to_owned()), url.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Vec<Span> {
        vec![Span::Text(words.to_owned())]
    }

    fn item(words: &str) -> Item {
        Item {
            done: None,
            words: text(words),
            below: Vec::new(),
        }
    }

    #[test]
    fn what_an_editor_writes_becomes_blocks() {
        let read = blocks(
            "### Water\n\n**What**\n\nFirst line\nsecond\n\n- a\n- b\n\n1. one\n2. two\n\n> said\n\n---\n```\nx < y\n```",
        );
        let expected = [
            Block::Heading(text("Water")),
            Block::Paragraph(vec![Span::Strong(text("What"))]),
            Block::Paragraph(text("First line\nsecond")),
            Block::List {
                numbered: false,
                items: vec![item("a"), item("b")],
            },
            Block::List {
                numbered: true,
                items: vec![item("one"), item("two")],
            },
            Block::Quote(vec![Block::Paragraph(text("said"))]),
            Block::Rule,
            Block::Code("x < y".to_owned()),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn lists_nest_and_hold_what_is_to_do() {
        let read = blocks("- [x] done\n- [ ] open\n  - inner\n\n    more\n- last");
        let [Block::List { items, .. }] = &read[..] else {
            panic!("{read:?}")
        };
        assert_eq!(
            [items[0].done, items[1].done, items[2].done],
            [Some(true), Some(false), None]
        );
        let [Block::List { items: inner, .. }] = &items[1].below[..] else {
            panic!("{items:?}")
        };
        assert_eq!(inner[0].below, [Block::Paragraph(text("more"))]);
    }

    #[test]
    fn words_have_looks_and_html_stays_text() {
        assert_eq!(
            spans("a **b *c*** ~~d~~ `e_f` g", 6),
            [
                Span::Text("a ".to_owned()),
                Span::Strong(vec![Span::Text("b ".to_owned()), Span::Emphasis(text("c"))]),
                Span::Text(" ".to_owned()),
                Span::Struck(text("d")),
                Span::Text(" ".to_owned()),
                Span::Code("e_f".to_owned()),
                Span::Text(" g".to_owned()),
            ]
        );
        for same in [
            "<script>alert(1)</script>",
            "2 * 3 * 4",
            "snake_case_word",
            "a_b_",
            "5*",
            "**",
            "[x]",
            "`",
        ] {
            assert_eq!(plain(same), same, "{same}");
        }
        assert_eq!(plain("\\*kept\\* 10 \\% off"), "*kept* 10 % off");
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        let url = "https://example.com/a_b".to_owned();
        assert_eq!(
            spans("[here](https://example.com/a_b)", 6),
            [Span::Link(url.clone(), "here".to_owned())]
        );
        assert_eq!(
            spans("![](https://example.com/a_b)", 6),
            [Span::Link(url.clone(), url.clone())]
        );
        assert_eq!(
            spans("see https://example.com/a_b.", 6),
            [
                Span::Text("see ".to_owned()),
                Span::Link(url.clone(), url.clone()),
                Span::Text(".".to_owned())
            ]
        );
        for wrong in [
            "[x](javascript:alert(1))",
            "[x](data:text/html,y)",
            "[x](//example.com)",
            "[x](/admin)",
        ] {
            let spans = spans(wrong, 6);
            assert!(spans.iter().all(|span| matches!(span, Span::Text(_))), "{spans:?}");
        }
    }

    #[test]
    fn any_text_is_read_and_none_of_its_words_are_lost() {
        let pieces = [
            "**", "*", "_", "`", "[", "](", ")", "\n", "- ", "1. ", "> ", "# ", "字", "a ", "\\", "~~", "   ",
        ];
        let mut seed = 7_u64;
        for _ in 0..3000 {
            let mut made = String::new();
            for _ in 0..24 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                made.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let words = plain(&made);
            assert!(words.matches('字').count() <= made.matches('字').count(), "{made}");
        }
        let deep = format!("{}{}", "> ".repeat(500), "*a ".repeat(500));
        assert!(plain(&deep).contains('a'));
    }
}
