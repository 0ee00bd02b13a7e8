//! Amounts of money as whole minor units of a currency (P4). No floating point comes near them.
//! Not a price calculator: rounding rules belong to whoever divides.

use std::fmt;

use super::problem::{Format, Problem};

/// An ISO 4217 code of three capital letters. Which codes exist is not checked, only their form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    pub const CNY: Currency = Currency(*b"CNY");
    pub const USD: Currency = Currency(*b"USD");
    pub const EUR: Currency = Currency(*b"EUR");
    pub const GBP: Currency = Currency(*b"GBP");
    pub const HKD: Currency = Currency(*b"HKD");
    pub const JPY: Currency = Currency(*b"JPY");

    /// A code that the program names itself; three capital letters.
    pub(crate) const fn known(code: [u8; 3]) -> Currency {
        Currency(code)
    }

    /// Letters of either case, surrounding blanks ignored.
    pub fn parse(text: &str) -> Result<Currency, Problem> {
        let code: [u8; 3] = text
            .trim()
            .as_bytes()
            .try_into()
            .map_err(|_| Problem::BadFormat { what: Format::Currency })?;
        if !code.iter().all(u8::is_ascii_alphabetic) {
            return Err(Problem::BadFormat { what: Format::Currency });
        }
        Ok(Currency(code.map(|letter| letter.to_ascii_uppercase())))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters are UTF-8")
    }

    /// Decimal places of the minor unit: 2 for 分 and cents, 0 for the yen, 3 for some dinars.
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl Default for Currency {
    fn default() -> Self {
        Currency::CNY
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why two amounts could not be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("the amount is larger than can be counted")]
    Overflow,
    #[error("amounts in different currencies do not add up")]
    CurrencyMismatch,
}

/// `minor` counts the smallest unit: 12100 in CNY is 121.00 元. May be negative, e.g. a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    pub fn cny(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    pub fn zero(currency: Currency) -> Money {
        Money::new(0, currency)
    }

    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_add(other.minor))
    }

    pub fn checked_sub(self, other: Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_sub(other.minor))
    }

    pub fn checked_mul(self, times: i64) -> Result<Money, MoneyError> {
        self.with(self.minor.checked_mul(times))
    }

    /// Reads major units as a person types them: `120000`, `-0.5`, `1200.00`. At most as many decimals as the
    /// currency has; no separators, no exponent.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Required);
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let minor = minor_units(digits, currency.decimals(), negative);
        Ok(Money::new(
            minor.ok_or(Problem::BadFormat { what: Format::Amount })?,
            currency,
        ))
    }

    /// Major units without separators and without the currency: `121.00`.
    pub fn to_decimal(self) -> String {
        let decimals = self.currency.decimals() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        match digits.split_at(digits.len() - decimals) {
            (whole, "") => format!("{sign}{whole}"),
            (whole, fraction) => format!("{sign}{whole}.{fraction}"),
        }
    }

    fn same_currency(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch)
        }
    }

    fn with(self, minor: Option<i64>) -> Result<Money, MoneyError> {
        Ok(Money::new(minor.ok_or(MoneyError::Overflow)?, self.currency))
    }
}

/// `CNY 121.00`, for logs and exports.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.to_decimal())
    }
}

fn minor_units(digits: &str, decimals: u32, negative: bool) -> Option<i64> {
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > decimals as usize || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let mut minor: i64 = 0;
    let padding = std::iter::repeat_n(b'0', decimals as usize - fraction.len());
    for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
        let digit = i64::from(digit - b'0');
        // Counted in the direction of the sign, so that the smallest amount reads back too.
        minor = minor
            .checked_mul(10)?
            .checked_add(if negative { -digit } else { digit })?;
    }
    Some(minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p4_decimal_text_becomes_minor_units_without_rounding() {
        for (text, minor) in [
            ("121.00", 12100),
            ("0.1", 10),
            ("-0.5", -50),
            (" 120000 ", 12_000_000),
            ("007", 700),
        ] {
            assert_eq!(Money::parse(text, Currency::CNY), Ok(Money::cny(minor)), "{text}");
        }
        assert_eq!(Money::parse("100", Currency::JPY).map(|m| m.minor), Ok(100));
    }

    #[test]
    fn p4_what_is_not_an_amount_is_refused() {
        for text in [
            "1.",
            ".5",
            "1.234",
            "1,000",
            "1e3",
            "+1",
            "--1",
            "½",
            "１",
            "abc",
            "92233720368547758.08",
            "1 0",
        ] {
            assert_eq!(
                Money::parse(text, Currency::CNY),
                Err(Problem::BadFormat { what: Format::Amount }),
                "{text}"
            );
        }
        assert_eq!(Money::parse("  ", Currency::CNY), Err(Problem::Required));
        assert!(Money::parse("1.0", Currency::JPY).is_err());
    }

    #[test]
    fn p4_arithmetic_refuses_overflow_and_mixed_currencies() {
        assert_eq!(
            Money::cny(i64::MAX).checked_add(Money::cny(1)),
            Err(MoneyError::Overflow)
        );
        assert_eq!(Money::cny(i64::MIN).checked_mul(-1), Err(MoneyError::Overflow));
        assert_eq!(
            Money::cny(1).checked_sub(Money::new(1, Currency::USD)),
            Err(MoneyError::CurrencyMismatch)
        );
        assert_eq!(
            Money::cny(1010)
                .checked_mul(12)
                .and_then(|m| m.checked_sub(Money::cny(20))),
            Ok(Money::cny(12100))
        );
    }

    #[test]
    fn a_currency_is_three_letters() {
        assert_eq!(Currency::parse(" cny "), Ok(Currency::CNY));
        for text in ["", "CN", "CNYX", "C1Y", "人民币", "元"] {
            assert!(Currency::parse(text).is_err(), "{text}");
        }
        assert_eq!(Money::cny(-5).to_string(), "CNY -0.05");
    }

    proptest! {
        #[test]
        fn p4_every_amount_reads_back_from_its_text(minor: i64) {
            for currency in [Currency::CNY, Currency::JPY, Currency(*b"KWD")] {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::parse(&money.to_decimal(), currency), Ok(money));
            }
        }
    }
}
