//! Products (L2–L5, L8): the wizard's draft, its report, handing in, revisions, and everybody who tries to get in.

use anyhow::Result;
use appshelf_tests::api::Someone;
use appshelf_tests::forms::paths;
use appshelf_tests::listing::{Listing, PRODUCT, content, create, read, review, save, submit};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{import, package};
use serde_json::{Value, json};

async fn act(by: &Someone, name: &str, id: &Value) -> Result<Value> {
    by.act(name, "ProductActionInput", json!({ "id": id }), PRODUCT, None)
        .await
}

fn told(product: &Value) -> Vec<String> {
    let issues = product["preflight"].as_array().into_iter().flatten();
    issues
        .map(|issue| {
            format!(
                "{} {}",
                issue["step"].as_str().unwrap_or(""),
                issue["path"].as_str().unwrap_or("")
            )
        })
        .collect()
}

on_each_database! {
    async fn l5_a_draft_keeps_whatever_is_typed_and_submitting_lists_what_the_preflight_listed(app) {
        let scene = Listing::set(app).await?;
        let made = create(&scene.partner, &scene.application).await?;
        assert_eq!((&made["name"], &made["status"], &made["tab"]), (&json!("设备巡检"), &json!("DRAFT"), &json!("NOT_LISTED")));
        assert_eq!(made["availableActions"], json!(["EDIT", "SUBMIT", "DISCARD"]));
        let unfinished = json!({
            "name": "检", "summary": "", "tags": ["", "标签"], "chargeForm": "PAID", "chargingRule": "PER_SINGLE_USER",
            "plans": [{ "name": "", "minSeats": 10, "unitPrice": "-1" }], "openingOrder": "TRIAL_THEN_AUTO_FREE", "trial": "SEVEN_DAYS",
        });
        let saved = save(&scene.partner, &made, unfinished).await?;
        assert_eq!(saved["openRevision"]["content"]["tags"], json!(["", "标签"]), "{saved}");
        let report = told(&saved);
        for expected in [
            "DETAILS content.name", "DETAILS content.iconId", "DETAILS content.tags.0", "DETAILS content.chargingRule",
            "DETAILS content.privacyUrl", "SPECIFICATION content.plans.0.maxSeats", "SPECIFICATION content.openingOrder",
            "PROMOTION content.promotionMode",
        ] {
            assert!(report.contains(&expected.to_owned()), "{expected}: {report:?}");
        }
        let refused = submit(&scene.partner.in_chinese(), &saved).await?;
        assert_eq!(refused["__typename"], "ValidationFailed", "{refused}");
        let without_step: Vec<_> = report.iter().filter_map(|line| line.split_once(' ')).map(|(_, path)| path.to_owned()).collect();
        assert_eq!(paths(&refused), without_step, "the same list, in the same order");
        assert!(refused.to_string().contains("收费规则：目前仅支持“按使用人数收费”"), "{refused}");
        assert!(refused.to_string().contains("目前暂不支持“优先试用，到期自动转免费”"), "{refused}");
        let after = read(&scene.partner, &made["id"]).await?;
        assert_eq!((&after["status"], &after["openRevision"]["version"]), (&json!("DRAFT"), &saved["openRevision"]["version"]));

        let fine = save(&scene.partner, &after, content(&scene.partner, &scene.category).await?).await?;
        assert_eq!(told(&fine), Vec::<String>::new(), "{fine}");
        let handed_in = submit(&scene.partner, &fine).await?;
        assert_eq!((&handed_in["status"], &handed_in["tab"]), (&json!("IN_REVIEW"), &json!("IN_REVIEW")), "{handed_in}");
        assert_eq!(handed_in["openRevision"]["dueAt"], "2026-11-24T01:30:00+00:00", "one working day after Monday morning");
    }

    async fn l2_what_was_not_self_tested_cannot_be_handed_in(app) {
        let scene = Listing::set(app).await?;
        let mut other = package(false);
        other["name"] = json!("客户管理");
        let application = import(&scene.partner, &other, true).await?;
        let made = create(&scene.partner, &application).await?;
        let saved = save(&scene.partner, &made, content(&scene.partner, &scene.category).await?).await?;
        assert_eq!(told(&saved), ["PRECONDITION "]);
        assert_eq!(saved["preflight"][0]["code"], "SELF_TEST_REQUIRED");
        let refused = submit(&scene.partner.in_chinese(), &saved).await?;
        assert_eq!(
            refused["issues"][0]["message"],
            "请务必通过体验测试组织将SaaS应用自测完毕后再将产品申请上架为商品", "{refused}"
        );
        other["name"] = json!("未发布");
        let unpublished = import(&scene.partner, &other, false).await?;
        let made = create(&scene.partner, &unpublished).await?;
        assert_eq!(told(&made)[0], "PRECONDITION ");
    }

    async fn l3_paid_products_need_a_payee_account_whose_number_is_never_read_back(app) {
        let scene = Listing::set(app).await?;
        let input = json!({ "applicationId": scene.application });
        let made = scene.partner.act("createProduct", "CreateProductInput", input, PRODUCT, None).await?;
        let wanted = content(&scene.partner, &scene.category).await?;
        let saved = save(&scene.partner, &made, wanted.clone()).await?;
        assert_eq!(told(&saved), ["PRECONDITION "]);
        assert!(saved["preflight"][0]["message"].as_str().is_some_and(|text| text.contains("payee account")), "{saved}");
        let mut free = wanted;
        free["chargeForm"] = json!("FREE");
        let saved = save(&scene.partner, &saved, free).await?;
        assert_eq!(told(&saved), Vec::<String>::new(), "what is free needs none");
        let set = |by: &Someone| {
            let by = by.clone();
            async move {
                let input = json!({ "holder": "星云软件", "bank": "招商银行", "number": "6222021234567890" });
                by.act("setPayeeAccount", "SetPayeeAccountInput", input, "... on PayeeAccount { numberEnd }", None).await
            }
        };
        assert_eq!(set(&scene.developer).await?["code"], "NO_PERMISSION");
        assert_eq!(set(&scene.partner).await?["numberEnd"], "7890");
        let log = scene.partner.ask("{ auditEntries(first: 20) { nodes { before after } } }", json!({})).await?;
        assert!(!log.to_string().contains("6222021234567890"), "{log}");
    }

    async fn l5_of_two_windows_the_later_save_learns_of_the_first_and_loses_nothing(app) {
        let scene = Listing::set(app).await?;
        let made = create(&scene.partner, &scene.application).await?;
        let first = save(&scene.partner, &made, json!({ "name": "第一个窗口" })).await?;
        let second = save(&scene.partner, &made, json!({ "name": "第二个窗口" })).await?;
        assert_eq!((&second["__typename"], &second["code"]), (&json!("Stale"), &json!("CONFLICT")), "{second}");
        let now = read(&scene.partner, &made["id"]).await?;
        assert_eq!(now["openRevision"]["content"]["name"], "第一个窗口");
        let merged = save(&scene.partner, &first, json!({ "name": "第二个窗口" })).await?;
        assert_eq!(merged["name"], "第二个窗口", "{merged}");
        let again = save(&scene.partner, &merged, json!({ "name": "第二个窗口" })).await?;
        assert_eq!(again["openRevision"]["version"], merged["openRevision"]["version"], "nothing new is no change");
    }

    async fn l4_item_codes_are_made_once_and_never_chosen_and_a_free_plan_made_anew_has_a_new_one(app) {
        let scene = Listing::set(app).await?;
        let draft = scene.draft().await?;
        let codes = |product: &Value| -> Vec<Value> {
            let plans = product["openRevision"]["content"]["plans"].as_array().into_iter().flatten();
            plans.map(|plan| plan["itemCode"].clone()).collect()
        };
        let made = codes(&draft);
        assert!(made.iter().all(|code| code.as_str().is_some_and(|code| code.starts_with("item_"))), "{draft}");
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["plans"][0]["itemCode"] = made[1].clone();
        wanted["plans"][1]["itemCode"] = json!("item_01J00000000000000000000000");
        wanted["freePlan"] = json!({ "maxSeats": 3 });
        let saved = save(&scene.partner, &draft, wanted.clone()).await?;
        let after = codes(&saved);
        assert_eq!(after[0], made[1], "a code that is the product's stays");
        assert!(!made.contains(&after[1]) && after[1] != "item_01J00000000000000000000000", "{saved}");
        let free = saved["openRevision"]["content"]["freePlan"]["itemCode"].clone();
        wanted["freePlan"] = json!(null);
        let without = save(&scene.partner, &saved, wanted.clone()).await?;
        wanted["freePlan"] = json!({ "itemCode": free, "maxSeats": 3 });
        let anew = save(&scene.partner, &without, wanted).await?;
        assert_ne!(anew["openRevision"]["content"]["freePlan"]["itemCode"], free);
    }

    async fn l4_what_it_costs_at_all_never_changes_once_it_was_handed_in(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        let back = review(&scene.operator, &handed_in, "SEND_BACK", Some("请补充截图")).await?;
        assert_eq!(back["status"], "DRAFT", "{back}");
        let draft = read(&scene.partner, &handed_in["id"]).await?;
        assert_eq!((&draft["openRevision"]["decision"], &draft["openRevision"]["reason"]), (&json!("SEND_BACK"), &json!("请补充截图")));
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["chargeForm"] = json!("FREE");
        let refused = save(&scene.partner, &draft, wanted).await?;
        assert_eq!(refused["issues"][0]["code"], "IMMUTABLE_FIELD", "{refused}");
        assert_eq!(paths(&refused), ["content.chargeForm"]);
        assert_eq!(draft["availableActions"], json!(["EDIT", "SUBMIT"]), "a record cannot be thrown away");
    }

    async fn l8_a_revision_is_reviewed_while_customers_go_on_seeing_what_is_approved(app) {
        let scene = Listing::set(app).await?;
        let listed = scene.listed().await?;
        assert_eq!((&listed["status"], &listed["tab"]), (&json!("LISTED"), &json!("LISTED")), "{listed}");
        assert_eq!(listed["availableActions"], json!(["REVISE", "APPLY_TO_DELIST"]));
        let begun = act(&scene.partner, "reviseProduct", &listed["id"]).await?;
        assert_eq!((&begun["openRevision"]["number"], &begun["openRevision"]["status"]), (&json!(2), &json!("DRAFT")), "{begun}");
        assert_eq!(begun["openRevision"]["content"]["plans"], {
            let document = "query($id: ID!) { product(id: $id) { approvedRevision { content { plans { itemCode name } } } } }";
            scene.partner.ask(document, json!({ "id": listed["id"] })).await?["product"]["approvedRevision"]["content"]["plans"].take()
        }, "plans keep their codes");
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["summary"] = json!("扫码巡检，缺陷当天闭环");
        let saved = save(&scene.partner, &begun, wanted).await?;
        let handed_in = submit(&scene.partner, &saved).await?;
        assert_eq!((&handed_in["status"], &handed_in["tab"]), (&json!("LISTED"), &json!("IN_REVIEW")), "{handed_in}");
        assert_eq!(handed_in["approvedRevision"]["content"]["summary"], "扫码巡检，缺陷闭环");
        let document = "query($id: ID!) { product(id: $id) { openRevision { changes { path before after } } } }";
        let seen = scene.operator.ask(document, json!({ "id": listed["id"] })).await?;
        let changes = seen["product"]["openRevision"]["changes"].as_array().cloned().unwrap_or_default();
        let summary = changes.iter().find(|change| change["path"] == "summary");
        assert_eq!(summary.map(|change| (&change["before"], &change["after"])), Some((&json!("扫码巡检，缺陷闭环"), &json!("扫码巡检，缺陷当天闭环"))), "{seen}");

        let rejected = review(&scene.operator, &handed_in, "REJECT", Some("夸大宣传")).await?;
        assert_eq!((&rejected["status"], &rejected["approvedRevision"]["content"]["summary"]), (&json!("LISTED"), &json!("扫码巡检，缺陷闭环")), "{rejected}");
        let mine = read(&scene.partner, &listed["id"]).await?;
        assert_eq!((&mine["openRevision"]["status"], &mine["openRevision"]["reason"]), (&json!("REJECTED"), &json!("夸大宣传")));
        assert_eq!(mine["availableActions"], json!(["EDIT", "DISCARD", "APPLY_TO_DELIST"]));
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["summary"] = json!("扫码巡检，缺陷及时闭环");
        let edited = save(&scene.partner, &mine, wanted).await?;
        assert_eq!(edited["openRevision"]["status"], "DRAFT");
        let handed_in = submit(&scene.partner, &edited).await?;
        let approved = review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!((&approved["status"], &approved["approvedRevision"]["content"]["summary"]), (&json!("LISTED"), &json!("扫码巡检，缺陷及时闭环")), "{approved}");
        assert_eq!((&approved["openRevision"], &approved["tab"]), (&json!(null), &json!("LISTED")));
    }

    async fn l5_what_was_never_handed_in_is_thrown_away_whole_and_a_revision_alone(app) {
        let scene = Listing::set(app).await?;
        let draft = scene.draft().await?;
        let on = "... on DiscardedProductRevision { product { id status openRevision { id } } }";
        let discard = |id: Value| scene.partner.act("discardProductDraft", "ProductActionInput", json!({ "id": id }), on, None);
        assert_eq!(discard(draft["id"].clone()).await?["product"], json!(null));
        assert_eq!(read(&scene.partner, &draft["id"]).await?, json!(null));
        let listed = scene.listed().await?;
        act(&scene.partner, "reviseProduct", &listed["id"]).await?;
        let left = discard(listed["id"].clone()).await?;
        assert_eq!(left["product"], json!({ "id": listed["id"], "status": "LISTED", "openRevision": null }), "{left}");
    }

    async fn l4_an_application_has_one_product_and_shows_it(app) {
        let scene = Listing::set(app).await?;
        let input = json!({ "applicationId": scene.application });
        let key = Some("begun-once");
        let made = scene.partner.act("createProduct", "CreateProductInput", input.clone(), PRODUCT, key).await?;
        let again = scene.partner.act("createProduct", "CreateProductInput", input.clone(), PRODUCT, key).await?;
        assert_eq!(again["id"], made["id"], "P8");
        let second = scene.partner.act("createProduct", "CreateProductInput", input, PRODUCT, None).await?;
        assert_eq!(paths(&second), ["applicationId"], "{second}");
        let document = "{ applications { nodes { name product { id status } } } }";
        let shown = scene.partner.ask(document, json!({})).await?;
        assert_eq!(shown["applications"]["nodes"][0]["product"], json!({ "id": made["id"], "status": "DRAFT" }));
    }

    async fn l5_only_a_partners_admins_write_products_and_its_developers_read_them(app) {
        let scene = Listing::set(app).await?;
        let draft = scene.draft().await?;
        let seen = read(&scene.developer, &draft["id"]).await?;
        assert_eq!((&seen["name"], &seen["availableActions"]), (&json!("设备巡检"), &json!([])));
        for refused in [
            save(&scene.developer, &draft, json!({ "name": "改名" })).await?,
            submit(&scene.developer, &draft).await?,
            act(&scene.developer, "reviseProduct", &draft["id"]).await?,
            act(&scene.developer, "listProduct", &draft["id"]).await?,
            save(&scene.operator, &draft, json!({ "name": "改名" })).await?,
            act(&scene.operator, "listProduct", &draft["id"]).await?,
        ] {
            assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        }
        let rival = app.partner("rival").await?;
        assert_eq!(read(&rival, &draft["id"]).await?, json!(null));
        assert_eq!(save(&rival, &draft, json!({ "name": "改名" })).await?["code"], "NOT_FOUND");
        assert_eq!(rival.ask("{ products { nodes { id } totalCount } }", json!({})).await?["products"], json!({ "nodes": [], "totalCount": 0 }));
    }

    async fn l4_pictures_members_and_categories_of_others_are_unknown(app) {
        let scene = Listing::set(app).await?;
        let rival = app.partner("rival").await?;
        let theirs = content(&rival, &scene.category).await?;
        let made = create(&scene.partner, &scene.application).await?;
        let saved = save(&scene.partner, &made, theirs).await?;
        let report = told(&saved);
        for path in ["content.iconId", "content.screenshotIds.0", "content.contactIds.0"] {
            assert!(report.contains(&format!("DETAILS {path}")), "{path}: {report:?}");
        }
        let refused = save(&scene.partner, &saved, json!({ "categoryId": "category_01J00000000000000000000000", "iconId": "x" })).await?;
        assert_eq!(paths(&refused), ["content.iconId"], "what is no id is named: {refused}");
        let refused = save(&scene.partner, &saved, json!({ "categoryId": "category_01J00000000000000000000000" })).await?;
        assert_eq!(paths(&refused), ["content.categoryId"], "{refused}");
        // A category that takes no new products is none for those that are new.
        let input = json!({ "id": scene.category, "version": 1, "nameZh": "客户管理", "nameEn": "CRM", "retired": true });
        scene.superadmin.act("saveCategory", "SaveCategoryInput", input, "... on Category { retired }", None).await?;
        let fine = content(&scene.partner, &scene.category).await?;
        let saved = save(&scene.partner, &saved, fine).await?;
        assert_eq!(told(&saved), ["DETAILS content.categoryId"]);
    }

    async fn l6_categories_are_a_superadmins_and_their_operators_hold_the_role(app) {
        let scene = Listing::set(app).await?;
        let save = |by: &Someone, input: Value| {
            let by = by.clone();
            async move { by.act("saveCategory", "SaveCategoryInput", input, "... on Category { id version nameEn fourEyes operators { name } }", None).await }
        };
        let new = json!({ "nameZh": "人事", "nameEn": "HR" });
        for other in [&scene.operator, &scene.partner, &scene.developer] {
            assert_eq!(save(other, new.clone()).await?["code"], "NO_PERMISSION");
        }
        let made = save(&scene.superadmin, new.clone()).await?;
        assert_eq!(made["version"], 1, "{made}");
        assert_eq!(paths(&save(&scene.superadmin, new).await?), ["nameZh"], "a name is there once");
        let changed = json!({ "id": made["id"], "version": 1, "nameZh": "人事行政", "nameEn": "HR", "fourEyes": true });
        assert_eq!(save(&scene.superadmin, changed.clone()).await?["fourEyes"], true);
        assert_eq!(save(&scene.superadmin, changed).await?["__typename"], "Stale");
        let partner = scene.partner.ask("{ viewer { user { id } } }", json!({})).await?;
        let input = json!({ "id": made["id"], "userIds": [partner["viewer"]["user"]["id"]] });
        let refused = scene.superadmin.act("setCategoryOperators", "SetCategoryOperatorsInput", input, "... on Category { id }", None).await?;
        assert_eq!(paths(&refused), ["userIds.0"], "{refused}");
        let held = scene.operator.ask("{ categories { nameEn held operators { name } } }", json!({})).await?;
        assert_eq!(held["categories"][0], json!({ "nameEn": "CRM", "held": true, "operators": [{ "name": "co" }] }));
        assert_eq!(held["categories"][1]["held"], false);
        let plain = scene.partner.ask("{ categories { nameEn held operators { name } } }", json!({})).await?;
        assert_eq!(plain["categories"][0], json!({ "nameEn": "CRM", "held": false, "operators": [] }), "partners do not learn who reviews");
    }
}
