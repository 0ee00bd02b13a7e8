//! The API, rule by rule, as partners, customers and reviewers use it, on SQLite and PostgreSQL. One file a noun; names begin with
//! the rule that they prove.

mod acceptance;
mod amendment;
mod application;
mod binding;
mod cost;
mod delivery;
mod edition;
mod export;
mod file;
mod instance;
mod isolation;
mod mail;
mod maintenance;
mod membership;
mod notification;
mod order;
mod page_delivery;
mod page_setting;
mod permission;
mod picture;
mod product;
mod product_review;
mod project;
mod purchase;
mod record;
mod record_file;
mod record_table;
mod refusal;
mod seat;
mod self_test;
mod served;
mod session;
mod settlement;
mod waiting;
mod walk;
