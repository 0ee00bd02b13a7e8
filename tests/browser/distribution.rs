//! The ground floor from end to end, each in their own browser: a partner imports an application and submits a project, the
//! reviewer approves it, the customer buys by the link, the partner sends, the customer accepts and enables, an employee works with
//! it, the customer disables it, the partner settles. Once in each language.

use anyhow::Result;
use appshelf_tests::process::Product;

use crate::person::Person;
use crate::trade::{Package, Record, accepts, disables, enables, reads_the_sign_off, sells, sends, settles, uses};

in_each_language!(
    an_application_goes_from_its_partner_to_an_employee_of_its_customer,
    walk
);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let package = Package::at_hand(product)?;
    let (partner, customer, link) = sells(product, language, &package).await?;
    // What arrives is told to whoever stands at the list.
    customer.go("shell.nav_apps").await?;
    customer.sees("customer.apps_hint").await?;
    customer.sees_no(&package.name).await?;
    sends(&partner, &package.name).await?;
    customer.reads(&package.name).await?;
    let record = Record::of(product, &package.name).await?;
    accepts(&customer, &record, &package.name).await?;
    reads_the_sign_off(&partner).await?;
    enables(&customer, product, &package.name).await?;
    let employee = Person::signed_in(product, language, "ce@customer.example").await?;
    uses(&employee, &package.name, &record).await?;
    disables(&customer, &package.name).await?;
    employee.browser.visit("/apps").await?;
    employee.browser.wait_until_calm().await?;
    employee.sees_no(&package.name).await?;
    employee.leave().await?;
    settles(&partner).await?;
    customer.browser.visit(&link).await?;
    customer.is_at(&customer.words("customer.project_not_active")).await?;
    customer.leave().await?;
    partner.leave().await
}
