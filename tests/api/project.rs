//! Projects (D2–D6).

use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{active_project, buy, grant, link, project_fields, submitted_project};
use serde_json::json;

const PROJECT: &str = "query($id: ID!) { project(id: $id) { status detailBarrier availableActions decisionReason overdue dueAt \
                       detail { contractAmount { amount currency } customerCorpId: customerContactMobile amountCheck { verdict } \
                       timeline { kind } } } }";
const MOVED: &str = "... on Project { id status }";

on_each_database! {
    async fn d2_a_submission_names_everything_that_is_missing_at_once(app) {
        let reviewer = app.reviewer().await?;
        let partner = app.partner("acme").await?;
        grant(&partner, &reviewer).await?;
        let input = json!({ "fields": { "name": "巡检", "startOn": "2026-12-31", "endOn": "2026-11-01", "customerCorpId": "!" }, "submit": true });
        let refused = partner.act("createProject", "CreateProjectInput", input, MOVED, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        let paths: Vec<String> = refused["issues"]
            .as_array()
            .expect("issues")
            .iter()
            .map(|issue| issue["path"].as_array().expect("a path").iter().filter_map(|p| p.as_str()).collect::<Vec<_>>().join("."))
            .collect();
        for path in ["fields.contractAmount", "fields.contractFileId", "fields.endOn", "fields.customerCorpId", "fields.customerName"] {
            assert!(paths.iter().any(|found| found == path), "{path} is missing in {paths:?}");
        }
        let listed = partner.ask("{ projects { totalCount } }", json!({})).await?;
        assert_eq!(listed["projects"]["totalCount"], 0, "nothing is created when a check fails");
    }

    async fn d3_only_the_creator_withdraws_and_only_in_review(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        let input = json!({ "id": id });
        let refused = scene.colleague.act("withdrawProject", "ProjectActionInput", input.clone(), MOVED, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let done = scene.partner.act("withdrawProject", "ProjectActionInput", input.clone(), MOVED, None).await?;
        assert_eq!(done["status"], "WITHDRAWN", "{done}");
        let late = scene.partner.act("withdrawProject", "ProjectActionInput", input.clone(), MOVED, None).await?;
        assert_eq!((&late["code"], &late["fromStatus"]), (&json!("INVALID_STATE"), &json!("WITHDRAWN")), "{late}");
        let copy = scene.partner.act("copyProject", "ProjectActionInput", input, MOVED, None).await?;
        assert_eq!(copy["status"], "DRAFT", "{copy}");
        assert_ne!(copy["id"], json!(id));
    }

    async fn d3_nothing_is_edited_after_submit(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let fields = project_fields(&scene.partner, "换个名字", &corp_id("blue")).await?;
        let input = json!({ "id": scene.project, "version": 1, "fields": fields });
        let refused = scene.partner.act("updateProject", "UpdateProjectInput", input, MOVED, None).await?;
        assert!(["INVALID_STATE", "CONFLICT"].contains(&refused["code"].as_str().unwrap_or("")), "{refused}");
        let project = scene.partner.ask("query($id: ID!) { project(id: $id) { name } }", json!({ "id": scene.project })).await?;
        assert_eq!(project["project"]["name"], "设备数字化");
    }

    async fn d6_a_wrong_corp_id_is_mended_by_closing_the_project_and_opening_a_new_one(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (partner, right) = (&scene.partner, &scene.customer);
        let wrong = active_project(partner, &scene.reviewer, "二期", &corp_id("bleu")).await?;
        let (_, token) = link(partner, &wrong, &scene.application).await?;
        assert_eq!(buy(right, &token, None).await?["code"], "ORGANIZATION_MISMATCH");
        let fields = project_fields(partner, "二期", &corp_id("blue")).await?;
        let input = json!({ "id": wrong, "version": 3, "fields": fields });
        let refused = partner.act("updateProject", "UpdateProjectInput", input, MOVED, None).await?;
        assert!(["INVALID_STATE", "CONFLICT"].contains(&refused["code"].as_str().unwrap_or("")), "{refused}");
        let input = json!({ "id": wrong, "actualEndOn": "2026-11-23", "customerAcceptor": "无", "satisfaction": 1 });
        let closed = partner.act("settleProject", "SettleProjectInput", input, MOVED, None).await?;
        assert_eq!(closed["status"], "CLOSED", "{closed}");
        let again = active_project(partner, &scene.reviewer, "二期（新）", &corp_id("blue")).await?;
        let (_, token) = link(partner, &again, &scene.application).await?;
        assert!(buy(right, &token, None).await?["id"].is_string());
    }

    async fn d4_a_rejection_for_the_amount_uses_the_exact_text(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        let silent = json!({ "id": id, "decision": "REJECT" });
        let refused = scene.reviewer.act("reviewProject", "ReviewProjectInput", silent, MOVED, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        let input = json!({ "id": id, "decision": "REJECT", "amountMismatch": true });
        let foreign = scene.partner.act("reviewProject", "ReviewProjectInput", input.clone(), MOVED, None).await?;
        assert_eq!(foreign["code"], "NO_PERMISSION", "{foreign}");
        let done = scene.reviewer.act("reviewProject", "ReviewProjectInput", input, MOVED, None).await?;
        assert_eq!(done["status"], "REJECTED", "{done}");
        let read = scene.partner.in_chinese().ask(PROJECT, json!({ "id": id })).await?;
        assert_eq!(read["project"]["decisionReason"], "项目合同金额需要和项目合同文件里面的金额保持一致");
        let read = scene.partner.ask(PROJECT, json!({ "id": id })).await?;
        assert_eq!(read["project"]["decisionReason"], "The contract amount must equal the amount in the contract file");
    }

    async fn d4_a_review_is_due_within_one_working_day(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        let read = scene.reviewer.ask(PROJECT, json!({ "id": id })).await?;
        assert_eq!(read["project"]["overdue"], false, "{read}");
        app.advance(chrono::Duration::hours(25));
        let read = scene.reviewer.ask(PROJECT, json!({ "id": id })).await?;
        assert_eq!(read["project"]["overdue"], true, "{read}");
    }

    async fn d5_the_detail_is_greyed_for_everyone_but_creator_and_reviewer(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for (who, sees) in [(&scene.partner, true), (&scene.colleague, false), (&scene.reviewer, true)] {
            let read = who.ask(PROJECT, json!({ "id": scene.project })).await?;
            assert_eq!(read["project"]["detail"].is_object(), sees, "{read}");
            assert_eq!(read["project"]["detailBarrier"].is_null(), sees, "{read}");
        }
        let listed = scene.developer.send("{ projects { nodes { id } } }", json!({})).await?;
        assert_eq!(listed["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{listed}");
    }

    async fn d5_an_admin_takes_ownership_once_the_creator_has_left(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let input = json!({ "id": scene.project });
        let take = async |who: &Someone| who.act("takeProjectOwnership", "ProjectActionInput", input.clone(), MOVED, None).await;
        for who in [&scene.colleague, &scene.partner, &scene.developer, &scene.reviewer, &scene.customer] {
            let refused = take(who).await?;
            assert_eq!((&refused["code"], &refused["message"]), (&json!("NO_PERMISSION"), &json!("No permission")), "{refused}");
        }
        let creator = scene.partner.ask("{ viewer { user { id } } }", json!({})).await?;
        let left = json!({ "userId": creator["viewer"]["user"]["id"] });
        let gone = scene.colleague.act("removeMember", "RemoveMemberInput", left, "... on RemovedMember { name }", None).await?;
        assert_eq!(gone["name"], "pa", "{gone}");
        let read = scene.colleague.in_chinese().ask(PROJECT, json!({ "id": scene.project })).await?;
        assert_eq!(read["project"]["availableActions"], json!(["CREATE_LINK", "TAKE_OWNERSHIP"]));
        assert_eq!(read["project"]["detailBarrier"], "项目创建人（pa）已离开组织；接管项目后即可查看详情");
        let taken = take(&scene.colleague).await?;
        assert_eq!(taken["status"], "ACTIVE", "{taken}");
        let read = scene.colleague.ask(PROJECT, json!({ "id": scene.project })).await?;
        assert_eq!(read["project"]["availableActions"], json!(["CREATE_LINK", "PROPOSE_AMENDMENT", "SETTLE", "VIEW_DETAIL"]));
        let timeline = read["project"]["detail"]["timeline"].as_array().expect("a timeline");
        assert_eq!(timeline.last(), Some(&json!({ "kind": "OWNERSHIP_TAKEN" })), "{read}");
        let log = scene.colleague.ask("query($id: ID!) { auditEntries(objectId: $id) { nodes { action } } }", json!({ "id": scene.project })).await?;
        assert_eq!(log["auditEntries"]["nodes"][0]["action"], "project.ownership_taken");
    }

    async fn d5_a_name_is_unique_per_partner_and_not_beyond(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let input = json!({ "fields": { "name": " 设备数字化 " } });
        let refused = scene.colleague.act("createProject", "CreateProjectInput", input.clone(), MOVED, None).await?;
        assert_eq!(refused["issues"][0]["path"], json!(["fields", "name"]), "{refused}");
        let rival = app.partner("rival").await?;
        grant(&rival, &scene.reviewer).await?;
        let made = rival.act("createProject", "CreateProjectInput", input, MOVED, None).await?;
        assert_eq!(made["status"], "DRAFT", "{made}");
    }

    async fn d5_a_foreign_partner_sees_no_project(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let rival = app.partner("rival").await?;
        let read = rival.ask(PROJECT, json!({ "id": scene.project })).await?;
        assert!(read["project"].is_null());
        let id = rival.organization_id.clone().expect("signed in");
        let both = app.member(&scene.partner.email, "rival", &id, &[Role::PartnerAdmin]).await?;
        let read = both.ask(PROJECT, json!({ "id": scene.project })).await?;
        assert!(read["project"].is_null(), "who acts for another organisation sees its things alone");
    }

    async fn p8_the_same_key_makes_one_project_and_no_other(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let fields = project_fields(&scene.partner, "二期", &corp_id("blue")).await?;
        let input = json!({ "fields": fields, "submit": true });
        let create = async |input: &serde_json::Value| {
            scene.partner.act("createProject", "CreateProjectInput", input.clone(), MOVED, Some("key-1")).await
        };
        let (first, again) = (create(&input).await?, create(&input).await?);
        assert_eq!(first["status"], "IN_REVIEW", "{first}");
        assert_eq!(first["id"], again["id"]);
        let other = json!({ "fields": fields, "submit": false });
        assert_eq!(create(&other).await?["code"], "IDEMPOTENCY_KEY_REUSED");
    }

    async fn d4_the_reviewers_queue_pages_by_due_time(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for name in ["甲", "乙", "丙"] {
            submitted_project(&scene.partner, name, &corp_id("blue")).await?;
            app.advance(chrono::Duration::hours(2));
        }
        let document = "query($after: String) { projects(first: 2, after: $after, status: IN_REVIEW) { totalCount \
                        nodes { name partner { name } creator { name } linkCount orderCount } \
                        pageInfo { hasNextPage endCursor } } }";
        let first = scene.reviewer.ask(document, json!({})).await?;
        let names = |page: &serde_json::Value| page["projects"]["nodes"].as_array().expect("nodes").iter().map(|node| node["name"].clone()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["甲", "乙"]);
        assert_eq!(first["projects"]["totalCount"], 3);
        let after = &first["projects"]["pageInfo"]["endCursor"];
        let second = scene.reviewer.ask(document, json!({ "after": after })).await?;
        assert_eq!(names(&second), ["丙"]);
        assert_eq!(second["projects"]["pageInfo"]["hasNextPage"], false);
    }
}
