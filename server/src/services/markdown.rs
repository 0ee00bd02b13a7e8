//! Showing Markdown before it is saved, exactly as it will be shown. What becomes of it is `domain::markdown`.

use crate::auth::viewer::Viewer;
use crate::domain::markdown;
use crate::domain::refusal::Refusal;
use crate::domain::wording;

/// The text as HTML, for members of any organisation. Takes its time; no thread that others wait for should run it.
pub fn render(viewer: &Viewer, text: &str) -> Result<String, Refusal> {
    viewer.member()?;
    let text = wording::paragraphs(text, markdown::MAX_CHARS).map_err(|problem| Refusal::invalid("text", problem))?;
    Ok(markdown::render(&text))
}
