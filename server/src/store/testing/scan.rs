//! By which plan the databases carry statements out: what a piece of work runs is listened to, and each statement explained. A test
//! says which tables may be gone through from end to end, because they never grow.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::store::conn::Conn;
use crate::store::testing::TestStore;

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

    /// What was heard, as far as it can be explained.
    fn heard(&self) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let explained = |sql: &&String| {
            let start = sql.trim_start().to_uppercase();
            ["SELECT", "INSERT", "UPDATE", "DELETE"]
                .iter()
                .any(|word| start.starts_with(word))
        };
        all.iter().filter(explained).cloned().collect()
    }
}

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresLine {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "QUERY PLAN")]
    line: String,
}

/// Fails where one of the statements goes through a whole table that is not named.
pub fn assert_no_scan(store: &TestStore, statements: &Statements, small: &[&str]) {
    let heard = statements.heard();
    assert!(!heard.is_empty(), "nothing was heard");
    let mut scans = Vec::new();
    store
        .read_blocking(|conn| {
            for sql in &heard {
                let found = match conn {
                    Conn::Sqlite(conn) => sqlite_scans(conn, sql),
                    Conn::Postgres(conn) => postgres_scans(conn, sql),
                };
                let grows = |scan: &String| {
                    !small
                        .iter()
                        .any(|table| scan.split([' ', '"']).any(|word| word == *table))
                };
                scans.extend(
                    found
                        .into_iter()
                        .filter(grows)
                        .map(|scan| format!("{scan}\n    in {sql}")),
                );
            }
            Ok(())
        })
        .expect("the statements can be explained");
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}

fn sqlite_scans(conn: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let steps: Vec<SqliteStep> = sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
        .load(conn)
        .unwrap_or_else(|error| panic!("{error} in {sql}"));
    let scans = steps.into_iter().map(|step| step.detail).filter(|detail| {
        let of_no_table = ["SCAN (", "SCAN CONSTANT"]
            .iter()
            .any(|start| detail.starts_with(start));
        detail.starts_with("SCAN ") && !of_no_table && !detail.ends_with("VALUES CLAUSE")
    });
    scans.collect()
}

/// A table is gone through by a sequential scan, or by an index that nothing narrows.
fn postgres_scans(conn: &mut PgConnection, sql: &str) -> Vec<String> {
    let values = (1..)
        .take_while(|number| sql.contains(&format!("${number}")))
        .map(|_| "NULL");
    let values: Vec<&str> = values.collect();
    let arguments = match values.is_empty() {
        true => String::new(),
        false => format!("({})", values.join(", ")),
    };
    let prepare = format!(
        "DEALLOCATE ALL; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE explained AS {sql}"
    );
    conn.batch_execute(&prepare)
        .unwrap_or_else(|error| panic!("{error} in {sql}"));
    let lines: Vec<PostgresLine> = sql_query(format!("EXPLAIN EXECUTE explained{arguments}"))
        .load(conn)
        .unwrap_or_else(|error| panic!("{error} in {sql}"));
    conn.batch_execute("DEALLOCATE ALL; RESET enable_seqscan; RESET plan_cache_mode")
        .expect("the connection is as it was");
    let lines: Vec<String> = lines.into_iter().map(|line| line.line).collect();
    let is_step = |line: &String| line.contains("->") || line.contains("(cost=");
    let mut scans = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let narrowed = lines[index + 1..]
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
