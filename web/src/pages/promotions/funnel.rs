//! What came of a link (L19): how many go on from each step to the next, and one figure day by day. The days and the figure stand in the
//! address.

use leptos::prelude::*;

use crate::{
    api::promotion::{PromotionCounts, PromotionDay, PromotionFunnel, promotion_funnel},
    components::{
        chart::{self, Chart, Figure, over_time},
        dynamic::dynamic,
        layout::{Card, Cards, Stack, figure, muted},
        skeleton::Skeleton,
        tabs::{Tabs, tab},
    },
    format,
    i18n::{Key, live, texts::promotion as words},
    load::{load, show},
    navigation,
    pages::not_found,
};

const DAYS: &str = "days";
const MEASURE: &str = "measure";

/// One of the figures, with its word in the address.
struct Measure {
    word: &'static str,
    label: Key,
    of: fn(&PromotionCounts) -> i64,
    said: fn(i64) -> String,
}

fn counted(count: i64) -> String {
    count.to_string()
}

fn revenue(counts: &PromotionCounts) -> i64 {
    counts.revenue.0.parse().unwrap_or_default()
}

const fn count(word: &'static str, label: Key, of: fn(&PromotionCounts) -> i64) -> Measure {
    let said = counted;
    Measure { word, label, of, said }
}

/// In the order in which people go through them; the first needs no word.
const MEASURES: [Measure; 6] = [
    count("", words::OPENS, |counts| counts.opens.into()),
    count("visitors", words::VISITORS, |counts| counts.visitors.into()),
    count("sign-ins", words::SIGN_INS, |counts| counts.sign_ins.into()),
    count("installs", words::INSTALLS, |counts| counts.installs.into()),
    count("orders", words::ORDERS, |counts| counts.orders.into()),
    Measure {
        word: "revenue",
        label: words::REVENUE,
        of: revenue,
        said: format::yuan,
    },
];

/// The cards of a link's page.
pub fn cards(id: cynic::Id) -> AnyView {
    let days = navigation::query(DAYS);
    let found = load(move || promotion_funnel(id.clone(), count_of(&days.get())));
    let tabs = vec![
        tab("7", words::DAYS_7),
        tab("", words::DAYS_30),
        tab("90", words::DAYS_90),
    ];
    let charts = show(found, Skeleton::Rows(6), |funnel| match funnel {
        Some(funnel) => body(funnel),
        None => not_found::page(),
    });
    view! { <Stack><Tabs name=DAYS label=words::PERIOD tabs=tabs />{charts}</Stack> }.into_any()
}

fn count_of(days: &str) -> i32 {
    match days {
        "7" => 7,
        "90" => 90,
        _ => 30,
    }
}

fn body(funnel: PromotionFunnel) -> AnyView {
    let total = funnel.total.clone();
    let numbers: Vec<AnyView> = MEASURES
        .iter()
        .map(|measure| figure(measure.label, (measure.said)((measure.of)(&total)).into_any()))
        .collect();
    let steps = chart::steps(funnel_chart(&funnel.total));
    let days = StoredValue::new(funnel.days);
    let chosen = navigation::query(MEASURE);
    let tabs = MEASURES
        .iter()
        .map(|measure| tab(measure.word, measure.label))
        .collect();
    let over_time = dynamic(move || {
        let word = chosen.get();
        let measure = MEASURES.iter().find(|measure| measure.word == word);
        days.with_value(|days| chart::columns(day_chart(days, measure.unwrap_or(&MEASURES[0]))))
    });
    view! {
        <Stack>
            <Cards>{numbers}</Cards>
            <Card title=words::FUNNEL><Stack tight=true>{steps}{muted(words::FUNNEL_HINT)}</Stack></Card>
            <Card title=words::BY_DAY><Stack><Tabs name=MEASURE label=words::MEASURE tabs=tabs />{over_time}</Stack></Card>
        </Stack>
    }
    .into_any()
}

/// The steps but for the money, which is no number of people.
fn funnel_chart(total: &PromotionCounts) -> Chart {
    let people = MEASURES.iter().filter(|measure| measure.word != "revenue");
    let figures: Vec<Figure> = people
        .map(|measure| Figure {
            label: measure.label.into(),
            value: (measure.of)(total),
        })
        .collect();
    let told = total.clone();
    let summary = live(move || {
        words::funnel_summary(
            &told.opens,
            &told.visitors,
            &told.sign_ins,
            &told.installs,
            &told.orders,
            &format::yuan(revenue(&told)),
        )
    });
    Chart {
        title: words::FUNNEL.into(),
        summary,
        headings: [words::STEP.into(), words::COUNT.into()],
        figures,
        said: counted,
    }
}

fn day_chart(days: &[PromotionDay], measure: &Measure) -> Chart {
    let figure = |day: &PromotionDay| {
        let at = day.day.clone();
        Figure {
            label: live(move || format::day(&at)),
            value: (measure.of)(&day.counts),
        }
    };
    let figures = days.iter().map(figure).collect();
    over_time(measure.label.into(), words::DAY.into(), figures, measure.said)
}
