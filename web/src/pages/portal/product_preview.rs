//! A product as customers will see it: its card on the marketplace, and its page. Drawn from the form, so that it follows what is
//! typed; what the description becomes is the server's word.

use leptos::prelude::*;

use crate::{
    api::{file, product},
    components::{
        dynamic::dynamic,
        folded::folded,
        layout::{Row, Stack, Surface, muted, outside_link, subheading},
        markdown_view::markdown_view,
        product_card::{ProductFace, picture_strip, product_card, product_head},
        skeleton::Skeleton,
        table::{Table, column, end_column},
    },
    format,
    forms::product::{CaseForm, PlanForm, ProductForm, price},
    i18n::{Text, live, texts::shelves as words},
    labels::product as lists,
    load::{load, show},
    session,
};

/// Whole minor units of CNY as people read them.
pub fn yuan(minor: i64) -> String {
    format!("¥{}", format::amount(&minor.to_string()))
}

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

/// What stands on the card and at the head of the page.
fn face(form: &ProductForm, category: Option<String>) -> ProductFace {
    let called = |text: &str, missing: crate::i18n::Key| match text.trim() {
        "" => missing.get().to_owned(),
        text => text.to_owned(),
    };
    let (free, least) = (form.charge_form == "FREE", price::least(&form.plans));
    let price = live(move || match (free, least) {
        (true, _) => words::PRICE_FREE.get().to_owned(),
        (false, Some(minor)) => words::price_from(&yuan(minor)),
        (false, None) => words::PRICE_OPEN.get().to_owned(),
    });
    let trial = lists::of(lists::TRIALS, &form.trial).filter(|_| form.is_paid());
    ProductFace {
        name: called(&form.name, words::NAME),
        icon: (!form.icon_id.is_empty()).then(|| file::picture_url(&form.icon_id)),
        summary: called(&form.summary, words::SUMMARY),
        partner: session::viewer()
            .map(|viewer| viewer.organization.name)
            .unwrap_or_default(),
        category,
        tags: form.tags.clone(),
        price,
        trial: trial.map(|length| live(move || words::trial_of(&length.get()))),
    }
}

/// The card, and the page below it. `named` is what its table of plans is called, which differs where several stand on one page.
pub fn both(form: Signal<ProductForm>, category: Signal<Option<String>>, named: Text) -> AnyView {
    let description = Memo::new(move |_| form.with(|form| form.description.clone()));
    let card = dynamic(move || product_card(&form.with(|form| face(form, category.get()))));
    let head = dynamic(move || product_head(&form.with(|form| face(form, category.get()))));
    let screenshots = Memo::new(move |_| form.with(|form| form.screenshot_ids.clone()));
    let pictures = dynamic(move || {
        let urls: Vec<String> = screenshots.get().iter().map(|id| file::picture_url(id)).collect();
        (!urls.is_empty()).then(|| picture_strip(words::SCREENSHOTS, urls))
    });
    let plans = Memo::new(move |_| {
        form.with(|form| match form.is_paid() {
            true => form.plans.clone(),
            false => Vec::new(),
        })
    });
    let plans = dynamic(move || {
        let rows = plans.get();
        (!rows.is_empty()).then(|| plan_table(named.clone(), &rows))
    });
    let cases = Memo::new(move |_| form.with(|form| form.cases.clone()));
    let cases = dynamic(move || cases_of(cases.get()));
    let links = dynamic(move || form.with(legal));
    view! {
        <Stack tight=true>
            {muted(words::PREVIEW_CARD)}
            {card}
            {muted(words::PREVIEW_PAGE)}
            <Surface>
                <Stack>
                    {head}
                    {pictures}
                    <div>{subheading(words::BLOCK_INTRODUCTION)}{rendered(description.into())}</div>
                    {plans}
                    {cases}
                    {links}
                </Stack>
            </Surface>
        </Stack>
    }
    .into_any()
}

fn plan_table(named: Text, plans: &[PlanForm]) -> AnyView {
    let rows = plans
        .iter()
        .flat_map(|plan| {
            let seats = format!("{}–{}", plan.min_seats, plan.max_seats);
            plan.periods.iter().map(move |period| {
                let cost = price::sale_price(&plan.unit_price, period).and_then(Result::ok);
                vec![
                    plan.name.clone().into_any(),
                    seats.clone().into_any(),
                    period.name.clone().into_any(),
                    cost.map_or("—".to_owned(), yuan).into_any(),
                ]
            })
        })
        .collect();
    let columns = vec![
        column(words::PLAN_NAME),
        column(words::SEATS),
        column(words::PERIODS),
        end_column(words::SALE_PRICE),
    ];
    view! { <div>{subheading(words::PLANS)}<Table label=named columns=columns rows=rows inside=true /></div> }
        .into_any()
}

fn cases_of(cases: Vec<CaseForm>) -> Option<AnyView> {
    let shown: Vec<AnyView> = cases
        .into_iter()
        .filter(|case| !case.title.trim().is_empty())
        .map(|case| {
            let text = case.text;
            folded(case.title, rendered(Signal::stored(text)))
        })
        .collect();
    (!shown.is_empty())
        .then(|| view! { <div>{subheading(words::CASES)}<Stack tight=true>{shown}</Stack></div> }.into_any())
}

fn legal(form: &ProductForm) -> AnyView {
    let link = |address: &str, words: crate::i18n::Key| {
        address
            .starts_with("https://")
            .then(|| outside_link(address.to_owned(), Text::from(words)))
    };
    let privacy = link(&form.privacy_url, words::PRIVACY_URL);
    let terms = link(&form.terms_url, words::TERMS_URL);
    view! { <Row>{privacy}{terms}</Row> }.into_any()
}
