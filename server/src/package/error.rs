//! Why a file was refused: every problem with its stable code, its place and what to do about it, in both languages.
//! Reading collects problems and refuses the whole file if there is any; nothing is ever imported in part.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// The stable reason of a problem. Its text form is `as_str`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The file has more bytes than a package may have.
    FileTooLarge,
    /// The file could not be read from disk.
    FileUnreadable,
    /// The file is not UTF-8 text.
    NotUtf8,
    /// The file is not JSON, or something follows the JSON.
    NotJson,
    /// Arrays and objects stand too deep inside each other.
    TooDeep,
    /// A text holds a NUL or half of a surrogate pair.
    InvalidText,
    /// A number is larger than a double can hold.
    NumberOutOfRange,
    /// The file is neither a native package nor a Baserow export, or not the one that was asked for.
    UnknownFormat,
    /// A value is of another JSON type than it must be.
    WrongType,
    /// A required member is absent.
    MissingMember,
    /// An object has a member that the format does not know.
    UnknownMember,
    /// An object has the same member twice.
    DuplicateMember,
    /// Two components have the same key.
    DuplicateKey,
    /// More components than a package may have.
    TooManyComponents,
    /// More sample rows than a package may have.
    TooManySampleRows,
    /// One definition or row is larger than a piece may be.
    PieceTooLarge,
    /// A component key has characters or a length that a key cannot have.
    InvalidKey,
    /// A name is empty or has control characters.
    InvalidName,
    /// A text has more characters than it may have.
    TextTooLong,
    /// The version is not a semantic version.
    InvalidVersion,
    /// There is no such component kind.
    UnknownKind,
    /// There is no such feature, or it cannot be declared.
    UnknownFeature,
    /// A component depends on one that is not in the package.
    DanglingDependency,
    /// Components depend on each other in a circle.
    CyclicDependency,
    /// A form page's schema is not a JSON Schema 2020-12 for an object.
    InvalidSchema,
    /// A form page's UI schema names what is not there, or is malformed.
    InvalidUi,
    /// A sample row does not satisfy the schema of its form page.
    InvalidSampleRow,
    /// Sample rows stand on a component that is not a form page.
    MisplacedSampleRows,
}

/// The texts of a code. `{0}` and `{1}` are replaced by the problem's details.
struct Texts {
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    next_zh: &'static str,
    next_en: &'static str,
}

const fn texts(
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    next_zh: &'static str,
    next_en: &'static str,
) -> Texts {
    Texts {
        code,
        zh,
        en,
        next_zh,
        next_en,
    }
}

impl Code {
    /// Every code, for documents and tests.
    pub const ALL: [Self; 28] = [
        Self::FileTooLarge,
        Self::FileUnreadable,
        Self::NotUtf8,
        Self::NotJson,
        Self::TooDeep,
        Self::InvalidText,
        Self::NumberOutOfRange,
        Self::UnknownFormat,
        Self::WrongType,
        Self::MissingMember,
        Self::UnknownMember,
        Self::DuplicateMember,
        Self::DuplicateKey,
        Self::TooManyComponents,
        Self::TooManySampleRows,
        Self::PieceTooLarge,
        Self::InvalidKey,
        Self::InvalidName,
        Self::TextTooLong,
        Self::InvalidVersion,
        Self::UnknownKind,
        Self::UnknownFeature,
        Self::DanglingDependency,
        Self::CyclicDependency,
        Self::InvalidSchema,
        Self::InvalidUi,
        Self::InvalidSampleRow,
        Self::MisplacedSampleRows,
    ];

