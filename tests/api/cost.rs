//! No number of statements that grows with the page (P7): every list at the schema's root is asked for one row and for
//! several, with each relation of its rows and each relation of those, and the database must not notice how many rows
//! there are. What there is to ask comes from the schema itself, so a new field is tried as soon as it exists.
//!
//! Statements are counted over the whole process, which is why this is one test for each database and not many.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Kind, Someone, TestApp, corp_id};
use appshelf_tests::buying;
use appshelf_tests::cool_app;
use appshelf_tests::listing;
use appshelf_tests::promotion;
use appshelf_tests::scene::{
    Scene, active_project, ask_partner, buy, grant, import, import_version, link, maintain, order_of, package,
};
use diesel::connection::InstrumentationEvent;
use serde_json::{Value, json};

/// Rows that every list has at least, and that are asked for.
const ROWS: usize = 4;
/// Times that a document which looks too dear is asked again: a busy machine can tear one batch into two.
const TRIES: usize = 20;

/// Fields of links that read nothing and are computed with keyed hashes: without optimisation that takes longer than a batch
/// waits for the rest of its keys.
const COMPUTED: [&str; 4] = ["url", "qrSvg", "qrPng", "qrPosterPng"];

static SELECTS: AtomicUsize = AtomicUsize::new(0);

fn count(event: InstrumentationEvent<'_>) {
    if let InstrumentationEvent::StartQuery { query, .. } = event
        && query.to_string().trim_start().starts_with("SELECT")
    {
        SELECTS.fetch_add(1, Ordering::SeqCst);
    }
}

/// A field of the schema that needs no argument.
#[derive(Clone, Debug)]
struct Field {
    name: String,
    of: String,
}

/// The object types of the schema: their fields that need no argument.
struct Shape(BTreeMap<String, Vec<Field>>);

impl Shape {
    async fn read(by: &Someone) -> Result<Self> {
        let of = "ofType { name kind ofType { name kind ofType { name kind ofType { name kind } } } }";
        let document = format!(
            "{{ __schema {{ types {{ name kind fields {{ name args {{ defaultValue type {{ kind }} }} type {{ name kind {of} }} }} }} }} }}"
        );
        let schema = by.ask(&document, json!({})).await?;
        let mut types = BTreeMap::new();
        for of in schema["__schema"]["types"].as_array().into_iter().flatten() {
            let optional = |arg: &Value| arg["type"]["kind"] != "NON_NULL" || !arg["defaultValue"].is_null();
            let fields = of["fields"].as_array().into_iter().flatten();
            let fields = fields
                .filter(|it| it["args"].as_array().into_iter().flatten().all(optional))
                .map(|it| Field {
                    name: it["name"].as_str().unwrap_or_default().to_owned(),
                    of: innermost(&it["type"]),
                });
            types.insert(of["name"].as_str().unwrap_or_default().to_owned(), fields.collect());
        }
        Ok(Self(types))
    }

    fn fields(&self, of: &str) -> &[Field] {
        self.0.get(of).map(Vec::as_slice).unwrap_or_default()
    }

    /// The type of a connection's rows.
    fn node(&self, of: &str) -> Option<String> {
        let nodes = self.fields(of).iter().find(|field| field.name == "nodes")?;
        of.ends_with("Connection").then(|| nodes.of.clone())
    }

    /// The field with what can be read of it at once, and with `more` of it where that is given.
    fn select(&self, field: &Field, more: Option<String>) -> String {
        let row = self.node(&field.of);
        let of = row.as_deref().unwrap_or(&field.of);
        let inside = more.unwrap_or_else(|| {
            let fields = self.fields(of).iter();
            let plain = fields.filter(|it| self.fields(&it.of).is_empty() && !COMPUTED.contains(&it.name.as_str()));
            let plain: Vec<&str> = plain.map(|it| it.name.as_str()).collect();
            format!("__typename {}", plain.join(" "))
        });
        match (&row, self.fields(of).is_empty()) {
            (Some(_), _) => format!("{}(first: 2) {{ nodes {{ {inside} }} }}", field.name),
            (None, true) if is_union(&field.of) => format!("{} {{ __typename }}", field.name),
            (None, true) => field.name.clone(),
            (None, false) => format!("{} {{ {inside} }}", field.name),
        }
    }

    /// Every relation of a type, and every relation of those.
    fn relations(&self, of: &str) -> Vec<String> {
        let mut all = Vec::new();
        for field in self.fields(of) {
            all.push(self.select(field, None));
            let row = self.node(&field.of).unwrap_or_else(|| field.of.clone());
            for next in self.fields(&row).iter().filter(|it| !self.fields(&it.of).is_empty()) {
                all.push(self.select(field, Some(self.select(next, None))));
            }
        }
        all
    }
}

