//! Where promotion links lead (L9, L18–L20): who sees what, what is opened and bought through them, what their orders carry, what is
//! counted, and attempts to buy by links that do not sell.

use anyhow::{Context as _, Result};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::buying::{ORDER, paid, refund};
use appshelf_tests::listing::{Listing, listed_as};
use appshelf_tests::on_each_database;
use appshelf_tests::promotion::{LINK, create_link, funnel, own_channel, shown, token, visit};
use chrono::{Duration, SecondsFormat};
use serde_json::{Value, json};

/// What a partner reads of an order besides.
const CODE: &str = "... on ProductOrder { id status isvOperationCode }";

/// A product that its own channel alone sells, a link of it, and people of a customer.
struct Channel {
    listing: Listing,
    product: Value,
    link: Value,
    token: String,
    /// The code of the first plan.
    plan: Value,
    customer: Someone,
    employee: Someone,
}

impl Channel {
    async fn open(app: &TestApp) -> Result<Self> {
        let listing = Listing::set(app).await?;
        let product = own_channel(&listing).await?;
        let link = create_link(&listing.partner, &product, "fair", json!({})).await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let blue = customer.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", "blue", &blue, &[Role::CustomerEmployee]).await?;
        let token = token(&link)?;
        Ok(Self {
            plan: shown(&customer, &token).await?["product"]["plans"][0]["itemCode"].take(),
            token,
            listing,
            product,
            link,
            customer,
            employee,
        })
    }

    fn partner(&self) -> &Someone {
        &self.listing.partner
    }

    /// Orders the first plan for ten people and a year.
    async fn order(&self, who: &Someone, token: Option<&str>) -> Result<Value> {
        let input = json!({ "productId": self.product["id"], "itemCode": self.plan, "seats": 10, "months": 12, "promotion": token });
        who.act("orderProduct", "OrderProductInput", input, ORDER, None).await
    }

    async fn try_out(&self, who: &Someone, token: Option<&str>) -> Result<Value> {
        let input = json!({ "productId": self.product["id"], "way": "TRIAL", "promotion": token });
        who.act("openProduct", "OpenProductInput", input, ORDER, None).await
    }

    /// The channel code of an order as somebody reads it.
    async fn code_of(&self, who: &Someone, order: &Value) -> Result<Value> {
        let document = "query($id: ID!) { productOrder(id: $id) { isvOperationCode } }";
        let mut data = who.ask(document, json!({ "id": order["id"] })).await?;
        Ok(data["productOrder"]["isvOperationCode"].take())
    }

    async fn switch(&self, mutation: &str) -> Result<Value> {
        let input = json!({ "id": self.link["id"] });
        self.partner()
            .act(mutation, "PromotionLinkActionInput", input, LINK, None)
            .await
    }

    async fn valid(&self, from: Option<String>, to: Option<String>) -> Result<Value> {
        let document = "query($id: ID!) { promotionLink(id: $id) { version } }";
        let read = self.partner().ask(document, json!({ "id": self.link["id"] })).await?;
        let input = json!({
            "id": self.link["id"], "version": read["promotionLink"]["version"], "name": "展会", "validFrom": from, "validTo": to,
        });
        self.partner()
            .act("changePromotionLink", "ChangePromotionLinkInput", input, LINK, None)
            .await
    }

    /// Everything by which something could be had through the link; the codes that it is refused with.
    async fn attempts(&self, token: &str) -> Result<Vec<Value>> {
        let document = "query($id: ID!, $t: String, $input: ProductQuoteInput!) {
            productOffer(productId: $id, promotion: $t) { ... on UserError { code } }
            productQuote(input: $input) { ... on UserError { code } } }";
        let input = json!({ "productId": self.product["id"], "itemCode": "item_none", "seats": 10, "months": 12, "promotion": token });
        let asked = json!({ "id": self.product["id"], "t": token, "input": input });
        let looked = self.customer.ask(document, asked).await?;
        let ask = json!({ "productId": self.product["id"], "promotion": token });
        let on = "... on AskedAdmins { productName }";
        let asked = self.employee.act("askAdmins", "AskAdminsInput", ask, on, None).await?;
        let mut tried = [
            looked["productOffer"].clone(),
            looked["productQuote"].clone(),
            self.try_out(&self.customer, Some(token)).await?,
            self.order(&self.customer, Some(token)).await?,
            asked,
        ];
        Ok(tried.iter_mut().map(|answer| answer["code"].take()).collect())
    }
}

