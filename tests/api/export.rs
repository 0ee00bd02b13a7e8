//! The order centre as a table (D15): streamed, readable by spreadsheet programs, and everybody gets their own orders alone.

use std::collections::BTreeSet;

use appshelf::domain::id::OrderId;
use appshelf::domain::organization::EditionName;
use appshelf::store::{Actor, order};
use appshelf_tests::api::TestApp;
use appshelf_tests::on_each_database;

use crate::served::Served;

const PATH: &str = "/exports/orders.csv";

/// Copies of an order under other names and numbers, more than are read at once.
async fn copies(app: &TestApp, id: &str, count: usize) -> anyhow::Result<()> {
    let id: OrderId = id.parse()?;
    let copy = app.app.store.write(Actor::default(), move |tx| {
        let like = order::get(tx.conn, &id)?;
        for n in 0..count {
            let row = order::Order {
                id: tx.id(),
                number: format!("C{n:05}"),
                customer_name: "=HYPERLINK(\"x\")".to_owned(),
                search_text: format!("拷贝\nc{n:05}"),
                ..like.clone()
            };
            order::insert(tx, &row)?;
        }
        Ok(())
    });
    Ok(copy.await?)
}

on_each_database! {
    async fn d15_the_whole_list_is_exported_as_it_is_filtered_and_sorted(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        copies(app, &order, 1200).await?;
        let served = Served::start(app)?;
        let got = served.get(&scene.developer.in_chinese(), &format!("{PATH}?sort=CREATED_ASC&utcOffset=480")).await?;
        assert_eq!(got.status(), 200);
        let header = |name: &str| got.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert!(header("content-type").starts_with("text/csv; charset=utf-8"), "{}", header("content-type"));
        assert!(header("content-disposition").starts_with("attachment; "), "{}", header("content-disposition"));
        assert_eq!(header("content-length"), "", "it is sent while it is read");
        let table = String::from_utf8(got.bytes().await?.to_vec())?;
        let table = table.strip_prefix('\u{feff}').expect("a byte order mark");
        let lines: Vec<&str> = table.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 1202);
        assert!(lines[0].starts_with("购买企业名称,购买应用名称,操作人,下单时间,应用发送状态,页面发送状态,编辑权限"), "{}", lines[0]);
        assert!(lines[1].contains("/portal/orders/order_") && lines[1].contains("2026-11-23 09:30:00,未发送,未发送"), "{}", lines[1]);
        assert!(lines[2].starts_with("\"'=HYPERLINK(\"\"x\"\")\","), "{}", lines[2]);
        let numbers: BTreeSet<&str> = lines[1..].iter().filter_map(|line| line.rsplit(',').nth(3)).collect();
        assert_eq!(numbers.len(), 1201, "none twice, none left out");
        let one = served.get(&scene.partner, &format!("{PATH}?search=C00042")).await?.text().await?;
        assert_eq!(one.trim_end().lines().count(), 2, "{one}");
        let none = served.get(&scene.partner, &format!("{PATH}?appStatus=SUCCEEDED")).await?.text().await?;
        assert_eq!(none.trim_end().lines().count(), 1, "{none}");
    }

    async fn d15_everybody_exports_their_own_orders_alone(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        scene.order().await?;
        let rival = app.partner("rival").await?;
        let served = Served::start(app)?;
        let count = async |who: &appshelf_tests::api::Someone, query: &str| {
            let got = served.get(who, &format!("{PATH}{query}")).await?;
            let status = got.status().as_u16();
            anyhow::Ok((status, got.text().await?.trim_end().lines().count()))
        };
        assert_eq!(count(&rival, "").await?, (200, 1), "the head alone");
        assert_eq!(count(&scene.reviewer, "").await?, (200, 2));
        assert_eq!(count(&scene.customer, "?party=CUSTOMER").await?, (200, 2));
        let bought = served.get(&scene.customer, &format!("{PATH}?party=CUSTOMER")).await?.text().await?;
        assert!(!bought.contains("设备数字化"), "the customer knows no project: {bought}");
        assert_eq!(count(&scene.customer, "").await?.0, 403);
        assert_eq!(count(&scene.employee, "?party=CUSTOMER").await?.0, 403);
        assert_eq!(count(&app.nobody(), "").await?.0, 401);
        assert_eq!(count(&scene.partner, "?sort=UPWARDS").await?.0, 400);
        assert_eq!(count(&scene.partner, "?createdFrom=yesterday").await?.0, 400);
    }
}
