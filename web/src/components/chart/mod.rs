//! Charts: drawn as SVG in the theme's colours, each named and told in a sentence for whoever does not see it, with the figures as a
//! table that opens behind it. They know numbers and words; where these come from is the page's. `columns` shows figures over time,
//! `steps` how many go on from one step to the next.

mod columns;
mod scale;
mod steps;

pub use columns::columns;
pub use steps::steps;

use leptos::prelude::*;

use super::{
    folded::folded,
    layout::Stack,
    table::{Table, column, end_column},
};
use crate::i18n::{Text, live, texts::common};

/// One figure and what it is of: a day, or a step.
#[derive(Clone)]
pub struct Figure {
    pub label: Text,
    pub value: i64,
}

/// What is drawn.
#[derive(Clone)]
pub struct Chart {
    pub title: Text,
    /// The result in a sentence.
    pub summary: Text,
    /// Of the table: what the figures are of, and what they count.
    pub headings: [Text; 2],
    pub figures: Vec<Figure>,
    /// How a figure is written.
    pub said: fn(i64) -> String,
}

/// What is drawn of one figure period by period, with how much it is in all and when it was most. `of` heads the periods.
pub fn over_time(title: Text, of: Text, figures: Vec<Figure>, said: fn(i64) -> String) -> Chart {
    let best = figures.iter().max_by_key(|figure| figure.value).cloned();
    let sum: i64 = figures.iter().map(|figure| figure.value).sum();
    let summary = live(move || match &best {
        Some(best) if best.value > 0 => common::figures_summary(&said(sum), &best.label.get(), &said(best.value)),
        Some(_) | None => common::FIGURES_NONE.get().to_owned(),
    });
    let headings = [of, title.clone()];
    Chart {
        title,
        summary,
        headings,
        figures,
        said,
    }
}

/// A drawing with its name and its sentence. It fills the width that there is; `height` is in pixels.
fn drawing(chart: &Chart, size: (f64, f64), height: u32, class: &'static str, inside: AnyView) -> AnyView {
    let (name, sentence) = (chart.title.clone(), chart.summary.clone());
    let named = live(move || format!("{} {}", name.get(), sentence.get()));
    let view_box = format!("0 0 {} {}", size.0, size.1);
    view! {
        <svg class=class role="img" aria-label=named viewBox=view_box preserveAspectRatio="none" width="100%" height=height>
            {inside}
        </svg>
    }
    .into_any()
}

/// The chart with its figures behind it.
fn with_table(chart: Chart, drawn: AnyView) -> AnyView {
    let [of, what] = chart.headings;
    let said = chart.said;
    let rows = chart.figures.into_iter();
    let rows = rows.map(|figure| vec![figure.label.into_view_any(), said(figure.value).into_any()]);
    let columns = vec![column(of), end_column(what)];
    let table = view! { <Table label=chart.title columns=columns rows=rows.collect() inside=true /> };
    view! { <Stack>{drawn}{folded(common::FIGURES, table.into_any())}</Stack> }.into_any()
}
