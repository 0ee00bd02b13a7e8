//! The text as a row of visible characters in one form: blanks gone (but remembered), full-width forms and look-alikes
//! folded, Latin letters capital. Not a general Unicode folding: circled and other fancy digits stay what they are.

use unicode_normalization::UnicodeNormalization;

/// What stood between a character and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    Space,
    Line,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub c: char,
    pub gap: Gap,
    /// Byte at which the character stands in the text, and its length there.
    pub at: usize,
    pub len: usize,
}

pub(super) fn fold(text: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(text.len() / 2);
    let mut gap = Gap::None;
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => gap = Gap::Line,
            // Zero-width characters and the soft hyphen separate nothing.
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_whitespace() => {
                if gap == Gap::None {
                    gap = Gap::Space;
                }
            }
            c => {
                glyphs.push(Glyph {
                    c: folded(c),
                    gap,
                    at,
                    len: c.len_utf8(),
                });
                gap = Gap::None;
            }
        }
    }
    glyphs
}

fn folded(c: char) -> char {
    match c {
        'a'..='z' => c.to_ascii_uppercase(),
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
            ascii.to_ascii_uppercase()
        }
        '￥' => '¥',
        '￡' => '£',
        '﹐' => ',',
        '﹒' => '.',
        '⺠' => '民',
        '幣' => '币',
        '圓' => '圆',
        '萬' => '万',
        '億' => '亿',
        // PDFs often encode 一, 二, 十, 八, 人, 金 as the radicals that look like them.
        '\u{2f00}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        c => c,
    }
}

/// The value of an everyday or capital digit.
pub(super) fn han_digit(c: char) -> Option<u8> {
    let everyday = match c {
        '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return capital_digit(c),
    };
    Some(everyday)
}

/// The value of a capital digit (大写), in simplified, traditional and hand-written variants.
pub(super) fn capital_digit(c: char) -> Option<u8> {
    Some(match c {
        '零' => 0,
        '壹' | '壱' | '弌' => 1,
        '贰' | '貳' | '貮' | '弍' | '弐' => 2,
        '叁' | '叄' | '參' | '参' | '弎' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' | '陸' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => return None,
    })
}

/// 10, 100 or 1000.
pub(super) fn small_unit(c: char) -> Option<i128> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// 10⁴ or 10⁸.
pub(super) fn big_unit(c: char) -> Option<i128> {
    match c {
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}
