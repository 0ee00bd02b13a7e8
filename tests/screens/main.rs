//! Takes a picture of every screen and dialog, in both languages, widths and themes, and prints what axe finds on each. It is no
//! test: a person looks at the pictures. `scripts/screens` builds the product and runs this.
//!
//! ```text
//! screens [--into FOLDER] [--view PART] [NAME…]
//! ```
//! NAME picks screens whose name contains it, PART picks views (`en`, `phone`, `dark`, `zh-CN-wide-light`, …).

mod followed;
mod list;
mod screen;
mod stage;
mod visit;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use appshelf_tests::browser::{Browser, View};
use appshelf_tests::process::Product;

use crate::screen::Screen;
use crate::stage::Stage;

struct Wanted {
    into: PathBuf,
    views: Vec<View>,
    screens: Vec<&'static Screen>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let wanted = wanted(std::env::args().skip(1))?;
    println!(
        "{} screens in {} views into {}",
        wanted.screens.len(),
        wanted.views.len(),
        wanted.into.display()
    );
    let product = Product::with_demo_data().await?;
    let stage = Stage::set(&product).await?;
    let mut findings = 0;
    for (account, screens) in by_account(&wanted.screens) {
        let browser = Browser::open(&product.url(), wanted.views[0]).await?;
        if let Some(email) = account {
            browser
                .sign_in(email)
                .await
                .with_context(|| format!("signing in as {email}"))?;
        }
        for screen in screens {
            for view in wanted
                .views
                .iter()
                .filter(|view| visit::name_of(**view).contains(screen.only))
            {
                findings += visit::report(&browser, &stage, screen, *view, &wanted.into).await;
            }
        }
        browser.quit().await?;
    }
    println!("{findings} findings");
    Ok(if findings == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// One browser an account: signing in is slow on purpose.
fn by_account(screens: &[&'static Screen]) -> BTreeMap<Option<&'static str>, Vec<&'static Screen>> {
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for screen in screens {
        groups.entry(screen.account).or_default().push(*screen);
    }
    groups
}

fn wanted(mut arguments: impl Iterator<Item = String>) -> Result<Wanted> {
    let (mut into, mut view, mut names) = (
        appshelf_tests::repository().join("screenshots"),
        String::new(),
        Vec::new(),
    );
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--into" => into = arguments.next().context("--into needs a folder")?.into(),
            "--view" => view = arguments.next().context("--view needs a part of a view's name")?,
            _ => names.push(argument),
        }
    }
    let views: Vec<View> = every_view()
        .into_iter()
        .filter(|one| visit::name_of(*one).contains(&view))
        .collect();
    let screens: Vec<_> = list::SCREENS
        .iter()
        .copied()
        .flatten()
        .filter(|one| names.is_empty() || names.iter().any(|name| one.name.contains(name)))
        .collect();
    anyhow::ensure!(!views.is_empty(), "no view is called {view:?}");
    anyhow::ensure!(!screens.is_empty(), "no screen is called any of {names:?}");
    Ok(Wanted { into, views, screens })
}

fn every_view() -> Vec<View> {
    let mut views = Vec::new();
    for language in ["zh-CN", "en"] {
        for theme in ["light", "dark"] {
            views.extend([View::wide(language, theme), View::phone(language, theme)]);
        }
    }
    views
}
