//! What a visitor's first page is made of: it starts under the strict policy, is small, and says so when it cannot start.

use appshelf_tests::browser::{Browser, View};
use appshelf_tests::chromium;
use appshelf_tests::process::{Product, Settings};

#[tokio::test]
async fn the_first_page_starts_without_a_word_on_the_console() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::start(Settings::default()).await.unwrap();
    let browser = Browser::open(&product.url(), View::wide("en", "light")).await.unwrap();
    browser.visit("/").await.unwrap();
    browser.wait_until_calm().await.unwrap();
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());
    browser.quit().await.unwrap();
}

#[tokio::test]
async fn the_chosen_language_and_theme_stand_before_the_first_paint() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::start(Settings::default()).await.unwrap();
    let browser = Browser::open(&product.url(), View::phone("en", "dark")).await.unwrap();
    browser.visit("/").await.unwrap();
    let root = browser.session().execute(
        "return [document.documentElement.lang, document.documentElement.dataset.theme]",
        Vec::new(),
    );
    assert_eq!(root.await.unwrap().convert::<[String; 2]>().unwrap(), ["en", "dark"]);
    browser.quit().await.unwrap();
}

#[tokio::test]
async fn a_reload_shows_the_page_again() {
    if !chromium::is_present() {
        return;
    }
    let product = Product::start(Settings::default()).await.unwrap();
    let browser = Browser::open(&product.url(), View::wide("en", "light")).await.unwrap();
    for _ in 0..3 {
        browser.visit("/sign-in").await.unwrap();
        browser.wait_until_calm().await.unwrap();
    }
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());
    browser.quit().await.unwrap();
}
