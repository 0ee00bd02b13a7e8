//! Journeys through the product in a real browser, found by role and label as a person finds them.

mod first_page;
