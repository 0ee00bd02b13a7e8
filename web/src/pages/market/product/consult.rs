//! L24: asking the partner before anybody buys, with what is passed on said and agreed to.

use leptos::prelude::*;

use super::Sold;
use crate::{
    api::{
        lead::{self, ConsultPartnerInput},
        session::Role,
    },
    components::{
        button::{Button, Look},
        dialog::Confirm,
        field::{Checkbox, TextArea, TextInput},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{buying as words, common, leads},
    },
    session,
};

const MESSAGE: u32 = 500;

/// The button with its dialog; nothing for those who have no part in it.
pub fn controls(sold: &Sold) -> Option<AnyView> {
    let viewer = session::viewer_now()?;
    let customer = viewer.is(Role::CustomerAdmin) || viewer.is(Role::CustomerEmployee);
    if !customer || viewer.maintenance.is_some() {
        return None;
    }
    let open = RwSignal::new(false);
    let press = Callback::new(move |()| open.set(true));
    let dialog = dialog(sold, open);
    Some(view! { <Button label=leads::CONSULT on_press=press look=Look::Quiet small=true />{dialog} }.into_any())
}

/// Who is told what, in one line: name, address and organisation of whoever is signed in.
pub fn passed_on(partner: &str) -> Text {
    let partner = partner.to_owned();
    live(move || match session::viewer_now() {
        Some(viewer) => leads::consent_data(
            &partner,
            &viewer.user.name,
            &viewer.user.email.clone().unwrap_or_default(),
            &viewer.organization.name,
        ),
        None => String::new(),
    })
}

fn dialog(sold: &Sold, open: RwSignal<bool>) -> AnyView {
    let (message, phone, consent) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(false),
    );
    let (errors, submission) = (Errors::new(), Submission::new());
    let promotion = sold.promotion.clone();
    let (id, passed_on) = (sold.product.id.clone(), passed_on(&sold.product.partner_name));
    let send = Callback::new(move |()| {
        let missing: [(bool, &str, Key); 2] = [
            (
                message.with_untracked(|text| text.trim().is_empty()),
                "message",
                common::REQUIRED,
            ),
            (!consent.get_untracked(), "consent", leads::CONSENT_REQUIRED),
        ];
        let missing = missing.into_iter().filter(|(missing, ..)| *missing);
        let missing = missing.map(|(_, name, message)| FieldError {
            name: name.to_owned(),
            message: message.into(),
        });
        if !errors.set(missing.collect()) {
            return;
        }
        let input = ConsultPartnerInput {
            product_id: id.clone(),
            message: message.get_untracked(),
            phone: Some(phone.get_untracked()).filter(|typed| !typed.trim().is_empty()),
            consent: true,
            promotion: promotion.clone(),
        };
        let asked = lead::consult_partner(input, Some(submission.key()));
        submission.run_form(errors, asked, move |_| {
            toast(leads::CONSULTED);
            let _ = open.try_set(false);
            let _ = message.try_set(String::new());
        });
    });
    let name = sold.product.partner_name.clone();
    let title = live(move || leads::consult_title(&name));
    view! {
        <Confirm open=open title=title confirm=words::ASK_SEND on_confirm=send busy=submission.busy problem=submission.problem>
            <TextArea name="message" label=leads::QUESTION value=message errors=errors limit=MESSAGE rows=4 required=true />
            <TextInput name="phone" label=leads::PHONE value=phone errors=errors hint=leads::PHONE_HINT />
            <Checkbox name="consent" value=consent errors=errors hint=passed_on.clone()>{leads::CONSENT}</Checkbox>
        </Confirm>
    }
    .into_any()
}
