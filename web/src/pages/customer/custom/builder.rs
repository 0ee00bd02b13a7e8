//! Pages of an application builder, as its export holds them: a flat list whose elements name their parents, with texts as
//! formulas. Turned into the elements of ours; what depends on data that only the builder computes keeps its kind and name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Most columns of a table that is made of what a repeated part shows.
const COLUMNS: usize = 5;
/// Most columns of a row.
const MOST_COLUMNS: u64 = 6;
const DEEPEST: u8 = 12;

/// The elements of a builder's page; nothing where the page is not one.
pub fn elements(definition: &Value) -> Option<Vec<Value>> {
    let all = definition.get("elements")?.as_array()?;
    if !all.iter().any(|element| element.get("parent_element_id").is_some()) {
        return None;
    }
    let page = Page { definition, all };
    Some(page.children(&Value::Null, DEEPEST))
}

struct Page<'a> {
    definition: &'a Value,
    all: &'a [Value],
}

impl Page<'_> {
    fn children(&self, parent: &Value, depth: u8) -> Vec<Value> {
        if depth == 0 {
            return Vec::new();
        }
        let mut found: Vec<&Value> = self
            .all
            .iter()
            .filter(|element| element.get("parent_element_id").unwrap_or(&Value::Null) == parent)
            .collect();
        found.sort_by(|a, b| place(a).cmp(&place(b)).then(order(a).total_cmp(&order(b))));
        found
            .into_iter()
            .filter_map(|element| self.element(element, depth))
            .collect()
    }

    fn element(&self, element: &Value, depth: u8) -> Option<Value> {
        let kind = element["type"].as_str().unwrap_or_default();
        let id = &element["id"];
        Some(match kind {
            "heading" => json!({ "type": kind, "text": words(&element["value"]) }),
            "text" => {
                json!({ "type": kind, "text": words(&element["value"]), "rich": element["format"] == "markdown" })
            }
            "link" | "button" => link(kind, element),
            "image" => json!({ "type": "image", "alt": image_name(element), "url": words(&element["image_url"]) }),
            "column" => json!({
                "type": "columns", "gap": element["column_gap"], "align": element["alignment"],
                "elements": self.columns(element, depth)
            }),
            "simple_container" | "header" | "footer" => {
                let inner = self.children(id, depth - 1);
                return (!inner.is_empty()).then(|| json!({ "type": "container", "elements": inner }));
            }
            "menu" => menu(element),
            "table" => self.table(element, table_fields(element)),
            "repeat" => self.table(element, self.repeated_fields(id, depth - 1)),
            "form_container" => self.form(element),
            // Signing in happens at the door of this application.
            "auth_form" => return None,
            other => json!({ "type": other, "label": words(&element["label"]) }),
        })
    }

    /// The columns of a row, as many as it says, each with what stands in it.
    fn columns(&self, row: &Value, depth: u8) -> Vec<Value> {
        let id = &row["id"];
        let said = row["column_amount"].as_u64().unwrap_or_default().min(MOST_COLUMNS);
        let mut places: BTreeSet<String> = (0..said).map(|place| place.to_string()).collect();
        let filled = self.all.iter().filter(|element| element["parent_element_id"] == *id);
        places.extend(filled.map(place));
        let inside = |wanted: &String| {
            let all: Vec<Value> = self
                .all
                .iter()
                .filter(|element| element["parent_element_id"] != *id || place(element) == *wanted)
                .cloned()
                .collect();
            let page = Page {
                definition: self.definition,
                all: &all,
            };
            json!({ "type": "container", "elements": page.children(id, depth - 1) })
        };
        places.iter().map(inside).collect()
    }

    fn table(&self, element: &Value, fields: Vec<String>) -> Value {
        match self.form_of_source(&element["data_source_id"]) {
            Some((form, label)) => json!({ "type": "table", "form": form, "label": label, "fields": fields }),
            None => json!({ "type": "table" }),
        }
    }

    /// The form page whose records a data source lists, and how the source is called. Its own filters are not known here,
    /// so that only a source without any is one.
    fn form_of_source(&self, id: &Value) -> Option<(String, String)> {
        let sources = self.definition.get("dataSources")?.as_array()?;
        let source = sources.iter().find(|source| !id.is_null() && source["id"] == *id)?;
        let service = &source["service"];
        let plain = service["filters"].as_array().is_none_or(Vec::is_empty);
        let lists = service["type"] == "local_baserow_list_rows" && plain;
        let table = service["table_id"].as_i64().filter(|_| lists)?;
        let name = source["name"].as_str().unwrap_or_default().to_owned();
        Some((format!("table-{table}"), name))
    }

    fn form(&self, element: &Value) -> Value {
        let actions = self.definition.get("workflowActions").and_then(Value::as_array);
        let mut own = actions
            .into_iter()
            .flatten()
            .filter(|action| action["element_id"] == element["id"] && action["type"] == "create_row");
        let table = own.find_map(|action| action["service"]["table_id"].as_i64());
        json!({
            "type": "form", "label": words(&element["submit_button_label"]),
            "form": table.map(|table| format!("table-{table}"))
        })
    }

    /// The fields that the parts of a repeated element show.
    fn repeated_fields(&self, id: &Value, depth: u8) -> Vec<String> {
        let mut fields = Vec::new();
        self.collect(id, depth, &mut fields);
        fields.truncate(COLUMNS);
        fields
    }

    fn collect(&self, id: &Value, depth: u8, fields: &mut Vec<String>) {
        if depth == 0 {
            return;
        }
        for element in self.all.iter().filter(|element| element["parent_element_id"] == *id) {
            for name in ["value", "navigate_to_url", "image_url"] {
                if let Some(field) = record_field(element[name].as_str().unwrap_or_default())
                    && !fields.contains(&field)
                {
                    fields.push(field);
                }
            }
            self.collect(&element["id"], depth - 1, fields);
        }
    }
}

