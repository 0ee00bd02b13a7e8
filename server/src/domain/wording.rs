//! Texts that people type: trimmed, free of invisible characters, and measured as people count.
//! Not what a text means; a noun that needs more (a CorpID, a mobile number) has a type of its own.

use unicode_segmentation::UnicodeSegmentation;

use super::problem::{Format, Problem};

/// One line, such as a name: blanks inside are collapsed. Empty is fine; see `required`.
pub fn line(text: &str, max: usize) -> Result<String, Problem> {
    let words: Vec<&str> = text.split_whitespace().collect();
    checked(words.join(" "), max)
}

/// Several lines, such as a description: line ends become `\n`, blanks at the end of the text go.
pub fn paragraphs(text: &str, max: usize) -> Result<String, Problem> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    checked(unified.trim().to_owned(), max)
}

/// The same, where nothing is not an answer: `required(line(text, 60))`.
pub fn required(text: Result<String, Problem>) -> Result<String, Problem> {
    text.and_then(|text| {
        if text.is_empty() {
            Err(Problem::Required)
        } else {
            Ok(text)
        }
    })
}

/// One line of so many characters, required.
pub fn sized(text: &str, min: usize, max: usize) -> Result<String, Problem> {
    at_least(min, required(line(text, max))?)
}

/// A text of at least so many characters.
pub fn at_least(min: usize, text: String) -> Result<String, Problem> {
    match text.graphemes(true).take(min).count() < min {
        true => Err(Problem::TooShort { min }),
        false => Ok(text),
    }
}

fn checked(text: String, max: usize) -> Result<String, Problem> {
    if let Some(found) = text.chars().find(|c| is_hidden(*c)) {
        return Err(Problem::BadCharacter {
            found,
            what: Format::Name,
        });
    }
    // One visible character can be a pile of marks without end, so the bytes have a bound as well: a family with skins has 41.
    let too_long = text.len() > 64 + max * 48 || text.graphemes(true).take(max + 1).count() > max;
    if too_long {
        Err(Problem::TooLong { max })
    } else {
        Ok(text)
    }
}

/// Control characters except line end and tab, and characters that hide or reverse what stands around them.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_its_blanks_collapsed() {
        assert_eq!(
            line("  云杉　科技 \n 有限公司 ", 60),
            Ok("云杉 科技 有限公司".to_owned())
        );
        assert_eq!(line(" \t ", 60), Ok(String::new()));
        assert_eq!(required(line(" \t ", 60)), Err(Problem::Required));
    }

    #[test]
    fn characters_are_counted_as_people_see_them() {
        assert!(line("👨‍👩‍👧‍👦🇨🇳é", 3).is_ok());
        assert_eq!(line("四个字符", 3), Err(Problem::TooLong { max: 3 }));
        assert_eq!(
            line(&format!("a{}", "\u{301}".repeat(10_000)), 3),
            Err(Problem::TooLong { max: 3 })
        );
    }

    #[test]
    fn what_hides_or_reverses_text_is_refused() {
        for found in ['\u{0}', '\u{7}', '\u{202e}', '\u{200b}', '\u{2066}'] {
            let problem = Problem::BadCharacter {
                found,
                what: Format::Name,
            };
            assert_eq!(line(&format!("a{found}b"), 60), Err(problem), "{found:?}");
        }
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs("\r\n一\r\n\r\n二\t三\r ", 60), Ok("一\n\n二\t三".to_owned()));
    }
}
