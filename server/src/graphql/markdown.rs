//! Markdown as readers see it, for editors that show a preview.

use async_graphql::{Context, Object, Result};

use super::context::{Ask, query_error};
use super::fault::fault;
use crate::services::markdown;

#[derive(Default)]
pub struct MarkdownQuery;

#[Object]
impl MarkdownQuery {
    /// The text as the safe HTML that readers will see, for members of any organisation.
    async fn rendered_markdown(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Markdown; at most 20,000 characters. Images come from `/pictures/{id}`.")] text: String,
    ) -> Result<String> {
        let viewer = ctx.viewer()?;
        // A long text takes milliseconds: done here it would hold up every other field of the request.
        let rendered = tokio::task::spawn_blocking(move || markdown::render(&viewer, &text));
        let rendered = rendered.await.map_err(fault)?;
        rendered.map_err(|refusal| query_error(refusal.into(), ctx.locale()))
    }
}
