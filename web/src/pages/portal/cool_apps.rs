//! 酷应用: the partner's applications to list cool apps, and beginning one for a product that is on the marketplace (L21).

use leptos::prelude::*;

use crate::{
    api::{
        Problem,
        cool_app::{self, CoolAppAction, CoolAppDecision, CoolAppRow, CoolAppStatus, CreateCoolAppApplicationInput},
        file::picture_url,
        product::{self, ProductRow, ProductStatus, ProductTab},
        session::Role,
    },
    components::{
        alert::ProblemPanel,
        badge::{Tone, badge},
        button::{Button, ButtonLink, Look},
        dialog::Dialog,
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Row, RowActions, Stack, attention, code, link, muted, one_line, two_lines},
        option_list::{Item, OptionList},
        page_header::PageHeader,
        paged_list::{load_page, paged_list},
        review_field::named_with_picture,
        skeleton::Skeleton,
        table::{action_column, column},
        tabs::{Tabs, tab},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Key, Text, live,
        texts::{common, cool_apps as words, portal, shell},
    },
    labels,
    load::{load, reload_while, show},
    navigation,
    routes::Portal,
    session,
};

/// An operator decides while the page stands open.
const EVERY_MS: u32 = 20_000;
/// Products of which one is chosen.
const MOST: i32 = 100;

