//! Payee accounts (收款账户): where a partner is paid (L3). The number is stored sealed and told to those alone who have an order
//! to pay; others recognise it by its end.

use super::form_check::FormCheck;
use super::problem::{Format, Problem};
use super::refusal::Refusal;

const HOLDER_MAX: usize = 60;
const BANK_MAX: usize = 60;
/// Digits and letters of an account's number, IBAN included.
const NUMBER_MIN: usize = 6;
const NUMBER_MAX: usize = 34;
/// How much of the number is shown.
const SHOWN: usize = 4;

/// An account as it was typed.
#[derive(Clone, Debug, Default)]
pub struct PayeeAccountFields {
    pub holder: String,
    pub bank: String,
    pub number: String,
}

impl PayeeAccountFields {
    /// The account as it is stored: names trimmed, the number without blanks and dashes.
    pub fn checked(&self) -> Result<PayeeAccountFields, Refusal> {
        let mut check = FormCheck::new("");
        let holder = check.line("holder", &self.holder, HOLDER_MAX);
        check.wrong_if(self.holder.trim().is_empty(), "holder", Problem::Required);
        let bank = check.line("bank", &self.bank, BANK_MAX);
        check.wrong_if(self.bank.trim().is_empty(), "bank", Problem::Required);
        let bare = |c: &char| !c.is_whitespace() && *c != '-';
        let number: String = self.number.chars().filter(bare).collect::<String>().to_uppercase();
        let foreign = number.chars().find(|c| !c.is_ascii_alphanumeric());
        if number.is_empty() {
            check.wrong("number", Problem::Required);
        } else if let Some(found) = foreign {
            check.wrong(
                "number",
                Problem::BadCharacter {
                    found,
                    what: Format::AccountNumber,
                },
            );
        } else if number.len() < NUMBER_MIN {
            check.wrong("number", Problem::TooShort { min: NUMBER_MIN });
        } else if number.len() > NUMBER_MAX {
            check.wrong("number", Problem::TooLong { max: NUMBER_MAX });
        }
        Refusal::unless_valid(check.issues())?;
        Ok(PayeeAccountFields { holder, bank, number })
    }

    /// The end of a checked number.
    pub fn number_end(&self) -> String {
        let from = self.number.len().saturating_sub(SHOWN);
        self.number.get(from..).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l3_an_account_is_read_as_people_write_it() {
        let typed = |number: &str| PayeeAccountFields {
            holder: "星云软件有限公司".to_owned(),
            bank: "招商银行杭州分行".to_owned(),
            number: number.to_owned(),
        };
        let kept = typed("6222 0212-3456 7890").checked().unwrap();
        assert_eq!(
            (kept.number.as_str(), kept.number_end().as_str()),
            ("6222021234567890", "7890")
        );
        assert!(typed("12345").checked().is_err() && typed("123456").checked().is_ok());
        assert!(typed(&"1".repeat(34)).checked().is_ok() && typed(&"1".repeat(35)).checked().is_err());
        assert!(typed("账号123456").checked().is_err());
        assert_eq!(PayeeAccountFields::default().checked().unwrap_err().issues().len(), 3);
    }
}
