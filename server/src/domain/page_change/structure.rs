//! What changed about a definition that is no form: its parts by the names they carry, one sentence for each. Order of an object's
//! members means nothing, order of a list does.

use serde_json::{Map, Value};

use super::from_to;
use crate::domain::locale::Text;

/// Most sentences about one page; what is left is counted.
const MOST: usize = 100;
/// Most characters of a value in a sentence.
const SHORT: usize = 60;

/// Compares two definitions.
pub(super) fn compare(before: &Value, after: &Value, details: &mut Vec<Text>) {
    let mut walk = Walk::default();
    walk.values(&[], before, after);
    walk.tell(details);
}

/// Compares the members of two objects, some of them left out.
pub(super) fn compare_members(before: &Value, after: &Value, except: &[&str], details: &mut Vec<Text>) {
    let rest = |value: &Value| -> Value {
        let members = value.as_object().cloned().unwrap_or_default();
        let kept = members.into_iter().filter(|(name, _)| !except.contains(&name.as_str()));
        Value::Object(kept.collect::<Map<_, _>>())
    };
    compare(&rest(before), &rest(after), details);
}

/// A value in a few characters.
pub(super) fn short(value: &Value) -> String {
    let text = match value {
        Value::Null => return "—".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.chars().count() > SHORT {
        true => text.chars().take(SHORT - 1).chain(['…']).collect(),
        false => text,
    }
}

#[derive(Default)]
struct Walk {
    told: Vec<Text>,
    left: usize,
}

impl Walk {
    fn say(&mut self, text: Text) {
        match self.told.len() < MOST {
            true => self.told.push(text),
            false => self.left += 1,
        }
    }

    fn tell(self, details: &mut Vec<Text>) {
        details.extend(self.told);
        if self.left > 0 {
            let left = self.left;
            details.push(Text::new(format!("另有 {left} 处变更"), format!("{left} more changes")));
        }
    }

    fn values(&mut self, path: &[Text], before: &Value, after: &Value) {
        match (before, after) {
            _ if before == after => {}
            (Value::Object(before), Value::Object(after)) => self.objects(path, before, after),
            (Value::Array(before), Value::Array(after)) => self.lists(path, before, after),
            _ => self.say(from_to(place(path), &short(before), &short(after))),
        }
    }

    fn objects(&mut self, path: &[Text], before: &Map<String, Value>, after: &Map<String, Value>) {
        for (name, later) in after {
            let path = below(path, member_name(name));
            match before.get(name) {
                Some(earlier) => self.values(&path, earlier, later),
                None => self.say(added(&path, later)),
            }
        }
        for name in before.keys().filter(|name| !after.contains_key(*name)) {
            self.say(removed(&below(path, member_name(name))));
        }
    }

    /// Parts of a list are told apart by what names them; where nothing does, by their place.
    fn lists(&mut self, path: &[Text], before: &[Value], after: &[Value]) {
        let Some(name) = name_of_parts(before, after) else {
            return self.places(path, before, after);
        };
        let find = |all: &[Value], part: &Value| all.iter().position(|it| it[name] == part[name]);
        for part in after {
            let path = below(path, called(part));
            match find(before, part) {
                Some(index) => self.values(&path, &before[index], part),
                None => self.say(added(&path, &Value::Null)),
            }
        }
        for part in before.iter().filter(|part| find(after, part).is_none()) {
            self.say(removed(&below(path, called(part))));
        }
        let kept = |all: &[Value], others: &[Value]| -> Vec<Value> {
            let both = all.iter().filter(|part| find(others, part).is_some());
            both.map(|part| part[name].clone()).collect()
        };
        if kept(before, after) != kept(after, before) {
            let place = place(path);
            self.say(Text::new(
                format!("{}：顺序已调整", place.zh),
                format!("{}: order changed", place.en),
            ));
        }
    }

    fn places(&mut self, path: &[Text], before: &[Value], after: &[Value]) {
        for (index, later) in after.iter().enumerate() {
            let path = below(path, Text::from(format!("{}", index + 1)));
            match before.get(index) {
                Some(earlier) => self.values(&path, earlier, later),
                None => self.say(added(&path, later)),
            }
        }
        for index in after.len()..before.len() {
            self.say(removed(&below(path, Text::from(format!("{}", index + 1)))));
        }
    }
}

/// The member by which every part of both lists is told apart.
fn name_of_parts(before: &[Value], after: &[Value]) -> Option<&'static str> {
    ["id", "key", "name", "path"].into_iter().find(|name| {
        [before, after].iter().all(|all| {
            let mut seen: Vec<String> = all
                .iter()
                .filter_map(|part| part.get(*name))
                .map(Value::to_string)
                .collect();
            seen.sort_unstable();
            seen.dedup();
            seen.len() == all.len()
        })
    })
}

/// What people would call a part of a list.
fn called(part: &Value) -> Text {
    let member = |name: &str| part[name].as_str().filter(|text| !text.is_empty());
    let named = ["title", "label", "name", "text", "value", "key"]
        .into_iter()
        .find_map(member);
    let kind = member("type");
    let id = short(&part["id"]);
    Text::from(match (named, kind) {
        (Some(named), _) => short(&Value::from(named)),
        (None, Some(kind)) => format!("{kind} {id}"),
        (None, None) => id,
    })
}

fn below(path: &[Text], name: Text) -> Vec<Text> {
    path.iter().cloned().chain([name]).collect()
}

fn place(path: &[Text]) -> Text {
    let said = |part: fn(&Text) -> &str| path.iter().map(part).collect::<Vec<_>>().join(" › ");
    Text::new(said(|it| &it.zh), said(|it| &it.en))
}

fn added(path: &[Text], value: &Value) -> Text {
    let place = place(path);
    match value {
        Value::Null | Value::Object(_) | Value::Array(_) => {
            Text::new(format!("新增 {}", place.zh), format!("Added {}", place.en))
        }
        value => {
            let value = short(value);
            Text::new(
                format!("新增 {}：{value}", place.zh),
                format!("Added {}: {value}", place.en),
            )
        }
    }
}

fn removed(path: &[Text]) -> Text {
    let place = place(path);
    Text::new(format!("移除 {}", place.zh), format!("Removed {}", place.en))
}

/// What people call the usual members of a page's definition (`docs/package-format.md`); others keep their name.
fn member_name(name: &str) -> Text {
    match name {
        "elements" => Text::new("页面元素", "Elements"),
        "dataSources" => Text::new("数据源", "Data sources"),
        "workflowActions" => Text::new("动作", "Actions"),
        "path" => Text::new("路径", "Path"),
        "home" => Text::new("首页", "Home page"),
        "pages" => Text::new("页面", "Pages"),
        "groups" => Text::new("分组", "Groups"),
        "theme" => Text::new("主题", "Theme"),
        "signIn" => Text::new("登录页", "Sign-in page"),
        "title" => Text::new("标题", "Title"),
        "text" | "value" => Text::new("文字", "Text"),
        "version" => Text::new("版本", "Version"),
        "properties" => Text::new("属性", "Properties"),
        "template" => Text::new("模板", "Template"),
        other => Text::from(other.to_owned()),
    }
}
