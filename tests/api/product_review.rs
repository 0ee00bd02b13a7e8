//! Reviews of products (L6, L7), the tasks before the marketplace (L9), delisting and hiding (L10).

use anyhow::Result;
use appshelf_tests::api::Someone;
use appshelf_tests::listing::{Listing, PRODUCT, content, read, review, save, submit};
use appshelf_tests::on_each_database;
use chrono::Duration;
use serde_json::{Value, json};

async fn act(by: &Someone, name: &str, input_type: &str, input: Value) -> Result<Value> {
    by.act(name, input_type, input, PRODUCT, None).await
}

async fn queue(by: &Someone) -> Result<Value> {
    let document = "{ productReviews { nodes { id overdue product { name } } totalCount } }";
    Ok(by.ask(document, json!({})).await?["productReviews"].take())
}

async fn inbox(by: &Someone) -> Result<Vec<String>> {
    let found = by.ask("{ notifications { nodes { title } } }", json!({})).await?;
    let nodes = found["notifications"]["nodes"].as_array().into_iter().flatten();
    Ok(nodes
        .filter_map(|node| node["title"].as_str())
        .map(str::to_owned)
        .collect())
}

/// A task before the marketplace; its id.
async fn task(superadmin: &Someone, zh: &str, en: &str) -> Result<Value> {
    let input = json!({ "nameZh": zh, "nameEn": en });
    let made = superadmin
        .act(
            "savePreTask",
            "SavePreTaskInput",
            input,
            "... on PreTask { id version }",
            None,
        )
        .await?;
    Ok(made["id"].clone())
}

