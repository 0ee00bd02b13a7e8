//! A walk over JSON text that is already known to be valid: members and items as slices of the file, without a tree.
//! It is not a parser; `scan` has checked the text before anyone walks it, so that nothing here can fail.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
        })
    }
}

/// One value of the file: a slice that holds exactly its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    text: &'a str,
}

impl<'a> Node<'a> {
    /// The outermost value of a checked text.
    pub fn root(text: &'a str) -> Self {
        Self {
            text: text.trim_matches(is_blank),
        }
    }

    /// The value's own text.
    pub fn text(self) -> &'a str {
        self.text
    }

    pub fn kind(self) -> Kind {
        match self.text.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The members in the order of the file; none if this is not an object.
    pub fn members(self) -> Members<'a> {
        Members {
            rest: self.inside(Kind::Object),
        }
    }

    /// The items in the order of the file; none if this is not an array.
    pub fn items(self) -> Items<'a> {
        Items {
            rest: self.inside(Kind::Array),
        }
    }

    /// The first member of this name.
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        self.members().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// The text of a string.
    pub fn string(self) -> Option<Cow<'a, str>> {
        (self.kind() == Kind::String).then(|| unquote(self.text))
    }

    /// The tree. The caller has bounded the size of the text.
    pub fn value(self) -> Value {
        serde_json::from_str(self.text).unwrap_or(Value::Null)
    }

    /// The text without blanks between tokens.
    pub fn compact(self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let bytes = self.text.as_bytes();
        let mut from = 0;
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'"' => at = string_end(bytes, at),
                b' ' | b'\t' | b'\n' | b'\r' => {
                    out.push_str(&self.text[from..at]);
                    at += 1;
                    from = at;
                }
                _ => at += 1,
            }
        }
        out.push_str(&self.text[from..]);
        out.shrink_to_fit();
        out
    }

    fn inside(self, kind: Kind) -> &'a str {
        if self.kind() == kind {
            self.text.get(1..self.text.len().saturating_sub(1)).unwrap_or("")
        } else {
            ""
        }
    }
}

/// See [`Node::members`].
pub(super) struct Members<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, rest) = take_value(self.rest)?;
        let rest = rest.trim_start_matches(is_blank).strip_prefix(':')?;
        let (value, rest) = take_value(rest)?;
        self.rest = after_comma(rest);
        Some((unquote(key), Node { text: value }))
    }
}

/// See [`Node::items`].
pub(super) struct Items<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (value, rest) = take_value(self.rest)?;
        self.rest = after_comma(rest);
        Some(Node { text: value })
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn after_comma(rest: &str) -> &str {
    let rest = rest.trim_start_matches(is_blank);
    rest.strip_prefix(',').unwrap_or(rest)
}

fn take_value(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(is_blank);
    let end = value_end(text.as_bytes());
    (end > 0).then(|| text.split_at(end))
}

/// Where the value that starts the bytes ends; 0 if there is none.
fn value_end(bytes: &[u8]) -> usize {
    match bytes.first() {
        None => 0,
        Some(b'"') => string_end(bytes, 0),
        Some(b'{' | b'[') => {
            let mut depth = 0_usize;
            let mut at = 0;
            while at < bytes.len() {
                match bytes[at] {
                    b'"' => {
                        at = string_end(bytes, at);
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth = depth.saturating_sub(1);
                        if depth == 0 {
                            return at + 1;
                        }
                    }
                    _ => {}
                }
                at += 1;
            }
            bytes.len()
        }
        Some(_) => bytes
            .iter()
            .position(|byte| matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r'))
            .unwrap_or(bytes.len()),
    }
}

/// The index after the closing quote of the string that opens at `at`.
pub(super) fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn unquote(text: &str) -> Cow<'_, str> {
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
    if inner.contains('\\') {
        Cow::Owned(serde_json::from_str(text).unwrap_or_default())
    } else {
        Cow::Borrowed(inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_are_found_in_any_layout() {
        let root = Node::root(" { \"a\" : [ 1 ,{\"x]\":\"\\\"}\"} , [ ] ],\"b\\u0041\":null }\n");
        let names: Vec<_> = root
            .members()
            .map(|(name, node)| (name.into_owned(), node.kind()))
            .collect();
        assert_eq!(names, [("a".to_owned(), Kind::Array), ("bA".to_owned(), Kind::Null)]);
        let texts: Vec<_> = root.get("a").unwrap().items().map(Node::text).collect();
        assert_eq!(texts, ["1", r#"{"x]":"\"}"}"#, "[ ]"]);
    }

    #[test]
    fn compact_drops_blanks_between_tokens_only() {
        assert_eq!(
            Node::root("{ \"a b\" : [ 1 , \" x \\\" y \" ] }").compact(),
            r#"{"a b":[1," x \" y "]}"#
        );
    }
}
