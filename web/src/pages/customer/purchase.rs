//! Where a distribution link leads (D10, D11): what is offered to whom, what buying means, and buying it. The name in the
//! address is for people who read it; nothing here rests on it. Refusals are `purchase_refusal`.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::purchase_refusal;
use crate::{
    api::{
        application::{ComponentCount, ComponentKind},
        delivery::PreflightItem,
        purchase::{self, PlacedOrder, PurchaseApplicationInput, PurchaseOffer},
    },
    components::{
        alert::{Alert, Level, reasons},
        app_card::app_tile,
        button::{Button, ButtonLink, Look},
        dialog::Confirm,
        facts::{fact, facts, text_fact},
        full_page::FullPage,
        icon::Icon,
        layout::{Card, Columns, Row, Stack, bullets, code, muted, paragraph, subheading, two_lines},
        page_header::PageHeader,
        skeleton::Skeleton,
        steps::{step, steps},
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{customer, shell},
    },
    labels,
    load::{Loaded, State, load},
    routes::Customer,
    session,
};

pub fn page(token: String) -> AnyView {
    let asked = token.clone();
    let offer = load(move || purchase::purchase_offer(asked.clone()));
    let placed = RwSignal::new(None::<PlacedOrder>);
    let submission = Submission::new();
    let token = StoredValue::new(token);
    dynamic(move || match (placed.get(), offer.state()) {
        (Some(order), _) => thanks(order),
        (None, State::Waiting) => Skeleton::Page.view(),
        (None, State::Failed(problem)) => purchase_refusal::view(problem, Callback::new(move |()| offer.reload())),
        (None, State::Ready(found)) => offered(found, offer, token, submission, placed),
    })
}

fn offered(
    offer: PurchaseOffer,
    loaded: Loaded<PurchaseOffer>,
    token: StoredValue<String>,
    submission: Submission,
    placed: RwSignal<Option<PlacedOrder>>,
) -> AnyView {
    let title = {
        let name = offer.application_name.clone();
        Text::from(move || customer::purchase_title(&name))
    };
    let main = main(&offer);
    let confirming = RwSignal::new(false);
    let side = side(&offer, confirming);
    let buy = Callback::new(move |()| {
        let input = PurchaseApplicationInput {
            token: token.get_value(),
        };
        submission.run(
            purchase::purchase_application(input, Some(submission.key())),
            move |order| {
                let _ = placed.try_set(Some(order));
            },
        );
    });
    // The link may have died while the page stood open: then the page says so in full.
    Effect::new(move |_| {
        let dead = submission
            .problem
            .with(|problem| problem.as_ref().is_some_and(purchase_refusal::is_final));
        if dead {
            loaded.reload();
        }
    });
    let (application, partner, buyer) = (offer.application_name, offer.partner_name, offer.customer_name);
    view! {
        <PageHeader title=title hint=customer::PURCHASE_HINT />
        <Columns main=main side=side />
        <Confirm open=confirming title=customer::BUY_TITLE confirm=customer::BUY on_confirm=buy busy=submission.busy problem=submission.problem>
            {
                let (application, partner, buyer) = (application.clone(), partner.clone(), buyer.clone());
                let words = Text::from(move || customer::buy_words(&application, &buyer, &partner));
                view! { {paragraph(words)}{what_follows()}{muted(customer::AMOUNT_HINT)} }
            }
        </Confirm>
    }
    .into_any()
}

fn main(offer: &PurchaseOffer) -> AnyView {
    let tile = app_tile(&offer.application_name);
    let words = two_lines(
        offer.application_name.clone().into_any(),
        versioned(&offer.version_number, &offer.partner_name),
    );
    let application = view! { <Row>{tile}{words}</Row> }.into_any();
    let summary = (!offer.application_summary.is_empty()).then(|| paragraph(offer.application_summary.clone()));
    let contract = facts(vec![
        text_fact(customer::PARTNER, &offer.partner_name),
        text_fact(customer::PROJECT, &offer.project_name),
        text_fact(customer::CUSTOMER, &offer.customer_name),
        fact(customer::CORP_ID, code(offer.customer_corp_id.clone())),
        text_fact(customer::CONTRACT_REFERENCE, &offer.contract_reference),
    ]);
    let sends = sends(&offer.sends);
    // Connectors stay behind unless the provider sends them; everything else here never travels.
    let (optional, never): (Vec<PreflightItem>, Vec<PreflightItem>) = offer
        .never_sent
        .iter()
        .cloned()
        .partition(|item| item.kind == ComponentKind::Connector);
    let names = optional.into_iter().map(item_words).collect::<Vec<_>>();
    let optional = (!names.is_empty()).then(|| view! { <div>{subheading(customer::MAYBE_SENT)}{bullets(names)}</div> });
    let never: Vec<AnyView> = never
        .into_iter()
        .map(|item| {
            let reason = item.reason.clone().unwrap_or_default();
            two_lines(item_words(item), reason.into_any())
        })
        .collect();
    let never = (!never.is_empty()).then(|| view! { <div>{subheading(customer::NEVER_SENT)}{bullets(never)}</div> });
    let work: Vec<AnyView> = offer
        .preflight
        .manual_work
        .iter()
        .map(|work| work.clone().into_any())
        .collect();
    let work = (!work.is_empty()).then(|| view! { <div>{subheading(customer::WORK_AFTERWARDS)}{bullets(work)}</div> });
    view! {
        <Card title=customer::APPLICATION><Stack tight=true>{application}{summary}</Stack></Card>
        <Card title=customer::CONTRACT>{contract}</Card>
        <Card title=customer::WHAT_IS_SENT>
            <Stack>
                {sends}
                {optional}
                {never}
                {work}
                {muted(customer::SENT_HINT)}
            </Stack>
        </Card>
    }
    .into_any()
}

