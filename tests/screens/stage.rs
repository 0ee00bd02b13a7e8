//! What the demo holds under ids of its own, and the little that it does not hold: addresses for the `{…}` of the list, files to
//! upload. Made over the API, as people make it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use appshelf_tests::client::{Client, text};
use appshelf_tests::{files, process::Product};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::followed;

/// Addresses and files by the names that the list uses.
pub struct Stage {
    addresses: Vec<(&'static str, String)>,
    export: PathBuf,
    folder: TempDir,
}

impl Stage {
    /// Sets it on the demo data of a server.
    pub async fn set(product: &Product) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("broken.json"), BROKEN)?;
        std::fs::write(folder.path().join("records.csv"), RECORDS)?;
        let export = match files::export("all-fields") {
            Some(export) => export,
            None => files::demo_package("customer-management"),
        };
        let partner = Client::of(product, "pa@partner.example")?;
        let mut addresses = projects(&partner).await?;
        let project = addresses[0].1.clone();
        let id = project.rsplit('/').next().context("an id")?.to_owned();
        addresses.extend(links(&partner, &id).await?);
        let customer = Client::of(product, "ca@customer.example")?;
        addresses.extend(applications(&customer).await?);
        addresses.push(group(&customer).await?);
        addresses.push(suspended(&Client::of(product, "ca@practice.example")?).await?);
        addresses.push(lacking(&partner).await?);
        let app = addresses
            .iter()
            .find(|(name, _)| *name == "app")
            .context("an application")?;
        let instance = app.1.trim_start_matches("/apps/").to_owned();
        addresses.extend(records(&customer, &Client::of(product, "ce@customer.example")?, &instance).await?);
        // Somebody of another organisation has tried one of the links (D12).
        let offer = "query($token: String!) { purchaseOffer(token: $token) { ... on UserError { code } } }";
        let link = &addresses.iter().find(|(name, _)| *name == "link").context("a link")?.1;
        let path = link.split('?').next().unwrap_or(link);
        let token = path.rsplit('/').next().unwrap_or(path);
        let other = Client::of(product, "ca@other.example")?;
        other.ask(offer, json!({ "token": token })).await?;
        addresses.extend(followed::addresses(product, folder.path()).await?);
        addresses.extend(promotions(&partner).await?);
        Ok(Self {
            addresses,
            export,
            folder,
        })
    }

    /// The address with its `{…}` filled in.
    pub fn address(&self, address: &str) -> String {
        let fill = |address: String, (name, value): &(&str, String)| address.replace(&format!("{{{name}}}"), value);
        self.addresses.iter().fold(address.to_owned(), fill)
    }

    /// The file of that name.
    pub fn file(&self, name: &str) -> PathBuf {
        match name {
            "export" => self.export.clone(),
            "records" => self.folder.path().join("records.csv"),
            name => self.folder.path().join(format!("{name}.json")),
        }
    }
}

/// A package with two mistakes.
const BROKEN: &str = r#"{ "format": "appshelf.package/1", "name": "Broken", "version": "1.0.0", "components": [
  { "key": "a", "kind": "FORM_PAGE", "name": "A", "definition": {}, "dependencies": ["missing"] },
  { "key": "a", "kind": "ROLE", "name": "A again", "definition": {} } ] }"#;

/// A table of devices: one line is good, one is not.
const RECORDS: &str = "设备名称,设备编号,设备类型,颜色\n备用水泵 1 号,SB-2026-301,泵类,蓝\n备用水泵 2 号,301,水泵,绿\n";

async fn projects(partner: &Client) -> Result<Vec<(&'static str, String)>> {
    let data = partner
        .ask("{ projects(first: 50) { nodes { id name } } }", Value::Null)
        .await?;
    let id = |name: &str| {
        let nodes = data["projects"]["nodes"].as_array().into_iter().flatten();
        let mut found = nodes.filter(|project| project["name"] == name);
        text(&found.next().with_context(|| format!("no project {name}"))?["id"])
    };
    Ok(vec![
        ("project", format!("/portal/projects/{}", id("蓝海制造设备数字化")?)),
        ("tried", format!("/portal/projects/{}", id("蓝海制造设备数字化")?)),
        ("amending", format!("/portal/projects/{}", id("蓝海制造培训管理")?)),
        ("own", format!("/portal/projects/{}", id("蓝海制造采购协同")?)),
        ("matching", format!("/review/projects/{}", id("蓝海制造采购协同")?)),
        ("differing", format!("/review/projects/{}", id("蓝海制造仓储盘点")?)),
    ])
}

