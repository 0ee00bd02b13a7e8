//! Reads one number in Arabic digits, with the separators and blanks that contracts and pdftotext put into it.
//! Chinese units after it are `numeral`.

use super::glyph::{Gap, Glyph};
use super::numeral::{ONE, SCALE};

/// One Arabic number.
pub(super) struct Arabic {
    pub end: usize,
    /// In units of 10⁻¹⁰; `None` when it is a date, a version or too long.
    pub value: Option<i128>,
    /// Has thousands separators.
    pub grouped: bool,
    pub decimals: usize,
}

/// `led`: a currency stands before it, which lets blanks separate its thousands.
pub(super) fn read_arabic(glyphs: &[Glyph], start: usize, led: bool) -> Arabic {
    if let Some(spaced) = read_tracked(glyphs, start) {
        return spaced;
    }
    let (mut whole, mut at, mut grouped) = (Digits::default(), run_end(glyphs, start), false);
    whole.push(glyphs, start, at);
    if let Some(end) =
        comma_groups(glyphs, start, at).or_else(|| if led { blank_groups(glyphs, start, at) } else { None })
    {
        whole.push(glyphs, at, end);
        (at, grouped) = (end, true);
    }
    let mut decimals = Digits::default();
    if let Some(end) = decimals_end(glyphs, at) {
        decimals.push(glyphs, at + 1, end);
        at = end;
    }
    if is_point_before_digit(glyphs, at) {
        // 2026.11.21 or 1.2.3.4: not a number, and not the beginning of one either.
        while glyphs
            .get(at)
            .is_some_and(|g| g.gap == Gap::None && (g.c.is_ascii_digit() || g.c == '.'))
        {
            at += 1;
        }
        return Arabic {
            end: at,
            value: None,
            grouped,
            decimals: decimals.count,
        };
    }
    Arabic {
        end: at,
        value: scaled(&whole, &decimals),
        grouped,
        decimals: decimals.count,
    }
}

/// Digits collected so far; beyond 18 they are only counted.
#[derive(Default)]
struct Digits {
    value: i128,
    count: usize,
}

impl Digits {
    fn push(&mut self, glyphs: &[Glyph], from: usize, to: usize) {
        for digit in glyphs[from..to].iter().filter_map(|g| g.c.to_digit(10)) {
            if self.count < 18 {
                self.value = self.value * 10 + i128::from(digit);
            }
            self.count += 1;
        }
    }
}

fn scaled(whole: &Digits, decimals: &Digits) -> Option<i128> {
    if whole.count > 18 || decimals.count > SCALE as usize {
        return None;
    }
    Some(whole.value * ONE + decimals.value * 10_i128.pow(SCALE - decimals.count as u32))
}

fn is_digit(glyphs: &[Glyph], at: usize) -> bool {
    glyphs.get(at).is_some_and(|g| g.c.is_ascii_digit())
}

fn is_point_before_digit(glyphs: &[Glyph], at: usize) -> bool {
    let tight = |at: usize| glyphs.get(at).is_some_and(|g| g.gap == Gap::None);
    tight(at) && glyphs[at].c == '.' && tight(at + 1) && is_digit(glyphs, at + 1)
}

/// The end of the digits that follow one another without a blank; `start` itself may come after one.
fn run_end(glyphs: &[Glyph], start: usize) -> usize {
    let mut at = start + 1;
    while is_digit(glyphs, at) && glyphs[at].gap == Gap::None {
        at += 1;
    }
    at
}

/// The length of the run of digits at `start`, at most 5.
fn short_run(glyphs: &[Glyph], start: usize) -> usize {
    if !is_digit(glyphs, start) {
        return 0;
    }
    (1..5)
        .find(|n| !(is_digit(glyphs, start + n) && glyphs[start + n].gap == Gap::None))
        .unwrap_or(5)
}

