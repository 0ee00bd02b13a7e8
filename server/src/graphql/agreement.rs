//! Agreements in the schema: the text that people read before they tick.

use async_graphql::{Context, Object, SimpleObject};

use super::context::Ask;
use crate::domain::agreement::{self, AgreementKind};

/// A versioned text; `body` is Markdown in the caller's language.
#[derive(Clone, Debug, SimpleObject)]
pub struct Agreement {
    /// Which agreement.
    pub kind: AgreementKind,
    /// Send this version back to agree.
    pub version: String,
    /// What it is called, in the caller's language.
    pub title: String,
    /// Markdown.
    pub body: String,
}

#[derive(Default)]
pub struct AgreementQuery;

#[Object]
impl AgreementQuery {
    /// The version of an agreement that counts now.
    async fn agreement(&self, ctx: &Context<'_>, kind: AgreementKind) -> Agreement {
        let (current, locale) = (agreement::Agreement::current(kind), ctx.locale());
        Agreement {
            kind,
            version: current.version.to_owned(),
            title: current.title().get(locale).to_owned(),
            body: current.body(locale).to_owned(),
        }
    }
}
