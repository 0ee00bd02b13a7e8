//! Pages that were removed from an application, and what that means for what is delivered later (D16).

use leptos::prelude::*;

use crate::{
    api::instance_page::{AppPages, RemovedPage},
    components::{
        layout::{Card, Stack, muted, one_line, paragraph, two_lines},
        table::{Table, column},
    },
    format,
    i18n::{Text, live, texts::pages},
    labels,
};

pub fn card(app: &AppPages) -> AnyView {
    let content = match app.removed_pages.is_empty() {
        true => muted(pages::REMOVED_NONE),
        false => list(app),
    };
    view! { <Card title=pages::REMOVED>{content}</Card> }.into_any()
}

fn list(app: &AppPages) -> AnyView {
    let partner = app.partner_name.clone();
    let columns = vec![
        column(pages::REMOVED_PAGE),
        column(pages::REMOVED_BY),
        column(pages::REMOVED_AT),
    ];
    let rows = app.removed_pages.iter().cloned().map(row).collect();
    view! {
        <Stack tight=true>
            {paragraph(pages::REMOVED_MEANING)}
            {paragraph(live(move || pages::removed_back(&partner)))}
            <Table label=pages::REMOVED columns=columns rows=rows inside=true />
        </Stack>
    }
    .into_any()
}

fn row(page: RemovedPage) -> Vec<AnyView> {
    let at = page.removed_at;
    vec![
        two_lines(
            page.name.into_any(),
            Text::from(labels::component(page.kind)).into_view_any(),
        ),
        page.removed_by.name.into_any(),
        one_line(live(move || format::date_time(&at))),
    ]
}
