//! A form page's definition while it is edited: its fields as people think of them, written back into the JSON Schema and UI
//! schema with everything else left as it is. Pure; what a screen shows of it is `pages::customer::form_edit`.

use appshelf_rules::{Field, Form, Widget};
use serde_json::{Map, Value, json};

/// The types of which a field can be added, by the names of their widgets.
pub const TYPES: [&str; 14] = [
    "text",
    "longText",
    "number",
    "singleSelect",
    "multiSelect",
    "date",
    "dateTime",
    "boolean",
    "rating",
    "link",
    "file",
    "email",
    "phone",
    "url",
];

/// One of the values to choose from. A new one has no value yet: it becomes what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionDraft {
    pub value: Option<Value>,
    pub label: String,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDraft {
    pub key: String,
    /// The name of its widget.
    pub kind: String,
    pub label: String,
    pub help: String,
    /// What stands in the empty field.
    pub placeholder: String,
    pub unit: String,
    /// The heading under which it stands.
    pub group: String,
    pub limits: Limits,
    pub required: bool,
    /// Records are called by it.
    pub names_records: bool,
    /// Nobody fills it in.
    pub locked: bool,
    pub options: Vec<OptionDraft>,
    /// The form page that a link leads to.
    pub target: String,
    pub is_new: bool,
}

/// What its values have to keep to, as it is typed; empty for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The smallest number, or the least characters.
    pub least: String,
    pub most: String,
    /// A regular expression.
    pub pattern: String,
}

impl FieldDraft {
    pub fn new(key: String) -> Self {
        Self {
            key,
            kind: TYPES[0].to_owned(),
            label: String::new(),
            help: String::new(),
            placeholder: String::new(),
            unit: String::new(),
            group: String::new(),
            limits: Limits::default(),
            required: false,
            names_records: false,
            locked: false,
            options: Vec::new(),
            target: String::new(),
            is_new: true,
        }
    }

    pub fn offers(&self) -> bool {
        matches!(self.kind.as_str(), "singleSelect" | "multiSelect")
    }
}

/// The names in the schema of the least and the most of a kind of field.
pub fn bounds(kind: &str) -> Option<[&'static str; 2]> {
    match kind {
        "number" => Some(["minimum", "maximum"]),
        kind if is_typed(kind) => Some(["minLength", "maxLength"]),
        _ => None,
    }
}

/// Whether one types letters into it.
fn is_typed(kind: &str) -> bool {
    matches!(kind, "text" | "longText" | "email" | "phone" | "url")
}

/// Whether an empty field can show what belongs there.
pub fn has_placeholder(kind: &str) -> bool {
    is_typed(kind) || matches!(kind, "number" | "duration")
}

pub fn has_unit(kind: &str) -> bool {
    kind == "number"
}

pub fn has_pattern(kind: &str) -> bool {
    kind == "text"
}

/// Whether records can be called by it.
pub fn can_name(kind: &str) -> bool {
    kind != "file"
}

/// The fields of a definition in their order.
pub fn read(definition: &Value) -> Vec<FieldDraft> {
    let form = Form::read(definition);
    form.fields
        .into_iter()
        .map(|field| drafted(definition, field))
        .collect()
}

fn drafted(definition: &Value, field: Field) -> FieldDraft {
    let named = definition["ui"]["fields"][&field.key]["widget"].as_str();
    let kind = named.map_or_else(|| plain_widget(&field).to_owned(), str::to_owned);
    let property = &definition["schema"]["properties"][&field.key];
    let typed = |name: &str| plain(&property[name]);
    let [least, most] = bounds(&kind).map_or_else(Default::default, |names| names.map(typed));
    let limits = Limits {
        least,
        most,
        pattern: if has_pattern(&kind) {
            typed("pattern")
        } else {
            String::new()
        },
    };
    let options = field.choices.into_iter().map(|choice| OptionDraft {
        value: Some(choice.value),
        label: choice.label,
    });
    let names_records = definition["ui"]["titleField"] == field.key.as_str();
    FieldDraft {
        options: options.collect(),
        locked: field.widget == Widget::Locked,
        key: field.key,
        kind,
        label: field.label,
        help: field.help,
        placeholder: field.placeholder,
        unit: field.unit,
        group: field.group,
        limits,
        required: field.required,
        names_records,
        target: field.target,
        is_new: false,
    }
}

