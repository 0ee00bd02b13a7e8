//! Use cases, one function each: authorise, load, decide, save, in one transaction. Services do not call each other; what
//! they share is a domain or store function.

pub mod acceptance;
pub mod amendment;
pub mod amount_check;
pub mod application;
pub mod audit;
pub mod binding;
pub mod calendar_day;
pub mod category;
pub mod deliver;
pub mod delivery;
pub mod distribution_link;
pub mod edition;
pub mod file;
pub mod installation;
pub mod instance;
pub mod instance_page;
pub mod mail;
pub mod maintenance;
pub mod markdown;
pub mod market;
pub mod membership;
pub mod notification;
pub mod order;
pub mod organization;
pub mod package_import;
pub mod page_setting;
pub mod partner_portal;
pub mod payee_account;
pub mod permission;
pub mod product;
pub mod product_review;
pub mod project;
pub mod purchase;
pub mod record;
pub mod record_file;
pub mod review_reminder;
pub mod seat;
pub mod self_test;
pub mod service_request;
pub mod session;
pub mod settlement;
pub mod test_organization;
#[cfg(test)]
pub mod testing;
pub mod waiting;
