//! `appshelf seed --catalogue FILE`: real products on the marketplace, one a line as JSON, each by the way of any other: a package is
//! imported, published and self-tested, its product written, handed in, approved and listed, by the demo's people over the API. A run
//! that was interrupted goes on where it stopped; what is listed already is left as it is.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::PASSWORD;
use super::actor::Somebody;
use super::catalogue_line::{Line, pictures};
use super::stall::Stall;
use crate::app::App;
use crate::domain::organization::{EditionName, OrganizationKind, Role};
use crate::graphql;
use crate::services::installation::{self, NewOrganization, NewPerson};
use crate::store::{Actor, organization};

/// CorpID of the partner whose products they are.
const CORP_ID: &str = "ding3f7b20c9e5d84a16b0c7f19e24a6d853";
const EMAIL: &str = "pa@catalogue.example";
/// How often progress is told.
const TELL_EVERY: usize = 25;

/// Lists every product of the file.
pub async fn list(app: &Arc<App>, file: &Path) -> anyhow::Result<()> {
    let lines = read(file)?;
    settle(app).await?;
    let schema = graphql::schema();
    let staff = Staff {
        partner: Somebody::find(app, &schema, EMAIL).await?,
        superadmin: Somebody::find(app, &schema, "sa@platform.example").await?,
        operator: Somebody::find(app, &schema, "co@platform.example").await?,
    };
    let stall = Stall {
        partner: &staff.partner,
        operator: &staff.operator,
    };
    stall.have_test_organization("目录体验测试组织").await?;
    let categories = staff.categories(&lines).await?;
    let known = staff.known().await?;
    let me = stall.contact().await?;
    let (mut icons, from) = (HashMap::new(), Instant::now());
    let (mut listed, mut there) = (0_usize, 0_usize);
    for line in &lines {
        let before = known.get(&line.name);
        if before.is_some_and(|it| it["product"]["status"] == "LISTED") {
            there += 1;
            continue;
        }
        let category = categories.get(&line.category).context("every line has a category")?;
        if !icons.contains_key(&line.category) {
            let (icon, screenshot) = pictures(&line.category)?;
            icons.insert(line.category.clone(), stall.pictures(icon, screenshot).await?);
        }
        let mut content = line.content(category, &me);
        icons[&line.category].stand_in(&mut content);
        let done = stall.put(&line.package(), content, before).await;
        done.with_context(|| format!("{} could not be listed; run the same command again to go on", line.name))?;
        listed += 1;
        if listed.is_multiple_of(TELL_EVERY) {
            let each = from.elapsed().as_secs_f64() / listed as f64;
            eprintln!(
                "{} of {} products are listed ({each:.2} s each)",
                there + listed,
                lines.len()
            );
        }
    }
    eprintln!("{listed} products listed, {there} were there already");
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<Line>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line = Line::parse(line).with_context(|| format!("line {} of {}", at + 1, file.display()))?;
        if lines.contains_key(&line.name) {
            eprintln!("line {} is left out: a product is called {} already", at + 1, line.name);
            continue;
        }
        lines.insert(line.name.clone(), line);
    }
    ensure!(!lines.is_empty(), "{} names no product", file.display());
    Ok(lines.into_values().collect())
}

/// The partner whose products they are, made once.
async fn settle(app: &Arc<App>) -> anyhow::Result<()> {
    let there = app.store.read(|conn| organization::by_corp_id(conn, CORP_ID)).await?;
    if there.is_some() {
        return Ok(());
    }
    let hash = app.passwords.hash(PASSWORD.to_owned().into()).await?;
    let actor = Actor {
        request_id: "seed".to_owned(),
        ..Actor::default()
    };
    let made = app.store.write(actor, move |tx| {
        let organization_id = installation::create_organization(
            tx,
            &NewOrganization {
                corp_id: CORP_ID,
                name: "开源应用目录",
                kinds: &[OrganizationKind::Partner],
                edition: EditionName::Professional,
            },
        )?;
        let person = NewPerson {
            email: EMAIL,
            name: "叶开源",
            password_hash: &hash,
            organization_id: &organization_id,
            roles: &[Role::PartnerAdmin],
        };
        installation::create_person(tx, &person)
    });
    made.await?;
    Ok(())
}

/// Who lists the products.
struct Staff {
    partner: Somebody,
    superadmin: Somebody,
    operator: Somebody,
}

impl Staff {
    /// The ids of the categories of the lines, by name; those that are missing are made, and the operator holds them all.
    async fn categories(&self, lines: &[Line]) -> anyhow::Result<HashMap<String, Value>> {
        let document = "{ categories { id nameZh operators { id } } }";
        let there = self.superadmin.ask(document, json!({})).await?;
        let me = self.operator.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take();
        let mut known: HashMap<String, (Value, Vec<Value>)> = HashMap::new();
        for category in there["categories"].as_array().into_iter().flatten() {
            let operators = category["operators"].as_array().into_iter().flatten();
            let operators = operators.map(|it| it["id"].clone()).collect();
            let name = category["nameZh"].as_str().unwrap_or_default().to_owned();
            known.insert(name, (category["id"].clone(), operators));
        }
        let on = "... on Category { id }";
        let mut found = HashMap::new();
        for line in lines {
            if found.contains_key(&line.category) {
                continue;
            }
            let (id, mut operators) = match known.remove(&line.category) {
                Some(known) => known,
                None => {
                    let input = json!({ "nameZh": line.category, "nameEn": line.category });
                    let mut made = self
                        .superadmin
                        .act("saveCategory", "SaveCategoryInput", input, on)
                        .await?;
                    (made["id"].take(), Vec::new())
                }
            };
            if !operators.contains(&me) {
                operators.push(me.clone());
                let input = json!({ "id": id, "userIds": operators });
                let kind = "SetCategoryOperatorsInput";
                self.superadmin.act("setCategoryOperators", kind, input, on).await?;
            }
            found.insert(line.category.clone(), id);
        }
        Ok(found)
    }

    /// What the partner has already, by name.
    async fn known(&self) -> anyhow::Result<HashMap<String, Value>> {
        let document =
            "query Known($after: String) { applications(first: 100, after: $after) { pageInfo { endCursor hasNextPage }
            nodes { id name latestVersion { id status } product { id status openRevision { id status version } } } } }";
        let (mut known, mut after) = (HashMap::new(), Value::Null);
        loop {
            let mut page = self.partner.ask(document, json!({ "after": after })).await?["applications"].take();
            for row in page["nodes"].as_array().into_iter().flatten() {
                known.insert(row["name"].as_str().unwrap_or_default().to_owned(), row.clone());
            }
            if page["pageInfo"]["hasNextPage"] != true {
                return Ok(known);
            }
            after = page["pageInfo"]["endCursor"].take();
        }
    }
}
