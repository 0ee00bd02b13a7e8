//! Journeys through the product in a real browser, found by role and label as a person finds them.

use anyhow::Result;
use appshelf_tests::{chromium, process::Product};

/// Two tests of a journey on demo data: `in_each_language!(l18_a_link_is_followed, walk)` calls
/// `walk(product: &Product, language: &'static str)`.
macro_rules! in_each_language {
    ($name:ident, $walk:ident) => {
        mod $name {
            #[tokio::test]
            async fn in_chinese() -> anyhow::Result<()> {
                match crate::demo().await? {
                    Some(product) => super::$walk(&product, "zh-CN").await,
                    None => Ok(()),
                }
            }

            #[tokio::test]
            async fn in_english() -> anyhow::Result<()> {
                match crate::demo().await? {
                    Some(product) => super::$walk(&product, "en").await,
                    None => Ok(()),
                }
            }
        }
    };
}

mod amendment;
mod area;
mod buying;
mod cool_app;
mod distribution;
mod first_page;
mod kept;
mod lead;
mod life;
mod listing;
mod maintenance;
mod market;
mod organizations;
mod page_delivery;
mod page_edit;
mod permissions;
mod person;
mod promotion;
mod records;
mod refusals;
mod rollout;
mod seats;
mod service;
mod session;
mod trade;

/// A server with demo data; `None` where there is no browser to look at it with.
async fn demo() -> Result<Option<Product>> {
    match chromium::is_present() {
        true => Product::with_demo_data().await.map(Some),
        false => Ok(None),
    }
}
