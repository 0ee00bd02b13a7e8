//! The page of one cool app: what it does and for whom, with pictures, its entries and its robot, and installing it into a group.

use leptos::prelude::*;

use super::{install, market_crumb};
use crate::{
    api::{
        cool_app::{self, CoolApp, CoolAppContent},
        file::picture_url,
        session::Role,
    },
    components::{
        badge::tag,
        button::{Button, ButtonLink, Look},
        cool_app::{part_list, quote, written},
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Stack, code, muted, paragraph, subheading},
        page_header::PageHeader,
        review_field::{icon_picture, word_row},
        skeleton::Skeleton,
    },
    format,
    i18n::{
        Key, live,
        texts::{cool_apps as words, shell},
    },
    labels::{self, product_review::industry},
    load::{load, show},
    pages::{cool_app_sheet as sheet, not_found, sign_in},
    session::{self, Who},
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || cool_app::cool_app(id.clone()));
    show(found, Skeleton::Page, |app| match app {
        Some(app) => body(app),
        None => not_found::page(),
    })
}

fn body(app: CoolApp) -> AnyView {
    let Some(content) = app.content.clone() else {
        return not_found::page();
    };
    let installing = RwSignal::new(false);
    let actions = action(installing);
    let (introduction, pictures, parts) = (introduction(&content), pictures(&content), parts(&content));
    let main = view! { <Stack>{introduction}{pictures}{parts}</Stack> }.into_any();
    let dialog = install::dialog(app.id.clone(), app.name.clone(), installing);
    view! {
        <PageHeader title=app.name.clone() crumbs=vec![market_crumb()] hint=content.intro.clone() actions=actions />
        <Columns main=main side=about(&app, &content) />
        {dialog}
    }
    .into_any()
}

/// Members of a customer install; visitors sign in first; others only look.
fn action(installing: RwSignal<bool>) -> AnyView {
    let press = Callback::new(move |()| installing.set(true));
    match untrack(session::who) {
        Who::Known(viewer) if viewer.is(Role::CustomerAdmin) || viewer.is(Role::CustomerEmployee) => {
            view! { <Button label=words::INSTALL on_press=press look=Look::Primary leading=Icon::Plus /> }.into_any()
        }
        Who::Visitor => {
            view! { <ButtonLink label=words::SIGN_IN_TO_INSTALL href=sign_in::address_back_here() look=Look::Primary /> }
                .into_any()
        }
        Who::Known(_) | Who::Unknown => ().into_any(),
    }
}

fn introduction(content: &CoolAppContent) -> AnyView {
    let icon = content
        .icon_id
        .as_ref()
        .map(|id| icon_picture(words::ICON, picture_url(id.inner())));
    let function = written(content.function_text.clone());
    let invite = quote(words::INVITE_SAYS, content.invite_line.clone());
    view! {
        <Card title=words::FUNCTION>
            <Stack tight=true>
                {icon}
                {function}
                {invite}
            </Stack>
        </Card>
    }
    .into_any()
}

fn pictures(content: &CoolAppContent) -> AnyView {
    let thumbnails = sheet::pictures(&content.thumbnail_ids, words::THUMBNAIL);
    let cases = sheet::pictures(&content.case_ids, words::CASE);
    view! {
        <Card title=words::PICTURES>
            <Stack>
                {thumbnails}
                <div>{subheading(words::CASES)}{cases}</div>
            </Stack>
        </Card>
    }
    .into_any()
}

/// What comes into a group.
fn parts(content: &CoolAppContent) -> AnyView {
    let entries = part_list(content.entries.iter().map(sheet::entry_name).collect());
    let robot = content.robot.as_ref().map(|robot| {
        let robot = sheet::robot(robot);
        view! { <div>{subheading(words::ROBOT)}{robot}</div> }
    });
    view! {
        <Card title=words::COMES_WITH>
            <Stack>
                <div>{subheading(words::ENTRIES)}{entries}</div>
                {robot}
            </Stack>
        </Card>
    }
    .into_any()
}

fn about(app: &CoolApp, content: &CoolAppContent) -> AnyView {
    let market = app.market_at.clone();
    let since = live(move || market.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any();
    let chosen = |keys: Vec<Key>| match keys.is_empty() {
        true => paragraph(words::EVERYBODY),
        false => word_row(keys.into_iter().map(tag).collect()),
    };
    let product = match app.product.listed {
        true => app.product.name.clone().into_any(),
        false => muted(app.product.name.clone()),
    };
    let list = facts(vec![
        text_fact(words::PARTNER, &app.partner_name),
        fact(words::PRODUCT, product),
        fact(
            words::INDUSTRIES,
            chosen(content.industries.iter().map(|one| industry(*one)).collect()),
        ),
        fact(
            words::ROLES,
            chosen(content.roles.iter().map(|one| labels::cool_app::role(*one)).collect()),
        ),
        fact(words::CODE, code(app.code.clone())),
        fact(words::MARKET_SINCE, since),
    ]);
    view! { <Card title=shell::NAV_COOL_APP_MARKET>{list}</Card> }.into_any()
}