/// The widget of a field that the UI schema does not speak of.
fn plain_widget(field: &Field) -> &'static str {
    match field.widget {
        Widget::Number => "number",
        Widget::Boolean => "boolean",
        Widget::Locked => "readOnly",
        _ => "text",
    }
}

/// The definition with the given fields in their order; those that it has besides are taken away.
pub fn write(definition: &Value, fields: &[FieldDraft]) -> Value {
    let mut written = definition.clone();
    let before = read(definition);
    for gone in before
        .iter()
        .filter(|field| fields.iter().all(|kept| kept.key != field.key))
    {
        take(&mut written, &["schema", "properties"], &gone.key);
        take(&mut written, &["ui", "fields"], &gone.key);
    }
    for field in fields {
        match before.iter().find(|known| known.key == field.key) {
            Some(known) => change(&mut written, known, field),
            None => add(&mut written, field),
        }
    }
    let order: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    written["ui"]["order"] = json!(order);
    match fields.iter().find(|field| field.names_records) {
        Some(field) => written["ui"]["titleField"] = json!(field.key),
        None => take(&mut written, &["ui"], "titleField"),
    }
    require(&mut written, &before, fields);
    written
}

/// Works on the object at a path, which is made where it is missing.
fn within(value: &mut Value, path: &[&str], work: &mut dyn FnMut(&mut Map<String, Value>)) {
    let mut at = value;
    for step in path {
        if !at[*step].is_object() {
            at[*step] = json!({});
        }
        at = &mut at[*step];
    }
    if let Value::Object(members) = at {
        work(members);
    }
}

fn take(value: &mut Value, path: &[&str], member: &str) {
    within(value, path, &mut |members| drop(members.remove(member)));
}

fn put(value: &mut Value, path: &[&str], member: &str, content: &Value) {
    within(value, path, &mut |members| {
        members.insert(member.to_owned(), content.clone());
    });
}

fn change(written: &mut Value, known: &FieldDraft, field: &FieldDraft) {
    let ui = ["ui", "fields", field.key.as_str()];
    limit(written, known, field);
    let texts = |draft: &FieldDraft| {
        let FieldDraft {
            label,
            help,
            placeholder,
            unit,
            group,
            ..
        } = draft;
        [label, help, placeholder, unit, group].map(Clone::clone)
    };
    if texts(field) == texts(known) && field.options == known.options {
        return;
    }
    if !written["ui"]["fields"][&field.key]["widget"].is_string() {
        put(written, &ui, "widget", &json!(field.kind));
    }
    if field.label != known.label {
        put(written, &ui, "label", &json!(field.label));
        let property = ["schema", "properties", field.key.as_str()];
        if written["schema"]["properties"][&field.key]["title"].is_string() {
            put(written, &property, "title", &json!(field.label));
        }
    }
    let names = ["help", "placeholder", "unit", "group"];
    for (name, (now, was)) in names.into_iter().zip(texts(field).iter().zip(&texts(known)).skip(1)) {
        match now.is_empty() {
            true => take(written, &ui, name),
            false if now != was => put(written, &ui, name, &json!(now)),
            false => {}
        }
    }
    if field.options != known.options {
        offer(written, field);
    }
}

/// Writes what its values have to keep to, where that was changed.
fn limit(written: &mut Value, known: &FieldDraft, field: &FieldDraft) {
    let property = ["schema", "properties", field.key.as_str()];
    let (was, now) = (&known.limits, &field.limits);
    let mut changed: Vec<(&str, &str)> = Vec::new();
    if let Some([least, most]) = bounds(&field.kind) {
        let ends = [(least, &was.least, &now.least), (most, &was.most, &now.most)];
        changed.extend(
            ends.iter()
                .filter(|(_, was, now)| was != now)
                .map(|(name, _, now)| (*name, now.as_str())),
        );
    }
    if has_pattern(&field.kind) && was.pattern != now.pattern {
        changed.push(("pattern", &now.pattern));
    }
    for (name, typed) in changed {
        let value = match name {
            "pattern" => (!typed.is_empty()).then(|| json!(typed)),
            _ => number(typed),
        };
        match value {
            Some(value) => put(written, &property, name, &value),
            None => take(written, &property, name),
        }
    }
}

