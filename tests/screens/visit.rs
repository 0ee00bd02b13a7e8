//! Takes one screen in one view: goes there, takes the steps, the picture, and says what is wrong with it.

use std::path::Path;

use anyhow::Result;
use appshelf_tests::browser::{Browser, View};

use crate::screen::{Screen, Step};

/// `zh-CN-wide-light`: the file name of a view's picture.
pub fn name_of(view: View) -> String {
    let width = if view.width < 600 { "phone" } else { "wide" };
    format!("{}-{width}-{}", view.language, view.theme)
}

/// Takes the picture, prints what is wrong and returns how much that is.
pub async fn report(browser: &Browser, screen: &Screen, view: View, into: &Path) -> usize {
    let name = format!("{}/{}", screen.name, name_of(view));
    let found = match look(browser, screen, view, &into.join(format!("{name}.png"))).await {
        Ok(found) => found,
        Err(reason) => vec![format!("could not be opened: {reason:#}")],
    };
    println!(
        "{name}: {}",
        if found.is_empty() {
            "nothing found".to_owned()
        } else {
            format!("{} found", found.len())
        }
    );
    found.iter().for_each(|finding| println!("  {finding}"));
    found.len()
}

async fn look(browser: &Browser, screen: &Screen, view: View, file: &Path) -> Result<Vec<String>> {
    browser.look_as(view).await?;
    browser.console_errors().await?;
    browser.visit(screen.address).await?;
    for step in screen.steps {
        browser.wait_until_calm().await?;
        take(browser, *step, view.language).await?;
    }
    browser.wait_until_calm().await?;
    browser.picture(file).await?;
    let mut found: Vec<String> = browser.audit().await?.iter().map(ToString::to_string).collect();
    found.extend(
        browser
            .console_errors()
            .await?
            .into_iter()
            .map(|error| format!("console: {error}")),
    );
    if let Some(excess) = browser.overflow().await? {
        found.push(format!("layout: the page is {excess} pixels wider than the window"));
    }
    Ok(found)
}

async fn take(browser: &Browser, step: Step, language: &str) -> Result<()> {
    match step {
        Step::Follow(prefix) => browser.follow(prefix).await,
        Step::Click(role, words) => browser.click(role, words.in_language(language)).await,
        Step::ClickFirst(role) => browser.click_first(role).await,
        Step::Fill(label, text) => browser.fill(label.in_language(language), text).await,
        Step::Await(words) => browser.wait_for_text(words.in_language(language)).await,
    }
}
