//! Markdown as the server made it HTML: safe already, without class names of its own, so that the elements are dressed here.

use leptos::prelude::*;

/// Shows the HTML that `renderedMarkdown` answered, and nothing that came from elsewhere.
pub fn markdown_view(html: String) -> AnyView {
    let html = levelled(html);
    view! {
        <div
            class="max-w-prose space-y-2 break-words whitespace-normal \
                   [&_h3]:pt-2 [&_h3]:text-base [&_h4]:pt-1 [&_h4]:text-sm [&_h5]:text-sm [&_h5]:font-semibold [&_h6]:text-sm [&_h6]:font-semibold \
                   [&_ul]:list-disc [&_ul]:ps-5 [&_ol]:list-decimal [&_ol]:ps-5 [&_li]:my-1 \
                   [&_a]:link [&_a]:link-primary [&_a]:break-all \
                   [&_blockquote]:border-s-4 [&_blockquote]:border-base-300 [&_blockquote]:ps-3 [&_blockquote]:text-muted \
                   [&_code]:font-mono [&_code]:text-xs \
                   [&_pre]:overflow-x-auto [&_pre]:rounded-field [&_pre]:bg-base-200 [&_pre]:p-3 \
                   [&_table]:block [&_table]:overflow-x-auto [&_td]:border [&_td]:border-base-300 [&_td]:px-2 [&_td]:py-1 \
                   [&_th]:border [&_th]:border-base-300 [&_th]:px-2 [&_th]:py-1 [&_th]:text-start \
                   [&_hr]:border-base-300 [&_img]:max-h-96 [&_img]:max-w-full [&_img]:rounded-field"
            inner_html=html
        ></div>
    }
    .into_any()
}

/// The same with headings from the third level on, whichever the first is that its writer used: it stands in a section whose heading is
/// of the second.
fn levelled(html: String) -> String {
    let mut html = html;
    // What is no tag is escaped, so that a tag is found by its text.
    for _ in 4..=6 {
        if html.contains("<h3>") {
            break;
        }
        for level in 4..=6 {
            let (from, to) = (level, level - 1);
            html = html.replace(&format!("<h{from}>"), &format!("<h{to}>"));
            html = html.replace(&format!("</h{from}>"), &format!("</h{to}>"));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::levelled;

    #[test]
    fn headings_begin_with_the_third_level() {
        let made = |html: &str| levelled(html.to_owned());
        assert_eq!(made("<h4>a</h4><p>b</p><h5>c</h5>"), "<h3>a</h3><p>b</p><h4>c</h4>");
        assert_eq!(made("<h6>a</h6>"), "<h3>a</h3>");
        assert_eq!(made("<h3>a</h3><h4>b</h4>"), "<h3>a</h3><h4>b</h4>");
        assert_eq!(made("<p>&lt;h4&gt;</p>"), "<p>&lt;h4&gt;</p>");
    }
}
