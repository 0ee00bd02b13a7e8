//! Markdown as the server made it HTML: safe already, without class names of its own, so that the elements are dressed here.

use leptos::prelude::*;

/// Shows the HTML that `renderedMarkdown` answered, and nothing that came from elsewhere.
pub fn markdown_view(html: String) -> AnyView {
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