    /// The text form, for example `DANGLING_DEPENDENCY`.
    pub const fn as_str(self) -> &'static str {
        self.texts().code
    }

    const fn texts(self) -> Texts {
        match self {
            Self::FileTooLarge => texts(
                "FILE_TOO_LARGE",
                "文件超过 {0} 字节",
                "The file is larger than {0} bytes",
                "请减少示例数据，或拆分为多个应用",
                "Carry fewer sample rows, or split the application",
            ),
            Self::FileUnreadable => texts(
                "FILE_UNREADABLE",
                "无法读取文件：{0}",
                "The file cannot be read: {0}",
                "请检查文件路径和权限",
                "Check the path and its permissions",
            ),
            Self::NotUtf8 => texts(
                "NOT_UTF8",
                "文件不是 UTF-8 文本",
                "The file is not UTF-8 text",
                "请另存为 UTF-8 编码后再导入",
                "Save it as UTF-8 and import it again",
            ),
            Self::NotJson => texts(
                "NOT_JSON",
                "文件不是有效的 JSON：{0}",
                "The file is not valid JSON: {0}",
                "请修正所指的位置，或重新导出文件",
                "Correct the place named, or export the file again",
            ),
            Self::TooDeep => texts(
                "TOO_DEEP",
                "嵌套超过 {0} 层",
                "Nested deeper than {0} levels",
                "请减少嵌套层数",
                "Nest fewer levels",
            ),
            Self::InvalidText => texts(
                "INVALID_TEXT",
                "文本含有无法保存的字符：{0}",
                "The text holds a character that cannot be stored: {0}",
                "请删除该字符",
                "Remove the character",
            ),
            Self::NumberOutOfRange => texts(
                "NUMBER_OUT_OF_RANGE",
                "数字超出范围：{0}",
                "The number is out of range: {0}",
                "请改用较小的数字或文本",
                "Use a smaller number or a text",
            ),
            Self::UnknownFormat => texts(
                "UNKNOWN_FORMAT",
                "无法识别的文件格式，应为 {0}",
                "The file's format is not known; {0} was expected",
                "请选择应用包（appshelf.package/1）或 Baserow 模板导出文件",
                "Choose an application package (appshelf.package/1) or a Baserow template export",
            ),
            Self::WrongType => texts(
                "WRONG_TYPE",
                "应为 {0}，实际为 {1}",
                "Expected {0}, found {1}",
                "请按应用包格式修正该值",
                "Correct the value after the package format",
            ),
            Self::MissingMember => texts(
                "MISSING_MEMBER",
                "缺少成员“{0}”",
                "The member \"{0}\" is missing",
                "请补充该成员",
                "Add the member",
            ),
            Self::UnknownMember => texts(
                "UNKNOWN_MEMBER",
                "未知的成员“{0}”",
                "The member \"{0}\" is not known",
                "请删除该成员或修正拼写",
                "Remove the member or correct its spelling",
            ),
            Self::DuplicateMember => texts(
                "DUPLICATE_MEMBER",
                "成员“{0}”重复",
                "The member \"{0}\" occurs twice",
                "请只保留一个",
                "Keep only one of them",
            ),
            Self::DuplicateKey => texts(
                "DUPLICATE_KEY",
                "组成项标识“{0}”重复，已用于 {1}",
                "The component key \"{0}\" is already used by {1}",
                "请为每个组成项使用不同的标识",
                "Give every component a key of its own",
            ),
            Self::TooManyComponents => texts(
                "TOO_MANY_COMPONENTS",
                "组成项超过 {0} 个",
                "There are more than {0} components",
                "请拆分为多个应用",
                "Split the application",
            ),
            Self::TooManySampleRows => texts(
                "TOO_MANY_SAMPLE_ROWS",
                "示例数据超过 {0} 行",
                "There are more than {0} sample rows",
                "请减少示例数据",
                "Carry fewer sample rows",
            ),
            Self::PieceTooLarge => texts(
                "PIECE_TOO_LARGE",
                "该部分超过 {0} 字节",
                "This piece is larger than {0} bytes",
                "请精简该定义或该行数据",
                "Shorten the definition or the row",
            ),
            Self::InvalidKey => texts(
                "INVALID_KEY",
                "标识“{0}”无效",
                "The key \"{0}\" is not valid",
                "标识以字母或数字开头，只含字母、数字、点、下划线和连字符，最多 128 个字符",
                "A key starts with a letter or digit and has at most 128 letters, digits, dots, underscores and hyphens (ASCII)",
            ),
            Self::InvalidName => texts(
                "INVALID_NAME",
                "名称为空或含有控制字符",
                "The name is empty or holds control characters",
                "请填写不含控制字符的名称",
                "Give a name without control characters",
            ),
            Self::TextTooLong => texts(
                "TEXT_TOO_LONG",
                "文本超过 {0} 个字符，实际为 {1} 个",
                "The text has {1} characters; at most {0} are allowed",
                "请缩短该文本",
                "Shorten the text",
            ),
            Self::InvalidVersion => texts(
                "INVALID_VERSION",
                "版本号“{0}”无效",
                "The version \"{0}\" is not valid",
                "请使用语义化版本号，例如 1.4.0",
                "Use a semantic version such as 1.4.0",
            ),
            Self::UnknownKind => texts(
                "UNKNOWN_KIND",
                "未知的组成项类型“{0}”",
                "There is no component kind \"{0}\"",
                "请使用以下类型之一：FORM_PAGE、CUSTOM_PAGE、PORTAL、AI_ASSISTANT、DATA_PREPARATION、ROLE、CONTACT、AUTOMATION、CONNECTOR、CUSTOM_COMPONENT、COOL_APP、DASHBOARD",
                "Use one of FORM_PAGE, CUSTOM_PAGE, PORTAL, AI_ASSISTANT, DATA_PREPARATION, ROLE, CONTACT, AUTOMATION, CONNECTOR, CUSTOM_COMPONENT, COOL_APP, DASHBOARD",
            ),
            Self::UnknownFeature => texts(
                "UNKNOWN_FEATURE",
                "“{0}”不是可以声明的权益",
                "\"{0}\" is not a feature that can be declared",
                "请使用以下权益之一：CUSTOM_PAGES、HTTP_CONNECTORS、DATA_PREPARATIONS、CROSS_APP_FORMS、PUBLIC_DOMAIN",
                "Use one of CUSTOM_PAGES, HTTP_CONNECTORS, DATA_PREPARATIONS, CROSS_APP_FORMS, PUBLIC_DOMAIN",
            ),
            Self::DanglingDependency => texts(
                "DANGLING_DEPENDENCY",
                "依赖的组成项“{0}”不存在",
                "It depends on \"{0}\", which is not in the package",
                "请加入该组成项或删除该依赖",
                "Add that component or remove the dependency",
            ),
            Self::CyclicDependency => texts(
                "CYCLIC_DEPENDENCY",
                "组成项循环依赖：{0}",
                "Components depend on each other in a circle: {0}",
                "请删除其中一个依赖；表单之间的相互关联写在界面定义的 target 中",
                "Remove one of the dependencies; links between forms belong into the UI schema's target",
            ),
            Self::InvalidSchema => texts(
                "INVALID_SCHEMA",
                "表单的 JSON Schema 无效：{0}",
                "The form's JSON Schema is not valid: {0}",
                "请按 JSON Schema 2020-12 修正，类型为 object 并包含 properties",
                "Correct it after JSON Schema 2020-12: an object with properties",
            ),
            Self::InvalidUi => texts(
                "INVALID_UI",
                "表单的界面定义无效：{0}",
                "The form's UI schema is not valid: {0}",
                "请按应用包格式修正界面定义",
                "Correct the UI schema after the package format",
            ),
            Self::InvalidSampleRow => texts(
                "INVALID_SAMPLE_ROW",
                "示例数据不符合表单定义：{0}",
                "The sample row does not fit its form: {0}",
                "请修正该值或表单定义",
                "Correct the value or the form",
            ),
            Self::MisplacedSampleRows => texts(
                "MISPLACED_SAMPLE_ROWS",
                "{0} 不能带有示例数据",
                "A {0} cannot have sample rows",
                "请把示例数据移到表单页面",
                "Move the rows to a form page",
            ),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where in the file something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// A JSON path such as `$.components[3].dependencies[0]`; `$` is the whole file.
    pub path: String,
    /// Line and column, both from 1, columns in Unicode characters; absent where the file has no lines to point at.
    pub position: Option<(u32, u32)>,
}

impl Place {
    /// The whole file.
    pub fn whole() -> Self {
        Self {
            path: "$".to_owned(),
            position: None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{} (line {line}, column {column})", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// One reason to refuse a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable reason.
    pub code: Code,
    /// Where it stands.
    pub place: Place,
    details: Vec<String>,
}

impl Problem {
    /// A problem whose texts need up to two details.
    pub fn new(code: Code, place: Place, details: &[&dyn fmt::Display]) -> Self {
        Self {
            code,
            place,
            details: details.iter().map(|detail| excerpt(&detail.to_string())).collect(),
        }
    }

    /// What is wrong, in Chinese.
    pub fn zh(&self) -> String {
        self.fill(self.code.texts().zh)
    }

    /// What is wrong, in English.
    pub fn en(&self) -> String {
        self.fill(self.code.texts().en)
    }

    /// What to do next, in Chinese.
    pub fn next_zh(&self) -> &'static str {
        self.code.texts().next_zh
    }

    /// What to do next, in English.
    pub fn next_en(&self) -> &'static str {
        self.code.texts().next_en
    }

    fn fill(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        // One pass, so that a detail that itself contains {1} is not filled again.
        while let Some(at) = rest.find('{') {
            let index = rest
                .as_bytes()
                .get(at + 1)
                .map_or(usize::MAX, |digit| usize::from(digit.wrapping_sub(b'0')));
            text.push_str(&rest[..at]);
            text.push_str(self.details.get(index).map_or("", String::as_str));
            rest = rest.get(at + 3..).unwrap_or("");
        }
        text.push_str(rest);
        text
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}. {}.", self.code, self.place, self.en(), self.next_en())
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Problem", 8)?;
        object.serialize_field("code", self.code.as_str())?;
        object.serialize_field("path", &self.place.path)?;
        object.serialize_field("line", &self.place.position.map(|(line, _)| line))?;
        object.serialize_field("column", &self.place.position.map(|(_, column)| column))?;
        object.serialize_field("zh", &self.zh())?;
        object.serialize_field("en", &self.en())?;
        object.serialize_field("next_zh", self.next_zh())?;
        object.serialize_field("next_en", self.next_en())?;
        object.end()
    }
}

