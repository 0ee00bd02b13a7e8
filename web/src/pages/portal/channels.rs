//! Where an application stands in each channel (L4): as the product that sells it, by promotion links, as a cool app and by distribution.
//! The list of applications shows it in its columns, the page of one as a card that leads on.

use leptos::prelude::*;

use crate::{
    api::application::{Application, ApplicationRow, ChannelCoolApp, DistributionBarrier, LinkCounts},
    api::session::Role,
    components::{
        button::ButtonLink,
        facts::{fact, facts},
        icon::Icon,
        layout::{Card, Stack, link, muted, two_lines},
    },
    i18n::{
        Text, live,
        texts::{portal, shelves},
    },
    labels,
    routes::Portal,
    session,
};

/// The cells of its channels in the list.
pub fn cells(of: &ApplicationRow) -> [AnyView; 4] {
    let product = of.product.as_ref().map_or_else(nothing, |product| {
        labels::state_badge(labels::product::product(product.status))
    });
    [
        product,
        links(of.promotion_links),
        cool_app(of.cool_apps.first()),
        distribution(of.distribution_barrier, of.distribution_links),
    ]
}

fn nothing() -> AnyView {
    muted("—")
}

/// How many of its links sell, of how many.
fn links(counts: Option<LinkCounts>) -> AnyView {
    match counts {
        Some(counts) if counts.total > 0 => muted(open_of(counts)),
        Some(_) | None => nothing(),
    }
}

fn open_of(counts: LinkCounts) -> Text {
    live(move || portal::links_open(&counts.open, &counts.total))
}

fn cool_app(newest: Option<&ChannelCoolApp>) -> AnyView {
    newest.map_or_else(nothing, |newest| {
        labels::state_badge(labels::cool_app::cool_app(newest.status))
    })
}

fn distribution(barrier: Option<DistributionBarrier>, counts: Option<LinkCounts>) -> AnyView {
    match barrier {
        Some(barrier) => muted(labels::barrier(barrier)),
        None => {
            let counts = counts.filter(|counts| counts.total > 0);
            let counts = counts.map(|counts| open_of(counts).into_view_any());
            two_lines(muted(portal::DISTRIBUTABLE), counts.into_any())
        }
    }
}

/// The product that sells it with what promotes it, or the way to one.
pub fn card(of: &Application) -> AnyView {
    let Some(product) = &of.product else {
        return offer(of);
    };
    let id = product.id.inner().to_owned();
    let status = labels::state_badge(labels::product::product(product.status));
    let promotions = format!("{}?product={id}", Portal::Promotions.address());
    let promotions = match of.promotion_links {
        Some(counts) if counts.total > 0 && is_admin() => link(promotions, open_of(counts)),
        counts => links(counts),
    };
    let cool_apps: Vec<AnyView> = of.cool_apps.iter().map(linked_cool_app).collect();
    let cool_apps = if cool_apps.is_empty() {
        nothing()
    } else {
        view! { <Stack tight=true>{cool_apps}</Stack> }.into_any()
    };
    let list = facts(vec![
        fact(shelves::CHANNEL_PROMOTION, promotions),
        fact(shelves::CHANNEL_COOL_APP, cool_apps),
        fact(shelves::CHANNEL_DISTRIBUTION, links(of.distribution_links)),
    ]);
    view! {
        <Card title=shelves::CHANNEL_PRODUCT aside=status>
            <Stack tight=true>
                {list}
                <ButtonLink label=shelves::OPEN_PRODUCT href=Portal::Product(id).address() small=true />
            </Stack>
        </Card>
    }
    .into_any()
}

fn is_admin() -> bool {
    session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin))
}

fn linked_cool_app(of: &ChannelCoolApp) -> AnyView {
    let href = Portal::CoolApp(of.id.inner().to_owned()).address();
    two_lines(
        link(href, of.name.clone()),
        labels::state_badge(labels::cool_app::cool_app(of.status)),
    )
}

/// What an application without a product could become.
fn offer(of: &Application) -> AnyView {
    let offer = is_admin().then(|| {
        let href = format!("{}?new={}", Portal::Products.address(), of.id.inner());
        view! { <ButtonLink label=shelves::LIST_APPLICATION href=href small=true leading=Icon::Plus /> }
    });
    view! {
        <Card title=shelves::CHANNEL_PRODUCT>
            <Stack tight=true>{muted(shelves::CHANNEL_PRODUCT_NONE)}{offer}</Stack>
        </Card>
    }
    .into_any()
}
