//! What can be wrong with one value of a record, and how to say it beside its field. The rules themselves are shared with
//! the front end (`appshelf_rules`); this module speaks.

use appshelf_rules::FlawKind;

use super::locale::Text;
use super::problem::Problem;

/// One thing that is wrong with one value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordProblem {
    UnknownField,
    ReadOnlyField,
    WrongType,
    NotANumber,
    NotWhole,
    AtLeast(String),
    AtMost(String),
    NotAMultiple(String),
    NotADay,
    NotAnInstant,
    /// Hours and minutes, with seconds where the field shows them.
    NotADuration {
        seconds: bool,
    },
    NotAnEmail,
    NotAnAddress,
    NotAPhone,
    /// A link to a record that is not there, or that the person may not read.
    NoSuchRecord,
    /// Several records are called so; only their ids tell them apart.
    SeveralRecords,
    /// No column of a table is a field of the form.
    NoKnownColumn,
    /// Most lines of a table.
    TooManyLines(usize),
    /// A line of a table has cells beyond those of its head.
    SurplusCell,
    /// A cell that holds no time; unlike others, a table may leave the zone out.
    NotATime,
    /// A quotation mark of a table is never closed; the line in which it opens.
    UnclosedQuote(u32),
    /// A file that was not uploaded for this page.
    NoSuchFile,
    /// A condition that the field cannot be asked.
    WrongTest,
    /// A list cannot be sorted by it.
    NotSortable,
}

impl RecordProblem {
    /// The sentence beside the field.
    pub fn text(&self) -> Text {
        let (zh, en) = match self {
            Self::AtLeast(least) => return Text::new(format!("不能小于 {least}"), format!("Not less than {least}")),
            Self::AtMost(most) => return Text::new(format!("不能大于 {most}"), format!("Not more than {most}")),
            Self::NotAMultiple(step) => {
                return Text::new(format!("必须是 {step} 的倍数"), format!("Must be a multiple of {step}"));
            }
            Self::UnclosedQuote(line) => {
                return Text::new(
                    format!("第 {line} 行的引号没有结束"),
                    format!("A quotation mark in line {line} is never closed"),
                );
            }
            Self::TooManyLines(most) => {
                return Text::new(
                    format!("表格最多 {most} 行，请分成多个文件导入"),
                    format!("A table has at most {most} lines; import it as several files"),
                );
            }
            Self::SurplusCell => (
                "此行的单元格多于首行的列数；内容中含有分隔符时，请用引号括起来",
                "The line has more cells than the first line has columns; put text that holds a separator into quotation marks",
            ),
            Self::NotATime => (
                "请填写日期和时间，例如 2026-09-01 09:00",
                "Give a day and a time such as 2026-09-01 09:00",
            ),
            Self::UnknownField => ("表单中没有此字段", "The form has no such field"),
            Self::ReadOnlyField => (
                "此字段由系统计算，不能填写",
                "This field is calculated and cannot be filled in",
            ),
            Self::WrongType => ("内容的类型与字段不符", "The value is not of the field's type"),
            Self::NotANumber => ("请填写数字", "Give a number"),
            Self::NotWhole => ("请填写整数", "Give a whole number"),
            Self::NotADay => (
                "请填写日期，例如 2026-09-01",
                "Give a day of the calendar such as 2026-09-01",
            ),
            Self::NotAnInstant => (
                "请填写带时区的时间，例如 2026-09-01T09:00:00+08:00",
                "Give a time with its zone such as 2026-09-01T09:00:00+08:00",
            ),
            Self::NotADuration { seconds: false } => (
                "请按“时:分”或“时:分:秒”填写，例如 1:30 或 1:30:00",
                "Give hours and minutes such as 1:30, or with seconds such as 1:30:00",
            ),
            Self::NotADuration { seconds: true } => (
                "请按“时:分:秒”填写，例如 1:30:00",
                "Give hours, minutes and seconds such as 1:30:00",
            ),
            Self::NotAnEmail => (
                "请填写有效的邮箱地址，例如 name@example.com",
                "Give a complete e-mail address such as name@example.com",
            ),
            Self::NotAnAddress => (
                "请填写以 http:// 或 https:// 开头的网址",
                "Give a web address that starts with http:// or https://",
            ),
            Self::NotAPhone => (
                "请填写电话号码，例如 +86 139 0013 9000",
                "Give a telephone number such as +86 139 0013 9000",
            ),
            Self::NoSuchRecord => (
                "关联的记录不存在或您无权查看，请重新选择",
                "The linked record does not exist or is not yours to see; choose again",
            ),
            Self::SeveralRecords => (
                "有多条同名记录，请改填记录编号",
                "Several records are called so; give the record's id instead",
            ),
            Self::NoKnownColumn => (
                "表格首行没有任何一列是表单中的字段，请用导出的表格作为模板",
                "No column of the first line is a field of the form; take an export as the template",
            ),
            Self::NoSuchFile => (
                "文件不存在或已过期，请重新上传",
                "The file does not exist any more; upload it again",
            ),
            Self::WrongTest => (
                "此字段不支持该筛选条件",
                "This field cannot be filtered by that condition",
            ),
            Self::NotSortable => ("不能按此字段排序", "A list cannot be sorted by this field"),
        };
        Text::new(zh, en)
    }