/// The customer's group in which a cool app is enabled: of the whole organisation.
async fn group(customer: &Client) -> Result<(&'static str, String)> {
    let data = customer
        .ask("{ groups(first: 50) { nodes { id kind } } }", Value::Null)
        .await?;
    let nodes = data["groups"]["nodes"].as_array().into_iter().flatten();
    let mut whole = nodes.filter(|group| group["kind"] == "WHOLE_ORGANIZATION");
    let id = text(&whole.next().context("a group")?["id"])?;
    Ok(("group", format!("/groups/{id}")))
}

async fn links(partner: &Client, project: &str) -> Result<Vec<(&'static str, String)>> {
    let document = "query($id: ID!) { project(id: $id) { links { id url application { id } } } }";
    let data = partner.ask(document, json!({ "id": project })).await?;
    let link = &data["project"]["links"][0];
    let made = partner
        .act(
            "createDistributionLink",
            "CreateDistributionLinkInput",
            json!({ "projectId": project, "applicationId": link["application"]["id"] }),
            "... on DistributionLink { id url }",
        )
        .await?;
    partner
        .act(
            "revokeDistributionLink",
            "RevokeDistributionLinkInput",
            json!({ "id": made["id"] }),
            "... on DistributionLink { id }",
        )
        .await?;
    Ok(vec![
        ("link", path(&text(&link["url"])?)),
        ("revoked", path(&text(&made["url"])?)),
    ])
}

async fn applications(customer: &Client) -> Result<Vec<(&'static str, String)>> {
    let document = "{ appInstances(first: 50) { nodes { id status seats { bought } pages { key kind } } } }";
    let data = customer.ask(document, Value::Null).await?;
    let of = |status: &str| {
        let nodes = data["appInstances"]["nodes"].as_array().into_iter().flatten();
        let mut found = nodes.filter(|app| app["status"] == status && app["seats"].is_null());
        found.next().with_context(|| format!("no application is {status}"))
    };
    let mut all = data["appInstances"]["nodes"].as_array().into_iter().flatten();
    let seated = all
        .find(|app| !app["seats"].is_null())
        .context("an application with seats")?;
    let enabled = of("ENABLED")?;
    let pages = enabled["pages"].as_array().into_iter().flatten();
    let mut custom = pages.filter(|page| page["kind"] == "CUSTOM_PAGE");
    Ok(vec![
        ("app", format!("/apps/{}", text(&enabled["id"])?)),
        ("ready", format!("/apps/{}", text(&of("READY")?["id"])?)),
        ("seated", format!("/apps/{}", text(&seated["id"])?)),
        ("custom", text(&custom.next().context("a custom page")?["key"])?),
    ])
}

/// A page that the organisation's edition no longer covers.
async fn suspended(practice: &Client) -> Result<(&'static str, String)> {
    let document = "{ appInstances(first: 50) { nodes { id suspensions { componentKey feature } } } }";
    let data = practice.ask(document, Value::Null).await?;
    let app = &data["appInstances"]["nodes"][0];
    let mut all = app["suspensions"].as_array().into_iter().flatten();
    let page = all
        .find(|it| it["feature"] == "CUSTOM_PAGES")
        .context("a suspended page")?;
    let (app, page) = (text(&app["id"])?, text(&page["componentKey"])?);
    Ok(("suspended", format!("/apps/{app}/pages/{page}")))
}

/// A link to an application that the edition of its customer does not cover.
async fn lacking(partner: &Client) -> Result<(&'static str, String)> {
    let document = "{ projects(first: 50) { nodes { name links { url } } } }";
    let data = partner.ask(document, Value::Null).await?;
    let mut all = data["projects"]["nodes"].as_array().into_iter().flatten();
    let project = all.find(|it| it["name"] == "青禾零售门店巡检").context("a project")?;
    Ok(("lacking", path(&text(&project["links"][0]["url"])?)))
}

