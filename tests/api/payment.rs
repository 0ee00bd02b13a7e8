//! A payment gateway over real connections (L14): what it tells opens, closes and gives back orders once, whether it is forged, late,
//! doubled or out of order.

use anyhow::{Context as _, Result};
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::buying::{ORDER, Wanted, license, order, paid, refund};
use appshelf_tests::listing::Listing;
use appshelf_tests::on_each_database;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, Mac as _};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::served::Served;

const SECRET: &str = "k7Yw2q9vB4xN8mC3tR6zL1pF5hJ0dG2s";

/// A shop whose customers pay through a gateway.
struct Till {
    app: TestApp,
    served: Served,
    partner: Someone,
    customer: Someone,
    product: Value,
}

/// A message of the gateway, and how it is sent.
#[derive(Clone)]
struct Message {
    id: &'static str,
    at: DateTime<Utc>,
    secret: &'static str,
    body: Value,
}

impl Message {
    fn new(id: &'static str, kind: &str, order: &Value, reference: &str, at: DateTime<Utc>) -> Self {
        let body = json!({
            "type": kind, "orderId": order["id"], "amount": 0, "currency": "CNY", "reference": reference, "occurredAt": at,
        });
        let mut message = Self {
            id,
            at,
            secret: SECRET,
            body,
        };
        message.body["amount"] = order["amount"]["amount"]
            .as_str()
            .and_then(|it| it.parse::<i64>().ok())
            .into();
        message
    }
}

impl Till {
    async fn open(app: &TestApp) -> Result<Self> {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let through = app.paid_through("https://pay.example.com/checkout", SECRET)?;
        Ok(Self {
            served: Served::start(&through)?,
            app: through,
            partner: listing.partner,
            customer,
            product,
        })
    }

    fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The answer to a message.
    async fn tell(&self, message: &Message) -> Result<StatusCode> {
        let (body, at) = (message.body.to_string(), message.at.timestamp().to_string());
        let mut mac = Hmac::<Sha256>::new_from_slice(message.secret.as_bytes())?;
        mac.update(format!("{}.{at}.{body}", message.id).as_bytes());
        let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let request = self.served.client.post(format!("{}/payments/webhook", self.served.url));
        let request = request
            .header("webhook-id", message.id)
            .header("webhook-timestamp", at)
            .header("webhook-signature", signature)
            .header("content-type", "application/json")
            .body(body);
        Ok(request.send().await?.status())
    }

    async fn placed(&self) -> Result<Value> {
        let placed = order(&self.customer, &self.product, Wanted(1, 12, Some(12))).await?;
        anyhow::ensure!(placed["status"] == "AWAITING_PAYMENT", "{placed}");
        Ok(placed)
    }

    /// The order as the partner sees it.
    async fn seen(&self, order: &Value) -> Result<Value> {
        let document = format!(
            "query($id: ID!) {{ productOrder(id: $id) {{ {} paymentEvents {{ kind outcome reference }} }} }}",
            ORDER.trim_start_matches("... on ProductOrder {").trim_end_matches('}')
        );
        Ok(self.partner.ask(&document, json!({ "id": order["id"] })).await?["productOrder"].take())
    }
}

