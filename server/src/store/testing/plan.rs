//! Reads the plans that a database makes for the queries of some work, and says where one would read a growing table from end
//! to end. Plans are read without a table's real size: what has no index shows even while the table is small.

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::store::conn::Conn;
use crate::store::{Result, Store};

/// How much a query may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Look rows up by an index or walk one in order until the page is full.
    Walk,
    /// The same, and sort the rows that belong to the keys which it was given.
    Sort,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Every query of the work that a plan of this database would run without an index, with its plan.
pub fn offences(store: &Store, tables: &[&str], may: May, work: impl FnOnce(&mut Conn) -> Result<()>) -> Vec<String> {
    let read = store.read_blocking(|conn| {
        let queries = queries_of(conn, work)?;
        let mut offences = Vec::new();
        for query in queries {
            let plan = explain(conn, &query)?;
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

/// The queries that the work sends, with placeholders where its values stand.
fn queries_of(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<()>) -> Result<Vec<String>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&seen);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let query = query.to_string();
            let sql = query.split(" -- binds:").next().unwrap_or_default().to_owned();
            heard.lock().expect("nobody panics with it").push(sql);
        }
    });
    let done = work(conn);
    conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    done?;
    let queries = std::mem::take(&mut *seen.lock().expect("nobody panics with it"));
    assert!(!queries.is_empty(), "the work asks the database nothing");
    Ok(queries)
}

fn explain(conn: &mut Conn, query: &str) -> Result<Vec<String>> {
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(conn)?,
        Conn::Postgres(conn) => {
            let values = vec!["NULL"; placeholders(query)].join(", ");
            let values = if values.is_empty() {
                values
            } else {
                format!("({values})")
            };
            conn.batch_execute(&format!(
                "SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off; \
                 SET enable_incremental_sort = off; SET plan_cache_mode = force_generic_plan; \
                 CREATE OR REPLACE FUNCTION pg_temp.plan_of(asked TEXT) RETURNS SETOF TEXT AS \
                 $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN ' || asked; END $$ LANGUAGE plpgsql; \
                 PREPARE examined AS {query}"
            ))?;
            let asked = format!("SELECT plan_of AS detail FROM pg_temp.plan_of('EXECUTE examined{values}')");
            let lines = diesel::sql_query(asked).load(conn)?;
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

/// A walk in order ends with its page; a scan that has to sort, or has no end, does not.
fn offends_sqlite(query: &str, plan: &[String], tables: &[&str], may: May) -> bool {
    let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE FOR ORDER BY"));
    let by_id = plan.iter().any(|line| line.contains("(id=?)"));
    let scans = plan.iter().any(|line| {
        let Some(rest) = line.strip_prefix("SCAN ") else {
            return false;
        };
        let grows = tables.iter().any(|table| rest.split(' ').next() == Some(*table));
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
