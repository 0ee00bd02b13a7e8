//! Promotion links of the demo (L18–L20): one by which people came, one that is to begin with a fair, and one that is over with.

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::actor::Somebody;

const LINK: &str = "... on PromotionLink { id url }";
/// How many browsers came by the link.
const BROWSERS: usize = 9;

/// Makes the links of a partner's product; the token of the one that sells.
pub async fn tell(partner: &Somebody, product: &Value, now: DateTime<Utc>) -> anyhow::Result<String> {
    let made = link(partner, product, "上海工博会易拉宝", "expo-shanghai", None).await?;
    let begins = now + Duration::days(30);
    link(partner, product, "十二月渠道大会", "partner-day", Some(begins)).await?;
    let over = link(partner, product, "九月公众号推文", "wechat-09", None).await?;
    let input = json!({ "id": over["id"] });
    partner
        .act("disablePromotionLink", "PromotionLinkActionInput", input, LINK)
        .await?;
    let url = made["url"].as_str().context("it has an address")?;
    let (_, token) = url.rsplit_once('/').context("the address ends with the token")?;
    Ok(token.to_owned())
}

async fn link(
    partner: &Somebody,
    product: &Value,
    name: &str,
    channel: &str,
    from: Option<DateTime<Utc>>,
) -> anyhow::Result<Value> {
    let input = json!({ "productId": product["id"], "name": name, "channelCode": channel, "validFrom": from });
    partner
        .act("createPromotionLink", "CreatePromotionLinkInput", input, LINK)
        .await
}

/// Browsers that come by a link, some more often than once; the person is signed in with each.
pub async fn visit(by: &Somebody, token: &str) -> anyhow::Result<()> {
    let on = "... on OpenedPromotion { counted }";
    for browser in 0..BROWSERS {
        for _ in 0..=(browser % 3) {
            let input = json!({ "token": token, "visitorId": format!("demo-browser-{browser:04}") });
            by.act("openPromotion", "OpenPromotionInput", input, on).await?;
        }
    }
    Ok(())
}
