//! Methods, media types, status codes and the shape of answers.

use serde_json::json;

use super::*;

#[tokio::test]
async fn a_query_is_answered_with_its_cost_and_request_id() {
    let house = House::open().await;
    let request = house
        .ask(json!({"query": "{ hello requestId }"}))
        .header("x-request-id", "abc-12345");
    let answer = request.send().await.unwrap();
    assert_eq!(
        answer.headers()["content-type"],
        "application/graphql-response+json; charset=utf-8"
    );
    assert_eq!(answer.headers()["x-request-id"], "abc-12345");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(body["data"], json!({"hello": "hello", "requestId": "abc-12345"}));
    assert_eq!(body["extensions"]["cost"], json!({"requested": 2, "limit": 20000}));
    assert!(body.get("errors").is_none());
    let (_, made) = super::answer(
        house
            .ask(json!({"query": "{ requestId }"}))
            .header("x-request-id", "no spaces\""),
    )
    .await;
    assert_eq!(made["data"]["requestId"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn request_errors_have_no_data_and_a_status_by_media_type() {
    let house = House::open().await;
    for (query, expected) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($n: Int!) { echo(number: $n) }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ echo(number: \"x\") }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { count(to: 1) }", "SUBSCRIPTION_OVER_HTTP"),
    ] {
        let (status, body) = answer(house.ask(json!({"query": query}))).await;
        assert_eq!((status, code(&body)), (400, expected), "{query}: {body}");
        assert!(
            body.get("data").is_none() && body["errors"][0]["extensions"]["requestId"].is_string(),
            "{body}"
        );
        let plain = house
            .client
            .post(format!("{}/graphql", house.url))
            .header("content-type", "application/json");
        let (status, body) = answer(plain.body(json!({"query": query}).to_string())).await;
        assert_eq!((status, code(&body)), (200, expected), "{query}");
        assert!(body.get("data").is_none());
    }
    let wrong = json!({"query": "query($n: Int!) { echo(number: $n) }", "variables": {"n": "x"}});
    let (status, body) = answer(house.ask(wrong)).await;
    assert_eq!((status, body.get("data")), (400, None), "{body}");
}

#[tokio::test]
async fn bodies_that_are_no_request_are_refused_with_the_right_status() {
    let house = House::open().await;
    let post = |kind: Option<&str>, body: &str| {
        let request = house
            .client
            .post(format!("{}/graphql", house.url))
            .body(body.to_owned());
        answer(
            kind.iter()
                .fold(request, |request, kind| request.header("content-type", *kind)),
        )
    };
    let good = r#"{"query":"{ hello }"}"#;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin1",
    ] {
        assert_eq!(post(Some(kind), good).await.0, 415, "{kind}");
    }
    assert_eq!(post(None, good).await.0, 415);
    for body in [
        "",
        "{",
        "[]",
        r#"[{"query":"{ hello }"}]"#,
        "1",
        r#"{"query":1}"#,
        r#"{}"#,
        "\u{0}",
        r#"{"query":"{ hello }","variables":[]}"#,
        r#"{"query":"{ hello }","operationName":1}"#,
        r#"{"query":"{ hello }","extensions":"x"}"#,
    ] {
        let (status, answer) = post(Some("application/json"), body).await;
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{body}");
    }
    assert_eq!(post(Some("application/json; charset=UTF-8"), good).await.0, 200);
    let large = format!(
        r#"{{"query":"{{ hello }}","variables":{{"a":"{}"}}}}"#,
        "x".repeat(2 << 20)
    );
    let (status, body) = post(Some("application/json"), &large).await;
    assert_eq!((status, code(&body)), (413, "LIMIT_BODY"));
    let (status, _) = answer(house.get("/graphql?query={hello}").header("accept", "text/html")).await;
    assert_eq!(status, 406);
}

#[tokio::test]
async fn get_is_for_queries_and_other_methods_are_named() {
    let house = House::open().await;
    let (status, body) = answer(house.get("/graphql?query=%7Bhello%7D&variables=%7B%7D&operationName=")).await;
    assert_eq!((status, &body["data"]["hello"]), (200, &json!("hello")));
    let refused = house.get("/graphql?query=mutation%7Bbump%7D").send().await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), refused.headers()["allow"].to_str().unwrap()),
        (405, "POST")
    );
    for (query, status) in [
        ("", 400),
        ("?query=%7Bhello%7D&variables=x", 400),
        ("?query=%7Ba%7D&query=%7Bb%7D", 400),
    ] {
        assert_eq!(
            answer(house.get(&format!("/graphql{query}"))).await.0,
            status,
            "{query}"
        );
    }
    let put = house.client.put(format!("{}/graphql", house.url)).send().await.unwrap();
    assert_eq!(
        (put.status().as_u16(), put.headers()["allow"].to_str().unwrap()),
        (405, "GET, POST")
    );
}

#[tokio::test]
async fn faults_tell_only_their_request_id() {
    let house = House::open().await;
    let (status, body) = answer(house.ask(json!({"query": "{ hello maybeBroken }"}))).await;
    assert_eq!((status, code(&body)), (200, "INTERNAL"));
    assert_eq!(body["data"], json!({"hello": "hello", "maybeBroken": null}));
    assert!(!body.to_string().contains("secret"), "{body}");
    let (status, body) = answer(house.ask(json!({"query": "{ broken }"}))).await;
    assert_eq!((status, code(&body), &body["data"]), (200, "INTERNAL", &Value::Null));
    assert!(body.as_object().unwrap().contains_key("data"), "execution began");
    let (status, body) = answer(house.ask(json!({"query": "{ panicking }"}))).await;
    assert_eq!((status, code(&body)), (500, "INTERNAL"));
    let (status, body) = answer(house.ask(json!({"query": "{ slow }"}))).await;
    assert_eq!((status, code(&body)), (503, "LIMIT_TIME"));
    let (status, _) = answer(house.ask(json!({"query": "{ hello }"}))).await;
    assert_eq!(status, 200, "still serving");
}

