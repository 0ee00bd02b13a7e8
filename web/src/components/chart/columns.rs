//! Figures over time as columns side by side: one a day, on a scale whose bounds are written beside it.

use leptos::prelude::*;

use super::{Chart, Figure, drawing, scale::Scale, with_table};

/// Units of the drawing; it is stretched to the width that there is.
const HEIGHT: f64 = 100.0;
/// Of the place of a column, how much it fills.
const FILLED: f64 = 0.72;

/// The chart.
pub fn columns(chart: Chart) -> AnyView {
    let scale = Scale::around(chart.figures.iter().map(|figure| figure.value));
    #[allow(clippy::cast_precision_loss)] // Days are few.
    let width = chart.figures.len().max(1) as f64;
    let lines = [scale.most, 0, scale.least].map(|value| line(scale, value, width));
    let bars: Vec<AnyView> = (0_u32..)
        .zip(&chart.figures)
        .map(|(at, figure)| bar(scale, f64::from(at), figure, chart.said))
        .collect();
    let drawn = drawing(
        &chart,
        (width, HEIGHT),
        200,
        "col-start-2 block",
        view! { {lines}{bars} }.into_any(),
    );
    // Where there is nothing, the bound that the scale needs says nothing.
    let most = chart.figures.iter().any(|figure| figure.value != 0);
    let (most, least) = (most.then(|| (chart.said)(scale.most)), (chart.said)(scale.least));
    let (first, last) = (edge(chart.figures.first()), edge(chart.figures.last()));
    let drawn = view! {
        <div class="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs text-muted">
            <div class="flex flex-col justify-between text-end tabular-nums" aria-hidden="true"><span>{most}</span><span>{least}</span></div>
            {drawn}
            <div class="col-start-2 flex justify-between" aria-hidden="true"><span>{first}</span><span>{last}</span></div>
        </div>
    };
    with_table(chart, drawn.into_any())
}

fn edge(figure: Option<&Figure>) -> Option<AnyView> {
    figure.map(|figure| figure.label.clone().into_view_any())
}

fn line(scale: Scale, value: i64, width: f64) -> AnyView {
    let y = scale.depth(value) * HEIGHT;
    view! { <line class="stroke-base-300" x1="0" x2=width y1=y y2=y stroke-width="1" vector-effect="non-scaling-stroke" /> }
        .into_any()
}

/// One column, with what it says for whoever points at it.
fn bar(scale: Scale, at: f64, figure: &Figure, said: fn(i64) -> String) -> AnyView {
    let (zero, end) = (scale.depth(0) * HEIGHT, scale.depth(figure.value) * HEIGHT);
    let x = at + (1.0 - FILLED) / 2.0;
    let label = figure.label.clone();
    let value = figure.value;
    let tip = move || format!("{}: {}", label.get(), said(value));
    view! {
        <rect class="fill-primary" x=x y=zero.min(end) width=FILLED height=(zero - end).abs()>
            <title>{tip}</title>
        </rect>
    }
    .into_any()
}
