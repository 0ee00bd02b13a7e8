//! An edit of a form as text that a browser keeps, and back. Pure; where it is kept is `pages::customer::form_edit`.

use serde_json::{Value, json};

use super::definition::{FieldDraft, Limits, OptionDraft};

/// A field that goes when the form is saved: where it stood, and how many records hold a value of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GoneDraft {
    pub field: FieldDraft,
    pub index: usize,
    pub records: u64,
}

/// What an edit has become so far.
#[derive(Clone, Debug, PartialEq)]
pub struct FormDraft {
    /// When it was typed last.
    pub at: String,
    /// The definition with which it began.
    pub base: Value,
    pub fields: Vec<FieldDraft>,
    pub removed: Vec<GoneDraft>,
}

impl FormDraft {
    pub fn write(&self) -> String {
        let gone = |gone: &GoneDraft| json!([value_of(&gone.field), gone.index, gone.records]);
        json!({
            "at": self.at, "base": self.base, "fields": self.fields.iter().map(value_of).collect::<Vec<_>>(),
            "removed": self.removed.iter().map(gone).collect::<Vec<_>>()
        })
        .to_string()
    }

    /// Nothing where the text is none that this version wrote.
    pub fn read(text: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(text).ok()?;
        let gone = |gone: &Value| {
            Some(GoneDraft {
                field: field_of(&gone[0])?,
                index: usize::try_from(gone[1].as_u64()?).ok()?,
                records: gone[2].as_u64()?,
            })
        };
        Some(Self {
            at: kept["at"].as_str()?.to_owned(),
            base: kept.get("base")?.clone(),
            fields: kept["fields"].as_array()?.iter().map(field_of).collect::<Option<_>>()?,
            removed: kept["removed"].as_array()?.iter().map(gone).collect::<Option<_>>()?,
        })
    }
}

fn value_of(field: &FieldDraft) -> Value {
    let option = |option: &OptionDraft| json!([option.value, option.label]);
    let Limits { least, most, pattern } = &field.limits;
    json!([
        [
            field.key,
            field.kind,
            field.label,
            field.help,
            field.placeholder,
            field.unit,
            field.group,
            least,
            most,
            pattern,
            field.target
        ],
        [field.required, field.names_records, field.locked, field.is_new],
        field.options.iter().map(option).collect::<Vec<_>>()
    ])
}

fn field_of(value: &Value) -> Option<FieldDraft> {
    let text = |place: usize| value[0][place].as_str().map(str::to_owned);
    let flag = |place: usize| value[1][place].as_bool();
    let option = |option: &Value| {
        Some(OptionDraft {
            value: Some(option[0].clone()).filter(|value| !value.is_null()),
            label: option[1].as_str()?.to_owned(),
        })
    };
    Some(FieldDraft {
        key: text(0)?,
        kind: text(1)?,
        label: text(2)?,
        help: text(3)?,
        placeholder: text(4)?,
        unit: text(5)?,
        group: text(6)?,
        limits: Limits {
            least: text(7)?,
            most: text(8)?,
            pattern: text(9)?,
        },
        target: text(10)?,
        required: flag(0)?,
        names_records: flag(1)?,
        locked: flag(2)?,
        is_new: flag(3)?,
        options: value[2].as_array()?.iter().map(option).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_that_was_kept_is_the_one_that_was_typed() {
        let mut field = FieldDraft::new("f_1".to_owned());
        (field.kind, field.label, field.names_records) = ("singleSelect".to_owned(), "状态".to_owned(), true);
        field.limits.most = "9".to_owned();
        let option = |value, label: &str| OptionDraft {
            value,
            label: label.to_owned(),
        };
        field.options = vec![option(Some(json!(1)), "运行"), option(None, "")];
        let gone = GoneDraft {
            field: FieldDraft::new("old".to_owned()),
            index: 2,
            records: 7,
        };
        let draft = FormDraft {
            at: "2026-11-26T05:00:00Z".to_owned(),
            base: json!({ "schema": {} }),
            fields: vec![field],
            removed: vec![gone],
        };
        assert_eq!(FormDraft::read(&draft.write()), Some(draft));
        for wrong in ["", "null", "{}", r#"{"at":"x","base":{},"fields":[[]],"removed":[]}"#] {
            assert_eq!(FormDraft::read(wrong), None, "{wrong}");
        }
    }
}
