//! The checks that a whole file must pass before anyone looks inside: size, encoding, syntax, depth, and texts and
//! numbers that could not be stored. One pass over the bytes, no recursion, no memory beyond the file.

use serde::de::IgnoredAny;

use super::error::{Code, Place, Problem};
use super::limits::Limits;
use super::walk::{Kind, Node};

/// Checks the bytes of a file and hands out its text, without a byte order mark.
pub(super) fn checked<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, Problem> {
    if bytes.len() > limits.bytes {
        return Err(Problem::new(Code::FileTooLarge, Place::whole(), &[&limits.bytes]));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or("");
        let place = Place {
            path: "$".to_owned(),
            position: Some(line_and_column(valid, valid.len())),
        };
        Problem::new(Code::NotUtf8, place, &[])
    })?;
    let flaw = first_flaw(text.as_bytes(), limits.depth);
    match syntax_error(text) {
        Some((offset, _)) if flaw.as_ref().is_some_and(|flaw| flaw.offset <= offset) => {}
        Some((offset, what)) => {
            let place = Place {
                path: "$".to_owned(),
                position: Some(line_and_column(text, offset)),
            };
            return Err(Problem::new(Code::NotJson, place, &[&what]));
        }
        None => {}
    }
    match flaw {
        None => Ok(text),
        Some(flaw) => {
            let place = Place {
                path: path_to(text, flaw.offset, limits.depth),
                position: Some(line_and_column(text, flaw.offset)),
            };
            let excerpt = text.get(flaw.offset..flaw.end).unwrap_or("");
            Err(match flaw.code {
                Code::TooDeep => Problem::new(flaw.code, place, &[&limits.depth]),
                code => Problem::new(code, place, &[&excerpt]),
            })
        }
    }
}

/// Line and column from 1; columns count Unicode characters.
pub(super) fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    // Continuation bytes are not characters of their own.
    let column = before[line_start..]
        .iter()
        .filter(|byte| (**byte & 0xC0) != 0x80)
        .count();
    (clamp(lines + 1), clamp(column + 1))
}

