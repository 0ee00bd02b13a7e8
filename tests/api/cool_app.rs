//! Cool apps: the form (L21), the review and the market (L22). Groups and what is installed there are `group`.

use std::collections::BTreeSet;
use std::io::Cursor;

use anyhow::Result;
use appshelf_tests::api::Someone;
use appshelf_tests::cool_app::{CoolApps, content, create, delist, read, review, save, submit};
use appshelf_tests::listing::png;
use appshelf_tests::on_each_database;
use chrono::Duration;
use image::{DynamicImage, ImageFormat, RgbImage};
use reqwest::Response;
use serde_json::{Value, json};

use crate::served::Served;

/// Names of what the market shows.
async fn market(by: &Someone, arguments: &str) -> Result<Vec<String>> {
    let document = format!("{{ coolApps{arguments} {{ nodes {{ content {{ name }} }} totalCount }} }}");
    let found = by.ask(&document, json!({})).await?;
    let nodes = found["coolApps"]["nodes"].as_array().cloned().unwrap_or_default();
    assert_eq!(found["coolApps"]["totalCount"], nodes.len());
    Ok(nodes
        .iter()
        .filter_map(|node| node["content"]["name"].as_str())
        .map(str::to_owned)
        .collect())
}

async fn inbox(by: &Someone) -> Result<Vec<String>> {
    let found = by.ask("{ notifications { nodes { title } } }", json!({})).await?;
    let nodes = found["notifications"]["nodes"].as_array().into_iter().flatten();
    Ok(nodes
        .filter_map(|node| node["title"].as_str())
        .map(str::to_owned)
        .collect())
}

async fn queue(by: &Someone) -> Result<Value> {
    let document = "{ coolAppReviews { nodes { name overdue } totalCount } }";
    Ok(by.ask(document, json!({})).await?["coolAppReviews"].take())
}

/// A JPEG or PNG of exactly so many bytes: what stands behind a picture is no part of it.
fn of_bytes(format: ImageFormat, bytes: usize) -> Vec<u8> {
    let mut made = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(40, 30))
        .write_to(&mut made, format)
        .expect("a picture");
    let mut made = made.into_inner();
    made.resize(bytes, 0);
    made
}

async fn refused(answer: Response, status: u16, text: &str) -> Result<()> {
    assert_eq!(answer.status(), status);
    let body: Value = answer.json().await?;
    assert!(
        body["message"].as_str().is_some_and(|message| message.contains(text)),
        "{body}"
    );
    Ok(())
}

