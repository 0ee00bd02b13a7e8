//! How quickly the marketplace answers with 100,000 products, first and hundredth page alike, idle and while products are listed and
//! delisted. Run it with `scripts/bench market`; it prints a table and judges nothing.

// The schema's roots nest futures deeper than the compiler looks without being told.
#![recursion_limit = "256"]

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use appshelf::domain::market::numbers::{self, BLOCK};
use appshelf::domain::market::token::{Field, MarketText, normalised, tokens};
use appshelf::domain::market::traits::Traits;
use appshelf::domain::product_content::{Audience, ChargeForm, Industry};
use appshelf::store::conn::Conn;
use appshelf::store::schema::{market_cells, market_entries, market_postings, market_tags};
use appshelf_tests::api::{Kind, Someone, TestApp, address};
use appshelf_tests::listing::{Listing, PRODUCT};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::{Value, json};

const ENTRIES: u64 = 100_000;
/// Rows of one INSERT.
const ROWS: usize = 1_000;
/// Times that each search is run.
const TIMES: usize = 40;
const PAGE: usize = 20;

// Nothing is left out of an INSERT, so that SQLite takes several rows in one statement.
#[derive(Insertable)]
#[diesel(table_name = market_entries, treat_none_as_default_value = false)]
struct Entry {
    number: i64,
    product_id: String,
    organization_id: String,
    application_id: String,
    revision_id: String,
    category_id: String,
    charge_form: &'static str,
    name: String,
    normalised_name: String,
    summary: String,
    tags: String,
    audience: String,
    partner_name: String,
    listed_at: chrono::NaiveDateTime,
    installs: i32,
    description: String,
}

#[derive(Insertable)]
#[diesel(table_name = market_postings, treat_none_as_default_value = false)]
struct Posting {
    token: String,
    field: i16,
    block: i32,
    numbers: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = market_cells, treat_none_as_default_value = false)]
struct Block {
    kind: i16,
    block: i32,
    cells: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = market_tags, treat_none_as_default_value = false)]
struct Tag {
    tag: String,
    name: String,
    entries: i32,
}

macro_rules! insert {
    ($conn:expr, $table:path, $rows:expr) => {
        for part in $rows.chunks(ROWS) {
            match $conn {
                Conn::Sqlite(conn) => diesel::insert_into($table).values(part).execute(conn)?,
                Conn::Postgres(conn) => diesel::insert_into($table).values(part).execute(conn)?,
            };
        }
    };
}

/// One product of the catalogue.
struct Original {
    name: String,
    description: String,
    tags: Vec<String>,
}

fn catalogue() -> Result<Vec<Original>> {
    let path =
        std::env::var("APPSHELF_CATALOGUE").context("APPSHELF_CATALOGUE names a catalogue, one product a line")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let read = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    let lines = read.lines().map(|line| {
        let line: Value = serde_json::from_str(line)?;
        Ok(Original {
            name: text(&line["name"]),
            description: text(&line["description"]),
            tags: line["tags"].as_array().into_iter().flatten().map(text).collect(),
        })
    });
    lines.collect()
}

/// The text of the copy of that number: Chinese words that stand in half, a quarter and few of them, beside those of the original.
fn copy(originals: &[Original], number: u64) -> MarketText {
    let of = &originals[usize::try_from(number).unwrap_or(0) % originals.len()];
    let mut summary = String::from("开源协作平台");
    if number.is_multiple_of(2) {
        summary.push_str("，审批流程自动化");
    }
    if number % 4 < 2 {
        summary.push_str("，客户管理");
    }
    if number.is_multiple_of(5_003) {
        summary.push_str("，凤凰");
    }
    MarketText {
        name: format!("{} {number}", of.name),
        tags: of.tags.clone(),
        summary,
        description: of.description.clone(),
        partner: "星云软件".to_owned(),
    }
}

