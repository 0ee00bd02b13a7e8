//! Categories (应用分类): what a product is filed under, and thereby who reviews it. Their operators (类目运营小二) are assigned by a
//! superadmin; so are the tasks that stand between an approval and the marketplace (前置任务, L9).

use super::form_check::FormCheck;
use super::problem::Problem;
use super::refusal::Refusal;

/// Characters of a category's or a task's name in either language.
pub const NAME_MAX: usize = 40;
/// Categories, tasks and operators of a category are lists that come whole.
pub const CATEGORIES_MAX: i64 = 200;
pub const TASKS_MAX: i64 = 50;
pub const OPERATORS_MAX: usize = 100;
/// Characters of the note on a task that was done.
pub const NOTE_MAX: usize = 1_000;

/// A name in both languages, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct BothNames {
    pub zh: String,
    pub en: String,
}

impl BothNames {
    /// The names as they are stored: one line each, neither empty.
    pub fn checked(&self) -> Result<BothNames, Refusal> {
        let mut check = FormCheck::new("");
        let zh = check.line("nameZh", &self.zh, NAME_MAX);
        let en = check.line("nameEn", &self.en, NAME_MAX);
        check.wrong_if(self.zh.trim().is_empty(), "nameZh", Problem::Required);
        check.wrong_if(self.en.trim().is_empty(), "nameEn", Problem::Required);
        Refusal::unless_valid(check.issues())?;
        Ok(BothNames { zh, en })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l6_a_category_has_a_name_in_both_languages() {
        let names = |zh: &str, en: &str| BothNames {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        let kept = names(" 客户 管理 ", "CRM").checked().unwrap();
        assert_eq!((kept.zh.as_str(), kept.en.as_str()), ("客户 管理", "CRM"));
        let paths = |names: BothNames| {
            let refused = names.checked().unwrap_err();
            refused
                .issues()
                .iter()
                .map(|issue| issue.path.join("."))
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(names(" ", "")), ["nameZh", "nameEn"]);
        assert_eq!(paths(names("财务", &"f".repeat(NAME_MAX + 1))), ["nameEn"]);
    }
}
