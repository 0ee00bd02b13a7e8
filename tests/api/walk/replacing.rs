//! A next version over the customer's pages and back again (D16), by either side.

use anyhow::{Context, Result, ensure};
use appshelf_tests::api::Someone;
use appshelf_tests::export::{ADDED, CHOICE, HEADING, SITES, field};
use appshelf_tests::forms::{list, submit, update};
use appshelf_tests::scene::{finished, import_version, page_changes, text};
use chrono::Duration;
use serde_json::{Value, json};

use super::Walk;

const QUEUED: &str = "... on Delivery { id kind total folder }";
const REPORT: &str = "query($id: ID!) { rollbackReport(deliveryId: $id) { ... on RollbackReport { pages { componentKey restored \
    changesSince newRecordCount } } ... on UserError { code } } }";

impl Walk<'_> {
    /// The export as it was developed on; what it would change is read page by page.
    pub async fn a_next_version_is_published(&self) -> Result<()> {
        let next = self.export.next(&self.first)?;
        import_version(&self.scene.partner, &self.application, &next).await?;
        let changes = page_changes(&self.scene.partner, &self.order).await?;
        let page = changed(&changes, &self.page)?;
        ensure!(
            page["change"] == "CHANGED" && page["changedByCustomer"] == true,
            "{page}"
        );
        let said = |label: &str| {
            let fields = page["fields"].as_array().into_iter().flatten();
            let mut found = fields.filter(|field| field["label"] == label);
            found
                .next()
                .map(|field| (field["change"].clone(), field["details"].to_string()))
        };
        let (_, renamed) = self.export.renames;
        for (label, change, detail) in [
            (ADDED, "ADDED", ""),
            (self.export.loses, "REMOVED", ""),
            (renamed, "CHANGED", self.export.renames.0),
            ("Status", "CHANGED", CHOICE),
        ] {
            let (kind, details) = said(label).with_context(|| format!("nothing is said of {label}: {page}"))?;
            ensure!(kind == change && details.contains(detail), "{label}: {page}");
        }
        ensure!(
            changed(&changes, &self.unwanted)?["change"] == "DELETED_BY_CUSTOMER",
            "{changes}"
        );
        let pages = changes["pages"].as_array().context("pages")?;
        let count = |change: &str| pages.iter().filter(|page| page["change"] == change).count();
        ensure!(
            (count("NEW"), count("CHANGED"), count("DELETED_BY_CUSTOMER")) == (1, 2, 1),
            "nothing else changed: {changes}"
        );
        let custom = pages
            .iter()
            .find(|page| page["kind"] == "CUSTOM_PAGE" && page["change"] == "CHANGED");
        ensure!(
            custom.is_some_and(|page| page["details"].to_string().contains(HEADING)),
            "{changes}"
        );
        Ok(())
    }

    /// D16: what is unread is refused, and so is what was read and changed since.
    pub async fn nothing_is_overwritten_unread(&self) -> Result<()> {
        let partner = &self.scene.partner.in_chinese();
        let unread = self.overwrite(partner, &Value::Null).await?;
        ensure!(unread["message"] == "请先查看并确认页面变更", "{unread}");
        let read = page_changes(partner, &self.order).await?;
        self.rename(&self.scene.customer, "临时的名字").await?;
        let late = self.overwrite(partner, &read["digest"]).await?;
        ensure!(late["code"] == "ACKNOWLEDGEMENT_REQUIRED", "{late}");
        self.rename(&self.scene.customer, "我们的台账").await?;
        Ok(())
    }

    async fn overwrite(&self, partner: &Someone, digest: &Value) -> Result<Value> {
        let input = json!({ "orderId": self.order, "acknowledgedDigest": digest });
        partner
            .act("overwritePages", "OverwritePagesInput", input, QUEUED, None)
            .await
    }

    /// D16: what was acknowledged is sent; the page that the customer removed fails by its name.
    pub async fn the_partner_overwrites(&self) -> Result<String> {
        self.app.advance(Duration::hours(1));
        let partner = &self.scene.partner.in_chinese();
        let read = page_changes(partner, &self.order).await?;
        let made = self.overwrite(partner, &read["digest"]).await?;
        let id = text(&made["id"]).with_context(|| format!("{made}"))?;
        let ended = finished(partner, &id).await?;
        ensure!(
            ended["status"] == "PARTIAL" && ended["done"] == 2 && ended["failed"] == 1,
            "{ended}"
        );
        let items = ended["items"].as_array().into_iter().flatten();
        let failed: Vec<&Value> = items.filter(|item| item["status"] == "FAILED").collect();
        ensure!(
            failed.len() == 1 && failed[0]["componentKey"] == json!(self.unwanted),
            "{ended}"
        );
        ensure!(failed[0]["reason"] == "客户已删除该页面，可作为新页面发送", "{ended}");
        let order = partner
            .ask(
                "query($id: ID!) { order(id: $id) { appStatus pageStatus } }",
                json!({ "id": self.order }),
            )
            .await?;
        ensure!(
            order["order"] == json!({ "appStatus": "SUCCEEDED", "pageStatus": "PARTIAL" }),
            "D15: {order}"
        );
        Ok(id)
    }

    /// D16: permissions, process design, place and records are as they were; the form is the version's.
    pub async fn what_is_the_customers_stayed(&self, before: &Value) -> Result<()> {
        let now = self.state().await?;
        ensure!(now["settings"] == before["settings"], "{now}");
        let (was, is) = (page_of(before, &self.page)?, page_of(&now, &self.page)?);
        for kept in ["settings", "folder", "recordCount"] {
            ensure!(is[kept] == was[kept], "{kept}: {} is {}", was[kept], is[kept]);
        }
        ensure!(is["name"] == self.export.table && is["changedAt"].is_null(), "{is}");
        let form = self.form(&self.page).await?;
        ensure!(field(&form, ADDED).is_ok() && field(&form, self.export.loses).is_err());
        // Who might do what still may, in the new form.
        let clerks = list(&self.clerk, &self.instance, &self.page, "").await?;
        ensure!(
            clerks["totalCount"].as_i64() < is["recordCount"].as_i64() || is["recordCount"] == 2,
            "{clerks}"
        );
        ensure!(submit(&self.keeper, &self.instance, &self.page, json!({})).await?["code"] == "NO_PERMISSION");
        Ok(())
    }

    /// A record from before is changed in the new form; another is added.
    pub async fn records_live_in_the_new_form(&self, id: &str) -> Result<()> {
        let form = self.form(&self.page).await?;
        let read = self.record(&self.keeper, id).await?;
        let mut data = read["data"].clone();
        let lost = self.lost_key()?;
        // What a screen of the new form sends knows nothing of the lost field.
        data.as_object_mut().context("values")?.remove(&lost);
        data[&field(&form, ADDED)?.key] = json!("新字段的值");
        data[&field(&form, "Status")?.key] = json!(CHOICE);
        let saved = update(&self.keeper, id, version(&read), data).await?;
        ensure!(saved["data"].to_string().contains(CHOICE), "{saved}");
        let mut new = self.values(&self.clerk, &self.page, 5).await?;
        new[&field(&form, ADDED)?.key] = json!("只在新版本里");
        let made = submit(&self.clerk, &self.instance, &self.page, new).await?;
        ensure!(made["id"].is_string(), "{made}");
        Ok(())
    }

    /// D16: what the instance never had comes into a folder of its own at the bottom.
    pub async fn new_pages_come_into_a_folder(&self) -> Result<()> {
        let input = json!({ "orderId": self.order, "includeSampleData": true });
        let (made, ended) = self.send_new_pages(input).await?;
        ensure!(ended["status"] == "SUCCEEDED" && ended["total"] == 1, "{ended}");
        let state = self.state().await?;
        let last = state["pages"]
            .as_array()
            .and_then(|pages| pages.last())
            .context("pages")?;
        ensure!(
            last["name"] == SITES && last["folder"] == made["folder"] && last["recordCount"] == 1,
            "{last}"
        );
        Ok(())
    }

    /// D16: the customer reads what they changed since, and takes it back.
    pub async fn the_customer_takes_it_back(&self, overwrite: &str) -> Result<()> {
        let customer = &self.scene.customer.in_chinese();
        self.rename(customer, "新版本的台账").await?;
        let report = customer.ask(REPORT, json!({ "id": overwrite })).await?;
        let pages = report["rollbackReport"]["pages"]
            .as_array()
            .with_context(|| format!("{report}"))?;
        ensure!(
            pages.len() == 2 && pages.iter().all(|page| page["restored"] == true),
            "{report}"
        );
        let page = pages
            .iter()
            .find(|page| page["componentKey"] == json!(self.page))
            .context("the page")?;
        ensure!(
            page["newRecordCount"] == 1 && page["changesSince"].to_string().contains("新版本的台账"),
            "{report}"
        );
        self.roll_back(customer, overwrite).await
    }

    pub async fn the_partner_takes_it_back(&self, overwrite: &str) -> Result<()> {
        self.roll_back(&self.scene.developer, overwrite).await
    }

    /// Sends new pages; the delivery as it was queued, and at its end.
    async fn send_new_pages(&self, input: Value) -> Result<(Value, Value)> {
        let partner = &self.scene.partner;
        let made = partner
            .act("sendNewPages", "SendNewPagesInput", input, QUEUED, None)
            .await?;
        let id = text(&made["id"]).with_context(|| format!("{made}"))?;
        let ended = finished(partner, &id).await?;
        Ok((made, ended))
    }

    async fn roll_back(&self, by: &Someone, overwrite: &str) -> Result<()> {
        let input = json!({ "id": overwrite });
        let made = by
            .act("rollbackDelivery", "RollbackDeliveryInput", input.clone(), QUEUED, None)
            .await?;
        let id = text(&made["id"]).with_context(|| format!("{made}"))?;
        let ended = finished(by, &id).await?;
        ensure!(ended["status"] == "SUCCEEDED" && ended["done"] == 2, "{ended}");
        let twice = by
            .act("rollbackDelivery", "RollbackDeliveryInput", input, QUEUED, None)
            .await?;
        ensure!(twice["code"] == "INVALID_STATE", "{twice}");
        Ok(())
    }

    /// D16: definitions, names, places, settings are those from before; records stay, with what the old form shows of them.
    pub async fn everything_is_as_it_was(&self, before: &Value, id: &str) -> Result<()> {
        let mut now = self.state().await?;
        let mut was = before.clone();
        for state in [&mut now, &mut was] {
            let pages = state["pages"].as_array_mut().context("pages")?;
            pages.retain(|page| page["name"] != SITES);
            // Records were added since; they stay.
            pages.iter_mut().for_each(|page| drop(page["recordCount"].take()));
        }
        ensure!(now == was, "{was:#}\n{now:#}");
        let read = self.record(&self.keeper, id).await?;
        let lost = self.lost_key()?;
        ensure!(
            read["data"][&lost].is_string(),
            "the value of {lost} was never gone: {read}"
        );
        // It is found by what the old form shows, and can be saved as it is shown.
        let found = list(&self.keeper, &self.instance, &self.page, "search: \"1\"").await?;
        ensure!(found["totalCount"].as_i64() > Some(0), "{found}");
        let mut data = read["data"].clone();
        data[&lost] = json!(format!("{} again", self.export.loses));
        // A choice that the old form does not offer has to be made anew.
        let form = self.form(&self.page).await?;
        let status = field(&form, "Status")?;
        if data[&status.key] == CHOICE {
            data[&status.key] = status.choices[0].value.clone();
        }
        let saved = update(&self.keeper, id, version(&read), data).await?;
        ensure!(saved["id"].is_string(), "{saved}");
        Ok(())
    }

    /// D16: what the customer removed comes only on purpose, with the records that it had.
    pub async fn the_removed_page_comes_back_on_purpose(&self) -> Result<()> {
        let input = json!({ "orderId": self.order, "pageKeys": [self.unwanted], "includeSampleData": true });
        let (_, ended) = self.send_new_pages(input).await?;
        ensure!(ended["status"] == "SUCCEEDED", "{ended}");
        let state = self.state().await?;
        ensure!(state["removedPages"] == json!([]), "{state}");
        let page = page_of(&state, &self.unwanted)?;
        let records = list(&self.scene.customer, &self.instance, &self.unwanted, "first: 100").await?;
        let nodes = records["nodes"].as_array().context("records")?;
        ensure!(
            nodes.iter().any(|record| record["sample"] == false),
            "the record of the trial is there again: {page}"
        );
        Ok(())
    }

    pub async fn record(&self, by: &Someone, id: &str) -> Result<Value> {
        let document = "query($id: ID!, $key: String!, $record: ID!) { appInstance(id: $id) { page(key: $key) { \
                        record(id: $record) { id version data } } } }";
        let variables = json!({ "id": self.instance, "key": self.page, "record": id });
        let mut data = by.ask(document, variables).await?;
        Ok(data["appInstance"]["page"]["record"].take())
    }

    /// Key of the field that the next version does without.
    fn lost_key(&self) -> Result<String> {
        let parts = self.first["export"].as_array().into_iter().flatten();
        let mut tables = parts.filter_map(|part| part["tables"].as_array()).flatten();
        let table = tables
            .find(|table| table["name"] == self.export.table)
            .context("the table")?;
        let mut fields = table["fields"].as_array().into_iter().flatten();
        let found = fields
            .find(|field| field["name"] == self.export.loses)
            .context("the field")?;
        Ok(format!("field_{}", found["id"]))
    }
}

fn changed<'a>(changes: &'a Value, key: &str) -> Result<&'a Value> {
    let mut pages = changes["pages"].as_array().into_iter().flatten();
    let found = pages.find(|page| page["componentKey"] == json!(key));
    found.with_context(|| format!("nothing is said of {key}: {changes}"))
}

fn page_of<'a>(state: &'a Value, key: &str) -> Result<&'a Value> {
    let mut pages = state["pages"].as_array().into_iter().flatten();
    let found = pages.find(|page| page["key"] == json!(key));
    found.with_context(|| format!("no page {key}: {state}"))
}

fn version(record: &Value) -> i64 {
    record["version"].as_i64().unwrap_or_default()
}
