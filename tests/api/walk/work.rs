//! Employees at work (D30): what each may do, the exact refusal of what they may not, and tables out and in.

use anyhow::{Context, Result, ensure};
use appshelf_tests::api::Someone;
use appshelf_tests::forms::{list, submit, update};
use appshelf_tests::scene::text;
use serde_json::{Value, json};

use super::Walk;
use super::state::holds;

const DELETED: &str = "... on DeletedRecord { id }";
const REPORT: &str = "... on RecordImportReport { lines imported badLineCount unknownColumns badLines { line cells { column field message } } }";

impl Walk<'_> {
    /// The clerk's record, which the keeper changed once.
    pub async fn employees_do_what_they_may_and_no_more(&self) -> Result<String> {
        let (page, instance) = (self.page.as_str(), self.instance.as_str());
        let values = self.values(&self.clerk, page, 3).await?;
        let made = submit(&self.clerk, instance, page, values.clone()).await?;
        holds(&made, &values)?;
        let id = text(&made["id"]).context("an id")?;
        ensure!(
            made["availableActions"] == json!(["READ", "EDIT"]),
            "own, and not to be deleted: {made}"
        );
        let read = list(&self.clerk, instance, page, "").await?;
        ensure!(
            read["totalCount"] == 1 && read["nodes"][0]["id"] == json!(id),
            "their own alone: {read}"
        );
        let foreign = submit(&self.scene.customer, instance, page, values.clone()).await?;
        let foreign = text(&foreign["id"]).context("an id")?;
        self.refused(update(&self.clerk, &foreign, 1, values.clone()).await?, "NOT_FOUND")?;
        self.refused(self.delete(&self.clerk, &id).await?, "NO_PERMISSION")?;
        let theirs = self.delete(&self.clerk.in_chinese(), &id).await?;
        ensure!(
            theirs["message"] == "没有权限" && theirs["nextStep"].is_string(),
            "{theirs}"
        );
        // The keeper changes what the clerk added, with another value in every field, and adds nothing.
        self.refused(
            submit(&self.keeper, instance, page, values.clone()).await?,
            "NO_PERMISSION",
        )?;
        let changed = self.values(&self.keeper, page, 4).await?;
        let saved = update(&self.keeper, &id, 1, changed.clone()).await?;
        holds(&saved, &changed)?;
        let late = update(&self.clerk, &id, 1, values.clone()).await?;
        ensure!(late["code"] == "CONFLICT", "{late}");
        let history = "query($id: ID!, $key: String!, $record: ID!) { appInstance(id: $id) { page(key: $key) { \
                       recordChanges(recordId: $record) { nodes { version by { name } fields { field } } } } } }";
        let variables = json!({ "id": instance, "key": page, "record": id });
        let told = self.clerk.ask(history, variables).await?;
        let step = &told["appInstance"]["page"]["recordChanges"]["nodes"][0];
        ensure!(step["by"]["name"] == "keeper" && step["version"] == 2, "{told}");
        self.an_outsider_finds_nothing(&id, &values).await?;
        self.readers_read(&values).await?;
        ensure!(self.delete(&self.keeper, &foreign).await?["id"] == json!(foreign));
        Ok(id)
    }

    /// Who is in no grant of the page has no page, no record and no file of it.
    async fn an_outsider_finds_nothing(&self, id: &str, values: &Value) -> Result<()> {
        let (page, instance) = (self.page.as_str(), self.instance.as_str());
        self.refused(
            submit(&self.outsider, instance, page, values.clone()).await?,
            "NOT_FOUND",
        )?;
        self.refused(update(&self.outsider, id, 2, values.clone()).await?, "NOT_FOUND")?;
        self.refused(self.delete(&self.outsider, id).await?, "NOT_FOUND")?;
        let document =
            "query($id: ID!, $key: String!) { appInstance(id: $id) { page(key: $key) { key } pages { key } } }";
        let seen = self
            .outsider
            .ask(document, json!({ "id": instance, "key": page }))
            .await?;
        ensure!(seen["appInstance"]["page"].is_null(), "{seen}");
        ensure!(
            !seen["appInstance"]["pages"]
                .to_string()
                .contains(&format!("\"{page}\"")),
            "{seen}"
        );
        let table = self.served.get(&self.outsider, &self.table(page)).await?;
        ensure!(table.status() == 404 || table.status() == 403, "{}", table.status());
        Ok(())
    }

    /// On every other page everybody reads and nobody but the admin writes.
    async fn readers_read(&self, values: &Value) -> Result<()> {
        for (key, _) in self.forms().await?.iter().filter(|(key, _)| *key != self.page) {
            let read = list(&self.outsider, &self.instance, key, "").await?;
            ensure!(
                read["totalCount"] == 1 && read["nodes"][0]["availableActions"] == json!(["READ"]),
                "{key}: {read}"
            );
            self.refused(
                submit(&self.outsider, &self.instance, key, values.clone()).await?,
                "NO_PERMISSION",
            )?;
        }
        Ok(())
    }

    /// Every page goes out as a table that comes in again without a bad line; employees move what their permission allows.
    pub async fn tables_go_out_and_come_in(&self) -> Result<()> {
        for (key, _) in self.forms().await? {
            let table = self.export(&self.scene.customer, &key).await?;
            let report = self.import(&self.scene.customer, &key, &table, true).await?;
            let read = list(&self.scene.customer, &self.instance, &key, "").await?;
            let lines = &read["totalCount"];
            ensure!(
                report["lines"] == *lines && report["badLineCount"] == 0,
                "{key}: {report}\n{table}"
            );
            ensure!(report["unknownColumns"] == json!([]), "{key}: {report}\n{table}");
        }
        let page = self.page.as_str();
        let whole = self.export(&self.keeper, page).await?;
        ensure!(self.export(&self.clerk, page).await?.lines().count() <= whole.lines().count());
        let refused = self.upload_table(&self.keeper, page, &whole).await?;
        ensure!(
            refused.status() == 403,
            "who adds nothing imports nothing: {}",
            refused.status()
        );
        let before = list(&self.keeper, &self.instance, page, "").await?["totalCount"].as_i64();
        let report = self.import(&self.clerk, page, &whole, false).await?;
        ensure!(report["imported"].as_i64() == before, "{report}");
        let after = list(&self.keeper, &self.instance, page, "").await?;
        ensure!(after["totalCount"].as_i64() == before.map(|count| 2 * count), "{after}");
        Ok(())
    }

    async fn export(&self, by: &Someone, page: &str) -> Result<String> {
        let got = self.served.get(by, &self.table(page)).await?;
        let status = got.status();
        let table = got.text().await?;
        ensure!(status == 200, "{status}: {table}");
        Ok(table)
    }

    fn table(&self, page: &str) -> String {
        format!("/exports/records.csv?instance={}&page={page}", self.instance)
    }

    async fn upload_table(&self, by: &Someone, page: &str, table: &str) -> Result<reqwest::Response> {
        let query = format!(
            "purpose=RECORD_IMPORT&name=a.csv&instance={}&page={page}",
            self.instance
        );
        self.served.put(by, &query, table.to_owned()).await
    }

    async fn import(&self, by: &Someone, page: &str, table: &str, check_only: bool) -> Result<Value> {
        let file: Value = self.upload_table(by, page, table).await?.json().await?;
        let input =
            json!({ "instanceId": self.instance, "pageKey": page, "fileId": file["id"], "checkOnly": check_only });
        by.act("importRecords", "ImportRecordsInput", input, REPORT, None).await
    }

    async fn delete(&self, by: &Someone, id: &str) -> Result<Value> {
        by.act("deleteRecord", "DeleteRecordInput", json!({ "id": id }), DELETED, None)
            .await
    }

    fn refused(&self, answer: Value, code: &str) -> Result<()> {
        ensure!(
            answer["code"] == code && answer["nextStep"].is_string(),
            "{code} was expected: {answer}"
        );
        Ok(())
    }
}