/// A file was refused. There is always at least one problem, ordered as they were met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackageError {
    /// The first problems, at most `Limits::problems`.
    pub problems: Vec<Problem>,
    /// Whether reading stopped before the end of the file, so that there may be more.
    pub more: bool,
}

impl PackageError {
    /// A refusal for one reason.
    pub fn one(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            more: false,
        }
    }

    /// The first problem, which names the refusal as a whole.
    pub fn first(&self) -> &Problem {
        &self.problems[0]
    }
}

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        if self.more {
            write!(f, "\nReading stopped here; there may be more problems.")?;
        }
        Ok(())
    }
}

impl std::error::Error for PackageError {}

/// Text of a file inside a message: short, and without characters that would disturb a terminal.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_code_and_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} occurs twice");
            let problem = Problem::new(code, Place::whole(), &[&"first", &"second"]);
            for text in [
                problem.zh(),
                problem.en(),
                problem.next_zh().into(),
                problem.next_en().into(),
            ] {
                assert!(!text.is_empty() && !text.contains('{'), "{code}: {text}");
            }
            assert!(!problem.zh().is_ascii(), "{code} has no Chinese text");
        }
    }

    #[test]
    fn details_are_cut_and_cannot_smuggle_control_characters_or_templates() {
        let long = format!("\u{1b}[31m{{1}}{}", "长".repeat(500));
        let text = Problem::new(Code::DuplicateKey, Place::whole(), &[&long, &"$.components[0]"]).en();
        assert!(!text.contains('\u{1b}') && text.contains("{1}") && text.contains('…'));
        assert!(text.chars().count() < 300);
    }
}