on_each_database! {
    async fn l14_a_payment_that_the_gateway_tells_of_opens_the_order_once(app) {
        let till = Till::open(app).await?;
        let placed = till.placed().await?;
        let message = Message::new("m1", "payment.succeeded", &placed, "gw-1", till.now());
        for _ in 0..3 {
            assert_eq!(till.tell(&message).await?, StatusCode::OK, "doubled");
        }
        let other_id = Message { id: "m2", ..message.clone() };
        assert_eq!(till.tell(&other_id).await?, StatusCode::OK, "the same payment under another id");
        let seen = till.seen(&placed).await?;
        assert_eq!((&seen["status"], &seen["paymentProvider"], &seen["paymentReference"]), (&json!("PAID"), &json!("GATEWAY"), &json!("gw-1")), "{seen}");
        assert_eq!(seen["paymentEvents"], json!([
            { "kind": "PAYMENT_SUCCEEDED", "outcome": "APPLIED", "reference": "gw-1" },
            { "kind": "PAYMENT_SUCCEEDED", "outcome": "IGNORED", "reference": "gw-1" },
        ]));
        assert_eq!(license(&till.customer, &seen["license"]["id"]).await?["status"], "ACTIVE");
    }

    async fn l14_what_is_forged_altered_or_old_is_not_believed(app) {
        let till = Till::open(app).await?;
        let placed = till.placed().await?;
        let good = Message::new("m1", "payment.succeeded", &placed, "gw-1", till.now());
        let forged = Message { secret: "another secret of thirty-two bytes", ..good.clone() };
        assert_eq!(till.tell(&forged).await?, StatusCode::UNAUTHORIZED);
        let late = Message { at: till.now() - Duration::minutes(6), ..good.clone() };
        assert_eq!(till.tell(&late).await?, StatusCode::UNAUTHORIZED, "recorded and sent again");
        let early = Message { at: till.now() + Duration::minutes(6), ..good.clone() };
        assert_eq!(till.tell(&early).await?, StatusCode::UNAUTHORIZED);
        let unsigned = till.served.client.post(format!("{}/payments/webhook", till.served.url)).body(good.body.to_string()).send().await?;
        assert_eq!(unsigned.status(), StatusCode::BAD_REQUEST);
        let mut nonsense = good.clone();
        nonsense.body = json!({ "type": "payment.imagined" });
        assert_eq!(till.tell(&nonsense).await?, StatusCode::BAD_REQUEST);
        let mut unknown = good.clone();
        unknown.body["orderId"] = json!("productorder_01J00000000000000000000000");
        assert_eq!(till.tell(&unknown).await?, StatusCode::NOT_FOUND);
        let seen = till.seen(&placed).await?;
        assert_eq!((&seen["status"], &seen["paymentEvents"]), (&json!("AWAITING_PAYMENT"), &json!([])));
        let plain = Served::start(app)?;
        let answer = plain.client.post(format!("{}/payments/webhook", plain.url)).body("{}").send().await?;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "no gateway is configured");
    }

    async fn l14_a_wrong_amount_a_second_payment_and_one_for_a_closed_order_go_back(app) {
        let till = Till::open(app).await?;
        let placed = till.placed().await?;
        let mut less = Message::new("m1", "payment.succeeded", &placed, "gw-1", till.now());
        less.body["amount"] = json!(1);
        assert_eq!(till.tell(&less).await?, StatusCode::OK);
        assert_eq!(till.seen(&placed).await?["status"], "AWAITING_PAYMENT");
        assert_eq!(till.tell(&Message::new("m2", "payment.failed", &placed, "gw-2", till.now())).await?, StatusCode::OK);
        assert_eq!(paid(&till.partner, &placed).await?["status"], "PAID", "a bank transfer was quicker");
        assert_eq!(till.tell(&Message::new("m3", "payment.succeeded", &placed, "gw-3", till.now())).await?, StatusCode::OK);
        let outcomes: Vec<Value> = till.seen(&placed).await?["paymentEvents"].as_array().into_iter().flatten().map(|it| it["outcome"].clone()).collect();
        assert_eq!(outcomes, ["TO_RETURN", "IGNORED", "TO_RETURN"]);

        let next = order(&till.customer, &till.product, Wanted(1, 20, None)).await?;
        let input = json!({ "id": next["id"] });
        till.customer.act("closeProductOrder", "ProductOrderActionInput", input, ORDER, None).await?;
        assert_eq!(till.tell(&Message::new("m4", "payment.succeeded", &next, "gw-4", till.now())).await?, StatusCode::OK);
        let seen = till.seen(&next).await?;
        assert_eq!((&seen["status"], &seen["paymentEvents"][0]["outcome"]), (&json!("CLOSED"), &json!("TO_RETURN")), "{seen}");
        let inbox = till.partner.ask("{ notifications(first: 10) { nodes { kind } } }", json!({})).await?;
        assert_eq!(inbox.to_string().matches("PAYMENT_TO_RETURN").count(), 3, "{inbox}");
    }

    async fn l14_messages_that_overtake_each_other_come_to_the_same(app) {
        let till = Till::open(app).await?;
        let placed = till.placed().await?;
        let at = till.now();
        let refunded = Message::new("m2", "refund.succeeded", &placed, "gw-1", at + Duration::seconds(5));
        assert_eq!(till.tell(&refunded).await?, StatusCode::OK, "kept, and nothing is given back that was not paid");
        let seen = till.seen(&placed).await?;
        assert_eq!((&seen["status"], &seen["paymentEvents"][0]["outcome"]), (&json!("AWAITING_PAYMENT"), &json!("WAITING")));
        assert_eq!(till.tell(&Message::new("m1", "payment.succeeded", &placed, "gw-1", at)).await?, StatusCode::OK);
        let seen = till.seen(&placed).await?;
        assert_eq!((&seen["status"], &seen["refund"]["amount"]), (&json!("REFUNDED"), &placed["amount"]["amount"]), "{seen}");
        assert_eq!(license(&till.customer, &seen["license"]["id"]).await?["status"], "REFUNDED");
        assert_eq!(till.tell(&Message::new("m3", "payment.failed", &placed, "gw-1", at)).await?, StatusCode::OK);
        assert_eq!(till.seen(&placed).await?["status"], "REFUNDED", "what failed before it succeeded changes nothing");
    }

    async fn l14_a_refund_through_the_gateway_ends_when_the_gateway_says_so(app) {
        let till = Till::open(app).await?;
        let placed = till.placed().await?;
        till.tell(&Message::new("m1", "payment.succeeded", &placed, "gw-1", till.now())).await?;
        let back = refund(&till.customer, &placed, "").await?;
        assert_eq!(back["status"], "REFUNDING", "{back}");
        let actions = till.seen(&placed).await?["availableActions"].take();
        assert_eq!(actions, json!([]), "nobody has to confirm what the gateway tells");
        till.tell(&Message::new("m2", "refund.failed", &placed, "gw-1", till.now())).await?;
        let inbox = till.partner.ask("{ notifications(first: 10) { nodes { kind } } }", json!({})).await?;
        assert!(inbox.to_string().contains("REFUND_FAILED"), "{inbox}");
        till.tell(&Message::new("m3", "refund.succeeded", &placed, "gw-1", till.now())).await?;
        assert_eq!(till.seen(&placed).await?["status"], "REFUNDED");
    }

    async fn l14_a_browser_carries_a_sealed_amount_to_the_gateway(app) {
        let till = Till::open(app).await?;
        let placed = till.placed().await?;
        let there = till.customer.at(&till.app);
        let document = "query($id: ID!) { productOrder(id: $id) { paymentInstructions { checkoutUrl } } }";
        let data = there.ask(document, json!({ "id": placed["id"] })).await?;
        let url = data["productOrder"]["paymentInstructions"]["checkoutUrl"].as_str().context("a gateway is configured")?.to_owned();
        assert!(url.starts_with("https://pay.example.com/checkout?order=productorder_") && url.contains("&amount=129600&currency=CNY&return="), "{url}");
        assert!(url.contains("&signature="), "{url}");
    }
}
