//! Collects what is wrong with a form, field by field, so that people read everything at once. Which fields a form has
//! and what they must hold is the form's own matter.

use super::money::{Currency, Money};
use super::problem::Problem;
use super::refusal::Issue;
use super::wording;

/// The problems found so far, in the order of the form.
#[derive(Debug)]
pub struct FormCheck {
    prefix: &'static str,
    issues: Vec<Issue>,
}

impl FormCheck {
    /// `prefix` stands before every path: `fields.` for `fields.name`; empty for the input itself.
    pub fn new(prefix: &'static str) -> FormCheck {
        FormCheck {
            prefix,
            issues: Vec::new(),
        }
    }

    /// Notes a problem.
    pub fn wrong(&mut self, field: &str, problem: Problem) {
        self.issues
            .push(Issue::new(&format!("{}{field}", self.prefix), problem));
    }

    /// Notes a problem where the condition holds.
    pub fn wrong_if(&mut self, condition: bool, field: &str, problem: Problem) {
        if condition {
            self.wrong(field, problem);
        }
    }

    /// The value, or what stands in for it when it is wrong.
    pub fn take<T: Default>(&mut self, field: &str, value: Result<T, Problem>) -> T {
        value.unwrap_or_else(|problem| {
            self.wrong(field, problem);
            T::default()
        })
    }

    /// One line, which may be empty.
    pub fn line(&mut self, field: &str, text: &str, max: usize) -> String {
        self.take(field, wording::line(text, max))
    }

    /// Several lines, which may be empty.
    pub fn paragraphs(&mut self, field: &str, text: &str, max: usize) -> String {
        self.take(field, wording::paragraphs(text, max))
    }

    /// An amount as minor units and a currency code.
    pub fn money(&mut self, field: &str, amount: Option<&(i64, String)>) -> Option<Money> {
        let (minor, currency) = amount?;
        match Currency::parse(currency) {
            Ok(currency) => Some(Money::new(*minor, currency)),
            Err(problem) => {
                self.wrong(&format!("{field}.currency"), problem);
                None
            }
        }
    }

    /// An id; one of a wrong form names nothing that exists.
    pub fn id<I: std::str::FromStr>(&mut self, field: &str, id: Option<&str>) -> Option<I> {
        let id = id?;
        let parsed = id.parse().ok();
        self.wrong_if(parsed.is_none(), field, Problem::Unknown);
        parsed
    }

    /// Everything found.
    pub fn issues(self) -> Vec<Issue> {
        self.issues
    }
}
