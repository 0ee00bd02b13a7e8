//! Opening and buying what is on the marketplace (L13–L16): trials, the free plan, orders of every kind, refunds, seats, the end of a
//! license, and who learns nothing of it.

use anyhow::{Context as _, Result};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, TestApp, corp_id};
use appshelf_tests::buying::{self, ORDER, Wanted, arrived, license, order, paid, plans, quote, refund};
use appshelf_tests::listing::{Listing, PRODUCT, content, listed_as, review, save, submit};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::OPEN_ITEMS;
use chrono::Duration;
use serde_json::{Value, json};

use crate::served::Served;

/// A listed product, and an admin and an employee of a customer.
struct Shop {
    listing: Listing,
    product: Value,
    customer: Someone,
    employee: Someone,
}

impl Shop {
    async fn open(app: &TestApp) -> Result<Self> {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let blue = customer.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", "blue", &blue, &[Role::CustomerEmployee]).await?;
        Ok(Self {
            listing,
            product,
            customer,
            employee,
        })
    }

    /// An order that was paid.
    async fn bought(&self, what: Wanted) -> Result<Value> {
        let placed = order(&self.customer, &self.product, what).await?;
        let paid = paid(&self.listing.partner, &placed).await?;
        anyhow::ensure!(paid["status"] == "PAID", "{placed} {paid}");
        Ok(paid)
    }
}

/// What somebody's inbox says, newest first.
async fn told(who: &Someone) -> Result<Vec<String>> {
    let data = who
        .ask("{ notifications(first: 20) { nodes { kind } } }", json!({}))
        .await?;
    let nodes = data["notifications"]["nodes"].as_array().into_iter().flatten();
    Ok(nodes
        .filter_map(|node| node["kind"].as_str().map(str::to_owned))
        .collect())
}

/// Waits until somebody was told of something: the clock's work is done by jobs.
async fn until_told(who: &Someone, kind: &str) -> Result<()> {
    let said = |data: &Value| data.to_string().contains(&format!("\"{kind}\""));
    who.wait("{ notifications(first: 20) { nodes { kind } } }", json!({}), said)
        .await?;
    Ok(())
}

/// Opens an application, as its users do.
async fn enter(who: &Someone, instance: &Value) -> Result<Value> {
    let on = "... on AppInstance { id }";
    who.act("openInstance", "OpenInstanceInput", json!({ "id": instance }), on, None)
        .await
}

/// Accepts an application and opens it to everybody; what is left to do by hand is waived.
async fn enable(admin: &Someone, instance: &Value) -> Result<()> {
    let on = "... on AppInstance { status }";
    let input = json!({ "id": instance });
    admin
        .act("closeMaintenance", "CloseMaintenanceInput", input, on, None)
        .await?;
    let input = json!({ "id": instance, "visibleRange": { "wholeOrganization": true }, "waivedItems": OPEN_ITEMS });
    let enabled = admin
        .act("enableInstance", "EnableInstanceInput", input, on, None)
        .await?;
    anyhow::ensure!(enabled["status"] == "ENABLED", "{enabled}");
    Ok(())
}