fn innermost(of: &Value) -> String {
    let mut of = of;
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    of["name"].as_str().unwrap_or_default().to_owned()
}

fn is_union(name: &str) -> bool {
    name.ends_with("Result")
}

/// Statements that the document needs, and the rows that came.
async fn statements(by: &Someone, root: &str, document: &str) -> Result<Option<(usize, usize)>> {
    let before = SELECTS.load(Ordering::SeqCst);
    let answer = by.send(document, json!({})).await?;
    let needed = SELECTS.load(Ordering::SeqCst) - before;
    if !answer["errors"].is_null() {
        // Who may not read the list, or that of it, is told so.
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some("NO_PERMISSION") => return Ok(None),
            _ => bail!("{document}: {answer}"),
        }
    }
    let rows = answer["data"][root]["nodes"].as_array().map_or(0, Vec::len);
    Ok(Some((needed, rows)))
}

/// Pages within a page: each is cut by arguments of its own, so that it takes a statement for each row, and the cost model
/// counts it for each row. A list of records is sorted and filtered besides.
const NESTED_PAGES: [&str; 5] = ["timeline(", "holders(", "records(", "messages(", "subscribers("];

/// What grows with the rows of a list: the document, and the statements that it needs for one row and for several.
async fn growing(by: &Someone, root: &str, inside: &str) -> Result<Option<String>> {
    let page = |rows: usize| format!("{{ {root}(first: {rows}) {{ nodes {{ {inside} }} }} }}");
    let mut seen = (0, 0, 0);
    for _ in 0..TRIES {
        let (Some((one, _)), Some((all, rows))) = (
            statements(by, root, &page(1)).await?,
            statements(by, root, &page(ROWS)).await?,
        ) else {
            return Ok(None);
        };
        // A relation that the first row lacks costs its one statement later.
        if rows < ROWS || all < one + ROWS - 1 {
            return Ok(None);
        }
        seen = (one, all, rows);
    }
    Ok(Some(format!(
        "{root} {{ {inside} }}: {} for 1 row, {} for {}",
        seen.0, seen.1, seen.2
    )))
}

/// At least [`ROWS`] of everything that lists show; operators who review products and cool apps besides.
async fn fill(app: &TestApp) -> Result<(Scene, [Someone; 2])> {
    let scene = app.scene("blue", EditionName::Exclusive).await?;
    for n in 1..ROWS {
        let mut more = package(true);
        more["name"] = json!(format!("应用 {n}"));
        import(&scene.partner, &more, true).await?;
        let project = active_project(&scene.partner, &scene.reviewer, &format!("项目 {n}"), &corp_id("blue")).await?;
        let (_, token) = link(&scene.partner, &project, &scene.application).await?;
        buy(&scene.customer, &token, None).await?;
        let partner = app.partner(&format!("more{n}")).await?;
        grant(&partner, &scene.reviewer).await?;
    }
    let operator = products(app, &scene).await?;
    let open_platform = cool_apps(app, &scene).await?;
    for _ in 0..ROWS {
        let used = scene.forms_in_use().await?;
        let unfinished = scene.instance().await?;
        let order = order_of(&scene.customer, &unfinished).await?;
        maintain(&scene.developer, &order, 4).await?;
        ask_partner(&scene.employee, &used, "同步失败").await?;
    }
    Ok((scene, [operator, open_platform]))
}

/// Products on the marketplace that the customer tries, a cool app of each on the market and one in review, and groups that have one each; who reviews them.
async fn cool_apps(app: &TestApp, scene: &Scene) -> Result<Someone> {
    let shelf = cool_app::Shelf::set(app, &scene.reviewer).await?;
    let operator = cool_app::operator(app, &shelf.superadmin).await?;
    for n in 0..ROWS {
        let product = shelf.list(&scene.partner, &format!("群应用 {n}")).await?;
        let promoted = promotion::create_link(&scene.partner, &json!({ "id": product }), "fair", json!({})).await?;
        anyhow::ensure!(promoted["status"] == "OPEN", "{promoted}");
        let opened = buying::open(&scene.customer, &json!({ "id": product }), "TRIAL").await?;
        anyhow::ensure!(opened["status"] == "PAID", "{opened}");
        let input = json!({ "productId": product, "message": "想了解报价", "consent": true });
        let on = "... on Lead { id }";
        scene
            .customer
            .act("consultPartner", "ConsultPartnerInput", input, on, None)
            .await?;
        buying::arrived(&scene.customer, &opened["license"]["id"]).await?;
        roll_out(&scene.partner, &product).await?;
        let draft = cool_app::draft(&scene.partner, &product).await?;
        let handed_in = cool_app::submit(&scene.partner, &draft).await?;
        let approved = cool_app::review(&operator, &handed_in, "APPROVE", None).await?;
        let group = cool_app::group(&scene.customer, &format!("群 {n}"), "ORDINARY", &[]).await?;
        let installed = cool_app::install(&scene.customer, &approved, &group, true).await?;
        anyhow::ensure!(installed["status"] == "ENABLED", "{installed}");
        let draft = cool_app::draft(&scene.partner, &product).await?;
        cool_app::submit(&scene.partner, &draft).await?;
    }
    Ok(operator)
}

