//! What taking an overwrite back would do (D16), in words.

use async_graphql::SimpleObject;

use super::page_change::said;
use super::types::Delivery;
use crate::domain::component::ComponentKind;
use crate::domain::locale::Locale;
use crate::domain::preflight::Speak;
use crate::services::delivery::rollback;

/// One page that an overwrite replaced.
#[derive(Clone, Debug, SimpleObject)]
pub struct RollbackPage {
    /// Identity over versions.
    component_key: String,
    /// What kind of page it was.
    kind: ComponentKind,
    /// As it is called once it is put back.
    name: String,
    /// Whether it is put back as it was.
    restored: bool,
    /// Why it stays as it is, in the caller's language.
    reason: Option<String>,
    /// What the customer changed since the overwrite, in the caller's language; it is gone with the rollback.
    changes_since: Vec<String>,
    /// Records that were added since; they stay.
    new_record_count: i32,
}

impl RollbackPage {
    fn new(page: rollback::RollbackPage, locale: Locale) -> Self {
        Self {
            component_key: page.key,
            kind: page.kind,
            name: page.name,
            restored: page.stays.is_none(),
            reason: page.stays.map(|reason| reason.say(locale)),
            changes_since: said(&page.changes, locale),
            new_record_count: i32::try_from(page.new_records).unwrap_or(i32::MAX),
        }
    }
}

/// What a rollback would do now. Nothing is written.
#[derive(Clone, Debug, SimpleObject)]
pub struct RollbackReport {
    /// The overwrite that would be taken back.
    delivery: Delivery,
    /// Every page that it replaced, in the order of the instance.
    pages: Vec<RollbackPage>,
}

impl RollbackReport {
    /// In words of that language.
    pub fn new(report: rollback::RollbackReport, locale: Locale) -> Self {
        let page = |page| RollbackPage::new(page, locale);
        Self {
            delivery: Delivery(report.overwrite),
            pages: report.pages.into_iter().map(page).collect(),
        }
    }
}
