//! The front end's files, health, metrics and what every answer carries.

use super::*;

async fn with_front_end() -> House {
    let root = std::env::temp_dir().join(format!("appshelf-web-{}", rand::random::<u64>()));
    std::fs::create_dir_all(root.join("sub")).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html><title>AppShelf</title>"),
        ("app-0123456789abcdef.js", "plain"),
        ("app-0123456789abcdef.js.br", "brotli"),
        ("app-0123456789abcdef.js.gz", "gzip"),
        ("sub/picture.svg", "<svg/>"),
    ] {
        std::fs::write(root.join(name), content).unwrap();
    }
    let house = House::with(Settings {
        web_root: Some(root.display().to_string()),
        ..Settings::default()
    })
    .await;
    std::fs::remove_dir_all(&root).unwrap();
    house
}

async fn text(request: reqwest::RequestBuilder) -> (u16, String) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn hashed_files_are_kept_and_precompressed() {
    let house = with_front_end().await;
    for (accept, expected) in [
        ("br, gzip", "brotli"),
        ("gzip", "gzip"),
        ("identity", "plain"),
        ("br;q=0, gzip", "gzip"),
    ] {
        let answer = house
            .get("/app-0123456789abcdef.js")
            .header("accept-encoding", accept)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(
            answer.headers()["vary"].to_str().unwrap().to_lowercase(),
            "accept-encoding"
        );
        let tag = answer.headers()["etag"].clone();
        assert_eq!(answer.text().await.unwrap(), expected, "{accept}");
        let again = house
            .get("/app-0123456789abcdef.js")
            .header("accept-encoding", accept)
            .header("if-none-match", tag);
        assert_eq!(text(again).await, (304, String::new()));
    }
    assert_eq!(text(house.get("/sub/picture.svg")).await, (200, "<svg/>".to_owned()));
    assert_eq!(text(house.get("/app-0123456789abcdef.js.br")).await.0, 404);
}

#[tokio::test]
async fn pages_belong_to_the_front_end_and_only_pages() {
    let house = with_front_end().await;
    for path in ["/", "/portal/projects", "/purchase/aaaa.bbbb"] {
        let answer = house.get(path).header("accept", "text/html,*/*").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["cache-control"], "no-cache");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("unsafe-inline"),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self' ws://127.0.0.1:"), "{policy}");
        assert!(answer.text().await.unwrap().contains("AppShelf"));
    }
    for path in [
        "/missing.js",
        "/graphql/nothing",
        "/files/x",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "//etc/passwd",
    ] {
        let page = if path.starts_with("/missing") {
            "*/*"
        } else {
            "text/html"
        };
        let (status, body) = text(house.get(path).header("accept", page)).await;
        assert!(
            status == 404 || body.contains("<title>AppShelf"),
            "{path}: {status} {body}"
        );
    }
    assert_eq!(text(house.get("/files/x").header("accept", "text/html")).await.0, 404);
    assert_eq!(text(house.client.post(format!("{}/portal", house.url))).await.0, 404);
}

#[tokio::test]
async fn a_page_that_has_not_changed_keeps_its_policy() {
    let house = with_front_end().await;
    let first = house.get("/").send().await.unwrap();
    let again = house
        .get("/")
        .header("if-none-match", first.headers()["etag"].clone())
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
    // Browsers put the headers of a 304 in place of those that they kept.
    for name in ["content-security-policy", "content-type", "cache-control"] {
        assert_eq!(again.headers()[name], first.headers()[name], "{name}");
    }
}

#[tokio::test]
async fn every_answer_protects_the_browser() {
    let house = with_front_end().await;
    for path in ["/", "/graphql", "/livez", "/nothing", "/.well-known/jwks.json"] {
        let answer = house.get(path).send().await.unwrap();
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "x-request-id",
        ] {
            assert!(answer.headers().contains_key(name), "{name} on {path}");
        }
        assert!(!answer.headers().contains_key("strict-transport-security"));
        assert_ne!(
            answer.headers().get("content-encoding").map(|v| v.as_bytes()),
            Some(&b"identity"[..])
        );
    }
    let secure = House::with(Settings {
        base_url: Some("https://apps.example.com".into()),
        ..Settings::default()
    })
    .await;
    let answer = secure.get("/livez").send().await.unwrap();
    assert!(answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn health_follows_the_database_and_the_wish_to_stop() {
    let house = House::open().await;
    assert_eq!(text(house.get("/livez")).await.0, 200);
    assert_eq!(text(house.get("/readyz")).await.0, 200);
    house.database.gone.store(true, Ordering::SeqCst);
    let (status, body) = text(house.get("/readyz")).await;
    assert_eq!(status, 503);
    assert!(!body.contains("gone"), "{body}");
    assert_eq!(text(house.get("/livez")).await.0, 200);
}

#[tokio::test]
async fn metrics_name_routes_and_bounded_operations_and_never_paths() {
    let house = with_front_end().await;
    let _ = text(house.get("/purchase/sEcReT").header("accept", "text/html")).await;
    for n in 0..300 {
        let query = serde_json::json!({"query": format!("query Q{n} {{ hello }}"), "operationName": format!("Q{n}")});
        let _ = answer(house.ask(query)).await;
    }
    let (status, text) = text(house.get("/metrics")).await;
    assert_eq!(status, 200);
    assert!(
        text.contains("appshelf_test_gauge 7") && text.contains("process_resident_memory_bytes"),
        "{text}"
    );
    assert!(
        text.contains(r#"route="(page)""#)
            && text.contains(r#"operation="Q7""#)
            && text.contains(r#"operation="other""#)
    );
    assert!(!text.contains("sEcReT") && !text.contains(r#"operation="Q299""#));
    let keys: Value = answer(house.get("/.well-known/jwks.json")).await.1;
    assert_eq!(keys["keys"][0]["crv"], "Ed25519");
}

#[tokio::test]
async fn running_requests_finish_when_the_server_stops() {
    let mut house = House::open().await;
    let running = house.ask(serde_json::json!({"query": "{ slow }"}));
    let running = tokio::spawn(answer(running));
    tokio::time::sleep(Duration::from_millis(200)).await;
    house.stopper.stop();
    let (status, body) = running.await.unwrap();
    assert_eq!((status, code(&body)), (503, "LIMIT_TIME"), "it got its own answer");
    tokio::time::timeout(Duration::from_secs(10), &mut house.ended)
        .await
        .expect("the server ends")
        .unwrap()
        .unwrap();
}
