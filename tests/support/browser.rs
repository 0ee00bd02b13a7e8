//! What a person does in a browser, by what a person perceives: roles, names, labels, text. No CSS classes, no test ids.
//! Every wait looks again until a deadline; there are no fixed pauses. The processes behind it are `chromium.rs`.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::accessibility::{self, Violation};
use crate::chromium::Chromium;

/// How long something may take to appear; generous, since a loaded machine runs debug builds.
const PATIENCE: Duration = Duration::from_secs(15);
/// The password of every demo account.
const DEMO_PASSWORD: &str = "appshelf-demo";
const LOOK_AGAIN: Duration = Duration::from_millis(30);

/// How the page is looked at: what a person chose on their device and in the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// `zh-CN` or `en`.
    pub language: &'static str,
    /// `light` or `dark`.
    pub theme: &'static str,
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
}

impl View {
    /// A desk screen.
    pub const fn wide(language: &'static str, theme: &'static str) -> Self {
        Self {
            language,
            theme,
            width: 1280,
            height: 900,
        }
    }

    /// A phone held upright.
    pub const fn phone(language: &'static str, theme: &'static str) -> Self {
        Self {
            language,
            theme,
            width: 390,
            height: 844,
        }
    }
}

/// A browser in front of one server.
pub struct Browser {
    chromium: Chromium,
    base_url: String,
}

impl Browser {
    /// Opens a browser with a fresh profile; `base_url` has no slash at the end.
    pub async fn open(base_url: &str, view: View) -> Result<Self> {
        let chromium = Chromium::start(view.width, view.height).await?;
        let browser = Self {
            chromium,
            base_url: base_url.to_owned(),
        };
        browser.look_as(view).await?;
        Ok(browser)
    }

    /// The WebDriver session, for what has no word here.
    pub fn session(&self) -> &WebDriver {
        &self.chromium.session
    }

    /// Changes language, theme and size for the pages loaded from now on.
    pub async fn look_as(&self, view: View) -> Result<()> {
        let cdp = self.session().cdp();
        // Kept ready, so that roles and names are not computed anew for every element that is asked for them.
        cdp.send_raw("Accessibility.enable", json!({})).await?;
        let phone = view.width < 600;
        cdp.send_raw(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": phone }),
        )
        .await?;
        cdp.send_raw("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone }))
            .await?;
        // Pictures and tests do not wait for animations; the product honours this wish anyway.
        let wishes = json!([{ "name": "prefers-color-scheme", "value": view.theme },
                            { "name": "prefers-reduced-motion", "value": "reduce" }]);
        cdp.send_raw("Emulation.setEmulatedMedia", json!({ "features": wishes }))
            .await?;
        let choose = format!(
            "try {{ localStorage.setItem('appshelf.lang', '{}'); localStorage.setItem('appshelf.theme', '{}'); }} catch (e) {{}}",
            view.language, view.theme
        );
        cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": choose }))
            .await?;
        Ok(())
    }

    /// Takes the device into another time zone, `Etc/GMT+12`.
    pub async fn travel_to(&self, zone: &str) -> Result<()> {
        let there = json!({ "timezoneId": zone });
        self.session()
            .cdp()
            .send_raw("Emulation.setTimezoneOverride", there)
            .await?;
        Ok(())
    }

    /// Goes to an address of the product (`/sign-in`) and waits until the application has drawn itself.
    pub async fn visit(&self, path: &str) -> Result<()> {
        self.session().goto(format!("{}{path}", self.base_url)).await?;
        self.until("the application to start", || async {
            Ok(self.ask("return document.getElementById('boot') === null").await? == Value::Bool(true))
        })
        .await
    }

    /// The one element that is shown with this role and accessible name; waits for it, and for there to be only one.
    pub async fn by_role(&self, role: &str, name: &str) -> Result<WebElement> {
        let what = format!("elements of role {role} named {name:?}");
        let found = self.one(&what, None, async || self.all_by_role(role, Some(name)).await);
        match found.await {
            Ok(element) => Ok(element),
            Err(reason) => {
                let seen = self.names_of(role).await.unwrap_or_default();
                Err(reason.context(format!("names seen: {seen:?}")))
            }
        }
    }

    /// All shown elements of a role, in document order; with `name` those whose accessible name is exactly that.
    pub async fn all_by_role(&self, role: &str, name: Option<&str>) -> Result<Vec<WebElement>> {
        self.named(role, name, false).await
    }

    /// Shown elements of a role whose accessible name is the given one, or holds it.
    async fn named(&self, role: &str, name: Option<&str>, part: bool) -> Result<Vec<WebElement>> {
        let asked = vec![json!(role), json!(name), json!(part)];
        Ok(self.session().execute(BY_ROLE, asked).await?.elements()?)
    }

    /// Whether such an element is shown right now.
    pub async fn shows(&self, role: &str, name: &str) -> Result<bool> {
        Ok(!self.all_by_role(role, Some(name)).await?.is_empty())
    }

    /// Clicks a button, link, tab, menu item…
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let element = self.by_role(role, name).await?;
            // A page that is being redrawn may take the element away between finding and clicking.
            match element.click().await {
                Ok(()) => return Ok(()),
                Err(reason) if Instant::now() > deadline => {
                    return Err(reason).context(format!("clicking {role} {name:?}"));
                }
                Err(_) => {
                    // What lies beneath the bar at the top is brought to the middle, as a person scrolls.
                    let centre = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
                    drop(self.session().execute(centre, vec![element.to_json()?]).await);
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
            }
        }
    }

