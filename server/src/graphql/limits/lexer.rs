//! One pass over a document's characters, so that a hostile one is refused before a parser sees it.
//!
//! Counts tokens and directives and watches how deeply brackets nest. It accepts more than GraphQL does: telling good
//! documents from bad ones is the parser's work.

use super::Refused;
use crate::config::Limits;

/// Bytes of a document. Large values belong into variables; a parser is slow even on blanks and comments.
const LONGEST: usize = 100 << 10;

/// Counts tokens as the GraphQL specification defines them; stops at the first that is too many.
pub fn check(query: &str, limits: &Limits) -> Result<(), Refused> {
    if query.len() > LONGEST {
        let why = format!(
            "The document is {} bytes long; {LONGEST} are allowed. Send large values as variables.",
            query.len()
        );
        return Err(Refused::limit("LIMIT_DOCUMENT", LONGEST, why));
    }
    // Arguments and inline fragments nest without adding to the depth of fields.
    let deepest = 2 * limits.depth + 32;
    let bytes = query.as_bytes();
    let (mut at, mut tokens, mut nesting, mut directives) = (0, 0, 0usize, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | 0xEF | 0xBB | 0xBF => {
                at += 1;
                continue;
            }
            b'#' => {
                at = skip(bytes, at, |b| b != b'\n' && b != b'\r');
                continue;
            }
            b'{' | b'(' | b'[' => nesting += 1,
            b'}' | b')' | b']' => nesting = nesting.saturating_sub(1),
            b'@' => directives += 1,
            _ => {}
        }
        tokens += 1;
        if tokens > limits.tokens {
            let why = format!("The document has more than {} tokens.", limits.tokens);
            return Err(Refused::limit("LIMIT_TOKENS", limits.tokens, why));
        }
        if nesting > deepest {
            let why = format!("The document nests brackets deeper than {deepest}.");
            return Err(Refused::limit("LIMIT_DEPTH", deepest, why));
        }
        if directives > limits.directives {
            let why = format!("The document has more than {} directives.", limits.directives);
            return Err(Refused::limit("LIMIT_DIRECTIVES", limits.directives, why));
        }
        at = after(bytes, at);
    }
    Ok(())
}

/// Where the token that starts here ends.
fn after(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b'"' if bytes[at..].starts_with(b"\"\"\"") => after_block_string(bytes, at + 3),
        b'"' => after_string(bytes, at + 1),
        b'.' => skip(bytes, at, |b| b == b'.').min(at + 3),
        b'A'..=b'Z' | b'a'..=b'z' | b'_' => skip(bytes, at, |b| b.is_ascii_alphanumeric() || b == b'_'),
        b'0'..=b'9' | b'-' => skip(bytes, at + 1, |b| {
            b.is_ascii_alphanumeric() || b == b'.' || b == b'+' || b == b'-'
        }),
        _ => at + 1,
    }
}

fn skip(bytes: &[u8], from: usize, part: impl Fn(u8) -> bool) -> usize {
    bytes[from..]
        .iter()
        .position(|b| !part(*b))
        .map_or(bytes.len(), |length| from + length)
}

fn after_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' | b'\n' | b'\r' => return at + 1,
            _ => 1,
        };
    }
    bytes.len()
}

fn after_block_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if bytes[at..].starts_with(b"\"\"\"") {
            return at + 3;
        } else {
            at += 1;
        }
    }
    bytes.len()
}
