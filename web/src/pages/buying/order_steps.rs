//! What moves an order of a product: each step asks first and names its effects. Which are offered is the server's word.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use crate::{
    api::{
        Problem,
        order::OrderParty,
        product_order::{
            self, ConfirmProductOrderInput, PlacedProductOrder, ProductOrder, ProductOrderAction,
            ProductOrderActionInput, RefundProductOrderInput,
        },
    },
    components::{
        button::{Button, Look},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::{TextArea, TextInput},
        layout::{Row, bullets, muted, paragraph},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{buying as words, common},
    },
};

/// The step that is asked about.
pub type Chosen = RwSignal<Option<(ProductOrderAction, ProductOrder)>>;

const REFERENCE: u32 = 80;
const REASON: u32 = 1000;

type Work = Pin<Box<dyn Future<Output = Result<PlacedProductOrder, Problem>>>>;

/// A button for each step that is open now, the one that is waited for first to the eye.
pub fn buttons(order: &ProductOrder, chosen: Chosen) -> AnyView {
    let offered = [
        (ProductOrderAction::Close, Look::Plain),
        (ProductOrderAction::Refund, Look::Plain),
        (ProductOrderAction::ConfirmPayment, Look::Primary),
        (ProductOrderAction::ConfirmRefund, Look::Primary),
    ];
    let button = |(step, look): (ProductOrderAction, Look)| {
        let order = order.clone();
        let press = Callback::new(move |()| chosen.set(Some((step, order.clone()))));
        view! { <Button label=label(step) on_press=press look=look /> }.into_any()
    };
    let open = offered.into_iter().filter(|(step, _)| order.may(*step));
    let buttons: Vec<AnyView> = open.map(button).collect();
    view! { <Row>{buttons}</Row> }.into_any()
}

fn label(step: ProductOrderAction) -> Key {
    match step {
        ProductOrderAction::Pay => words::GO_TO_PAY,
        ProductOrderAction::Close => words::CLOSE,
        ProductOrderAction::ConfirmPayment => words::CONFIRM_PAYMENT,
        ProductOrderAction::Refund => words::REFUND,
        ProductOrderAction::ConfirmRefund => words::CONFIRM_REFUND,
    }
}

/// The dialog of whatever was chosen.
pub fn dialogs(party: OrderParty, chosen: Chosen, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        chosen
            .get()
            .map(|(step, order)| dialog(party, step, order, chosen, changed))
    })
}

