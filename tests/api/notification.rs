//! Notifications (P9): who is told what, in which language; what they have read; what they chose. Mails are in `mail`.

use anyhow::{Context, Result};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{agreement, apply, buy, finished, import, package, send, submitted_project, text};
use chrono::Duration;
use futures_util::StreamExt;
use serde_json::{Value, json};

const LIST: &str = "query($first: Int, $after: String, $unread: Boolean) { \
                    notifications(first: $first, after: $after, unread: $unread) { totalCount \
                    nodes { id kind topic title body target objectId readAt organization { id } } \
                    pageInfo { hasNextPage endCursor } } inbox { unreadCount newest { id } } }";
const READ: &str = "MarkNotificationReadInput";
const ALL_READ: &str = "MarkAllNotificationsReadInput";

/// What somebody was told, newest first.
async fn told(who: &Someone) -> Result<Vec<Value>> {
    let mut data = who.ask(LIST, json!({ "first": 100 })).await?;
    let nodes = data["notifications"]["nodes"].take();
    nodes.as_array().cloned().with_context(|| format!("{nodes}"))
}

/// The kinds of it.
async fn kinds(who: &Someone) -> Result<Vec<String>> {
    Ok(told(who).await?.iter().filter_map(|node| text(&node["kind"])).collect())
}

async fn unread(who: &Someone) -> Result<Value> {
    Ok(who.ask("{ inbox { unreadCount } }", json!({})).await?["inbox"]["unreadCount"].take())
}

/// Waits until somebody was told of that kind.
async fn hears(who: &Someone, kind: &str) -> Result<Value> {
    let newest = |data: &Value| -> Option<Value> {
        let nodes = data["notifications"]["nodes"].as_array()?;
        nodes.iter().find(|node| node["kind"] == kind).cloned()
    };
    let data = who
        .wait(LIST, json!({ "first": 100 }), |data| newest(data).is_some())
        .await?;
    newest(&data).context("just seen")
}

async fn read(who: &Someone, id: &Value) -> Result<Value> {
    who.act(
        "markNotificationRead",
        READ,
        json!({ "id": id }),
        "... on Notification { id readAt }",
        None,
    )
    .await
}

