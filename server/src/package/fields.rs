//! Reads the members of our own structures: each known, none twice, of the right type, within its limit. What a file
//! may contain where the format is open (definitions, rows) is not its business.

use std::collections::HashSet;

use super::error::Code;
use super::problems::{At, Problems, Stop};
use super::walk::{Kind, Node};

/// The named members of an object, in the order of `names`; notes unknown and repeated ones.
pub(super) fn members<'a, const N: usize>(
    node: Node<'a>,
    at: &At<'_>,
    names: [&str; N],
    problems: &mut Problems<'_>,
) -> Result<[Option<Node<'a>>; N], Stop> {
    let mut found = [None; N];
    if !is(node, Kind::Object, at, problems)? {
        return Ok(found);
    }
    for (name, value) in node.members() {
        match names.iter().position(|known| *known == name) {
            None => problems.add(Code::UnknownMember, &at.member(&name), value, &[&name])?,
            Some(index) if found[index].is_some() => {
                problems.add(Code::DuplicateMember, &at.member(&name), value, &[&name])?;
            }
            Some(index) => found[index] = Some(value),
        }
    }
    Ok(found)
}

/// Notes members that occur twice in an object whose members are free.
pub(super) fn no_duplicates(node: Node<'_>, at: &At<'_>, problems: &mut Problems<'_>) -> Result<(), Stop> {
    let mut seen = HashSet::new();
    for (name, value) in node.members() {
        if seen.contains(&name) {
            problems.add(Code::DuplicateMember, &at.member(&name), value, &[&name])?;
        } else {
            seen.insert(name);
        }
    }
    Ok(())
}

/// Whether the value has the type; notes it if not.
pub(super) fn is(node: Node<'_>, kind: Kind, at: &At<'_>, problems: &mut Problems<'_>) -> Result<bool, Stop> {
    if node.kind() == kind {
        return Ok(true);
    }
    problems.add(Code::WrongType, at, node, &[&kind, &node.kind()])?;
    Ok(false)
}

/// A member that must be there.
pub(super) fn required<'a>(
    member: Option<Node<'a>>,
    owner: Node<'_>,
    at: &At<'_>,
    name: &str,
    problems: &mut Problems<'_>,
) -> Result<Option<Node<'a>>, Stop> {
    if member.is_none() && owner.kind() == Kind::Object {
        problems.add(Code::MissingMember, at, owner, &[&name])?;
    }
    Ok(member)
}

/// A single-line text of 1 to `longest` characters that people read.
pub(super) fn name(
    node: Node<'_>,
    at: &At<'_>,
    longest: usize,
    problems: &mut Problems<'_>,
) -> Result<Option<String>, Stop> {
    let Some(text) = string(node, at, problems)? else {
        return Ok(None);
    };
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        problems.add(Code::InvalidName, at, node, &[])?;
        return Ok(None);
    }
    short_enough(text, node, at, longest, problems)
}

/// A text that may have line breaks and tabs, at most `longest` characters.
pub(super) fn prose(
    node: Node<'_>,
    at: &At<'_>,
    longest: usize,
    problems: &mut Problems<'_>,
) -> Result<Option<String>, Stop> {
    let Some(text) = string(node, at, problems)? else {
        return Ok(None);
    };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        problems.add(Code::InvalidText, at, node, &[&"control character"])?;
        return Ok(None);
    }
    short_enough(text, node, at, longest, problems)
}

/// Any string.
pub(super) fn string(node: Node<'_>, at: &At<'_>, problems: &mut Problems<'_>) -> Result<Option<String>, Stop> {
    Ok(if is(node, Kind::String, at, problems)? {
        node.string().map(std::borrow::Cow::into_owned)
    } else {
        None
    })
}

/// A value that has to be understood as a tree and therefore must not be large.
pub(super) fn is_small(node: Node<'_>, at: &At<'_>, longest: usize, problems: &mut Problems<'_>) -> Result<bool, Stop> {
    if node.text().len() <= longest {
        return Ok(true);
    }
    problems.add(Code::PieceTooLarge, at, node, &[&longest])?;
    Ok(false)
}

fn short_enough(
    text: String,
    node: Node<'_>,
    at: &At<'_>,
    longest: usize,
    problems: &mut Problems<'_>,
) -> Result<Option<String>, Stop> {
    let length = text.chars().count();
    if length <= longest {
        return Ok(Some(text));
    }
    problems.add(Code::TextTooLong, at, node, &[&longest, &length])?;
    Ok(None)
}

/// Whether a text may identify a component: a letter or digit, then letters, digits, dots, underscores, hyphens.
pub(super) fn is_key(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// Whether a text is a semantic version (2.0.0), at most 64 characters.
pub(super) fn is_version(text: &str) -> bool {
    let (rest, build) = text
        .split_once('+')
        .map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest
        .split_once('-')
        .map_or((rest, None), |(core, pre)| (core, Some(pre)));
    let number = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 64
        && core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| {
            pre.split('.')
                .all(|part| word(part) && (!is_digits(part) || number(part)))
        })
        && build.is_none_or(|build| build.split('.').all(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_semantic_versions() {
        for good in [
            "0.0.0",
            "1.4.0",
            "10.20.30-rc.1",
            "1.0.0-0a",
            "1.0.0+build.01",
            "1.0.0-a-b+c",
        ] {
            assert!(is_version(good), "{good}");
        }
        let long = format!("1.0.0-{}", "a".repeat(60));
        for bad in [
            "", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "v1.0.0", "1.0.0 ", "1.0.0+", "1..0", &long,
        ] {
            assert!(!is_version(bad), "{bad}");
        }
    }

    #[test]
    fn keys_are_plain_ascii() {
        for good in ["a", "table-4556", "0.x_Y"] {
            assert!(is_key(good), "{good}");
        }
        let long = "k".repeat(129);
        for bad in ["", "-a", ".", "a b", "表", "a/b", "a\u{0}", &long] {
            assert!(!is_key(bad), "{bad}");
        }
    }
}