#[tokio::test]
async fn a_bad_token_is_401_and_no_token_is_anonymous() {
    let house = House::open().await;
    let send = |token: Option<&str>, query: &str| {
        let request = house
            .client
            .post(format!("{}/graphql", house.url))
            .header("content-type", "application/json");
        let request = token.iter().fold(request, |request, token| {
            request.header("authorization", format!("Bearer {token}"))
        });
        request.body(json!({"query": query}).to_string()).send()
    };
    let refused = send(Some("bad"), "{ hello }").await.unwrap();
    assert_eq!(refused.status(), 401);
    assert!(
        refused.headers()["www-authenticate"]
            .to_str()
            .unwrap()
            .starts_with("Bearer")
    );
    let body: Value = serde_json::from_str(&refused.text().await.unwrap()).unwrap();
    assert_eq!(
        (code(&body), body["errors"][0]["message"].as_str()),
        ("UNAUTHENTICATED", Some("Sign in again"))
    );
    let text = send(None, "{ __schema { types { name } } }")
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.contains("INTROSPECTION_REFUSED"), "{text}");
    let text = send(None, "{ __type(name: \"Query\") { name } }")
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.contains("\"__type\":null"), "{text}");
    let text = send(None, "{ helo }").await.unwrap().text().await.unwrap();
    assert!(!text.contains("Did you mean"), "{text}");
    let text = send(Some("good"), "{ __schema { queryType { name } } }")
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.contains("\"Query\""), "{text}");
    house.door.broken.store(true, Ordering::SeqCst);
    assert_eq!(send(Some("good"), "{ hello }").await.unwrap().status(), 500);
}

#[tokio::test]
async fn cookies_go_both_ways() {
    let house = House::open().await;
    let request = house
        .ask(json!({"query": "{ cookie }"}))
        .header("cookie", "x=1; appshelf_refresh=abc");
    let answer = request.send().await.unwrap();
    let cookies: Vec<_> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|v| v.to_str().unwrap().to_owned())
        .collect();
    assert_eq!(cookies, ["a=1; HttpOnly", "b=2; HttpOnly"]);
    assert!(answer.text().await.unwrap().contains("true"));
}

#[tokio::test]
async fn long_answers_are_compressed_and_short_ones_are_not() {
    let house = House::open().await;
    for (coding, query, expected) in [
        ("br", "{ long }", Some("br")),
        ("gzip", "{ long }", Some("gzip")),
        ("identity", "{ long }", None),
        ("br", "{ hello }", None),
    ] {
        let answer = house
            .ask(json!({"query": query}))
            .header("accept-encoding", coding)
            .send()
            .await
            .unwrap();
        let encoding = answer
            .headers()
            .get("content-encoding")
            .map(|v| v.to_str().unwrap().to_owned());
        assert_eq!(encoding.as_deref(), expected, "{coding} {query}");
        let length = answer.bytes().await.unwrap().len();
        assert!(expected.is_none() || length < 500, "{length}");
    }
}

#[tokio::test]
async fn other_origins_are_let_in_only_when_configured() {
    let settings = Settings {
        cors_origins: Some("https://apps.example.com".into()),
        ..Settings::default()
    };
    let house = House::with(settings).await;
    let preflight = |origin: &str| {
        house
            .client
            .request(reqwest::Method::OPTIONS, format!("{}/graphql", house.url))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type")
            .send()
    };
    let good = preflight("https://apps.example.com").await.unwrap();
    assert_eq!(
        good.headers()["access-control-allow-origin"],
        "https://apps.example.com"
    );
    assert_eq!(good.headers()["access-control-allow-credentials"], "true");
    let bad = preflight("https://evil.example").await.unwrap();
    assert!(bad.headers().get("access-control-allow-origin").is_none());
    let closed = House::open().await;
    let answer = closed
        .ask(json!({"query": "{ hello }"}))
        .header("origin", "https://evil.example")
        .send()
        .await
        .unwrap();
    assert!(answer.headers().get("access-control-allow-origin").is_none());
}

/// The whole suite of valid but heavy documents against a real schema: none may take long. Times are printed.
#[tokio::test]
async fn heavy_documents_are_answered_quickly() {
    let house = House::open().await;
    let same = format!("{{ {} }}", "hello ".repeat(3_900));
    let conflicts = format!(
        "{{ {} }}",
        (0..600).map(|n| format!("echo(number: {n}) ")).collect::<String>()
    );
    let spreads: String = (0..300)
        .map(|n| format!("fragment F{n} on Query {{ ...F{} }} ", n + 1))
        .collect();
    let chain = format!("{{ ...F0 }} {spreads} fragment F300 on Query {{ hello }}");
    for (what, query) in [
        ("3,900 equal fields", same),
        ("600 conflicting fields", conflicts),
        ("a chain of 300 fragments", chain),
    ] {
        let begun = std::time::Instant::now();
        let (status, body) = answer(house.ask(json!({"query": query}))).await;
        println!(
            "{what}: {status} in {:?}, {} bytes",
            begun.elapsed(),
            body.to_string().len()
        );
        assert!(
            body.to_string().len() < 20_000,
            "an answer must not be larger than its question"
        );
    }
}
