//! A session lives longer than a page.

use appshelf_tests::browser::{Browser, View};
use appshelf_tests::chromium;
use appshelf_tests::process::Product;
use serde_json::json;

/// Notes that the page has sent its refresh. The answer is still to come when the note is there.
const NOTE_THE_REFRESH: &str = "
  const send = window.fetch;
  window.fetch = (request, ...more) => {
    const answer = send(request.clone?.() ?? request, ...more);
    request.text?.().then((body) => { if (body.includes('refreshSession')) window.refreshIsUnderWay = true; });
    return answer;
  };
";

#[tokio::test]
async fn a_reload_in_the_middle_of_a_refresh_keeps_the_session() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::with_demo_data().await.unwrap();
    let browser = Browser::open(&product.url(), View::wide("en", "light")).await.unwrap();
    browser.sign_in("pa@partner.example").await.unwrap();
    let cdp = browser.session().cdp();
    cdp.send_raw(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": NOTE_THE_REFRESH }),
    )
    .await
    .unwrap();
    browser.visit("/portal/projects").await.unwrap();
    for _ in 0..4 {
        browser.session().refresh().await.unwrap();
        browser
            .wait_for_script("the refresh", "return window.refreshIsUnderWay === true")
            .await
            .unwrap();
    }
    browser.wait_until_calm().await.unwrap();
    browser.by_role("heading", "Projects").await.unwrap();
    assert_eq!(
        browser.address().await.unwrap(),
        "/portal/projects",
        "nobody was signed out"
    );
    browser.quit().await.unwrap();
}