    /// Clicks one of several of the same name, counted from 0, as a person does who sees which is meant.
    pub async fn click_nth(&self, role: &str, name: &str, number: usize) -> Result<()> {
        Ok(self.nth(role, name, number).await?.click().await?)
    }

    /// One of several of the same name, counted from 0; waits until there are so many.
    pub async fn nth(&self, role: &str, name: &str, number: usize) -> Result<WebElement> {
        let what = format!("elements of role {role} named {name:?}");
        self.one(&what, Some(number), async || self.all_by_role(role, Some(name)).await)
            .await
    }

    /// Clicks twice in a row, as hasty people do.
    pub async fn double_click(&self, role: &str, name: &str) -> Result<()> {
        let element = self.by_role(role, name).await?;
        Ok(self
            .session()
            .action_chain()
            .double_click_element(&element)
            .perform()
            .await?)
    }

    /// The text of the element with this id, shown or only for screen readers.
    pub async fn text_of(&self, id: &str) -> Result<String> {
        let text = self
            .session()
            .execute(
                "return document.getElementById(arguments[0])?.textContent",
                vec![json!(id)],
            )
            .await?;
        Ok(text.json().as_str().unwrap_or_default().to_owned())
    }

    /// Clicks the first shown element of a role whose name holds these words; waits until there is one.
    pub async fn click_first(&self, role: &str, words: &str) -> Result<()> {
        self.until(&format!("a {role} named …{words}…"), || async {
            match self.named(role, Some(words), true).await?.first() {
                // What moves while it is clicked is missed: a choice is made once it is set.
                Some(element) => Ok(element.click().await.is_ok() && (role != "radio" || element.is_selected().await?)),
                None => Ok(false),
            }
        })
        .await
    }

    /// Opens every folded part whose heading begins with these words; waits until there is one.
    pub async fn unfold(&self, beginning: &str) -> Result<()> {
        self.until(&format!("a folded part {beginning}…"), || async {
            let found = self
                .session()
                .execute(FOLDED, vec![json!(beginning)])
                .await?
                .elements()?;
            for heading in &found {
                heading.click().await?;
            }
            Ok(!found.is_empty())
        })
        .await
    }

    /// Waits until an element of this role is shown.
    pub async fn wait_for_role(&self, role: &str) -> Result<()> {
        self.until(&format!("a {role}"), || async {
            Ok(!self.all_by_role(role, None).await?.is_empty())
        })
        .await
    }

    /// Makes the tab forget what it kept for itself, such as the remote maintenance that it is inside.
    pub async fn forget_tab(&self) -> Result<()> {
        self.ask("sessionStorage.clear()").await.map(drop)
    }

