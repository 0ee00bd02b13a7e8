//! Links between sample rows: a package names a row of another form by its place; what arrives at a customer names the record
//! that is made of it. Pure.

use appshelf_rules::{Form, Widget};
use serde_json::{Map, Value};

use super::id::RecordId;

/// The member that names the place of a row.
const PLACE: &str = "position";
/// The member that names a record.
const RECORD: &str = "record";

/// Whether a row of this form names rows of others.
pub fn links(form: &Form, data: &Value) -> bool {
    let fields = form.fields.iter().filter(|field| field.widget == Widget::Link);
    fields
        .filter_map(|field| data.get(&field.key)?.as_array())
        .flatten()
        .any(|item| item.get(PLACE).is_some())
}

/// Turns places into records where the row arrives, which `arriving` says by its form and its place. What does not arrive keeps
/// its title alone.
pub fn resolve(form: &Form, data: &mut Value, arriving: impl Fn(&str, u32) -> Option<RecordId>) {
    for field in form.fields.iter().filter(|field| field.widget == Widget::Link) {
        let items = data.get_mut(&field.key).and_then(Value::as_array_mut);
        for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
            if let Some(record) = place_of(item).and_then(|place| arriving(&field.target, place)) {
                item.insert(RECORD.to_owned(), Value::String(record.to_string()));
            }
        }
    }
}

fn place_of(item: &mut Map<String, Value>) -> Option<u32> {
    let place = item.remove(PLACE)?.as_u64()?;
    u32::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::id::{DeliveryId, IdSource};

    #[test]
    fn d22_links_between_sample_rows_lead_to_the_records_that_arrive() {
        let form = Form::read(&json!({
            "schema": {"type": "object", "properties": {"of": {"type": "array"}, "n": {"type": "integer"}}},
            "ui": {"fields": {"of": {"widget": "link", "target": "people"}}}
        }));
        let delivery: DeliveryId = IdSource::default().next(chrono::DateTime::UNIX_EPOCH);
        let mut row = json!({"n": 1, "of": [{"position": 2, "title": "Lin"}, {"position": 9, "title": "Wu"}]});
        assert!(links(&form, &row));
        assert!(!links(&form, &json!({"n": 1, "of": []})));
        resolve(&form, &mut row, |form, place| {
            (form == "people" && place < 3).then(|| RecordId::of_sample(&delivery, 4, place))
        });
        let record = RecordId::of_sample(&delivery, 4, 2);
        assert_eq!(
            row,
            json!({"n": 1, "of": [{"record": record, "title": "Lin"}, {"title": "Wu"}]})
        );
        assert!(!links(&form, &row));
    }
}
