//! Everything that knows the server: typed operations against `schema.graphql`, files, live updates, and the bearer token.
//! Screens call the functions of this folder and never see HTTP, JSON or a token.

#[macro_use]
pub mod select;
#[macro_use]
pub mod read;
#[macro_use]
pub mod operation;
mod problem;

pub mod acceptance;
pub mod amendment;
pub mod application;
pub mod approval;
pub mod audit;
pub mod binding;
pub mod calendar_day;
pub mod category;
pub mod connection;
pub mod cool_app;
pub mod customer_order;
pub mod delivery;
pub mod edition;
pub mod file;
pub mod group;
pub mod instance;
pub mod instance_page;
pub mod lead;
pub mod license;
pub mod link;
pub mod live;
pub mod maintenance;
pub mod market;
pub mod membership;
pub mod notification;
pub mod order;
pub mod order_event;
pub mod page;
pub mod page_delivery;
pub mod page_setting;
pub mod payee_account;
pub mod permission;
pub mod product;
pub mod product_content;
pub mod product_order;
pub mod product_review;
pub mod project;
pub mod promotion;
pub mod purchase;
pub mod rating;
pub mod record;
pub mod record_table;
pub mod refresh;
mod refusal;
pub mod review;
pub mod rollout;
pub mod sales;
pub mod scalar;
pub mod schema;
pub mod seat;
pub mod self_test;
pub mod service_request;
pub mod session;
mod token;
pub mod transport;
pub mod waiting;

pub use problem::{Issue, Problem, Refused};
pub use scalar::{Date, DateTime, MinorUnits, Money, MoneyInput};
