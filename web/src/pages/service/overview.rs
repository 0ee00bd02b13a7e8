//! How the partner answers, at the head of its list: what waits, and how long answers took.

use leptos::prelude::*;

use super::{
    address,
    taken::{taken_if_any, waited},
};
use crate::{
    api::{
        order::OrderParty,
        service_request::{self, ServiceOverview},
    },
    components::{
        layout::{Align, Stack, equal_columns, figure, link, muted},
        skeleton::Skeleton,
    },
    i18n::{Text, live, texts::service as words},
    load::{Loaded, load, show_steadily},
};

/// The figures, read again with the list.
pub fn load_figures() -> Loaded<ServiceOverview> {
    load(service_request::service_overview)
}

pub fn figures(found: Loaded<ServiceOverview>) -> AnyView {
    show_steadily(found, Skeleton::Lines, view)
}

fn view(overview: ServiceOverview) -> AnyView {
    let ServiceOverview {
        open_count,
        longest_waiting,
        first_response,
        closing,
    } = overview;
    let longest =
        longest_waiting.and_then(|request| Some((address(OrderParty::Partner, &request.id), request.waiting_since?)));
    let longest = match longest {
        Some((href, since)) => figure(words::FIGURE_LONGEST, link(href, live(move || waited(&since)))),
        None => figure(words::FIGURE_LONGEST, "—".into_any()),
    };
    let (response, closed) = (first_response.median_seconds, closing.median_seconds);
    let row = equal_columns(
        vec![
            figure(words::FIGURE_OPEN, open_count.to_string().into_any()),
            longest,
            figure(
                words::FIGURE_RESPONSE,
                live(move || taken_if_any(response)).into_view_any(),
            ),
            figure(
                words::FIGURE_CLOSING,
                live(move || taken_if_any(closed)).into_view_any(),
            ),
        ],
        16,
        Align::Top,
    );
    let line = Text::from(move || {
        words::figures_line(
            &first_response.count,
            &taken_if_any(first_response.mean_seconds),
            &closing.count,
            &taken_if_any(closing.mean_seconds),
        )
    });
    view! { <Stack tight=true>{row}{muted(line)}</Stack> }.into_any()
}