/// `,000,000` after the first digits, or groups of four. Blanks may stand around the separators.
fn comma_groups(glyphs: &[Glyph], start: usize, first_end: usize) -> Option<usize> {
    let is_comma = |at: usize| glyphs.get(at).is_some_and(|g| g.c == ',');
    if !is_comma(first_end) {
        return None;
    }
    let width = short_run(glyphs, first_end + 1);
    if !(width == 3 || width == 4) || first_end - start > width {
        return None;
    }
    let mut at = first_end;
    while is_comma(at) && short_run(glyphs, at + 1) == width {
        at += 1 + width;
    }
    Some(at)
}

/// ` 000 000` after the first digits; only when decimals or a unit end it, else it is the next column of a table.
fn blank_groups(glyphs: &[Glyph], start: usize, first_end: usize) -> Option<usize> {
    if first_end - start > 3 {
        return None;
    }
    let mut at = first_end;
    while glyphs.get(at).is_some_and(|g| g.gap != Gap::None) && short_run(glyphs, at) == 3 {
        at += 3;
    }
    let ended = is_point_before_digit(glyphs, at) || glyphs.get(at).is_some_and(|g| matches!(g.c, '元' | '圆'));
    (at > first_end && ended).then_some(at)
}

/// The end of the decimals whose point stands at `at`.
fn decimals_end(glyphs: &[Glyph], at: usize) -> Option<usize> {
    if is_point_before_digit(glyphs, at) {
        return Some(run_end(glyphs, at + 1));
    }
    // A blank beside the point: two decimals, and no doubt that they are some.
    let end = at + 3;
    if glyphs.get(at)?.c != '.' || short_run(glyphs, at + 1) != 2 {
        return None;
    }
    let zeros = glyphs[at + 1].c == '0' && glyphs[at + 2].c == '0';
    let unit = glyphs
        .get(end)
        .is_some_and(|g| matches!(g.c, '元' | '圆' | '万' | '亿'));
    (zeros || unit).then_some(end)
}

/// `1 2 0 , 0 0 0 . 0 0`: tracked-out digits, one blank between any two.
fn read_tracked(glyphs: &[Glyph], start: usize) -> Option<Arabic> {
    const LONGEST: usize = 40;
    let spaced = |at: usize| glyphs.get(at).is_some_and(|g| g.gap == Gap::Space);
    let fits = |at: usize| spaced(at) && (is_digit(glyphs, at) || matches!(glyphs[at].c, ',' | '.'));
    let mut end = start + 1;
    while fits(end) && end - start < LONGEST {
        end += 1;
    }
    // The next digit stands close: these were columns, not a tracked-out number.
    if glyphs
        .get(end)
        .is_some_and(|g| g.gap == Gap::None && (g.c.is_ascii_digit() || matches!(g.c, ',' | '.')))
    {
        return None;
    }
    // A separator at the end belongs to the sentence.
    while end > start && matches!(glyphs[end - 1].c, ',' | '.') {
        end -= 1;
    }
    let point = (start..end).find(|at| glyphs[*at].c == '.').unwrap_or(end);
    let (mut whole, mut decimals) = (Digits::default(), Digits::default());
    whole.push(glyphs, start, point);
    if point < end {
        decimals.push(glyphs, point + 1, end);
    }
    let tidy = (point == end || (decimals.count == 2 && point + 3 == end)) && commas_every_third(glyphs, start, point);
    let grouped = whole.count < point - start;
    (tidy && whole.count + decimals.count >= 3).then(|| Arabic {
        end,
        value: scaled(&whole, &decimals),
        grouped,
        decimals: decimals.count,
    })
}

fn commas_every_third(glyphs: &[Glyph], start: usize, end: usize) -> bool {
    let has_commas = glyphs[start..end].iter().any(|g| g.c == ',');
    !has_commas || (start..end).all(|at| (glyphs[at].c == ',') == (end - at).is_multiple_of(4))
}
