//! What makes a number money: the currency before it (`Lead`) or after it (`Tail`), and what speaks against it.
//! Numbers themselves are `numeral`.

use super::glyph::{Gap, Glyph, big_unit, small_unit};
use crate::domain::money::Currency;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeadKind {
    /// ¥, $, €.
    Symbol,
    /// 人民币, RMB, CNY, 小写.
    Word,
    /// The unit of a column or field in brackets: （万元）.
    Unit,
    /// 合同金额, 总价: weak, the number must look like money by itself.
    Label,
    /// Nothing but the heading of a table: the number must leave no doubt.
    Column,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    pub kind: LeadKind,
    pub currency: Currency,
    /// What the number counts: 10000 after （万元）, else 1.
    pub times: i128,
    pub start: usize,
    /// Only blanks between it and the number.
    pub adjacent: bool,
    /// A line ends between it and the number.
    pub line_break: bool,
}

impl Lead {
    /// What stands in for a lead where a number has none.
    pub fn column(currency: Currency, times: i128) -> Lead {
        Lead {
            kind: LeadKind::Column,
            currency,
            times,
            start: 0,
            adjacent: false,
            line_break: false,
        }
    }

    /// Names a currency, rather than hinting that a number is money.
    pub fn is_explicit(&self) -> bool {
        matches!(self.kind, LeadKind::Symbol | LeadKind::Word)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    pub currency: Currency,
    /// 100000000 of 120（亿元）, else 1: units that touch the number are part of the number.
    pub times: i128,
    pub end: usize,
    /// 元, which 角 and 分 may follow.
    pub major: bool,
}

const fn code(letters: &[u8; 3]) -> Currency {
    Currency::known(*letters)
}

/// Names of currencies in Chinese; none is the end of another that stands after it.
const NAMES: &[(&str, Currency)] = &[
    ("人民币", Currency::CNY),
    ("美元", Currency::USD),
    ("美金", Currency::USD),
    ("港元", Currency::HKD),
    ("港币", Currency::HKD),
    ("欧元", Currency::EUR),
    ("歐元", Currency::EUR),
    ("英镑", Currency::GBP),
    ("英鎊", Currency::GBP),
    ("日元", Currency::JPY),
    ("日圆", Currency::JPY),
    ("韩元", code(b"KRW")),
    ("澳元", code(b"AUD")),
    ("加元", code(b"CAD")),
    ("新加坡元", code(b"SGD")),
    ("新元", code(b"SGD")),
    ("新台币", code(b"TWD")),
    ("台币", code(b"TWD")),
];

const CODES: &[(&str, Currency)] = &[
    ("RMB", Currency::CNY),
    ("CNY", Currency::CNY),
    ("CNH", Currency::CNY),
    ("USD", Currency::USD),
    ("EUR", Currency::EUR),
    ("GBP", Currency::GBP),
    ("HKD", Currency::HKD),
    ("JPY", Currency::JPY),
    ("KRW", code(b"KRW")),
    ("AUD", code(b"AUD")),
    ("CAD", code(b"CAD")),
    ("SGD", code(b"SGD")),
    ("TWD", code(b"TWD")),
    ("CHF", code(b"CHF")),
];

/// Longest first: `HK$` before `$`.
const SYMBOLS: &[(&str, Currency)] = &[
    ("HK$", Currency::HKD),
    ("US$", Currency::USD),
    ("NT$", code(b"TWD")),
    ("CN¥", Currency::CNY),
    ("¥", Currency::CNY),
    ("$", Currency::USD),
    ("€", Currency::EUR),
    ("£", Currency::GBP),
];

/// Words and marks that may stand between a currency and its number.
const FILLERS: &[&str] = &[
    "大写", "小写", "金额", "合计", "共计", "总计", ":", "(", ")", "为", "计", "是", "约", "共",
];
const LABELS: &[&str] = &[
    "金额",
    "总价",
    "价款",
    "总额",
    "合计",
    "共计",
    "总计",
    "报价",
    "合同价",
    "AMOUNT",
    "TOTAL",
    "PRICE",
];
const FARTHEST: usize = 16;

/// The strongest reason before the number at `at`, not reaching back before `floor`.
pub(super) fn lead(glyphs: &[Glyph], at: usize, floor: usize) -> Option<Lead> {
    let floor = floor.max(at.saturating_sub(FARTHEST));
    let (mut end, mut label) = (at, None);
    loop {
        let found = |kind, currency, times, start| {
            let line_break = glyphs[end..=at].iter().any(|g| g.gap == Gap::Line);
            Some(Lead {
                kind,
                currency,
                times,
                start,
                adjacent: end == at,
                line_break,
            })
        };
        if let Some((start, currency)) = ending(glyphs, floor, end, SYMBOLS) {
            return found(LeadKind::Symbol, currency, 1, start);
        }
        if let Some((start, currency)) = ending(glyphs, floor, end, NAMES).or_else(|| code_ending(glyphs, floor, end)) {
            return found(LeadKind::Word, currency, 1, start);
        }
        if let Some((start, times, currency)) = bracketed_unit(glyphs, floor, end) {
            return found(LeadKind::Unit, currency, times, start);
        }
        if let Some(start) = word_ending(glyphs, floor, end, &["小写"]) {
            label = found(LeadKind::Word, Currency::CNY, 1, start).map(|lead| Lead {
                adjacent: false,
                ..lead
            });
        } else if label.is_none()
            && let Some(start) = word_ending(glyphs, floor, end, LABELS)
        {
            label = found(LeadKind::Label, Currency::CNY, 1, start).map(|lead| Lead {
                adjacent: false,
                ..lead
            });
        }
        match word_ending(glyphs, floor, end, FILLERS) {
            Some(start) => end = start,
            None => return label,
        }
    }
}

/// The currency that follows a number.
pub(super) fn tail(glyphs: &[Glyph], at: usize) -> Option<Tail> {
    if let Some(tail) = named_tail(glyphs, at) {
        return Some(tail);
    }
    // 120,000.00（元）
    if glyphs.get(at)?.c != '(' {
        return None;
    }
    let (times, after) = units(glyphs, at + 1);
    let inner = named_tail(glyphs, after)?;
    (glyphs.get(inner.end)?.c == ')').then_some(Tail {
        times,
        end: inner.end + 1,
        major: false,
        ..inner
    })
}

fn named_tail(glyphs: &[Glyph], at: usize) -> Option<Tail> {
    let first = glyphs.get(at)?;
    if matches!(first.c, '元' | '圆') {
        let word_goes_on = |c| match first.c {
            '元' => matches!(c, '件' | '素' | '旦' | '宵' | '化' | '论' | '器'),
            _ => matches!(c, '形' | '桌' | '柱' | '孔' | '周' | '弧' | '心'),
        };
        let goes_on = glyphs
            .get(at + 1)
            .is_some_and(|next| next.gap == Gap::None && word_goes_on(next.c));
        return (!goes_on).then_some(Tail {
            currency: Currency::CNY,
            times: 1,
            end: at + 1,
            major: true,
        });
    }
    let named = NAMES
        .iter()
        .find_map(|(name, currency)| Some((starts(glyphs, at, name)?, *currency)));
    let (end, currency) = named.or_else(|| code_starting(glyphs, at))?;
    // `100 RMB 200`: a currency before a number leads that number, and one on the next line leads what follows there.
    let leads_the_next = glyphs
        .get(end)
        .is_some_and(|next| next.c.is_ascii_digit() && next.gap != Gap::Line);
    (!leads_the_next && first.gap != Gap::Line).then_some(Tail {
        currency,
        times: 1,
        end,
        major: false,
    })
}

/// 台, 年, 号 …: the number counts something, or names it.
pub(super) fn counts(glyphs: &[Glyph], at: usize) -> bool {
    const COUNTERS: &str = "台套个人年月日天次份项页号条款期名家位件小时批种类章节";
    glyphs.get(at).is_some_and(|next| COUNTERS.contains(next.c))
}

/// A percentage, or the beginning of an identifier.
pub(super) fn spoils(glyphs: &[Glyph], at: usize) -> bool {
    let Some(next) = glyphs.get(at) else { return false };
    matches!(next.c, '%' | '‰') || (next.gap == Gap::None && next.c.is_ascii_alphabetic())
}

/// The number at `at` is the end of something like `HT-2026-0120`.
pub(super) fn within_identifier(glyphs: &[Glyph], at: usize) -> bool {
    let mut from = at;
    while from > 0 && at - from < FARTHEST && glyphs[from].gap == Gap::None {
        let before = glyphs[from - 1].c;
        if before.is_ascii_alphabetic() {
            return true;
        }
        if !(before.is_ascii_digit() || matches!(before, '-' | '_' | '/' | '#')) {
            return false;
        }
        from -= 1;
    }
    false
}

/// 万, 百万, 亿 …: what they multiply by, and where they end.
fn units(glyphs: &[Glyph], start: usize) -> (i128, usize) {
    let (mut times, mut at) = (1, start);
    while let Some(unit) = glyphs.get(at).and_then(|g| small_unit(g.c).or_else(|| big_unit(g.c))) {
        if at - start == 2 {
            break;
        }
        times *= unit;
        at += 1;
    }
    (times, at)
}

/// `(万元)` that ends at `end`.
pub(super) fn bracketed_unit(glyphs: &[Glyph], floor: usize, end: usize) -> Option<(usize, i128, Currency)> {
    if end <= floor || glyphs[end - 1].c != ')' {
        return None;
    }
    let open = (floor..end - 1).rev().take(6).find(|at| glyphs[*at].c == '(')?;
    let (times, after) = units(glyphs, open + 1);
    let tail = named_tail(glyphs, after)?;
    (tail.end + 1 == end).then_some((open, times, tail.currency))
}

fn ending(glyphs: &[Glyph], floor: usize, end: usize, words: &[(&str, Currency)]) -> Option<(usize, Currency)> {
    words
        .iter()
        .find_map(|(word, currency)| Some((word_ending(glyphs, floor, end, &[word])?, *currency)))
}

/// Where the word begins that ends at `end`.
fn word_ending(glyphs: &[Glyph], floor: usize, end: usize, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| {
        let start = end.checked_sub(word.chars().count()).filter(|start| *start >= floor)?;
        starts(glyphs, start, word).map(|_| start)
    })
}

/// Where the word ends that begins at `at`.
fn starts(glyphs: &[Glyph], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for c in word.chars() {
        if glyphs.get(end)?.c != c {
            return None;
        }
        end += 1;
    }
    Some(end)
}

fn code_ending(glyphs: &[Glyph], floor: usize, end: usize) -> Option<(usize, Currency)> {
    let (start, currency) = ending(glyphs, floor, end, CODES)?;
    let inside_word = start > 0 && glyphs[start].gap == Gap::None && glyphs[start - 1].c.is_ascii_alphanumeric();
    (!inside_word).then_some((start, currency))
}

fn code_starting(glyphs: &[Glyph], at: usize) -> Option<(usize, Currency)> {
    let (end, currency) = CODES
        .iter()
        .find_map(|(word, currency)| Some((starts(glyphs, at, word)?, *currency)))?;
    let inside_word = glyphs
        .get(end)
        .is_some_and(|g| g.gap == Gap::None && g.c.is_ascii_alphanumeric());
    (!inside_word).then_some((end, currency))
}