/// A typed number; none where it is empty or none.
pub fn number(typed: &str) -> Option<Value> {
    if let Ok(whole) = typed.parse::<i64>() {
        return Some(json!(whole));
    }
    let number: f64 = typed.parse().ok()?;
    number.is_finite().then(|| json!(number))
}

/// Writes the values to choose from: those that are there keep their value, whatever they are called now.
fn offer(written: &mut Value, field: &FieldDraft) {
    let values: Vec<Value> = field.options.iter().map(value_of).collect();
    let ui = &mut written["ui"]["fields"][&field.key];
    let earlier = ui["options"].as_array().cloned().unwrap_or_default();
    let options = field.options.iter().zip(&values).map(|(option, value)| {
        let mut shown = earlier
            .iter()
            .find(|known| known["value"] == *value)
            .cloned()
            .unwrap_or_else(|| json!({ "value": value }));
        if shown["label"].is_string() || plain(value) != option.label {
            shown["label"] = json!(option.label);
        }
        shown
    });
    ui["options"] = options.collect();
    let property = &mut written["schema"]["properties"][&field.key];
    if property["items"]["enum"].is_array() {
        property["items"]["enum"] = json!(values);
    } else if property["enum"].is_array() {
        property["enum"] = json!(values);
    }
    let default = property["default"].clone();
    let offered = |one: &Value| values.contains(one);
    let stands = match &default {
        Value::Array(several) => several.iter().all(offered),
        one => one.is_null() || offered(one),
    };
    // What can no longer be chosen is no longer what a record begins with.
    if let (false, Some(members)) = (stands, property.as_object_mut()) {
        members.remove("default");
    }
}

fn value_of(option: &OptionDraft) -> Value {
    option.value.clone().unwrap_or_else(|| json!(option.label))
}

fn plain(value: &Value) -> String {
    appshelf_rules::value::plain_text(value)
}

fn add(written: &mut Value, field: &FieldDraft) {
    let values: Vec<Value> = field.options.iter().map(value_of).collect();
    let one = |name: &str| json!({ "type": name });
    let text = |format: &str| json!({ "type": "string", "format": format });
    let items = |members: Value| json!({ "type": "array", "items": { "type": "object", "properties": members } });
    let mut property = match field.kind.as_str() {
        "longText" => json!({ "type": "string", "maxLength": 5000 }),
        "number" => one("number"),
        "singleSelect" => json!({ "type": "string", "enum": values }),
        "multiSelect" => json!({ "type": "array", "items": { "type": "string", "enum": values }, "uniqueItems": true }),
        "date" => text("date"),
        "dateTime" => text("date-time"),
        "boolean" => one("boolean"),
        "rating" => json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
        "link" => items(json!({ "record": one("string"), "title": one("string") })),
        "file" => items(json!({ "file": one("string"), "name": one("string") })),
        "email" => text("email"),
        "url" => text("uri"),
        "phone" => one("string"),
        _ => json!({ "type": "string", "maxLength": 200 }),
    };
    property["title"] = json!(field.label);
    let mut ui = json!({ "widget": field.kind, "label": field.label });
    if !field.help.is_empty() {
        ui["help"] = json!(field.help);
    }
    match field.kind.as_str() {
        "rating" => ui["max"] = json!(5),
        "link" => ui["target"] = json!(field.target),
        "singleSelect" | "multiSelect" => {
            ui["options"] = values.iter().map(|value| json!({ "value": value })).collect();
        }
        _ => {}
    }
    put(written, &["schema", "properties"], &field.key, &property);
    put(written, &["ui", "fields"], &field.key, &ui);
    let as_added = FieldDraft {
        label: field.label.clone(),
        help: field.help.clone(),
        options: field.options.clone(),
        ..FieldDraft::new(field.key.clone())
    };
    change(written, &as_added, field);
}

/// Which fields must be filled in. What the schema says of fields that nobody fills in stays.
fn require(written: &mut Value, before: &[FieldDraft], fields: &[FieldDraft]) {
    let named = written["schema"]["required"].as_array().cloned().unwrap_or_default();
    let mut required: Vec<String> = named
        .iter()
        .filter_map(Value::as_str)
        .filter(|key| fields.iter().any(|field| field.key == **key))
        .map(str::to_owned)
        .collect();
    for field in fields.iter().filter(|field| !field.locked) {
        let was = before.iter().any(|known| known.key == field.key && known.required);
        match (was, field.required) {
            (true, false) => required.retain(|key| *key != field.key),
            (false, true) => required.push(field.key.clone()),
            _ => {}
        }
    }
    if !required.is_empty() || !named.is_empty() {
        written["schema"]["required"] = json!(required);
    }
}

