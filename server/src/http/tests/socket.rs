//! graphql-transport-ws: messages, close codes, and the end of a session.

use futures_util::SinkExt;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::*;

type Raw = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

struct Client(Raw);

impl Client {
    async fn connect(house: &House) -> Self {
        Self(connect(house, "graphql-transport-ws", None).await.unwrap())
    }

    /// Connected and acknowledged.
    async fn signed_in(house: &House) -> Self {
        let mut client = Self::connect(house).await;
        client
            .say(json!({"type": "connection_init", "payload": {"authorization": "Bearer good"}}))
            .await;
        assert_eq!(client.hear().await["type"], "connection_ack");
        client
    }

    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"id": id, "type": "subscribe", "payload": {"query": query}}))
            .await;
    }

    /// The next message, or `{"close": code}`.
    async fn hear(&mut self) -> Value {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(5), self.0.next())
                .await
                .expect("a message in time");
            match message {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Close(frame))) => return json!({"close": frame.map(|f| u16::from(f.code))}),
                Some(Ok(_)) => {}
                None | Some(Err(_)) => return json!({"close": null}),
            }
        }
    }
}

async fn connect(house: &House, protocol: &str, origin: Option<&str>) -> Result<Raw, u16> {
    let mut request = format!("{}/graphql/ws", house.url.replace("http", "ws"))
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol.parse().unwrap());
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(_) => Err(0),
    }
}

#[tokio::test]
async fn a_subscription_brings_its_events_and_ends() {
    let house = House::open().await;
    let mut client = Client::signed_in(&house).await;
    client.subscribe("1", "subscription { count(to: 3) }").await;
    for n in 1..=3 {
        let event = client.hear().await;
        assert_eq!(
            (&event["type"], &event["id"], &event["payload"]["data"]["count"]),
            (&json!("next"), &json!("1"), &json!(n))
        );
    }
    assert_eq!(client.hear().await, json!({"type": "complete", "id": "1"}));
    client.say(json!({"type": "ping"})).await;
    assert_eq!(client.hear().await["type"], "pong");
    // The id is free again; completing it stops it.
    client.subscribe("1", "subscription { count(to: 100000) }").await;
    assert_eq!(client.hear().await["type"], "next");
    client.say(json!({"type": "complete", "id": "1"})).await;
    client.say(json!({"type": "ping"})).await;
    while client.hear().await["type"] != "pong" {}
    let silence = tokio::time::timeout(Duration::from_millis(100), client.0.next()).await;
    assert!(silence.is_err(), "{silence:?}");
}

#[tokio::test]
async fn documents_are_measured_and_refused_as_over_http() {
    let house = House::open().await;
    let mut client = Client::signed_in(&house).await;
    let deep = format!("subscription {}{}", "{ a ".repeat(16), "}".repeat(16));
    for (query, expected) in [
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("{ hello }", "QUERY_OVER_SOCKET"),
        (deep.as_str(), "LIMIT_DEPTH"),
    ] {
        client.subscribe("x", query).await;
        let message = client.hear().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("error"), &json!("x")),
            "{message}"
        );
        assert_eq!(
            message["payload"][0]["extensions"]["code"], expected,
            "{query}: {message}"
        );
    }
    for n in 0..20 {
        client
            .subscribe(&n.to_string(), "subscription { count(to: 100000) }")
            .await;
    }
    client.subscribe("one more", "subscription { count(to: 1) }").await;
    loop {
        let message = client.hear().await;
        if message["type"] == "error" {
            assert_eq!(message["payload"][0]["extensions"]["code"], "LIMIT_SUBSCRIPTIONS");
            break;
        }
    }
}

#[tokio::test]
async fn wrong_moves_close_with_the_protocol_s_codes() {
    let house = House::open().await;
    let init = json!({"type": "connection_init", "payload": {"authorization": "Bearer good"}});
    let subscribe = json!({"id": "1", "type": "subscribe", "payload": {"query": "subscription { count(to: 100000) }"}});
    for (messages, expected) in [
        (vec![subscribe.clone()], 4401),
        (vec![json!({"type": "connection_init"})], 4401),
        (
            vec![json!({"type": "connection_init", "payload": {"authorization": "Bearer bad"}})],
            4403,
        ),
        (vec![init.clone(), init.clone()], 4429),
        (vec![init.clone(), subscribe.clone(), subscribe.clone()], 4409),
        (vec![json!({"type": "start"})], 4400),
        (
            vec![init.clone(), json!({"id": "1", "type": "subscribe", "payload": {}})],
            4400,
        ),
        (vec![json!("text")], 4400),
        (vec![], 4408),
    ] {
        let mut client = Client::connect(&house).await;
        for message in &messages {
            client.say(message.clone()).await;
        }
        let code = loop {
            let message = client.hear().await;
            if message.get("close").is_some() {
                break message["close"].clone();
            }
        };
        assert_eq!(code, json!(expected), "{messages:?}");
    }
}

#[tokio::test]
async fn a_revoked_session_s_socket_ends_within_seconds() {
    let house = House::open().await;
    let mut busy = Client::signed_in(&house).await;
    busy.subscribe("1", "subscription { count(to: 100000) }").await;
    let mut idle = Client::signed_in(&house).await;
    house.door.revoked.store(true, Ordering::SeqCst);
    for client in [&mut busy, &mut idle] {
        while client.hear().await.get("close").is_none_or(|code| {
            assert_eq!(*code, json!(4401));
            false
        }) {}
    }
}

#[tokio::test]
async fn foreign_pages_and_other_protocols_get_no_socket() {
    let house = House::with(Settings {
        cors_origins: Some("https://apps.example.com".into()),
        ..Settings::default()
    })
    .await;
    let own = house.url.clone();
    assert!(connect(&house, "graphql-transport-ws", Some(&own)).await.is_ok());
    assert!(
        connect(&house, "graphql-transport-ws", Some("https://apps.example.com"))
            .await
            .is_ok()
    );
    assert_eq!(
        connect(&house, "graphql-transport-ws", Some("https://evil.example"))
            .await
            .err(),
        Some(403)
    );
    assert_eq!(
        connect(&house, "graphql-transport-ws", Some("null")).await.err(),
        Some(403)
    );
    assert_eq!(connect(&house, "graphql-ws", None).await.err(), Some(400));
}

#[tokio::test]
async fn sockets_end_when_the_server_stops() {
    let mut house = House::open().await;
    let mut client = Client::signed_in(&house).await;
    house.stopper.stop();
    assert_eq!(client.hear().await, json!({"close": 1001}));
    tokio::time::timeout(Duration::from_secs(5), &mut house.ended)
        .await
        .expect("the server ends")
        .unwrap()
        .unwrap();
}
