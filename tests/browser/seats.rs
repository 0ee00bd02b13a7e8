//! Seats (L15): all of them are taken, an employee without one is told what to do, an admin gives one back, and the employee goes
//! in.

use anyhow::{Context, Result};
use appshelf_tests::client::{Client, text};
use appshelf_tests::process::Product;
use serde_json::Value;

use crate::person::Person;

in_each_language!(l15_a_seat_is_given_back_and_taken_by_the_next, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let app = with_seats(product).await?;
    let employee = Person::signed_in(product, language, "ce@customer.example").await?;
    employee.browser.visit(&app).await?;
    employee.sees("customer.seats_full").await?;
    employee.browser.wait_for_text("王海蓝").await?;
    employee.sees("customer.seats_full_wait").await?;
    let admin = Person::signed_in(product, language, "ca@customer.example").await?;
    admin.browser.visit(&format!("{app}/settings?tab=seats")).await?;
    admin.browser.wait_for_row(&["张敏"]).await?;
    let release = admin.words("customer.seat_release");
    admin.browser.click_first("button", &release).await?;
    admin.sees("customer.seat_release_out").await?;
    admin.press("customer.seat_release").await?;
    admin.sees("customer.seat_released").await?;
    // The page that stands open leads in by itself.
    employee.sees("customer.new_record").await?;
    admin.browser.visit(&format!("{app}/settings?tab=seats")).await?;
    admin.browser.wait_for_row(&["李工"]).await?;
    admin.leave().await?;
    employee.leave().await
}

/// The address of the application of the demo that is bought by the seat.
async fn with_seats(product: &Product) -> Result<String> {
    let client = Client::of(product, "ca@customer.example")?;
    let found = client
        .ask(
            "{ appInstances(first: 20) { nodes { id seats { bought } } } }",
            Value::Null,
        )
        .await?;
    let mut nodes = found["appInstances"]["nodes"].as_array().into_iter().flatten();
    let app = nodes
        .find(|app| app["seats"]["bought"] == 1)
        .context("an application")?;
    Ok(format!("/apps/{}", text(&app["id"])?))
}
