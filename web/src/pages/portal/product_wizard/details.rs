//! Step 1, 应用详情: what the product is, what it costs at all, and what customers read.

use leptos::prelude::*;

use super::{Wizard, audience, cases, markdown_field::markdown_field};
use crate::{
    api::{
        file::Purpose,
        product::{self, CategoryChoice},
    },
    components::{
        dynamic::dynamic,
        field::{Kind, Select, TextInput, choice},
        layout::{Card, FieldGrid, Stack, Wide, labelled_value, muted},
        option_list::{Item, OptionList},
        picture_drop::{Pictures, picture_drop},
        skeleton::Skeleton,
        tag_input::tag_input,
    },
    i18n::{Key, Text, live, texts::shelves as words},
    labels::product as lists,
    load::{load, show},
};

pub fn step(wizard: Wizard) -> AnyView {
    view! {
        {basics(wizard)}
        {charging(wizard)}
        {introduction(wizard)}
        {cases::card(wizard)}
        {audience::card(wizard)}
        {legal(wizard)}
    }
    .into_any()
}

fn basics(wizard: Wizard) -> AnyView {
    let (values, errors) = (wizard.values, wizard.errors);
    let icon = picture_drop(Pictures {
        name: "iconId",
        label: words::ICON.into(),
        hint: words::ICON_HINT.into(),
        words: words::ICON.into(),
        purpose: Purpose::ProductIcon,
        most: 1,
        value: values.icon,
        errors,
    });
    let name = view! { <TextInput name="name" label=words::NAME value=values.name errors=errors required=true limit=40 hint=words::NAME_HINT /> };
    let summary = view! { <TextInput name="summary" label=words::SUMMARY value=values.summary errors=errors required=true limit=120 hint=words::SUMMARY_HINT /> };
    let tags = tag_input("tags", words::TAGS, words::TAGS_HINT, values.tags, 10, errors);
    view! {
        <Card title=words::BLOCK_BASICS>
            <FieldGrid>
                {wizard.noted("name", name.into_any())}
                {wizard.noted("categoryId", category(wizard))}
                <Wide>{wizard.noted("summary", summary.into_any())}</Wide>
                <Wide>{wizard.noted("iconId", icon)}</Wide>
                <Wide>{wizard.noted("tags", tags)}</Wide>
            </FieldGrid>
        </Card>
    }
    .into_any()
}

fn category(wizard: Wizard) -> AnyView {
    let all = load(product::categories);
    show(all, Skeleton::Lines, move |all: Vec<CategoryChoice>| {
        let chosen = wizard.values.category.get_untracked();
        let choices = all
            .into_iter()
            .filter(|one| !one.retired || one.id.inner() == chosen)
            .map(|one| choice(one.id.inner(), one.name))
            .collect();
        view! { <Select name="categoryId" label=words::CATEGORY value=wizard.values.category errors=wizard.errors choices=choices required=true hint=words::CATEGORY_HINT /> }.into_any()
    })
}

/// One thing to choose, with what it means and why it may not be had.
pub fn item(value: &str, label: Key, hint: Key, barrier: Option<Key>) -> Item {
    Item {
        value: value.to_owned(),
        label: label.into(),
        hint: hint.into(),
        barrier: barrier.map(Text::from),
    }
}

