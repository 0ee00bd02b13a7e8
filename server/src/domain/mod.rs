//! The rules of the product, one noun a file: plain values and pure functions. No database, no GraphQL, no HTTP, no
//! clock. It knows nothing of ours outside itself.

pub mod application;
pub mod component;
pub mod contact;
pub mod contract_amount;
pub mod corp_id;
pub mod delivery;
pub mod distribution_barrier;
pub mod distribution_link;
pub mod file;
pub mod id;
pub mod instance;
pub mod instant;
pub mod job;
pub mod link_token;
pub mod locale;
pub mod message;
pub mod money;
pub mod order;
pub mod organization;
pub mod permission;
pub mod problem;
pub mod project;
pub mod qr;
pub mod record_form;
pub mod refusal;
pub mod transition;
pub mod version_number;
pub mod wording;
pub mod words;
pub mod working_day;
