//! Opening a product that costs nothing now: the trial, the free plan, or a product that is free. The application comes by itself.

use leptos::prelude::*;

use super::{Sold, consult};
use crate::{
    api::{
        license::ChargeType,
        product_content::ChargeForm,
        product_order::{self, OpenProductInput},
    },
    components::{
        button::{Button, Look},
        dialog::Confirm,
        field::Checkbox,
        layout::{bullets, muted},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{buying as words, leads},
    },
    labels, navigation,
    routes::Customer,
};

/// The trial, with how long it is.
pub fn trial(sold: &Sold, look: Look) -> AnyView {
    let Some(length) = sold.product.trial.map(labels::product_review::trial) else {
        return ().into_any();
    };
    let label = live(move || words::start_trial(&length.get()));
    let effects = move || {
        bullets(vec![
            muted(live(move || words::trial_effect(&length.get()))),
            muted(words::TRIAL_ONCE),
        ])
    };
    button(
        sold,
        ChargeType::Trial,
        (label, words::TRIAL_TITLE, words::TRIAL_STARTED),
        look,
        effects,
    )
}

/// The free plan, or all of it.
pub fn free(sold: &Sold, look: Look) -> AnyView {
    let product = &sold.product;
    let label = match product.charge_form {
        ChargeForm::Free => words::USE_FREE,
        ChargeForm::Paid => words::USE_FREE_PLAN,
    };
    let most = product.free_plan.as_ref().and_then(|plan| plan.max_seats);
    let effects = move || {
        let limit = most.map(|most| muted(live(move || words::free_limit(&most))));
        bullets([muted(words::FREE_EFFECT)].into_iter().chain(limit).collect())
    };
    button(
        sold,
        ChargeType::Free,
        (label.into(), words::FREE_TITLE, words::OPENED),
        look,
        effects,
    )
}

/// Its words: on the button, above the question, and afterwards.
type Words = (Text, Key, Key);

fn button(
    sold: &Sold,
    way: ChargeType,
    (label, title, done): Words,
    look: Look,
    effects: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let (asking, submission) = (RwSignal::new(false), Submission::new());
    let (shares, errors) = (RwSignal::new(false), Errors::new());
    let passed_on = consult::passed_on(&sold.product.partner_name);
    let (id, promotion) = (sold.product.id.clone(), sold.promotion.clone());
    let confirm = Callback::new(move |()| {
        let input = OpenProductInput {
            product_id: id.clone(),
            way,
            shares_contact: shares.get_untracked(),
            promotion: promotion.clone(),
        };
        let opened = product_order::open_product(input, Some(submission.key()));
        submission.run(opened, move |opened| {
            toast(done);
            let _ = asking.try_set(false);
            let page = match opened.license {
                Some(license) => Customer::License(license.id.into_inner()),
                None => Customer::Licenses,
            };
            navigation::go(&page.address());
        });
    });
    let press = Callback::new(move |()| asking.set(true));
    view! {
        <Button label=label.clone() on_press=press look=look />
        <Confirm open=asking title=title confirm=label on_confirm=confirm busy=submission.busy problem=submission.problem>
            {effects()}
            {(way == ChargeType::Trial).then(|| view! { <Checkbox name="sharesContact" value=shares errors=errors hint=passed_on.clone()>{leads::SHARE_CONTACT}</Checkbox> })}
        </Confirm>
    }
    .into_any()
}