    /// Takes the network away from the page, or gives it back.
    pub async fn connect(&self, connected: bool) -> Result<()> {
        let cdp = self.session().cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw(
            "Network.emulateNetworkConditions",
            json!({ "offline": !connected, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
        )
        .await?;
        Ok(())
    }

    /// Clicks the first shown link whose path starts with `prefix`; waits until there is one.
    pub async fn follow(&self, prefix: &str) -> Result<()> {
        self.until(&format!("a link to {prefix}…"), || async {
            let found = self
                .session()
                .execute(LINKS_TO, vec![json!(prefix)])
                .await?
                .elements()?;
            match found.first() {
                Some(link) => Ok(link.click().await.is_ok()),
                None => Ok(false),
            }
        })
        .await
    }

    /// Signs in through the form as a demo account, in whatever language the page is, and waits until it is left.
    pub async fn sign_in(&self, email: &str) -> Result<()> {
        self.visit("/sign-in").await?;
        self.until("the sign-in form", || async {
            Ok(self.session().find(By::Css("input[type=password]")).await.is_ok())
        })
        .await?;
        self.session()
            .find(By::Css("input[type=email]"))
            .await?
            .send_keys(email)
            .await?;
        self.session()
            .find(By::Css("input[type=password]"))
            .await?
            .send_keys(DEMO_PASSWORD)
            .await?;
        self.session()
            .find(By::Css("form button[type=submit], form button:not([type])"))
            .await?
            .click()
            .await?;
        self.wait_for_address("to leave /sign-in", |address| !address.starts_with("/sign-in"))
            .await?;
        self.wait_until_calm().await
    }

    /// By how many CSS pixels the page is wider than its window, if it is.
    pub async fn overflow(&self) -> Result<Option<i64>> {
        let excess = self
            .ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .await?;
        Ok(excess.as_i64().filter(|excess| *excess > 0))
    }

    /// Replaces the text of the field with this label by typing.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.by_label(label).await?;
        field.clear().await?;
        field
            .send_keys(text)
            .await
            .with_context(|| format!("typing into {label:?}"))
    }

    /// Replaces the text of a field as an input method does, which gives what no key gives: emoji.
    pub async fn put_into(&self, field: &WebElement, text: &str) -> Result<()> {
        field.clear().await?;
        field.focus().await?;
        let cdp = self.session().cdp();
        cdp.send_raw("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    /// Chooses the option with this text in the select of this label.
    pub async fn choose(&self, label: &str, option: &str) -> Result<()> {
        let select = self.by_label(label).await?;
        self.choose_in(&select, option)
            .await
            .with_context(|| format!("the select {label:?}"))
    }

    /// Chooses the option with this text in a select.
    pub async fn choose_in(&self, select: &WebElement, option: &str) -> Result<()> {
        let chosen = self
            .session()
            .execute(CHOOSE, vec![select.to_json()?, json!(option)])
            .await?;
        if chosen.json() != &Value::Bool(true) {
            bail!("there is no option {option:?}: {}", chosen.json());
        }
        Ok(())
    }

    /// Picks a day (`2026-12-31`) in the field of this label: how it is typed differs between systems.
    pub async fn pick_day(&self, label: &str, day: &str) -> Result<()> {
        let field = self.by_label(label).await?;
        self.session()
            .execute(PICK_DAY, vec![field.to_json()?, json!(day)])
            .await?;
        Ok(())
    }

    /// Waits until a row of a table holds all of these words.
    pub async fn wait_for_row(&self, words: &[&str]) -> Result<()> {
        self.until(&format!("a row with {words:?}"), || async {
            for row in self.all_by_role("row", None).await? {
                let text = row.text().await?;
                if words.iter().all(|word| text.contains(word)) {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
    }

    /// Follows the first link in the row of a table that holds these words; waits until there is one.
    pub async fn follow_in_row(&self, words: &str) -> Result<()> {
        self.until(&format!("a link in a row with {words:?}"), || async {
            for row in self.all_by_role("row", None).await? {
                if row.text().await?.contains(words) {
                    let link = row.find(By::Css("a[href]")).await?;
                    return Ok(link.click().await.is_ok());
                }
            }
            Ok(false)
        })
        .await
    }

    /// Puts a file of this machine into the file field of this label.
    pub async fn upload(&self, label: &str, file: &Path) -> Result<()> {
        let field = self.by_label(label).await?;
        Ok(field.send_keys(file.to_string_lossy()).await?)
    }

    /// The form control whose accessible name is exactly this; hidden file inputs behind a styled label count.
    pub async fn by_label(&self, label: &str) -> Result<WebElement> {
        let what = format!("form controls labelled {label:?}");
        self.one(&what, None, async || self.all_by_label(label).await).await
    }

    /// One of several form controls of the same name, counted from 0; waits until there are so many.
    pub async fn nth_by_label(&self, label: &str, number: usize) -> Result<WebElement> {
        let what = format!("form controls labelled {label:?}");
        self.one(&what, Some(number), async || self.all_by_label(label).await)
            .await
    }

    async fn all_by_label(&self, label: &str) -> Result<Vec<WebElement>> {
        Ok(self.session().execute(BY_LABEL, vec![json!(label)]).await?.elements()?)
    }

    /// Waits until this text is shown somewhere on the page, in the open dialog where there is one.
    pub async fn wait_for_text(&self, text: &str) -> Result<()> {
        self.until(&format!("the text {text:?}"), || async {
            Ok(self.text().await?.contains(text))
        })
        .await
    }

    /// Waits until no element of this role and name is shown.
    pub async fn wait_until_absent(&self, role: &str, name: &str) -> Result<()> {
        self.until(&format!("the {role} {name:?} to go"), || async {
            Ok(!self.shows(role, name).await?)
        })
        .await
    }

    /// Waits until this text is shown nowhere on the page.
    pub async fn wait_until_gone(&self, text: &str) -> Result<()> {
        self.until(&format!("the text {text:?} to go"), || async {
            Ok(!self.text().await?.contains(text))
        })
        .await
    }

    /// Waits until the address (path, query and fragment) satisfies `is`.
    pub async fn wait_for_address(&self, what: &str, is: impl Fn(&str) -> bool) -> Result<()> {
        self.until(&format!("the address {what}"), || async {
            Ok(is(&self.address().await?))
        })
        .await
    }

    /// Waits until nothing on the page says that it is busy, fonts and pictures are there, and two frames have passed.
    pub async fn wait_until_calm(&self) -> Result<()> {
        self.until("the page to settle", || async {
            Ok(self.ask(IS_CALM).await? == Value::Bool(true))
        })
        .await?;
        self.session().execute_async(TWO_FRAMES, Vec::new()).await?;
        Ok(())
    }

    /// Scrolls up, as a person does who looks for what a page says at its top.
    pub async fn to_top(&self) -> Result<()> {
        self.wait_for_script("the top", "window.scrollTo(0, 0); return window.scrollY === 0")
            .await
    }

    /// Waits until the script answers `true`; for what no person perceives.
    pub async fn wait_for_script(&self, what: &str, script: &str) -> Result<()> {
        self.until(what, || async { Ok(self.ask(script).await? == Value::Bool(true)) })
            .await
    }

    /// Path, query and fragment of the page.
    pub async fn address(&self) -> Result<String> {
        Ok(self
            .ask("return location.pathname + location.search + location.hash")
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// The text that is shown, as a person would copy it; of the open dialog where there is one, and of what it says beside it.
    pub async fn text(&self) -> Result<String> {
        Ok(self.ask(SHOWN_TEXT).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Presses keys on whatever has the focus.
    pub async fn press(&self, keys: impl AsRef<str>) -> Result<()> {
        Ok(self.session().action_chain().send_keys(keys.as_ref()).perform().await?)
    }

    /// What axe finds wrong on the page as it is now.
    pub async fn audit(&self) -> Result<Vec<Violation>> {
        accessibility::audit(self.session()).await
    }

    /// A picture of the whole page; of the window alone where a dialog stands over it.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let dialog = self
            .ask("return document.querySelector('dialog:modal') !== null")
            .await?
            == Value::Bool(true);
        let wanted = json!({ "format": "png", "captureBeyondViewport": !dialog });
        let answer = self.session().cdp().send_raw("Page.captureScreenshot", wanted).await?;
        let encoded = answer["data"].as_str().context("the picture's data")?;
        std::fs::write(file, STANDARD.decode(encoded)?).with_context(|| format!("writing {}", file.display()))
    }

    /// Errors that the page wrote to the console since the last call: failed requests, refused scripts, panics.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.session().browser_log().await?;
        Ok(log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect())
    }

    /// Ends the browser in order.
    pub async fn quit(self) -> Result<()> {
        self.chromium.quit().await
    }

    async fn ask(&self, script: &str) -> Result<Value> {
        Ok(self.session().execute(script, Vec::new()).await?.json().clone())
    }

    async fn names_of(&self, role: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for element in self.all_by_role(role, None).await? {
            let name = self
                .session()
                .execute("return arguments[0].computedName", vec![element.to_json()?]);
            names.push(name.await?.convert()?);
        }
        Ok(names)
    }

    /// Looks until there is an element of that number, counted from 0, or, without one, until there is only one.
    async fn one<F>(&self, what: &str, number: Option<usize>, look: F) -> Result<WebElement>
    where
        F: AsyncFn() -> Result<Vec<WebElement>>,
    {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut found = look().await?;
            match (number, found.len()) {
                (None, 1) => return Ok(found.remove(0)),
                (Some(number), count) if number < count => return Ok(found.swap_remove(number)),
                (_, count) if Instant::now() > deadline => {
                    bail!("{count} {what} at {}:\n{}", self.address().await?, self.text().await?)
                }
                _ => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }

    async fn until<F, Fut>(&self, what: &str, is_so: F) -> Result<()>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<bool>>,
    {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // A question asked while a page is replaced fails; only a failure at the deadline counts.
            let answer = is_so().await;
            let reason = match answer {
                Ok(true) => return Ok(()),
                _ if Instant::now() <= deadline => {
                    tokio::time::sleep(LOOK_AGAIN).await;
                    continue;
                }
                Ok(_) => anyhow!("waited {PATIENCE:?} for {what}"),
                Err(reason) => reason.context(format!("waited {PATIENCE:?} for {what}")),
            };
            // A page that cannot be read any more must not hide what was waited for.
            let shown = self.text().await.unwrap_or_default();
            return Err(reason.context(format!("the page says:\n{shown}")));
        }
    }
}

/// Elements that assistive technology is told of, by role and optional name. An inert or hidden element has no role. What an
/// element can have as its role is looked at first: to ask the browser for one costs milliseconds.
const BY_ROLE: &str = r"
  const [role, name, part] = arguments;
  const tidy = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const native = {
    alert: '', button: 'button, summary, input[type=button], input[type=submit]', checkbox: 'input[type=checkbox]', dialog: 'dialog',
    heading: 'h1, h2, h3, h4, h5, h6', image: 'img, svg', link: 'a[href]', radio: 'input[type=radio]', row: 'tr',
    combobox: 'select', textbox: 'input, textarea',
  };
  const wanted = role in native ? [native[role], `[role=${role}]`].filter(Boolean).join(', ') : '*';
  const fits = (found) => name === null || (part ? found.includes(tidy(name)) : found === tidy(name));
  return [...document.body.querySelectorAll(wanted)].filter((element) =>
    element.checkVisibility() && element.computedRole === role && fits(tidy(element.computedName)));
";
const FOLDED: &str = r"
  const [beginning] = arguments;
  return [...document.querySelectorAll('details:not([open]) > summary')].filter((heading) =>
    heading.checkVisibility() && heading.innerText.trim().startsWith(beginning.trim()));
";
const BY_LABEL: &str = r"
  const [label] = arguments;
  // A field that may be left empty says so after its label.
  const tidy = (text) => (text || '').replace(/\s+/g, ' ').replace(/\s*(（选填）|\(optional\))$/, '').trim();
  const open = [...document.querySelectorAll('dialog:modal')].pop() ?? document;
  const names = (element) => [element.computedName, ...[...element.labels ?? []].map((label) => label.innerText)];
  return [...open.querySelectorAll('input, select, textarea, [contenteditable=true], [role=combobox], [role=switch]')]
    .filter((element) => names(element).some((name) => tidy(name) === tidy(label))
      && (element.type === 'file' || element.checkVisibility()));
";
const LINKS_TO: &str = r"
  const [prefix] = arguments;
  return [...document.querySelectorAll('a[href]')].filter((link) =>
    link.origin === location.origin && link.pathname.startsWith(prefix) && link.pathname !== prefix && link.checkVisibility());
";
const SHOWN_TEXT: &str = r"
  const open = [...document.querySelectorAll('dialog:modal')].pop();
  const beside = [...document.querySelectorAll('[role=status]')].map((element) => element.innerText);
  return open ? [open.innerText, ...beside].join('\n') : document.body.innerText;
";
const PICK_DAY: &str = r"
  const [field, day] = arguments;
  field.focus();
  field.value = day;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  field.blur();
";
const CHOOSE: &str = r"
  const [select, wanted] = arguments;
  const option = [...select.options].find((option) => option.text.trim() === wanted);
  if (!option) return [...select.options].map((option) => option.text);
  select.value = option.value;
  select.dispatchEvent(new Event('input', { bubbles: true }));
  select.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
";
// A picture shows the whole page, so those further down are loaded as well.
const IS_CALM: &str = r"
  for (const image of document.images) image.loading = 'eager';
  return document.readyState === 'complete' && document.fonts.status === 'loaded'
    && !document.querySelector('[aria-busy=true]') && [...document.images].every((image) => image.complete);
";
const TWO_FRAMES: &str = r"
  const done = arguments[0];
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
";
