//! Asking a partner (L24): an employee asks about a product and agrees to what is passed on, the partner looks after it, and the employee
//! sees who is in touch.

use anyhow::Result;
use appshelf_tests::process::Product;

use crate::market;
use crate::person::Person;

const QUESTION: &str = "可以和门禁系统打通吗？";
const REASON: &str = "门禁不支持接口";

in_each_language!(l24_a_question_reaches_the_partner_and_comes_to_an_end, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let employee = Person::signed_in(product, language, "ce@customer.example").await?;
    asks(&employee).await?;
    let partner = Person::signed_in(product, language, "pa@ivy.example").await?;
    looks_after(&partner).await?;
    employee.go("shell.nav_enquiries").await?;
    employee.reads(QUESTION).await?;
    partner.leave().await?;
    employee.leave().await
}

async fn asks(employee: &Person) -> Result<()> {
    market::opens_found(employee).await?;
    employee.press("leads.consult").await?;
    employee.fill("leads.question", QUESTION).await?;
    employee.press("buying.ask_send").await?;
    // Nothing is passed on before it was agreed to, and what was typed stays.
    employee.sees("leads.consent_required").await?;
    employee.tick("leads.consent").await?;
    employee.press("buying.ask_send").await?;
    employee.sees("leads.consulted").await
}

async fn looks_after(partner: &Person) -> Result<()> {
    partner.go("shell.nav_leads").await?;
    partner.reads(QUESTION).await?;
    let first = partner.words("leads.new");
    partner.reads(&first).await?;
    partner.browser.click_first("link", "李工").await?;
    partner.press("leads.contact").await?;
    // The dialog's own button; what is behind it cannot be pressed.
    partner.press("leads.contact").await?;
    partner.sees("leads.saved").await?;
    partner.press("leads.lose").await?;
    partner.fill("leads.reason", REASON).await?;
    partner.press("leads.lose").await?;
    partner.reads(REASON).await
}