on_each_database! {
    async fn l13_a_trial_is_opened_once_and_ends_by_itself(app) {
        let shop = Shop::open(app).await?;
        let document = "query($id: ID!) { productOffer(productId: $id) { ... on ProductOffer { ways running license { id } waitingOrder { id } } } }";
        let offered = shop.customer.ask(document, json!({ "id": shop.product["id"] })).await?;
        assert_eq!(offered["productOffer"], json!({ "ways": ["TRIAL", "PAID"], "running": false, "license": null, "waitingOrder": null }));
        let opened = buying::open(&shop.customer, &shop.product, "TRIAL").await?;
        assert_eq!((&opened["status"], &opened["license"]["status"]), (&json!("PAID"), &json!("TRIAL")), "{opened}");
        assert_eq!((&opened["amount"]["amount"], &opened["license"]["seats"]), (&json!("0"), &json!(null)));
        assert!(told(&shop.listing.partner).await?.contains(&"PRODUCT_OPENED".to_owned()));

        let again = buying::open(&shop.customer, &shop.product, "TRIAL").await?;
        assert_eq!(again["code"], "TRIAL_USED");
        app.advance(Duration::days(16));
        until_told(&shop.customer, "LICENSE_ENDED").await?;
        let over = license(&shop.customer, &opened["license"]["id"]).await?;
        assert_eq!((&over["status"], &over["availableActions"]), (&json!("EXPIRED"), &json!([])));
        assert_eq!(buying::open(&shop.customer, &shop.product, "TRIAL").await?["code"], "TRIAL_USED");
    }

    async fn l16_what_was_opened_comes_by_itself_by_the_one_engine_and_content_rules_of_its_own(app) {
        let shop = Shop::open(app).await?;
        let opened = buying::open(&shop.customer, &shop.product, "TRIAL").await?;
        let instance = arrived(&shop.customer, &opened["license"]["id"]).await?;
        let document = "query($id: ID!) { appInstance(id: $id) { name status fullEditPermission license { id } order { id }
            pages { key folder } otherComponents { key } sampleRecordCount } }";
        let there = shop.customer.ask(document, json!({ "id": instance })).await?["appInstance"].take();
        assert_eq!((&there["name"], &there["status"]), (&json!("设备巡检"), &json!("DEV_MAINTENANCE")), "{there}");
        assert_eq!((&there["license"]["id"], &there["order"]), (&opened["license"]["id"], &json!(null)));
        assert_eq!((&there["fullEditPermission"], &there["sampleRecordCount"]), (&json!(true), &json!(20)), "{there}");
        assert_eq!(there["pages"], json!([{ "key": "asset", "folder": "Base data" }]), "base data comes in one folder");
        let parts = there["otherComponents"].to_string();
        assert!(parts.contains("keeper") && !parts.contains("erp") && !parts.contains("board"), "{there}");
        let counted = app.nobody().ask("query($id: ID!) { marketProduct(id: $id) { installs } }", json!({ "id": shop.product["id"] })).await?;
        assert_eq!(counted["marketProduct"]["installs"], 1);
    }

    async fn l13_twelve_seats_for_a_year_are_ordered_paid_and_used(app) {
        let shop = Shop::open(app).await?;
        let (customer, partner) = (&shop.customer, &shop.listing.partner);
        let what = Wanted(1, 12, Some(12));
        let price = quote(customer, &shop.product, what).await?;
        assert_eq!((&price["orderType"], &price["amount"]), (&json!("BUY"), &json!("129600")), "{price}");
        let placed = order(customer, &shop.product, what).await?;
        assert_eq!((&placed["status"], &placed["amount"]["amount"], &placed["license"]), (&json!("AWAITING_PAYMENT"), &json!("129600"), &json!(null)));
        assert_eq!(placed["availableActions"], json!(["PAY", "CLOSE"]));
        assert!(told(partner).await?.contains(&"PRODUCT_ORDERED".to_owned()));
        assert_eq!(order(customer, &shop.product, what).await?["code"], "PAYMENT_PENDING");

        // Where it is paid is told to those who are to pay, and to nobody else.
        let document = "query($id: ID!) { productOrder(id: $id) { paymentInstructions { holder bank number reference checkoutUrl } orderedBy { name } availableActions } }";
        let told_to = async |who: &Someone| who.ask(document, json!({ "id": placed["id"] })).await.map(|mut data| data["productOrder"].take());
        let buyer = told_to(customer).await?;
        assert_eq!(buyer["paymentInstructions"], json!({
            "holder": "星云软件有限公司", "bank": "招商银行杭州分行", "number": "6222021234567890", "reference": placed["number"], "checkoutUrl": null,
        }));
        let seller = told_to(partner).await?;
        assert_eq!((&seller["paymentInstructions"], &seller["orderedBy"]), (&json!(null), &json!(null)));
        assert_eq!(seller["availableActions"], json!(["CLOSE", "CONFIRM_PAYMENT"]));
        assert_eq!(told_to(&shop.listing.developer).await?["availableActions"], json!([]));
        assert_eq!(paid(&shop.listing.developer, &placed).await?["code"], "NO_PERMISSION");
        assert_eq!(paid(customer, &placed).await?["code"], "NO_PERMISSION");
        let missing = partner.act("confirmPayment", "ConfirmProductOrderInput", json!({ "id": placed["id"], "reference": " " }), ORDER, None).await?;
        assert_eq!(missing["issues"][0]["path"], json!(["reference"]), "{missing}");

        let done = paid(partner, &placed).await?;
        assert_eq!((&done["status"], &done["paymentProvider"], &done["license"]["status"]), (&json!("PAID"), &json!("OFFLINE"), &json!("ACTIVE")), "{done}");
        assert_eq!((&done["license"]["seats"], &done["license"]["planName"]), (&json!(12), &json!("50 用户版")));
        assert_eq!(paid(partner, &placed).await?["code"], "INVALID_STATE", "it is paid once");
        assert!(told(customer).await?.contains(&"PAYMENT_CONFIRMED".to_owned()));
        arrived(customer, &done["license"]["id"]).await?;
        let log = partner.ask("query($id: ID!) { auditEntries(objectId: $id, first: 5) { nodes { action } } }", json!({ "id": placed["id"] })).await?;
        assert_eq!(log["auditEntries"]["nodes"], json!([{ "action": "product_order.paid" }, { "action": "product_order.created" }]));
    }

    async fn l13_an_employee_is_told_no_permission_and_asks_the_admins(app) {
        let shop = Shop::open(app).await?;
        for refused in [
            buying::open(&shop.employee, &shop.product, "TRIAL").await?,
            order(&shop.employee, &shop.product, Wanted(0, 3, Some(12))).await?,
            quote(&shop.employee, &shop.product, Wanted(0, 3, Some(12))).await?,
            buying::open(&shop.listing.partner, &shop.product, "TRIAL").await?,
        ] {
            assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        }
        let input = json!({ "productId": shop.product["id"], "note": "盘点要用" });
        let asked = shop.employee.act("askAdmins", "AskAdminsInput", input, "... on AskedAdmins { productName }", None).await?;
        assert_eq!(asked["productName"], "设备巡检");
        let data = shop.customer.ask("{ notifications(first: 1) { nodes { kind title body objectId } } }", json!({})).await?;
        let notice = &data["notifications"]["nodes"][0];
        assert_eq!((&notice["kind"], &notice["objectId"]), (&json!("ADMIN_ASKED"), &shop.product["id"]));
        assert!(notice["body"].as_str().is_some_and(|body| body.contains("盘点要用")), "{notice}");
        let rival = app.customer("green", EditionName::Free).await?;
        assert!(!told(&rival).await?.contains(&"ADMIN_ASKED".to_owned()));
        let stranger = shop.listing.partner.act("askAdmins", "AskAdminsInput", json!({ "productId": shop.product["id"] }), "... on AskedAdmins { productName }", None).await?;
        assert_eq!(stranger["code"], "NO_PERMISSION");
    }

    async fn l13_what_runs_is_renewed_raised_and_made_smaller_with_the_next_period(app) {
        let shop = Shop::open(app).await?;
        let first = shop.bought(Wanted(0, 5, Some(12))).await?;
        let id = &first["license"]["id"];
        let until = |license: &Value| license["until"].as_str().map(str::to_owned).unwrap_or_default();
        let year = until(&first["license"]);
        app.advance(Duration::days(100));
        let price = quote(&shop.customer, &shop.product, Wanted(0, 8, None)).await?;
        assert_eq!(price["orderType"], "UPGRADE", "{price}");
        let raised = shop.bought(Wanted(0, 8, None)).await?;
        assert_eq!((&raised["orderType"], &raised["license"]["seats"], until(&raised["license"])), (&json!("UPGRADE"), &json!(8), year.clone()));
        assert_eq!(raised["amount"]["amount"], price["amount"]);
        let fewer = order(&shop.customer, &shop.product, Wanted(0, 3, None)).await?;
        assert_eq!((&fewer["code"], &fewer["path"]), (&json!("NOT_AN_UPGRADE"), &json!(["seats"])), "fewer seats come with a renewal alone");
        let renewed = shop.bought(Wanted(0, 3, Some(12))).await?;
        assert_eq!((&renewed["orderType"], &renewed["license"]["seats"]), (&json!("RENEW_DEGRADE"), &json!(8)), "{renewed}");
        let held = license(&shop.customer, id).await?;
        assert_eq!(held["terms"].as_array().map(Vec::len), Some(2), "{held}");
        assert_eq!((&held["terms"][1]["from"], &held["terms"][1]["seats"]), (&json!(year), &json!(3)));
        assert_eq!(held["availableActions"], json!(["RENEW", "UPGRADE"]));
        app.advance(Duration::days(266));
        let document = "query($id: ID!) { license(id: $id) { seats status } }";
        let smaller = |data: &Value| data["license"] == json!({ "seats": 3, "status": "ACTIVE" });
        shop.customer.wait(document, json!({ "id": id }), smaller).await?;
    }

    async fn l13_whoever_is_reminded_in_time_renews_and_whoever_is_not_keeps_the_data(app) {
        let shop = Shop::open(app).await?;
        let bought = shop.bought(Wanted(1, 12, Some(1))).await?;
        let id = &bought["license"]["id"];
        arrived(&shop.customer, id).await?;
        app.advance(Duration::days(27));
        until_told(&shop.customer, "LICENSE_ENDING").await?;
        app.advance(Duration::days(10));
        until_told(&shop.customer, "LICENSE_ENDED").await?;
        until_told(&shop.listing.partner, "CUSTOMER_LICENSE_ENDED").await?;
        let over = license(&shop.customer, id).await?;
        assert_eq!((&over["status"], &over["instance"]["status"]), (&json!("EXPIRED"), &json!("DEV_MAINTENANCE")), "nothing of it is gone");
        let again = shop.bought(Wanted(1, 12, Some(1))).await?;
        assert_eq!((&again["orderType"], &again["license"]["id"], &again["license"]["status"]), (&json!("BUY"), id, &json!("ACTIVE")));
        let now = license(&shop.customer, id).await?;
        assert_eq!(now["instance"], over["instance"], "it is the same application");
    }

    async fn l14_an_order_that_nobody_pays_is_closed_after_a_week_and_either_side_may_do_so_before(app) {
        let shop = Shop::open(app).await?;
        let what = Wanted(0, 2, Some(12));
        let placed = order(&shop.customer, &shop.product, what).await?;
        app.advance(Duration::days(7) - Duration::seconds(1));
        assert_eq!(order(&shop.customer, &shop.product, what).await?["code"], "PAYMENT_PENDING");
        app.advance(Duration::seconds(1));
        until_told(&shop.customer, "OWN_ORDER_CLOSED").await?;
        let late = paid(&shop.listing.partner, &placed).await?;
        assert_eq!(late["code"], "INVALID_STATE", "{late}");
        for who in [&shop.customer, &shop.listing.partner] {
            let placed = order(&shop.customer, &shop.product, what).await?;
            let input = json!({ "id": placed["id"] });
            let closed = who.act("closeProductOrder", "ProductOrderActionInput", input.clone(), ORDER, None).await?;
            assert_eq!((&closed["status"], &closed["availableActions"]), (&json!("CLOSED"), &json!([])), "{closed}");
            let twice = who.act("closeProductOrder", "ProductOrderActionInput", input, ORDER, None).await?;
            assert_eq!(twice["code"], "INVALID_STATE");
        }
    }

    async fn l14_the_buyers_word_is_enough_for_seven_days_and_later_the_partner_gives_back_what_remains(app) {
        let shop = Shop::open(app).await?;
        let partner = &shop.listing.partner;
        let bought = shop.bought(Wanted(0, 5, Some(12))).await?;
        let license_id = &bought["license"]["id"];
        arrived(&shop.customer, license_id).await?;
        app.advance(Duration::days(7));
        let back = refund(&shop.customer, &bought, "用不上").await?;
        assert_eq!((&back["status"], &back["refund"]["amount"], &back["refund"]["by"]), (&json!("REFUNDING"), &bought["amount"]["amount"], &json!("BUYER")), "{back}");
        assert_eq!(license(&shop.customer, license_id).await?["status"], "REFUNDED");
        assert!(told(partner).await?.contains(&"REFUND_ASKED".to_owned()));
        let input = json!({ "id": bought["id"], "reference": "ICBC 2026-78" });
        assert_eq!(shop.customer.act("confirmRefund", "ConfirmProductOrderInput", input.clone(), ORDER, None).await?["code"], "NO_PERMISSION");
        let done = partner.act("confirmRefund", "ConfirmProductOrderInput", input, ORDER, None).await?;
        assert_eq!((&done["status"], &done["refund"]["reference"]), (&json!("REFUNDED"), &json!("ICBC 2026-78")));
        assert_eq!(refund(&shop.customer, &bought, "").await?["code"], "INVALID_STATE", "once");

        let bought = shop.bought(Wanted(0, 5, Some(12))).await?;
        app.advance(Duration::days(7) + Duration::seconds(1));
        assert_eq!(refund(&shop.customer, &bought, "晚了").await?["code"], "REFUND_TOO_LATE");
        let silent = refund(partner, &bought, "").await?;
        assert_eq!(silent["issues"][0]["path"], json!(["reason"]), "the partner says why: {silent}");
        let back = refund(partner, &bought, "协商退款").await?;
        let given: i64 = back["refund"]["amount"].as_str().unwrap_or_default().parse()?;
        let whole: i64 = bought["amount"]["amount"].as_str().unwrap_or_default().parse()?;
        assert!(0 < given && given < whole, "{given} of {whole}");
        assert_eq!(given, whole * (365 * 86_400 - 7 * 86_400 - 1) / (365 * 86_400), "by the second, rounded down");
        assert!(told(&shop.customer).await?.contains(&"REFUND_GRANTED".to_owned()));
    }

    async fn l14_what_was_ordered_later_goes_back_first_and_leaves_what_was_before(app) {
        let shop = Shop::open(app).await?;
        let first = shop.bought(Wanted(0, 5, Some(12))).await?;
        app.advance(Duration::days(1));
        let raised = shop.bought(Wanted(0, 9, None)).await?;
        assert_eq!(refund(&shop.customer, &first, "").await?["code"], "LATER_ORDER_STANDS");
        let placed = order(&shop.customer, &shop.product, Wanted(0, 9, Some(12))).await?;
        assert_eq!(refund(&shop.customer, &raised, "").await?["code"], "PAYMENT_PENDING");
        shop.customer.act("closeProductOrder", "ProductOrderActionInput", json!({ "id": placed["id"] }), ORDER, None).await?;
        let back = refund(&shop.customer, &raised, "").await?;
        assert_eq!(back["refund"]["amount"], raised["amount"]["amount"], "{back}");
        let held = license(&shop.customer, &first["license"]["id"]).await?;
        assert_eq!((&held["status"], &held["seats"], &held["until"]), (&json!("ACTIVE"), &json!(5), &first["license"]["until"]));
        assert_eq!(refund(&shop.customer, &first, "").await?["status"], "REFUNDING");
    }

    async fn l15_an_application_admits_no_more_users_than_were_bought_and_more_after_an_upgrade(app) {
        let shop = Shop::open(app).await?;
        let bought = shop.bought(Wanted(0, 1, Some(12))).await?;
        let instance = arrived(&shop.customer, &bought["license"]["id"]).await?;
        enable(&shop.customer, &instance).await?;
        assert_eq!(enter(&shop.employee, &instance).await?["id"], instance);
        until_told(&shop.customer, "SEATS_TAKEN").await?;
        let blue = shop.customer.organization_id.clone().context("signed in")?;
        let second = app.person("ce2", "blue", &blue, &[Role::CustomerEmployee]).await?;
        assert_eq!(enter(&second, &instance).await?["code"], "SEATS_TAKEN");
        shop.bought(Wanted(0, 2, None)).await?;
        assert_eq!(enter(&second, &instance).await?["id"], instance);

        app.advance(Duration::days(366));
        until_told(&shop.customer, "LICENSE_ENDED").await?;
        let refused = enter(&shop.employee, &instance).await?;
        assert_eq!(refused["code"], "LICENSE_ENDED", "{refused}");
        assert_eq!(enter(&shop.customer, &instance).await?["id"], instance, "an admin reaches the data");
        let pages = shop.employee.ask("query($id: ID!) { appInstance(id: $id) { pages { key } } }", json!({ "id": instance })).await?;
        assert_eq!(pages["appInstance"]["pages"], json!([]));
    }

    async fn l13_a_partner_orders_for_a_customer_who_pays_or_gives_it_up(app) {
        let listing = Listing::set(app).await?;
        let changes = json!({ "plans": [
            { "name": "代客下单版", "minSeats": 1, "maxSeats": 50, "unitPrice": "900", "periods": [{ "name": "一年", "months": 12 }], "salesChannel": "DIRECT" },
            { "name": "自助版", "minSeats": 51, "maxSeats": 99, "unitPrice": "800", "periods": [{ "name": "一年", "months": 12 }], "salesChannel": "MARKETPLACE" },
        ] });
        let product = listed_as(&listing, "巡检", &listing.category, changes).await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let document = "query($id: ID!) { product(id: $id) { approvedRevision { content { plans { itemCode } } } } }";
        let codes = listing.partner.ask(document, json!({ "id": product["id"] })).await?["product"]["approvedRevision"]["content"]["plans"].take();
        let direct = &codes[0]["itemCode"];
        assert_eq!(plans(&customer, &product).await?.len(), 1, "hidden from customers");
        let own = json!({ "productId": product["id"], "itemCode": direct, "seats": 5, "months": 12 });
        let refused = customer.act("orderProduct", "OrderProductInput", own, ORDER, None).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("NOT_FOUND"), &json!(["itemCode"])));
        let place = async |who: &Someone, corp: &str, code: &Value| {
            let input = json!({ "corpId": corp, "productId": product["id"], "itemCode": code, "seats": 5, "months": 12 });
            who.act("orderForCustomer", "OrderForCustomerInput", input, ORDER, None).await
        };
        let nobody = place(&listing.partner, "ding00000000", direct).await?;
        assert_eq!(nobody["issues"][0]["path"], json!(["corpId"]), "{nobody}");
        assert_eq!(place(&listing.developer, &corp_id("blue"), direct).await?["code"], "NO_PERMISSION");
        let rival = app.partner("rival").await?;
        assert_eq!(place(&rival, &corp_id("blue"), direct).await?["code"], "NOT_FOUND");
        assert_eq!(place(&listing.partner, &corp_id("blue"), &codes[1]["itemCode"]).await?["code"], "NOT_FOUND");
        let placed = place(&listing.partner, &corp_id("blue"), direct).await?;
        assert_eq!(placed["status"], "AWAITING_PAYMENT", "{placed}");
        assert!(told(&customer).await?.contains(&"PRODUCT_ORDERED_FOR_YOU".to_owned()));
        let done = paid(&listing.partner, &placed).await?;
        let seen = license(&customer, &done["license"]["id"]).await?;
        assert_eq!((&seen["status"], &seen["seats"]), (&json!("ACTIVE"), &json!(5)));
    }

    async fn l13_no_more_trials_begin_in_a_day_than_the_partner_wants(app) {
        let listing = Listing::set(app).await?;
        let changes = json!({ "audience": { "industries": [], "dailyTrials": 1 } });
        let product = listed_as(&listing, "巡检", &listing.category, changes).await?;
        let (blue, green) = (app.customer("blue", EditionName::Free).await?, app.customer("green", EditionName::Free).await?);
        assert_eq!(buying::open(&blue, &product, "TRIAL").await?["status"], "PAID");
        assert_eq!(buying::open(&green, &product, "TRIAL").await?["code"], "TRIALS_EXHAUSTED");
        app.advance(Duration::days(1));
        assert_eq!(buying::open(&green, &product, "TRIAL").await?["status"], "PAID", "a new day in Shanghai");
    }

    async fn l13_what_costs_more_by_now_than_was_shown_is_not_ordered_and_a_key_orders_once(app) {
        let shop = Shop::open(app).await?;
        let mut input = buying::wanted(&shop.customer, &shop.product, Wanted(1, 12, Some(12))).await?;
        input["acceptedAmount"] = json!("129599");
        let stale = shop.customer.act("orderProduct", "OrderProductInput", input.clone(), ORDER, None).await?;
        assert_eq!((&stale["code"], &stale["path"]), (&json!("CONFLICT"), &json!(["acceptedAmount"])), "{stale}");
        input["acceptedAmount"] = json!("129600");
        let first = shop.customer.act("orderProduct", "OrderProductInput", input.clone(), ORDER, Some("k1")).await?;
        let second = shop.customer.act("orderProduct", "OrderProductInput", input, ORDER, Some("k1")).await?;
        assert_eq!((&first["status"], &first["id"]), (&json!("AWAITING_PAYMENT"), &second["id"]));
    }

    async fn l8_customers_buy_what_is_approved_and_keep_the_price_they_ordered_at(app) {
        let shop = Shop::open(app).await?;
        let placed = order(&shop.customer, &shop.product, Wanted(0, 5, Some(12))).await?;
        let begun = shop.listing.partner.act("reviseProduct", "ProductActionInput", json!({ "id": shop.product["id"] }), PRODUCT, None).await?;
        let mut wanted = content(&shop.listing.partner, &shop.listing.category).await?;
        wanted["plans"] = json!([{ "name": "新版", "minSeats": 1, "maxSeats": 10, "unitPrice": "5000", "periods": [{ "name": "一年", "months": 12 }] }]);
        let handed_in = submit(&shop.listing.partner, &save(&shop.listing.partner, &begun, wanted).await?).await?;
        review(&shop.listing.operator, &handed_in, "APPROVE", None).await?;
        let done = paid(&shop.listing.partner, &placed).await?;
        assert_eq!((&done["status"], &done["license"]["planName"]), (&json!("PAID"), &json!("10 用户版")), "{done}");
        let renewal = quote(&shop.customer, &shop.product, Wanted(0, 5, Some(12))).await?;
        assert_eq!((&renewal["orderType"], &renewal["amount"]), (&json!("RENEW"), &json!("300000")), "{renewal}");
    }

    async fn l10_what_is_delisted_goes_on_for_those_who_have_it_and_is_neither_renewed_nor_raised(app) {
        let shop = Shop::open(app).await?;
        let bought = shop.bought(Wanted(0, 5, Some(12))).await?;
        let codes = plans(&shop.customer, &shop.product).await?;
        let ask = async |who: &Someone| {
            let input = json!({ "productId": shop.product["id"], "itemCode": codes[0], "seats": 5, "months": 12 });
            who.act("orderProduct", "OrderProductInput", input, ORDER, None).await
        };
        let newcomer = app.customer("green", EditionName::Free).await?;
        for (change, kind, mine, new) in [
            ("hideProduct", "WithdrawProductInput", "AWAITING_PAYMENT", "NOT_FOUND"),
            ("delistProduct", "WithdrawProductInput", "NOT_ON_SALE", "NOT_FOUND"),
        ] {
            let input = json!({ "id": shop.product["id"], "reason": "整改" });
            let moved = shop.listing.operator.act(change, kind, input, PRODUCT, None).await?;
            let own = ask(&shop.customer).await?;
            assert!(own["status"] == mine || own["code"] == mine, "{change}: {moved} {own}");
            assert_eq!(ask(&newcomer).await?["code"], new, "{change}");
            if own["status"] == "AWAITING_PAYMENT" {
                shop.customer.act("closeProductOrder", "ProductOrderActionInput", json!({ "id": own["id"] }), ORDER, None).await?;
            }
        }
        assert_eq!(license(&shop.customer, &bought["license"]["id"]).await?["status"], "ACTIVE");
    }

    async fn l14_orders_of_products_are_kept_as_a_table_by_either_side(app) {
        let shop = Shop::open(app).await?;
        let partner = &shop.listing.partner;
        let bought = shop.bought(Wanted(0, 5, Some(12))).await?;
        let back = refund(&shop.customer, &bought, "用不上").await?;
        partner.act("confirmRefund", "ConfirmProductOrderInput", json!({ "id": back["id"], "reference": "ICBC 2026-78" }), ORDER, None).await?;
        let waiting = order(&shop.customer, &shop.product, Wanted(0, 8, Some(12))).await?;
        let (served, path) = (Served::start(app)?, "/exports/product-orders.csv");
        let table = async |by: &Someone, query: &str| anyhow::Ok(served.get(by, &format!("{path}{query}")).await?.text().await?);

        let sold = table(&partner.in_chinese(), "?utcOffset=480").await?;
        let lines: Vec<&str> = sold.trim_end().split("\r\n").collect();
        assert!(lines[0].ends_with("退款金额,退款时间,关闭时间,订单详情") && lines.len() == 3, "{sold}");
        // The newest first; the amount is a number that adds up, and what went back stands beside it.
        let text = |order: &Value| (order["number"].as_str().unwrap_or_default().to_owned(), order["id"].as_str().unwrap_or_default().to_owned());
        let yuan = |order: &Value| order["amount"]["amount"].as_str().and_then(|minor| minor.parse().ok()).map(|minor: i64| format!("{}.{:02}", minor / 100, minor % 100));
        let (number, id) = text(&waiting);
        let begins = format!("{number},设备巡检,blue Ltd,");
        assert!(lines[1].starts_with(&begins) && lines[1].ends_with(&format!("/portal/product-orders/{id}")), "{sold}");
        assert!(lines[1].contains(&format!(",8,12,{},CNY,待付款,", yuan(&waiting).context("an amount")?)), "{sold}");
        let amount = yuan(&bought).context("an amount")?;
        assert!(lines[2].contains(&format!(",5,12,{amount},CNY,已退款,")) && lines[2].contains(&format!(",ICBC 2026-77,{amount},")), "{sold}");

        let placed = table(&shop.customer, "?party=CUSTOMER&status=AWAITING_PAYMENT").await?;
        assert!(placed.trim_end().lines().count() == 2 && placed.trim_end().ends_with(&format!("/purchases/{id}")), "{placed}");
        let found = table(partner, &format!("?search={number}")).await?;
        assert_eq!(found.trim_end().lines().count(), 2, "{found}");
        // Nobody reads another's, an employee none.
        let rival = app.partner("rival").await?;
        assert_eq!(table(&rival, "").await?.trim_end().lines().count(), 1);
        for (who, query, status) in [(&shop.employee, "?party=CUSTOMER", 403), (&shop.customer, "", 403), (partner, "?status=SOLD", 400), (partner, "?amount=1", 400)] {
            assert_eq!(served.get(who, &format!("{path}{query}")).await?.status(), status, "{query}");
        }
    }

    async fn l13_licenses_and_orders_exist_for_their_two_sides_alone(app) {
        let shop = Shop::open(app).await?;
        let bought = shop.bought(Wanted(0, 5, Some(12))).await?;
        let waiting = order(&shop.customer, &shop.product, Wanted(0, 8, None)).await?;
        let (rival, stranger) = (app.partner("rival").await?, app.customer("green", EditionName::Free).await?);
        let lists = "{ licenses { totalCount } productOrders(party: CUSTOMER) { totalCount } }";
        for who in [&rival, &stranger] {
            assert_eq!(license(who, &bought["license"]["id"]).await?, json!(null));
            let seen = who.ask("query($id: ID!) { productOrder(id: $id) { id } }", json!({ "id": waiting["id"] })).await?;
            assert_eq!(seen["productOrder"], json!(null));
            for (field, kind, input) in [
                ("closeProductOrder", "ProductOrderActionInput", json!({ "id": waiting["id"] })),
                ("refundProductOrder", "RefundProductOrderInput", json!({ "id": bought["id"], "reason": "x" })),
            ] {
                assert_eq!(who.act(field, kind, input, ORDER, None).await?["code"], "NOT_FOUND", "{field}");
            }
        }
        assert_eq!(paid(&rival, &waiting).await?["code"], "NOT_FOUND");
        assert_eq!(stranger.ask(lists, json!({})).await?, json!({ "licenses": { "totalCount": 0 }, "productOrders": { "totalCount": 0 } }));
        let hers = shop.employee.send("{ licenses { totalCount } }", json!({})).await?;
        assert_eq!(hers["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        assert_eq!(license(&shop.listing.developer, &bought["license"]["id"]).await?["instance"], json!(null), "the partner learns nothing of the application there");
        let found = shop.listing.partner.ask("{ licenses(party: PARTNER) { totalCount } productOrders(filter: { search: \"blue\" }) { totalCount nodes { status } } }", json!({})).await?;
        assert_eq!((&found["licenses"]["totalCount"], &found["productOrders"]["totalCount"]), (&json!(1), &json!(2)), "{found}");
    }
}
