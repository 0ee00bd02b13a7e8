//! Signing in with e-mail and password, and back to where one was.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    browser,
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::Submit,
        field::{Kind, TextInput},
        layout::{Row, Stack, Surface, link, paragraph},
        page_header::name_tab,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, shell},
    },
    navigation::{self, Location},
    routes::{Market, Route},
    session,
};

/// The sign-in page that returns to the present address.
pub fn address_back_here() -> String {
    let here = navigation::location_now().address();
    match here.as_str() {
        "/" | "" => Route::SignIn.address(),
        here => format!("{}?next={}", Route::SignIn.address(), browser::encode(here)),
    }
}

/// Where to go after signing in: only to an address of this application.
pub fn return_address() -> String {
    let location = navigation::location_now();
    let next = location.value("next").unwrap_or("/");
    if next.starts_with('/') && !next.starts_with("//") {
        next.to_owned()
    } else {
        "/".to_owned()
    }
}

pub fn page() -> AnyView {
    name_tab(shell::SIGN_IN.into());
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = Errors::new();
    let submission = Submission::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !errors.set(missing(&email.get_untracked(), &password.get_untracked())) {
            return;
        }
        // The view follows the session: it goes on by itself.
        submission.run_form(
            errors,
            session::sign_in(email.get_untracked().trim().to_owned(), password.get_untracked()),
            |()| (),
        );
    };
    let purchase = purchase_note().or_else(promotion_note);
    view! {
        <div class="mx-auto max-w-md pt-4 sm:pt-12">
            <Stack>
                <div>
                    <h1 class="text-xl">{shell::SIGN_IN_TITLE}</h1>
                    <div class="mt-1 text-muted">{paragraph(shell::SIGN_IN_HINT)}</div>
                </div>
                {purchase}
                <Surface>
                    <form novalidate=true on:submit=submit>
                        <Stack>
                            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                            <TextInput name="email" label=shell::EMAIL value=email errors=errors kind=Kind::Email required=true autocomplete="username" />
                            <TextInput name="password" label=shell::PASSWORD value=password errors=errors kind=Kind::Password required=true autocomplete="current-password" />
                            <Submit label=shell::SIGN_IN busy=submission.busy wide=true />
                        </Stack>
                    </form>
                </Surface>
                <Row>{link(Route::Market(Market::Search).address(), shell::LOOK_AROUND)}</Row>
            </Stack>
        </div>
    }
    .into_any()
}

/// Where a distribution link led here: that one returns, and whom the link names. The name is only what the address says.
fn purchase_note() -> Option<AnyView> {
    let next = Location::parse(&return_address());
    if !next.path.starts_with("/purchase/") {
        return None;
    }
    let named = next
        .value("corpName")
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect::<String>();
    let hint = (!named.is_empty()).then(|| {
        let words = Text::from(move || shell::sign_in_purchase_for(&named));
        paragraph(words)
    });
    Some(view! { <Alert level=Level::Info title=shell::SIGN_IN_FOR_PURCHASE>{hint}</Alert> }.into_any())
}

/// Where a promotion link led here: its product comes back.
fn promotion_note() -> Option<AnyView> {
    let returns = Location::parse(&return_address()).path.starts_with("/promotion/");
    returns.then(|| {
        view! { <Alert level=Level::Info title=shell::SIGN_IN_FOR_PROMOTION>{None::<AnyView>}</Alert> }.into_any()
    })
}

fn missing(email: &str, password: &str) -> Vec<FieldError> {
    [("email", email.trim()), ("password", password)]
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| FieldError {
            name: name.to_owned(),
            message: common::REQUIRED.into(),
        })
        .collect()
}
