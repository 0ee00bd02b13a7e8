//! Uploading and downloading over real connections on loopback: kinds, sizes, roles and tenants.

use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::on_each_database;
use reqwest::Response;
use serde_json::{Value, json};

use crate::served::Served;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj";

async fn refusal(answer: Response, status: u16) -> anyhow::Result<Value> {
    assert_eq!(answer.status(), status);
    let body: Value = answer.json().await?;
    assert!(
        ["code", "message", "nextStep"]
            .iter()
            .all(|name| body[name].is_string()),
        "{body}"
    );
    Ok(body)
}

on_each_database! {
    async fn d2_a_contract_comes_back_as_it_was_sent_and_is_never_shown_by_a_browser(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let sent: Vec<u8> = PDF.iter().copied().chain((0..3_000_000u32).map(|n| (n % 251) as u8)).collect();
        let answer = served.put(&partner, "purpose=CONTRACT&name=..%2F%E5%90%88%E5%90%8C.exe", sent.clone()).await?;
        assert_eq!(answer.status(), 201);
        let file: Value = answer.json().await?;
        assert_eq!((file["name"].as_str(), file["mediaType"].as_str()), (Some("合同.exe.pdf"), Some("application/pdf")));
        assert_eq!(file["size"], sent.len());
        let got = served.get(&partner, &format!("/files/{}", file["id"].as_str().unwrap_or_default())).await?;
        assert_eq!(got.status(), 200);
        let header = |name: &str| got.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(header("content-disposition"), "attachment; filename=\"__.exe.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C.exe.pdf");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-security-policy").contains("sandbox"));
        assert_eq!(got.bytes().await?, sent);
    }

    async fn d5_the_contract_of_a_project_is_its_creators_and_the_reviewers(app) {
        let served = Served::start(app)?;
        let scene = app.scene("blue", EditionName::Professional).await?;
        let detail = "query($id: ID!) { project(id: $id) { detail { contractFile { id } } } }";
        let read = scene.partner.ask(detail, json!({ "id": scene.project })).await?;
        let id = read["project"]["detail"]["contractFile"]["id"].as_str().unwrap_or_default().to_owned();
        let address = format!("/files/{id}");
        for (who, status) in [(&scene.partner, 200), (&scene.reviewer, 200), (&scene.colleague, 404), (&scene.developer, 404), (&scene.customer, 404)] {
            assert_eq!(served.get(who, &address).await?.status(), status);
        }
        let node = "query($id: ID!) { node(id: $id) { id } }";
        assert!(scene.colleague.ask(node, json!({ "id": id })).await?["node"].is_null());
        assert_eq!(scene.partner.ask(node, json!({ "id": id })).await?["node"]["id"], json!(id));
    }

    async fn what_a_purpose_does_not_allow_is_refused_with_what_it_allows(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let kind = refusal(served.put(&partner, "purpose=CONTRACT&name=a.pdf", "{}").await?, 415).await?;
        assert!(kind["message"].as_str().is_some_and(|text| text.contains("PDF, PNG, JPEG")), "{kind}");
        let zh = refusal(served.put(&partner.in_chinese(), "purpose=PACKAGE&name=a.json", PDF).await?, 415).await?;
        assert!(zh["message"].as_str().is_some_and(|text| text.contains("仅支持 JSON")), "{zh}");
        refusal(served.put(&partner, "purpose=CONTRACT&name=a.pdf", "").await?, 400).await?;
        refusal(served.put(&partner, "purpose=PICTURE&name=a.pdf", PDF).await?, 400).await?;
        refusal(served.put(&partner, "name=a.pdf", PDF).await?, 400).await?;
        let mut large = vec![0; 21 * 1024 * 1024];
        large[..PDF.len()].copy_from_slice(PDF);
        let announced = refusal(served.put(&partner, "purpose=CONTRACT&name=a.pdf", large).await?, 413).await?;
        assert!(announced["message"].as_str().is_some_and(|text| text.contains("20 MiB")), "{announced}");
    }

    async fn files_are_uploaded_by_partners_and_exist_for_their_own_alone(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().expect("signed in");
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        // An organisation may be partner and customer at once; its employees read no contracts.
        let employee = app.person("ce", "acme", &acme, &[Role::CustomerEmployee]).await?;
        let rival = app.partner("rival").await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        let reviewer = app.reviewer().await?;
        let query = "purpose=CONTRACT&name=a.pdf";
        for by in [&customer, &reviewer, &employee] {
            let denied = refusal(served.put(by, query, PDF).await?, 403).await?;
            assert_eq!((denied["code"].as_str(), denied["message"].as_str()), (Some("NO_PERMISSION"), Some("No permission")));
        }
        let nobody = refusal(served.put(&app.nobody(), query, PDF).await?, 401).await?;
        assert_eq!(nobody["code"], "UNAUTHENTICATED");
        let file: Value = served.put(&developer, query, PDF).await?.json().await?;
        let id = file["id"].as_str().unwrap_or_default();
        assert_eq!(served.get(&developer, &format!("/files/{id}")).await?.status(), 200);
        let missing = refusal(served.get(&rival, "/files/file_01ARZ3NDEKTSV4RRFFQ69G5FAV").await?, 404).await?;
        for by in [&partner, &rival, &customer, &employee, &reviewer] {
            assert_eq!(refusal(served.get(by, &format!("/files/{id}")).await?, 404).await?, missing);
            assert_eq!(refusal(served.get(by, "/files/..%2Fsecret").await?, 404).await?, missing);
        }
        refusal(served.get(&app.nobody(), &format!("/files/{id}")).await?, 401).await?;
        let mut over = partner.clone();
        over.bearer = Some("not.a.token".to_owned());
        refusal(served.get(&over, &format!("/files/{id}")).await?, 401).await?;
    }
}