    /// One of every kind, for tests that look at all texts.
    #[cfg(test)]
    pub fn examples() -> [Self; 25] {
        [
            Self::UnknownField,
            Self::ReadOnlyField,
            Self::WrongType,
            Self::NotANumber,
            Self::NotWhole,
            Self::AtLeast("1".to_owned()),
            Self::AtMost("9".to_owned()),
            Self::NotAMultiple("0.5".to_owned()),
            Self::NotADay,
            Self::NotAnInstant,
            Self::NotADuration { seconds: false },
            Self::NotADuration { seconds: true },
            Self::NotAnEmail,
            Self::NotAnAddress,
            Self::NotAPhone,
            Self::NoSuchRecord,
            Self::SeveralRecords,
            Self::NoKnownColumn,
            Self::TooManyLines(5000),
            Self::SurplusCell,
            Self::NotATime,
            Self::UnclosedQuote(3),
            Self::NoSuchFile,
            Self::WrongTest,
            Self::NotSortable,
        ]
    }
}

impl From<FlawKind> for Problem {
    fn from(kind: FlawKind) -> Self {
        let length = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        Problem::Record(match kind {
            FlawKind::Required => return Problem::Required,
            FlawKind::TooShort(min) => return Problem::TooShort { min: length(min) },
            FlawKind::TooLong(max) => return Problem::TooLong { max: length(max) },
            FlawKind::TooFew(min) => return Problem::TooFew { min: length(min) },
            FlawKind::TooMany(max) => return Problem::TooMany { max: length(max) },
            FlawKind::Repeated => return Problem::Repeated,
            FlawKind::NotOffered => return Problem::UnknownChoice,
            FlawKind::UnknownField => RecordProblem::UnknownField,
            FlawKind::ReadOnly => RecordProblem::ReadOnlyField,
            FlawKind::WrongType(_) => RecordProblem::WrongType,
            FlawKind::NotANumber => RecordProblem::NotANumber,
            FlawKind::NotWhole => RecordProblem::NotWhole,
            FlawKind::TooSmall(least) => RecordProblem::AtLeast(least.to_string()),
            FlawKind::TooLarge(most) => RecordProblem::AtMost(most.to_string()),
            FlawKind::NotAMultiple(step) => RecordProblem::NotAMultiple(step.to_string()),
            FlawKind::BadFormat("date") => RecordProblem::NotADay,
            FlawKind::BadFormat("date-time") => RecordProblem::NotAnInstant,
            FlawKind::BadFormat("duration") => RecordProblem::NotADuration { seconds: false },
            FlawKind::BadFormat("duration-seconds") => RecordProblem::NotADuration { seconds: true },
            FlawKind::BadFormat("email") => RecordProblem::NotAnEmail,
            FlawKind::BadFormat("uri") => RecordProblem::NotAnAddress,
            FlawKind::BadFormat("phone") => RecordProblem::NotAPhone,
            FlawKind::BadFormat(_) => RecordProblem::WrongType,
        })
    }
}
