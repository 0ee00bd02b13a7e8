//! The partner's rollouts, newest first.

use leptos::prelude::*;

use super::states;
use crate::{
    api::rollout::{self, RolloutRow},
    components::{
        button::{ButtonLink, Look},
        dynamic::dynamic,
        empty::Empty,
        filter_bar::{Chip, chips},
        icon::Icon,
        layout::{Stack, link, one_line},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        progress::Progress,
        table::column,
    },
    format,
    i18n::{Text, live, texts::rollout as words},
    labels, navigation,
    routes::Portal,
};

pub fn page() -> AnyView {
    let product = navigation::query("product");
    let list = load_page(move |window| {
        let product = Some(product.get()).filter(|id| !id.is_empty()).map(cynic::Id::new);
        rollout::rollouts(window.first, window.after, window.last, window.before, product)
    });
    let narrowed = move || {
        (!product.get().is_empty()).then(|| {
            let chip = Chip {
                label: words::OF_ONE_PRODUCT.into(),
                without: navigation::address_with(&[("product", "")]),
            };
            chips(words::NARROWED_BY, vec![chip])
        })
    };
    view! {
        <PageHeader title=words::NAV hint=words::HINT actions=new_link() />
        <Stack>
            {dynamic(narrowed)}
            {frame().show_steadily(list, row)}
        </Stack>
    }
    .into_any()
}

/// The way to a new one, of the product that is looked at.
fn new_link() -> AnyView {
    let product = navigation::query("product").get_untracked();
    let new = Portal::NewRollout.address();
    let href = match product.is_empty() {
        true => new,
        false => format!("{new}?product={product}"),
    };
    view! { <ButtonLink label=words::NEW href=href look=Look::Primary leading=Icon::Plus /> }.into_any()
}

fn frame() -> PagedList {
    let nothing = || {
        let new = new_link();
        view! { <Empty picture=Icon::Upload title=words::NONE hint=words::NONE_HINT>{new}</Empty> }.into_any()
    };
    let columns = vec![
        column(words::PRODUCT),
        column(words::PROGRESS),
        column(words::STATE),
        column(words::STARTED),
    ];
    paged_list(words::NAV, columns, nothing)
}

fn row(row: RolloutRow) -> Vec<AnyView> {
    let (done, total, at) = (states::done(&row.counts), row.total, row.created_at);
    let progress = live(move || words::done_of(&done, &total));
    let name = Text::from(move || words::title(&row.product_name, &row.version_number));
    vec![
        link(Portal::Rollout(row.id.into_inner()).address(), name),
        view! { <Progress done=Signal::stored(done) total=Signal::stored(total) label=progress /> }.into_any(),
        labels::state_badge(states::rollout(row.status)),
        one_line(live(move || format::date_time(&at))),
    ]
}