on_each_database! {
    async fn p9_reviewers_are_told_what_waits_and_partner_admins_what_was_decided(app) {
        let reviewer = app.reviewer().await?;
        let platform = reviewer.organization_id.clone().expect("signed in");
        let second = app.person("ir2", "platform", &platform, &[Role::InternalReviewer]).await?;
        let operator = app.person("oo", "platform", &platform, &[Role::OpenPlatformOperator]).await?;
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().expect("signed in");
        let colleague = app.person("pa2", "acme", &acme, &[Role::PartnerAdmin]).await?;
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let rival = app.partner("rival").await?;
        let applied = apply(&partner, Some(agreement())).await?;
        for who in [&reviewer, &second] {
            let found = told(who).await?;
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!((&found[0]["kind"], &found[0]["topic"]), (&json!("PERMISSION_SUBMITTED"), &json!("REVIEWS")));
            assert_eq!((&found[0]["target"], &found[0]["objectId"]), (&json!("PERMISSION_REVIEW"), &applied["id"]));
            assert_eq!(found[0]["title"], "acme Ltd applied for distribution permission");
            assert_eq!(unread(who).await?, 1);
        }
        assert_eq!(told(&second.in_chinese()).await?[0]["title"], "“acme Ltd”申请应用分发权限，等待您审核");
        let input = json!({ "id": applied["id"], "decision": "REJECT", "reason": "案例不足。" });
        let on = "... on DistributionPermission { status }";
        reviewer.act("decideDistributionPermission", "DecideDistributionPermissionInput", input, on, None).await?;
        assert_eq!((unread(&reviewer).await?, unread(&second).await?), (json!(0), json!(0)), "nothing waits any more");
        for who in [&partner, &colleague] {
            let found = told(who).await?;
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0]["title"], "Your application for distribution permission was rejected");
            assert_eq!(found[0]["body"], "Reason: 案例不足. You can apply again");
            assert_eq!(told(&who.in_chinese()).await?[0]["body"], "原因：案例不足。可以修改后重新申请");
        }
        for who in [&operator, &developer, &rival] {
            assert_eq!(kinds(who).await?, Vec::<String>::new());
        }
    }

    async fn p9_a_decision_about_a_project_is_told_to_its_creator(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        let waits = told(&scene.reviewer).await?[0].clone();
        assert_eq!((&waits["kind"], &waits["objectId"]), (&json!("PROJECT_SUBMITTED"), &json!(id)));
        assert_eq!(waits["title"], "Project “二期” of acme Ltd waits for approval");
        let input = json!({ "id": id, "decision": "REJECT", "amountMismatch": true });
        scene.reviewer.act("reviewProject", "ReviewProjectInput", input, "... on Project { status }", None).await?;
        assert_eq!(unread(&scene.reviewer).await?, 0);
        let decided = told(&scene.partner.in_chinese()).await?[0].clone();
        assert_eq!((&decided["kind"], &decided["target"]), (&json!("PROJECT_REJECTED"), &json!("PROJECT")));
        assert_eq!(decided["body"], "项目合同金额需要和项目合同文件里面的金额保持一致，可以复制为新项目后重新提交");
        assert_eq!(told(&scene.partner).await?[1]["kind"], "PROJECT_APPROVED");
        assert!(!kinds(&scene.colleague).await?.contains(&"PROJECT_REJECTED".to_owned()));
        let third = submitted_project(&scene.partner, "三期", &corp_id("blue")).await?;
        scene.partner.act("withdrawProject", "ProjectActionInput", json!({ "id": third }), "... on Project { id }", None).await?;
        let found = told(&scene.reviewer).await?;
        assert_eq!((&found[0]["kind"], &found[0]["readAt"]), (&json!("PROJECT_WITHDRAWN"), &Value::Null));
        assert_ne!(found[1]["readAt"], Value::Null, "what was withdrawn does not wait: {found:?}");
    }

    async fn p9_what_is_not_decided_in_time_is_told_once(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        app.advance(Duration::days(3));
        let overdue = hears(&scene.reviewer, "PROJECT_OVERDUE").await?;
        assert_eq!((&overdue["objectId"], &overdue["title"]), (&json!(id), &json!("Overdue: project “二期” of acme Ltd")));
        for _ in 0..2 {
            let again = id.clone();
            app.app.store.write(Default::default(), move |tx| appshelf::services::review_reminder::remind(tx, &again)).await?;
        }
        let overdue: Vec<String> = kinds(&scene.reviewer).await?.into_iter().filter(|kind| kind.ends_with("OVERDUE")).collect();
        assert_eq!(overdue, ["PROJECT_OVERDUE"], "the first project and the permission were decided in time");
    }

    async fn p9_both_sides_follow_an_order_from_purchase_to_acceptance(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        for who in [&scene.partner, &scene.colleague] {
            let bought = told(who).await?[0].clone();
            assert_eq!((&bought["kind"], &bought["objectId"]), (&json!("ORDER_CREATED"), &json!(order)));
            assert_eq!(bought["title"], "blue Ltd bought 设备巡检");
        }
        let sent = send(&scene.developer, &order, json!({}), Some(agreement())).await?;
        finished(&scene.developer, &text(&sent["id"]).context("an id")?).await?;
        let done = hears(&scene.developer, "DELIVERY_SUCCEEDED").await?;
        assert_eq!((&done["title"], &done["target"]), (&json!("Sent to blue Ltd: 设备巡检"), &json!("ORDER")));
        let arrived = hears(&scene.customer, "APPLICATION_ARRIVED").await?;
        assert_eq!(arrived["title"], "设备巡检 from acme Ltd arrived and waits for acceptance");
        assert_eq!(arrived["target"], "APP_INSTANCE");
        assert_eq!(kinds(&scene.employee).await?, Vec::<String>::new(), "nothing that an employee could do");
        assert!(!kinds(&scene.partner).await?.contains(&"DELIVERY_SUCCEEDED".to_owned()), "somebody else sent it");
        let switch = json!({ "orderId": order, "fullEditPermission": true });
        scene.partner.act("setEditPermission", "SetEditPermissionInput", switch, "... on Order { id }", None).await?;
        let opened = told(&scene.customer.in_chinese()).await?[0].clone();
        assert_eq!((&opened["title"], &opened["objectId"]), (&json!("应用“设备巡检”已开放全部编辑权限"), &arrived["objectId"]));
        read(&scene.customer, &opened["id"]).await?;
        let input = json!({ "id": arrived["objectId"] });
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", input, "... on AppInstance { status }", None).await?;
        assert_eq!(unread(&scene.customer).await?, 0, "it waits for nothing more");
        let accepted = told(&scene.colleague).await?[0].clone();
        assert_eq!((&accepted["title"], &accepted["objectId"]), (&json!("blue Ltd accepted 设备巡检"), &json!(order)));
    }

    async fn p9_a_failed_delivery_is_told_to_its_sender(app) {
        let scene = app.scene("blue", EditionName::Free).await?;
        let mut rich = package(true);
        rich["name"] = json!("大应用");
        let application = import(&scene.partner, &rich, true).await?;
        let (_, token) = appshelf_tests::scene::link(&scene.partner, &scene.project, &application).await?;
        let bought = buy(&scene.customer, &token, None).await?;
        send(&scene.developer, bought["id"].as_str().context("an id")?, json!({}), Some(agreement())).await?;
        let failed = hears(&scene.developer.in_chinese(), "DELIVERY_FAILED").await?;
        assert_eq!((&failed["title"], &failed["body"]), (&json!("应用“大应用”发送至“blue Ltd”失败"), &json!("请在订单中查看原因并重试")));
        assert_eq!(kinds(&scene.customer).await?, Vec::<String>::new(), "nothing arrived");
    }

    async fn p9_an_attempt_of_another_organisation_and_the_settlement_are_told(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let other = app.customer("green", EditionName::Free).await?;
        let token = scene.link().await?;
        buy(&other, &token, None).await?;
        let tried = hears(&scene.partner, "PURCHASE_MISMATCHED").await?;
        assert!(!tried["body"].as_str().unwrap_or_default().contains(&corp_id("green")), "masked: {tried}");
        assert!(!kinds(&scene.colleague).await?.contains(&"PURCHASE_MISMATCHED".to_owned()));
        scene.instance().await?;
        let input = json!({ "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王海蓝", "satisfaction": 5,
                            "acknowledgeWarnings": true });
        let settled = scene.partner.act("settleProject", "SettleProjectInput", input, "... on Project { status }", None).await?;
        assert_eq!(settled["status"], "CLOSED", "{settled}");
        assert_eq!(told(&scene.customer).await?[0]["title"], "Project “设备数字化” was settled");
        assert_eq!(kinds(&other).await?, Vec::<String>::new());
    }

    async fn p9_where_a_creator_has_left_the_admins_are_told_and_learn_who_takes_over(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let acme = scene.colleague.organization_id.clone().expect("signed in");
        let third = app.person("pa3", "acme", &acme, &[Role::PartnerAdmin]).await?;
        let creator = scene.partner.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take();
        let on = "... on RemovedMember { name }";
        scene.colleague.act("removeMember", "RemoveMemberInput", json!({ "userId": creator }), on, None).await?;
        let other = app.customer("green", EditionName::Free).await?;
        let (_, token) = appshelf_tests::scene::link(&scene.colleague, &scene.project, &scene.application).await?;
        buy(&other, &token, None).await?;
        for who in [&scene.colleague, &third] {
            hears(who, "PURCHASE_MISMATCHED").await?;
        }
        let input = json!({ "id": scene.project });
        scene.colleague.act("takeProjectOwnership", "ProjectActionInput", input, "... on Project { id }", None).await?;
        assert_eq!(told(&third).await?[0]["title"], "pa2 took over project “设备数字化”");
        assert!(!kinds(&scene.colleague).await?.contains(&"OWNERSHIP_TAKEN".to_owned()), "they did it themselves");
    }

    async fn p9_the_end_of_an_import_is_told_to_whoever_started_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let done = hears(&scene.partner, "IMPORT_SUCCEEDED").await?;
        assert_eq!((&done["title"], &done["target"]), (&json!("设备巡检 1.0.0 was imported"), &json!("IMPORT")));
        let file = scene.developer.upload(appshelf::domain::file::FilePurpose::Package, "坏.json", b"{".to_vec()).await?;
        let on = "... on PackageImport { id }";
        scene.developer.act("importPackage", "ImportPackageInput", json!({ "fileId": file }), on, None).await?;
        assert_eq!(hears(&scene.developer, "IMPORT_FAILED").await?["title"], "坏.json could not be imported");
        assert!(!kinds(&scene.partner).await?.contains(&"IMPORT_FAILED".to_owned()));
    }

    async fn p9_a_list_is_paged_newest_first_and_read_once(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for _ in 0..3 {
            scene.order().await?;
        }
        let all = scene.colleague.ask(LIST, json!({ "first": 2 })).await?;
        let (total, nodes) = (&all["notifications"]["totalCount"], &all["notifications"]["nodes"]);
        assert_eq!((total, &all["inbox"]["unreadCount"], &all["inbox"]["newest"]["id"]), (&json!(4), &json!(4), &nodes[0]["id"]));
        let after = &all["notifications"]["pageInfo"]["endCursor"];
        let rest = scene.colleague.ask(LIST, json!({ "first": 100, "after": after })).await?;
        assert_eq!(rest["notifications"]["nodes"].as_array().map(Vec::len), Some(2));
        let first = read(&scene.colleague, &nodes[0]["id"]).await?;
        app.advance(Duration::minutes(5));
        assert_eq!(read(&scene.colleague, &nodes[0]["id"]).await?, first, "reading again changes nothing");
        assert_eq!(unread(&scene.colleague).await?, 3);
        let open = scene.colleague.ask(LIST, json!({ "first": 100, "unread": true })).await?;
        assert_eq!(open["notifications"]["totalCount"], 3);
        scene.order().await?;
        let on = "... on Inbox { unreadCount }";
        for expected in [1, 1] {
            let input = json!({ "upTo": nodes[0]["id"] });
            let left = scene.colleague.act("markAllNotificationsRead", ALL_READ, input, on, None).await?;
            assert_eq!(left["unreadCount"], expected, "what came in meanwhile stays unread");
        }
        let left = scene.colleague.act("markAllNotificationsRead", ALL_READ, json!({}), on, None).await?;
        assert_eq!(left["unreadCount"], 0);
    }

    async fn p9_nobody_reads_what_another_was_told(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        scene.order().await?;
        let id = told(&scene.colleague).await?[0]["id"].clone();
        for who in [&scene.partner, &scene.customer, &scene.reviewer] {
            assert_eq!(read(who, &id).await?["code"], "NOT_FOUND");
            let node = who.ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await?;
            assert_eq!(node["node"], Value::Null);
        }
        let before = unread(&scene.colleague).await?;
        let input = json!({ "upTo": id });
        scene.partner.act("markAllNotificationsRead", ALL_READ, input, "... on Inbox { unreadCount }", None).await?;
        assert_eq!(unread(&scene.colleague).await?, before);
        let answer = app.nobody().send(LIST, json!({})).await?;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    async fn p9_another_organisation_of_the_same_person_has_its_own(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        scene.order().await?;
        let blue = scene.customer.organization_id.clone().expect("signed in");
        let there = app.member("pa2@acme.example", "blue", &blue, &[Role::CustomerAdmin]).await?;
        assert_eq!((unread(&there).await?, kinds(&there).await?), (json!(0), Vec::<String>::new()));
        let id = told(&scene.colleague).await?[0]["id"].clone();
        assert_eq!(read(&there, &id).await?["code"], "NOT_FOUND");
        scene.instance().await?;
        assert_eq!(kinds(&there).await?, ["APPLICATION_ARRIVED"]);
        assert!(!kinds(&scene.colleague).await?.contains(&"APPLICATION_ARRIVED".to_owned()));
    }

    async fn p9_the_bell_is_live(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let document = "subscription { notificationReceived { unreadCount newest { id kind title } } }";
        let mut bell = scene.colleague.in_chinese().subscribe(document, json!({})).await?;
        let first = bell.next().await.context("it begins")?;
        let was = first["data"]["notificationReceived"]["unreadCount"].as_i64().context("a number")?;
        scene.order().await?;
        let next = bell.next().await.context("it goes on")?["data"]["notificationReceived"].take();
        assert_eq!((&next["unreadCount"], &next["newest"]["title"]), (&json!(was + 1), &json!("“blue Ltd”购买了应用“设备巡检”")));
        read(&scene.colleague, &next["newest"]["id"]).await?;
        let after = bell.next().await.context("it goes on")?;
        assert_eq!(after["data"]["notificationReceived"]["unreadCount"], was, "{after}");
        let refused: Vec<Value> = app.nobody().subscribe(document, json!({})).await?.collect().await;
        assert_eq!(refused[0]["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused:?}");
    }

    async fn p9_what_is_old_is_forgotten(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        app.advance(Duration::days(179));
        scene.order().await?;
        app.advance(Duration::days(2));
        appshelf::jobs::upkeep::forget_old(&app.app.store).await?;
        assert_eq!(kinds(&scene.colleague).await?, ["ORDER_CREATED"], "the grant is older than 180 days");
    }

    async fn p9_a_person_chooses_mails_for_the_topics_that_concern_them(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let document = "{ notificationPreferences { mailsAreSent topics { topic email } } }";
        let chosen = scene.developer.ask(document, json!({})).await?;
        let expected = json!({ "mailsAreSent": false, "topics": [
            { "topic": "ORDERS", "email": true }, { "topic": "IMPORTS", "email": false }, { "topic": "MAINTENANCE", "email": true },
            { "topic": "SERVICE", "email": true },
        ] });
        let employee = scene.employee.ask(document, json!({})).await?;
        assert_eq!(employee["notificationPreferences"]["topics"], json!([{ "topic": "SERVICE", "email": true }]));
        assert_eq!(chosen["notificationPreferences"], expected);
        let (name, of) = ("setNotificationPreference", "SetNotificationPreferenceInput");
        let on = "... on NotificationPreference { topic email }";
        for email in [false, true, false] {
            let set = scene.developer.act(name, of, json!({ "topic": "ORDERS", "email": email }), on, None).await?;
            assert_eq!(set["email"], email, "{set}");
        }
        let chosen = scene.developer.ask(document, json!({})).await?;
        assert_eq!(chosen["notificationPreferences"]["topics"][0], json!({ "topic": "ORDERS", "email": false }));
        let refused = scene.developer.act(name, of, json!({ "topic": "REVIEWS", "email": true }), on, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        let colleague = scene.colleague.ask(document, json!({})).await?;
        assert_eq!(colleague["notificationPreferences"]["topics"][2], json!({ "topic": "ORDERS", "email": true }));
    }
}
