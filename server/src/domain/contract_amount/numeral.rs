//! Reads one number: Chinese numerals in everyday and capital form, Arabic numbers (`arabic`), and mixtures such as
//! 12万5千. Whether the number is money is not known here.

use super::arabic::read_arabic;
use super::glyph::{Gap, Glyph, big_unit, capital_digit, han_digit, small_unit};

/// Values count units of 10⁻¹⁰, so that 0.00000001 亿 is still whole.
pub(super) const SCALE: u32 = 10;
pub(super) const ONE: i128 = 10_i128.pow(SCALE);

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Numeral {
    /// The glyph after the number.
    pub end: usize,
    /// In units of 10⁻¹⁰; `None` for what looks like a number and is none (a date, a version, too many digits).
    pub value: Option<i128>,
    /// Begins with an Arabic digit.
    pub arabic: bool,
    /// Has 万 or 亿.
    pub big: bool,
    grouped: bool,
    decimals: usize,
}

impl Numeral {
    /// Thousands separators or exactly two decimals: hardly a count, a year or a telephone number.
    pub fn looks_like_money(&self) -> bool {
        self.grouped || self.decimals == 2
    }

    /// 120,000.00 is written of nothing but money.
    pub fn is_surely_money(&self) -> bool {
        self.arabic && self.grouped && self.decimals == 2
    }
}

/// A number may begin with any digit and with 十; the latter not after another unit, as in a form that nobody filled
/// in (拾万仟佰拾元).
pub(super) fn may_start(glyphs: &[Glyph], at: usize) -> bool {
    let c = glyphs[at].c;
    let after_unit = || at > 0 && (small_unit(glyphs[at - 1].c).is_some() || big_unit(glyphs[at - 1].c).is_some());
    c.is_ascii_digit() || han_digit(c).is_some() || (matches!(c, '十' | '拾') && !after_unit())
}

/// `led`: a currency stands before the number, which lets blanks separate its thousands.
pub(super) fn read(glyphs: &[Glyph], start: usize, led: bool) -> Numeral {
    let mut sum = Sum::default();
    let mut numeral = Numeral {
        arabic: glyphs[start].c.is_ascii_digit(),
        ..Numeral::default()
    };
    let mut at = start;
    while let Some(glyph) = glyphs.get(at) {
        if glyph.c.is_ascii_digit() && (at == start || glyph.gap == Gap::None) {
            if sum.current.is_some() {
                break;
            }
            let arabic = read_arabic(glyphs, at, led && at == start);
            at = arabic.end;
            numeral.grouped |= arabic.grouped;
            numeral.decimals = arabic.decimals;
            sum.arabic(arabic.value);
        } else if let Some(digit) = han_digit(glyph.c) {
            if !sum.digit(digit) {
                break;
            }
            at += 1;
        } else if let Some(unit) = small_unit(glyph.c) {
            if !sum.small(unit) {
                // Units without digits: a form that nobody filled in.
                sum.broken |= !numeral.arabic;
                break;
            }
            at += 1;
        } else if let Some(unit) = big_unit(glyph.c) {
            if !sum.big(unit) {
                // Units without digits: a form that nobody filled in.
                sum.broken |= !numeral.arabic;
                break;
            }
            numeral.big = true;
            at += 1;
        } else {
            break;
        }
    }
    numeral.end = at;
    numeral.value = sum.total();
    numeral
}

/// A Chinese number in the making: 亿 part + 万 part + the section below 万.
#[derive(Default)]
struct Sum {
    yi: i128,
    wan: i128,
    section: i128,
    /// The digit or Arabic number that waits for its unit.
    current: Option<i128>,
    current_is_arabic: bool,
    /// The unit seen last in this section; units of a section fall.
    last_small: Option<i128>,
    /// 万 or 亿 was seen, and which last.
    last_big: Option<i128>,
    section_seen: bool,
    broken: bool,
}

