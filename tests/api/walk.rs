//! The whole life of real exports at a customer, over the API: imported, sold, sent, accepted, used by employees with different
//! permissions, overwritten with a next version, rolled back by either side, maintained remotely and settled. Each step is a
//! function that says what its actor does and what must be so afterwards; the rules that the steps touch have tests of their own.

mod arrival;
mod ending;
mod permission;
mod remote;
mod replacing;
mod state;
mod work;

use anyhow::Result;
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::export::{ASSETS, CRM, PURCHASES, RealExport};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::Scene;
use serde_json::Value;

use crate::served::Served;

/// Everybody and everything of a walk, once the application arrived.
struct Walk<'a> {
    app: &'a TestApp,
    served: Served,
    scene: Scene,
    /// Adds records and sees their own.
    clerk: Someone,
    /// Changes and deletes everybody's records and adds none.
    keeper: Someone,
    /// Is granted nothing on the page.
    outsider: Someone,
    export: &'static RealExport,
    /// Its content.
    first: Value,
    application: String,
    project: String,
    /// Of the link by which it was bought.
    token: String,
    order: String,
    instance: String,
    /// Key of the page that people work with.
    page: String,
    /// Key of the page that the customer does without.
    unwanted: String,
}

async fn walk(app: &TestApp, export: &'static RealExport) -> Result<()> {
    let Some(walk) = arrival::of(app, export).await? else {
        return Ok(());
    };
    walk.what_waits_is_bound().await?;
    walk.every_page_is_tried_and_signed_off().await?;
    walk.nobody_but_the_admin_sees_it_before().await?;
    walk.employees_get_their_permissions().await?;
    walk.it_is_enabled_with_a_waiver().await?;
    walk.sample_data_goes_and_the_rest_stays().await?;
    let record = walk.employees_do_what_they_may_and_no_more().await?;
    walk.tables_go_out_and_come_in().await?;
    walk.the_customer_makes_it_their_own().await?;
    walk.a_next_version_is_published().await?;
    walk.nothing_is_overwritten_unread().await?;
    let before = walk.state().await?;
    let overwrite = walk.the_partner_overwrites().await?;
    walk.what_is_the_customers_stayed(&before).await?;
    walk.records_live_in_the_new_form(&record).await?;
    walk.new_pages_come_into_a_folder().await?;
    walk.the_customer_takes_it_back(&overwrite).await?;
    walk.everything_is_as_it_was(&before, &record).await?;
    let again = walk.the_partner_overwrites().await?;
    walk.the_partner_takes_it_back(&again).await?;
    walk.everything_is_as_it_was(&before, &record).await?;
    walk.the_removed_page_comes_back_on_purpose().await?;
    walk.a_developer_works_inside_until_revoked().await?;
    walk.editing_is_closed_again().await?;
    walk.the_project_is_settled().await?;
    walk.the_application_goes_on().await?;
    walk.the_log_is_whole().await
}

on_each_database! {
    async fn the_crm_lives_its_whole_life(app) {
        walk(app, &CRM).await?;
    }

    async fn the_asset_manager_lives_its_whole_life(app) {
        walk(app, &ASSETS).await?;
    }

    async fn the_purchase_orders_live_their_whole_life(app) {
        walk(app, &PURCHASES).await?;
    }
}
