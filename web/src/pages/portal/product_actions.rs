//! The steps that a product's state allows its partner: each button asks first where its effects are not in its name.

use leptos::prelude::*;

use super::product::Found;
use crate::{
    api::product::{self, ApplyToDelistProductInput, Product, ProductAction, ProductActionInput},
    components::{
        button::{Button, ButtonLink, Look},
        dialog::Confirm,
        field::TextArea,
        icon::Icon,
        layout::{Stack, paragraph},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::texts::{common, portal, shelves as words},
    load::Loaded,
    navigation,
    routes::Portal,
};

#[component]
pub fn Actions(found: Loaded<Found>, product: Product) -> AnyView {
    let [discarding, listing, delisting, withdrawing] = [(); 4].map(|()| RwSignal::new(false));
    let submission = Submission::new();
    let id = StoredValue::new(product.id.clone());
    let input = move || ProductActionInput { id: id.get_value() };
    let wizard = Portal::EditProduct(product.id.inner().to_owned()).address();
    let goes_on = wizard.clone();
    let revise = Callback::new(move |()| {
        let address = goes_on.clone();
        submission.run(product::revise_product(input()), move |_| navigation::go(&address));
    });
    let discard = Callback::new(move |()| {
        submission.run(product::discard_product_draft(input()), move |left| {
            toast(words::DISCARDED);
            discarding.set(false);
            match left.product {
                Some(_) => found.reload(),
                None => navigation::replace(&Portal::Products.address()),
            }
        });
    });
    let list = Callback::new(move |()| {
        submission.run(product::list_product(input()), move |_| {
            listing.set(false);
            toast(words::LISTED_NOW);
            found.reload();
        });
    });
    let withdraw = Callback::new(move |()| {
        submission.run(product::withdraw_delisting(input()), move |_| {
            withdrawing.set(false);
            toast(words::DELISTING_WITHDRAWN);
            found.reload();
        });
    });
    let (errors, reason) = (Errors::new(), RwSignal::new(String::new()));
    let apply = Callback::new(move |()| {
        let given = reason.get_untracked();
        let missing = FieldError {
            name: "reason".to_owned(),
            message: common::REQUIRED.into(),
        };
        if !errors.set(if given.trim().is_empty() {
            vec![missing]
        } else {
            Vec::new()
        }) {
            return;
        }
        let input = ApplyToDelistProductInput {
            id: id.get_value(),
            reason: given,
        };
        submission.run_form(errors, product::apply_to_delist_product(input), move |_| {
            delisting.set(false);
            toast(words::DELISTING_SENT);
            found.reload();
        });
    });
    let may = |action| product.may(action);
    // What goes with the draft differs: the product itself, or changes that nobody has seen.
    let whole = !product.was_submitted;
    let (discard_label, discard_title, discard_effect) = match whole {
        true => (portal::DISCARD, words::DISCARD_TITLE, words::DISCARD_EFFECT),
        false => (
            words::DISCARD_REVISION,
            words::DISCARD_REVISION_TITLE,
            words::DISCARD_REVISION_EFFECT,
        ),
    };
    let press = |open: RwSignal<bool>| Callback::new(move |()| open.set(true));
    view! {
        {may(ProductAction::Discard).then(|| view! { <Button label=discard_label on_press=press(discarding) leading=Icon::Trash /> })}
        {may(ProductAction::ApplyToDelist).then(|| view! { <Button label=words::APPLY_TO_DELIST on_press=press(delisting) /> })}
        {may(ProductAction::WithdrawDelisting).then(|| view! { <Button label=words::WITHDRAW_DELISTING on_press=press(withdrawing) /> })}
        {may(ProductAction::Revise).then(|| view! { <Button label=words::REVISE on_press=revise busy=submission.busy leading=Icon::Edit /> })}
        {may(ProductAction::Edit).then(|| view! { <ButtonLink label=words::GO_ON href=wizard look=Look::Primary leading=Icon::Edit /> })}
        {may(ProductAction::List).then(|| view! { <Button label=words::PUT_ON_SHELF on_press=press(listing) look=Look::Primary leading=Icon::ArrowUp /> })}
        <Confirm open=discarding title=discard_title confirm=discard_label on_confirm=discard busy=submission.busy problem=submission.problem danger=true>
            {paragraph(discard_effect)}
        </Confirm>
        <Confirm open=listing title=words::LIST_TITLE confirm=words::PUT_ON_SHELF on_confirm=list busy=submission.busy problem=submission.problem>
            {paragraph(words::LIST_EFFECT)}
        </Confirm>
        <Confirm open=delisting title=words::APPLY_TO_DELIST confirm=words::DELISTING_SEND on_confirm=apply busy=submission.busy problem=submission.problem danger=true>
            <Stack tight=true>
                {paragraph(words::DELISTING_EFFECT)}
                <TextArea name="reason" label=words::DELISTING_REASON value=reason errors=errors required=true limit=1000 />
            </Stack>
        </Confirm>
        <Confirm open=withdrawing title=words::WITHDRAW_DELISTING confirm=words::WITHDRAW_DELISTING on_confirm=withdraw busy=submission.busy problem=submission.problem>
            {paragraph(words::WITHDRAW_DELISTING_EFFECT)}
        </Confirm>
    }
    .into_any()
}
