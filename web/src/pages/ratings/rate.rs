//! Saying how good a product is, or saying it anew: one rating for an organisation.

use leptos::prelude::*;

use super::list::BEST;
use crate::{
    api::rating::{self, ProductRating, RateProductInput},
    components::{
        dialog::Confirm,
        field::{Field, TextArea},
        layout::{Stack, muted},
        rating::rating_input,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::texts::ratings as words,
};

/// Characters of what is said.
pub const TEXT: u32 = 1_000;

/// `before` is what the organisation said until now.
pub fn dialog(
    id: cynic::Id,
    open: RwSignal<bool>,
    before: Signal<Option<ProductRating>>,
    changed: Callback<()>,
) -> AnyView {
    let (stars, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (errors, submission) = (Errors::new(), Submission::new());
    Effect::new(move |_| {
        if open.get()
            && let Some(before) = before.get_untracked()
        {
            stars.set(before.stars.to_string());
            text.set(before.text);
        }
    });
    let send = Callback::new(move |()| {
        let Ok(given) = stars.get_untracked().parse() else {
            errors.set(vec![FieldError {
                name: "stars".to_owned(),
                message: words::STARS_REQUIRED.into(),
            }]);
            return;
        };
        let input = RateProductInput {
            product_id: id.clone(),
            stars: given,
            text: text.get_untracked(),
        };
        submission.run_form(errors, rating::rate_product(input), move |_| {
            toast(words::RATED);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    view! {
        <Confirm open=open title=words::RATE_TITLE confirm=words::SEND on_confirm=send busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(words::RATE_EFFECT)}
                <Field name="stars" label=words::STARS errors=errors hint=Some(words::STARS_HINT.into()) required=true group=true>
                    {rating_input("stars", stars, BEST, errors, true)}
                </Field>
                <TextArea name="text" label=words::WORDS value=text errors=errors hint=words::WORDS_HINT limit=TEXT rows=4 />
            </Stack>
        </Confirm>
    }
    .into_any()
}
