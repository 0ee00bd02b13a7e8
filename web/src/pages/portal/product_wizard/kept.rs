//! What was typed and is not saved yet, kept in this browser: a closed tab and a lost connection lose nothing.

use serde_json::{Value, json};

use super::saving::{self, Engine};
use crate::{api::DateTime, browser, forms::product::ProductForm, session};

/// What an earlier visit left.
pub struct Kept {
    pub at: DateTime,
    pub base: Value,
    pub form: ProductForm,
}

/// The name under which this browser keeps it; drafts of several people in one browser stay apart.
pub fn name(product: &cynic::Id) -> String {
    let person = session::viewer_now().map_or_else(String::new, |viewer| viewer.user.id.into_inner());
    format!("appshelf.product.{person}.{}", product.inner())
}

/// Notes it, or forgets it.
pub fn note(engine: &Engine, form: Option<&ProductForm>) {
    let text = form.map(|form| {
        let at: String = js_sys::Date::new_0().to_iso_string().into();
        json!({ "at": at, "base": engine.base, "form": saving::json(form) }).to_string()
    });
    browser::store(&engine.kept_as, text.as_deref());
}

/// Nothing where nothing was left, or where it is none that this version wrote.
pub fn read(name: &str) -> Option<Kept> {
    let mut kept: Value = serde_json::from_str(&browser::stored(name)?).ok()?;
    Some(Kept {
        at: DateTime(kept["at"].as_str()?.to_owned()),
        base: kept.get_mut("base")?.take(),
        form: serde_json::from_value(kept.get_mut("form")?.take()).ok()?,
    })
}
