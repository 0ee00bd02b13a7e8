//! Journeys through the product in a real browser, found by role and label as a person finds them.

mod amendment;
mod area;
mod buying;
mod cool_app;
mod distribution;
mod first_page;
mod kept;
mod lead;
mod life;
mod listing;
mod maintenance;
mod market;
mod organizations;
mod page_delivery;
mod page_edit;
mod permissions;
mod person;
mod promotion;
mod records;
mod refusals;
mod rollout;
mod seats;
mod service;
mod session;
mod trade;