fn dialog(
    party: OrderParty,
    step: ProductOrderAction,
    order: ProductOrder,
    chosen: Chosen,
    changed: Callback<()>,
) -> AnyView {
    let open = open_for(chosen);
    let (typed, errors, submission) = (RwSignal::new(String::new()), Errors::new(), Submission::new());
    let id = order.id.clone();
    let confirm = Callback::new(move |()| {
        let words = typed.get_untracked().trim().to_owned();
        if words.is_empty() && needs_words(party, step) {
            errors.set(vec![FieldError {
                name: field(step).to_owned(),
                message: common::REQUIRED.into(),
            }]);
            return;
        }
        submission.run_form(errors, send(step, id.clone(), words), move |_| {
            toast(done(step));
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let danger = matches!(step, ProductOrderAction::Close | ProductOrderAction::Refund);
    let title = match (step, party) {
        (ProductOrderAction::Refund, OrderParty::Customer) => words::REFUND_TITLE,
        (ProductOrderAction::Refund, OrderParty::Partner) => words::REFUND_GIVE,
        _ => label(step),
    };
    view! {
        <Confirm open=open title=title confirm=label(step) on_confirm=confirm busy=submission.busy problem=submission.problem danger=danger>
            {effects(party, step, &order)}
            {asked(party, step, typed, errors)}
        </Confirm>
    }
    .into_any()
}

/// L14: the partner says why; where money moved, where it is found.
fn needs_words(party: OrderParty, step: ProductOrderAction) -> bool {
    match step {
        ProductOrderAction::ConfirmPayment | ProductOrderAction::ConfirmRefund => true,
        ProductOrderAction::Refund => party == OrderParty::Partner,
        ProductOrderAction::Pay | ProductOrderAction::Close => false,
    }
}

fn field(step: ProductOrderAction) -> &'static str {
    match step {
        ProductOrderAction::Refund => "reason",
        _ => "reference",
    }
}

fn send(step: ProductOrderAction, id: cynic::Id, words: String) -> Work {
    match step {
        ProductOrderAction::Pay | ProductOrderAction::Close => {
            Box::pin(product_order::close_product_order(ProductOrderActionInput { id }))
        }
        ProductOrderAction::ConfirmPayment => Box::pin(product_order::confirm_payment(ConfirmProductOrderInput {
            id,
            reference: words,
        })),
        ProductOrderAction::ConfirmRefund => Box::pin(product_order::confirm_refund(ConfirmProductOrderInput {
            id,
            reference: words,
        })),
        ProductOrderAction::Refund => Box::pin(product_order::refund_product_order(RefundProductOrderInput {
            id,
            reason: words,
        })),
    }
}

fn done(step: ProductOrderAction) -> Key {
    match step {
        ProductOrderAction::Pay | ProductOrderAction::Close => words::CLOSED_DONE,
        ProductOrderAction::ConfirmPayment => words::PAYMENT_CONFIRMED,
        ProductOrderAction::Refund => words::REFUND_ASKED,
        ProductOrderAction::ConfirmRefund => words::REFUND_CONFIRMED,
    }
}

/// What the step does, in words.
fn effects(party: OrderParty, step: ProductOrderAction, order: &ProductOrder) -> AnyView {
    let amount = format::money(&order.amount);
    let returned = order.refund.as_ref().map_or_else(
        || amount.clone(),
        |refund| format::yuan(refund.amount.0.parse().unwrap_or_default()),
    );
    match (step, party) {
        (ProductOrderAction::Close | ProductOrderAction::Pay, OrderParty::Customer) => {
            bullets(vec![muted(words::CLOSE_EFFECT), muted(words::CLOSE_PAID_HINT)])
        }
        (ProductOrderAction::Close | ProductOrderAction::Pay, OrderParty::Partner) => {
            bullets(vec![muted(words::CLOSE_EFFECT), muted(words::CLOSE_SOLD_HINT)])
        }
        (ProductOrderAction::ConfirmPayment, _) => paragraph(live(move || words::confirm_payment_effect(&amount))),
        (ProductOrderAction::ConfirmRefund, _) => paragraph(live(move || words::confirm_refund_effect(&returned))),
        (ProductOrderAction::Refund, OrderParty::Customer) => {
            let until = order.buyer_may_refund_until.clone();
            let until = until.map(|until| muted(live(move || words::refund_buyer_until(&format::date_time(&until)))));
            let told = [muted(words::REFUND_EFFECT), muted(words::REFUND_DATA)];
            bullets(told.into_iter().chain(until).collect())
        }
        (ProductOrderAction::Refund, OrderParty::Partner) => {
            bullets(vec![muted(words::REFUND_EFFECT_SOLD), muted(words::REFUND_DATA)])
        }
    }
}

/// What the step has to be told.
fn asked(party: OrderParty, step: ProductOrderAction, typed: RwSignal<String>, errors: Errors) -> AnyView {
    match step {
        ProductOrderAction::Pay | ProductOrderAction::Close => ().into_any(),
        ProductOrderAction::ConfirmPayment | ProductOrderAction::ConfirmRefund => {
            let hint = Text::from(words::CONFIRM_REFERENCE_HINT);
            view! { <TextInput name="reference" label=words::CONFIRM_REFERENCE value=typed errors=errors limit=REFERENCE required=true hint=hint /> }.into_any()
        }
        ProductOrderAction::Refund => {
            let required = party == OrderParty::Partner;
            view! { <TextArea name="reason" label=words::REFUND_REASON value=typed errors=errors limit=REASON required=required /> }.into_any()
        }
    }
}
