//! What a walk looks at again and again: the instance as its admin sees it, its forms, records with a value in every field.

use anyhow::{Context, Result, ensure};
use appshelf_rules::Form;
use appshelf_tests::api::Someone;
use appshelf_tests::export::value_of;
use appshelf_tests::scene::text;
use serde_json::{Map, Value, json};

use super::Walk;
use crate::served::Served;

const PAGES: &str = "query($id: ID!) { appInstance(id: $id) { status fullEditPermission removedPages { key } \
    settings { version permissionDecided grants { everyone add read edit delete members { name } } } \
    otherComponents { key name kind versionNumber } \
    pages { key kind name folder definition revision changedAt recordCount \
      settings { version permissionDecided processDesign grants { everyone add read edit delete members { name } } } } } }";

impl Walk<'_> {
    /// The instance with its pages, definitions and settings.
    pub async fn state(&self) -> Result<Value> {
        let mut data = self.scene.customer.ask(PAGES, json!({ "id": self.instance })).await?;
        Ok(data["appInstance"].take())
    }

    /// Its form pages: key and form.
    pub async fn forms(&self) -> Result<Vec<(String, Form)>> {
        let state = self.state().await?;
        let pages = state["pages"].as_array().into_iter().flatten();
        let forms = pages.filter(|page| page["kind"] == "FORM_PAGE").map(|page| {
            let key = text(&page["key"]).unwrap_or_default();
            (key, Form::read(&page["definition"]))
        });
        Ok(forms.collect())
    }

    /// The form of one page.
    pub async fn form(&self, key: &str) -> Result<Form> {
        let forms = self.forms().await?;
        let found = forms.into_iter().find(|(it, _)| it == key);
        Ok(found.with_context(|| format!("no form {key}"))?.1)
    }

    /// The newest record of a page; none where the page was removed.
    pub async fn newest(&self, page: &str) -> Result<Option<Value>> {
        let document = "query($id: ID!, $key: String!) { appInstance(id: $id) { page(key: $key) { \
                        records(first: 1) { nodes { id title } } } } }";
        let variables = json!({ "id": self.instance, "key": page });
        let mut data = self.scene.customer.ask(document, variables).await?;
        let record = data.pointer_mut("/appInstance/page/records/nodes/0").map(Value::take);
        Ok(record)
    }

    /// Values for every field that people fill in, others for every number.
    pub async fn values(&self, by: &Someone, page: &str, number: u8) -> Result<Value> {
        let form = self.form(page).await?;
        let mut targets = Map::new();
        for field in form.fields.iter().filter(|field| !field.target.is_empty()) {
            if let Some(record) = self.newest(&field.target).await? {
                targets.insert(field.target.clone(), record["id"].clone());
            }
        }
        let mut values = Map::new();
        for field in &form.fields {
            let file = match field.widget {
                appshelf_rules::Widget::File => upload(&self.served, by, &self.instance, page).await?,
                _ => Value::Null,
            };
            if let Some(value) = value_of(field, number, &file, |target| targets.get(target).cloned()) {
                values.insert(field.key.clone(), value);
            }
        }
        Ok(Value::Object(values))
    }
}

/// Every value that was given is there, links by their record and with a title.
pub fn holds(record: &Value, given: &Value) -> Result<()> {
    for (key, value) in given.as_object().into_iter().flatten() {
        let kept = &record["data"][key];
        let same = match value.pointer("/0/record").or(value.pointer("/0/file")) {
            Some(id) => ["record", "file"].iter().any(|name| &kept[0][name] == id),
            None => kept == value,
        };
        ensure!(same, "{key}: {value} was given and {kept} is kept: {record}");
    }
    Ok(())
}

/// A file for a record of the page.
async fn upload(served: &Served, by: &Someone, instance: &str, page: &str) -> Result<Value> {
    let query = format!("purpose=RECORD&name=plate.png&instance={instance}&page={page}");
    let answer = served.put(by, &query, appshelf_tests::scene::picture()).await?;
    let status = answer.status();
    let body: Value = answer.json().await?;
    ensure!(status == 201, "{body}");
    Ok(body)
}
