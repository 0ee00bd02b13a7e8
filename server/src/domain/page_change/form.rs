//! What changed about a form, field by field: label, type, whether it must be filled in, options, and the limits of its values.

use std::collections::BTreeSet;

use serde_json::Value;

use super::structure::{self, short};
use super::{FieldChange, FieldChangeKind, PageDiff, from_to};
use crate::domain::locale::Text;

/// Compares two definitions of form pages. The earlier one may be nothing.
pub(super) fn compare(before: &Value, after: &Value, found: &mut PageDiff) {
    let (before, after) = (Form(before), Form(after));
    let keys = after.keys();
    for key in &keys {
        let change = match before.has(key) {
            false => Some((FieldChangeKind::Added, after.introduction(key))),
            true => {
                let details = details(before, after, key);
                (!details.is_empty()).then_some((FieldChangeKind::Changed, details))
            }
        };
        let label = after.label(key).to_owned();
        let key = (*key).to_owned();
        found.fields.extend(change.map(|(change, details)| FieldChange {
            key,
            label,
            change,
            details,
        }));
    }
    for key in before.keys().into_iter().filter(|key| !after.has(key)) {
        found.fields.push(FieldChange {
            key: key.to_owned(),
            label: before.label(key).to_owned(),
            change: FieldChangeKind::Removed,
            details: Vec::new(),
        });
    }
    if !before.0.is_null() {
        whole(before, after, &mut found.details);
    }
}

/// What is not one field: order, title, views.
fn whole(before: Form<'_>, after: Form<'_>, details: &mut Vec<Text>) {
    let kept = |form: Form<'_>, other: Form<'_>| -> Vec<String> {
        form.order()
            .into_iter()
            .filter(|key| other.has(key))
            .map(str::to_owned)
            .collect()
    };
    if kept(before, after) != kept(after, before) {
        details.push(Text::new("字段顺序已调整", "The order of the fields changed"));
    }
    let title = |form: Form<'_>| {
        form.0["ui"]["titleField"]
            .as_str()
            .map(|key| form.label(key).to_owned())
    };
    if before.0["ui"]["titleField"] != after.0["ui"]["titleField"] {
        let (from, to) = (title(before).unwrap_or_default(), title(after).unwrap_or_default());
        details.push(from_to(Text::new("标题字段", "Title field"), &from, &to));
    }
    if before.0["ui"]["views"] != after.0["ui"]["views"] {
        details.push(Text::new("列表视图已调整", "The list views changed"));
    }
    let known = ["fields", "order", "titleField", "views", "source"];
    structure::compare_members(&before.0["ui"], &after.0["ui"], &known, details);
    structure::compare_members(
        &before.0["schema"],
        &after.0["schema"],
        &["properties", "required", "$defs"],
        details,
    );
    if before.0["schema"]["$defs"] != after.0["schema"]["$defs"] {
        details.push(Text::new("共用的字段规则已调整", "Rules that fields share changed"));
    }
}

/// A definition of a form page.
#[derive(Clone, Copy)]
struct Form<'a>(&'a Value);

