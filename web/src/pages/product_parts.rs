//! The parts of a product's page that the marketplace shows and that the wizard's preview shows before: what the partner sees is what
//! customers see.

use leptos::prelude::*;

use crate::{
    api::product_content::{OpeningOrder, TrialLength},
    components::{
        folded::folded,
        layout::{Stack, outside_link},
        table::{Table, column, end_column},
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{market, shelves as words},
    },
    labels::product_review as labels,
};

/// The least that it costs; `open` where a product that costs something has no price.
pub fn price(free: bool, least: Option<i64>, open: Key) -> Text {
    live(move || match (free, least) {
        (true, _) => words::PRICE_FREE.get().to_owned(),
        (false, Some(minor)) => words::price_from(&format::yuan(minor)),
        (false, None) => open.get().to_owned(),
    })
}

/// How a product is opened before anybody pays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Opening {
    pub free: bool,
    pub trial: Option<TrialLength>,
    /// The free plan, with its limit of seats.
    pub free_plan: Option<Option<i32>>,
    pub order: Option<OpeningOrder>,
}

impl Opening {
    /// In a few words, for a card.
    pub fn in_short(self) -> Option<Text> {
        match (self.free, self.trial, self.free_plan) {
            (true, ..) => None,
            (false, Some(length), _) => Some(live(move || words::trial_of(&labels::trial(length).get()))),
            (false, None, free_plan) => free_plan.map(|_| market::HAS_FREE_PLAN.into()),
        }
    }

    /// In sentences.
    pub fn lines(self) -> Vec<Text> {
        if self.free {
            return vec![market::FREE_PRODUCT.into()];
        }
        let trial = self
            .trial
            .map(|length| live(move || market::trial_of(&labels::trial(length).get())));
        let free = self.free_plan.map(|most| match most {
            Some(seats) => live(move || market::free_plan_of(&seats)),
            None => market::FREE_PLAN_OPEN.into(),
        });
        let order = match self.order {
            Some(OpeningOrder::TrialThenChoose | OpeningOrder::TrialThenAutoFree) => market::OPENS_TRIAL_FIRST,
            Some(OpeningOrder::FreeThenChoose) => market::OPENS_FREE_FIRST,
            None => market::OPENS_BOUGHT,
        };
        trial.into_iter().chain(free).chain([order.into()]).collect()
    }
}

/// What one seat costs in one period of a plan.
pub struct PlanLine {
    pub plan: String,
    pub seats: String,
    pub period: String,
    /// Nothing while it is not known.
    pub price: Option<i64>,
}

/// Every plan with every period. `named` tells this table from others on the page.
pub fn plan_table(named: impl Into<Text>, lines: Vec<PlanLine>) -> AnyView {
    let named: Text = named.into();
    let cells = |line: PlanLine| {
        vec![
            line.plan.into_any(),
            line.seats.into_any(),
            line.period.into_any(),
            line.price.map_or("—".to_owned(), format::yuan).into_any(),
        ]
    };
    let columns = vec![
        column(words::PLAN_NAME),
        column(words::SEATS),
        column(words::PERIODS),
        end_column(words::SALE_PRICE),
    ];
    view! { <Table label=named columns=columns rows=lines.into_iter().map(cells).collect() inside=true /> }.into_any()
}

/// Cases of customers, each under its title.
pub fn case_list(cases: Vec<(String, AnyView)>) -> AnyView {
    let cases: Vec<AnyView> = cases.into_iter().map(|(title, text)| folded(title, text)).collect();
    view! { <Stack tight=true>{cases}</Stack> }.into_any()
}

/// Links to what the partner promises; nothing for what is no address yet.
pub fn legal_links(privacy: &str, terms: &str) -> AnyView {
    let link = |address: &str, words: Key| {
        let link = address
            .starts_with("https://")
            .then(|| outside_link(address.to_owned(), words));
        view! { <div>{link}</div> }.into_any()
    };
    let (privacy, terms) = (link(privacy, words::PRIVACY_URL), link(terms, words::TERMS_URL));
    view! { <Stack tight=true>{privacy}{terms}</Stack> }.into_any()
}
