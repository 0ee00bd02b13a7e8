//! What the front end says, by the keys of its locale files: a journey is written once and walked in both languages. The texts of
//! the server are not here; tests write those out where they are the rule.

use std::path::PathBuf;

use serde_json::Value;

/// The texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// `zh-CN` or `en`.
    pub language: &'static str,
}

impl Texts {
    /// The text of `area.key`. An unknown key is a mistake of the test and ends it.
    pub fn get(self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The text up to its first placeholder: how the names of controls in lists begin.
    pub fn beginning(self, key: &str) -> String {
        let text = self.get(key);
        text.split('{').next().unwrap_or_default().to_owned()
    }

    /// The text with its placeholders filled in; one that counts takes the form for `count`.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let found = self.find(key);
        let one = values.contains(&("count", "1"));
        let form = if one { "one" } else { "other" };
        let text = found.as_str().or_else(|| found[form].as_str());
        let mut text = text.unwrap_or_else(|| panic!("{key} is not a text")).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    fn find(self, key: &str) -> Value {
        let (area, name) = key.split_once('.').unwrap_or((key, ""));
        let file = self.file(area);
        let texts = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut texts: Value =
            serde_json::from_str(&texts).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        match texts.get_mut(name) {
            Some(text) => text.take(),
            None => panic!("{} has no {name:?}", file.display()),
        }
    }

    fn file(self, area: &str) -> PathBuf {
        crate::repository().join(format!("web/locales/{}/{area}.json", self.language))
    }
}
