//! Making a link, and changing its name and its time: every problem beside its field, and what was typed stays.

use leptos::prelude::*;

use crate::{
    api::{
        DateTime,
        product::{self, ProductStatus},
        promotion::{self, ChangePromotionLinkInput, CreatePromotionLinkInput, PromotionLink},
    },
    components::{
        alert::ProblemPanel,
        button::{ButtonLink, Look, Submit},
        dynamic::dynamic,
        empty::Empty,
        field::{Choice, Kind, Select, TextInput, choice},
        icon::Icon,
        layout::{FieldGrid, Row, Stack, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::texts::{common, promotion as words, shell},
    load::{load, show},
    navigation,
    routes::Portal,
};

const NAME: u32 = 60;
const CHANNEL: u32 = 32;
/// Products to choose from.
const PRODUCTS: i32 = 100;

/// What both forms have.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    errors: Errors,
    submission: Submission,
}

impl Fields {
    fn of(name: String, from: Option<&DateTime>, to: Option<&DateTime>) -> Self {
        let local = |at: Option<&DateTime>| RwSignal::new(at.map(|at| format::local_of(&at.0)).unwrap_or_default());
        Self {
            name: RwSignal::new(name),
            from: local(from),
            to: local(to),
            errors: Errors::new(),
            submission: Submission::new(),
        }
    }

    fn instant(typed: RwSignal<String>) -> Option<DateTime> {
        let typed = typed.get_untracked();
        (!typed.is_empty()).then(|| format::instant_of(&typed))
    }

    /// Says at once what is missing; true where nothing is.
    fn complete(self, wanted: &[(&'static str, RwSignal<String>)]) -> bool {
        let missing = wanted
            .iter()
            .filter(|(_, value)| value.with_untracked(|it| it.trim().is_empty()));
        let missing = missing.map(|(name, _)| FieldError {
            name: (*name).to_owned(),
            message: common::REQUIRED.into(),
        });
        self.errors.set(missing.collect())
    }

    /// The form around these fields and what stands before them.
    fn view(self, before: AnyView, label: crate::i18n::Key, send: impl Fn() + 'static) -> AnyView {
        let submit = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            send();
        };
        let Self {
            name,
            from,
            to,
            errors,
            submission,
        } = self;
        view! {
            <form novalidate=true on:submit=submit>
                <Stack>
                    {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                    <TextInput name="name" label=words::NAME value=name errors=errors limit=NAME required=true hint=words::NAME_HINT />
                    {before}
                    <FieldGrid>
                        <TextInput name="validFrom" label=words::FROM value=from errors=errors kind=Kind::Instant hint=words::FROM_HINT />
                        <TextInput name="validTo" label=words::UNTIL value=to errors=errors kind=Kind::Instant hint=words::UNTIL_HINT />
                    </FieldGrid>
                    <Row end=true><Submit label=label busy=submission.busy /></Row>
                </Stack>
            </form>
        }
        .into_any()
    }
}

/// Makes a link of one of the products that are sold; `wanted` is chosen already.
pub fn create(open: RwSignal<bool>, wanted: Option<String>) -> AnyView {
    let found = load(|| product::products(None, Some(PRODUCTS), None, None, None));
    show(found, Skeleton::Lines, move |page| {
        let sold = |status| matches!(status, ProductStatus::Approved | ProductStatus::Listed);
        let products = page.nodes.into_iter().filter(|product| sold(product.status));
        let choices: Vec<Choice> = products
            .map(|product| choice(product.id.into_inner(), product.name))
            .collect();
        match choices.is_empty() {
            true => nothing_to_promote(),
            false => creation(open, choices, wanted.clone()),
        }
    })
}

fn nothing_to_promote() -> AnyView {
    view! {
        <Empty picture=Icon::Layers title=words::NO_PRODUCT hint=words::NO_PRODUCT_HINT>
            <ButtonLink label=shell::NAV_PRODUCTS href=Portal::Products.address() look=Look::Primary />
        </Empty>
    }
    .into_any()
}

fn creation(open: RwSignal<bool>, choices: Vec<Choice>, wanted: Option<String>) -> AnyView {
    let fields = Fields::of(String::new(), None, None);
    let only = (choices.len() == 1).then(|| choices[0].value.clone());
    let chosen = wanted
        .filter(|id| choices.iter().any(|choice| choice.value == *id))
        .or(only);
    let product = RwSignal::new(chosen.unwrap_or_default());
    let channel = RwSignal::new(String::new());
    let send = move || {
        if !fields.complete(&[("name", fields.name), ("productId", product), ("channelCode", channel)]) {
            return;
        }
        let input = CreatePromotionLinkInput {
            product_id: cynic::Id::new(product.get_untracked()),
            name: fields.name.get_untracked(),
            channel_code: channel.get_untracked(),
            valid_from: Fields::instant(fields.from),
            valid_to: Fields::instant(fields.to),
        };
        let made = promotion::create_promotion_link(input, Some(fields.submission.key()));
        fields.submission.run_form(fields.errors, made, move |made| {
            toast(words::MADE);
            let _ = open.try_set(false);
            navigation::go(&Portal::Promotion(made.id.into_inner()).address());
        });
    };
    let before = view! {
        <Select name="productId" label=words::PRODUCT value=product errors=fields.errors choices=choices required=true />
        <TextInput name="channelCode" label=words::CHANNEL_CODE value=channel errors=fields.errors limit=CHANNEL required=true hint=words::CHANNEL_HINT />
    };
    fields.view(before.into_any(), words::MAKE, send)
}

/// Changes a link; `changed` reads it anew.
pub fn change(open: RwSignal<bool>, link: &PromotionLink, changed: Callback<()>) -> AnyView {
    let fields = Fields::of(link.name.clone(), link.valid_from.as_ref(), link.valid_to.as_ref());
    let (id, version) = (link.id.clone(), link.version);
    let send = move || {
        if !fields.complete(&[("name", fields.name)]) {
            return;
        }
        let input = ChangePromotionLinkInput {
            id: id.clone(),
            version,
            name: fields.name.get_untracked(),
            valid_from: Fields::instant(fields.from),
            valid_to: Fields::instant(fields.to),
        };
        let saved = promotion::change_promotion_link(input);
        fields.submission.run_form(fields.errors, saved, move |_| {
            toast(words::CHANGED);
            let _ = open.try_set(false);
            changed.run(());
        });
    };
    fields.view(muted(words::CHANNEL_STAYS), common::SAVE, send)
}
