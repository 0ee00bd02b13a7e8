//! What organisations that bought a product say of it (L12), for everybody who sees the product: its customers rate it here, its partner
//! answers, operators of its category take a rating from view.

mod answer;
mod hide;
mod list;
mod rate;

use leptos::prelude::*;

use crate::{
    api::{
        page::{Page, Window},
        rating::{self, OwnRating, ProductRatingPage, RatingSummary},
    },
    components::{
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        empty::Empty,
        full_page::FullPage,
        icon::Icon,
        layout::{Card, Row, Stack, muted},
        page_header::{PageHeader, crumb},
        pagination::Pagination,
        rating::average,
        skeleton::Skeleton,
    },
    i18n::{
        Text, live,
        texts::{market, ratings as words},
    },
    load::{Loaded, load, show_steadily},
    routes::Market,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let (asked, own) = (id.clone(), id.clone());
    let found = load(move || rating::page_of(asked.clone(), Window::of_address()));
    let own = load(move || rating::own_rating(own.clone()));
    let changed = Callback::new(move |()| {
        found.reload();
        own.reload();
    });
    let steps = list::Steps::new();
    view! {
        {show_steadily(found, Skeleton::Page, move |page| match page {
            Some(page) => body(id.clone(), page, own, steps, changed),
            None => gone(),
        })}
        {answer::dialog(steps.answering, changed)}
        {hide::dialog(steps.hiding, changed)}
    }
    .into_any()
}

fn gone() -> AnyView {
    view! {
        <FullPage picture=Icon::Bag title=market::GONE_TITLE hint=market::GONE_HINT>
            <ButtonLink label=market::TITLE href=Market::Search.address() look=Look::Primary />
        </FullPage>
    }
    .into_any()
}

fn body(
    id: cynic::Id,
    page: ProductRatingPage,
    own: Loaded<OwnRating>,
    steps: list::Steps,
    changed: Callback<()>,
) -> AnyView {
    let crumbs = vec![
        crumb(market::TITLE, Market::Search.address()),
        crumb(
            page.product_name.clone(),
            Market::Product(id.inner().to_owned()).address(),
        ),
    ];
    let summary = together(page.summary);
    let (rows, position) = page.into_rows();
    let shown = match rows.is_empty() {
        true => view! { <Empty picture=Icon::Chat title=words::EMPTY hint=words::EMPTY_HINT /> }.into_any(),
        false => view! { <Stack>{list::list(rows, steps, changed)}<Pagination position=position /></Stack> }.into_any(),
    };
    view! {
        <PageHeader title=words::TITLE crumbs=crumbs hint=words::HINT />
        <Stack>
            {own_card(id, own, changed)}
            <Card title=words::ALL aside=summary>{shown}</Card>
        </Stack>
    }
    .into_any()
}

/// How good it is on the whole, and by how many.
fn together(summary: RatingSummary) -> AnyView {
    match summary.average {
        Some(hundredths) => average(hundredths, summary.count),
        None => muted(words::NONE_YET),
    }
}

/// What the viewer's organisation said, and the way to say it; nothing for those who may not rate.
fn own_card(id: cynic::Id, own: Loaded<OwnRating>, changed: Callback<()>) -> AnyView {
    let open = RwSignal::new(false);
    let card = dynamic(move || {
        let own = own.get().filter(|own| own.may_rate)?;
        let (label, look) = match own.rating {
            Some(_) => (words::CHANGE, Look::Plain),
            None => (words::RATE, Look::Primary),
        };
        let said = match own.rating {
            Some(said) => list::said(&said),
            None => muted(words::RATE_HINT),
        };
        let press = Callback::new(move |()| open.set(true));
        Some(
            view! { <Card title=words::OWN><Stack tight=true>{said}<Row><Button label=label on_press=press look=look small=true /></Row></Stack></Card> },
        )
    });
    let before = Signal::derive(move || own.get().and_then(|own| own.rating));
    view! { {card}{rate::dialog(id, open, before, changed)} }.into_any()
}

/// Since when and why a rating is out of view.
pub(super) fn hidden_words(reason: &str) -> Text {
    let reason = reason.to_owned();
    live(move || words::hidden_because(&reason))
}
