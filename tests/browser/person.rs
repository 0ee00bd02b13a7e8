//! A person at a browser of their own: a demo account, a language, and the words in it. Journeys say what the person does by the
//! keys of texts, so that each is walked in both languages.

use std::path::Path;

use anyhow::{Context, Result, bail};
use appshelf_tests::browser::{Browser, View};
use appshelf_tests::process::Product;
use appshelf_tests::texts::Texts;

/// CorpID of the customer of the demo whose projects go well.
pub const BLUE: &str = "dingb1ae0c4f2d7e41d39a5f60c8173e24d5";

/// Somebody in front of the product.
pub struct Person {
    pub browser: Browser,
    pub texts: Texts,
}

impl Person {
    /// Somebody who has not signed in.
    pub async fn visitor(product: &Product, language: &'static str) -> Result<Self> {
        Ok(Self {
            browser: Browser::open(&product.url(), View::wide(language, "light")).await?,
            texts: Texts { language },
        })
    }

    /// Somebody at the page where they begin.
    pub async fn signed_in(product: &Product, language: &'static str, email: &str) -> Result<Self> {
        let person = Self::visitor(product, language).await?;
        person
            .browser
            .sign_in(email)
            .await
            .with_context(|| format!("signing in as {email}"))?;
        Ok(person)
    }

    /// The words of a text.
    pub fn words(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// Presses the button of that name.
    pub async fn press(&self, key: &str) -> Result<()> {
        self.browser.click("button", &self.words(key)).await
    }

    /// Opens the menu whose button holds that name.
    pub async fn open_menu(&self, key: &str) -> Result<()> {
        self.browser.click_first("button", &self.words(key)).await
    }

    /// Follows the link of that name.
    pub async fn follow(&self, key: &str) -> Result<()> {
        self.browser.click("link", &self.words(key)).await
    }

    /// Goes somewhere by the side navigation.
    pub async fn go(&self, key: &str) -> Result<()> {
        self.browser.click_first("link", &self.words(key)).await?;
        self.browser.wait_until_calm().await
    }

    /// Types into the field of that label.
    pub async fn fill(&self, key: &str, text: &str) -> Result<()> {
        self.browser.fill(&self.words(key), text).await
    }

    /// What stands in the field of that label.
    pub async fn value(&self, key: &str) -> Result<String> {
        let field = self.browser.by_label(&self.words(key)).await?;
        Ok(field.value().await?.unwrap_or_default())
    }

    /// Sets or takes back the tick of that name.
    pub async fn tick(&self, key: &str) -> Result<()> {
        self.browser.click("checkbox", &self.words(key)).await
    }

    /// Puts a file into the field of that label and waits until it is stored.
    pub async fn upload(&self, key: &str, file: &Path) -> Result<()> {
        self.browser.upload(&self.words(key), file).await?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.browser.by_role("button", &name).await.map(drop)
    }

    /// Waits until the text is shown.
    pub async fn sees(&self, key: &str) -> Result<()> {
        self.browser.wait_for_text(&self.words(key)).await
    }

    /// Waits until those words are shown.
    pub async fn reads(&self, words: &str) -> Result<()> {
        self.browser.wait_for_text(words).await
    }

    /// Waits for the page's heading.
    pub async fn is_at(&self, heading: &str) -> Result<()> {
        self.browser.by_role("heading", heading).await.map(drop)
    }

    /// Fails where the text is shown.
    pub async fn sees_no(&self, words: &str) -> Result<()> {
        let text = self.browser.text().await?;
        if text.contains(words) {
            bail!("{words:?} is shown:\n{text}");
        }
        Ok(())
    }

    /// Goes away; errors that the page wrote to the console meanwhile are the journey's failure.
    pub async fn leave(self) -> Result<()> {
        let errors = self.browser.console_errors().await?;
        if !errors.is_empty() {
            bail!("the console says: {errors:#?}");
        }
        self.browser.quit().await
    }
}
