//! What waits for a person: by role, with its order, and nothing of others.

use anyhow::Result;
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Someone, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{active_project, submitted_project};
use chrono::Duration;
use serde_json::{Value, json};

/// Kind, number and names of everything that waits for somebody.
async fn waiting(who: &Someone) -> Result<Vec<(String, i64, Vec<String>)>> {
    let data = who
        .ask(
            "{ waiting { kind count items { id name party since dueAt overdue } } }",
            json!({}),
        )
        .await?;
    let lists = data["waiting"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |list: Value| {
        let items = list["items"].as_array().into_iter().flatten();
        (
            text(&list["kind"]),
            list["count"].as_i64().unwrap_or_default(),
            items.map(|item| text(&item["name"])).collect(),
        )
    };
    Ok(lists.into_iter().map(list).collect())
}

fn list(kind: &str, names: &[&str]) -> (String, i64, Vec<String>) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    (kind.to_owned(), i64::try_from(names.len()).unwrap_or_default(), names)
}

on_each_database! {
    async fn orders_wait_for_the_partner_and_apps_for_the_customer(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        assert_eq!(waiting(&scene.partner).await?, [list("PROJECT_APPROVED", &["设备数字化"])], "a project without a link");
        assert_eq!(waiting(&scene.developer).await?, []);
        let instance = scene.instance().await?;
        scene.order().await?;
        assert_eq!(waiting(&scene.partner).await?, [list("ORDER_TO_SEND", &["设备巡检"])]);
        assert_eq!(waiting(&scene.developer).await?, [list("ORDER_TO_SEND", &["设备巡检"])]);
        assert_eq!(waiting(&scene.customer).await?, [list("APP_TO_ACCEPT", &["设备巡检"])]);
        let on = "... on AppInstance { id }";
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance }), on, None).await?;
        assert_eq!(waiting(&scene.customer).await?, [list("APP_TO_ENABLE", &["设备巡检"])]);
        assert_eq!(waiting(&scene.employee).await?, []);
        assert_eq!(waiting(&app.partner("rival").await?).await?, []);
        let refused = app.nobody().send("{ waiting { kind } }", json!({})).await?;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    async fn d4_reviews_wait_soonest_due_first_and_decisions_are_news_for_two_weeks(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let first = submitted_project(&scene.partner, "仓储盘点", &corp_id("blue")).await?;
        app.advance(Duration::hours(1));
        submitted_project(&scene.partner, "班组管理", &corp_id("blue")).await?;
        assert_eq!(waiting(&scene.reviewer).await?, [list("PROJECT_TO_REVIEW", &["仓储盘点", "班组管理"])]);
        let rejected = json!({ "id": first, "decision": "REJECT", "reason": "范围不清楚" });
        scene.reviewer.act("reviewProject", "ReviewProjectInput", rejected, "... on Project { id }", None).await?;
        assert_eq!(waiting(&scene.reviewer).await?, [list("PROJECT_TO_REVIEW", &["班组管理"])]);
        let news = [list("PROJECT_APPROVED", &["设备数字化"]), list("PROJECT_REJECTED", &["仓储盘点"])];
        assert_eq!(waiting(&scene.partner).await?, news);
        app.advance(Duration::days(15));
        active_project(&scene.partner, &scene.reviewer, "培训管理", &corp_id("blue")).await?;
        assert_eq!(waiting(&scene.partner).await?, [list("PROJECT_APPROVED", &["培训管理"])]);
    }
}
