//! From the partner's export to an application that the customer's admin accepted and enabled.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{TestApp, corp_id};
use appshelf_tests::export::RealExport;
use appshelf_tests::forms::{submit, update};
use appshelf_tests::scene::{active_project, agreement, buy, finished, import, instance_of, link, send, text};
use serde_json::{Value, json};

use super::Walk;
use super::state::holds;
use crate::served::Served;

const OFFER: &str = "query($token: String!) { purchaseOffer(token: $token) { ... on PurchaseOffer { \
    sends { kind count } neverSent { componentKey } preflight { ok manualWork } } ... on UserError { code } } }";
const PREFLIGHT: &str = "query($order: ID!, $options: DeliveryOptions!) { deliveryPreflight(orderId: $order, options: $options) { \
    ... on Preflight { ok sampleRows manualWork items { componentKey kind outcome } } ... on UserError { code } } }";
const BINDINGS: &str = "query($id: ID!) { appInstance(id: $id) { manualWork bindings { key componentKey way done editable \
    slots { name } } } }";
const CHECKLIST: &str = "query($id: ID!) { appInstance(id: $id) { acceptanceChecklist { kind componentKey done } } }";
const INSTANCE: &str = "... on AppInstance { id status }";

/// Imported, sold and sent; `None` where the export is not at hand.
pub async fn of<'a>(app: &'a TestApp, export: &'static RealExport) -> Result<Option<Walk<'a>>> {
    let Some(first) = export.read()? else { return Ok(None) };
    let scene = app.scene("blue", EditionName::Professional).await?;
    let at = scene.customer.organization_id.clone().context("signed in")?;
    let application = import(&scene.partner, &first, true).await?;
    let project = active_project(&scene.partner, &scene.reviewer, "数字化交付", &corp_id("blue")).await?;
    let (_, token) = link(&scene.partner, &project, &application).await?;
    // Before the purchase the customer reads what travels and what does not.
    let mut offer = scene.customer.ask(OFFER, json!({ "token": token })).await?;
    let bought = buy(&scene.customer, &token, Some("once")).await?;
    let order = text(&bought["id"]).with_context(|| format!("{bought}"))?;
    let options = json!({ "includeSampleData": true, "includeConnectors": true });
    let mut promised = scene
        .partner
        .ask(PREFLIGHT, json!({ "order": order, "options": options }))
        .await?;
    let sent = send(&scene.partner, &order, options, Some(agreement())).await?;
    let delivery = text(&sent["id"]).with_context(|| format!("{sent}"))?;
    let ended = finished(&scene.partner, &delivery).await?;
    ensure!(ended["status"] == "SUCCEEDED", "{ended}");
    let instance = instance_of(&scene.customer, &delivery).await?.context("it arrived")?;
    let walk = Walk {
        clerk: app.person("clerk", "blue", &at, &[Role::CustomerEmployee]).await?,
        keeper: app.person("keeper", "blue", &at, &[Role::CustomerEmployee]).await?,
        outsider: app.person("outsider", "blue", &at, &[Role::CustomerEmployee]).await?,
        served: Served::start(app)?,
        page: key_of(&first, export.table)?,
        unwanted: key_of(&first, export.unwanted)?,
        app,
        scene,
        export,
        first,
        application,
        project,
        token,
        order,
        instance,
    };
    let promised = promised["deliveryPreflight"].take();
    walk.what_was_promised_came(&promised, &offer["purchaseOffer"].take(), &ended)
        .await?;
    Ok(Some(walk))
}

/// The page that a table becomes.
fn key_of(export: &Value, table: &str) -> Result<String> {
    let parts = export["export"].as_array().into_iter().flatten();
    let mut tables = parts.filter_map(|part| part["tables"].as_array()).flatten();
    let found = tables.find(|it| it["name"] == table);
    Ok(format!(
        "table-{}",
        found.with_context(|| format!("no table {table}"))?["id"]
    ))
}

