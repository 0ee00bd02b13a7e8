//! Finds amounts of money in the text of a contract and compares them with the declared one (D2).
//! It helps the reviewer and decides nothing; where a text is ambiguous it prefers to find too little.
//! Not a reader of files: text comes from `files`.
//!
//! One pass over the text without its blanks (`glyph`), which pdftotext puts anywhere; at every place where a number
//! may begin, the number is read (`numeral`, `arabic`), and what stands before and after it decides whether it is money
//! (`marker`). Every look-ahead and look-behind is bounded, so that the time is linear in the text.

mod arabic;
mod glyph;
mod marker;
mod numeral;

use std::collections::HashSet;

use super::money::{Currency, Money};
use super::words::words;
use glyph::Glyph;
use marker::{Lead, LeadKind};
use numeral::Numeral;

/// One amount, the first time that it stands so in the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FoundAmount {
    /// As it stands in the text, runs of blanks shown as one.
    pub text: String,
    pub money: Money,
    /// Byte at which it begins.
    pub offset: usize,
}

words! {
    /// What the comparison of the declared amount with the document says (D2).
    Verdict {
        /// The declared amount stands in the document.
        Match = "MATCH",
        /// Amounts were found, the declared one is not among them.
        Mismatch = "MISMATCH",
        /// The document could not be read or names no amount.
        Unreadable = "UNREADABLE",
    }
}

/// How many different amounts are kept of one document; no contract comes near it.
pub const MOST_FOUND: usize = 1000;

const LONGEST_TEXT: usize = 120;

/// `found` is `None` when the document could not be read.
pub fn verdict(declared: Money, found: Option<&[FoundAmount]>) -> Verdict {
    match found {
        None | Some([]) => Verdict::Unreadable,
        Some(found) if found.iter().any(|amount| amount.money == declared) => Verdict::Match,
        Some(_) => Verdict::Mismatch,
    }
}

/// All amounts above zero in the order of the text, each text of an amount once, at most `MOST_FOUND`.
pub fn find_amounts(text: &str) -> Vec<FoundAmount> {
    let glyphs = glyph::fold(text);
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut at = 0;
    // Nothing before this glyph may serve as a lead: it belongs to an earlier amount.
    let mut taken = 0;
    // The unit of the table's last heading: 金额（万元）.
    let mut column = Lead::column(Currency::CNY, 1);
    while at < glyphs.len() && found.len() < MOST_FOUND {
        if !numeral::may_start(&glyphs, at) {
            if let Some((_, times, currency)) = marker::bracketed_unit(&glyphs, 0, at + 1) {
                column = Lead::column(currency, times);
            }
            at += 1;
            continue;
        }
        let lead = marker::lead(&glyphs, at, taken);
        let number = numeral::read(&glyphs, at, lead.is_some());
        if let Some((money, end)) = amount(&glyphs, at, &number, lead, column) {
            let first = lead.filter(|lead| lead.adjacent).map_or(at, |lead| lead.start);
            let amount = cut(text, &glyphs[first..end], money);
            if seen.insert((amount.text.clone(), money)) {
                found.push(amount);
            }
            taken = end;
            at = end;
        } else {
            at = number.end.max(at + 1);
        }
    }
    found
}

/// The amount that the number at `at` stands for, and where it ends, if what surrounds it makes it one.
fn amount(glyphs: &[Glyph], at: usize, number: &Numeral, lead: Option<Lead>, column: Lead) -> Option<(Money, usize)> {
    let value = number.value?;
    if let Some(tail) = marker::tail(glyphs, number.end) {
        if lead.is_none() && marker::within_identifier(glyphs, at) {
            return None;
        }
        // 美元 100 万元, HK$120,000 元: 元 is then the unit of the currency before the number.
        let foreign = lead.filter(|lead| tail.major && lead.is_explicit() && lead.currency != Currency::CNY);
        let currency = foreign.map_or(tail.currency, |lead| lead.currency);
        let sub = if tail.major {
            numeral::sub_units(glyphs, tail.end)
        } else {
            None
        };
        let (sub_minor, end) = sub.unwrap_or((0, tail.end));
        let minor = minor_units(value.checked_mul(tail.times)?, currency)?;
        return positive(minor.checked_add(sub_minor)?, currency, end);
    }
    // 伍角叁分 has no 元; a lone everyday 三分 is no amount.
    if number.end == at + 1
        && glyph::capital_digit(glyphs[at].c).is_some()
        && let Some((minor, end)) = numeral::sub_units(glyphs, at)
    {
        return positive(minor, Currency::CNY, end);
    }
    let lead = lead.unwrap_or(column);
    let closing = glyphs.get(number.end).is_some_and(|next| matches!(next.c, '整' | '正'));
    let convinced = match lead.kind {
        _ if marker::spoils(glyphs, number.end) => false,
        LeadKind::Column if !number.arabic => false,
        _ if !number.arabic => closing || (number.big && lead.is_explicit()),
        LeadKind::Symbol | LeadKind::Unit => true,
        LeadKind::Word => number.looks_like_money() || !(lead.line_break || marker::counts(glyphs, number.end)),
        LeadKind::Label => number.looks_like_money(),
        LeadKind::Column => number.is_surely_money() && !marker::within_identifier(glyphs, at),
    };
    if !convinced {
        return None;
    }
    let minor = minor_units(value.checked_mul(lead.times)?, lead.currency)?;
    positive(minor, lead.currency, number.end + usize::from(closing))
}

fn positive(minor: i64, currency: Currency, end: usize) -> Option<(Money, usize)> {
    (minor > 0).then(|| (Money::new(minor, currency), end))
}

/// `None` when the value has a part smaller than the minor unit, or is too large.
fn minor_units(value: i128, currency: Currency) -> Option<i64> {
    let fraction = 10_i128.pow(numeral::SCALE - currency.decimals());
    if value % fraction == 0 {
        i64::try_from(value / fraction).ok()
    } else {
        None
    }
}

fn cut(text: &str, glyphs: &[Glyph], money: Money) -> FoundAmount {
    let (first, last) = (glyphs[0], glyphs[glyphs.len() - 1]);
    let raw = &text[first.at..last.at + last.len];
    let words: Vec<&str> = raw.split_whitespace().collect();
    // A row of zeros may be any length and still be a number; nobody reads more than this of it.
    let text = words.join(" ").chars().take(LONGEST_TEXT).collect();
    FoundAmount {
        text,
        money,
        offset: first.at,
    }
}

#[cfg(test)]
mod tests;
