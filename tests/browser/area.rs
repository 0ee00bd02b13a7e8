//! The front end comes in parts: an area's module when its first page is opened, and what is said when it does not come.

use appshelf_tests::browser::{Browser, View};
use appshelf_tests::chromium;
use appshelf_tests::process::Product;
use serde_json::json;

const MODULES: &str = "return performance.getEntriesByType('resource').map((entry) => entry.name.match(/\\/(\\w+)_area-/)?.[1]) \
                       .filter((area) => area).sort()";

async fn signed_in(product: &Product, email: &str) -> Browser {
    let browser = Browser::open(&product.url(), View::wide("en", "light")).await.unwrap();
    browser.sign_in(email).await.unwrap();
    browser
}

async fn modules(browser: &Browser) -> Vec<String> {
    let answer = browser.session().execute(MODULES, Vec::new()).await.unwrap();
    answer.convert().unwrap()
}

/// The accounts of the demo read Chinese: a person's language is the account's.
async fn open(browser: &Browser, path: &str, title: &str) {
    browser.follow(path).await.unwrap();
    browser.by_role("heading", title).await.unwrap();
    browser.wait_until_calm().await.unwrap();
}

#[tokio::test]
async fn an_area_is_fetched_when_its_first_page_is_opened() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::with_demo_data().await.unwrap();
    let browser = signed_in(&product, "pa@partner.example").await;
    browser.by_role("heading", "项目管理").await.unwrap();
    assert_eq!(modules(&browser).await, ["projects"]);

    open(&browser, "/portal/orders", "订单中心").await;
    assert_eq!(modules(&browser).await, ["orders", "projects"]);

    browser.session().back().await.unwrap();
    browser.by_role("heading", "项目管理").await.unwrap();
    assert_eq!(modules(&browser).await, ["orders", "projects"]);

    // A reload asks whether the page is still the same, and goes on under the same policy.
    browser.session().refresh().await.unwrap();
    browser.by_role("heading", "项目管理").await.unwrap();
    browser.wait_until_calm().await.unwrap();
    assert_eq!(modules(&browser).await, ["projects"]);
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());
    browser.quit().await.unwrap();
}

#[tokio::test]
async fn an_area_is_asked_for_again_when_the_connection_is_back() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::with_demo_data().await.unwrap();
    let browser = signed_in(&product, "pa@partner.example").await;
    let cdp = browser.session().cdp();
    let network =
        |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    cdp.send_raw("Network.enable", json!({})).await.unwrap();
    cdp.send_raw("Network.emulateNetworkConditions", network(true))
        .await
        .unwrap();
    browser.follow("/audit").await.unwrap();
    browser.wait_for_text("无法连接服务器").await.unwrap();
    cdp.send_raw("Network.emulateNetworkConditions", network(false))
        .await
        .unwrap();
    browser.by_role("heading", "操作日志").await.unwrap();
    browser.quit().await.unwrap();
}

#[tokio::test]
async fn an_area_that_is_gone_is_told_as_a_newer_version() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::with_demo_data().await.unwrap();
    let browser = signed_in(&product, "pa@partner.example").await;
    let cdp = browser.session().cdp();
    cdp.send_raw("Network.enable", json!({})).await.unwrap();
    cdp.send_raw("Network.setBlockedURLs", json!({ "urls": ["*/audit_area-*"] }))
        .await
        .unwrap();
    browser.follow("/audit").await.unwrap();
    browser.wait_for_text("已有新版本").await.unwrap();
    cdp.send_raw("Network.setBlockedURLs", json!({ "urls": [] }))
        .await
        .unwrap();
    browser.click("button", "刷新页面").await.unwrap();
    browser.by_role("heading", "操作日志").await.unwrap();
    browser.quit().await.unwrap();
}