on_each_database! {
    async fn l21_the_applicant_is_a_partner_admin_whose_product_is_on_the_marketplace(app) {
        let scene = CoolApps::set(app).await?;
        for other in [&scene.listing.developer, &scene.customer, &scene.operator] {
            assert_eq!(create(other, &scene.product).await?["code"], "NO_PERMISSION");
        }
        let made = create(scene.partner(), &scene.product).await?;
        assert_eq!((&made["status"], &made["availableActions"]), (&json!("DRAFT"), &json!(["EDIT", "SUBMIT", "DISCARD"])), "{made}");
        assert_eq!(made["product"], json!({ "id": scene.product, "listed": true }));
        let input = json!({ "id": scene.product, "reason": "投诉" });
        scene.listing.operator.act("hideProduct", "WithdrawProductInput", input, "... on Product { id }", None).await?;
        let refused = create(&scene.partner().in_chinese(), &scene.product).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("VALIDATION"), &json!(["productId"])), "{refused}");
        assert!(refused["issues"][0]["message"].as_str().is_some_and(|text| text.starts_with("所选商品不在应用市场中")), "{refused}");
        assert!(refused["nextStep"].as_str().is_some_and(|text| text.contains("上架应用市场")), "{refused}");
        let filled = save(scene.partner(), &made, content(scene.partner()).await?).await?;
        let late = submit(scene.partner(), &filled).await?;
        assert_eq!(late["issues"][0]["path"], json!(["productId"]), "the product went meanwhile: {late}");
    }

    async fn l21_a_code_is_made_once_unique_and_never_changed(app) {
        let scene = CoolApps::set(app).await?;
        let mut codes = BTreeSet::new();
        for _ in 0..20 {
            let made = create(scene.partner(), &scene.product).await?;
            let code = made["code"].as_str().unwrap_or_default().to_owned();
            let body = code.strip_prefix("COOLAPP-").unwrap_or_default();
            assert!(body.len() == 12 && body.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()), "{code}");
            codes.insert(code);
        }
        assert_eq!(codes.len(), 20);
        let approved = scene.approved().await?;
        let mut changed = content(scene.partner()).await?;
        changed["name"] = json!("改名");
        let saved = save(scene.partner(), &read(scene.partner(), &approved["id"]).await?, changed).await?;
        assert_eq!(saved["code"], approved["code"]);
    }

    async fn l21_a_draft_is_kept_as_incomplete_as_it_is_and_a_later_save_is_told(app) {
        let scene = CoolApps::set(app).await?;
        let made = create(scene.partner(), &scene.product).await?;
        let saved = save(scene.partner(), &made, json!({ "name": "名字太长了一点点", "entries": [{}] })).await?;
        assert_eq!((&saved["content"]["name"], &saved["status"]), (&json!("名字太长了一点点"), &json!("DRAFT")), "{saved}");
        let stale = save(scene.partner(), &made, json!({ "name": "别的" })).await?;
        assert_eq!((&stale["__typename"], &stale["code"]), (&json!("Stale"), &json!("CONFLICT")));
        let input = json!({ "id": saved["id"], "version": saved["version"] });
        let on = "... on DiscardedCoolApp { code }";
        let gone = scene.partner().act("discardCoolAppDraft", "CoolAppVersionInput", input, on, None).await?;
        assert_eq!(gone["code"], made["code"]);
        assert_eq!(read(scene.partner(), &made["id"]).await?, json!(null));
    }

    async fn l21_one_character_over_any_limit_is_refused_with_the_fields_name_and_the_limit(app) {
        let scene = CoolApps::set(app).await?;
        let partner = scene.partner().in_chinese();
        let whole = content(&partner).await?;
        let mut read = create(&partner, &scene.product).await?;
        // One character each to people, whatever it is made of.
        for character in ["审", "👨‍👩‍👧‍👦", "👍🏽", "🇨🇳", "e\u{301}\u{323}"] {
            let mut over = whole.clone();
            for (pointer, max) in [("/name", 6), ("/intro", 12), ("/functionText", 100), ("/inviteLine", 30),
                                   ("/entries/0/name", 6), ("/robot/name", 6)] {
                if let Some(place) = over.pointer_mut(pointer) {
                    *place = json!(character.repeat(max + 1));
                }
            }
            read = save(&partner, &read, over).await?;
            let refused = submit(&partner, &read).await?;
            let said: Vec<_> = refused["issues"].as_array().into_iter().flatten().map(|issue| issue["message"].clone()).collect();
            assert_eq!(said, ["名称：最多 6 个字符", "一句话简介：最多 12 个字符", "功能介绍：最多 100 个字符", "邀请语：最多 30 个字符",
                              "入口 1 的名称：最多 6 个字符", "机器人名称：最多 6 个字符"], "{character}: {refused}");
            let paths: Vec<_> = refused["issues"].as_array().into_iter().flatten().map(|issue| issue["path"].clone()).collect();
            assert_eq!(paths[4], json!(["content", "entries", "0", "name"]));
        }
        let english = submit(scene.partner(), &read).await?;
        assert_eq!(english["issues"][0]["message"], "Name: At most 6 characters", "{english}");
        let mut fits = whole;
        for (pointer, max) in [("/name", 6), ("/intro", 12), ("/functionText", 100), ("/inviteLine", 30), ("/entries/0/name", 6)] {
            if let Some(place) = fits.pointer_mut(pointer) {
                *place = json!("👨‍👩‍👧‍👦".repeat(max));
            }
        }
        read = save(&partner, &read, fits).await?;
        assert_eq!(submit(&partner, &read).await?["status"], "SUBMITTED", "families are one character each");
    }

    async fn l21_everything_that_is_wrong_is_told_at_once_and_nothing_is_handed_in(app) {
        let scene = CoolApps::set(app).await?;
        let made = create(scene.partner(), &scene.product).await?;
        let refused = submit(scene.partner(), &made).await?;
        let paths: Vec<_> = refused["issues"].as_array().into_iter().flatten().filter_map(|issue| issue["path"][1].as_str()).collect();
        assert_eq!(paths, ["name", "intro", "functionText", "inviteLine", "iconId", "entryIconId", "thumbnailIds", "caseIds", "entries"]);
        assert_eq!(read(scene.partner(), &made["id"]).await?["status"], "DRAFT");
        let rival = app.partner("rival").await?;
        let stolen = content(&rival).await?;
        let saved = save(scene.partner(), &made, stolen).await?;
        let foreign = submit(scene.partner(), &saved).await?;
        assert_eq!(foreign["issues"][0]["path"], json!(["content", "iconId"]), "pictures of somebody else are none: {foreign}");
    }

    async fn l21_pictures_have_exact_sizes_and_stay_below_100_kb(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let chinese = partner.in_chinese();
        for (purpose, side) in [("COOL_APP_ICON", 240_u32), ("COOL_APP_ENTRY_ICON", 48)] {
            let query = format!("purpose={purpose}&name=a.png");
            assert_eq!(served.put(&partner, &query, png(side, side)?).await?.status(), 201);
            for (width, height) in [(side - 1, side - 1), (side + 1, side + 1), (side, side + 1)] {
                refused(served.put(&chinese, &query, png(width, height)?).await?, 400, &format!("图片尺寸须为 {side} × {side} 像素")).await?;
            }
            let jpeg = of_bytes(ImageFormat::Jpeg, 5_000);
            refused(served.put(&partner, &query, jpeg).await?, 415, "use PNG").await?;
        }
        for purpose in ["COOL_APP_THUMBNAIL", "COOL_APP_CASE"] {
            let query = format!("purpose={purpose}&name=a.jpg");
            for format in [ImageFormat::Jpeg, ImageFormat::Png] {
                for fits in [102_398, 102_399] {
                    assert_eq!(served.put(&partner, &query, of_bytes(format, fits)).await?.status(), 201, "{fits}");
                }
                for over in [102_400, 102_401] {
                    refused(served.put(&chinese, &query, of_bytes(format, over)).await?, 413, "须小于 100 KB").await?;
                    refused(served.put(&partner, &query, of_bytes(format, over)).await?, 413, "smaller than 100 KB").await?;
                }
            }
        }
        let icon: Value = served.put(&partner, "purpose=COOL_APP_ICON&name=a.png", png(240, 240)?).await?.json().await?;
        let shown = served.get(&app.nobody(), &format!("/pictures/{}", icon["id"].as_str().unwrap_or_default())).await?;
        assert_eq!(shown.status(), 200, "markets are public");
        let customer = app.customer("green", appshelf::domain::organization::EditionName::Free).await?;
        refused(served.put(&customer, "purpose=COOL_APP_ICON&name=a.png", png(240, 240)?).await?, 403, "No permission").await?;
    }

    async fn l22_only_an_open_platform_operator_sees_and_decides_what_was_handed_in(app) {
        let scene = CoolApps::set(app).await?;
        let draft = scene.draft().await?;
        assert_eq!(read(&scene.operator, &draft["id"]).await?, json!(null), "a draft is its partner's own");
        assert_eq!(review(&scene.operator, &draft, "APPROVE", None).await?["code"], "NOT_FOUND");
        let handed_in = submit(scene.partner(), &draft).await?;
        assert_eq!((&handed_in["status"], &handed_in["availableActions"]), (&json!("SUBMITTED"), &json!([])), "{handed_in}");
        assert_eq!(inbox(&scene.operator).await?, ["Cool app 群巡检 of acme Ltd waits for review"]);
        for other in [scene.partner(), &scene.listing.operator, &scene.listing.superadmin, &scene.customer, &scene.listing.developer] {
            assert_eq!(review(other, &handed_in, "APPROVE", None).await?["code"], "NO_PERMISSION");
            assert!(queue(other).await.is_err());
        }
        assert_eq!(save(scene.partner(), &handed_in, json!({})).await?["code"], "INVALID_STATE", "in review nothing is edited");
        assert_eq!(queue(&scene.operator).await?, json!({ "nodes": [{ "name": "群巡检", "overdue": false }], "totalCount": 1 }));
        assert_eq!(market(&app.nobody(), "").await?, Vec::<String>::new());
        app.advance(Duration::days(1) + Duration::seconds(1));
        assert_eq!(queue(&scene.operator).await?["nodes"][0]["overdue"], true);
        scene.operator.wait("{ notifications { nodes { title } } }", json!({}), |data| data.to_string().contains("Overdue: cool app 群巡检")).await?;
        let waiting = scene.operator.ask("{ waiting { kind count items { name party overdue } } }", json!({})).await?;
        assert_eq!(waiting["waiting"][0], json!({ "kind": "COOL_APP_TO_REVIEW", "count": 1,
            "items": [{ "name": "群巡检", "party": "acme Ltd", "overdue": true }] }));
        let approved = review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!((&approved["status"], &approved["availableActions"]), (&json!("APPROVED"), &json!(["DELIST"])), "{approved}");
        assert_eq!(inbox(scene.partner()).await?[0], "Cool app 群巡检 was approved");
        assert_eq!(market(&app.nobody(), "").await?, ["群巡检"]);
        assert_eq!(review(&scene.operator, &handed_in, "APPROVE", None).await?["code"], "INVALID_STATE");
    }

    async fn l22_a_rejection_says_why_and_is_handed_in_again(app) {
        let scene = CoolApps::set(app).await?;
        let handed_in = scene.submitted().await?;
        assert_eq!(review(&scene.operator, &handed_in, "REJECT", None).await?["issues"][0]["path"], json!(["reason"]));
        let reasons = json!([{ "path": "content.intro", "reason": "请写明用途" }]);
        let input = json!({ "id": handed_in["id"], "decision": "REJECT", "reason": "资料不全", "fieldReasons": reasons });
        let on = appshelf_tests::cool_app::COOL_APP;
        let rejected = scene.operator.act("reviewCoolApp", "ReviewCoolAppInput", input, on, None).await?;
        assert_eq!(rejected["status"], "REJECTED", "{rejected}");
        let own = read(scene.partner(), &handed_in["id"]).await?;
        assert_eq!((&own["reason"], &own["fieldReasons"]), (&json!("资料不全"), &reasons));
        assert_eq!(own["availableActions"], json!(["EDIT", "SUBMIT"]));
        assert_eq!(inbox(scene.partner()).await?[0], "Cool app 群巡检 was rejected");
        let again = submit(scene.partner(), &own).await?;
        assert_eq!((&again["status"], &again["reason"]), (&json!("SUBMITTED"), &json!(null)), "{again}");
    }

    async fn l22_while_an_update_is_reviewed_the_market_shows_what_was_approved(app) {
        let scene = CoolApps::set(app).await?;
        let approved = scene.approved().await?;
        let own = read(scene.partner(), &approved["id"]).await?;
        let unchanged = submit(scene.partner(), &own).await?;
        assert_eq!(unchanged["issues"][0]["path"], json!(["content"]), "{unchanged}");
        let mut changed = content(scene.partner()).await?;
        changed["name"] = json!("新巡检");
        let saved = save(scene.partner(), &own, changed.clone()).await?;
        assert_eq!((&saved["status"], &saved["name"]), (&json!("APPROVED"), &json!("群巡检")), "{saved}");
        assert_eq!(read(&scene.operator, &own["id"]).await?["content"]["name"], "群巡检", "what is being written is the partner's own");
        let handed_in = submit(scene.partner(), &saved).await?;
        assert_eq!(handed_in["status"], "UPDATE_SUBMITTED", "{handed_in}");
        let seen = read(&scene.operator, &own["id"]).await?;
        assert_eq!(seen["content"]["name"], "新巡检");
        assert!(seen["changedFields"].as_array().is_some_and(|fields| fields.contains(&json!("name")) && !fields.contains(&json!("intro"))), "{seen}");
        assert_eq!(market(&scene.customer, "").await?, ["群巡检"]);
        let rejected = review(&scene.operator, &handed_in, "REJECT", Some("名称不合适")).await?;
        assert_eq!(rejected["status"], "APPROVED");
        let own = read(scene.partner(), &own["id"]).await?;
        assert_eq!((&own["status"], &own["decision"], &own["reason"]), (&json!("APPROVED"), &json!("REJECT"), &json!("名称不合适")));
        assert_eq!(own["content"]["name"], "新巡检", "nothing that was typed is lost");
        assert_eq!(market(&scene.customer, "").await?, ["群巡检"]);
        assert_eq!(inbox(scene.partner()).await?[0], "The update of cool app 群巡检 was rejected");
        let again = submit(scene.partner(), &own).await?;
        review(&scene.operator, &again, "APPROVE", None).await?;
        assert_eq!(market(&scene.customer, "").await?, ["新巡检"]);
        assert_eq!(market(&scene.customer, "(search: \"群巡检\")").await?, Vec::<String>::new());
    }

    async fn l22_a_cool_app_is_taken_off_the_market_by_its_partner_or_an_operator(app) {
        let scene = CoolApps::set(app).await?;
        let own = scene.approved().await?;
        let other = scene.approved().await?;
        for nobody in [&scene.customer, &scene.listing.developer, &scene.listing.operator] {
            assert_eq!(delist(nobody, &own, Some("x")).await?["code"], "NO_PERMISSION");
        }
        assert_eq!(delist(&app.partner("rival").await?, &own, None).await?["code"], "NOT_FOUND");
        let gone = delist(scene.partner(), &own, None).await?;
        assert_eq!((&gone["status"], &gone["availableActions"], &gone["marketAt"]), (&json!("DELISTED"), &json!([]), &json!(null)), "{gone}");
        assert_eq!(delist(&scene.operator, &other, None).await?["issues"][0]["path"], json!(["reason"]), "an operator says why");
        let gone = delist(&scene.operator, &other, Some("侵权")).await?;
        assert_eq!((&gone["status"], &gone["delistingReason"]), (&json!("DELISTED"), &json!("侵权")));
        assert_eq!(inbox(scene.partner()).await?[0], "Cool app 群巡检 was delisted");
        assert_eq!(market(&scene.customer, "").await?, Vec::<String>::new());
        let document = "query($id: ID!) { coolApp(id: $id) { name } }";
        assert_eq!(scene.customer.ask(document, json!({ "id": own["id"] })).await?["coolApp"], json!(null));
        assert_eq!(submit(scene.partner(), &read(scene.partner(), &own["id"]).await?).await?["code"], "INVALID_STATE");
        let log = scene.partner().ask("query($id: ID!) { auditEntries(objectId: $id) { nodes { action } } }", json!({ "id": other["id"] })).await?;
        let actions: Vec<_> = log["auditEntries"]["nodes"].as_array().into_iter().flatten().map(|entry| entry["action"].clone()).collect();
        assert_eq!(actions, ["cool_app.delisted", "cool_app.approved", "cool_app.submitted", "cool_app.created"]);
    }

    async fn l22_the_market_is_searched_filtered_and_paged_by_visitors_too(app) {
        let scene = CoolApps::set(app).await?;
        let nobody = app.nobody();
        for (name, intro, industries, roles) in [
            ("审批提醒", "Approve in chat", json!(["RETAIL"]), json!(["FINANCE"])),
            ("群巡检", "群里扫码，100% 不漏", json!(["MANUFACTURING"]), json!(["PRODUCTION"])),
            ("日报", "每天一条", json!([]), json!([])),
        ] {
            let made = create(scene.partner(), &scene.product).await?;
            let mut wanted = content(scene.partner()).await?;
            for (field, value) in [("name", json!(name)), ("intro", json!(intro)), ("industries", industries), ("roles", roles)] {
                wanted[field] = value;
            }
            wanted["intro"] = json!(intro.chars().take(12).collect::<String>());
            let saved = save(scene.partner(), &made, wanted).await?;
            let handed_in = submit(scene.partner(), &saved).await?;
            app.advance(Duration::minutes(1));
            assert_eq!(review(&scene.operator, &handed_in, "APPROVE", None).await?["status"], "APPROVED", "{handed_in}");
        }
        assert_eq!(market(&nobody, "").await?, ["日报", "群巡检", "审批提醒"], "newest first");
        assert_eq!(market(&nobody, "(search: \"审批\")").await?, ["审批提醒"]);
        assert_eq!(market(&nobody, "(search: \"APPROVE\")").await?, ["审批提醒"]);
        assert_eq!(market(&nobody, "(search: \"0%\")").await?, ["群巡检"]);
        assert_eq!(market(&nobody, "(search: \"%\")").await?, ["群巡检"], "what is searched is text");
        assert_eq!(market(&nobody, "(industry: RETAIL)").await?, ["日报", "审批提醒"], "what names none is for all");
        assert_eq!(market(&nobody, "(role: PRODUCTION)").await?, ["日报", "群巡检"]);
        assert_eq!(market(&nobody, "(industry: RETAIL, role: PRODUCTION)").await?, ["日报"]);
        let long = nobody.send("query($s: String) { coolApps(search: $s) { nodes { id } } }", json!({ "s": "长".repeat(101) })).await?;
        assert_eq!(long["errors"][0]["extensions"]["code"], "VALIDATION");
        let page = "query($after: String) { coolApps(first: 1, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }";
        let (mut after, mut seen) = (json!(null), Vec::new());
        loop {
            let part = nobody.ask(page, json!({ "after": after })).await?["coolApps"].take();
            seen.extend(part["nodes"].as_array().into_iter().flatten().map(|node| node["name"].clone()));
            after = part["pageInfo"]["endCursor"].clone();
            if part["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, ["日报", "群巡检", "审批提醒"]);
        let document = "{ coolApps(first: 1) { nodes { id } } }";
        let id = nobody.ask(document, json!({})).await?["coolApps"]["nodes"][0]["id"].take();
        let document = "query($id: ID!) { coolApp(id: $id) { name code partnerName product { name listed } \
                        content { thumbnailIds caseIds functionText inviteLine entries { name openMode } robot { name } } } }";
        let shown = nobody.ask(document, json!({ "id": id })).await?["coolApp"].take();
        assert_eq!((&shown["name"], &shown["partnerName"], &shown["product"]["listed"]), (&json!("日报"), &json!("acme Ltd"), &json!(true)));
        assert_eq!(shown["content"]["thumbnailIds"].as_array().map(Vec::len), Some(3));
    }
}
