//! Approvals (P11): what waits for whom, what a partner started and what was decided, and that every review of both tracks is there.

use anyhow::{Context, Result};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, corp_id};
use appshelf_tests::cool_app::{self, CoolApps};
use appshelf_tests::listing::{self, Listing, PRODUCT};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{active_project, agreement, apply, grant, picture, submitted_project, text};
use chrono::Duration;
use serde_json::{Value, json};

const ROW: &str = "id kind subjectId title partner { name } state submittedBy { name } submittedAt dueAt overdue
    decidedBy { name } decidedAt";

/// A box as somebody sees it, with its rows in order; the total agrees with them.
async fn shown(who: &Someone, which: &str) -> Result<Vec<Value>> {
    let document = format!("{{ approvals(box: {which}, first: 50) {{ totalCount nodes {{ {ROW} }} }} }}");
    let mut data = who.ask(&document, json!({})).await?;
    let rows = data["approvals"]["nodes"].take();
    let rows = rows.as_array().cloned().context("a list")?;
    assert_eq!(data["approvals"]["totalCount"], rows.len(), "{rows:?}");
    Ok(rows)
}

/// Kind, title and state of each row.
async fn lines(who: &Someone, which: &str) -> Result<Vec<String>> {
    let line = |row: &Value| {
        let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        [word("kind"), word("title"), word("state")].join(" ")
    };
    Ok(shown(who, which).await?.iter().map(line).collect())
}

async fn refused(who: &Someone, which: &str) -> Result<Value> {
    let answer = who
        .send(
            &format!("{{ approvals(box: {which}) {{ nodes {{ id }} }} }}"),
            json!({}),
        )
        .await?;
    Ok(answer["errors"][0]["extensions"]["code"].clone())
}

async fn decide_project(reviewer: &Someone, project: &str, decision: &str) -> Result<Value> {
    let input = json!({ "id": project, "decision": decision, "reason": "已核对" });
    reviewer
        .act(
            "reviewProject",
            "ReviewProjectInput",
            input,
            "... on Project { status }",
            None,
        )
        .await
}

async fn propose(by: &Someone, project: &str) -> Result<String> {
    let file = by.upload(FilePurpose::Contract, "补充协议.png", picture()).await?;
    let input = json!({
        "projectId": project, "contractAmount": { "amount": "150000" }, "endOn": "2027-01-31",
        "fileId": file, "fileKind": "CONTRACT", "reason": "客户追加二期",
    });
    let made = by
        .act(
            "proposeAmendment",
            "ProposeAmendmentInput",
            input,
            "... on Amendment { id }",
            None,
        )
        .await?;
    text(&made["id"]).with_context(|| format!("{made}"))
}

async fn apply_to_delist(by: &Someone, product: &Value) -> Result<Value> {
    let input = json!({ "id": product["id"], "reason": "产品升级换代" });
    by.act(
        "applyToDelistProduct",
        "ApplyToDelistProductInput",
        input,
        PRODUCT,
        None,
    )
    .await
}

async fn decide_delisting(by: &Someone, product: &Value, approve: bool) -> Result<Value> {
    let input = json!({ "id": product["id"], "approve": approve, "reason": "尚有在途订单" });
    by.act("decideDelisting", "DecideDelistingInput", input, PRODUCT, None)
        .await
}

