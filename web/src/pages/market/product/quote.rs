//! What an order would cost now, as the server says: which kind of order it is, what of it pays for which time, and the new end.

use leptos::prelude::*;

use crate::{
    api::{
        MinorUnits, Problem,
        license::{ChargeType, ProductQuote, ProductQuoteInput, ProductQuotePart, product_quote},
    },
    components::{
        alert::ProblemPanel,
        dynamic::dynamic,
        facts::{fact, facts},
        layout::{Stack, muted, one_line},
        table::{Table, column, end_column},
    },
    format,
    forms::Errors,
    i18n::{Text, live, texts::buying as words},
    labels::buying as labelled,
    load::{Loaded, State, load},
};

/// A price with what it is for; nothing while nothing is chosen.
pub type Quoted = Option<(ProductQuoteInput, ProductQuote)>;

/// Asks for the price of what is chosen; what is wrong with a field is said beside it.
pub fn load_quote(asked: RwSignal<Option<ProductQuoteInput>>, errors: Errors) -> Loaded<Quoted> {
    load(move || {
        let input = asked.get();
        async move {
            let Some(input) = input else { return Ok(None) };
            let answer = product_quote(input.clone()).await;
            match &answer {
                Ok(_) => drop(errors.set(Vec::new())),
                Err(Problem::Refused(refused)) => drop(errors.take(refused)),
                Err(_) => {}
            }
            answer.map(|quote| Some((input, quote)))
        }
    })
}

/// The price in sight, announced as it changes.
pub fn shown(quoted: Loaded<Quoted>, errors: Errors) -> AnyView {
    let view = move || match quoted.state() {
        State::Waiting => muted(words::QUOTING),
        State::Ready(None) => muted(words::QUOTE_WAITS),
        State::Ready(Some((_, quote))) => told(&quote),
        State::Failed(_) if !errors.all().is_empty() => muted(words::QUOTE_MENDS),
        State::Failed(problem) => view! { <ProblemPanel problem=problem /> }.into_any(),
    };
    view! { <div aria-live="polite">{dynamic(view)}</div> }.into_any()
}

fn yuan(amount: &MinorUnits) -> String {
    format::yuan(amount.0.parse().unwrap_or_default())
}

fn told(quote: &ProductQuote) -> AnyView {
    let kind = labelled::order_type(quote.order_type, ChargeType::Paid);
    let until = quote.until.clone();
    let until = live(move || until.as_ref().map_or_else(|| "—".to_owned(), format::day_of));
    let list = facts(vec![
        fact(words::AMOUNT, yuan(&quote.amount)),
        fact(words::ORDER_TYPE, Text::from(kind).into_view_any()),
        fact(words::NEW_END, until.into_view_any()),
    ]);
    // One part says no more than the whole.
    let parts = (quote.parts.len() > 1).then(|| {
        let columns = vec![column(words::PERIOD), end_column(words::AMOUNT)];
        let rows = quote.parts.iter().map(part).collect();
        view! { <Table label=words::QUOTE_PARTS columns=columns rows=rows inside=true /> }
    });
    let next = match quote.amount.0.as_str() {
        "0" => words::NEXT_FREE,
        _ => words::NEXT_PAY,
    };
    view! { <Stack tight=true>{list}{parts}{muted(next)}</Stack> }.into_any()
}

fn part(part: &ProductQuotePart) -> Vec<AnyView> {
    let (from, until) = (part.from.clone(), part.until.clone());
    let period = live(move || words::from_until(&format::day_of(&from), &format::day_of(&until)));
    vec![one_line(period), one_line(yuan(&part.cost))]
}
