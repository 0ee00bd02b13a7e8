//! The marketplace (L11, L12): what visitors and customers find and read, and what they never see.

use anyhow::{Context as _, Result};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_rules::price::{self, Period, Plan};
use appshelf_tests::api::Someone;
use appshelf_tests::listing::{Listing, PRODUCT, content, listed_as, review, save, submit};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{import_version, package};
use serde_json::{Value, json};

/// The names of what somebody finds.
async fn found(who: &Someone, search: &str) -> Result<Vec<String>> {
    let document = "query($search: String) { marketProducts(search: $search) { nodes { name } totalCount } }";
    let told = who.ask(document, json!({ "search": search })).await?["marketProducts"].take();
    let nodes = told["nodes"].as_array().cloned().unwrap_or_default();
    assert_eq!(told["totalCount"], nodes.len(), "{told}");
    Ok(nodes
        .iter()
        .filter_map(|node| node["name"].as_str().map(str::to_owned))
        .collect())
}

async fn seen(who: &Someone, id: &Value, fields: &str) -> Result<Value> {
    let document = format!("query($id: ID!) {{ marketProduct(id: $id) {{ {fields} }} }}");
    Ok(who.ask(&document, json!({ "id": id })).await?["marketProduct"].take())
}

async fn decided(by: &Someone, name: &str, id: &Value) -> Result<Value> {
    let input = json!({ "id": id, "reason": "资料有误" });
    by.act(name, "WithdrawProductInput", input, PRODUCT, None).await
}

async fn profile(by: &Someone, industry: Value, size: Value) -> Result<Value> {
    let input = json!({ "industry": industry, "size": size });
    let on = "... on Organization { industry size }";
    by.act("setOrganizationProfile", "SetOrganizationProfileInput", input, on, None)
        .await
}

