//! What the organisation says of itself: admins say it here, and the marketplace then shows what is meant for such organisations. Nobody
//! else sees the form.

use leptos::prelude::*;

use crate::{
    api::{
        market::{self, OrganizationProfile, SetOrganizationProfileInput},
        session::Role,
    },
    components::{
        alert::ProblemPanel,
        button::{Button, Look, Submit},
        dialog::Dialog,
        dynamic::dynamic,
        field::{Choice, Select, choice},
        icon::Icon,
        layout::{Row, Stack, muted, paragraph},
        toast::toast,
    },
    forms::{
        Errors,
        product::{of_word, word_of},
        submission::Submission,
    },
    i18n::{
        Text, live,
        texts::{common, market as words},
    },
    labels::{self, product as lists},
    load::{Loaded, load},
    session,
};

type Said = Loaded<Option<OrganizationProfile>>;

/// One quiet line above the results. `changed` runs when something else is shown from now on.
pub fn line(changed: Callback<()>) -> Option<AnyView> {
    let viewer = session::viewer_now()?;
    if !viewer.is(Role::CustomerAdmin) || viewer.maintenance.is_some() {
        return None;
    }
    let said: Said = load(market::profile);
    let open = RwSignal::new(false);
    let shown = move || {
        let profile = said.get().flatten()?;
        let (words, button) = match in_words(&profile) {
            Some(known) => (known, words::PROFILE_CHANGE),
            None => (words::PROFILE_MISSING.into(), words::PROFILE_SET),
        };
        let press = Callback::new(move |()| open.set(true));
        Some(
            view! { <Row>{muted(words)}<Button label=button on_press=press look=Look::Quiet small=true leading=Icon::Building /></Row> },
        )
    };
    Some(
        view! {
            <div>{dynamic(shown)}</div>
            <Dialog open=open title=words::PROFILE_TITLE>{form(said, open, changed)}</Dialog>
        }
        .into_any(),
    )
}

/// What is said, in one line; nothing where nothing is.
fn in_words(profile: &OrganizationProfile) -> Option<Text> {
    let industry = profile.industry.map(labels::product_review::industry);
    let size = profile
        .size
        .and_then(|size| labels::SIZES.iter().find(|(known, ..)| *known == size))
        .map(|(_, _, key)| *key);
    let known: Vec<_> = industry.into_iter().chain(size).collect();
    (!known.is_empty()).then(|| {
        live(move || {
            let said: Vec<&str> = known.iter().map(|key| key.get()).collect();
            words::audience_is(&said.join(" · "))
        })
    })
}

fn form(said: Said, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let profile = said.peek().flatten();
    let word = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
    let industry = word(profile.as_ref().and_then(|it| it.industry.as_ref()).map(word_of));
    let size = word(profile.as_ref().and_then(|it| it.size.as_ref()).map(word_of));
    let (errors, submission) = (Errors::new(), Submission::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let input = SetOrganizationProfileInput {
            industry: of_word(&industry.get_untracked()),
            size: of_word(&size.get_untracked()),
        };
        submission.run_form(errors, market::set_organization_profile(input), move |profile| {
            said.set(Some(profile));
            open.set(false);
            toast(words::PROFILE_SAVED);
            changed.run(());
        });
    };
    let choices = |list: &[(&'static str, crate::i18n::Key)]| -> Vec<Choice> {
        list.iter().map(|(word, key)| choice(*word, *key)).collect()
    };
    let (industries, sizes) = (choices(lists::INDUSTRIES), choices(&lists::sizes()));
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {paragraph(words::PROFILE_EFFECT)}
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <Select name="industry" label=words::INDUSTRY value=industry errors=errors choices=industries empty=words::INDUSTRY_ANY />
                <Select name="size" label=words::SIZE value=size errors=errors choices=sizes empty=words::INDUSTRY_ANY hint=words::PROFILE_WHO />
                <Row end=true>
                    <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                    <Submit label=common::SAVE busy=submission.busy />
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}
