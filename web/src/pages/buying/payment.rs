//! How an order that waits is paid: the account and what to write for the buyer, what to look for for the partner.

use leptos::prelude::*;

use crate::{
    api::{
        order::OrderParty,
        product_order::{PaymentInstructions, ProductOrder, ProductOrderStatus},
    },
    components::{
        alert::{Alert, Level},
        button::{ButtonLink, Look},
        copy_field::CopyField,
        icon::Icon,
        layout::{Card, FieldGrid, Row, Stack, muted, paragraph, section_heading, subheading},
    },
    format,
    i18n::{Key, live, texts::buying as words},
};

/// Nothing where nothing is to be paid any more.
pub fn panel(party: OrderParty, order: &ProductOrder) -> Option<AnyView> {
    if order.status != ProductOrderStatus::AwaitingPayment {
        return None;
    }
    Some(match (party, &order.payment_instructions) {
        (OrderParty::Partner, _) => to_confirm(order),
        (OrderParty::Customer, Some(how)) => how_to_pay(order, how),
        (OrderParty::Customer, None) => view! { <Alert level=Level::Info title=words::OTHER_PAYS /> }.into_any(),
    })
}

fn to_confirm(order: &ProductOrder) -> AnyView {
    let (number, amount) = (order.number.clone(), format::money(&order.amount));
    let hint = live(move || words::pay_by_partner_hint(&number, &amount));
    view! { <Alert level=Level::Info title=words::PAY_BY_PARTNER>{paragraph(hint)}</Alert> }.into_any()
}

fn how_to_pay(order: &ProductOrder, how: &PaymentInstructions) -> AnyView {
    let amount = format::money(&order.amount);
    let title = live(move || words::pay_amount(&amount));
    let until = order.pay_until.clone();
    let by = until.map(|until| paragraph(live(move || words::pay_by(&format::date_time(&until)))));
    let online = how.checkout_url.clone().map(|href| {
        view! {
            <Row><ButtonLink label=words::PAY_ONLINE href=href look=Look::Primary leading=Icon::Link /></Row>
            {muted(words::PAY_ONLINE_HINT)}
        }
    });
    let fields = [
        (words::HOLDER, &how.holder),
        (words::BANK, &how.bank),
        (words::ACCOUNT_NUMBER, &how.number),
        (words::REFERENCE_TO_WRITE, &how.reference),
    ];
    let fields: Vec<AnyView> = fields.into_iter().map(|(label, value)| copied(label, value)).collect();
    let fields = view! { <FieldGrid>{fields}</FieldGrid> };
    view! {
        <Card title=words::HOW_TO_PAY>
            <Stack>
                <div>{section_heading(title)}{by}</div>
                {online}
                {muted(words::PAY_STEPS)}
                {fields}
            </Stack>
        </Card>
    }
    .into_any()
}

/// A value that is carried to the bank.
fn copied(label: Key, value: &str) -> AnyView {
    view! { <div>{subheading(label)}<CopyField label=label value=value.to_owned() /></div> }.into_any()
}
