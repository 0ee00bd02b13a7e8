//! One link: its address and its code to pass on, and what came of it.

use leptos::prelude::*;

use super::{form, funnel, list::validity};
use crate::{
    api::{
        file,
        promotion::{self, PromotionLink, PromotionLinkAction, PromotionLinkActionInput},
    },
    components::{
        button::{Button, Look},
        copy_field::CopyField,
        dialog::{Confirm, Dialog},
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Row, Stack, code, link as anchor, muted, paragraph},
        link_result::qr,
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{
        live,
        texts::{portal, promotion as words, shell},
    },
    labels,
    load::{load, show},
    pages::not_found,
    routes::Portal,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let found = load(move || promotion::promotion_link(asked.clone()));
    let changed = Callback::new(move |()| found.reload());
    show(found, Skeleton::Page, move |link| match link {
        Some(link) => body(link, changed),
        None => not_found::page(),
    })
}

fn body(link: PromotionLink, changed: Callback<()>) -> AnyView {
    let status = labels::state_badge(labels::promotion(link.status));
    let crumbs = vec![crumb(shell::NAV_PROMOTIONS, Portal::Promotions.address())];
    let title = link.name.clone();
    let (main, side) = (funnel::cards(link.id.clone()), side(&link));
    let actions = actions(link, changed);
    view! {
        <PageHeader title=title crumbs=crumbs status=status actions=actions />
        <Columns main=main side=side />
    }
    .into_any()
}

fn actions(link: PromotionLink, changed: Callback<()>) -> AnyView {
    let (editing, stopping) = (RwSignal::new(false), RwSignal::new(false));
    let may = |action| link.may(action);
    let edit = may(PromotionLinkAction::Change).then(|| {
        let press = Callback::new(move |()| editing.set(true));
        view! { <Button label=words::CHANGE on_press=press leading=Icon::Edit /> }
    });
    let stop = may(PromotionLinkAction::Disable).then(|| {
        let press = Callback::new(move |()| stopping.set(true));
        view! { <Button label=words::DISABLE on_press=press look=Look::Quiet /> }
    });
    let start = may(PromotionLinkAction::Enable).then(|| enable(&link, changed));
    let submission = Submission::new();
    let id = link.id.clone();
    let disable = Callback::new(move |()| {
        let input = PromotionLinkActionInput { id: id.clone() };
        submission.run(promotion::disable_promotion_link(input), move |_| {
            stopping.set(false);
            toast(words::DISABLED);
            changed.run(());
        });
    });
    let link = StoredValue::new(link);
    view! {
        {edit}
        {stop}
        {start}
        <Dialog open=editing title=words::CHANGE_TITLE>{link.with_value(|link| form::change(editing, link, changed))}</Dialog>
        <Confirm open=stopping title=words::DISABLE_TITLE confirm=words::DISABLE on_confirm=disable busy=submission.busy problem=submission.problem danger=true>
            {paragraph(words::DISABLE_EFFECT)}
        </Confirm>
    }
    .into_any()
}

fn enable(link: &PromotionLink, changed: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let id = link.id.clone();
    let press = Callback::new(move |()| {
        let input = PromotionLinkActionInput { id: id.clone() };
        submission.run(promotion::enable_promotion_link(input), move |_| {
            toast(words::ENABLED);
            changed.run(());
        });
    });
    view! { <Button label=words::ENABLE on_press=press look=Look::Primary busy=submission.busy /> }.into_any()
}

fn side(link: &PromotionLink) -> AnyView {
    let product = Portal::Product(link.product.id.inner().to_owned()).address();
    let made = link.created_at.clone();
    let list = facts(vec![
        fact(words::PRODUCT, anchor(product, link.product.name.clone())),
        fact(words::CHANNEL_CODE, code(link.channel_code.clone())),
        fact(
            words::VALIDITY,
            validity(link.valid_from.clone(), link.valid_to.clone()).into_view_any(),
        ),
        fact(
            portal::CREATED_AT,
            live(move || format::date_time(&made)).into_view_any(),
        ),
        text_fact(words::CREATED_BY, &link.created_by.name),
    ]);
    let pass_on = pass_on(link);
    view! {
        <Card title=words::PASS_ON>{pass_on}</Card>
        <Card title=portal::FACTS>{list}</Card>
    }
    .into_any()
}

/// The address and its code, to look at and to take along.
fn pass_on(link: &PromotionLink) -> AnyView {
    let Some(url) = link.url.clone() else {
        return paragraph(words::URL_GONE);
    };
    let picture = link.qr_svg.as_ref().map(|svg| qr(words::QR_CODE, svg));
    let name = |end: &str| format!("{}.{end}", link.channel_code);
    let svg = link.qr_svg.clone().map(|svg| {
        let name = name("svg");
        let save = Callback::new(move |()| file::save_text(&svg, "image/svg+xml", &name));
        view! { <Button label=words::SAVE_SVG on_press=save leading=Icon::Download small=true /> }
    });
    let png = |data: &Option<String>, label: crate::i18n::Key, end: &str| {
        let (data, name) = (data.clone()?, name(end));
        let save = Callback::new(move |()| file::save_base64(&data, "image/png", &name));
        Some(view! { <Button label=label on_press=save leading=Icon::Download small=true /> })
    };
    let print = png(&link.qr_png, words::SAVE_PNG, "2cm.png");
    let poster = png(&link.qr_poster_png, words::SAVE_POSTER, "png");
    view! {
        <Stack tight=true>
            <CopyField label=words::ADDRESS value=url />
            {picture}
            <Row>{svg}{print}{poster}</Row>
            {muted(words::PRINT_HINT)}
        </Stack>
    }
    .into_any()
}
