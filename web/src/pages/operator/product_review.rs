//! One product as an operator of its category sees it: the revision in review with the decision about it, and once it is approved
//! the tasks before the marketplace, the application to delist, and what customers see.

use leptos::prelude::*;

use super::{
    product_review_content::{Sheet, cards, remark_count},
    product_review_decision::{Decision, approved_first, decision_card, needs_two, to_decision, waits_for_another},
    product_review_delisting as delisting,
    product_review_side::{facts_card, timeline_card, version_card},
    product_review_tasks as tasks,
};
use crate::{
    api::product_review::{self, ProductAction, ProductStatus, ReviewedProduct, Revision},
    components::{
        alert::{Alert, Level},
        button::{ButtonLink, Look},
        dynamic::dynamic,
        layout::{Columns, Row, Stack, title_row},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
    },
    i18n::{Text, live, texts::reviews},
    labels,
    load::{Loaded, load, reload_while, show_steadily},
    pages::not_found,
    routes::Operator,
    session,
};

/// Another operator may decide meanwhile.
const EVERY_MS: u32 = 20_000;
/// How much of the timeline is shown.
const EVENTS: i32 = 50;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let (asked, of) = (id.clone(), id.clone());
    let found: Loaded<Option<ReviewedProduct>> = load(move || product_review::product(asked.clone()));
    let events = load(move || product_review::timeline(of.clone(), EVENTS));
    reload_while(found, EVERY_MS, |_| true);
    reload_while(events, EVERY_MS, |_| true);
    let decision = Decision::new();
    let next = RwSignal::new(None::<Next>);
    let chosen: delisting::Chosen = RwSignal::new(None);
    let changed = Callback::new(move |()| {
        found.reload();
        events.reload();
    });
    let decided = Callback::new(move |()| {
        changed.run(());
        find_next(id.clone(), next);
    });
    view! {
        {dynamic(move || next.get().map(next_panel))}
        {show_steadily(found, Skeleton::Page, move |product| match product {
            Some(product) => {
                let side = timeline_card(events);
                body(product, decision, chosen, side, changed, decided)
            }
            None => not_found::page(),
        })}
    }
    .into_any()
}

fn body(
    product: ReviewedProduct,
    decision: Decision,
    chosen: delisting::Chosen,
    timeline: AnyView,
    changed: Callback<()>,
    decided: Callback<()>,
) -> AnyView {
    let open = product.open_revision.as_ref();
    let decides = open.filter(|_| product.may(ProductAction::Review));
    // A second pair of eyes is somebody else's.
    let own_first = open.is_some_and(approved_by_viewer);
    let decides = decides.filter(|_| !own_first);
    let review = open.map(|revision| review(&product, revision, decides.is_some(), own_first, decision, decided));
    let approved = product.approved_revision.as_ref();
    let task_card = tasks::card(&product, changed);
    let sold = approved.filter(|_| open.is_none()).map(approved_cards);
    let (application, withdrawn) = (delisting::application(&product, chosen), delisting::withdrawn(&product));
    let elsewhere = (open.is_none() && approved.is_none()).then(|| with_partner(product.status));
    let main = view! {
        {elsewhere}
        {application}
        {withdrawn}
        {review}
        {task_card}
        {sold}
    };
    let shown = open.or(approved);
    let (facts, version) = (facts_card(&product, shown), shown.map(version_card));
    let side = view! {
        {facts}
        {version}
        {timeline}
    };
    let state = labels::state_badge(labels::product::product(product.status));
    let remarked = decides.map(|_| remark_count(decision.remarks));
    let status = view! { <Row>{state}{remarked}</Row> };
    let withdrawing = delisting::buttons(&product, chosen);
    let to_decision = decides.map(|_| to_decision());
    let actions = view! { {withdrawing}{to_decision} };
    let title = open.map_or_else(|| product.name.clone(), |revision| name_of(revision, &product));
    let dialog = delisting::dialog(product.id.clone(), product.name.clone(), chosen, changed);
    let crumbs = vec![crumb(reviews::NAV_PRODUCTS, Operator::Products.address())];
    view! {
        <PageHeader title=title crumbs=crumbs status=status.into_any() actions=actions.into_any() />
        <Columns main=main.into_any() side=side.into_any() />
        {dialog}
    }
    .into_any()
}

fn name_of(revision: &Revision, product: &ReviewedProduct) -> String {
    match revision.content.name.as_str() {
        "" => product.name.clone(),
        name => name.to_owned(),
    }
}

