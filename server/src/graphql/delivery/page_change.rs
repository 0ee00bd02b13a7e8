//! The changes of pages in words (D16): what a partner sees and acknowledges before pages are sent.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};

use crate::domain::component::ComponentKind;
use crate::domain::locale::{Locale, Text};
use crate::domain::page_change::{self, FieldChangeKind, PageChangeKind};
use crate::graphql::context::Ask;
use crate::services::delivery::pages;
use crate::store;

/// One field of a form that changed.
#[derive(Clone, Debug, SimpleObject)]
pub struct FieldChange {
    /// Key in the form's schema.
    field: String,
    /// What people call it.
    label: String,
    /// What became of it.
    change: FieldChangeKind,
    /// What it is, or what changed about it, in the caller's language.
    details: Vec<String>,
}

impl FieldChange {
    fn new(change: &page_change::FieldChange, locale: Locale) -> Self {
        Self {
            field: change.key.clone(),
            label: change.label.clone(),
            change: change.change,
            details: said(&change.details, locale),
        }
    }
}

/// One page, compared with the customer's.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct PageChange {
    /// Identity over versions.
    component_key: String,
    /// What kind of page.
    kind: ComponentKind,
    /// As the version calls it.
    name: String,
    /// What sending it would mean.
    change: PageChangeKind,
    /// The customer changed it since it was delivered; an overwrite undoes that, a rollback brings it back.
    changed_by_customer: bool,
    #[graphql(skip)]
    diff: page_change::PageDiff,
}

#[ComplexObject]
impl PageChange {
    /// Fields of a form page that are added, removed or changed.
    async fn fields(&self, ctx: &Context<'_>) -> Result<Vec<FieldChange>> {
        let locale = ctx.locale();
        let fields = self.diff.fields.iter();
        Ok(fields.map(|change| FieldChange::new(change, locale)).collect())
    }

    /// Everything else that changed, in the caller's language; at most 100 sentences and how many more there are.
    async fn details(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(said(&self.diff.details, ctx.locale()))
    }
}

/// Texts in one language.
pub(super) fn said(texts: &[Text], locale: Locale) -> Vec<String> {
    texts.iter().map(|text| text.get(locale).to_owned()).collect()
}

impl PageChange {
    fn new(row: store::page_change::PageChange) -> Self {
        Self {
            component_key: row.key,
            kind: row.kind,
            name: row.name,
            change: row.change,
            changed_by_customer: row.customized,
            diff: row.diff,
        }
    }
}

/// What sending the pages of an order would change.
#[derive(Clone, Debug, SimpleObject)]
pub struct PageChanges {
    /// The version that would be sent.
    version_number: String,
    /// Stands for everything that is shown here; an overwrite acknowledges it.
    digest: String,
    /// Every page of the version in its order, then those that it has no more.
    pages: Vec<PageChange>,
}

impl From<pages::PageChanges> for PageChanges {
    fn from(found: pages::PageChanges) -> Self {
        Self {
            version_number: found.version_number,
            digest: found.digest,
            pages: found.pages.into_iter().map(PageChange::new).collect(),
        }
    }
}