/// Writes the copies straight into the index, as entries of products that are not there.
fn fill(conn: &mut Conn, originals: &[Original], like: &HashMap<&str, String>) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => {
            conn.batch_execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN IMMEDIATE")?
        }
        Conn::Postgres(conn) => conn.batch_execute("SET session_replication_role = replica; BEGIN")?,
    }
    let clear = "DELETE FROM market_cells; DELETE FROM market_postings WHERE block > 0;";
    conn.batch_execute(clear)?;
    let mut tags: HashMap<String, (String, i32)> = HashMap::new();
    for block in 0..=ENTRIES / BLOCK {
        let (mut entries, mut held) = (Vec::new(), HashMap::<(String, Field), Vec<u16>>::new());
        let mut cells = [vec![0_u8; 4 * 4_096], vec![0_u8; 4 * 4_096]];
        for number in (block * BLOCK).max(2)..((block + 1) * BLOCK).min(ENTRIES) {
            let text = copy(originals, number);
            let (_, within) = numbers::place(number);
            for (field, token) in tokens(&text) {
                held.entry((token, field)).or_default().push(within);
            }
            for tag in &text.tags {
                tags.entry(normalised(tag)).or_insert((tag.clone(), 0)).1 += 1;
            }
            let charge = if number.is_multiple_of(3) {
                ChargeForm::Paid
            } else {
                ChargeForm::Free
            };
            let industries = match number % 4 {
                0 => vec![Industry::Retail, Industry::Finance],
                _ => Vec::new(),
            };
            let audience = Audience {
                industries,
                ..Audience::default()
            };
            let installs = number.wrapping_mul(2_654_435_761) % 5_000;
            let at = usize::from(within) * 4;
            cells[0][at..at + 4].copy_from_slice(&Traits::new(charge, 0, &audience).0.to_le_bytes());
            cells[1][at..at + 4].copy_from_slice(&u32::try_from(installs)?.to_le_bytes());
            entries.push(Entry {
                number: i64::try_from(number)?,
                product_id: format!("product_{number:026}"),
                organization_id: like["organization"].clone(),
                application_id: like["application"].clone(),
                revision_id: like["revision"].clone(),
                category_id: like["category"].clone(),
                charge_form: charge.as_str(),
                normalised_name: normalised(&text.name),
                name: text.name,
                summary: text.summary,
                tags: serde_json::to_string(&text.tags)?,
                audience: serde_json::to_string(&audience)?,
                partner_name: text.partner,
                listed_at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
                installs: i32::try_from(installs)?,
                description: text.description,
            });
        }
        let block = i32::try_from(block)?;
        let mut postings = Vec::with_capacity(held.len());
        for ((token, field), numbers) in held {
            let numbers = numbers::packed(&numbers).context("somebody has the token")?;
            postings.push(Posting {
                token,
                field: field.code(),
                block,
                numbers,
            });
        }
        postings.sort_by(|one, other| (&one.token, one.field).cmp(&(&other.token, other.field)));
        if block == 0 {
            conn.batch_execute("DELETE FROM market_postings")?;
        }
        insert!(&mut *conn, market_entries::table, entries);
        insert!(&mut *conn, market_postings::table, postings);
        let [traits, installs] = cells;
        let rows = [
            Block {
                kind: 0,
                block,
                cells: traits,
            },
            Block {
                kind: 1,
                block,
                cells: installs,
            },
        ];
        insert!(&mut *conn, market_cells::table, rows);
    }
    let tags: Vec<Tag> = tags
        .into_iter()
        .map(|(tag, (name, entries))| Tag { tag, name, entries })
        .collect();
    conn.batch_execute("DELETE FROM market_tags")?;
    insert!(&mut *conn, market_tags::table, tags);
    conn.batch_execute("COMMIT")?;
    match conn {
        Conn::Sqlite(conn) => conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); ANALYZE")?,
        Conn::Postgres(conn) => conn.batch_execute("ANALYZE")?,
    }
    Ok(())
}

const FIELDS: &str = "pageInfo { endCursor hasNextPage } nodes { id name summary icon { id } tags category { name } partnerName chargeForm installs }";

fn document(facets: bool) -> String {
    let facets = match facets {
        true => "facets { categories { count } chargeForms { count } industries { count } tags { tag count } }",
        false => "",
    };
    format!(
        "query($search: String, $sort: MarketSort, $first: Int, $after: String, $form: ChargeForm, $industry: Industry) {{
         marketProducts(search: $search, sort: $sort, first: $first, after: $after, chargeForm: $form, industry: $industry)
         {{ totalCount {FIELDS} {facets} }} }}"
    )
}

/// The middle and the slow end of how long a search takes, in milliseconds.
async fn timed(who: &Someone, document: &str, variables: &Value) -> Result<(f64, f64)> {
    let mut taken = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let from = Instant::now();
        who.ask(document, variables.clone()).await?;
        taken.push(from.elapsed());
    }
    taken.sort();
    let at = |share: usize| taken[(TIMES * share / 100).min(TIMES - 1)].as_secs_f64() * 1_000.0;
    Ok((at(50), at(95)))
}

/// The cursor before the hundredth page, where there is one.
async fn hundredth(who: &Someone, variables: &Value) -> Result<Option<Value>> {
    let (mut after, mut left) = (Value::Null, 99 * PAGE);
    while left > 0 {
        let mut asked = variables.clone();
        let size = left.min(100);
        asked["first"] = json!(size);
        asked["after"] = after;
        let told = who.ask(&document(false), asked).await?;
        let info = &told["marketProducts"]["pageInfo"];
        if info["hasNextPage"] != true {
            return Ok(None);
        }
        after = info["endCursor"].clone();
        left -= size;
    }
    Ok(Some(after))
}

