//! Journeys through the product in a real browser, found by role and label as a person finds them.

mod area;
mod distribution;
mod first_page;
mod kept;
mod organizations;
mod person;
mod records;
mod refusals;
mod session;
