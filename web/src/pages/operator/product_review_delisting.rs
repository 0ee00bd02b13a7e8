//! Taking a product from view or off the shelves (L10), showing it again, and deciding about its partner's application to delist.

use leptos::prelude::*;

use crate::{
    api::{
        Problem,
        product_review::{
            self, DecideDelistingInput, ProductAction, ProductStatus, ReviewedProduct, ShowProductInput,
            WithdrawProductInput,
        },
    },
    components::{
        alert::{Alert, Level},
        button::{Button, Look},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::TextArea,
        layout::{Row, Stack, bullets, paragraph},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{common, reviews},
    },
};

/// What an operator does with a product on sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Hide,
    Show,
    Delist,
    ApproveDelisting,
    RefuseDelisting,
}

pub type Chosen = RwSignal<Option<Step>>;

impl Step {
    fn title(self, name: &str) -> String {
        match self {
            Self::Hide => reviews::hide_title(&name),
            Self::Show => reviews::show_title(&name),
            Self::Delist | Self::ApproveDelisting => reviews::delist_title(&name),
            Self::RefuseDelisting => reviews::refuse_delisting_title(&name),
        }
    }

    fn label(self) -> Key {
        match self {
            Self::Hide => reviews::HIDE,
            Self::Show => reviews::SHOW,
            Self::Delist => reviews::DELIST,
            Self::ApproveDelisting => reviews::APPROVE_DELISTING,
            Self::RefuseDelisting => reviews::REFUSE_DELISTING,
        }
    }

    fn effects(self) -> &'static [Key] {
        match self {
            Self::Hide => &[
                reviews::HIDE_EFFECT_SALE,
                reviews::HIDE_EFFECT_CUSTOMERS,
                reviews::HIDE_EFFECT_BACK,
            ],
            Self::Show => &[reviews::SHOW_EFFECT],
            Self::Delist | Self::ApproveDelisting => &[
                reviews::DELIST_EFFECT_SALE,
                reviews::DELIST_EFFECT_CUSTOMERS,
                reviews::DELIST_EFFECT_BACK,
            ],
            Self::RefuseDelisting => &[reviews::REFUSE_DELISTING_EFFECT],
        }
    }

    fn done(self) -> Key {
        match self {
            Self::Hide => reviews::WAS_HIDDEN,
            Self::Show => reviews::WAS_SHOWN,
            Self::Delist | Self::ApproveDelisting => reviews::WAS_DELISTED,
            Self::RefuseDelisting => reviews::DELISTING_WAS_REFUSED,
        }
    }

    fn wants_reason(self) -> bool {
        matches!(self, Self::Hide | Self::Delist | Self::RefuseDelisting)
    }

    fn is_danger(self) -> bool {
        matches!(self, Self::Hide | Self::Delist | Self::ApproveDelisting)
    }

    async fn take(self, id: cynic::Id, reason: String) -> Result<(), Problem> {
        match self {
            Self::Hide => product_review::hide_product(WithdrawProductInput { id, reason }).await,
            Self::Show => product_review::show_product(ShowProductInput { id }).await,
            Self::Delist => product_review::delist_product(WithdrawProductInput { id, reason }).await,
            Self::ApproveDelisting | Self::RefuseDelisting => {
                let input = DecideDelistingInput {
                    id,
                    approve: self == Self::ApproveDelisting,
                    reason: Some(reason).filter(|reason| !reason.is_empty()),
                };
                product_review::decide_delisting(input).await
            }
        }
        .map(drop)
    }
}

/// The buttons of the page's header.
pub fn buttons(product: &ReviewedProduct, chosen: Chosen) -> AnyView {
    let steps = [
        (ProductAction::Hide, Step::Hide),
        (ProductAction::Show, Step::Show),
        (ProductAction::Delist, Step::Delist),
    ];
    let buttons: Vec<AnyView> = steps
        .into_iter()
        .filter(|(action, _)| product.may(*action))
        .map(|(_, step)| button(step, chosen, Look::Plain, false))
        .collect();
    buttons.into_any()
}

fn button(step: Step, chosen: Chosen, look: Look, small: bool) -> AnyView {
    let press = Callback::new(move |()| chosen.set(Some(step)));
    view! { <Button label=step.label() on_press=press look=look small=small /> }.into_any()
}

/// The partner's application, with the decision; nothing where there is none.
pub fn application(product: &ReviewedProduct, chosen: Chosen) -> Option<AnyView> {
    let at = product.delisting_applied_at.clone()?;
    let by = product
        .delisting_applied_by
        .as_ref()
        .map(|by| by.name.clone())
        .unwrap_or_default();
    let reason = product.delisting_reason.clone().unwrap_or_default();
    let decide = product.may(ProductAction::DecideDelisting).then(|| {
        let refuse = button(Step::RefuseDelisting, chosen, Look::Plain, true);
        let approve = button(Step::ApproveDelisting, chosen, Look::Primary, true);
        view! { <Row>{approve}{refuse}</Row> }
    });
    let who = live(move || reviews::applied_by(&by, &format::date_time(&at)));
    let why = live(move || reviews::partner_reason(&reason));
    Some(
        view! {
            <Alert level=Level::Warning title=reviews::DELISTING_APPLIED>
                <p>{who}</p>
                <p>{why}</p>
                <p>{reviews::DELISTING_APPLIED_HINT}</p>
                {decide}
            </Alert>
        }
        .into_any(),
    )
}

/// Why it is hidden or delisted.
pub fn withdrawn(product: &ReviewedProduct) -> Option<AnyView> {
    let (title, hint) = match product.status {
        ProductStatus::Hidden => (reviews::IS_HIDDEN, reviews::IS_HIDDEN_HINT),
        ProductStatus::Delisted => (reviews::IS_DELISTED, reviews::IS_DELISTED_HINT),
        ProductStatus::Draft
        | ProductStatus::InReview
        | ProductStatus::Approved
        | ProductStatus::Rejected
        | ProductStatus::Listed => return None,
    };
    let reason = product.status_reason.clone().filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| view! { <p>{live(move || reviews::reason_is(&reason))}</p> });
    Some(view! { <Alert level=Level::Info title=title>{reason}<p>{hint}</p></Alert> }.into_any())
}

/// The dialog of the chosen step.
pub fn dialog(id: cynic::Id, name: String, chosen: Chosen, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        chosen.get().map(|step| {
            let open = open_for(chosen);
            ask(step, id.clone(), name.clone(), open, changed)
        })
    })
}

fn ask(step: Step, id: cynic::Id, name: String, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (submission, errors) = (Submission::new(), Errors::new());
    let reason = RwSignal::new(String::new());
    let confirm = Callback::new(move |()| {
        let said = reason.get_untracked().trim().to_owned();
        if said.is_empty() && step.wants_reason() {
            errors.set(vec![FieldError {
                name: "reason".to_owned(),
                message: common::REQUIRED.into(),
            }]);
            return;
        }
        submission.run_form(errors, step.take(id.clone(), said), move |()| {
            toast(step.done());
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let title = Text::from(move || step.title(&name));
    view! {
        <Confirm open=open title=title confirm=step.label() on_confirm=confirm busy=submission.busy problem=submission.problem danger=step.is_danger()>
            <Stack>
                {paragraph(reviews::EFFECTS)}
                {bullets(step.effects().iter().map(|effect| Text::from(*effect).into_view_any()).collect())}
                {step.wants_reason().then(|| view! {
                    <TextArea name="reason" label=reviews::REASON value=reason errors=errors hint=reviews::REASON_READ required=true limit=1000 />
                })}
            </Stack>
        </Confirm>
    }
    .into_any()
}
