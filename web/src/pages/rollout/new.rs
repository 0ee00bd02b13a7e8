//! A new rollout: which product, who gets it in which waves, and what it would do before it is started.

use leptos::prelude::*;

use super::{preflight, rollouts_crumb};
use crate::{
    api::{
        license::{self, LicenseFilter, LicenseRow},
        order::OrderParty,
        rollout::{self, RolloutInput, RolloutPreflight, RolloutWaveInput, SoldProduct, WaveKind},
    },
    components::{
        button::{ButtonLink, Submit},
        dynamic::dynamic,
        empty::Empty,
        error_summary::ErrorSummary,
        field::{Checkbox, RadioGroup, Select, TextInput, choice},
        icon::Icon,
        layout::{Card, FormColumn, Row, Stack, subheading},
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text,
        texts::{portal, rollout as words},
    },
    load::{load, show},
    navigation,
    routes::Portal,
};

/// Products and customers to choose from.
const MOST: i32 = 100;

pub fn page() -> AnyView {
    let products = load(|| rollout::products(Some(MOST)));
    view! {
        <PageHeader title=words::NEW_TITLE crumbs=vec![rollouts_crumb()] hint=words::NEW_HINT />
        {show(products, Skeleton::Form, |page| match page.nodes.is_empty() {
            true => view! {
                <Empty picture=Icon::Layers title=words::NO_PRODUCTS hint=words::NO_PRODUCTS_HINT>
                    <ButtonLink label=words::PRODUCT href=Portal::Products.address() />
                </Empty>
            }
            .into_any(),
            false => view! { <RolloutForm products=page.nodes /> }.into_any(),
        })}
    }
    .into_any()
}

/// What is chosen.
#[derive(Clone, Copy)]
struct Chosen {
    product: RwSignal<String>,
    who: RwSignal<String>,
    shares: RwSignal<String>,
    licenses: RwSignal<Vec<String>>,
    rest: RwSignal<bool>,
    automatic: RwSignal<bool>,
}

impl Chosen {
    fn new(products: &[SoldProduct]) -> Self {
        let wanted = navigation::query("product").get_untracked();
        let product = match (products.iter().any(|it| it.id.inner() == wanted), products) {
            (true, _) => wanted,
            (false, [only]) => only.id.inner().to_owned(),
            (false, _) => String::new(),
        };
        Self {
            product: RwSignal::new(product),
            who: RwSignal::new("ALL".to_owned()),
            shares: RwSignal::new("10".to_owned()),
            licenses: RwSignal::new(Vec::new()),
            rest: RwSignal::new(true),
            automatic: RwSignal::new(false),
        }
    }

    /// The shares as numbers; nothing where one is none.
    fn percents(self) -> Option<Vec<i32>> {
        let typed = self.shares.get();
        let read = |part: &str| part.trim().parse().ok().filter(|share| (1..=100).contains(share));
        typed.split([',', '，', '、']).map(read).collect()
    }

    fn wrong(self) -> Vec<FieldError> {
        let who = self.who.get();
        let checks: [(bool, &str, Key); 3] = [
            (self.product.with(String::is_empty), "productId", portal::CHOOSE_ONE),
            (
                who == "PERCENT" && self.percents().is_none(),
                "shares",
                words::SHARES_WRONG,
            ),
            (
                who == "LIST" && self.licenses.with(Vec::is_empty),
                "who",
                words::CHOSEN_NONE,
            ),
        ];
        let found = checks.into_iter().filter(|(wrong, ..)| *wrong);
        let error = |(_, name, message): (bool, &str, Key)| FieldError {
            name: name.to_owned(),
            message: message.into(),
        };
        found.map(error).collect()
    }

    /// What the server is asked for.
    fn input(self) -> RolloutInput {
        let wave = |kind, percent, license_ids| RolloutWaveInput {
            kind,
            percent,
            license_ids,
        };
        let who = self.who.get();
        let mut waves: Vec<RolloutWaveInput> = match who.as_str() {
            "PERCENT" => {
                let shares = self.percents().unwrap_or_default();
                shares
                    .into_iter()
                    .map(|share| wave(WaveKind::Percent, Some(share), Vec::new()))
                    .collect()
            }
            "LIST" => {
                let chosen = self.licenses.get().into_iter().map(cynic::Id::new).collect();
                vec![wave(WaveKind::List, None, chosen)]
            }
            _ => Vec::new(),
        };
        if waves.is_empty() || self.rest.get() {
            waves.push(wave(WaveKind::All, None, Vec::new()));
        }
        RolloutInput {
            product_id: cynic::Id::new(self.product.get()),
            automatic: self.automatic.get() && waves.len() > 1,
            waves,
        }
    }
}

