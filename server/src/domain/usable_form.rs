//! Whether people can fill in a form (D19): what keeps them from ever submitting it, and what would name its records by what not
//! everybody may read.

use appshelf_rules::check::is_locked;
use appshelf_rules::{Form, Widget};
use serde_json::{Map, Value};

use super::contradiction;
use super::form_edit::label;
use super::locale::{Locale, Text};

/// What is wrong with the field that names records: not everybody may read what a link leads to. One that was a link before
/// the edit names them no more than it did, and stays.
pub fn unreadable_title(before: &Value, after: &Value) -> Option<Text> {
    let link = |definition: &Value| {
        let form = Form::read(definition);
        let field = form.field(form.title.as_deref()?)?;
        (field.looks == Widget::Link).then(|| (field.key.clone(), field.label.clone()))
    };
    let (key, label) = link(after)?;
    if link(before).is_some_and(|(was, _)| was == key) {
        return None;
    }
    Some(Text::new(
        format!("关联字段“{label}”不能作为标题字段：不是每个人都能查看关联的记录"),
        format!("The link \"{label}\" cannot name records: not everybody may read what it leads to"),
    ))
}

/// What keeps people from ever submitting the form: it asks for a field that it does not have, offers nothing to choose, or
/// contradicts itself.
pub fn unusable(definition: &Value) -> Vec<Text> {
    let empty = Map::new();
    let properties = definition["schema"]["properties"].as_object().unwrap_or(&empty);
    if properties.is_empty() {
        return vec![Text::new("表单至少需要一个字段", "A form has at least one field")];
    }
    let required = definition["schema"]["required"].as_array().into_iter().flatten();
    let missing = required
        .filter_map(Value::as_str)
        .filter(|key| !properties.contains_key(*key))
        .map(|key| {
            Text::new(
                format!("必填字段“{key}”不在表单中"),
                format!("\"{key}\" is required and is no field of the form"),
            )
        });
    let nothing = properties.iter().filter_map(|(key, property)| {
        let (label, why) = (label(definition, key), contradiction::of(property)?);
        Some(Text::new(
            format!("字段“{label}”没有人能填写：{}", why.get(Locale::ZhCn)),
            format!("Nobody can fill in \"{label}\": {}", why.get(Locale::En)),
        ))
    });
    let whole = of_the_whole(definition, properties).map(|why| {
        Text::new(
            format!("没有人能提交此表单：{}", why.get(Locale::ZhCn)),
            format!("Nobody can submit the form: {}", why.get(Locale::En)),
        )
    });
    missing.chain(nothing).chain(whole).collect()
}

/// What the form as a whole asks that no record can be.
fn of_the_whole(definition: &Value, properties: &Map<String, Value>) -> Option<Text> {
    let schema = &definition["schema"];
    let filled = |key: &str| {
        let ui = &definition["ui"]["fields"][key];
        properties.get(key).is_some_and(|property| !is_locked(property, ui))
    };
    let asked = schema["required"].as_array().into_iter().flatten();
    let asked = asked.filter_map(Value::as_str).filter(|key| filled(key)).count();
    let most = schema["maxProperties"].as_u64();
    if most.is_some_and(|most| most == 0 || most < asked as u64) {
        return Some(Text::new(
            "maxProperties 小于必填字段的数量",
            "maxProperties leaves no room for the fields that it asks for",
        ));
    }
    let fillable = properties.keys().filter(|key| filled(key)).count();
    if schema["minProperties"]
        .as_u64()
        .is_some_and(|least| least > fillable as u64)
    {
        return Some(Text::new(
            "minProperties 大于可填写字段的数量",
            "minProperties asks for more fields than people can fill in",
        ));
    }
    // Its fields were looked at one by one.
    let mut rest = schema.as_object()?.clone();
    rest.remove("properties");
    contradiction::of(&Value::Object(rest))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(properties: Value) -> Value {
        json!({ "schema": { "type": "object", "properties": properties },
                "ui": { "fields": { "name": { "widget": "text", "label": "名称" } } } })
    }

    #[test]
    fn d30_no_link_is_made_the_title_of_records() {
        let of = |title: &str| {
            let mut form = form(json!({ "name": { "type": "string" }, "cust": { "type": "array" } }));
            form["ui"]["fields"]["cust"] = json!({ "widget": "link", "target": "x" });
            form["ui"]["titleField"] = json!(title);
            form
        };
        assert!(unreadable_title(&of("name"), &of("cust")).is_some());
        assert_eq!(unreadable_title(&of("cust"), &of("name")), None);
        assert_eq!(unreadable_title(&of("cust"), &of("cust")), None);
    }

    #[test]
    fn d19_a_form_that_nobody_could_submit_is_named() {
        assert_eq!(unusable(&form(json!({}))).len(), 1);
        let mut asks = form(json!({ "name": { "type": "string" }, "state": { "type": "string", "enum": [] } }));
        asks["schema"]["required"] = json!(["name", "gone"]);
        assert_eq!(unusable(&asks).len(), 2);
        let plain = form(json!({ "name": { "type": "string", "enum": ["a"] } }));
        assert_eq!(unusable(&plain), []);
        for (keyword, value) in [
            ("not", json!({})),
            ("maxProperties", json!(0)),
            ("minProperties", json!(2)),
            ("allOf", json!([false])),
        ] {
            let mut closed = plain.clone();
            closed["schema"][keyword] = value;
            assert_eq!(unusable(&closed).len(), 1, "{keyword}");
        }
        assert_eq!(
            unusable(&form(json!({ "name": { "minLength": 10, "maxLength": 2 } }))).len(),
            1
        );
        let mut narrow = form(json!({ "name": { "type": "string" }, "sum": { "type": "number" } }));
        narrow["schema"]["required"] = json!(["name", "sum"]);
        narrow["schema"]["maxProperties"] = json!(1);
        assert_eq!(unusable(&narrow).len(), 1);
        // What nobody fills in takes no room.
        narrow["ui"]["fields"]["sum"] = json!({ "widget": "computed" });
        assert_eq!(unusable(&narrow), []);
    }
}
