//! A product as customers will see it: its card on the marketplace, and its page. Drawn from the form, so that it follows what is
//! typed; what the description becomes is the server's word.

use leptos::prelude::*;

use crate::{
    api::{file, product},
    components::{
        dynamic::dynamic,
        gallery::{Height, gallery},
        layout::{Stack, Surface, muted, subheading},
        markdown_view::markdown_view,
        product_card::{FaceTag, ProductFace, product_card, product_head, product_offer},
        skeleton::Skeleton,
    },
    forms::product::{CaseForm, PlanForm, ProductForm, of_word, price, read_count},
    i18n::{Key, Text, texts::shelves as words},
    load::{load, show},
    pages::product_parts::{self as parts, Opening, PlanLine},
    session,
};

/// Markdown as readers will see it; it follows the text.
pub fn rendered(text: Signal<String>) -> AnyView {
    let html = load(move || {
        let text = text.get();
        async move {
            match text.trim().is_empty() {
                true => Ok(String::new()),
                false => product::rendered_markdown(text).await,
            }
        }
    });
    show(html, Skeleton::Lines, |html: String| match html.is_empty() {
        true => muted(words::NOTHING_YET),
        false => markdown_view(html),
    })
}

fn price_of(form: &ProductForm) -> Text {
    parts::price(form.charge_form == "FREE", price::least(&form.plans), words::PRICE_OPEN)
}

/// What stands on the card and at the head of the page.
fn face(form: &ProductForm, category: Option<String>) -> ProductFace {
    let called = |text: &str, missing: Key| match text.trim() {
        "" => missing.get().to_owned(),
        text => text.to_owned(),
    };
    let plain = |word: String| FaceTag { word, href: None };
    ProductFace {
        name: called(&form.name, words::NAME),
        href: None,
        icon: (!form.icon_id.is_empty()).then(|| file::picture_url(&form.icon_id)),
        summary: called(&form.summary, words::SUMMARY),
        partner: session::viewer()
            .map(|viewer| viewer.organization.name)
            .unwrap_or_default(),
        category: category.map(plain),
        tags: form.tags.iter().cloned().map(plain).collect(),
        price: price_of(form),
        trial: opening(form).in_short(),
        installs: None,
        rating: None,
    }
}

fn opening(form: &ProductForm) -> Opening {
    Opening {
        free: form.charge_form == "FREE",
        trial: of_word(&form.trial),
        free_plan: form.free_plan.as_ref().map(|plan| read_count(&plan.max_seats)),
        order: of_word(&form.opening_order),
    }
}

/// The card, and the page below it. `named` is what its table of plans is called, which differs where several stand on one page.
pub fn both(form: Signal<ProductForm>, category: Signal<Option<String>>, named: Text) -> AnyView {
    let card = dynamic(move || product_card(&form.with(|form| face(form, category.get()))));
    view! {
        <Stack tight=true>
            {muted(words::PREVIEW_CARD)}
            {card}
            {muted(words::PREVIEW_PAGE)}
            <Surface>{page(form, category, named)}</Surface>
        </Stack>
    }
    .into_any()
}

fn page(form: Signal<ProductForm>, category: Signal<Option<String>>, named: Text) -> AnyView {
    let head = dynamic(move || product_head(&form.with(|form| face(form, category.get())), false));
    let offer = dynamic(move || form.with(|form| product_offer(price_of(form), opening(form).lines(), None)));
    let screenshots = Memo::new(move |_| form.with(|form| form.screenshot_ids.clone()));
    let pictures = dynamic(move || {
        let urls: Vec<String> = screenshots.get().iter().map(|id| file::picture_url(id)).collect();
        (!urls.is_empty()).then(|| gallery(words::SCREENSHOTS, urls, Height::Small))
    });
    let description = Memo::new(move |_| form.with(|form| form.description.clone()));
    let plans = Memo::new(move |_| {
        form.with(|form| match form.is_paid() {
            true => form.plans.clone(),
            false => Vec::new(),
        })
    });
    let plans = dynamic(move || {
        let lines: Vec<PlanLine> = plans.with(|plans| plans.iter().flat_map(plan_lines).collect());
        let table = (!lines.is_empty()).then(|| parts::plan_table(named.clone(), lines));
        table.map(|table| view! { <div>{subheading(words::PLANS)}{table}</div> })
    });
    let cases = Memo::new(move |_| form.with(|form| form.cases.clone()));
    let cases = dynamic(move || cases_of(cases.get()));
    let links = dynamic(move || form.with(|form| parts::legal_links(&form.privacy_url, &form.terms_url)));
    view! {
        <Stack>
            {head}
            {offer}
            {pictures}
            <div>{subheading(words::BLOCK_INTRODUCTION)}{rendered(description.into())}</div>
            {plans}
            {cases}
            {links}
        </Stack>
    }
    .into_any()
}

fn plan_lines(plan: &PlanForm) -> Vec<PlanLine> {
    let line = |period: &crate::forms::product::PeriodForm| PlanLine {
        plan: plan.name.clone(),
        seats: format!("{}–{}", plan.min_seats, plan.max_seats),
        period: period.name.clone(),
        price: price::sale_price(&plan.unit_price, period).and_then(Result::ok),
    };
    plan.periods.iter().map(line).collect()
}

fn cases_of(cases: Vec<CaseForm>) -> Option<AnyView> {
    let named = cases.into_iter().filter(|case| !case.title.trim().is_empty());
    let shown: Vec<(String, AnyView)> = named
        .map(|case| (case.title, rendered(Signal::stored(case.text))))
        .collect();
    (!shown.is_empty()).then(|| view! { <div>{subheading(words::CASES)}{parts::case_list(shown)}</div> }.into_any())
}
