//! Buying on the marketplace (L13–L16): an admin finds a product by a Chinese word, orders it for twelve people and a year, and sees
//! where to pay; the partner confirms the transfer and finds it among what it sold; the licence is there, and with it the application,
//! which is rated and answered.

use anyhow::Result;
use appshelf_tests::process::Product;

use crate::market::{self, FOUND};
use crate::person::Person;

/// The account of the partner that sells it.
const HOLDER: &str = "青藤科技有限公司";
const RATING: &str = "审批快了很多，手机上也能批。";
const ANSWER: &str = "感谢认可，批量审批下月上线。";
const REFERENCE: &str = "ICBC 2026-1126-7";

in_each_language!(l13_a_product_is_ordered_paid_and_opened, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let admin = Person::signed_in(product, language, "ca@customer.example").await?;
    orders(&admin).await?;
    let partner = Person::signed_in(product, language, "pa@ivy.example").await?;
    confirms(&partner, FOUND).await?;
    sees_the_sale(&partner).await?;
    opens_what_was_bought(&admin, FOUND).await?;
    rates(&admin).await?;
    answers(&partner).await?;
    admin.browser.session().refresh().await?;
    admin.reads(ANSWER).await?;
    partner.leave().await?;
    admin.leave().await
}

/// Twelve people for a year: (6.00 × 12 − 6.00) × 12.
async fn orders(admin: &Person) -> Result<()> {
    market::opens_found(admin).await?;
    orders_for_twelve(admin, FOUND, "一年", "¥792.00").await?;
    let holder = admin.value("buying.holder").await?;
    anyhow::ensure!(holder == HOLDER, "the account is {holder:?}");
    Ok(())
}

/// At the page of a product: for twelve people and a period; what it comes to is shown before, and where to pay afterwards.
pub async fn orders_for_twelve(admin: &Person, name: &str, period: &str, total: &str) -> Result<()> {
    admin.fill("shelves.seats", "12").await?;
    admin
        .browser
        .wait_for_address("to say how many", |address| address.ends_with("seats=12"))
        .await?;
    admin.press("buying.order_plan").await?;
    admin.browser.click_first("radio", period).await?;
    admin.sees("buying.next_pay").await?;
    admin.reads(total).await?;
    admin.press("buying.place_order").await?;
    admin.is_at(name).await?;
    admin.sees("buying.how_to_pay").await?;
    admin.sees("buying.order_awaiting").await
}

/// The partner finds the order and says that the money is there.
pub async fn confirms(partner: &Person, name: &str) -> Result<()> {
    partner.go("shell.nav_product_orders").await?;
    partner.browser.click("link", name).await?;
    partner.sees("buying.pay_by_partner").await?;
    partner.press("buying.confirm_payment").await?;
    partner.fill("buying.confirm_reference", REFERENCE).await?;
    // The dialog's own button; what is behind it cannot be pressed.
    partner.press("buying.confirm_payment").await?;
    partner.sees("buying.payment_confirmed").await?;
    partner.reads(REFERENCE).await
}

/// What came in stands in the partner's figures, of all products and of this one alone.
async fn sees_the_sale(partner: &Person) -> Result<()> {
    partner.go("shell.nav_sales").await?;
    partner.browser.wait_for_row(&[FOUND, "¥792.00"]).await?;
    partner.follow("sales.months_12").await?;
    partner.browser.click("link", FOUND).await?;
    partner
        .reads(&partner.texts.fill("sales.only", &[("name", FOUND)]))
        .await?;
    partner.follow("sales.all_products").await?;
    partner.browser.wait_for_row(&[FOUND, "¥792.00"]).await
}

/// L12: who bought says how good it is.
async fn rates(admin: &Person) -> Result<()> {
    market::opens_found(admin).await?;
    admin.follow("ratings.see_all").await?;
    admin.sees("ratings.none_yet").await?;
    admin.press("ratings.rate").await?;
    admin.press("ratings.send").await?;
    // Stars are asked for, and the words that were typed stay.
    admin.sees("ratings.stars_required").await?;
    // By the keyboard: what the mouse hits is the mark around it.
    admin.browser.by_role("radio", "4").await?.send_keys(" ").await?;
    admin.fill("ratings.words", RATING).await?;
    admin.press("ratings.send").await?;
    admin.sees("ratings.rated").await?;
    admin.sees("ratings.change").await
}

async fn answers(partner: &Person) -> Result<()> {
    partner.go("shell.nav_products").await?;
    partner.follow("shelves.tab_listed").await?;
    partner.browser.click("link", FOUND).await?;
    partner.follow("ratings.title").await?;
    partner.reads(RATING).await?;
    partner.press("ratings.answer_it").await?;
    partner.fill("ratings.answer", ANSWER).await?;
    partner.press("ratings.answer_send").await?;
    partner.sees("ratings.answered").await?;
    partner.reads(ANSWER).await
}

/// From the licence to the application that it is for, once that has arrived.
pub async fn opens_what_was_bought(admin: &Person, name: &str) -> Result<()> {
    admin.go("shell.nav_licenses").await?;
    admin.sees("buying.license_active").await?;
    admin.browser.click("link", name).await?;
    admin.follow("buying.open_application").await?;
    admin.is_at(name).await
}
