//! The account into which the partner is paid (L3): shown by its end, entered anew as a whole.

use leptos::prelude::*;

use super::{Wizard, report::PAYEE};
use crate::{
    api::payee_account::{self, PayeeAccount, SetPayeeAccountInput},
    components::{
        alert::ProblemPanel,
        badge::{Tone, badge},
        button::Button,
        dialog::Dialog,
        dynamic::dynamic,
        facts::{fact, facts, text_fact},
        field::TextInput,
        icon::Icon,
        layout::{Card, Row, Stack, focusable, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, submission::Submission},
    i18n::{
        live,
        texts::{common, shelves as words},
    },
    load::{Loaded, load, show},
};

pub fn card(wizard: Wizard) -> AnyView {
    let found = load(payee_account::payee_account);
    let open = RwSignal::new(false);
    let content = show(found, Skeleton::Lines, move |account| shown(account, open));
    let card = view! {
        <Card title=words::PAYEE>{content}</Card>
        <Dialog open=open title=words::PAYEE_ENTER>
            <AccountForm wizard=wizard open=open found=found />
        </Dialog>
    };
    focusable(PAYEE, card.into_any())
}

fn shown(account: Option<PayeeAccount>, open: RwSignal<bool>) -> AnyView {
    let press = Callback::new(move |()| open.set(true));
    let Some(account) = account else {
        return view! {
            <Stack tight=true>
                <Row>{badge(Tone::Attention, words::PAYEE_MISSING)}</Row>
                {muted(words::PAYEE_HINT)}
                <Row><Button label=words::PAYEE_ENTER on_press=press small=true leading=Icon::Plus /></Row>
            </Stack>
        }
        .into_any();
    };
    let (at, by) = (account.updated_at, account.updated_by.name);
    let list = facts(vec![
        text_fact(words::PAYEE_HOLDER, &account.holder),
        text_fact(words::PAYEE_BANK, &account.bank),
        fact(words::PAYEE_NUMBER, format!("•••• {}", account.number_end)),
        fact(
            words::PAYEE_ENTERED,
            live(move || format!("{} · {by}", format::date_time(&at))).into_view_any(),
        ),
    ]);
    view! {
        <Stack tight=true>
            {list}
            <Row><Button label=words::PAYEE_CHANGE on_press=press small=true leading=Icon::Edit /></Row>
        </Stack>
    }
    .into_any()
}

#[component]
fn AccountForm(wizard: Wizard, open: RwSignal<bool>, found: Loaded<Option<PayeeAccount>>) -> AnyView {
    let held = found.peek().flatten();
    let (holder, bank) = match held {
        Some(account) => (account.holder, account.bank),
        None => (String::new(), String::new()),
    };
    let (holder, bank, number) = (RwSignal::new(holder), RwSignal::new(bank), RwSignal::new(String::new()));
    let errors = Errors::new();
    let submission = Submission::new();
    let send = Callback::new(move |()| {
        let input = SetPayeeAccountInput {
            holder: holder.get_untracked(),
            bank: bank.get_untracked(),
            number: number.get_untracked(),
        };
        submission.run_form(errors, payee_account::set_payee_account(input), move |account| {
            open.set(false);
            toast(words::PAYEE_SAVED);
            found.set(Some(account));
            wizard.check_again();
        });
    });
    let problem = move || {
        let problem = submission.problem.get()?;
        let named = problem.refusal().is_some_and(|refused| !refused.issues.is_empty());
        (!named).then(|| view! { <ProblemPanel problem=problem /> })
    };
    view! {
        <Stack tight=true>
            {dynamic(problem)}
            <TextInput name="holder" label=words::PAYEE_HOLDER value=holder errors=errors required=true limit=60 />
            <TextInput name="bank" label=words::PAYEE_BANK value=bank errors=errors required=true limit=60 />
            <TextInput name="number" label=words::PAYEE_NUMBER value=number errors=errors required=true hint=words::PAYEE_NUMBER_HINT />
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=common::SAVE on_press=send look=crate::components::button::Look::Primary busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}
