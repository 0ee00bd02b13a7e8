//! Where a promotion link leads (L18–L20): the product with the ways to have it, for visitors as well; or why the link sells nothing,
//! with the date where one matters. The page itself reports that it was opened (L19).

use leptos::prelude::*;

use super::market;
use crate::{
    api::promotion::{self, OpenPromotionInput, Promotion, PromotionLinkStatus},
    browser,
    components::{
        button::{ButtonLink, Look},
        full_page::FullPage,
        icon::Icon,
        layout::paragraph,
        skeleton::Skeleton,
    },
    format,
    i18n::{
        self, Text, live,
        texts::{market as market_words, promotion as words},
    },
    load::{load, show},
    routes::Market,
};

/// Under which this browser keeps its random number.
const VISITOR: &str = "appshelf.visitor";

pub fn page(token: String) -> AnyView {
    report(token.clone());
    let asked = token.clone();
    let found = load(move || {
        // The category is named in the language of the question.
        let _ = i18n::language();
        promotion::promotion(asked.clone())
    });
    show(found, Skeleton::Page, move |promotion| match promotion {
        Some(promotion) => shown(promotion, &token),
        None => stopped(words::UNKNOWN_TITLE.into(), words::UNKNOWN_HINT.into()),
    })
}

/// Tells the server that somebody is here; what comes of it is nobody's business on this page.
fn report(token: String) {
    let visitor_id = browser::stored(VISITOR).unwrap_or_else(|| {
        let made = browser::random_key();
        browser::store(VISITOR, Some(&made));
        made
    });
    wasm_bindgen_futures::spawn_local(async move {
        let _ = promotion::open_promotion(OpenPromotionInput { token, visitor_id }).await;
    });
}

fn shown(promotion: Promotion, token: &str) -> AnyView {
    let (title, hint) = match (promotion.status, promotion.product) {
        (PromotionLinkStatus::Open, Some(product)) => return market::promoted(product, token.to_owned()),
        (PromotionLinkStatus::NotYetValid, _) => {
            let from = promotion.valid_from;
            let hint = live(move || words::early_hint(&from.as_ref().map(format::date_time).unwrap_or_default()));
            (words::EARLY_TITLE, hint)
        }
        (PromotionLinkStatus::Expired, _) => {
            let to = promotion.valid_to;
            let hint = live(move || words::expired_hint(&to.as_ref().map(format::date_time).unwrap_or_default()));
            (words::EXPIRED_TITLE, hint)
        }
        (PromotionLinkStatus::Disabled, _) => (words::DISABLED_TITLE, words::DISABLED_HINT.into()),
        (PromotionLinkStatus::NotSold | PromotionLinkStatus::Open, _) => {
            (words::NOT_SOLD_TITLE, words::NOT_SOLD_HINT.into())
        }
    };
    let (product, partner) = (promotion.product_name, promotion.partner_name);
    let about = live(move || words::of_product(&product, &partner));
    stopped(title.into(), live(move || format!("{}\n{}", about.get(), hint.get())))
}

fn stopped(title: Text, hint: Text) -> AnyView {
    view! {
        <FullPage picture=Icon::Link title=title hint=hint>
            {paragraph(words::LOOK_ELSEWHERE)}
            <ButtonLink label=market_words::TITLE href=Market::Search.address() look=Look::Primary />
        </FullPage>
    }
    .into_any()
}