fn clamp(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The byte offset of the first syntax error and what it is.
fn syntax_error(text: &str) -> Option<(usize, String)> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let line_start = match error.line().saturating_sub(2) {
        _ if error.line() < 2 => 0,
        newline => text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .nth(newline)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or("syntax error").to_owned();
    Some((offset, what))
}

struct Flaw {
    code: Code,
    offset: usize,
    end: usize,
}

/// What makes valid JSON unfit to be stored. Tolerates invalid JSON; the syntax check speaks about that.
fn first_flaw(bytes: &[u8], depth_limit: usize) -> Option<Flaw> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                depth += 1;
                if depth > depth_limit {
                    return Some(Flaw {
                        code: Code::TooDeep,
                        offset: at,
                        end: at + 1,
                    });
                }
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b'"' => match string_flaw(bytes, at) {
                Ok(end) => at = end,
                Err((offset, end)) => {
                    return Some(Flaw {
                        code: Code::InvalidText,
                        offset,
                        end,
                    });
                }
            },
            b'-' | b'0'..=b'9' => {
                let end = bytes[at..]
                    .iter()
                    .position(|b| !matches!(b, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'))
                    .map_or(bytes.len(), |length| at + length);
                if is_out_of_range(&bytes[at..end]) {
                    return Some(Flaw {
                        code: Code::NumberOutOfRange,
                        offset: at,
                        end,
                    });
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    None
}

/// The end of the string that opens at `at`, or the escape that cannot be stored: a NUL or half a surrogate pair.
fn string_flaw(bytes: &[u8], at: usize) -> Result<usize, (usize, usize)> {
    let mut at = at + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return Ok(at + 1),
            b'\\' if bytes.get(at + 1) == Some(&b'u') => match unit(bytes, at) {
                Some(0) => return Err((at, at + 6)),
                Some(0xD800..=0xDBFF) => match unit(bytes, at + 6) {
                    Some(0xDC00..=0xDFFF) => at += 12,
                    _ => return Err((at, at + 6)),
                },
                Some(0xDC00..=0xDFFF) => return Err((at, at + 6)),
                // Not four hexadecimal digits: the syntax check names it.
                _ => at += 2,
            },
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    Ok(bytes.len())
}

/// The code unit of an escape `\uXXXX`.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    escape.iter().all(u8::is_ascii_hexdigit).then_some(())?;
    u16::from_str_radix(std::str::from_utf8(escape).ok()?, 16).ok()
}

/// Only numbers with an exponent or very many digits can leave the range of a double.
fn is_out_of_range(number: &[u8]) -> bool {
    (number.len() > 300 || number.iter().any(|byte| matches!(byte, b'e' | b'E')))
        && std::str::from_utf8(number)
            .ok()
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(f64::is_infinite)
}

/// The JSON path of the value that holds the byte, at most `depth` steps deep.
fn path_to(text: &str, offset: usize, depth: usize) -> String {
    let holds = |node: Node<'_>| {
        let start = node.text().as_ptr() as usize - text.as_ptr() as usize;
        (start..start + node.text().len()).contains(&offset)
    };
    let mut path = "$".to_owned();
    let mut node = Node::root(text);
    for _ in 0..depth {
        let step = match node.kind() {
            Kind::Object => node.members().find(|(_, inner)| holds(*inner)).map(|(name, inner)| {
                push_member(&mut path, &name);
                inner
            }),
            Kind::Array => node
                .items()
                .enumerate()
                .find(|(_, inner)| holds(*inner))
                .map(|(index, inner)| {
                    path.push_str(&format!("[{index}]"));
                    inner
                }),
            _ => None,
        };
        match step {
            Some(inner) => node = inner,
            None => break,
        }
    }
    path
}

/// Appends a member to a JSON path, quoted where its name is not a plain word and cut where it is very long.
pub(super) fn push_member(path: &mut String, name: &str) {
    const LONGEST: usize = 80;
    let plain = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'))
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    let mut short: String = name.chars().take(LONGEST).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    if plain {
        path.push('.');
        path.push_str(&short);
    } else {
        path.push('[');
        path.push_str(&serde_json::Value::from(short).to_string());
        path.push(']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> (Code, String) {
        let problem = checked(bytes, &Limits::default()).unwrap_err();
        (problem.code, problem.place.to_string())
    }

    #[test]
    fn a_byte_order_mark_is_ignored_and_utf16_is_refused() {
        assert_eq!(checked(b"\xEF\xBB\xBF{}", &Limits::default()), Ok("{}"));
        assert_eq!(
            refusal(b"\xFF\xFE{\0}\0"),
            (Code::NotUtf8, "$ (line 1, column 1)".into())
        );
    }

    #[test]
    fn invalid_utf8_is_refused_with_line_and_column() {
        assert_eq!(
            refusal(
                "{\n\"名\": \""
                    .as_bytes()
                    .iter()
                    .chain(b"\xC3\"}")
                    .copied()
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            (Code::NotUtf8, "$ (line 2, column 7)".into())
        );
    }

    #[test]
    fn syntax_errors_and_trailing_garbage_are_refused_with_line_and_column() {
        assert_eq!(
            refusal(b"{\n  \"a\": 1,\n  b\n}"),
            (Code::NotJson, "$ (line 3, column 3)".into())
        );
        assert_eq!(refusal(b"{} x"), (Code::NotJson, "$ (line 1, column 4)".into()));
        assert_eq!(refusal(b"{}{}"), (Code::NotJson, "$ (line 1, column 3)".into()));
        assert_eq!(refusal(b"{\"a\": 1").0, Code::NotJson);
        assert_eq!(refusal(b"").0, Code::NotJson);
        assert_eq!(refusal(b"{\"a\": NaN}").0, Code::NotJson);
    }

    #[test]
    fn raw_control_characters_in_strings_are_not_json() {
        assert_eq!(refusal(b"{\"a\": \"x\0y\"}").0, Code::NotJson);
        assert_eq!(refusal(b"{\"a\": \"x\ny\"}").0, Code::NotJson);
    }

    #[test]
    fn nul_and_half_surrogates_are_refused_with_their_place() {
        assert_eq!(
            refusal(br#"{"a": ["x", "y\u0000"]}"#),
            (Code::InvalidText, "$.a[1] (line 1, column 15)".into())
        );
        assert_eq!(refusal(br#"{"a": "\ud83d"}"#).0, Code::InvalidText);
        assert_eq!(refusal(br#"{"a": "\ude00\ud83d"}"#).0, Code::InvalidText);
        assert!(checked(br#"{"a": "\ud83d\ude00 \\u0000"}"#, &Limits::default()).is_ok());
    }

    #[test]
    fn numbers_that_no_double_holds_are_refused() {
        assert_eq!(
            refusal(br#"{"a": [1, -1e999]}"#),
            (Code::NumberOutOfRange, "$.a[1] (line 1, column 11)".into())
        );
        assert!(checked(br#"{"a": 1e308}"#, &Limits::default()).is_ok());
    }

    #[test]
    fn depth_64_is_accepted_and_65_refused_however_deep_it_goes_on() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(checked(nested(64).as_bytes(), &Limits::default()).is_ok());
        assert_eq!(refusal(nested(65).as_bytes()).0, Code::TooDeep);
        assert_eq!(refusal(nested(3_000_000).as_bytes()).0, Code::TooDeep);
        assert_eq!(refusal("{\"a\":".repeat(1_000_000).as_bytes()).0, Code::TooDeep);
    }

    #[test]
    fn brackets_inside_strings_are_not_depth() {
        let text = format!("[\"{}\"]", "[{\\\"".repeat(100));
        assert!(checked(text.as_bytes(), &Limits::default()).is_ok());
    }

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let limits = Limits {
            bytes: 3,
            ..Limits::default()
        };
        assert_eq!(
            checked(b"\xFF\xFF\xFF\xFF", &limits).unwrap_err().code,
            Code::FileTooLarge
        );
    }
}