on_each_database! {
    async fn l9_an_own_channel_product_is_had_by_its_link_from_approval_on_and_not_without(app) {
        let channel = Channel::open(app).await?;
        let (customer, token) = (&channel.customer, channel.token.as_str());
        // Nobody finds it on the marketplace.
        let market = "query($id: ID!) { marketProduct(id: $id) { id } marketProducts(first: 5) { nodes { id } } }";
        let looked = app.nobody().ask(market, json!({ "id": channel.product["id"] })).await?;
        assert_eq!(looked, json!({ "marketProduct": null, "marketProducts": { "nodes": [] } }));
        let refused = channel.try_out(customer, None).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("NOT_FOUND"), &json!(["productId"])));
        assert_eq!(channel.order(customer, None).await?["code"], "NOT_FOUND");

        // Whoever has the link sees it, signed in or not.
        let seen = shown(&app.nobody(), token).await?;
        assert_eq!((&seen["status"], &seen["product"]["name"], &seen["partnerName"]), (&json!("OPEN"), &json!("设备巡检"), &json!("acme Ltd")), "{seen}");
        assert_eq!(seen["product"]["plans"].as_array().map(Vec::len), Some(2));
        let document = "query($id: ID!, $t: String) { productOffer(productId: $id, promotion: $t) { ... on ProductOffer { ways } } }";
        let offered = customer.ask(document, json!({ "id": channel.product["id"], "t": token })).await?;
        assert_eq!(offered["productOffer"]["ways"], json!(["TRIAL", "PAID"]));
        assert_eq!(channel.try_out(&channel.employee, Some(token)).await?["code"], "NO_PERMISSION");
        let tried = channel.try_out(customer, Some(token)).await?;
        assert_eq!((&tried["status"], &tried["license"]["status"]), (&json!("PAID"), &json!("TRIAL")), "{tried}");

        // L19: the trial is attributed; what follows needs no link, and carries the code only where it came through one again.
        assert_eq!(channel.code_of(channel.partner(), &tried).await?, json!("fair"));
        assert_eq!(channel.code_of(customer, &tried).await?, json!(null), "the customer is told nothing of channels");
        let bought = channel.order(customer, None).await?;
        assert_eq!(bought["status"], "AWAITING_PAYMENT", "{bought}");
        assert_eq!(channel.code_of(channel.partner(), &bought).await?, json!(null));
    }

    async fn l19_the_channel_code_stands_on_every_order_that_came_through_and_stays(app) {
        let channel = Channel::open(app).await?;
        let placed = channel.order(&channel.customer, Some(&channel.token)).await?;
        assert_eq!(placed["status"], "AWAITING_PAYMENT", "{placed}");
        assert_eq!(channel.code_of(channel.partner(), &placed).await?, json!("fair"));
        // What was placed is paid and opened, whatever becomes of the link.
        channel.switch("disablePromotionLink").await?;
        let done = paid(channel.partner(), &placed).await?;
        assert_eq!((&done["status"], &done["license"]["status"]), (&json!("PAID"), &json!("ACTIVE")), "{done}");
        let document = "{ productOrders(first: 5) { nodes { isvOperationCode } } }";
        let listed = channel.partner().ask(document, json!({})).await?;
        assert_eq!(listed["productOrders"]["nodes"][0]["isvOperationCode"], "fair");
        let renewed = channel.order(&channel.customer, None).await?;
        assert_eq!(channel.code_of(channel.partner(), &renewed).await?, json!(null), "{renewed}");
        assert_eq!(channel.code_of(channel.partner(), &placed).await?, json!("fair"));
    }

    async fn l19_the_funnel_counts_people_once_and_money_less_what_went_back(app) {
        let channel = Channel::open(app).await?;
        let (partner, token) = (channel.partner(), channel.token.as_str());
        let (nobody, customer) = (app.nobody().browsing(), channel.customer.browsing());
        let counted = async |who: &Someone, visitor: &str| visit(who, token, visitor).await.map(|mut it| it["counted"].take());
        assert_eq!(counted(&nobody, "visitor-0000000001").await?, true);
        assert_eq!(counted(&nobody, "visitor-0000000001").await?, true);
        assert_eq!(counted(&nobody, "visitor-0000000002").await?, true);
        // Programs, browsers that guess and the partner's own people are none.
        assert_eq!(counted(&app.nobody(), "visitor-0000000003").await?, false);
        let mut bot = app.nobody();
        bot.user_agent = Some("Mozilla/5.0 (compatible; Googlebot/2.1)");
        assert_eq!(counted(&bot, "visitor-0000000004").await?, false);
        let mut guessing = nobody.clone();
        guessing.prefetch = true;
        assert_eq!(counted(&guessing, "visitor-0000000005").await?, false);
        assert_eq!(counted(&partner.browsing(), "visitor-0000000006").await?, false);
        // Fetching what the page shows counts nothing.
        shown(&nobody, token).await?;
        let short = visit(&nobody, token, "short").await?;
        assert_eq!(short["issues"][0]["path"], json!(["visitorId"]), "{short}");
        assert_eq!(visit(&nobody, &"x".repeat(32), "visitor-0000000001").await?["code"], "NOT_FOUND");

        for _ in 0..2 {
            assert_eq!(counted(&customer, "visitor-0000000001").await?, true);
        }
        counted(&channel.employee.browsing(), "visitor-0000000007").await?;
        let first = channel.order(&channel.customer, Some(token)).await?;
        paid(partner, &first).await?;
        app.advance(Duration::days(1));
        assert_eq!(counted(&customer, "visitor-0000000001").await?, true);
        let second = channel.order(&channel.customer, Some(token)).await?;
        let document = "mutation($id: ID!) { closeProductOrder(input: { id: $id }) { ... on ProductOrder { status } } }";
        channel.customer.ask(document, json!({ "id": second["id"] })).await?;

        let amount: i64 = first["amount"]["amount"].as_str().context("an amount")?.parse()?;
        let told = funnel(partner, &channel.link, 7).await?;
        let total = json!({ "opens": 7, "visitors": 3, "signIns": 2, "installs": 1, "orders": 1, "revenue": amount.to_string() });
        assert_eq!(told["total"], total, "{told}");
        let days = told["days"].as_array().context("days")?;
        assert_eq!((days.len(), &days[5]["counts"]["opens"], &days[6]["counts"]["opens"]), (7, &json!(6), &json!(1)), "{told}");
        assert_eq!((&days[6]["day"], &days[6]["counts"]["orders"]), (&json!(app.clock.now().date_naive().to_string()), &json!(0)));

        let back = refund(partner, &first, "客户取消").await?;
        let went: i64 = back["refund"]["amount"].as_str().with_context(|| format!("{back}"))?.parse()?;
        let told = funnel(partner, &channel.link, 7).await?;
        assert_eq!(told["total"]["revenue"], json!((amount - went).to_string()), "{told}");
        let read = partner.ask("query($id: ID!) { promotionLink(id: $id) { total { opens visitors signIns installs orders revenue } } }", json!({ "id": channel.link["id"] })).await?;
        assert_eq!(read["promotionLink"]["total"], told["total"], "all of it together is what the list shows");
    }

    async fn l20_links_that_do_not_sell_say_so_and_sell_nothing(app) {
        let channel = Channel::open(app).await?;
        let (nobody, token) = (app.nobody(), channel.token.as_str());
        let hour = |hours: i64| (app.clock.now() + Duration::hours(hours)).to_rfc3339_opts(SecondsFormat::Secs, true);
        channel.switch("disablePromotionLink").await?;
        let seen = shown(&nobody, token).await?;
        assert_eq!((&seen["status"], &seen["product"]), (&json!("DISABLED"), &json!(null)));
        assert_eq!(channel.attempts(token).await?, vec![json!("PROMOTION_DISABLED"); 5]);
        assert_eq!(visit(&nobody.browsing(), token, "visitor-0000000001").await?["counted"], false);
        channel.switch("enablePromotionLink").await?;

        channel.valid(Some(hour(1)), Some(hour(3))).await?;
        let seen = shown(&nobody, token).await?;
        assert_eq!((&seen["status"], &seen["product"]), (&json!("NOT_YET_VALID"), &json!(null)));
        assert!(seen["validFrom"].is_string() && seen["productName"] == "设备巡检", "{seen}");
        assert_eq!(channel.attempts(token).await?, vec![json!("PROMOTION_NOT_YET_VALID"); 5]);

        app.advance(Duration::hours(1));
        assert_eq!(shown(&nobody, token).await?["status"], "OPEN");
        app.advance(Duration::hours(2));
        let seen = shown(&nobody, token).await?;
        assert_eq!((&seen["status"], &seen["product"]), (&json!("EXPIRED"), &json!(null)));
        assert_eq!(channel.attempts(token).await?, vec![json!("PROMOTION_EXPIRED"); 5]);
        let refused = channel.try_out(&channel.customer, Some(token)).await?;
        assert!(refused["message"].as_str().is_some_and(|text| text.contains("2026-11-")), "it names the date: {refused}");
        assert_eq!(refused["path"], json!(["promotion"]));

        // Of another product, of nothing, and of a product that was taken off the shelves.
        channel.valid(None, None).await?;
        let other = listed_as(&channel.listing, "另一个应用", &channel.listing.category, json!({})).await?;
        let foreign = create_link(channel.partner(), &other, "fair", json!({})).await?;
        for wrong in [self::token(&foreign)?, "x".repeat(32), "kurz".to_owned()] {
            assert_eq!(channel.attempts(&wrong).await?, vec![json!("NOT_FOUND"); 5], "{wrong}");
        }
        let input = json!({ "id": channel.product["id"], "reason": "违规" });
        channel.listing.operator.act("delistProduct", "WithdrawProductInput", input, "... on Product { status }", None).await?;
        assert_eq!(shown(&nobody, token).await?["status"], "NOT_SOLD");
        assert_eq!(channel.attempts(token).await?, vec![json!("NOT_ON_SALE"); 5]);
        assert_eq!(shown(&nobody, "kurz").await?, json!(null));
    }

    async fn l20_a_dead_link_of_a_marketplace_product_sells_nothing_either(app) {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let link = create_link(&listing.partner, &product, "shelf", json!({})).await?;
        let token = token(&link)?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let open = async |token: Option<&str>| {
            let input = json!({ "productId": product["id"], "way": "TRIAL", "promotion": token });
            customer.act("openProduct", "OpenProductInput", input, CODE, None).await
        };
        let input = json!({ "id": link["id"] });
        listing.partner.act("disablePromotionLink", "PromotionLinkActionInput", input.clone(), LINK, None).await?;
        assert_eq!(open(Some(&token)).await?["code"], "PROMOTION_DISABLED");
        listing.partner.act("enablePromotionLink", "PromotionLinkActionInput", input, LINK, None).await?;
        // By the marketplace it is had all the while.
        assert_eq!(open(Some(&token)).await?["status"], "PAID");
    }

    async fn l13_an_employee_sends_the_admins_to_the_link(app) {
        let channel = Channel::open(app).await?;
        let input = json!({ "productId": channel.product["id"], "note": "展会上看到的", "promotion": channel.token });
        let on = "... on AskedAdmins { productName }";
        let asked = channel.employee.act("askAdmins", "AskAdminsInput", input, on, None).await?;
        assert_eq!(asked["productName"], "设备巡检", "{asked}");
        let told = channel.customer.ask("{ notifications(first: 1) { nodes { kind target objectId title } } }", json!({})).await?;
        let told = &told["notifications"]["nodes"][0];
        assert_eq!((&told["kind"], &told["target"], &told["objectId"]), (&json!("ADMIN_ASKED_BY_LINK"), &json!("PROMOTION"), &json!(channel.token)), "{told}");
    }
}