#[component]
fn RolloutForm(products: Vec<SoldProduct>) -> AnyView {
    let chosen = Chosen::new(&products);
    let (errors, submission) = (Errors::new(), Submission::new());
    let shown: RwSignal<Option<(RolloutInput, RolloutPreflight)>> = RwSignal::new(None);
    // What was shown is not what would be started any more.
    Effect::new(move |_| {
        let now = chosen.input();
        let other = shown.with_untracked(|shown| shown.as_ref().is_some_and(|(of, _)| *of != now));
        if other {
            shown.set(None);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !errors.set(untrack(|| chosen.wrong())) {
            return;
        }
        let input = untrack(|| chosen.input());
        let of = input.clone();
        submission.run_form(errors, rollout::rollout_preflight(input), move |found| {
            shown.set(Some((of, found)));
        });
    };
    let names = products
        .iter()
        .map(|it| choice(it.id.inner(), it.name.clone()))
        .collect::<Vec<_>>();
    let ways = vec![
        choice("ALL", words::WHO_ALL).hint(words::WHO_ALL_HINT),
        choice("PERCENT", words::WHO_PERCENT).hint(words::WHO_PERCENT_HINT),
        choice("LIST", words::WHO_LIST).hint(words::WHO_LIST_HINT),
    ];
    view! {
        <Stack>
            <form novalidate=true on:submit=submit>
                <Card title=words::FACTS>
                    <FormColumn>
                        <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                        <Select name="productId" label=words::PRODUCT value=chosen.product errors=errors choices=names required=true empty=words::CHOOSE_PRODUCT />
                        <RadioGroup name="who" label=words::WHO value=chosen.who errors=errors choices=ways required=true />
                        {dynamic(move || more(chosen, errors))}
                        <Row end=true><Submit label=words::CHECK busy=submission.busy /></Row>
                    </FormColumn>
                </Card>
            </form>
            {dynamic(move || shown.get().map(|(input, found)| preflight::card(input, &found)))}
        </Stack>
    }
    .into_any()
}

/// What else is to be chosen, where not everybody gets it at once.
fn more(chosen: Chosen, errors: Errors) -> Option<AnyView> {
    let who = chosen.who.get();
    let choice = match who.as_str() {
        "PERCENT" => {
            view! { <TextInput name="shares" label=words::SHARES value=chosen.shares errors=errors hint=words::SHARES_HINT required=true /> }
                .into_any()
        }
        "LIST" => customers(chosen, errors)?,
        _ => return None,
    };
    let more = view! {
        {choice}
        <Checkbox name="rest" value=chosen.rest errors=errors>{words::REST}</Checkbox>
        <Checkbox name="automatic" value=chosen.automatic errors=errors>{words::AUTOMATIC_LABEL}</Checkbox>
    };
    Some(more.into_any())
}

/// The customers that hold the product.
fn customers(chosen: Chosen, errors: Errors) -> Option<AnyView> {
    let product = chosen.product.get();
    if product.is_empty() {
        return None;
    }
    let found = load(move || {
        let filter = LicenseFilter {
            status: None,
            product_id: Some(cynic::Id::new(product.clone())),
        };
        license::licenses(Some(MOST), None, None, None, OrderParty::Partner, Some(filter))
    });
    let list = show(found, Skeleton::Rows(3), move |page| {
        let boxes = page.nodes.into_iter().filter(|it| it.status.is_running());
        let boxes: Vec<AnyView> = boxes.map(|license| customer(chosen, errors, &license)).collect();
        view! { <Stack tight=true>{subheading(words::CHOSEN)}{boxes}</Stack> }.into_any()
    });
    Some(list)
}

fn customer(chosen: Chosen, errors: Errors, license: &LicenseRow) -> AnyView {
    let (id, name) = (license.id.inner().to_owned(), license.organization.name.clone());
    let ticked = RwSignal::new(chosen.licenses.with_untracked(|all| all.contains(&id)));
    Effect::new(move |before: Option<bool>| {
        let now = ticked.get();
        if before.is_some_and(|before| before != now) {
            chosen.licenses.update(|all| {
                all.retain(|it| *it != id);
                if now {
                    all.push(id.clone());
                }
            });
        }
        now
    });
    let field = crate::forms::interned(&format!("license-{}", license.id.inner()));
    view! { <Checkbox name=field value=ticked errors=errors>{name}</Checkbox> }.into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "productId" => words::PRODUCT,
        "who" => words::WHO,
        "shares" => words::SHARES,
        _ => return None,
    }))
}
