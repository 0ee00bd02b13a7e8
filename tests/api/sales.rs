//! What a partner sold over time: periods of Shanghai, comparison with those before, products told apart, and who sees none of it.

use anyhow::{Context as _, Result};
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::buying::{Wanted, open, order, paid, refund};
use appshelf_tests::listing::{Listing, listed_as};
use appshelf_tests::on_each_database;
use chrono::Duration;
use serde_json::{Value, json};

/// The figures of the last periods; of one product where one is named.
async fn sales(who: &Someone, unit: &str, count: i32, product: Option<&Value>) -> Result<Value> {
    let document = "query($unit: SalesUnit!, $count: Int!, $product: ID) { salesFigures(unit: $unit, count: $count, productId: $product) {
        periods { first counts { installs orders revenue } } total { installs orders revenue } before { installs orders revenue }
        byProduct { product { name } counts { installs orders revenue } } } }";
    let asked = json!({ "unit": unit, "count": count, "product": product.map(|of| &of["id"]) });
    Ok(who.ask(document, asked).await?["salesFigures"].take())
}

fn counts(installs: i32, orders: i32, revenue: i64) -> Value {
    json!({ "installs": installs, "orders": orders, "revenue": revenue.to_string() })
}

fn amount(order: &Value) -> Result<i64> {
    let text = order["amount"]["amount"].as_str().with_context(|| format!("{order}"))?;
    Ok(text.parse()?)
}

on_each_database! {
    async fn a_partner_sees_installs_orders_and_revenue_over_time_and_by_product(app) {
        let scene = Listing::set(app).await?;
        let one = scene.listed().await?;
        let other = listed_as(&scene, "另一个应用", &scene.category, json!({})).await?;
        let blue = app.customer("blue", EditionName::Professional).await?;
        let green = app.customer("green", EditionName::Professional).await?;
        let partner = &scene.partner;

        open(&blue, &one, "TRIAL").await?;
        let first = order(&blue, &one, Wanted(0, 10, Some(12))).await?;
        paid(partner, &first).await?;
        app.advance(Duration::days(1));
        // Placed today, paid tomorrow: the order and its money stand on days of their own.
        let second = order(&green, &other, Wanted(0, 10, Some(12))).await?;
        let never = order(&green, &one, Wanted(0, 10, Some(12))).await?;
        let document = "mutation($id: ID!) { closeProductOrder(input: { id: $id }) { ... on ProductOrder { status } } }";
        green.ask(document, json!({ "id": never["id"] })).await?;
        app.advance(Duration::days(1));
        paid(partner, &second).await?;

        let (of_first, of_second) = (amount(&first)?, amount(&second)?);
        let told = sales(partner, "DAY", 3, None).await?;
        let days: Vec<&Value> = told["periods"].as_array().context("periods")?.iter().map(|day| &day["counts"]).collect();
        assert_eq!(days, [&counts(1, 1, of_first), &counts(0, 1, 0), &counts(1, 0, of_second)], "{told}");
        assert_eq!(told["total"], counts(2, 2, of_first + of_second));
        assert_eq!(told["before"], counts(0, 0, 0));
        let today = (app.clock.now() + Duration::hours(8)).date_naive().to_string();
        assert_eq!(told["periods"][2]["first"], json!(today));
        let by_product = told["byProduct"].as_array().context("products")?;
        assert_eq!(by_product.len(), 2, "{told}");
        for of in by_product {
            let of_one = of["product"]["name"] == "设备巡检";
            assert_eq!(of["counts"], counts(1, 1, if of_one { of_first } else { of_second }), "{told}");
        }

        // What went back is taken off the day of the payment; of one product alone nothing of the others counts.
        let back = refund(&blue, &first, "不需要了").await?;
        let went: i64 = back["refund"]["amount"].as_str().with_context(|| format!("{back}"))?.parse()?;
        let told = sales(partner, "DAY", 3, Some(&one)).await?;
        assert_eq!(told["total"], counts(1, 1, of_first - went), "{told}");
        assert_eq!(told["byProduct"].as_array().map(Vec::len), Some(1));

        // Yesterday and today are compared with the two days before.
        let told = sales(partner, "DAY", 2, None).await?;
        assert_eq!((&told["total"], &told["before"]), (&counts(1, 1, of_second), &counts(1, 1, of_first - went)), "{told}");
        let told = sales(partner, "MONTH", 2, None).await?;
        let months = told["periods"].as_array().context("periods")?;
        assert!(months.len() == 2 && months.iter().all(|month| month["first"].as_str().is_some_and(|day| day.ends_with("-01"))), "{told}");
        assert_eq!(told["total"], counts(2, 2, of_first - went + of_second));
    }

    async fn sales_are_their_partners_alone(app) {
        let scene = Listing::set(app).await?;
        let product = scene.listed().await?;
        let blue = app.customer("blue", EditionName::Professional).await?;
        open(&blue, &product, "TRIAL").await?;
        assert_eq!(sales(&scene.developer, "DAY", 1, None).await?["total"], counts(1, 0, 0));
        let rival = app.partner("rival").await?;
        for named in [None, Some(&product)] {
            let told = sales(&rival, "DAY", 1, named).await?;
            assert_eq!((&told["total"], &told["byProduct"]), (&counts(0, 0, 0), &json!([])), "{told}");
        }
        for (who, unit, count, code) in [
            (&blue, "DAY", 1, "NO_PERMISSION"),
            (&scene.operator, "DAY", 1, "NO_PERMISSION"),
            (&scene.partner, "DAY", 0, "VALIDATION"),
            (&scene.partner, "DAY", 91, "VALIDATION"),
            (&scene.partner, "MONTH", 25, "VALIDATION"),
        ] {
            let document = format!("{{ salesFigures(unit: {unit}, count: {count}) {{ total {{ orders }} }} }}");
            let answer = who.send(&document, json!({})).await?;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        }
    }
}