/// Charge form and charging rule: never changed once the product was handed in.
fn charging(wizard: Wizard) -> AnyView {
    let (values, errors) = (wizard.values, wizard.errors);
    if wizard.draft.with_untracked(|draft| draft.was_submitted) {
        let said = |table: &'static lists::Words, value: RwSignal<String>| {
            live(move || {
                let found = value.with(|word| lists::of(table, word));
                found.map_or("—", Key::get).to_owned()
            })
            .into_view_any()
        };
        return view! {
            <Card title=words::BLOCK_CHARGE>
                <Stack tight=true>
                    <FieldGrid>
                        {labelled_value(words::CHARGE_FORM, said(lists::CHARGE_FORMS, values.charge_form))}
                        {dynamic(move || (values.charge_form.get() == "PAID").then(|| labelled_value(words::CHARGING_RULE, said(lists::CHARGING_RULES, values.charging_rule))))}
                    </FieldGrid>
                    {muted(words::CHARGE_LOCKED)}
                </Stack>
            </Card>
        }
        .into_any();
    }
    // One rule can be had: whoever is paid has it.
    Effect::new(move |_| {
        if values.charge_form.get() == "PAID" && values.charging_rule.with_untracked(String::is_empty) {
            values.charging_rule.set("PER_SEAT".to_owned());
        }
    });
    let forms = vec![
        item("FREE", words::CHARGE_FREE, words::CHARGE_FREE_HINT, None),
        item("PAID", words::CHARGE_PAID, words::CHARGE_PAID_HINT, None),
    ];
    let only = Some(words::RULE_ONLY_PER_SEAT);
    let rules = move || {
        (values.charge_form.get() == "PAID").then(|| {
            let rules = vec![
                item("PER_SEAT", words::RULE_PER_SEAT, words::RULE_PER_SEAT_HINT, None),
                item("PER_DIRECTORY_MEMBER", words::RULE_PER_DIRECTORY_MEMBER, words::RULE_PER_DIRECTORY_MEMBER_HINT, only),
                item("PER_SINGLE_USER", words::RULE_PER_SINGLE_USER, words::RULE_PER_SINGLE_USER_HINT, only),
            ];
            let list = view! { <OptionList name="chargingRule" label=words::CHARGING_RULE items=rules value=values.charging_rule errors=errors /> };
            wizard.noted("chargingRule", list.into_any())
        })
    };
    let list = view! { <OptionList name="chargeForm" label=words::CHARGE_FORM items=forms value=values.charge_form errors=errors /> };
    view! {
        <Card title=words::BLOCK_CHARGE>
            <Stack>
                {wizard.noted("chargeForm", list.into_any())}
                {dynamic(rules)}
                {muted(words::CHARGE_WILL_LOCK)}
            </Stack>
        </Card>
    }
    .into_any()
}

fn introduction(wizard: Wizard) -> AnyView {
    let (values, errors) = (wizard.values, wizard.errors);
    let description = markdown_field(
        "description",
        words::DESCRIPTION,
        values.description,
        20_000,
        12,
        errors,
    );
    let screenshots = picture_drop(Pictures {
        name: "screenshotIds",
        label: words::SCREENSHOTS.into(),
        hint: words::SCREENSHOTS_HINT.into(),
        words: words::SCREENSHOT.into(),
        purpose: Purpose::ProductScreenshot,
        most: 8,
        value: values.screenshots,
        errors,
    });
    view! {
        <Card title=words::BLOCK_INTRODUCTION>
            <Stack>
                {wizard.noted("description", description)}
                {wizard.noted("screenshotIds", screenshots)}
            </Stack>
        </Card>
    }
    .into_any()
}

fn legal(wizard: Wizard) -> AnyView {
    let (values, errors) = (wizard.values, wizard.errors);
    let privacy = view! { <TextInput name="privacyUrl" label=words::PRIVACY_URL value=values.privacy_url errors=errors required=true kind=Kind::Url hint=words::URL_HINT placeholder="https://" /> };
    let terms = view! { <TextInput name="termsUrl" label=words::TERMS_URL value=values.terms_url errors=errors required=true kind=Kind::Url hint=words::URL_HINT placeholder="https://" /> };
    view! {
        <Card title=words::BLOCK_LEGAL>
            <FieldGrid>
                {wizard.noted("privacyUrl", privacy.into_any())}
                {wizard.noted("termsUrl", terms.into_any())}
            </FieldGrid>
        </Card>
    }
    .into_any()
}