on_each_database! {
    async fn l11_visitors_find_what_is_listed_and_what_is_hidden_or_delisted_is_gone_at_once(app) {
        let scene = Listing::set(app).await?;
        let visitor = app.nobody();
        let approved = scene.approved().await?;
        assert_eq!(found(&visitor, "").await?, Vec::<String>::new(), "L9: approved is not listed");
        let listed = scene.partner.act("listProduct", "ProductActionInput", json!({ "id": approved["id"] }), PRODUCT, None).await?;
        for search in ["巡检", "设备", "扫码", "缺陷", "审批", "巡", "acme", "设备巡检 闭环"] {
            assert_eq!(found(&visitor, search).await?, ["设备巡检"], "{search}");
        }
        for search in ["停机", "财务", "检设", "mechanical"] {
            assert_eq!(found(&visitor, search).await?, Vec::<String>::new(), "{search}");
        }
        let id = &listed["id"];
        assert_eq!(decided(&scene.operator, "hideProduct", id).await?["status"], "HIDDEN");
        assert_eq!((found(&visitor, "巡检").await?.len(), seen(&visitor, id, "id").await?), (0, json!(null)));
        let shown = scene.operator.act("showProduct", "ShowProductInput", json!({ "id": id }), PRODUCT, None).await?;
        assert_eq!((&shown["status"], found(&visitor, "巡检").await?.len()), (&json!("LISTED"), 1), "{shown}");

        // L8: until a revision is approved, the marketplace says what is.
        let begun = scene.partner.act("reviseProduct", "ProductActionInput", json!({ "id": id }), PRODUCT, None).await?;
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["name"] = json!("点检管家");
        wanted["tags"] = json!(["点检"]);
        let saved = save(&scene.partner, &begun, wanted).await?;
        let handed_in = submit(&scene.partner, &saved).await?;
        assert_eq!((found(&visitor, "点检").await?.len(), found(&visitor, "设备").await?.len()), (0, 1));
        let since = seen(&visitor, id, "listedAt").await?;
        app.advance(chrono::Duration::hours(1));
        review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!((found(&visitor, "点检").await?, found(&visitor, "设备").await?.len()), (vec!["点检管家".to_owned()], 0));
        assert_eq!(seen(&visitor, id, "listedAt").await?, since, "a revision is no new listing");

        assert_eq!(decided(&scene.operator, "delistProduct", id).await?["status"], "DELISTED");
        assert_eq!((found(&visitor, "点检").await?.len(), seen(&visitor, id, "id").await?), (0, json!(null)));
    }

    async fn l11_what_goes_over_to_its_own_channel_leaves_the_marketplace(app) {
        let scene = Listing::set(app).await?;
        let listed = scene.listed().await?;
        let begun = scene.partner.act("reviseProduct", "ProductActionInput", json!({ "id": listed["id"] }), PRODUCT, None).await?;
        let mut wanted = content(&scene.partner, &scene.category).await?;
        wanted["promotionMode"] = json!("OWN_CHANNEL");
        let saved = save(&scene.partner, &begun, wanted).await?;
        let handed_in = submit(&scene.partner, &saved).await?;
        assert_eq!(found(&app.nobody(), "巡检").await?.len(), 1);
        review(&scene.operator, &handed_in, "APPROVE", None).await?;
        assert_eq!(found(&app.nobody(), "巡检").await?.len(), 0);
        assert_eq!(seen(&app.nobody(), &listed["id"], "id").await?, json!(null));
    }

    async fn l11_an_organisation_that_says_what_it_is_sees_what_is_for_it(app) {
        let scene = Listing::set(app).await?;
        let listed = scene.listed().await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let blue = customer.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", "blue", &blue, &[Role::CustomerEmployee]).await?;
        assert_eq!(profile(&employee, json!("RETAIL"), json!(null)).await?["code"], "NO_PERMISSION");
        assert_eq!(found(&customer, "巡检").await?.len(), 1, "who has not said sees everything");
        let set = profile(&customer, json!("RETAIL"), json!("UP_TO_100")).await?;
        assert_eq!((&set["industry"], &set["size"]), (&json!("RETAIL"), &json!("UP_TO_100")), "{set}");
        for who in [&customer, &employee] {
            assert_eq!((found(who, "巡检").await?.len(), seen(who, &listed["id"], "id").await?), (0, json!(null)));
        }
        let log = customer.ask("{ auditEntries(first: 5) { nodes { action after } } }", json!({})).await?;
        assert!(log.to_string().contains("organization.profile_set") && log.to_string().contains("UP_TO_100"), "{log}");
        profile(&customer, json!("MANUFACTURING"), json!(null)).await?;
        assert_eq!(found(&employee, "巡检").await?.len(), 1);
        let own = customer.ask("{ viewer { organization { industry size } } }", json!({})).await?;
        assert_eq!(own["viewer"]["organization"], json!({ "industry": "MANUFACTURING", "size": null }));
        assert_eq!(found(&app.nobody(), "巡检").await?.len(), 1);
    }

    async fn l11_filters_sorts_and_facets_go_together(app) {
        let scene = Listing::set(app).await?;
        scene.listed().await?;
        let changes = json!({
            "name": "报销审批", "summary": "随时报销", "tags": ["财务", "CRM"], "chargeForm": "FREE",
            "audience": { "industries": [] }, "description": "员工提交，经理审批",
        });
        listed_as(&scene, "报销", &scene.other_category, changes).await?;
        let document = "query($search: String, $category: ID, $form: ChargeForm, $tag: String, $industry: Industry, $sort: MarketSort! = RELEVANCE) {
            marketProducts(search: $search, categoryId: $category, chargeForm: $form, tag: $tag, industry: $industry, sort: $sort) {
                totalCount nodes { name } facets { categories { category { id name } count } chargeForms { chargeForm count }
                industries { industry count } tags { tag count } } } }";
        let visitor = app.nobody();
        let ask = async |variables: Value| -> Result<(Vec<String>, Value)> {
            let mut told = visitor.ask(document, variables).await?["marketProducts"].take();
            let nodes = told["nodes"].as_array().cloned().unwrap_or_default();
            let names = nodes.iter().filter_map(|node| node["name"].as_str().map(str::to_owned)).collect();
            Ok((names, told["facets"].take()))
        };
        let (names, facets) = ask(json!({ "search": "审批" })).await?;
        assert_eq!(names, ["报销审批", "设备巡检"], "the name before the description");
        assert_eq!(facets["chargeForms"], json!([{ "chargeForm": "FREE", "count": 1 }, { "chargeForm": "PAID", "count": 1 }]));
        let industries = facets["industries"].as_array().cloned().unwrap_or_default();
        assert!(industries.contains(&json!({ "industry": "MANUFACTURING", "count": 2 })), "{facets}");
        assert!(industries.contains(&json!({ "industry": "FINANCE", "count": 1 })), "{facets}");
        let (names, facets) = ask(json!({ "category": scene.category })).await?;
        assert_eq!((names, facets["categories"].as_array().map(Vec::len)), (vec!["设备巡检".to_owned()], Some(2)));
        for (variables, expected) in [
            (json!({ "form": "FREE" }), &["报销审批"][..]),
            (json!({ "tag": "crm" }), &["报销审批"]),
            (json!({ "tag": "cr" }), &[]),
            (json!({ "industry": "RETAIL" }), &["报销审批"]),
            (json!({ "form": "FREE", "tag": "设备" }), &[]),
            (json!({ "sort": "NEWEST" }), &["报销审批", "设备巡检"]),
            (json!({ "sort": "MOST_INSTALLED" }), &["报销审批", "设备巡检"]),
        ] {
            assert_eq!(ask(variables.clone()).await?.0, expected, "{variables}");
        }
        let first = visitor.ask("{ marketProducts(first: 1) { pageInfo { endCursor hasNextPage } } }", json!({})).await?;
        let info = &first["marketProducts"]["pageInfo"];
        assert_eq!(info["hasNextPage"], true);
        let document = "query($after: String, $sort: MarketSort! = RELEVANCE) { marketProducts(first: 1, after: $after, sort: $sort) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }";
        let second = visitor.ask(document, json!({ "after": info["endCursor"] })).await?;
        assert_eq!(second["marketProducts"]["pageInfo"], json!({ "hasNextPage": false, "hasPreviousPage": true }), "{second}");
        let foreign = visitor.send(document, json!({ "after": info["endCursor"], "sort": "NEWEST" })).await?;
        assert_eq!(foreign["errors"][0]["extensions"]["path"], json!(["after"]), "{foreign}");
        let long = visitor.send("query($s: String) { marketProducts(search: $s) { totalCount } }", json!({ "s": "长".repeat(101) })).await?;
        assert_eq!(long["errors"][0]["extensions"]["path"], json!(["search"]), "{long}");
    }

    async fn l12_a_page_tells_everything_a_customer_may_know_and_nothing_else(app) {
        let scene = Listing::set(app).await?;
        let changes = json!({
            "description": "# 功能\n<script>alert(1)</script>\n\n[坏](javascript:alert(1)) **巡检**",
            "plans": [
                { "name": "10 用户版", "minSeats": 1, "maxSeats": 10, "unitPrice": "1010", "periods": [{ "name": "一年", "months": 12, "roundingOff": "20" }] },
                { "name": "代客下单版", "minSeats": 11, "maxSeats": 50, "unitPrice": "900", "periods": [{ "name": "一年", "months": 12 }], "salesChannel": "DIRECT" },
            ],
        });
        let listed = listed_as(&scene, "巡检", &scene.category, changes).await?;
        let document = "query($id: ID!) { application: product(id: $id) { application { id } } }";
        let application = scene.partner.ask(document, json!({ "id": listed["id"] })).await?["application"]["application"]["id"].take();
        let mut next = package(false);
        next["version"] = json!("1.1.0");
        next["description"] = json!("更快的扫码");
        import_version(&scene.partner, application.as_str().unwrap_or_default(), &next).await?;
        let all = "id name icon { id width height } summary description screenshots { id width height } tags category { id name } partnerName
            chargeForm plans { itemCode name minSeats maxSeats unitPrice periods { name months salePrice } } trial freePlan { itemCode } openingOrder
            cases { title html } privacyUrl termsUrl versionNumber versions { number description publishedAt } listedAt installs";
        let page = seen(&app.nobody().in_chinese(), &listed["id"], all).await?;
        assert_eq!((&page["name"], &page["partnerName"], &page["category"]["name"]), (&json!("设备巡检"), &json!("acme Ltd"), &json!("客户管理")));
        assert_eq!((&page["icon"]["width"], &page["screenshots"][0]["width"], &page["screenshots"][0]["height"]), (&json!(240), &json!(320), &json!(200)));
        let html = page["description"].as_str().unwrap_or_default();
        assert!(html.contains("<strong>巡检</strong>") && !html.contains("<script") && !html.contains("javascript:"), "{html}");
        assert_eq!(page["cases"], json!([{ "title": "某机械厂", "html": "<p>停机时间减少三成</p>\n" }]));
        assert_eq!(page["plans"].as_array().map(Vec::len), Some(1), "what the partner orders for customers is hidden: {page}");
        assert_eq!(page["plans"][0]["periods"], json!([{ "name": "一年", "months": 12, "salePrice": "12100" }]));
        assert_eq!((&page["trial"], &page["openingOrder"], &page["freePlan"]), (&json!("FIFTEEN_DAYS"), &json!("TRIAL_THEN_CHOOSE"), &json!(null)));
        assert_eq!((&page["versionNumber"], &page["versions"][0]["number"]), (&json!("1.1.0"), &json!("1.1.0")), "{page}");
        assert_eq!(page["versions"][0]["description"], "更快的扫码");
        assert_eq!((&page["installs"], &page["privacyUrl"]), (&json!(0), &json!("https://acme.example.com/privacy")));
        assert!(!page.to_string().contains('@'), "nobody's address: {page}");

        let direct = {
            let document = "query($id: ID!) { product(id: $id) { approvedRevision { content { plans { itemCode } } } } }";
            scene.partner.ask(document, json!({ "id": listed["id"] })).await?["product"]["approvedRevision"]["content"]["plans"][1]["itemCode"].take()
        };
        let refused = price_of(&app.nobody(), &listed["id"], &direct, 12, 20).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("NOT_FOUND"), &json!(["itemCode"])), "{refused}");
    }

    async fn l12_the_calculator_says_what_an_order_would_cost(app) {
        let scene = Listing::set(app).await?;
        let listed = scene.listed().await?;
        let visitor = app.nobody();
        let shown = seen(&visitor, &listed["id"], "plans { itemCode minSeats maxSeats }").await?;
        let period = |name: &str, months, rounding_off| Period { name: name.to_owned(), months, rounding_off };
        let plans = [
            Plan { name: "10 用户版".to_owned(), min_seats: 1, max_seats: 10, unit_price: 1010, periods: vec![period("一年", 12, 20)] },
            Plan { name: "50 用户版".to_owned(), min_seats: 11, max_seats: 50, unit_price: 900, periods: vec![period("一年", 12, 0), period("一个月", 1, 0)] },
        ];
        for (plan, of) in plans.iter().zip(shown["plans"].as_array().into_iter().flatten()) {
            for period in &plan.periods {
                for seats in [plan.min_seats, plan.max_seats, 7, 12] {
                    let told = price_of(&visitor, &listed["id"], &of["itemCode"], period.months, seats as i32).await?;
                    match price::buy(&[], plan, period, seats, 0) {
                        Ok(quote) => assert_eq!(told["cost"], quote.cost.to_string(), "{told}"),
                        Err(_) => assert_eq!((&told["issues"][0]["path"], &told["issues"][0]["code"]), (&json!(["seats"]), &json!("VALIDATION")), "{told}"),
                    }
                }
            }
            let told = price_of(&visitor, &listed["id"], &of["itemCode"], 7, 20).await?;
            assert_eq!(told["issues"][0]["path"], json!(["months"]), "{told}");
            let told = price_of(&visitor, &listed["id"], &of["itemCode"], 12, -1).await?;
            assert_eq!(told["issues"][0]["path"], json!(["seats"]), "{told}");
        }
    }

    async fn l12_drafts_and_what_is_in_review_exist_for_nobody_on_the_marketplace(app) {
        let scene = Listing::set(app).await?;
        let handed_in = scene.in_review().await?;
        let rival = app.partner("rival").await?;
        for who in [&app.nobody(), &rival, &scene.partner, &scene.operator, &scene.superadmin] {
            assert_eq!(seen(who, &handed_in["id"], "id").await?, json!(null));
            assert_eq!(found(who, "").await?, Vec::<String>::new());
        }
        assert_eq!(seen(&rival, &json!("product_nonsense"), "id").await?, json!(null));
    }
}

/// The calculator's answer.
async fn price_of(who: &Someone, id: &Value, code: &Value, months: u32, seats: i32) -> Result<Value> {
    let document = "query($id: ID!, $code: ID!, $months: Int!, $seats: Int!) { marketProduct(id: $id) {
        priceOf(itemCode: $code, months: $months, seats: $seats) { __typename ... on MarketPrice { cost salePrice }
        ... on UserError { code path } ... on ValidationFailed { issues { code path } } } } }";
    let variables = json!({ "id": id, "code": code, "months": months, "seats": seats });
    Ok(who.ask(document, variables).await?["marketProduct"]["priceOf"].take())
}
