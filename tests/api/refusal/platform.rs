//! What holds everywhere: signing in, the audit log, pages, idempotency keys (P5–P8).

use anyhow::ensure;
use appshelf::domain::organization::EditionName;
use appshelf_tests::on_each_database;
use serde_json::json;

use super::{BUY, Mutation, NO_PERMISSION, refused, with};

on_each_database! {
    async fn p5_p6_p7_p8_platform(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for who in [&scene.developer, &scene.employee] {
            for (who, text) in [(who.in_chinese(), NO_PERMISSION[0]), (who.clone(), NO_PERMISSION[1])] {
                let answer = who.send("{ auditEntries { totalCount } }", json!({})).await?;
                let error = &answer["errors"][0];
                ensure!(error["extensions"]["code"] == "NO_PERMISSION" && error["message"] == text, "{answer}");
            }
        }
        for first in [0, 101, -1] {
            let answer = scene.partner.send("query($first: Int) { projects(first: $first) { totalCount } }", json!({ "first": first })).await?;
            ensure!(answer["errors"][0]["extensions"]["code"] == "LIMIT_PAGE", "{first}: {answer}");
        }
        let token = scene.link().await?;
        let other = scene.link().await?;
        let key = Some("one");
        scene.customer.act(BUY.0, BUY.1, json!({ "token": token }), "", key).await?;
        let reused = ["该幂等键已用于另一个请求，本次没有执行", "This idempotency key was used for a different request; nothing was done"];
        for (who, text) in [(scene.customer.in_chinese(), reused[0]), (scene.customer.clone(), reused[1])] {
            let answer = who.act(BUY.0, BUY.1, json!({ "token": other }), "", key).await?;
            ensure!(answer["code"] == "IDEMPOTENCY_KEY_REUSED" && answer["message"] == text, "{answer}");
        }
        let long = "k".repeat(201);
        let answer = scene.customer.act(BUY.0, BUY.1, json!({ "token": other }), "", Some(&long)).await?;
        ensure!(answer["issues"][0]["path"] == json!(["idempotencyKey"]), "{answer}");
        // A key is remembered for 24 hours and no longer.
        app.advance(chrono::Duration::hours(25));
        let later = scene.customer.act(BUY.0, BUY.1, json!({ "token": other }), "... on Order { id }", key).await?;
        ensure!(later["id"].is_string(), "{later}");
    }

    async fn signing_in(app) {
        app.partner("acme").await?;
        let sign_in: Mutation = ("signIn", "SignInInput");
        let wrong = json!({ "email": "pa@acme.example", "password": "guess" });
        let texts = ["邮箱或密码不正确", "The e-mail address or the password is wrong"];
        refused(&app.nobody(), sign_in, &wrong, "BAD_CREDENTIALS", texts).await?;
        // Nobody learns which addresses exist.
        refused(&app.nobody(), sign_in, &with(&wrong, "email", json!("nobody@acme.example")), "BAD_CREDENTIALS", texts).await?;
        let mut answers = Vec::new();
        for _ in 0..12 {
            answers.push(app.nobody().act(sign_in.0, sign_in.1, wrong.clone(), "", None).await?);
        }
        ensure!(answers.iter().any(|answer| answer["code"] == "RATE_LIMITED"), "{answers:?}");
        refused(&app.nobody(), sign_in, &wrong, "RATE_LIMITED", ["操作过于频繁", "Too many requests"]).await?;
    }
}