impl Walk<'_> {
    /// D14: the check promised what the send did, and the offer did not promise more.
    async fn what_was_promised_came(&self, promised: &Value, offer: &Value, ended: &Value) -> Result<()> {
        ensure!(promised["ok"] == true, "{promised}");
        let told = |items: &Value, word: &str, yes: &str| -> BTreeMap<String, bool> {
            let items = items.as_array().into_iter().flatten();
            let one = |item: &Value| (text(&item["componentKey"]).unwrap_or_default(), item[word] == yes);
            items.map(one).collect()
        };
        let planned = told(&promised["items"], "outcome", "SEND");
        ensure!(
            planned == told(&ended["items"], "status", "DONE"),
            "{promised}\n{ended}"
        );
        let state = self.state().await?;
        let forms = state["pages"].as_array().into_iter().flatten();
        let rows: i64 = forms.filter_map(|page| page["recordCount"].as_i64()).sum();
        ensure!(promised["sampleRows"] == rows, "{rows} rows came: {promised}");
        ensure!(
            offer["preflight"]["ok"] == true && offer["preflight"]["manualWork"].is_array(),
            "{offer}"
        );
        for kind in offer["sends"].as_array().context("an offer")? {
            let items = promised["items"].as_array().into_iter().flatten();
            let sent = items
                .filter(|item| item["kind"] == kind["kind"] && item["outcome"] == "SEND")
                .count();
            ensure!(kind["count"].as_u64() <= u64::try_from(sent).ok(), "{kind}: {promised}");
        }
        let work = self
            .scene
            .customer
            .ask(BINDINGS, json!({ "id": self.instance }))
            .await?;
        ensure!(
            work["appInstance"]["manualWork"] == promised["manualWork"],
            "{promised}\n{work}"
        );
        Ok(())
    }

    /// D23, D24: the admin works the list off as far as it goes.
    pub async fn what_waits_is_bound(&self) -> Result<()> {
        let customer = &self.scene.customer;
        let people = customer.ask("{ members { user { id } } }", json!({})).await?;
        let data = customer.ask(BINDINGS, json!({ "id": self.instance })).await?;
        for item in data["appInstance"]["bindings"].as_array().context("a list")? {
            let key = &item["componentKey"];
            match item["way"].as_str() {
                Some("FILL_IN") => {
                    for slot in item["slots"].as_array().into_iter().flatten() {
                        let input = json!({ "instanceId": self.instance, "componentKey": key, "slot": slot["name"], "value": "k3y" });
                        let set = customer
                            .act("setConnectorSecret", "SetConnectorSecretInput", input, INSTANCE, None)
                            .await?;
                        ensure!(set["id"].is_string(), "{item}: {set}");
                    }
                }
                Some("CHOOSE_MEMBERS") => {
                    let input = json!({ "instanceId": self.instance, "componentKey": key, "memberIds": [people["members"][0]["user"]["id"]] });
                    let set = customer
                        .act("setComponentMembers", "SetComponentMembersInput", input, INSTANCE, None)
                        .await?;
                    ensure!(set["id"].is_string(), "{item}: {set}");
                }
                _ if item["editable"] == true => {
                    let input = json!({ "instanceId": self.instance, "item": item["key"] });
                    let set = customer
                        .act("confirmBinding", "ConfirmBindingInput", input, INSTANCE, None)
                        .await?;
                    ensure!(set["id"].is_string(), "{item}: {set}");
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// D27: every page is opened, every form gets a record with a value in every field, and the admin signs it off.
    pub async fn every_page_is_tried_and_signed_off(&self) -> Result<()> {
        let customer = &self.scene.customer;
        for (key, _) in self.forms().await? {
            let values = self.values(customer, &key, 1).await?;
            let made = submit(customer, &self.instance, &key, values.clone()).await?;
            holds(&made, &values).with_context(|| format!("{key}: {made}"))?;
        }
        let data = customer.ask(CHECKLIST, json!({ "id": self.instance })).await?;
        for item in data["appInstance"]["acceptanceChecklist"]
            .as_array()
            .context("a list")?
        {
            ensure!(
                item["kind"] != "RECORD_SUBMITTED" || item["done"] == true,
                "it was tried: {item}"
            );
            let input = json!({ "id": self.instance, "kind": item["kind"], "componentKey": item["componentKey"] });
            let ticked = customer
                .act("tickAcceptanceItem", "TickAcceptanceItemInput", input, INSTANCE, None)
                .await?;
            ensure!(ticked["id"].is_string(), "{item}: {ticked}");
        }
        let early = self.enable(json!([])).await?;
        ensure!(
            early["code"] == "INVALID_STATE" && early["nextStep"].is_string(),
            "D28: what to do first: {early}"
        );
        let closing = json!({ "id": self.instance, "note": "逐页试用，符合要求。" });
        let closed = customer
            .act("closeMaintenance", "CloseMaintenanceInput", closing, INSTANCE, None)
            .await?;
        ensure!(closed["status"] == "READY", "{closed}");
        let document =
            "query($id: ID!) { order(id: $id) { acceptances { note versionNumber by { name } checklist { done } } } }";
        let read = self.scene.partner.ask(document, json!({ "id": self.order })).await?;
        let signed = &read["order"]["acceptances"][0];
        ensure!(
            signed["note"] == "逐页试用，符合要求。"
                && signed["by"]["name"] == "ca"
                && signed["versionNumber"] == "1.0.0",
            "{read}"
        );
        let items = signed["checklist"].as_array().context("a checklist")?;
        ensure!(items.iter().all(|item| item["done"] == true), "{read}");
        Ok(())
    }

    /// D27, D30: to employees it does not exist yet.
    pub async fn nobody_but_the_admin_sees_it_before(&self) -> Result<()> {
        let document = "query($id: ID!) { appInstance(id: $id) { id } appInstances { totalCount } }";
        for who in [&self.clerk, &self.keeper, &self.outsider] {
            let seen = who.ask(document, json!({ "id": self.instance })).await?;
            ensure!(
                seen == json!({ "appInstance": null, "appInstances": { "totalCount": 0 } }),
                "{seen}"
            );
        }
        Ok(())
    }

    /// D28: what is left open is waived by its name, and only so it is enabled.
    pub async fn it_is_enabled_with_a_waiver(&self) -> Result<()> {
        let data = self
            .scene
            .customer
            .ask(BINDINGS, json!({ "id": self.instance }))
            .await?;
        let items = data["appInstance"]["bindings"].as_array().context("a list")?;
        let open: Vec<&Value> = items
            .iter()
            .filter(|it| it["done"] == false)
            .map(|it| &it["key"])
            .collect();
        if !open.is_empty() {
            let refused = self.enable(json!([])).await?;
            let told = refused["details"].as_array().map(Vec::len);
            ensure!(refused["code"] == "OPEN_ITEMS" && told == Some(open.len()), "{refused}");
        }
        let enabled = self.enable(json!(open)).await?;
        ensure!(enabled["status"] == "ENABLED", "{enabled}");
        Ok(())
    }

    async fn enable(&self, waived: Value) -> Result<Value> {
        let range = json!({ "wholeOrganization": true });
        let input =
            json!({ "id": self.instance, "workbenchGroup": "业务", "visibleRange": range, "waivedItems": waived });
        self.scene
            .customer
            .act("enableInstance", "EnableInstanceInput", input, INSTANCE, None)
            .await
    }

    /// D22: one click, and what people added stays with its links.
    pub async fn sample_data_goes_and_the_rest_stays(&self) -> Result<()> {
        let input = json!({ "id": self.instance });
        let on = "... on AppInstance { sampleRecordCount }";
        let removed = self
            .scene
            .customer
            .act("removeSampleData", "InstanceActionInput", input, on, None)
            .await?;
        ensure!(removed["sampleRecordCount"] == 0, "{removed}");
        let state = self.state().await?;
        let pages = state["pages"].as_array().context("pages")?;
        for page in pages.iter().filter(|page| page["kind"] == "FORM_PAGE") {
            ensure!(page["recordCount"] == 1, "the record of the trial stays: {page}");
        }
        // What it linked to is gone with the sample data; from now on it links to what stayed.
        for (key, _) in self.forms().await? {
            let record = self.newest(&key).await?.context("a record")?;
            let values = self.values(&self.scene.customer, &key, 2).await?;
            let id = text(&record["id"]).context("an id")?;
            let saved = update(&self.scene.customer, &id, 1, values.clone()).await?;
            holds(&saved, &values).with_context(|| format!("{key}: {saved}"))?;
        }
        Ok(())
    }
}
