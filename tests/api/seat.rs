//! Seats (L15): an application admits no more users than were bought, its admins are told, and a seat can be freed.

use anyhow::Context;
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::forms::{forms, submit};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{Scene, agreement, buy, finished, import, instance_of, send, text};
use futures_util::StreamExt;
use serde_json::{Value, json};

/// The forms in use for that many users: the order and the instance.
async fn in_use(scene: &Scene, seats: i32) -> anyhow::Result<(String, String)> {
    let application = import(&scene.partner, &forms(), true).await?;
    let input = json!({ "projectId": scene.project, "applicationId": application, "seats": seats });
    let on = "... on DistributionLink { url seats }";
    let link = scene
        .partner
        .act("createDistributionLink", "CreateDistributionLinkInput", input, on, None)
        .await?;
    anyhow::ensure!(link["seats"] == seats, "{link}");
    let url = link["url"].as_str().unwrap_or_default();
    let path = url.split('?').next().unwrap_or(url);
    let token = path.rsplit('/').next().unwrap_or(path);
    let document = "query($t: String!) { purchaseOffer(token: $t) { ... on PurchaseOffer { seats } } }";
    let offer = scene.customer.ask(document, json!({ "t": token })).await?;
    anyhow::ensure!(offer["purchaseOffer"]["seats"] == seats, "{offer}");
    let order = text(&buy(&scene.customer, token, None).await?["id"]).unwrap_or_default();
    let sent = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
    let delivery = text(&sent["id"]).unwrap_or_default();
    finished(&scene.partner, &delivery).await?;
    let id = instance_of(&scene.customer, &delivery).await?.unwrap_or_default();
    scene.put_to_use(&id).await?;
    Ok((order, id))
}

async fn open(who: &Someone, id: &str) -> anyhow::Result<Value> {
    let on = "... on AppInstance { seats { bought taken admitted } pages { key } }";
    who.act("openInstance", "OpenInstanceInput", json!({ "id": id }), on, None)
        .await
}

async fn employees(app: &TestApp, scene: &Scene, names: &[&str]) -> anyhow::Result<Vec<Someone>> {
    let at = scene.customer.organization_id.clone().expect("signed in");
    let mut made = Vec::new();
    for name in names {
        made.push(app.person(name, "blue", &at, &[Role::CustomerEmployee]).await?);
    }
    Ok(made)
}

