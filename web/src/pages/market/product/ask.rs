//! L13: an employee may not buy, and asks the administrators of the organisation.

use leptos::prelude::*;

use super::{Sold, consult};
use crate::{
    api::product_order::{self, AskAdminsInput},
    components::{
        alert::{Alert, Level},
        button::{Button, Look},
        dialog::Confirm,
        field::{Checkbox, TextArea},
        layout::{Row, muted, paragraph},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::{
        Text, live,
        texts::{buying as words, leads},
    },
};

const NOTE: u32 = 500;

pub fn controls(sold: &Sold) -> AnyView {
    let asking = RwSignal::new(false);
    let press = Callback::new(move |()| asking.set(true));
    let dialog = dialog(sold, asking);
    view! {
        <Alert level=Level::Info title=words::NO_PERMISSION>
            {paragraph(words::NO_PERMISSION_HINT)}
            <Row><Button label=words::ASK_ADMINS on_press=press look=Look::Primary small=true /></Row>
        </Alert>
        {dialog}
    }
    .into_any()
}

fn dialog(sold: &Sold, asking: RwSignal<bool>) -> AnyView {
    let (note, errors, submission) = (RwSignal::new(String::new()), Errors::new(), Submission::new());
    let shares = RwSignal::new(false);
    let (id, name) = (sold.product.id.clone(), sold.product.name.clone());
    let passed_on = consult::passed_on(&sold.product.partner_name);
    let promotion = sold.promotion.clone();
    let send = Callback::new(move |()| {
        let input = AskAdminsInput {
            product_id: id.clone(),
            note: note.get_untracked().trim().to_owned(),
            shares_contact: shares.get_untracked(),
            promotion: promotion.clone(),
        };
        submission.run_form(errors, product_order::ask_admins(input), move |_| {
            toast(words::ASKED);
            let _ = asking.try_set(false);
            let _ = note.try_set(String::new());
        });
    });
    let title: Text = live(move || words::ask_title(&name));
    view! {
        <Confirm open=asking title=title confirm=words::ASK_SEND on_confirm=send busy=submission.busy problem=submission.problem>
            {muted(words::ASK_EFFECT)}
            <TextArea name="note" label=words::ASK_NOTE value=note errors=errors limit=NOTE />
            <Checkbox name="sharesContact" value=shares errors=errors hint=passed_on.clone()>{leads::SHARE_CONTACT}</Checkbox>
        </Confirm>
    }
    .into_any()
}
