//! Tables as people open them in a spreadsheet program: RFC 4180 with a byte order mark, so that Chinese is read as UTF-8,
//! and no cell that such a program would take for a formula; numbers stay numbers.

/// Stands at the very beginning of a file.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line of the table with its line end.
pub fn line<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let mut line = String::new();
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        push_cell(&mut line, cell.as_ref());
    }
    line.push_str("\r\n");
    line
}

fn push_cell(line: &mut String, cell: &str) {
    // An apostrophe makes a spreadsheet program show what it would otherwise compute or call.
    let defused = is_computed(cell) && !is_negative_number(cell);
    let quoted = defused || cell.contains(['"', ',', '\r', '\n', ';']) || cell.starts_with(' ') || cell.ends_with(' ');
    if !quoted {
        line.push_str(cell);
        return;
    }
    line.push('"');
    if defused {
        line.push('\'');
    }
    line.push_str(&cell.replace('"', "\"\""));
    line.push('"');
}

/// What a spreadsheet program would compute, or looks like what was kept from it, so that one apostrophe always goes again.
pub(super) fn is_computed(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A number below zero is nothing that is computed, and people add it up.
fn is_negative_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or_default();
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_a_reader_needs_it() {
        assert_eq!(
            line(["云杉", "a,b", "说\"好\"", "两\n行", ""]),
            "云杉,\"a,b\",\"说\"\"好\"\"\",\"两\n行\",\r\n"
        );
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for cell in ["=1+1", "+86", "-2+3", "-", "-1.", "@SUM(A1)", "\t=1", "＝cmd"] {
            let written = line([cell]);
            assert!(written.starts_with("\"'"), "{written}");
        }
        assert_eq!(line(["a=1", "-2", "-0.50"]), "a=1,-2,-0.50\r\n");
        assert_eq!(line(["'=1", "'a"]), "\"''=1\",'a\r\n");
    }
}