impl<'a> Form<'a> {
    /// The fields in the order of the schema.
    fn keys(self) -> Vec<&'a str> {
        let properties = self.0["schema"]["properties"].as_object();
        properties
            .into_iter()
            .flat_map(|all| all.keys().map(String::as_str))
            .collect()
    }

    /// The fields from top to bottom.
    fn order(self) -> Vec<&'a str> {
        let named: Vec<&str> = self.0["ui"]["order"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let seen: BTreeSet<&str> = named.iter().copied().collect();
        let rest = self.keys().into_iter().filter(|key| !seen.contains(key));
        named.iter().copied().chain(rest).collect()
    }

    fn has(self, key: &str) -> bool {
        self.property(key).is_some()
    }

    fn property(self, key: &str) -> Option<&'a Value> {
        self.0["schema"]["properties"].get(key)
    }

    fn ui(self, key: &str) -> &'a Value {
        &self.0["ui"]["fields"][key]
    }

    fn label<'b>(self, key: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let title = self.property(key).and_then(|property| property["title"].as_str());
        self.ui(key)["label"].as_str().or(title).unwrap_or(key)
    }

    fn is_required(self, key: &str) -> bool {
        let required = self.0["schema"]["required"].as_array();
        required.is_some_and(|all| all.iter().any(|it| it == key))
    }

    /// What kind of field it is: how it is filled in, or else the type of its values.
    fn type_name(self, key: &str) -> Text {
        let property = self.property(key).unwrap_or(&Value::Null);
        let word = self.ui(key)["widget"].as_str().or_else(|| property["type"].as_str());
        word.map_or_else(|| Text::new("其他", "other"), type_name)
    }

    /// What may be chosen.
    fn options(self, key: &str) -> Vec<String> {
        let property = self.property(key).unwrap_or(&Value::Null);
        let labelled = self.ui(key)["options"].as_array();
        let said = |option: &Value| {
            let named = option["label"].as_str().map(str::to_owned);
            named.unwrap_or_else(|| short(&option["value"]))
        };
        let listed = property["enum"]
            .as_array()
            .or_else(|| property["items"]["enum"].as_array());
        match (labelled, listed) {
            (Some(options), _) => options.iter().map(said).collect(),
            (None, Some(values)) => values.iter().map(short).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// A field that is new, in a few words.
    fn introduction(self, key: &str) -> Vec<Text> {
        let mut said = vec![self.type_name(key)];
        if self.is_required(key) {
            said.push(Text::new("必填", "required"));
        }
        said
    }
}

/// What changed about a field that both have.
fn details(before: Form<'_>, after: Form<'_>, key: &str) -> Vec<Text> {
    let mut said = Vec::new();
    if before.label(key) != after.label(key) {
        said.push(from_to(Text::new("名称", "Label"), before.label(key), after.label(key)));
    }
    let (from, to) = (before.type_name(key), after.type_name(key));
    if from != to {
        said.push(Text::new(
            format!("类型：{} → {}", from.zh, to.zh),
            format!("Type: {} → {}", from.en, to.en),
        ));
    }
    match (before.is_required(key), after.is_required(key)) {
        (false, true) => said.push(Text::new("改为必填", "Now required")),
        (true, false) => said.push(Text::new("不再必填", "No longer required")),
        _ => {}
    }
    said.extend(options(&before.options(key), &after.options(key)));
    let nothing = Value::Null;
    let of = |form: Form<'_>| (form.property(key).unwrap_or(&nothing).clone(), form.ui(key).clone());
    let ((property, ui), (later, later_ui)) = (of(before), of(after));
    for (member, what) in settings() {
        let value = |property: &Value, ui: &Value| match ui.get(member) {
            Some(value) => value.clone(),
            None => property.get(member).cloned().unwrap_or_default(),
        };
        let (from, to) = (value(&property, &ui), value(&later, &later_ui));
        if from != to {
            said.push(from_to(what, &short(&from), &short(&to)));
        }
    }
    if said.is_empty() && (property != later || rest(&ui) != rest(&later_ui)) {
        said.push(Text::new("字段设置已调整", "Settings of the field changed"));
    }
    said
}

/// How a field is shown without what nothing reads.
fn rest(ui: &Value) -> Value {
    let mut ui = ui.clone();
    if let Some(members) = ui.as_object_mut() {
        members.remove("source");
    }
    ui
}

fn options(before: &[String], after: &[String]) -> Option<Text> {
    if before == after {
        return None;
    }
    let without = |all: &[String], others: &[String]| -> Vec<String> {
        all.iter().filter(|it| !others.contains(it)).take(20).cloned().collect()
    };
    let (added, removed) = (without(after, before), without(before, after));
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !added.is_empty() {
        zh.push(format!("新增 {}", added.join("、")));
        en.push(format!("added {}", added.join(", ")));
    }
    if !removed.is_empty() {
        zh.push(format!("移除 {}", removed.join("、")));
        en.push(format!("removed {}", removed.join(", ")));
    }
    if zh.is_empty() {
        zh.push("顺序已调整".to_owned());
        en.push("order changed".to_owned());
    }
    Some(Text::new(
        format!("选项：{}", zh.join("；")),
        format!("Options: {}", en.join("; ")),
    ))
}

/// What else people know about a field, by its name in the definition.
fn settings() -> [(&'static str, Text); 15] {
    [
        ("help", Text::new("说明", "Help")),
        ("placeholder", Text::new("占位提示", "Placeholder")),
        ("unit", Text::new("单位", "Unit")),
        ("group", Text::new("分组", "Group")),
        ("readOnly", Text::new("只读", "Read-only")),
        ("richText", Text::new("富文本", "Rich text")),
        ("target", Text::new("关联页面", "Linked page")),
        ("max", Text::new("最高分", "Best rating")),
        ("minimum", Text::new("最小值", "Minimum")),
        ("maximum", Text::new("最大值", "Maximum")),
        ("minLength", Text::new("最少字数", "Least characters")),
        ("maxLength", Text::new("最多字数", "Most characters")),
        ("pattern", Text::new("格式", "Pattern")),
        ("format", Text::new("格式类型", "Format")),
        ("default", Text::new("默认值", "Default")),
    ]
}

/// What people call the ways to fill in a field, and the types of values.
fn type_name(word: &str) -> Text {
    match word {
        "text" | "string" => Text::new("文本", "text"),
        "longText" => Text::new("多行文本", "long text"),
        "email" => Text::new("邮箱", "e-mail"),
        "url" => Text::new("网址", "URL"),
        "phone" => Text::new("电话", "phone"),
        "number" => Text::new("数字", "number"),
        "integer" => Text::new("整数", "whole number"),
        "rating" => Text::new("评分", "rating"),
        "boolean" => Text::new("是否", "yes or no"),
        "date" => Text::new("日期", "date"),
        "dateTime" => Text::new("日期时间", "date and time"),
        "duration" => Text::new("时长", "duration"),
        "singleSelect" => Text::new("单选", "single select"),
        "multiSelect" => Text::new("多选", "multiple select"),
        "link" => Text::new("关联记录", "link to records"),
        "file" => Text::new("附件", "file"),
        "member" => Text::new("成员", "member"),
        "department" => Text::new("部门", "department"),
        "computed" => Text::new("计算结果", "computed"),
        "readOnly" => Text::new("只读", "read-only"),
        "array" => Text::new("列表", "list"),
        "object" => Text::new("组合", "group of values"),
        other => Text::from(other.to_owned()),
    }
}
