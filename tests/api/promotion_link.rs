//! Promotion links (推广码, L18) as their partner keeps them: made, changed, disabled and enabled, with every problem beside its field; who
//! gets none of it; and their codes, read by another program.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use appshelf_tests::listing::Listing;
use appshelf_tests::on_each_database;
use appshelf_tests::promotion::{LINK, create_link, own_channel, token};
use base64::Engine;
use chrono::{Duration, SecondsFormat};
use serde_json::{Value, json};
use tokio::process::Command;

/// The places at which a refusal finds something wrong.
fn places(refused: &Value) -> Vec<String> {
    let issues = refused["issues"].as_array().into_iter().flatten();
    issues
        .filter_map(|issue| issue["path"][0].as_str().map(str::to_owned))
        .collect()
}

/// Runs a program on a file; what it writes.
async fn run(program: &str, arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = Command::new(program);
    let done = command.args(arguments).stdin(Stdio::null()).output().await;
    let done = done.with_context(|| format!("{program} is missing: scripts/setup installs it"))?;
    ensure!(
        done.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    Ok(done.stdout)
}

/// What ZBar reads in a picture.
async fn read_by_zbar(picture: &Path) -> Result<String> {
    let picture = picture.to_string_lossy();
    let said = run(
        "zbarimg",
        &["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", &picture],
    )
    .await?;
    Ok(String::from_utf8(said)?.trim().to_owned())
}

on_each_database! {
    async fn l18_a_link_of_an_approved_product_is_made_changed_and_switched(app) {
        let scene = Listing::set(app).await?;
        let product = own_channel(&scene).await?;
        let now = app.clock.now();
        let day = |days: i64| (now + Duration::days(days)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let more = json!({ "name": "  上海 展会 ", "validTo": day(30) });
        let made = create_link(&scene.partner, &product, "Fair_2026-A", more).await?;
        assert_eq!((&made["name"], &made["channelCode"], &made["status"]), (&json!("上海 展会"), &json!("Fair_2026-A"), &json!("OPEN")), "{made}");
        assert_eq!(made["availableActions"], json!(["CHANGE", "DISABLE", "COPY"]));
        assert_eq!((&made["product"]["id"], token(&made)?.len()), (&product["id"], 32));
        let nothing = json!({ "opens": 0, "visitors": 0, "signIns": 0, "installs": 0, "orders": 0, "revenue": "0" });
        assert_eq!(made["total"], nothing);

        let change = json!({ "id": made["id"], "version": made["version"], "name": "杭州展会", "validFrom": day(1), "validTo": day(2) });
        let changed = scene.partner.act("changePromotionLink", "ChangePromotionLinkInput", change.clone(), LINK, None).await?;
        assert_eq!((&changed["name"], &changed["status"], &changed["url"]), (&json!("杭州展会"), &json!("NOT_YET_VALID"), &made["url"]), "{changed}");
        // Of two windows the later one is told, and nothing is lost.
        let again = scene.partner.act("changePromotionLink", "ChangePromotionLinkInput", change, LINK, None).await?;
        assert_eq!(again["__typename"], "Stale");
        let wrong = json!({ "id": made["id"], "version": changed["version"], "name": " ", "validFrom": day(2), "validTo": day(2) });
        let wrong = scene.partner.act("changePromotionLink", "ChangePromotionLinkInput", wrong, LINK, None).await?;
        assert_eq!(places(&wrong), ["name", "validTo"], "{wrong}");

        let named = json!({ "id": made["id"] });
        let off = scene.partner.act("disablePromotionLink", "PromotionLinkActionInput", named.clone(), LINK, None).await?;
        assert_eq!((&off["status"], &off["availableActions"]), (&json!("DISABLED"), &json!(["CHANGE", "ENABLE", "COPY"])));
        let twice = scene.partner.act("disablePromotionLink", "PromotionLinkActionInput", named.clone(), LINK, None).await?;
        assert_eq!(twice["code"], "INVALID_STATE", "{twice}");
        let on = scene.partner.act("enablePromotionLink", "PromotionLinkActionInput", named, LINK, None).await?;
        assert_eq!(on["status"], "NOT_YET_VALID");

        // Each of it stands in the log, and the list pages by keys.
        let log = scene.partner.ask("query($id: String!) { auditEntries(first: 10, objectId: $id) { nodes { action } } }", json!({ "id": made["id"] })).await?;
        let log = log.to_string();
        for action in ["created", "changed", "disabled", "enabled"] {
            assert!(log.contains(&format!("promotion_link.{action}")), "{log}");
        }
        create_link(&scene.partner, &product, "second", json!({})).await?;
        let document = "query($id: ID, $after: String) { promotionLinks(first: 1, after: $after, productId: $id) { totalCount nodes { channelCode } pageInfo { endCursor hasNextPage } } }";
        let first = scene.partner.ask(document, json!({ "id": product["id"] })).await?["promotionLinks"].take();
        assert_eq!((&first["totalCount"], &first["nodes"][0]["channelCode"]), (&json!(2), &json!("second")));
        let next = scene.partner.ask(document, json!({ "after": first["pageInfo"]["endCursor"] })).await?["promotionLinks"].take();
        assert_eq!((&next["nodes"][0]["channelCode"], &next["pageInfo"]["hasNextPage"]), (&json!("Fair_2026-A"), &json!(false)));
    }

    async fn l18_every_problem_of_a_link_is_told_at_once_beside_its_field(app) {
        let scene = Listing::set(app).await?;
        let product = scene.approved().await?;
        let past = (app.clock.now() - Duration::seconds(1)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let more = json!({ "name": "x".repeat(61), "validTo": past });
        let wrong = create_link(&scene.partner, &product, &"a".repeat(33), more).await?;
        assert_eq!(places(&wrong), ["name", "validTo", "channelCode"], "{wrong}");
        assert!(wrong["issues"][2]["message"].as_str().is_some_and(|text| text.contains("32")), "{wrong}");
        for wrong in ["展会", "a b", "a/b", "a.b", ""] {
            let refused = create_link(&scene.partner, &product, wrong, json!({})).await?;
            assert_eq!(places(&refused), ["channelCode"], "{wrong}: {refused}");
        }
        for right in ["a".repeat(32), "A-b_9".to_owned()] {
            let made = create_link(&scene.partner, &product, &right, json!({})).await?;
            assert_eq!(made["channelCode"], json!(right), "{made}");
        }
        // The code is the product's alone.
        let taken = create_link(&scene.partner, &product, "A-b_9", json!({})).await?;
        assert_eq!(places(&taken), ["channelCode"], "{taken}");
        let input = json!({ "productId": product["id"], "name": "一次", "channelCode": "once" });
        let first = scene.partner.act("createPromotionLink", "CreatePromotionLinkInput", input.clone(), LINK, Some("k1")).await?;
        let second = scene.partner.act("createPromotionLink", "CreatePromotionLinkInput", input, LINK, Some("k1")).await?;
        assert_eq!(first["id"], second["id"]);
    }

    async fn l18_links_are_for_the_admins_of_the_partner_and_for_approved_products(app) {
        let scene = Listing::set(app).await?;
        let product = scene.in_review().await?;
        let early = create_link(&scene.partner, &product, "early", json!({})).await?;
        assert_eq!(places(&early), ["productId"], "{early}");
        appshelf_tests::listing::review(&scene.operator, &product, "APPROVE", None).await?;
        let made = create_link(&scene.partner, &product, "fair", json!({})).await?;
        let rival = app.partner("rival").await?;
        for (who, code) in [(&scene.developer, "NO_PERMISSION"), (&scene.operator, "NO_PERMISSION"), (&rival, "NOT_FOUND")] {
            let refused = create_link(who, &product, "mine", json!({})).await?;
            assert_eq!(refused["code"], code, "{refused}");
            for mutation in ["disablePromotionLink", "enablePromotionLink"] {
                let refused = who.act(mutation, "PromotionLinkActionInput", json!({ "id": made["id"] }), LINK, None).await?;
                assert_eq!(refused["code"], code, "{mutation}: {refused}");
            }
        }
        let document = "query($id: ID!) { promotionLink(id: $id) { url } promotionFunnel(linkId: $id) { total { opens } } }";
        let foreign = rival.ask(document, json!({ "id": made["id"] })).await?;
        assert_eq!(foreign, json!({ "promotionLink": null, "promotionFunnel": null }));
        let developer = scene.developer.send(document, json!({ "id": made["id"] })).await?;
        assert!(developer.to_string().contains("NO_PERMISSION"), "{developer}");
        let long = scene.partner.send("query($id: ID!) { promotionFunnel(linkId: $id, days: 91) { total { opens } } }", json!({ "id": made["id"] })).await?;
        assert!(long.to_string().contains("days"), "{long}");
    }

    async fn l18_the_code_is_read_by_zbar_from_svg_and_png_printed_at_2_cm(app) {
        let scene = Listing::set(app).await?;
        let product = own_channel(&scene).await?;
        let made = create_link(&scene.partner, &product, "poster", json!({})).await?;
        let document = "query($id: ID!) { promotionLink(id: $id) { url qrSvg qrPng qrPosterPng } }";
        let link = scene.partner.ask(document, json!({ "id": made["id"] })).await?["promotionLink"].take();
        let url = link["url"].as_str().context("an address")?;
        let folder = tempfile::tempdir()?;
        // 2 cm at 300 dots an inch are 236 dots.
        let (svg, drawn) = (folder.path().join("code.svg"), folder.path().join("drawn.png"));
        std::fs::write(&svg, link["qrSvg"].as_str().context("markup")?)?;
        let (from, to) = (svg.to_string_lossy(), drawn.to_string_lossy());
        run("rsvg-convert", &["--width", "236", "--height", "236", "--output", &to, &from]).await?;
        assert_eq!(read_by_zbar(&drawn).await?, url, "the SVG");
        for size in ["qrPng", "qrPosterPng"] {
            let bytes = base64::engine::general_purpose::STANDARD.decode(link[size].as_str().context("a picture")?)?;
            let picture = image::load_from_memory(&bytes)?;
            let file = folder.path().join(format!("{size}.png"));
            std::fs::write(&file, &bytes)?;
            assert_eq!(read_by_zbar(&file).await?, url, "{size}");
            if size == "qrPng" {
                assert!(picture.width() <= 236, "{} dots are more than 2 cm", picture.width());
            }
        }
    }
}
