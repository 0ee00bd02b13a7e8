//! Ids within the content of a form: what is no id of the wanted noun is named beside its field, all of them at once.

use async_graphql::ID;

use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};

/// Reads the ids of a `content`.
#[derive(Default)]
pub struct GivenIds {
    issues: Vec<Issue>,
}

impl GivenIds {
    /// The id of a field, where one was given.
    pub fn id<I: std::str::FromStr>(&mut self, field: &str, given: Option<ID>) -> Option<I> {
        let given = given?;
        let read = given.parse().ok();
        if read.is_none() {
            self.issues
                .push(Issue::new(&format!("content.{field}"), Problem::Unknown));
        }
        read
    }

    /// The ids of a field that takes several.
    pub fn ids<I: std::str::FromStr>(&mut self, field: &str, given: Vec<ID>) -> Vec<I> {
        let numbered = given.into_iter().enumerate();
        numbered
            .filter_map(|(at, id)| self.id(&format!("{field}.{at}"), Some(id)))
            .collect()
    }

    /// Refused where something was no id.
    pub fn check(self) -> Result<(), Refusal> {
        Refusal::unless_valid(self.issues)
    }
}
