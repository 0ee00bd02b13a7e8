//! Steps of which each follows from the one before: a bar a step, as long as its figure, with the share that came so far.

use leptos::prelude::*;

use super::{Chart, Figure, drawing, scale::Scale, with_table};
use crate::format;

/// Pixels of a step, and of its bar within it.
const STEP: u32 = 36;
const BAR: f64 = 20.0;
/// Units of the width; it is stretched to what there is.
const WIDTH: f64 = 100.0;

/// The chart.
pub fn steps(chart: Chart) -> AnyView {
    let scale = Scale::around(chart.figures.iter().map(|figure| figure.value));
    let count = u32::try_from(chart.figures.len()).unwrap_or(0);
    let height = count * STEP;
    let bars: Vec<AnyView> = (0..count)
        .zip(&chart.figures)
        .map(|(at, figure)| bar(scale, at, figure))
        .collect();
    let size = (WIDTH, f64::from(height));
    let drawn = drawing(&chart, size, height, "block", view! { {bars} }.into_any());
    let first = chart.figures.first().map_or(0, |figure| figure.value);
    let names: Vec<AnyView> = chart.figures.iter().map(name).collect();
    let told = chart.figures.iter();
    let told: Vec<AnyView> = told.map(|figure| told_of(figure, first, chart.said)).collect();
    let drawn = view! {
        <div class="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3">
            <div aria-hidden="true">{names}</div>
            {drawn}
            <div class="tabular-nums" aria-hidden="true">{told}</div>
        </div>
    };
    with_table(chart, drawn.into_any())
}

/// A rail as long as all, and the bar on it.
fn bar(scale: Scale, at: u32, figure: &Figure) -> AnyView {
    let y = f64::from(at * STEP) + (f64::from(STEP) - BAR) / 2.0;
    let width = (1.0 - scale.depth(figure.value)) * WIDTH;
    view! {
        <rect class="fill-base-200" x="0" y=y width=WIDTH height=BAR />
        <rect class="fill-primary" x="0" y=y width=width height=BAR />
    }
    .into_any()
}

fn name(figure: &Figure) -> AnyView {
    let label = figure.label.clone();
    view! { <div class="flex h-9 items-center">{label}</div> }.into_any()
}

/// The figure, and its share of the first step's.
fn told_of(figure: &Figure, first: i64, said: fn(i64) -> String) -> AnyView {
    let value = said(figure.value);
    let share = (first > 0).then(|| format::share(figure.value, first));
    let share = share.map(|share| view! { <span class="w-12 text-end text-xs text-muted">{share}</span> });
    view! { <div class="flex h-9 items-center justify-end gap-2"><span class="font-medium">{value}</span>{share}</div> }
        .into_any()
}