async fn table(who: &Someone, sorts: &[&str], facets: bool) -> Result<()> {
    let words = [
        ("rare word", "凤凰"),
        ("common word", "审批"),
        ("two words", "审批 客户"),
        ("long word", "审批流程"),
        ("beginning", "s"),
        ("no word", ""),
    ];
    println!(
        "{:<12} {:<15} {:<7} {:>8}  {:>13}  {:>13}",
        "search", "sort", "filter", "found", "first page", "100th page"
    );
    for (name, word) in words {
        for sort in sorts {
            for filter in [false, true] {
                let mut variables = json!({ "search": word, "sort": sort, "first": PAGE });
                if filter {
                    variables["form"] = json!("PAID");
                    variables["industry"] = json!("RETAIL");
                }
                let document = document(facets);
                let told = who.ask(&document, variables.clone()).await?;
                let first = timed(who, &document, &variables).await?;
                let later = match hundredth(who, &variables).await? {
                    Some(after) => {
                        variables["after"] = after;
                        let (p50, p95) = timed(who, &document, &variables).await?;
                        format!("{p50:.1} / {p95:.1}")
                    }
                    None => "-".to_owned(),
                };
                println!(
                    "{name:<12} {sort:<15} {:<7} {:>8}  {:>13}  {later:>13}",
                    if filter { "yes" } else { "no" },
                    told["marketProducts"]["totalCount"].to_string(),
                    format!("{:.1} / {:.1}", first.0, first.1),
                );
            }
        }
    }
    Ok(())
}

async fn measure(kind: Kind, originals: Arc<Vec<Original>>) -> Result<()> {
    let Some(app) = TestApp::start(kind)? else {
        println!("there is no PostgreSQL server: run under scripts/with-postgres");
        return Ok(());
    };
    let scene = Listing::set(&app).await?;
    let listed = scene.listed().await?;
    let organization = scene.partner.organization_id.clone().context("signed in")?;
    let like = HashMap::from([
        ("organization", organization.to_string()),
        ("application", scene.application.clone()),
        (
            "revision",
            listed["approvedRevision"]["id"].as_str().unwrap_or_default().to_owned(),
        ),
        ("category", scene.category.clone()),
    ]);
    let opened = address(&app)?;
    let from = Instant::now();
    let filled = tokio::task::spawn_blocking(move || fill(&mut opened.open()?, &originals, &like));
    filled.await??;
    // The one real product comes again: its traces in the index were written over.
    for (name, input) in [
        ("hideProduct", "WithdrawProductInput"),
        ("showProduct", "ShowProductInput"),
    ] {
        toggle(&scene, &listed, name, input).await?;
    }
    println!(
        "\n== {kind:?}: {ENTRIES} entries written in {:.0} s; milliseconds, p50 / p95 of {TIMES}",
        from.elapsed().as_secs_f64()
    );
    let visitor = app.nobody();
    let sorts = ["RELEVANCE", "NEWEST", "MOST_INSTALLED"];
    table(&visitor, &sorts, false).await?;
    println!("-- with facets");
    table(&visitor, &sorts[..1], true).await?;
    let (stop, changes) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let (until, counted, from) = (Arc::clone(&stop), Arc::clone(&changes), Instant::now());
    let churn = async {
        while !until.load(Ordering::Relaxed) {
            for (name, input) in [
                ("hideProduct", "WithdrawProductInput"),
                ("showProduct", "ShowProductInput"),
            ] {
                toggle(&scene, &listed, name, input).await?;
                counted.fetch_add(1, Ordering::Relaxed);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::Ok(())
    };
    println!("-- while a product is hidden and shown again and again");
    let searching = async {
        let told = table(&visitor, &sorts, false).await;
        stop.store(true, Ordering::Relaxed);
        told
    };
    let (churned, searched) = tokio::join!(churn, searching);
    churned?;
    searched?;
    let each = from.elapsed().as_secs_f64() * 1_000.0 / changes.load(Ordering::Relaxed).max(1) as f64;
    println!(
        "{} changes in the meantime, one in {each:.0} ms",
        changes.load(Ordering::Relaxed)
    );
    Ok(())
}

async fn toggle(scene: &Listing, listed: &Value, name: &str, input: &str) -> Result<()> {
    let mut given = json!({ "id": listed["id"] });
    if name == "hideProduct" {
        given["reason"] = json!("测量");
    }
    let told = scene.operator.act(name, input, given, PRODUCT, None).await?;
    if told["__typename"] != "Product" {
        bail!("{told}");
    }
    Ok(())
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let originals = Arc::new(catalogue()?);
    for kind in [Kind::Sqlite, Kind::Postgres] {
        measure(kind, Arc::clone(&originals)).await?;
    }
    Ok(())
}