fn approved_by_viewer(revision: &Revision) -> bool {
    let first = revision.first_approved_by.as_ref().map(|first| &first.id);
    session::viewer_now().is_some_and(|viewer| first == Some(&viewer.user.id))
}

/// The revision in review, with the decision at its end.
fn review(
    product: &ReviewedProduct,
    revision: &Revision,
    decides: bool,
    own_first: bool,
    decision: Decision,
    decided: Callback<()>,
) -> AnyView {
    let four_eyes = revision.category.as_ref().is_some_and(|category| category.four_eyes);
    let eyes = match &revision.first_approved_by {
        Some(_) if own_first => Some(waits_for_another()),
        Some(first) => Some(approved_first(first.name.clone())),
        None => four_eyes.then(needs_two),
    };
    let before = product.approved_revision.as_ref();
    let (title, hint) = match before {
        Some(_) => (reviews::REVISION_OF_APPROVED, reviews::REVISION_OF_APPROVED_HINT),
        None => (reviews::FIRST_REVIEW, reviews::FIRST_REVIEW_HINT),
    };
    let sheet = Sheet {
        content: revision.content.clone(),
        before: before.map(|before| before.content.clone()),
        changes: revision.changes.clone(),
        remarks: decides.then_some(decision.remarks),
    };
    let first_of_two = four_eyes && revision.first_approved_by.is_none();
    let form = decides.then(|| decision_card(decision, revision.id.clone(), first_of_two, decided));
    let number = revision.number;
    let title = Text::from(move || format!("{} · {}", title.get(), reviews::revision_number(&number)));
    let cards = cards(&sheet);
    view! {
        {eyes}
        <Alert level=Level::Info title=title><p>{hint}</p></Alert>
        {cards}
        {form}
    }
    .into_any()
}

/// Nothing is approved, and what was handed in went back: the partner has the next word.
fn with_partner(status: ProductStatus) -> AnyView {
    let title = match status {
        ProductStatus::Rejected => reviews::WAS_REJECTED,
        ProductStatus::Draft
        | ProductStatus::InReview
        | ProductStatus::Approved
        | ProductStatus::Listed
        | ProductStatus::Hidden
        | ProductStatus::Delisted => reviews::WITH_PARTNER,
    };
    view! { <Alert level=Level::Info title=title><p>{reviews::WITH_PARTNER_HINT}</p></Alert> }.into_any()
}

/// What customers see, to read.
fn approved_cards(revision: &Revision) -> AnyView {
    let sheet = Sheet {
        content: revision.content.clone(),
        before: None,
        changes: Vec::new(),
        remarks: None,
    };
    let number = revision.number;
    let number = live(move || reviews::revision_number(&number)).into_view_any();
    let cards = cards(&sheet);
    view! { {title_row(reviews::APPROVED_CONTENT, number)}{cards} }.into_any()
}

/// What follows in the queue after a decision.
#[derive(Clone)]
enum Next {
    Product(cynic::Id, String),
    Nothing,
}

fn find_next(decided: cynic::Id, next: RwSignal<Option<Next>>) {
    wasm_bindgen_futures::spawn_local(async move {
        let queue = product_review::product_reviews(Some(5), None, None, None, None).await;
        // Without an answer the way back to the queue is still there.
        let Ok(queue) = queue else { return };
        let own = session::viewer_now().map(|viewer| viewer.user.id);
        let following = queue.nodes.into_iter().find(|revision| {
            let waits_for_another = revision.first_approved_by.as_ref().map(|first| &first.id) == own.as_ref();
            revision.product.id != decided && !waits_for_another
        });
        let _ = next.try_set(Some(match following {
            Some(revision) => Next::Product(revision.product.id, revision.content.name),
            None => Next::Nothing,
        }));
    });
}

fn next_panel(next: Next) -> AnyView {
    let back = view! { <ButtonLink label=reviews::BACK_TO_QUEUE href=Operator::Products.address() small=true /> };
    let (words, go) = match next {
        Next::Product(id, name) => {
            let href = Operator::Product(id.into_inner()).address();
            let go = view! { <ButtonLink label=reviews::NEXT_PRODUCT href=href small=true look=Look::Primary /> };
            (live(move || reviews::next_is(&name)), Some(go))
        }
        Next::Nothing => (Text::from(reviews::QUEUE_EMPTY), None),
    };
    view! {
        <Stack>
            <Alert level=Level::Good title=reviews::DECIDED>
                <p>{words}</p>
                <Row>{go}{back}</Row>
            </Alert>
            <span></span>
        </Stack>
    }
    .into_any()
}