impl Sum {
    fn arabic(&mut self, value: Option<i128>) {
        self.broken |= value.is_none();
        self.current = Some(value.unwrap_or_default());
        self.current_is_arabic = true;
        self.section_seen = true;
    }

    /// False when the digit cannot belong to this number.
    fn digit(&mut self, digit: u8) -> bool {
        // 零伍: a zero stands for skipped places. Two other digits in a row are no number of this kind.
        if self
            .current
            .is_some_and(|current| current != 0 || self.current_is_arabic)
        {
            return false;
        }
        self.current = Some(i128::from(digit) * ONE);
        self.current_is_arabic = false;
        self.section_seen = true;
        true
    }

    fn small(&mut self, unit: i128) -> bool {
        let falls = self.last_small.is_none_or(|last| unit < last);
        let times = match self.current {
            // 十 alone is one ten, at the start or after 零 or 万; 百 and 千 need their digit.
            None if unit == 10 && self.section == 0 && self.last_small.is_none() => ONE,
            None => return false,
            Some(_) if self.current_is_arabic && unit == 10 => return false,
            Some(current) => current,
        };
        if !falls {
            return false;
        }
        let Some(value) = times.checked_mul(unit) else {
            return false;
        };
        self.section += value;
        self.current = None;
        self.current_is_arabic = false;
        self.last_small = Some(unit);
        self.section_seen = true;
        true
    }

    fn big(&mut self, unit: i128) -> bool {
        // 万 comes once, before or after 亿; 亿 comes once and may follow 万 (万亿).
        let allowed = match (self.last_big, unit) {
            (None, _) => self.section_seen,
            (Some(100_000_000), 10_000) => self.section_seen,
            (Some(10_000), 100_000_000) => self.yi == 0,
            _ => false,
        };
        if !allowed {
            return false;
        }
        let below = self.section + self.current.take().unwrap_or_default();
        let value = if unit == 10_000 {
            below.checked_mul(unit)
        } else {
            (self.wan + below).checked_mul(unit)
        };
        let Some(value) = value else { return false };
        if unit == 10_000 {
            self.wan = value;
        } else {
            self.yi = value;
            self.wan = 0;
        }
        self.section = 0;
        self.current_is_arabic = false;
        self.last_small = None;
        self.last_big = Some(unit);
        self.section_seen = false;
        true
    }

    fn total(&self) -> Option<i128> {
        (!self.broken).then(|| self.yi + self.wan + self.section + self.current.unwrap_or_default())
    }
}

/// 伍角叁分整 after 元: the minor units and where they end. `None` when nothing of the kind stands there.
/// 整 alone counts, as nothing more.
pub(super) fn sub_units(glyphs: &[Glyph], start: usize) -> Option<(i64, usize)> {
    let glyph = |at: usize| glyphs.get(at).map(|g| g.c);
    let digit = |at: usize| {
        let c = glyph(at)?;
        let arabic = c.to_digit(10).filter(|_| glyphs[at].gap == Gap::None);
        han_digit(c).map(i64::from).or(arabic.map(i64::from))
    };
    let (mut at, mut minor) = (start, 0);
    for (unit, worth) in [('角', 10), ('分', 1)] {
        // 元零伍分: the zero stands for the missing 角.
        let from = if capital_digit(glyph(at).unwrap_or(' ')) == Some(0) && glyph(at + 1) != Some(unit) {
            at + 1
        } else {
            at
        };
        if let Some(value) = digit(from).filter(|_| glyph(from + 1) == Some(unit)) {
            let part_of_a_word = unit == '分' && matches!(glyph(from + 2), Some('之' | '钟' | '期' | '公'));
            if !part_of_a_word {
                minor += value * worth;
                at = from + 2;
            }
        }
    }
    if matches!(glyph(at), Some('整' | '正')) {
        at += 1;
    }
    (at > start).then_some((minor, at))
}