/// What became of an edit when somebody else was quicker.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebased {
    pub fields: Vec<FieldDraft>,
    /// Keys of fields that both changed; the edit's stay.
    pub both: Vec<String>,
    /// What the other one added or took away, by label.
    pub added: Vec<String>,
    pub gone: Vec<String>,
}

/// The edit on top of what somebody else saved: what was not touched is theirs, what was touched stays.
pub fn rebase(before: &Value, newer: &Value, mine: &[FieldDraft]) -> Rebased {
    let (before, theirs) = (read(before), read(newer));
    let of = |list: &[FieldDraft], key: &str| list.iter().find(|field| field.key == key).cloned();
    let mut rebased = Rebased {
        fields: Vec::new(),
        both: Vec::new(),
        added: Vec::new(),
        gone: Vec::new(),
    };
    for field in mine {
        let (was, now) = (of(&before, &field.key), of(&theirs, &field.key));
        match (was, now) {
            (Some(was), Some(now)) if *field == was => rebased.fields.push(now),
            (Some(was), Some(now)) => {
                if now != was && now != *field {
                    rebased.both.push(field.key.clone());
                }
                rebased.fields.push(field.clone());
            }
            (Some(was), None) => rebased.gone.push(was.label),
            (None, _) => rebased.fields.push(field.clone()),
        }
    }
    // Records are called by one field: by mine, where I chose another one.
    let named = |list: &[FieldDraft]| {
        list.iter()
            .find(|field| field.names_records)
            .map(|field| field.key.clone())
    };
    let names = match named(mine) == named(&before) {
        true => named(&theirs),
        false => named(mine),
    };
    for field in theirs {
        if of(&before, &field.key).is_none() && of(mine, &field.key).is_none() {
            rebased.added.push(field.label.clone());
            rebased.fields.push(field);
        }
    }
    for field in &mut rebased.fields {
        field.names_records = names.as_ref() == Some(&field.key);
    }
    rebased
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Value {
        json!({
            "schema": { "type": "object", "required": ["name", "total"], "properties": {
                "name": { "type": "string", "title": "名称", "maxLength": 50 },
                "state": { "type": "string", "enum": ["run", "stop"], "default": "stop" },
                "total": { "type": "string", "readOnly": true }
            } },
            "ui": { "order": ["name", "state", "total"], "titleField": "name", "views": [{ "name": "全部" }], "fields": {
                "name": { "widget": "text", "label": "名称", "source": { "id": 1 } },
                "state": { "widget": "singleSelect", "label": "状态", "options": [
                    { "value": "run", "label": "运行", "color": "green" }, { "value": "stop", "color": "gray" }
                ] },
                "total": { "widget": "computed", "label": "合计" }
            } }
        })
    }

    #[test]
    fn what_nobody_touched_is_written_as_it_was() {
        assert_eq!(write(&definition(), &read(&definition())), definition());
    }

    #[test]
    fn an_option_keeps_its_value_whatever_it_is_called() {
        let mut fields = read(&definition());
        fields[1].options[1].label = "停机".to_owned();
        fields[1].options.push(OptionDraft {
            value: None,
            label: "维修".to_owned(),
        });
        let written = write(&definition(), &fields);
        assert_eq!(
            written["schema"]["properties"]["state"]["enum"],
            json!(["run", "stop", "维修"])
        );
        let options = json!([
            { "value": "run", "label": "运行", "color": "green" }, { "value": "stop", "label": "停机", "color": "gray" },
            { "value": "维修" }
        ]);
        assert_eq!(written["ui"]["fields"]["state"]["options"], options);
        fields[1].options.remove(1);
        let written = write(&definition(), &fields);
        assert!(written["schema"]["properties"]["state"].get("default").is_none());
    }

    #[test]
    fn labels_help_and_what_must_be_filled_in_change_in_both_schemas() {
        let mut fields = read(&definition());
        fields[0].label = "设备".to_owned();
        fields[0].help = "按铭牌填写".to_owned();
        fields[0].required = false;
        fields[1].required = true;
        let written = write(&definition(), &fields);
        assert_eq!(written["schema"]["properties"]["name"]["title"], "设备");
        assert_eq!(
            written["ui"]["fields"]["name"],
            json!({ "widget": "text", "label": "设备", "help": "按铭牌填写", "source": { "id": 1 } })
        );
        assert_eq!(
            written["schema"]["required"],
            json!(["total", "state"]),
            "what is calculated stays as the schema has it"
        );
    }

    #[test]
    fn what_a_field_says_and_keeps_to_is_written_where_it_belongs() {
        let mut fields = read(&definition());
        assert_eq!(fields[0].limits.most, "50");
        assert!(fields[0].names_records);
        let name = &mut fields[0];
        (name.placeholder, name.group) = ("A-01".to_owned(), "基本信息".to_owned());
        (name.limits.least, name.limits.most, name.limits.pattern) =
            ("2".to_owned(), String::new(), "^[A-Z]-\\d+$".to_owned());
        name.names_records = false;
        fields[1].names_records = true;
        let mut new = FieldDraft::new("f_1".to_owned());
        (new.kind, new.label, new.unit) = ("number".to_owned(), "重量".to_owned(), "kg".to_owned());
        new.limits.least = "0.5".to_owned();
        fields.push(new);
        let written = write(&definition(), &fields);
        assert_eq!(
            written["schema"]["properties"]["name"],
            json!({ "type": "string", "title": "名称", "minLength": 2, "pattern": "^[A-Z]-\\d+$" })
        );
        assert_eq!(written["ui"]["fields"]["name"]["placeholder"], "A-01");
        assert_eq!(written["ui"]["fields"]["name"]["group"], "基本信息");
        assert_eq!(written["ui"]["titleField"], "state");
        assert_eq!(
            written["schema"]["properties"]["f_1"],
            json!({ "type": "number", "title": "重量", "minimum": 0.5 })
        );
        assert_eq!(written["ui"]["fields"]["f_1"]["unit"], "kg");
        let again = read(&written);
        let kept = |field: &FieldDraft| FieldDraft {
            is_new: false,
            ..field.clone()
        };
        assert_eq!(again[0], fields[0]);
        assert_eq!(again[3], kept(&fields[3]));
        fields[1].names_records = false;
        assert!(write(&definition(), &fields)["ui"].get("titleField").is_none());
    }

    #[test]
    fn fields_are_added_moved_and_taken_away() {
        let mut fields = read(&definition());
        fields.remove(0);
        fields.swap(0, 1);
        let mut new = FieldDraft::new("f_1".to_owned());
        (new.kind, new.label, new.required) = ("date".to_owned(), "日期".to_owned(), true);
        fields.push(new);
        let written = write(&definition(), &fields);
        assert_eq!(written["ui"]["order"], json!(["total", "state", "f_1"]));
        assert_eq!(
            written["schema"]["properties"]["f_1"],
            json!({ "type": "string", "format": "date", "title": "日期" })
        );
        assert_eq!(written["schema"]["required"], json!(["total", "f_1"]));
        assert!(written["ui"].get("titleField").is_none() && written["ui"]["views"].is_array());
        let again = read(&written);
        assert_eq!(
            (again[2].kind.as_str(), again[2].required, again[2].is_new),
            ("date", true, false)
        );
    }

    #[test]
    fn an_edit_that_came_second_keeps_what_both_typed() {
        let mut theirs = read(&definition());
        theirs[0].label = "他们的名称".to_owned();
        theirs[1].label = "他们的状态".to_owned();
        theirs.push(FieldDraft {
            kind: "date".to_owned(),
            label: "新日期".to_owned(),
            ..FieldDraft::new("theirs".to_owned())
        });
        let newer = write(&definition(), &theirs);
        let mut mine = read(&definition());
        mine[1].label = "我的状态".to_owned();
        mine.push(FieldDraft {
            label: "我的字段".to_owned(),
            ..FieldDraft::new("mine".to_owned())
        });
        let rebased = rebase(&definition(), &newer, &mine);
        let labels: Vec<&str> = rebased.fields.iter().map(|field| field.label.as_str()).collect();
        assert_eq!(labels, ["他们的名称", "我的状态", "合计", "我的字段", "新日期"]);
        assert_eq!(
            (rebased.both, rebased.added),
            (vec!["state".to_owned()], vec!["新日期".to_owned()])
        );
    }
}