on_each_database! {
    async fn l15_no_more_users_than_bought_are_admitted_and_a_freed_seat_admits_the_next(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (order, id) = in_use(&scene, 2).await?;
        for who in [&scene.partner, &scene.customer] {
            let read = who.ask("query($id: ID!) { order(id: $id) { seats } }", json!({ "id": order })).await?;
            assert_eq!(read["order"]["seats"], 2, "{read}");
        }
        let others = employees(app, &scene, &["ce2", "ce3"]).await?;
        // Before the first opening there is nothing to see.
        let document = "query($id: ID!) { appInstance(id: $id) { seats { bought taken admitted } pages { key } page(key: \"contract\") { key } } }";
        let outside = scene.employee.ask(document, json!({ "id": id })).await?;
        assert_eq!(outside["appInstance"], json!({ "seats": { "bought": 2, "taken": 0, "admitted": false }, "pages": [], "page": null }), "{outside}");
        assert_eq!(submit(&scene.employee, &id, "contract", json!({ "title": "x" })).await?["code"], "NOT_FOUND");
        for (who, taken) in [(&scene.employee, 1), (&scene.employee, 1), (&others[0], 2)] {
            let opened = open(who, &id).await?;
            assert_eq!((&opened["seats"]["taken"], &opened["seats"]["admitted"]), (&json!(taken), &json!(true)), "{opened}");
            assert_eq!(opened["pages"].as_array().map(Vec::len), Some(3), "{opened}");
        }
        let refused = open(&others[1].in_chinese(), &id).await?;
        assert_eq!((&refused["code"], &refused["message"]), (&json!("SEATS_TAKEN"), &json!("使用人数已达上限（2 人）")), "{refused}");
        assert_eq!(open(&others[1], &id).await?["message"], "All seats are taken (2)");
        let still = others[1].ask(document, json!({ "id": id })).await?;
        assert_eq!(still["appInstance"]["pages"], json!([]), "{still}");
        // An admin administers without a seat, sees who holds one, and frees it.
        let opened = open(&scene.customer, &id).await?;
        assert_eq!((&opened["seats"]["taken"], opened["pages"].as_array().map(Vec::len)), (&json!(2), Some(3)), "{opened}");
        let document = "query($id: ID!, $after: String) { appInstance(id: $id) { seats { holders(first: 1, after: $after) { \
                        totalCount nodes { user { id name } since } pageInfo { hasNextPage endCursor } } } } }";
        let first = scene.customer.ask(document, json!({ "id": id })).await?["appInstance"]["seats"]["holders"].take();
        assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"]), (&json!(2), &json!(true)), "{first}");
        let next = scene.customer.ask(document, json!({ "id": id, "after": first["pageInfo"]["endCursor"] })).await?["appInstance"]["seats"]["holders"].take();
        assert!(next["nodes"][0]["user"]["id"] != first["nodes"][0]["user"]["id"] && next["pageInfo"]["hasNextPage"] == false, "{next}");
        let denied = scene.employee.send(document, json!({ "id": id })).await?;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{denied}");
        let who = scene.employee.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take();
        let input = json!({ "instanceId": id, "userId": who });
        let on = "... on AppInstance { seats { taken } }";
        assert_eq!(others[1].act("releaseSeat", "ReleaseSeatInput", input.clone(), on, None).await?["code"], "NO_PERMISSION");
        let freed = scene.customer.act("releaseSeat", "ReleaseSeatInput", input.clone(), on, None).await?;
        assert_eq!(freed["seats"]["taken"], 1, "{freed}");
        let again = scene.customer.act("releaseSeat", "ReleaseSeatInput", input, on, None).await?;
        assert_eq!((&again["code"], &again["path"]), (&json!("NOT_FOUND"), &json!(["userId"])), "{again}");
        assert_eq!(open(&others[1], &id).await?["seats"]["taken"], 2);
        assert_eq!(open(&scene.employee, &id).await?["code"], "SEATS_TAKEN");
        // Who leaves the organisation leaves their seat.
        let who = others[0].ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take();
        scene.customer.act("removeMember", "RemoveMemberInput", json!({ "userId": who }), "", None).await?;
        assert_eq!(open(&scene.employee, &id).await?["seats"]["taken"], 2);
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id, first: 100) { nodes { action } } }", json!({ "id": id })).await?;
        assert!(trail.to_string().contains("instance.seat_taken") && trail.to_string().contains("instance.seat_released"), "{trail}");
    }

    async fn l15_whoever_waits_for_a_seat_knows_whom_to_ask_and_when_one_is_free(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (_, id) = in_use(&scene, 1).await?;
        let others = employees(app, &scene, &["ce2"]).await?;
        open(&scene.employee, &id).await?;
        let document = "subscription($id: ID!) { seatsChanged(instanceId: $id) { seats { bought taken admitted } admins { name email } } }";
        let mut waiting = others[0].subscribe(document, json!({ "id": id })).await?;
        let admin = scene.customer.ask("{ viewer { user { id name } } }", json!({})).await?["viewer"]["user"].take();
        let full = waiting.next().await.context("the seats now")?;
        assert_eq!(full["data"]["seatsChanged"], json!({
            "seats": { "bought": 1, "taken": 1, "admitted": false }, "admins": [{ "name": admin["name"], "email": null }]
        }), "{full}");
        let who = scene.employee.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take();
        let input = json!({ "instanceId": id, "userId": who });
        scene.customer.act("releaseSeat", "ReleaseSeatInput", input, "... on AppInstance { id }", None).await?;
        let free = waiting.next().await.context("a seat")?;
        assert_eq!(free["data"]["seatsChanged"]["seats"]["taken"], 0, "{free}");
        open(&others[0], &id).await?;
        let inside: Vec<Value> = waiting.collect().await;
        let last = inside.last().context("going in")?;
        assert_eq!(last["data"]["seatsChanged"]["seats"], json!({ "bought": 1, "taken": 1, "admitted": true }), "{inside:?}");
        // Where nobody is counted there is nothing to wait for.
        let free = scene.instance().await?;
        let none: Vec<Value> = scene.customer.subscribe(document, json!({ "id": free })).await?.collect().await;
        assert_eq!(none[0]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{none:?}");
    }

    async fn l15_admins_are_told_at_four_fifths_and_at_the_last_seat(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (_, id) = in_use(&scene, 5).await?;
        let others = employees(app, &scene, &["ce2", "ce3", "ce4", "ce5"]).await?;
        let document = "{ notifications(first: 50) { nodes { kind title body } } }";
        for (place, who) in std::iter::once(&scene.employee).chain(&others).enumerate() {
            open(who, &id).await?;
            let told = scene.customer.ask(document, json!({})).await?.to_string();
            assert_eq!(told.contains("SEATS_ALMOST_TAKEN"), place >= 3, "{told}");
            assert_eq!(told.contains("\"SEATS_TAKEN\""), place >= 4, "{told}");
        }
        let chinese = scene.customer.in_chinese().ask(document, json!({})).await?.to_string();
        assert!(chinese.contains("应用“合同管理”的使用人数已达 80%") && chinese.contains("5 个席位已全部使用"), "{chinese}");
    }

    async fn l15_a_link_has_one_seat_or_more_and_without_a_number_everybody_is_admitted(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for seats in [0, -1, 1_000_001] {
            let input = json!({ "projectId": scene.project, "applicationId": scene.application, "seats": seats });
            let refused = scene.partner.act("createDistributionLink", "CreateDistributionLinkInput", input, "... on DistributionLink { id }", None).await?;
            assert_eq!((&refused["code"], &refused["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["seats"])), "{refused}");
        }
        let id = scene.forms_in_use().await?;
        let opened = open(&scene.employee, &id).await?;
        assert_eq!((&opened["seats"], opened["pages"].as_array().map(Vec::len)), (&Value::Null, Some(3)), "{opened}");
    }
}
