//! What a payment gateway told of an order, for the partner; money that has to go back stands out.

use leptos::prelude::*;

use crate::{
    api::product_order::{PaymentEvent, PaymentOutcome},
    components::{
        alert::{Alert, Level},
        layout::{Card, Stack, code, one_line, paragraph},
        table::{Table, column, end_column},
    },
    format,
    i18n::{Text, live, texts::buying as words},
    labels::{self, buying as labelled},
};

/// Nothing where no gateway took part.
pub fn card(events: &[PaymentEvent]) -> Option<AnyView> {
    if events.is_empty() {
        return None;
    }
    let columns = vec![
        column(words::GATEWAY_WHAT),
        end_column(words::AMOUNT),
        column(words::PAYMENT_REFERENCE),
        column(words::GATEWAY_AT),
        column(words::GATEWAY_OUTCOME),
    ];
    let rows = events.iter().map(row).collect();
    let notice = to_return(events);
    Some(
        view! {
            <Card title=words::GATEWAY>
                <Stack tight=true>
                    {notice}
                    <Table label=words::GATEWAY columns=columns rows=rows inside=true />
                </Stack>
            </Card>
        }
        .into_any(),
    )
}

fn row(event: &PaymentEvent) -> Vec<AnyView> {
    let at = event.occurred_at.clone();
    vec![
        Text::from(labelled::payment_event(event.kind)).into_view_any(),
        one_line(format::yuan(event.amount.0.parse().unwrap_or_default())),
        code(event.reference.clone()),
        one_line(live(move || format::date_time(&at))),
        labels::state_badge(labelled::payment_outcome(event.outcome)),
    ]
}

fn to_return(events: &[PaymentEvent]) -> Option<AnyView> {
    let waiting = events.iter().filter(|event| event.outcome == PaymentOutcome::ToReturn);
    let references: Vec<String> = waiting.map(|event| event.reference.clone()).collect();
    if references.is_empty() {
        return None;
    }
    let hint = live(move || words::to_return_hint(&format::list(&references)));
    Some(view! { <Alert level=Level::Warning title=words::TO_RETURN_TITLE>{paragraph(hint)}</Alert> }.into_any())
}