pub fn page() -> AnyView {
    let chosen = navigation::query("status");
    let list = load_page(move |window| {
        cool_app::cool_app_applications(
            window.first,
            window.after,
            window.last,
            window.before,
            status_of(&chosen.get()),
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    let wanted = navigation::location_now().value("new").is_some();
    let open = RwSignal::new(wanted && may_create());
    let actions = if may_create() { new_button(open) } else { ().into_any() };
    let tabs = vec![
        tab("", common::ALL),
        tab("draft", words::STATUS_DRAFT),
        tab("submitted", words::STATUS_SUBMITTED),
        tab("approved", words::STATUS_APPROVED),
        tab("rejected", words::STATUS_REJECTED),
        tab("delisted", words::STATUS_DELISTED),
    ];
    let nothing = move || {
        let step = if may_create() { new_button(open) } else { ().into_any() };
        view! { <Empty picture=Icon::Grid title=words::NONE hint=words::NONE_HINT>{step}</Empty> }.into_any()
    };
    let columns = vec![
        column(words::COOL_APP),
        column(portal::STATUS),
        column(words::PRODUCT),
        column(portal::UPDATED_AT),
        action_column(),
    ];
    view! {
        <PageHeader title=shell::NAV_COOL_APPS hint=words::HINT actions=actions />
        <Stack>
            <Tabs name="status" label=portal::STATUS tabs=tabs />
            {paged_list(shell::NAV_COOL_APPS, columns, nothing).narrowed_by(&["status"]).show_steadily(list, row)}
        </Stack>
        {dialog(open)}
    }
    .into_any()
}

fn may_create() -> bool {
    session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin))
}

fn status_of(word: &str) -> Option<CoolAppStatus> {
    Some(match word {
        "draft" => CoolAppStatus::Draft,
        "submitted" => CoolAppStatus::Submitted,
        "approved" => CoolAppStatus::Approved,
        "rejected" => CoolAppStatus::Rejected,
        "delisted" => CoolAppStatus::Delisted,
        _ => return None,
    })
}

fn new_button(open: RwSignal<bool>) -> AnyView {
    view! { <Button label=words::NEW on_press=Callback::new(move |()| open.set(true)) look=Look::Primary leading=Icon::Plus /> }.into_any()
}

fn row(app: CoolAppRow) -> Vec<AnyView> {
    let own = Portal::CoolApp(app.id.inner().to_owned()).address();
    let icon = app.content.as_ref().and_then(|content| content.icon_id.as_ref());
    let name = two_lines(link(own.clone(), app.name.clone()), code(app.code.clone()));
    let updated = app.updated_at.clone();
    let product = match app.product.listed {
        true => app.product.name.clone().into_any(),
        false => two_lines(
            app.product.name.clone().into_any(),
            attention(words::PRODUCT_NOT_LISTED),
        ),
    };
    vec![
        named_with_picture(icon.map(|id| picture_url(id.inner())), name),
        state(&app),
        product,
        one_line(live(move || format::date_time(&updated))),
        action(&app, own),
    ]
}

fn state(app: &CoolAppRow) -> AnyView {
    let own = labels::state_badge(labels::cool_app::cool_app(app.status));
    let returned = app.status == CoolAppStatus::Approved && app.decision == Some(CoolAppDecision::Reject);
    let returned = returned.then(|| badge(Tone::Bad, words::UPDATE_REJECTED));
    let badges = view! { <Row>{own}{returned}</Row> }.into_any();
    let waits = matches!(app.status, CoolAppStatus::Submitted | CoolAppStatus::UpdateSubmitted);
    match app.due_at.clone().filter(|_| waits) {
        Some(_) if app.overdue => two_lines(badges, attention(portal::OVERDUE)),
        Some(due) => two_lines(
            badges,
            live(move || portal::review_due(&format::relative(&due))).into_view_any(),
        ),
        None => badges,
    }
}

fn action(app: &CoolAppRow, own: String) -> AnyView {
    let name = app.name.clone();
    let named = move |action: Key| Text::from(move || format!("{}: {name}", action.get()));
    let writes = matches!(app.status, CoolAppStatus::Draft | CoolAppStatus::Rejected);
    let button = if writes && app.available_actions.contains(&CoolAppAction::Edit) {
        let href = Portal::EditCoolApp(app.id.inner().to_owned()).address();
        view! { <ButtonLink label=words::GO_ON name=named(words::GO_ON) href=href small=true leading=Icon::Edit /> }
            .into_any()
    } else {
        view! { <ButtonLink label=portal::VIEW_DETAIL name=named(portal::VIEW_DETAIL) href=own small=true look=Look::Quiet /> }.into_any()
    };
    view! { <RowActions>{button}</RowActions> }.into_any()
}

/// Which product the cool app belongs to: one that is on the marketplace.
fn dialog(open: RwSignal<bool>) -> AnyView {
    view! {
        <Dialog open=open title=words::NEW>
            {dynamic(move || {
                let found = load(on_marketplace);
                show(found, Skeleton::Rows(3), move |products: Vec<ProductRow>| match products.is_empty() {
                    true => view! {
                        <Empty picture=Icon::Layers title=words::NO_PRODUCT hint=words::NO_PRODUCT_HINT>
                            <ButtonLink label=words::GO_PRODUCTS href=Portal::Products.address() />
                        </Empty>
                    }
                    .into_any(),
                    false => new_form(open, products),
                })
            })}
        </Dialog>
    }
    .into_any()
}

/// What is on the marketplace, also where a revision of it is in review.
async fn on_marketplace() -> Result<Vec<ProductRow>, Problem> {
    let mut found = Vec::new();
    for tab in [ProductTab::Listed, ProductTab::InReview] {
        let page = product::products(Some(tab), Some(MOST), None, None, None).await?;
        found.extend(page.nodes.into_iter().filter(|one| one.status == ProductStatus::Listed));
    }
    Ok(found)
}

fn new_form(open: RwSignal<bool>, products: Vec<ProductRow>) -> AnyView {
    let only = (products.len() == 1).then(|| products[0].id.inner().to_owned());
    let value = RwSignal::new(only.unwrap_or_default());
    let errors = Errors::new();
    let submission = Submission::new();
    let item = |product: ProductRow| Item {
        value: product.id.into_inner(),
        label: product.name.into(),
        hint: product.application.name.into(),
        barrier: None,
    };
    let items: Vec<Item> = products.into_iter().map(item).collect();
    let create = Callback::new(move |()| {
        let chosen = value.get_untracked();
        let missing = FieldError {
            name: "productId".to_owned(),
            message: words::CHOOSE_PRODUCT.into(),
        };
        if !errors.set(if chosen.is_empty() { vec![missing] } else { Vec::new() }) {
            return;
        }
        let input = CreateCoolAppApplicationInput {
            product_id: chosen.into(),
        };
        let made = cool_app::create_cool_app_application(input, Some(submission.key()));
        submission.run_form(errors, made, move |made| {
            open.set(false);
            toast(words::CREATED);
            navigation::go(&Portal::EditCoolApp(made.id.into_inner()).address());
        });
    });
    view! {
        <Stack tight=true>
            {muted(words::NEW_HINT)}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <OptionList name="productId" label=words::PRODUCT items=items value=value errors=errors />
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=words::NEW_GO on_press=create look=Look::Primary busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}
