//! 经营概览: what the partner sold over time, as figures, charts and product by product. The time and a product stand in the address.

use leptos::prelude::*;

use crate::{
    api::sales::{SalesCounts, SalesFigures, SalesOfProduct, SalesPeriod, SalesUnit, sales_figures},
    components::{
        alert::{Alert, Level},
        button::ButtonLink,
        chart::{self, Figure, over_time},
        empty::Empty,
        icon::Icon,
        layout::{Card, Cards, Stack, link, moved_figure, muted},
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Table, column, end_column},
        tabs::{Tabs, tab},
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{promotion as words, sales, shell},
    },
    load::{load, show},
    navigation,
};

const TIME: &str = "time";
const PRODUCT: &str = "product";

/// One of the figures.
struct Measure {
    label: Key,
    of: fn(&SalesCounts) -> i64,
    said: fn(i64) -> String,
}

fn counted(count: i64) -> String {
    count.to_string()
}

/// In the order in which they are shown.
const MEASURES: [Measure; 3] = [
    Measure {
        label: words::REVENUE,
        of: SalesCounts::minor,
        said: format::yuan,
    },
    Measure {
        label: words::INSTALLS,
        of: |counts| counts.installs.into(),
        said: counted,
    },
    Measure {
        label: words::ORDERS,
        of: |counts| counts.orders.into(),
        said: counted,
    },
];

/// The periods that a word of the address asks for.
fn asked(time: &str) -> (SalesUnit, i32) {
    match time {
        "90" => (SalesUnit::Day, 90),
        "year" => (SalesUnit::Month, 12),
        _ => (SalesUnit::Day, 30),
    }
}

pub fn page() -> AnyView {
    let (time, product) = (navigation::query(TIME), navigation::query(PRODUCT));
    let found = load(move || {
        let (unit, count) = asked(&time.get());
        let product = Some(product.get()).filter(|id| !id.is_empty()).map(cynic::Id::new);
        sales_figures(unit, count, product)
    });
    let tabs = vec![
        tab("", words::DAYS_30),
        tab("90", words::DAYS_90),
        tab("year", sales::MONTHS_12),
    ];
    let figures = show(found, Skeleton::Page, move |figures| {
        let (unit, _) = asked(&time.get_untracked());
        body(figures, unit, !product.get_untracked().is_empty())
    });
    view! {
        <PageHeader title=shell::NAV_SALES hint=sales::HINT />
        <Stack><Tabs name=TIME label=words::PERIOD tabs=tabs />{figures}</Stack>
    }
    .into_any()
}

fn body(figures: SalesFigures, unit: SalesUnit, of_one: bool) -> AnyView {
    let one = of_one.then(|| only(&figures.by_product));
    let (total, before) = (&figures.total, &figures.before);
    let numbers: Vec<AnyView> = MEASURES.iter().map(|measure| number(measure, total, before)).collect();
    let charts: Vec<AnyView> = MEASURES
        .iter()
        .map(|measure| chart_of(measure, &figures.periods, unit))
        .collect();
    let by_product = by_product(figures.by_product);
    view! { <Stack>{one}<Cards>{numbers}</Cards>{charts}<Card title=sales::BY_PRODUCT>{by_product}</Card></Stack> }
        .into_any()
}

/// Says that it is about one product, and leads back to all.
fn only(of: &[SalesOfProduct]) -> AnyView {
    let name = of.first().map(|of| of.product.name.clone());
    let told = live(move || match &name {
        Some(name) => sales::only(name),
        None => sales::ONLY_ONE.get().to_owned(),
    });
    let all = navigation::address_with(&[(PRODUCT, "")]);
    view! { <Alert level=Level::Info title=told><ButtonLink label=sales::ALL_PRODUCTS href=all small=true /></Alert> }
        .into_any()
}

/// A figure, and how it moved since the time before.
fn number(measure: &Measure, total: &SalesCounts, before: &SalesCounts) -> AnyView {
    let (now, then) = ((measure.of)(total), (measure.of)(before));
    let moved = live(move || match format::change(now, then) {
        Some(change) => sales::moved(&change),
        None => sales::NOTHING_BEFORE.get().to_owned(),
    });
    moved_figure(measure.label, (measure.said)(now).into_any(), moved)
}

fn chart_of(measure: &Measure, periods: &[SalesPeriod], unit: SalesUnit) -> AnyView {
    let figure = |period: &SalesPeriod| {
        let first = period.first.clone();
        Figure {
            label: live(move || match unit {
                SalesUnit::Day => format::day(&first),
                SalesUnit::Month => format::month(&first),
            }),
            value: (measure.of)(&period.counts),
        }
    };
    let heading = match unit {
        SalesUnit::Day => words::DAY,
        SalesUnit::Month => sales::MONTH,
    };
    let figures = periods.iter().map(figure).collect();
    let chart = over_time(measure.label.into(), heading.into(), figures, measure.said);
    let told = muted(chart.summary.clone());
    let drawn = chart::columns(chart);
    view! { <Card title=measure.label><Stack tight=true>{told}{drawn}</Stack></Card> }.into_any()
}

/// The products of which the most was sold; each leads to its own figures.
fn by_product(products: Vec<SalesOfProduct>) -> AnyView {
    if products.is_empty() {
        return view! { <Empty picture=Icon::Chart title=sales::NONE hint=sales::NONE_HINT /> }.into_any();
    }
    let mut columns = vec![column(words::PRODUCT)];
    columns.extend(MEASURES.iter().map(|measure| end_column(measure.label)));
    let row = |of: &SalesOfProduct| {
        let href = navigation::address_with(&[(PRODUCT, of.product.id.inner())]);
        let mut cells = vec![link(href, of.product.name.clone())];
        cells.extend(
            MEASURES
                .iter()
                .map(|measure| (measure.said)((measure.of)(&of.counts)).into_any()),
        );
        cells
    };
    let rows = products.iter().map(row).collect();
    let label: Text = sales::BY_PRODUCT.into();
    view! { <Table label=label columns=columns rows=rows inside=true /> }.into_any()
}