/// A record that an admin and an employee changed in turn, one that somebody began to change before somebody else did, and a new
/// one that was begun.
async fn records(admin: &Client, employee: &Client, instance: &str) -> Result<Vec<(&'static str, String)>> {
    let device = |name: &str, state: &str, price: i32| {
        json!({
            "name": name, "code": "SB-2026-101", "type": "泵类", "place": "一号车间", "state": state, "price": price,
            "boughtOn": "2026-03-12", "critical": true, "manual": "https://docs.example.com/pump"
        })
    };
    let page = format!("/apps/{instance}/pages/device/records");
    let changed = submitted(employee, instance, device("循环水泵 7 号", "运行", 18_600)).await?;
    update(employee, &changed, 1, device("循环水泵 7 号", "维修中", 18_600)).await?;
    update(admin, &changed, 2, device("循环水泵 7 号（备用）", "停机", 17_900)).await?;
    let crossed = submitted(employee, instance, device("冷却风机 3 号", "运行", 9_200)).await?;
    let draft = json!({
        "instanceId": instance, "pageKey": "device", "recordId": crossed, "version": 1,
        "data": { "state": "停机", "price": 8_800, "keeper": "王海蓝" }
    });
    save_draft(admin, draft).await?;
    update(employee, &crossed, 1, device("冷却风机 3 号", "维修中", 9_200)).await?;
    let begun = json!({ "name": "动力站夜间巡检", "cycle": "每日", "items": ["温度", "异响"] });
    save_draft(
        admin,
        json!({ "instanceId": instance, "pageKey": "plan", "data": begun }),
    )
    .await?;
    let oldest =
        "query($id: ID!) { appInstance(id: $id) { page(key: \"record\") { records(last: 1) { nodes { id } } } } }";
    let data = admin.ask(oldest, json!({ "id": instance })).await?;
    let sample = text(&data["appInstance"]["page"]["records"]["nodes"][0]["id"])?;
    Ok(vec![
        ("record", format!("{page}/{changed}")),
        ("sample", format!("/apps/{instance}/pages/record/records/{sample}")),
        ("crossed", format!("{page}/{crossed}/edit")),
    ])
}

async fn submitted(client: &Client, instance: &str, data: Value) -> Result<String> {
    let input = json!({ "instanceId": instance, "pageKey": "device", "data": data });
    let made = client
        .act("submitRecord", "SubmitRecordInput", input, "... on AppRecord { id }")
        .await?;
    text(&made["id"])
}

async fn update(client: &Client, id: &str, version: i32, data: Value) -> Result<()> {
    let input = json!({ "id": id, "version": version, "data": data });
    let on = "... on AppRecord { id }";
    client
        .act("updateRecord", "UpdateRecordInput", input, on)
        .await
        .map(drop)
}

async fn save_draft(client: &Client, input: Value) -> Result<()> {
    let on = "... on RecordDraft { version }";
    client
        .act("saveRecordDraft", "SaveRecordDraftInput", input, on)
        .await
        .map(drop)
}

/// Path and query of an address.
fn path(url: &str) -> String {
    let after_host = url.splitn(4, '/').nth(3).unwrap_or_default();
    format!("/{after_host}")
}

/// Where the promotion links of the demo lead, by what they say, and the page of the one that people came by.
async fn promotions(partner: &Client) -> Result<Vec<(&'static str, String)>> {
    let document = "{ promotionLinks(first: 10) { nodes { id url status } } }";
    let data = partner.ask(document, json!({})).await?;
    let mut found = Vec::new();
    for link in data["promotionLinks"]["nodes"].as_array().into_iter().flatten() {
        let url = text(&link["url"])?;
        let at = url.find("/promotion/").context("it leads to a promotion")?;
        let leads = url[at..].to_owned();
        match link["status"].as_str() {
            Some("OPEN") => {
                found.push(("promotion", leads));
                found.push(("promotion-link", format!("/portal/promotions/{}", text(&link["id"])?)));
            }
            Some("NOT_YET_VALID") => found.push(("promotion-early", leads)),
            Some("DISABLED") => found.push(("promotion-disabled", leads)),
            _ => {}
        }
    }
    Ok(found)
}
