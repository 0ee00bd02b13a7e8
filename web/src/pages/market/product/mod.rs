//! The page of a product (L12): what it is, what it costs, what came with which version, and how it is had (`buy`). Whoever comes by a
//! promotion link sees the same, without what only the marketplace has.

mod ask;
mod buy;
mod consult;
mod open;
mod order;
mod plans;
mod quote;

use leptos::prelude::*;

use super::{category_tag, price, tag};
use crate::{
    api::{
        file,
        market::{self, MarketProduct, MarketVersion},
        product_content::ChargeForm,
    },
    components::{
        button::{ButtonLink, Look},
        facts::{fact, facts, text_fact, wide_fact},
        folded::folded,
        full_page::FullPage,
        gallery::{Height, gallery},
        icon::Icon,
        layout::{Card, Columns, Stack, link},
        markdown_view::markdown_section,
        page_header::{breadcrumbs, crumb, name_tab},
        product_card::{ProductFace, head_and_offer, product_head, product_offer},
        rating,
        skeleton::Skeleton,
        timeline::{Event, timeline},
    },
    format,
    forms::market_search::WORDS,
    i18n::{
        self, Text, live,
        texts::{market as words, ratings},
    },
    load::{load, show},
    pages::product_parts::{self as parts, Opening},
    routes::Market,
};

/// Versions in sight; older ones are folded.
const VERSIONS_SHOWN: usize = 3;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || {
        // The category is named in the language of the question.
        let _ = i18n::language();
        market::market_product(id.clone())
    });
    show(found, Skeleton::Page, |product| match product {
        Some(product) => {
            let way = breadcrumbs(
                vec![crumb(words::TITLE, Market::Search.address())],
                product.name.clone().into(),
            );
            view! { <Stack>{way}{body(&Sold::on_market(product))}</Stack> }.into_any()
        }
        None => gone(),
    })
}

/// Delisted, hidden, or not for this organisation: which of them is nobody's business.
fn gone() -> AnyView {
    view! {
        <FullPage picture=Icon::Bag title=words::GONE_TITLE hint=words::GONE_HINT>
            <ButtonLink label=words::TITLE href=Market::Search.address() look=Look::Primary />
        </FullPage>
    }
    .into_any()
}

/// The product as a promotion link shows it; what is had of it comes through the link.
pub fn promoted(product: MarketProduct, token: String) -> AnyView {
    let promotion = Some(token);
    body(&Sold { product, promotion })
}

fn body(sold: &Sold) -> AnyView {
    let product = &sold.product;
    name_tab(product.name.clone().into());
    let opening = Opening {
        free: product.charge_form == ChargeForm::Free,
        trial: product.trial,
        free_plan: product.free_plan.as_ref().map(|plan| plan.max_seats),
        order: product.opening_order,
    };
    let face = face(product);
    let controls = view! { {buy::controls(sold)}{consult::controls(sold)} }.into_any();
    let offer = product_offer(face.price.clone(), opening.lines(), Some(controls));
    let urls: Vec<String> = product
        .screenshots
        .iter()
        .map(|it| file::picture_url(it.id.inner()))
        .collect();
    let pictures = (!urls.is_empty()).then(|| gallery(words::PICTURES, urls, Height::Usual));
    let description = markdown_section(product.description.clone());
    let introduction = view! { <Card title=words::DESCRIPTION>{description}</Card> };
    let main = view! { {pictures}{introduction}{plans::card(product)}{cases(product)} }.into_any();
    let side = view! { {about(sold)}{versions(&product.versions)} }.into_any();
    view! {
        <Stack>
            {head_and_offer(product_head(&face, true), offer)}
            <Columns main=main side=side />
        </Stack>
    }
    .into_any()
}

/// A product that can be had, and the token of the promotion link by which somebody came to it.
#[derive(Clone)]
struct Sold {
    product: MarketProduct,
    promotion: Option<String>,
}

impl Sold {
    fn on_market(product: MarketProduct) -> Self {
        let promotion = None;
        Self { product, promotion }
    }
}

fn face(product: &MarketProduct) -> ProductFace {
    ProductFace {
        name: product.name.clone(),
        href: None,
        icon: product.icon.as_ref().map(|icon| file::picture_url(icon.id.inner())),
        summary: product.summary.clone(),
        partner: product.partner_name.clone(),
        category: Some(category_tag(&product.category)),
        tags: product.tags.iter().map(|word| tag(word)).collect(),
        price: price(product.charge_form, product.plans.iter().map(|plan| &plan.unit_price)),
        trial: None,
        installs: None,
        rating: None,
    }
}

fn cases(product: &MarketProduct) -> Option<AnyView> {
    let told = product.cases.iter();
    let told: Vec<(String, AnyView)> = told
        .map(|case| (case.title.clone(), markdown_section(case.html.clone())))
        .collect();
    (!told.is_empty()).then(|| view! { <Card title=words::CASES>{parts::case_list(told)}</Card> }.into_any())
}

fn about(sold: &Sold) -> AnyView {
    let product = &sold.product;
    let listed = product.listed_at.clone();
    let others = super::address_of(WORDS, &product.partner_name);
    let partner = view! { <div>{product.partner_name.clone()}</div>{link(others, words::PARTNER_PRODUCTS)} };
    let mut list = vec![
        wide_fact(words::PARTNER, partner),
        text_fact(words::CATEGORY, &product.category.name),
        text_fact(
            words::VERSION_NOW,
            product.version_number.as_deref().unwrap_or_default(),
        ),
    ];
    if sold.promotion.is_none() {
        list.push(wide_fact(ratings::TITLE, ratings_of(product)));
        list.push(text_fact(words::INSTALLS, &product.installs.to_string()));
        let since = live(move || format::day_of(&listed));
        list.push(fact(words::LISTED_SINCE, since.into_view_any()));
    }
    let links = parts::legal_links(&product.privacy_url, &product.terms_url);
    view! { <Card title=words::FACTS><Stack>{facts(list)}{links}</Stack></Card> }.into_any()
}

/// What is said of it on the whole, and the way to all of it.
fn ratings_of(product: &MarketProduct) -> AnyView {
    let all = link(
        Market::Ratings(product.id.inner().to_owned()).address(),
        ratings::SEE_ALL,
    );
    let sum = match product.rating.average {
        Some(average) => rating::average(average, product.rating.count),
        None => Text::from(ratings::NONE_YET).into_view_any(),
    };
    view! { <div>{sum}</div>{all} }.into_any()
}

/// What came with each version, the newest first.
fn versions(all: &[MarketVersion]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let (shown, earlier) = all.split_at(all.len().min(VERSIONS_SHOWN));
    let told = |some: &[MarketVersion]| timeline(some.iter().map(version).collect());
    let count = earlier.len() as u64;
    let rest = (count > 0).then(|| folded(live(move || words::earlier_versions(count)), told(earlier)));
    let shown = told(shown);
    Some(view! { <Card title=words::VERSIONS><Stack tight=true>{shown}{rest}</Stack></Card> }.into_any())
}

fn version(version: &MarketVersion) -> Event {
    let at = version.published_at.clone();
    Event {
        at: live(move || at.as_ref().map(format::day_of).unwrap_or_default()),
        what: Text::from(version.number.clone()),
        by: None,
        note: Some(version.description.clone()).filter(|note| !note.is_empty()),
    }
}