/// A component by its name and kind.
fn item_words(item: PreflightItem) -> AnyView {
    live(move || customer::in_brackets(&item.name, &labels::component(item.kind).get())).into_view_any()
}

fn versioned(number: &str, partner: &str) -> AnyView {
    let (number, partner) = (number.to_owned(), partner.to_owned());
    live(move || customer::version_by(&number, &partner)).into_view_any()
}

/// What travels, by kind, in words: "3 form pages".
fn sends(counts: &[ComponentCount]) -> AnyView {
    let items: Vec<AnyView> = counts
        .iter()
        .filter(|count| count.count > 0)
        .map(|count| {
            let (kind, number) = (count.kind, u64::try_from(count.count).unwrap_or_default());
            live(move || customer::kind_count(number, &labels::component(kind).get())).into_view_any()
        })
        .collect();
    if items.is_empty() {
        return muted(customer::NOTHING_SENT);
    }
    bullets(items)
}

fn side(offer: &PurchaseOffer, confirming: RwSignal<bool>) -> AnyView {
    let earlier = u64::try_from(offer.earlier_orders).unwrap_or_default();
    let earlier = (earlier > 0).then(|| {
        view! {
            <Alert level=Level::Warning title=Text::from(move || customer::bought_before(earlier))>
                <p>{customer::BOUGHT_BEFORE_HINT}</p>
                <Row><ButtonLink label=customer::SEE_ORDERS href=Customer::Orders.address() small=true /></Row>
            </Alert>
        }
    });
    let acting = session::viewer_now().map_or_else(String::new, |viewer| viewer.organization.name);
    let lacking: Vec<String> = offer
        .preflight
        .entitlements
        .iter()
        .filter(|check| !check.ok)
        .map(|check| check.message.clone())
        .collect();
    let lacking = (!lacking.is_empty()).then(|| {
        view! {
            <Alert level=Level::Warning title=customer::EDITION_LACKS>
                {reasons(&lacking)}
                <p>{customer::EDITION_LACKS_HINT}</p>
            </Alert>
        }
    });
    let users = offer.seats.map_or_else(
        || Text::from(customer::USERS_UNLIMITED),
        |seats| seats.to_string().into(),
    );
    let list = facts(vec![
        text_fact(customer::BUYING_FOR, &acting),
        fact(customer::USERS, users.into_view_any()),
        fact(customer::AMOUNT, "¥0.00"),
    ]);
    view! {
        <Card title=customer::BUY>
            <Stack>
                {list}
                {muted(customer::AMOUNT_HINT)}
                {lacking}
                {earlier}
                <Button label=customer::BUY on_press=Callback::new(move |()| confirming.set(true)) look=Look::Primary />
            </Stack>
        </Card>
        <Card title=customer::WHAT_FOLLOWS>{what_follows()}</Card>
    }
    .into_any()
}

fn what_follows() -> AnyView {
    steps(vec![
        step(customer::STEP_SEND, customer::STEP_SEND_HINT),
        step(customer::STEP_TRY, customer::STEP_TRY_HINT),
        step(customer::STEP_ENABLE, customer::STEP_ENABLE_HINT),
    ])
}

/// The purchase is done: the order and what comes next.
fn thanks(order: PlacedOrder) -> AnyView {
    let ordered = order.created_at;
    let list = facts(vec![
        text_fact(customer::APPLICATION, &order.application_name),
        fact(customer::ORDER_NUMBER, code(order.number)),
        fact(
            customer::ORDERED_AT,
            live(move || format::date_time(&ordered)).into_view_any(),
        ),
    ]);
    view! {
        <FullPage picture=Icon::Check title=customer::BOUGHT hint=customer::BOUGHT_HINT>
            {list}
            {what_follows()}
            <Row>
                <ButtonLink label=shell::NAV_APPS href=Customer::Apps.address() look=Look::Primary />
                <ButtonLink label=customer::SEE_ORDERS href=Customer::Orders.address() />
            </Row>
        </FullPage>
    }
    .into_any()
}