on_each_database! {
    async fn l6_an_operator_of_another_category_sees_nothing_and_may_not_decide(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        assert_eq!(queue(&scene.operator).await?["totalCount"], 1);
        assert_eq!(queue(&scene.stranger).await?, json!({ "nodes": [], "totalCount": 0 }));
        assert_eq!(read(&scene.stranger, &handed_in["id"]).await?, json!(null));
        let seen = scene.stranger.ask("{ products { nodes { id } totalCount } }", json!({})).await?;
        assert_eq!(seen["products"], json!({ "nodes": [], "totalCount": 0 }));
        assert_eq!(inbox(&scene.operator).await?, ["设备巡检 of acme Ltd waits for review"]);
        assert_eq!(inbox(&scene.stranger).await?, Vec::<String>::new());
        for other in [&scene.stranger, &scene.superadmin, &scene.partner, &scene.developer] {
            let refused = review(other, &handed_in, "APPROVE", None).await?;
            assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        }
        assert_eq!(review(&scene.stranger.in_chinese(), &handed_in, "APPROVE", None).await?["message"], "没有权限");
        assert_eq!(read(&scene.operator, &handed_in["id"]).await?["availableActions"], json!(["REVIEW"]));
        assert_eq!(queue(&scene.partner).await.err().map(|error| error.to_string().contains("NO_PERMISSION")), Some(true));
    }

    async fn l6_a_rejection_says_why_and_the_partner_reads_it_beside_the_field(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        let bare = review(&scene.operator, &handed_in, "REJECT", None).await?;
        assert_eq!(bare["issues"][0]["path"], json!(["reason"]), "{bare}");
        let input = json!({
            "revisionId": handed_in["openRevision"]["id"], "decision": "REJECT",
            "fieldReasons": [{ "path": "content.summary", "reason": "请写明适用行业" }, { "path": "content.plans.1.unitPrice", "reason": "与官网不符" }],
        });
        let rejected = act(&scene.operator, "reviewProduct", "ReviewProductInput", input.clone()).await?;
        assert_eq!(rejected["status"], "REJECTED", "{rejected}");
        let mine = read(&scene.partner, &handed_in["id"]).await?;
        assert_eq!(mine["openRevision"]["fieldReasons"], input["fieldReasons"]);
        assert_eq!((&mine["availableActions"], &mine["tab"]), (&json!(["EDIT"]), &json!("NOT_LISTED")));
        assert_eq!(inbox(&scene.partner).await?[0], "设备巡检 was rejected");
        assert_eq!(queue(&scene.operator).await?["totalCount"], 0);
        assert_eq!(review(&scene.operator, &handed_in, "APPROVE", None).await?["code"], "INVALID_STATE");
        let edited = save(&scene.partner, &mine, content(&scene.partner, &scene.category).await?).await?;
        assert_eq!(edited["status"], "DRAFT", "REJECTED, edited, is DRAFT: {edited}");
        assert_eq!(edited["openRevision"]["fieldReasons"], input["fieldReasons"], "the remarks stand until it is handed in again");
        let again = submit(&scene.partner, &edited).await?;
        assert_eq!(again["openRevision"]["fieldReasons"], json!([]), "{again}");
    }

    async fn l7_in_review_nothing_is_edited_or_taken_back_and_overdue_sorts_first(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        assert_eq!(read(&scene.partner, &handed_in["id"]).await?["availableActions"], json!([]));
        let refused = save(&scene.partner, &handed_in, json!({ "name": "改名" })).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("IN_REVIEW")), "{refused}");
        assert_eq!(queue(&scene.operator).await?["nodes"][0]["overdue"], false);
        app.advance(Duration::days(1) + Duration::seconds(1));
        assert_eq!(queue(&scene.operator).await?["nodes"][0]["overdue"], true);
        let told = scene.operator.wait("{ notifications { nodes { title } } }", json!({}), |data| data.to_string().contains("Overdue: 设备巡检"));
        told.await?;
        assert!(!inbox(&scene.stranger).await?.iter().any(|title| title.contains("Overdue")));
    }

    async fn l7_holidays_and_make_up_days_move_the_due_time(app) {
        let scene = Listing::set(app).await?;
        let set = |by: &Someone, days: Value| {
            let by = by.clone();
            async move {
                let input = json!({ "year": 2026, "days": days });
                by.act("setCalendarYear", "SetCalendarYearInput", input, "... on CalendarYear { days { day working name } }", None).await
            }
        };
        let holidays = json!([
            { "day": "2026-11-24", "working": false, "name": "馆庆" }, { "day": "2026-11-25", "working": false, "name": "馆庆" },
        ]);
        assert_eq!(set(&scene.operator, holidays.clone()).await?["code"], "NO_PERMISSION");
        let wrong = set(&scene.superadmin, json!([{ "day": "2027-01-01", "working": false, "name": "元旦" }])).await?;
        assert_eq!(wrong["issues"][0]["path"], json!(["days", "0", "day"]), "{wrong}");
        assert_eq!(set(&scene.superadmin, holidays.clone()).await?["days"], holidays);
        let handed_in = scene.in_review().await?;
        assert_eq!(handed_in["openRevision"]["dueAt"], "2026-11-26T01:30:00+00:00", "two days of holidays later");
        let shown = scene.partner.ask("{ calendarYear(year: 2026) { days { name } } }", json!({})).await?;
        assert_eq!(shown["calendarYear"]["days"][0]["name"], "馆庆");
        let back = review(&scene.operator, &handed_in, "SEND_BACK", Some("改")).await?;
        set(&scene.superadmin, json!([])).await?;
        let again = submit(&scene.partner, &read(&scene.partner, &back["id"]).await?).await?;
        assert_eq!(again["openRevision"]["dueAt"], "2026-11-24T01:30:00+00:00", "{again}");
    }

    async fn l6_where_a_category_wants_four_eyes_two_operators_approve(app) {
        let scene = Listing::set(app).await?;
        let input = json!({ "id": scene.category, "version": 1, "nameZh": "客户管理", "nameEn": "CRM", "fourEyes": true });
        scene.superadmin.act("saveCategory", "SaveCategoryInput", input, "... on Category { fourEyes }", None).await?;
        let mut people = Vec::new();
        for operator in [&scene.operator, &scene.stranger] {
            people.push(operator.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take());
        }
        let input = json!({ "id": scene.category, "userIds": people });
        scene.superadmin.act("setCategoryOperators", "SetCategoryOperatorsInput", input, "... on Category { id }", None).await?;
        let handed_in = scene.in_review().await?;
        let first = review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!((&first["status"], &first["availableActions"]), (&json!("IN_REVIEW"), &json!([])), "{first}");
        assert_eq!(review(&scene.operator, &handed_in, "APPROVE", None).await?["code"], "SECOND_OPERATOR_REQUIRED");
        assert_eq!(queue(&scene.operator).await?["totalCount"], 0);
        assert_eq!(queue(&scene.stranger).await?["totalCount"], 1);
        let second = review(&scene.stranger, &handed_in, "APPROVE", None).await?;
        assert_eq!(second["status"], "APPROVED", "{second}");
    }

    async fn l9_approved_is_not_listed_until_every_task_is_done_and_the_partner_puts_it_there(app) {
        let scene = Listing::set(app).await?;
        let security = task(&scene.superadmin, "安全审查", "Security review").await?;
        let retired = task(&scene.superadmin, "旧任务", "Old task").await?;
        let input = json!({ "id": retired, "version": 1, "nameZh": "旧任务", "nameEn": "Old task", "retired": true });
        scene.superadmin.act("savePreTask", "SavePreTaskInput", input, "... on PreTask { retired }", None).await?;
        let approved = scene.approved().await?;
        assert_eq!(approved["tasks"], json!([{ "task": { "id": security, "name": "Security review" }, "done": false, "note": null }]));
        let list = json!({ "id": approved["id"] });
        let refused = act(&scene.partner, "listProduct", "ProductActionInput", list.clone()).await?;
        assert_eq!(refused["code"], "PRE_TASKS_OPEN", "{refused}");
        let done = json!({ "id": approved["id"], "taskId": security, "done": true, "note": "通过" });
        assert_eq!(act(&scene.stranger, "answerProductTask", "AnswerProductTaskInput", done.clone()).await?["code"], "NO_PERMISSION");
        assert_eq!(act(&scene.partner, "answerProductTask", "AnswerProductTaskInput", done.clone()).await?["code"], "NO_PERMISSION");
        let answered = act(&scene.operator, "answerProductTask", "AnswerProductTaskInput", done).await?;
        assert_eq!(answered["tasks"][0]["done"], true, "{answered}");
        assert!(inbox(&scene.partner).await?.contains(&"设备巡检 can be put on the marketplace".to_owned()));
        assert_eq!(act(&scene.operator, "listProduct", "ProductActionInput", list.clone()).await?["code"], "NO_PERMISSION");
        let listed = act(&scene.partner, "listProduct", "ProductActionInput", list).await?;
        assert_eq!(listed["status"], "LISTED", "{listed}");
    }

    async fn l9_what_is_sold_through_its_own_channel_never_comes_onto_the_marketplace(app) {
        let scene = Listing::set(app).await?;
        let draft = scene.draft().await?;
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["promotionMode"] = json!("OWN_CHANNEL");
        let saved = save(&scene.partner, &draft, wanted).await?;
        let handed_in = submit(&scene.partner, &saved).await?;
        let approved = review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!(approved["status"], "APPROVED");
        assert_eq!(read(&scene.partner, &approved["id"]).await?["availableActions"], json!(["REVISE", "APPLY_TO_DELIST"]));
        let refused = act(&scene.partner, "listProduct", "ProductActionInput", json!({ "id": approved["id"] })).await?;
        assert_eq!(refused["code"], "INVALID_STATE", "{refused}");
    }

    async fn l10_delisting_is_applied_for_and_decided_and_the_way_back_is_a_review(app) {
        let scene = Listing::set(app).await?;
        let listed = scene.listed().await?;
        let apply = json!({ "id": listed["id"], "reason": "产品升级换代" });
        let applied = act(&scene.partner, "applyToDelistProduct", "ApplyToDelistProductInput", apply.clone()).await?;
        assert_eq!((&applied["status"], &applied["availableActions"]), (&json!("LISTED"), &json!(["REVISE", "WITHDRAW_DELISTING"])), "{applied}");
        let waiting = scene.operator.ask("{ products(delistingApplied: true) { nodes { name delistingReason } } }", json!({})).await?;
        assert_eq!(waiting["products"]["nodes"], json!([{ "name": "设备巡检", "delistingReason": "产品升级换代" }]));
        let decide = |approve: bool, reason: Option<&str>| {
            let input = json!({ "id": listed["id"], "approve": approve, "reason": reason });
            let operator = scene.operator.clone();
            async move { act(&operator, "decideDelisting", "DecideDelistingInput", input).await }
        };
        assert_eq!(decide(false, None).await?["issues"][0]["path"], json!(["reason"]));
        let refused = decide(false, Some("仍有客户在试用")).await?;
        assert_eq!((&refused["status"], &refused["delistingReason"]), (&json!("LISTED"), &json!(null)), "{refused}");
        assert_eq!(decide(true, None).await?["code"], "INVALID_STATE");
        act(&scene.partner, "applyToDelistProduct", "ApplyToDelistProductInput", apply).await?;
        let gone = decide(true, None).await?;
        assert_eq!((&gone["status"], &gone["tab"], &gone["statusReason"]), (&json!("DELISTED"), &json!("DELISTED"), &json!("产品升级换代")), "{gone}");
        assert_eq!(read(&scene.partner, &listed["id"]).await?["availableActions"], json!(["REVISE"]));
        let begun = act(&scene.partner, "reviseProduct", "ProductActionInput", json!({ "id": listed["id"] })).await?;
        let handed_in = submit(&scene.partner, &begun).await?;
        assert_eq!(handed_in["status"], "IN_REVIEW", "{handed_in}");
        assert_eq!(review(&scene.operator, &handed_in, "APPROVE", None).await?["status"], "APPROVED");
    }

    async fn l10_an_operator_hides_shows_and_delists_with_a_reason(app) {
        let scene = Listing::set(app).await?;
        let listed = scene.listed().await?;
        let with = |reason: &str| json!({ "id": listed["id"], "reason": reason });
        assert_eq!(act(&scene.operator, "hideProduct", "WithdrawProductInput", with(" ")).await?["issues"][0]["path"], json!(["reason"]));
        assert_eq!(act(&scene.stranger, "hideProduct", "WithdrawProductInput", with("投诉")).await?["code"], "NO_PERMISSION");
        assert_eq!(act(&scene.partner, "hideProduct", "WithdrawProductInput", with("投诉")).await?["code"], "NO_PERMISSION");
        let hidden = act(&scene.operator, "hideProduct", "WithdrawProductInput", with("用户投诉待核实")).await?;
        assert_eq!((&hidden["status"], &hidden["statusReason"]), (&json!("HIDDEN"), &json!("用户投诉待核实")), "{hidden}");
        assert_eq!(inbox(&scene.partner).await?[0], "设备巡检 was hidden");
        let shown = act(&scene.operator, "showProduct", "ShowProductInput", json!({ "id": listed["id"] })).await?;
        assert_eq!((&shown["status"], &shown["statusReason"]), (&json!("LISTED"), &json!(null)), "{shown}");
        let gone = act(&scene.operator, "delistProduct", "WithdrawProductInput", with("侵权")).await?;
        assert_eq!((&gone["status"], &gone["statusReason"]), (&json!("DELISTED"), &json!("侵权")), "{gone}");
        assert_eq!(act(&scene.operator, "showProduct", "ShowProductInput", json!({ "id": listed["id"] })).await?["code"], "INVALID_STATE");
        let document = "query($id: ID!) { product(id: $id) { timeline(first: 3) { nodes { kind note user { name } } } } }";
        let steps = scene.partner.ask(document, json!({ "id": listed["id"] })).await?;
        assert_eq!(steps["product"]["timeline"]["nodes"][0], json!({ "kind": "DELISTED", "note": "侵权", "user": { "name": "co" } }));
        let log = scene.partner.ask("{ auditEntries(first: 10) { nodes { action } } }", json!({})).await?;
        let actions: Vec<_> = log["auditEntries"]["nodes"].as_array().into_iter().flatten().map(|node| node["action"].clone()).collect();
        for action in ["product.delisted", "product.shown", "product.hidden", "product.listed", "product.approved"] {
            assert!(actions.contains(&json!(action)), "{action}: {actions:?}");
        }
    }
}
