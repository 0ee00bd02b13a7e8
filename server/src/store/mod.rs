//! Rows, queries and the transaction boundary, over SQLite and PostgreSQL. Every function that touches a tenant's rows
//! takes a proven scope and filters by it. No rule is decided here and nothing of GraphQL or HTTP is known.

use std::collections::HashMap;
use std::hash::Hash;

pub mod acceptance;
pub mod agreement;
pub mod amendment;
pub mod amount_check;
pub mod application;
pub mod application_component;
pub mod application_version;
pub mod approval;
pub mod audit;
pub mod binding;
pub mod calendar_day;
pub mod category;
mod collision;
pub mod columns;
pub mod conn;
pub mod cool_app;
pub mod cool_app_installation;
pub mod cool_app_market;
pub mod delisting_decision;
pub mod delivery;
pub mod delivery_item;
pub mod distribution_link;
pub mod edition;
pub mod error;
pub mod file;
pub mod freeze_window;
pub mod group;
pub mod idempotency;
pub mod instance;
pub mod instance_component;
pub mod job;
pub mod lead;
pub mod license;
pub mod maintenance;
pub mod market;
pub mod market_index;
pub mod market_search;
pub mod membership;
pub mod migrate;
pub mod notification;
pub mod notification_preference;
pub mod occasion;
pub mod order;
pub mod order_event;
pub mod organization;
pub mod package_import;
pub mod page;
pub mod page_access;
pub mod page_change;
pub mod page_setting;
pub mod payee_account;
pub mod payment_event;
pub mod permission;
pub mod preflight;
pub mod product;
pub mod product_order;
pub mod product_revision;
pub mod project;
pub mod promotion_count;
pub mod promotion_link;
pub mod purchase_mismatch;
pub mod rating;
pub mod record;
pub mod record_change;
pub mod record_condition;
pub mod record_draft;
pub mod record_file;
pub mod record_list;
pub mod record_value;
pub mod removed_page;
pub mod replaced_page;
pub mod rollout;
pub mod sales;
pub mod sample_record;
pub mod schema;
pub mod search;
pub mod seat;
pub mod self_test;
pub mod service_message;
pub mod service_request;
pub mod session;
pub mod settlement;
pub mod suspension;
pub mod test_organization;
#[cfg(test)]
pub mod testing;
mod transaction;

pub use error::{Error, Fault, Result};
pub use transaction::{Actor, OnBehalf, Signal, Store, Tx};

/// Rows under their key, each group in the order in which the rows came.
pub fn grouped<K: Eq + Hash, R>(rows: impl IntoIterator<Item = (K, R)>) -> HashMap<K, Vec<R>> {
    let mut groups: HashMap<K, Vec<R>> = HashMap::new();
    for (key, row) in rows {
        groups.entry(key).or_default().push(row);
    }
    groups
}
