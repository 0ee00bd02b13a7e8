//! How a revision of a product differs from the approved one (L8), field by field, for the operator who decides: what stood there
//! and what would stand there. Plans are compared by their item codes, so that a plan that moved has not changed.

use serde_json::{Map, Value};

use super::product_content::ProductContent;

/// A field that would change.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductChange {
    /// Such as `summary`, `audience.dailyTrials`, `plans.item_….unitPrice`.
    pub path: String,
    /// Nothing where it is new.
    pub before: Option<Value>,
    /// Nothing where it goes.
    pub after: Option<Value>,
}

/// Every field that would change, in the order of the wizard.
pub fn changes(before: &ProductContent, after: &ProductContent) -> serde_json::Result<Vec<ProductChange>> {
    let (before, after) = (serde_json::to_value(before)?, serde_json::to_value(after)?);
    let mut found = Vec::new();
    compare("", Some(&keyed(before)), Some(&keyed(after)), &mut found);
    Ok(found)
}

/// The content with its plans by their codes.
fn keyed(mut content: Value) -> Value {
    if let Some(plans) = content.get_mut("plans") {
        let by_code = plans.as_array().into_iter().flatten().filter_map(|plan| {
            let mut plan = plan.clone();
            let code = plan.as_object_mut()?.remove("itemCode")?;
            Some((code.as_str()?.to_owned(), plan))
        });
        *plans = Value::Object(by_code.collect::<Map<_, _>>());
    }
    content
}

fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<ProductChange>) {
    if before == after {
        return;
    }
    if let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, after) {
        let gone = old.keys().filter(|key| !new.contains_key(*key));
        for key in new.keys().chain(gone) {
            let path = match path {
                "" => key.clone(),
                path => format!("{path}.{key}"),
            };
            compare(&path, old.get(key), new.get(key), found);
        }
        return;
    }
    let told = |value: Option<&Value>| value.filter(|value| !value.is_null()).cloned();
    found.push(ProductChange {
        path: path.to_owned(),
        before: told(before),
        after: told(after),
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::id::IdSource;
    use crate::domain::product_content::{ProductPlan, SalesChannel};

    #[test]
    fn l8_a_revision_tells_what_changed_field_by_field_and_plans_by_their_codes() {
        let ids = IdSource::default();
        let plan = |name: &str, unit_price| ProductPlan {
            item_code: ids.next(chrono::DateTime::UNIX_EPOCH),
            name: name.to_owned(),
            min_seats: Some(1),
            max_seats: Some(10),
            unit_price: Some(unit_price),
            periods: Vec::new(),
            sales_channel: SalesChannel::All,
            sizes: Vec::new(),
        };
        let (small, large, gone) = (plan("小", 100), plan("大", 90), plan("旧", 80));
        let before = ProductContent {
            summary: "巡检".to_owned(),
            plans: vec![small.clone(), gone.clone(), large.clone()],
            ..ProductContent::default()
        };
        let mut cheaper = large.clone();
        cheaper.unit_price = Some(70);
        let mut after = before.clone();
        after.summary = "扫码巡检".to_owned();
        after.audience.daily_trials = Some(5);
        after.plans = vec![cheaper, small];
        let mut told = changes(&before, &after).unwrap();
        told.sort_by(|one, other| one.path.cmp(&other.path));
        let paths: Vec<_> = told.iter().map(|change| change.path.clone()).collect();
        let mut expected = vec![
            "audience.dailyTrials".to_owned(),
            format!("plans.{}.unitPrice", large.item_code),
            format!("plans.{}", gone.item_code),
            "summary".to_owned(),
        ];
        expected.sort();
        assert_eq!(paths, expected);
        let price = told.iter().find(|change| change.path.ends_with("unitPrice")).unwrap();
        assert_eq!(
            (price.before.clone(), price.after.clone()),
            (Some(json!(90)), Some(json!(70)))
        );
        assert_eq!(changes(&before, &before).unwrap(), []);
    }
}
