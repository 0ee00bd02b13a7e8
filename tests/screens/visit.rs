//! Takes one screen in one view: goes there, takes the steps, the picture, and says what is wrong with it.

use std::path::Path;

use anyhow::Result;
use appshelf_tests::browser::{Browser, View};
use appshelf_tests::texts::Texts;

use crate::screen::{Screen, Step};
use crate::stage::Stage;

/// `zh-CN-wide-light`: the file name of a view's picture.
pub fn name_of(view: View) -> String {
    let width = if view.width < 600 { "phone" } else { "wide" };
    format!("{}-{width}-{}", view.language, view.theme)
}

/// Takes the picture, prints what is wrong and returns how much that is.
pub async fn report(browser: &Browser, stage: &Stage, screen: &Screen, view: View, into: &Path) -> usize {
    let name = format!("{}/{}", screen.name, name_of(view));
    let found = match look(browser, stage, screen, view, &into.join(format!("{name}.png"))).await {
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

async fn look(browser: &Browser, stage: &Stage, screen: &Screen, view: View, file: &Path) -> Result<Vec<String>> {
    browser.look_as(view).await?;
    browser.console_errors().await?;
    browser.visit(&stage.address(screen.address)).await?;
    let texts = Texts {
        language: view.language,
    };
    for step in screen.steps {
        browser.wait_until_calm().await?;
        take(browser, stage, *step, texts).await?;
    }
    browser.wait_until_calm().await?;
    browser.picture(file).await?;
    let mut found: Vec<String> = browser.audit().await?.iter().map(ToString::to_string).collect();
    let alone = screen.steps.iter().any(|step| matches!(step, Step::Disconnect));
    let errors = browser.console_errors().await?;
    // Without a connection requests fail, and the console says so.
    if !alone {
        found.extend(errors.into_iter().map(|error| format!("console: {error}")));
    }
    if let Some(excess) = browser.overflow().await? {
        found.push(format!("layout: the page is {excess} pixels wider than the window"));
    }
    browser.connect(true).await?;
    browser.forget_tab().await?;
    Ok(found)
}

async fn take(browser: &Browser, stage: &Stage, step: Step, texts: Texts) -> Result<()> {
    match step {
        Step::Follow(prefix) => browser.follow(prefix).await,
        Step::Click(role, key) => browser.click(role, &texts.get(key)).await,
        Step::ClickFirst(role, key) => browser.click_first(role, &texts.beginning(key)).await,
        Step::ClickNamed(role, key, thing) => browser.click(role, &format!("{}: {thing}", texts.get(key))).await,
        Step::Fill(label, text) => browser.fill(&texts.get(label), text).await,
        Step::Upload(label, file) => browser.upload(&texts.get(label), &stage.file(file)).await,
        Step::Unfold(key) => browser.unfold(&texts.beginning(key)).await,
        Step::Await(key) => browser.wait_for_text(&texts.get(key)).await,
        Step::AwaitRole(role) => browser.wait_for_role(role).await,
        Step::Disconnect => {
            browser.connect(false).await?;
            browser.click_first("link", &texts.get("portal.view_detail")).await
        }
    }
}