on_each_database! {
    async fn p11_a_reviewer_sees_what_waits_soonest_due_first(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        submitted_project(&scene.partner, "仓储盘点", &corp_id("blue")).await?;
        app.advance(Duration::hours(25));
        let other = app.partner("rival").await?;
        apply(&other, Some(agreement())).await?;
        app.advance(Duration::hours(25));
        propose(&scene.partner, &scene.project).await?;
        let waiting = ["PROJECT 仓储盘点 WAITING", "PERMISSION rival Ltd WAITING", "AMENDMENT 设备数字化 WAITING"];
        assert_eq!(lines(&scene.reviewer, "TO_DECIDE").await?, waiting);
        let first = &shown(&scene.reviewer, "TO_DECIDE").await?[0];
        assert_eq!(
            (&first["partner"]["name"], &first["submittedBy"]["name"], &first["overdue"], &first["decidedBy"], &first["decidedAt"]),
            (&json!("acme Ltd"), &json!("pa"), &json!(true), &json!(null), &json!(null)),
            "{first}"
        );
        assert!(first["dueAt"].is_string() && first["submittedAt"].is_string(), "{first}");
        decide_project(&scene.reviewer, first["subjectId"].as_str().context("an id")?, "REJECT").await?;
        assert_eq!(lines(&scene.reviewer, "TO_DECIDE").await?, waiting[1..]);
        let decided = ["PROJECT 仓储盘点 REJECTED", "PROJECT 设备数字化 APPROVED", "PERMISSION acme Ltd APPROVED"];
        assert_eq!(lines(&scene.reviewer, "DECIDED").await?, decided);
        let newest = &shown(&scene.reviewer, "DECIDED").await?[0];
        assert_eq!((&newest["decidedBy"]["name"], &newest["overdue"]), (&json!("ir"), &json!(false)), "{newest}");
        assert_eq!(refused(&scene.reviewer, "STARTED").await?, "NO_PERMISSION");
    }

    async fn p11_an_operator_of_another_category_sees_nothing_of_it(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        assert_eq!(lines(&scene.operator, "TO_DECIDE").await?, ["PRODUCT 设备巡检 WAITING"]);
        assert_eq!(shown(&scene.operator, "TO_DECIDE").await?[0]["subjectId"], handed_in["id"]);
        let approved = listing::review(&scene.operator, &handed_in, "APPROVE", None).await?;
        let input = json!({ "id": approved["id"] });
        let listed = scene.partner.act("listProduct", "ProductActionInput", input, PRODUCT, None).await?;
        app.advance(Duration::hours(1));
        apply_to_delist(&scene.partner, &listed).await?;
        assert_eq!(lines(&scene.operator, "TO_DECIDE").await?, ["DELISTING 设备巡检 WAITING"]);
        assert_eq!(lines(&scene.stranger, "TO_DECIDE").await?, Vec::<String>::new());
        decide_delisting(&scene.operator, &listed, false).await?;
        assert_eq!(lines(&scene.operator, "TO_DECIDE").await?, Vec::<String>::new());
        let decided = ["DELISTING 设备巡检 REJECTED", "PRODUCT 设备巡检 APPROVED"];
        assert_eq!(lines(&scene.operator, "DECIDED").await?, decided);
        assert_eq!(lines(&scene.stranger, "DECIDED").await?, Vec::<String>::new());
        let platform = scene.operator.organization_id.clone().context("signed in")?;
        let reviewer = app.person("ir2", "platform", &platform, &[Role::InternalReviewer]).await?;
        assert_eq!(lines(&reviewer, "DECIDED").await?, Vec::<String>::new(), "nor do reviewers");
    }

    async fn p11_what_came_back_and_is_written_again_is_its_partners_alone(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        app.advance(Duration::hours(1));
        listing::review(&scene.operator, &handed_in, "SEND_BACK", Some("请补充截图")).await?;
        let back = listing::read(&scene.partner, &handed_in["id"]).await?;
        assert_eq!(lines(&scene.operator, "DECIDED").await?, ["PRODUCT 设备巡检 REJECTED"]);
        app.advance(Duration::hours(1));
        let mut moved = listing::content(&scene.partner, &scene.other_category).await?;
        moved["name"] = json!("财务巡检");
        let saved = listing::save(&scene.partner, &back, moved).await?;
        assert_eq!(lines(&scene.operator, "DECIDED").await?, Vec::<String>::new());
        assert_eq!(lines(&scene.stranger, "DECIDED").await?, Vec::<String>::new(), "a draft is nobody's but its partner's");
        assert_eq!(lines(&scene.partner, "DECIDED").await?, ["PRODUCT 财务巡检 REJECTED"]);
        listing::submit(&scene.partner, &saved).await?;
        assert_eq!(lines(&scene.stranger, "TO_DECIDE").await?, ["PRODUCT 财务巡检 WAITING"]);
        assert_eq!(lines(&scene.partner, "DECIDED").await?, Vec::<String>::new(), "it waits again");
    }

    async fn p11_with_four_eyes_it_waits_no_more_for_who_approved_first(app) {
        let scene = Listing::set(app).await?;
        let people = [cool_app::own_id(&scene.operator).await?, cool_app::own_id(&scene.stranger).await?];
        let on = "... on Category { id }";
        let input = json!({ "id": scene.category, "version": 1, "nameZh": "客户管理", "nameEn": "CRM", "fourEyes": true });
        scene.superadmin.act("saveCategory", "SaveCategoryInput", input, on, None).await?;
        let input = json!({ "id": scene.category, "userIds": people });
        let kept = scene.superadmin.act("setCategoryOperators", "SetCategoryOperatorsInput", input, on, None).await?;
        assert_eq!(kept["id"], scene.category, "{kept}");
        let handed_in = scene.in_review().await?;
        listing::review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!(lines(&scene.operator, "TO_DECIDE").await?, Vec::<String>::new());
        assert_eq!(lines(&scene.stranger, "TO_DECIDE").await?, ["PRODUCT 设备巡检 WAITING"]);
    }

    async fn p11_a_partner_sees_what_it_started_and_what_was_decided(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        app.advance(Duration::hours(1));
        let rejected = submitted_project(&scene.partner, "仓储盘点", &corp_id("blue")).await?;
        app.advance(Duration::hours(1));
        let withdrawn = submitted_project(&scene.colleague, "班组管理", &corp_id("blue")).await?;
        app.advance(Duration::hours(1));
        let amendment = propose(&scene.partner, &scene.project).await?;
        let started = [
            "AMENDMENT 设备数字化 WAITING", "PROJECT 班组管理 WAITING", "PROJECT 仓储盘点 WAITING",
            "PROJECT 设备数字化 APPROVED", "PERMISSION acme Ltd APPROVED",
        ];
        assert_eq!(lines(&scene.partner, "STARTED").await?, started);
        assert_eq!(lines(&scene.colleague, "STARTED").await?, started[1..], "D5: how a project is amended is its creator's matter");
        assert_eq!(lines(&scene.developer, "STARTED").await?, Vec::<String>::new(), "developers see no projects");
        let newest = &shown(&scene.partner, "STARTED").await?[0];
        assert_eq!((&newest["id"], &newest["subjectId"]), (&json!(amendment), &json!(scene.project)), "{newest}");

        decide_project(&scene.reviewer, &rejected, "REJECT").await?;
        let input = json!({ "id": withdrawn });
        scene.colleague.act("withdrawProject", "ProjectActionInput", input, "... on Project { status }", None).await?;
        let decided = ["PROJECT 仓储盘点 REJECTED", "PROJECT 设备数字化 APPROVED", "PERMISSION acme Ltd APPROVED"];
        assert_eq!(lines(&scene.partner, "DECIDED").await?, decided);
        assert_eq!(shown(&scene.partner, "DECIDED").await?[0]["decidedBy"]["name"], "ir");
        assert_eq!(lines(&scene.partner, "STARTED").await?.len(), 4, "what was taken back is no review");

        let rival = app.partner("rival").await?;
        for which in ["STARTED", "DECIDED"] {
            assert_eq!(lines(&rival, which).await?, Vec::<String>::new());
            assert_eq!(refused(&scene.customer, which).await?, "NO_PERMISSION");
        }
        assert_eq!(refused(&scene.partner, "TO_DECIDE").await?, "NO_PERMISSION");
        assert_eq!(refused(&app.nobody(), "TO_DECIDE").await?, "UNAUTHENTICATED");
    }

    async fn p11_every_review_appears_and_links_to_its_thing(app) {
        let scene = CoolApps::set(app).await?;
        let (partner, operator) = (scene.partner(), &scene.listing.operator);
        let platform = operator.organization_id.clone().context("signed in")?;
        let reviewer = app.person("ir2", "platform", &platform, &[Role::InternalReviewer]).await?;
        grant(partner, &reviewer).await?;
        app.advance(Duration::hours(1));
        let project = active_project(partner, &reviewer, "设备数字化", &corp_id("blue")).await?;
        let amendment = propose(partner, &project).await?;
        app.advance(Duration::hours(1));
        let submitted = scene.submitted().await?;
        app.advance(Duration::hours(1));
        let product = json!({ "id": scene.product });
        apply_to_delist(partner, &product).await?;
        let cool_app = format!("COOL_APP {} WAITING", submitted["name"].as_str().context("a name")?);
        let started = [
            "DELISTING 设备巡检 WAITING", &cool_app, "PROJECT 设备数字化 APPROVED", "AMENDMENT 设备数字化 WAITING",
            "PRODUCT 设备巡检 APPROVED", "PERMISSION acme Ltd APPROVED",
        ];
        assert_eq!(lines(partner, "STARTED").await?, started);
        let developers = ["DELISTING 设备巡检 WAITING", &cool_app, "PRODUCT 设备巡检 APPROVED"];
        assert_eq!(lines(&scene.listing.developer, "STARTED").await?, developers, "developers see products and cool apps");
        for (who, kind, field, id) in [
            (&reviewer, "AMENDMENT", "amendment", &json!(amendment)),
            (&scene.operator, "COOL_APP", "coolAppApplication", &submitted["id"]),
            (operator, "DELISTING", "product", &product["id"]),
        ] {
            let waiting = shown(who, "TO_DECIDE").await?;
            let [row] = waiting.as_slice() else { anyhow::bail!("{kind}: {waiting:?}") };
            assert_eq!(row["kind"], kind, "{row}");
            let named = if kind == "AMENDMENT" { &row["id"] } else { &row["subjectId"] };
            assert_eq!(named, id, "{row}");
            let document = format!("query($id: ID!) {{ {field}(id: $id) {{ id }} }}");
            assert_eq!(&who.ask(&document, json!({ "id": named })).await?[field]["id"], id, "whoever sees the row opens its thing");
        }
        cool_app::review(&scene.operator, &submitted, "REJECT", Some("请更换图标")).await?;
        decide_delisting(operator, &product, true).await?;
        let cool = shown(&scene.operator, "DECIDED").await?;
        assert_eq!((cool.len(), &cool[0]["state"], &cool[0]["decidedBy"]["name"]), (1, &json!("REJECTED"), &json!("oo")), "{cool:?}");
        let newest = &shown(operator, "DECIDED").await?[0];
        assert_eq!(
            (&newest["kind"], &newest["state"], &newest["subjectId"], &newest["submittedBy"]["name"], &newest["decidedBy"]["name"]),
            (&json!("DELISTING"), &json!("APPROVED"), &product["id"], &json!("pa"), &json!("co")),
            "{newest}"
        );
    }

    async fn p11_pages_hold_together(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let platform = scene.reviewer.organization_id.clone().context("signed in")?;
        let both = [Role::InternalReviewer, Role::CategoryOperator, Role::OpenPlatformOperator];
        let everything = app.person("all", "platform", &platform, &both).await?;
        for name in ["一期", "二期", "三期"] {
            // Two of them are handed in, and due, at the same instant.
            if name != "二期" {
                app.advance(Duration::hours(30));
            }
            submitted_project(&scene.partner, name, &corp_id("blue")).await?;
        }
        propose(&scene.partner, &scene.project).await?;
        apply(&app.partner("rival").await?, Some(agreement())).await?;
        for (who, which) in [(&scene.reviewer, "TO_DECIDE"), (&everything, "TO_DECIDE"), (&scene.partner, "STARTED"), (&scene.reviewer, "DECIDED"), (&scene.partner, "DECIDED")] {
            let whole: Vec<Value> = shown(who, which).await?.into_iter().map(|mut row| row["id"].take()).collect();
            assert!(whole.len() > 1, "{which}");
            for (size, edge, cursor) in [("first", "after", "endCursor"), ("last", "before", "startCursor")] {
                let mut walked = Vec::new();
                let mut from = Value::Null;
                loop {
                    let document = format!(
                        "query($from: String) {{ approvals(box: {which}, {size}: 1, {edge}: $from) {{ nodes {{ id }} \
                         pageInfo {{ {cursor} hasNextPage hasPreviousPage }} }} }}"
                    );
                    let mut page = who.ask(&document, json!({ "from": from })).await?["approvals"].take();
                    let more = if size == "first" { "hasNextPage" } else { "hasPreviousPage" };
                    let ends = page["pageInfo"][more] == false;
                    walked.push(page["nodes"][0]["id"].take());
                    from = page["pageInfo"][cursor].take();
                    if ends {
                        break;
                    }
                }
                if size == "last" {
                    walked.reverse();
                }
                assert_eq!(walked, whole, "{which} by {size}");
            }
        }
        let foreign = "query($from: String) { approvals(after: $from) { nodes { id } } }";
        let altered = scene.reviewer.send(foreign, json!({ "from": "cHJvamVjdF8x" })).await?;
        assert_eq!(altered["errors"][0]["extensions"]["code"], "VALIDATION", "{altered}");
    }
}