/// Where in its parent an element stands.
fn place(element: &Value) -> String {
    element["place_in_container"].as_str().unwrap_or_default().to_owned()
}

fn order(element: &Value) -> f64 {
    element["order"]
        .as_str()
        .and_then(|order| order.parse().ok())
        .unwrap_or(0.0)
}

fn link(kind: &str, element: &Value) -> Value {
    let page = element["navigate_to_page_id"].as_i64().map(|id| format!("page-{id}"));
    let to_page = element["navigation_type"] != "custom";
    json!({
        "type": kind, "text": words(&element["value"]),
        "page": page.filter(|_| to_page), "url": words(&element["navigate_to_url"])
    })
}

fn menu(element: &Value) -> Value {
    let items = element["menu_items"].as_array().into_iter().flatten();
    let links: Vec<Value> = items
        .filter(|item| item["type"] == "link")
        .map(|item| {
            let page = item["navigate_to_page_id"].as_i64().map(|id| format!("page-{id}"));
            json!({ "type": "link", "text": item["name"], "page": page, "url": words(&item["navigate_to_url"]) })
        })
        .collect();
    json!({ "type": "container", "elements": links })
}

fn image_name(element: &Value) -> String {
    let alt = words(&element["alt_text"]);
    if !alt.is_empty() {
        return alt;
    }
    element["image_file_id"]["original_name"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The fields of the columns that show one.
fn table_fields(element: &Value) -> Vec<String> {
    let columns = element["fields"].as_array().into_iter().flatten();
    columns
        .filter_map(|column| {
            let config = column["config"].as_object()?;
            let mut formulas = ["value", "values", "link_name"]
                .into_iter()
                .filter_map(|name| config.get(name)?.as_str());
            formulas.find_map(record_field)
        })
        .collect()
}

/// `field_7` of `get('current_record.field_7.value')`.
fn record_field(formula: &str) -> Option<String> {
    let (_, rest) = formula.split_once("current_record.")?;
    let field: String = rest
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect();
    field.starts_with("field_").then_some(field)
}

/// The words of a formula that needs no data; empty for any other.
fn words(formula: &Value) -> String {
    let formula = formula.as_str().unwrap_or_default().trim();
    let mut reader = Reader { rest: formula };
    match reader.expression(DEEPEST) {
        Some(text) if reader.rest.trim().is_empty() => text,
        _ => String::new(),
    }
}

/// Reads `'text'`, `"text"` and `concat(…)` of such.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn expression(&mut self, depth: u8) -> Option<String> {
        self.rest = self.rest.trim_start();
        if depth == 0 {
            return None;
        }
        if let Some(rest) = self.rest.strip_prefix("concat(") {
            self.rest = rest;
            return self.arguments(depth - 1);
        }
        let quote = self.rest.chars().next().filter(|letter| matches!(letter, '\'' | '"'))?;
        self.quoted(quote)
    }

    fn arguments(&mut self, depth: u8) -> Option<String> {
        let mut text = String::new();
        loop {
            text.push_str(&self.expression(depth)?);
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix(')') {
                self.rest = rest;
                return Some(text);
            }
            self.rest = self.rest.strip_prefix(',')?;
        }
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        let mut letters = self.rest.char_indices().skip(1);
        while let Some((place, letter)) = letters.next() {
            match letter {
                '\\' => match letters.next()?.1 {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                letter if letter == quote => {
                    self.rest = &self.rest[place + letter.len_utf8()..];
                    return Some(text);
                }
                letter => text.push(letter),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_need_no_data_are_read() {
        for (formula, text) in [
            ("'Lead Management'", "Lead Management"),
            (r"'it\'s'", "it's"),
            ("concat('a', 'b',concat(\"c\"))", "abc"),
            ("", ""),
            ("get('user.username')", ""),
            ("concat('Welcome ',get('user.username'))", ""),
            ("'open", ""),
        ] {
            assert_eq!(words(&json!(formula)), text, "{formula}");
        }
    }

    #[test]
    fn a_flat_list_becomes_a_tree() {
        let definition = json!({
            "elements": [
                { "id": 1, "type": "heading", "parent_element_id": null, "order": "1", "value": "'All'" },
                { "id": 2, "type": "column", "parent_element_id": null, "order": "2", "column_amount": 3, "column_gap": 20, "alignment": "center" },
                { "id": 3, "type": "text", "parent_element_id": 2, "place_in_container": "1", "order": "1", "value": "'right'", "format": "markdown" },
                { "id": 4, "type": "link", "parent_element_id": 2, "place_in_container": "0", "order": "1", "value": "'left'",
                  "navigation_type": "page", "navigate_to_page_id": 9 },
                { "id": 5, "type": "table", "parent_element_id": null, "order": "3", "data_source_id": 7,
                  "fields": [{ "config": { "value": "get('current_record.field_3.value')" } }] },
                { "id": 6, "type": "form_container", "parent_element_id": null, "order": "4", "submit_button_label": "'Add'" },
            ],
            "dataSources": [{ "id": 7, "name": "Rows", "service": { "type": "local_baserow_list_rows", "table_id": 12 } }],
            "workflowActions": [{ "element_id": 6, "type": "create_row", "service": { "table_id": 12 } }],
        });
        let found = elements(&definition).unwrap();
        assert_eq!(found[0], json!({ "type": "heading", "text": "All" }));
        assert_eq!((&found[1]["gap"], &found[1]["align"]), (&json!(20), &json!("center")));
        assert_eq!(
            found[1]["elements"].as_array().map(Vec::len),
            Some(3),
            "an empty column keeps its place"
        );
        assert_eq!(found[1]["elements"][0]["elements"][0]["page"], "page-9");
        assert_eq!(
            found[1]["elements"][1]["elements"][0],
            json!({ "type": "text", "text": "right", "rich": true })
        );
        assert_eq!(
            found[2],
            json!({ "type": "table", "form": "table-12", "label": "Rows", "fields": ["field_3"] })
        );
        assert_eq!(found[3]["form"], "table-12");
        assert!(elements(&json!({ "elements": [{ "type": "heading", "text": "ours" }] })).is_none());
    }
}