/// A rollout of a further version of a product.
async fn roll_out(partner: &Someone, product: &str) -> Result<()> {
    let document = "query($id: ID!) { product(id: $id) { application { id name } } }";
    let of = partner.ask(document, json!({ "id": product })).await?["product"]["application"].take();
    let mut next = package(false);
    next["name"] = of["name"].clone();
    next["version"] = json!("1.1.0");
    import_version(partner, of["id"].as_str().context("an id")?, &next).await?;
    let input = json!({ "productId": product, "waves": [{ "kind": "ALL" }] });
    let on = "... on Rollout { status }";
    let started = partner.act("startRollout", "RolloutInput", input, on, None).await?;
    anyhow::ensure!(started["status"].is_string(), "{started}");
    Ok(())
}

/// A product of each of the partner's applications, in review; who reviews them.
async fn products(app: &TestApp, scene: &Scene) -> Result<Someone> {
    let platform = scene.reviewer.organization_id.clone().context("signed in")?;
    let superadmin = app.person("sa", "platform", &platform, &[Role::Superadmin]).await?;
    let operator = app
        .person("co", "platform", &platform, &[Role::CategoryOperator])
        .await?;
    let category = listing::category(&superadmin, "客户管理", "CRM", &[&operator]).await?;
    let input = json!({ "nameZh": "安全审查", "nameEn": "Security review" });
    let on = "... on PreTask { id }";
    superadmin
        .act("savePreTask", "SavePreTaskInput", input, on, None)
        .await?;
    let all = scene
        .partner
        .ask("{ applications { nodes { id } } }", json!({}))
        .await?;
    for application in all["applications"]["nodes"].as_array().into_iter().flatten() {
        let application = application["id"].as_str().context("an id")?;
        listing::self_tested(&scene.partner, application).await?;
        let made = listing::create(&scene.partner, application).await?;
        let content = listing::content(&scene.partner, &category).await?;
        let saved = listing::save(&scene.partner, &made, content).await?;
        let handed_in = listing::submit(&scene.partner, &saved).await?;
        anyhow::ensure!(handed_in["status"] == "IN_REVIEW", "{handed_in}");
    }
    Ok(operator)
}

async fn p7_on(kind: Kind) -> Result<()> {
    diesel::connection::set_default_instrumentation(|| Some(Box::new(count))).context("the only one to set it")?;
    let Some(mut app) = TestApp::start(kind)? else {
        return Ok(());
    };
    let (scene, [operator, open_platform]) = fill(&app).await?;
    app.stop_working().await?;
    let shape = Shape::read(&scene.partner).await?;
    let lists = shape
        .fields("Query")
        .iter()
        .filter_map(|field| Some((field.name.clone(), shape.node(&field.of)?)));
    let lists: Vec<(String, String)> = lists.collect();
    let (mut full, mut found) = (BTreeMap::new(), Vec::new());
    for by in [
        &scene.partner,
        &scene.customer,
        &scene.employee,
        &scene.reviewer,
        &operator,
        &open_platform,
    ] {
        for (root, node) in &lists {
            let plain = format!("{{ {root}(first: {ROWS}) {{ nodes {{ __typename }} }} }}");
            let Some((_, rows)) = statements(by, root, &plain).await? else {
                continue;
            };
            let most = full.entry(root.clone()).or_insert(0);
            *most = rows.max(*most);
            if rows < ROWS {
                continue;
            }
            for inside in shape.relations(node) {
                if !NESTED_PAGES.iter().any(|page| inside.contains(page)) {
                    found.extend(growing(by, root, &inside).await?);
                }
            }
        }
    }
    let empty: Vec<_> = full.iter().filter(|(_, rows)| **rows < ROWS).collect();
    assert_eq!(
        empty,
        [(&"amendments".to_owned(), &0)],
        "nobody sees enough of these to judge them"
    );
    found.dedup();
    assert!(
        found.is_empty(),
        "{} grow with the page:\n{}",
        found.len(),
        found.join("\n")
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_no_number_of_statements_grows_with_the_page_on_sqlite() -> Result<()> {
    p7_on(Kind::Sqlite).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_no_number_of_statements_grows_with_the_page_on_postgres() -> Result<()> {
    p7_on(Kind::Postgres).await
}
