//! Reads tables as spreadsheet programs write them: RFC 4180 with a comma, semicolon or tab between cells, in UTF-8 or in the
//! encodings of Chinese that such programs still use. Writing them is `csv`.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::csv::is_computed;

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins in the file, from 1.
    pub number: u32,
    pub cells: Vec<String>,
}

/// A cell that was opened with a quotation mark and never closed, in this line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclosed(pub u32);

/// The text of a file; `None` where it is in no encoding that is known.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let without_mark = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(without_mark) {
        return Some(text.to_owned());
    }
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => GB18030,
    };
    let (text, _, broken) = encoding.decode(bytes);
    (!broken).then(|| text.into_owned())
}

/// The lines of a table without those that are empty. Cells lose blanks around them and the apostrophe that keeps a
/// spreadsheet program from computing them.
pub fn lines(text: &str) -> Result<Vec<Line>, Unclosed> {
    let separator = separator_of(text);
    let (mut lines, mut line) = (
        Vec::new(),
        Line {
            number: 1,
            cells: Vec::new(),
        },
    );
    let (mut number, mut cell) = (1, String::new());
    let mut quoted: Option<u32> = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        number += u32::from(c == '\n');
        match (quoted, c) {
            (Some(_), '"') if characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            (Some(_), '"') => quoted = None,
            (Some(_), c) => cell.push(c),
            (None, '"') if cell.trim().is_empty() => {
                cell.clear();
                quoted = Some(number);
            }
            (None, c) if c == separator => line.cells.push(cleaned(&mut cell)),
            (None, '\r') if characters.peek() == Some(&'\n') => {}
            (None, '\n' | '\r') => {
                line.cells.push(cleaned(&mut cell));
                let next = Line {
                    number,
                    cells: Vec::new(),
                };
                lines.push(std::mem::replace(&mut line, next));
            }
            (None, c) => cell.push(c),
        }
    }
    if let Some(number) = quoted {
        return Err(Unclosed(number));
    }
    line.cells.push(cleaned(&mut cell));
    lines.push(line);
    lines.retain(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    Ok(lines)
}

/// What stands most often in the first line outside of quotation marks.
fn separator_of(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for c in first.chars() {
        quoted ^= c == '"';
        counts
            .iter_mut()
            .filter(|(separator, _)| *separator == c && !quoted)
            .for_each(|(_, count)| *count += 1);
    }
    // Of equals the first counts.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(',', |(separator, _)| separator)
}

fn cleaned(cell: &mut String) -> String {
    let whole = std::mem::take(cell);
    let text = whole.trim();
    let shown = text.strip_prefix('\'');
    let guarded = shown.filter(|rest| is_computed(rest));
    guarded.unwrap_or(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        lines(text)
            .expect("a table")
            .into_iter()
            .map(|line| (line.number, line.cells))
            .collect()
    }

    #[test]
    fn quoted_cells_hold_separators_quotes_and_line_ends() {
        let table = "名称,说明\r\n\"a,b\",\"说\"\"好\"\"\n第二行\"\r\n\r\n , \nc,d";
        let expected = [
            (1, vec!["名称", "说明"]),
            (2, vec!["a,b", "说\"好\"\n第二行"]),
            (6, vec!["c", "d"]),
        ];
        let expected = expected.map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()));
        assert_eq!(cells(table), expected);
        assert_eq!(lines("a,\"b\nc"), Err(Unclosed(1)));
    }

    #[test]
    fn the_separator_is_what_the_first_line_uses() {
        for text in ["a;b;c\n1,5;2;3", "a\tb\tc\n1\t2\t3", "a,b,c\n1,2,3"] {
            assert_eq!(cells(text)[0].1, ["a", "b", "c"], "{text}");
        }
    }

    #[test]
    fn what_was_kept_from_computing_is_read_as_it_was() {
        assert_eq!(
            cells("\"'+86 139\",'=1,'x,-5,''=1")[0].1,
            ["+86 139", "=1", "'x", "-5", "'=1"]
        );
    }

    #[test]
    fn tables_of_chinese_spreadsheets_are_read() {
        assert_eq!(decode(b"\xef\xbb\xbfa"), Some("a".to_owned()));
        assert_eq!(
            decode(b"\xc3\xfb\xb3\xc6,\xca\xfd\xc1\xbf").as_deref(),
            Some("名称,数量")
        );
        assert_eq!(decode(b"\xff\xfe\x0d\x54,\0").as_deref(), Some("名,"));
        assert_eq!(decode(b"\xff\xff\xff"), None);
    }
}
