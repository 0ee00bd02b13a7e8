//! Promotion links as tests make and follow them, over the API.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Someone;
use crate::listing::{Listing, content, create, review, save, submit};

/// What most tests read of a link.
pub const LINK: &str =
    "... on PromotionLink { id name channelCode url status validFrom validTo version availableActions
    product { id } createdBy { name } total { opens visitors signIns installs orders revenue } }";

/// Makes a link of a product with these fields of its input besides.
pub async fn create_link(partner: &Someone, product: &Value, channel: &str, more: Value) -> Result<Value> {
    let mut input = json!({ "productId": product["id"], "name": format!("链接 {channel}"), "channelCode": channel });
    for (field, value) in more.as_object().into_iter().flatten() {
        input[field] = value.clone();
    }
    partner
        .act("createPromotionLink", "CreatePromotionLinkInput", input, LINK, None)
        .await
}

/// The token in the address of a link.
pub fn token(link: &Value) -> Result<String> {
    let url = link["url"].as_str().with_context(|| format!("{link}"))?;
    let (_, token) = url.rsplit_once("/promotion/").context("it leads to a promotion")?;
    Ok(token.to_owned())
}

/// What a link shows to somebody.
pub async fn shown(who: &Someone, token: &str) -> Result<Value> {
    let document =
        "query($token: String!) { promotion(token: $token) { status validFrom validTo productName partnerName
        product { id name summary partnerName plans { itemCode name } trial } } }";
    Ok(who.ask(document, json!({ "token": token })).await?["promotion"].take())
}

/// Reports that somebody opened the page of a link.
pub async fn visit(who: &Someone, token: &str, visitor: &str) -> Result<Value> {
    let input = json!({ "token": token, "visitorId": visitor });
    let on = "... on OpenedPromotion { counted }";
    who.act("openPromotion", "OpenPromotionInput", input, on, None).await
}

/// What came of a link on the last days.
pub async fn funnel(partner: &Someone, link: &Value, days: i32) -> Result<Value> {
    let document = "query($id: ID!, $days: Int!) { promotionFunnel(linkId: $id, days: $days) {
        total { opens visitors signIns installs orders revenue } days { day counts { opens visitors signIns installs orders revenue } } } }";
    let data = partner.ask(document, json!({ "id": link["id"], "days": days })).await;
    Ok(data?["promotionFunnel"].take())
}

/// An approved product that its own channel alone sells.
pub async fn own_channel(scene: &Listing) -> Result<Value> {
    let made = create(&scene.partner, &scene.application).await?;
    let mut wanted = content(&scene.partner, &scene.category).await?;
    wanted["promotionMode"] = "OWN_CHANNEL".into();
    let draft = save(&scene.partner, &made, wanted).await?;
    let handed_in = submit(&scene.partner, &draft).await?;
    let approved = review(&scene.operator, &handed_in, "APPROVE", None).await?;
    anyhow::ensure!(approved["status"] == "APPROVED", "{approved}");
    Ok(approved)
}
