//! By which plans the databases carry statements out: what a piece of work runs is listened to, and each statement explained. Plans
//! are read without a table's real size: what has no index shows even while the table is small.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::store::conn::Conn;
use crate::store::testing::TestStore;
use crate::store::{Result, Store};

/// Statements as they were run, without their values.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Listens to everything that runs on the connection until [`Statements::stop`].
    pub fn listen(&self, conn: &mut Conn) {
        let heard = Arc::clone(&self.0);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let text = query.to_string();
                let sql = text.split(" -- binds:").next().unwrap_or(&text).to_owned();
                let mut all = heard.lock().unwrap_or_else(PoisonError::into_inner);
                if !all.contains(&sql) {
                    all.push(sql);
                }
            }
        });
    }

    /// Hears no more of the connection.
    pub fn stop(conn: &mut Conn) {
        conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    }

    /// What was heard, as far as it can be explained; something was.
    fn heard(&self) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let explained = |sql: &&String| {
            let start = sql.trim_start().to_uppercase();
            ["SELECT", "INSERT", "UPDATE", "DELETE"]
                .iter()
                .any(|word| start.starts_with(word))
        };
        let heard: Vec<String> = all.iter().filter(explained).cloned().collect();
        assert!(!heard.is_empty(), "the work asks the database nothing");
        heard
    }
}

/// Fails where one of the statements goes through a whole table that is not among those that never grow.
pub fn assert_no_scan(store: &TestStore, statements: &Statements, small: &[&str]) {
    let grows = |scan: &String| {
        !small
            .iter()
            .any(|table| scan.split([' ', '"']).any(|word| word == *table))
    };
    let mut scans = Vec::new();
    let read = store.read_blocking(|conn| {
        for sql in statements.heard() {
            let plan = explain(conn, &sql, &["enable_seqscan"])?;
            let found = match conn {
                Conn::Sqlite(_) => sqlite_scans(&plan),
                Conn::Postgres(_) => postgres_scans(&plan),
            };
            let found = found.into_iter().filter(grows);
            scans.extend(found.map(|scan| format!("{scan}\n    in {sql}")));
        }
        Ok(())
    });
    read.expect("the statements can be explained");
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}

/// How much the query of a list may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Look rows up by an index or walk one in order until the page is full.
    Walk,
    /// The same, and sort the rows that belong to the keys which it was given.
    Sort,
}

/// What PostgreSQL does without when the plan of a list is read: a sort shows only where no index gives the order.
const UNSORTED: &[&str] = &[
    "enable_seqscan",
    "enable_sort",
    "enable_bitmapscan",
    "enable_incremental_sort",
];

/// Every query of the work that a plan of this database would run through one of the growing tables, with its plan.
pub fn offences(store: &Store, tables: &[&str], may: May, work: impl FnOnce(&mut Conn) -> Result<()>) -> Vec<String> {
    let read = store.read_blocking(|conn| {
        let statements = Statements::default();
        statements.listen(conn);
        let done = work(conn);
        Statements::stop(conn);
        done?;
        let mut offences = Vec::new();
        for query in statements.heard() {
            let plan = explain(conn, &query, UNSORTED)?;
            let bad = match conn {
                Conn::Sqlite(_) => offends_sqlite(&query, &plan, tables, may),
                Conn::Postgres(_) => offends_postgres(&plan, tables, may),
            };
            if bad {
                offences.push(format!("{query}\n    {}", plan.join("\n    ")));
            }
        }
        Ok(offences)
    });
    read.expect("plans can be read")
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The lines of a statement's plan; PostgreSQL does without the ways that are named, where it has others.
fn explain(conn: &mut Conn, sql: &str, without: &[&str]) -> Result<Vec<String>> {
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn)?,
        Conn::Postgres(conn) => {
            let off: String = without.iter().map(|way| format!("SET {way} = off; ")).collect();
            conn.batch_execute(&format!(
                "{off}SET plan_cache_mode = force_generic_plan; \
                 CREATE OR REPLACE FUNCTION pg_temp.plan_of(asked TEXT) RETURNS SETOF TEXT AS \
                 $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN ' || asked; END $$ LANGUAGE plpgsql; \
                 PREPARE examined AS {sql}"
            ))?;
            let values = vec!["NULL"; placeholders(sql)].join(", ");
            let values = match values.is_empty() {
                true => values,
                false => format!("({values})"),
            };
            let asked = format!("SELECT plan_of AS detail FROM pg_temp.plan_of('EXECUTE examined{values}')");
            let lines = sql_query(asked).load(conn)?;
            conn.batch_execute("DEALLOCATE examined; RESET ALL")?;
            lines
        }
    };
    Ok(lines.into_iter().map(|line| line.detail).collect())
}

/// The highest `$n`.
fn placeholders(query: &str) -> usize {
    let numbers = query.split('$').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    numbers.max().unwrap_or(0)
}

fn sqlite_scans(plan: &[String]) -> Vec<String> {
    let of_no_table = |line: &str| {
        ["SCAN (", "SCAN CONSTANT"].iter().any(|start| line.starts_with(start)) || line.ends_with("VALUES CLAUSE")
    };
    let scans = plan
        .iter()
        .filter(|line| line.starts_with("SCAN ") && !of_no_table(line));
    scans.cloned().collect()
}

/// A table is gone through by a sequential scan, or by an index that nothing narrows.
fn postgres_scans(plan: &[String]) -> Vec<String> {
    let is_step = |line: &String| line.contains("->") || line.contains("(cost=");
    let mut scans = Vec::new();
    for (index, line) in plan.iter().enumerate() {
        let narrowed = plan[index + 1..]
            .iter()
            .take_while(|line| !is_step(line))
            .any(|line| line.contains("Index Cond:"));
        let by_index = line.contains("Index Scan") || line.contains("Index Only Scan");
        if line.contains("Seq Scan") || (by_index && !narrowed) {
            scans.push(line.trim().to_owned());
        }
    }
    scans
}

/// A walk in order ends with its page; a scan that has to sort, or has no end, does not.
fn offends_sqlite(query: &str, plan: &[String], tables: &[&str], may: May) -> bool {
    let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE FOR ORDER BY"));
    let by_id = plan.iter().any(|line| line.contains("(id=?)"));
    let scans = sqlite_scans(plan).iter().any(|line| {
        let grows = tables.iter().any(|table| line.split(' ').nth(1) == Some(*table));
        let walks = line.contains("INDEX") && query.contains(" LIMIT ") && !sorts;
        grows && !walks
    });
    scans || (sorts && !by_id && may == May::Walk)
}

fn offends_postgres(plan: &[String], tables: &[&str], may: May) -> bool {
    let scans = plan.iter().any(|line| {
        tables
            .iter()
            .any(|table| line.contains(&format!("Seq Scan on {table} ")))
    });
    let sorts = plan
        .iter()
        .any(|line| line.trim_start().trim_start_matches("->  ").starts_with("Sort  "));
    let by_id = plan.iter().any(|line| line.contains("Index Cond: (id = "));
    scans || (sorts && !by_id && may == May::Walk)
}
