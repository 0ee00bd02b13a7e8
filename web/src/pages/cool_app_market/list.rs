//! 酷应用市场: what can be installed into group chats, searched while one types, by industry and by role.

use leptos::prelude::*;

use crate::{
    api::{
        cool_app::{self, CoolApp, CoolAppMarket},
        file::picture_url,
        page::Window,
    },
    components::{
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::Stack,
        page_header::PageHeader,
        pagination::Pagination,
        product_card::{ProductFace, product_cards},
        search_box::SearchBox,
        skeleton::Skeleton,
    },
    forms::product::of_word,
    i18n::{
        Key, Text,
        texts::{common, cool_apps as words, portal, shell},
    },
    labels::{cool_app::ROLES, product::INDUSTRIES},
    load::{load, show_steadily},
    navigation,
    routes::Customer,
};

pub fn page() -> AnyView {
    let [search, industry, role] = ["q", "industry", "role"].map(navigation::query);
    let list = load(move || {
        let Window {
            first,
            after,
            last,
            before,
        } = Window::of_address();
        let search = Some(search.get()).filter(|words| !words.is_empty());
        cool_app::cool_apps(
            first,
            after,
            last,
            before,
            search,
            of_word(&industry.get()),
            of_word(&role.get()),
        )
    });
    let narrowed = move || {
        [search, industry, role]
            .iter()
            .any(|value| value.with_untracked(|value| !value.is_empty()))
    };
    view! {
        <PageHeader title=shell::NAV_COOL_APP_MARKET hint=words::MARKET_HINT />
        <Stack>
            <FilterBar>
                <SearchBox label=words::SEARCH_MARKET />
                <SelectFilter name="industry" label=words::INDUSTRIES choices=choices(INDUSTRIES) />
                <SelectFilter name="role" label=words::ROLES choices=choices(ROLES) />
            </FilterBar>
            {show_steadily(list, Skeleton::Cards(6), move |page| cards(page, narrowed()))}
        </Stack>
    }
    .into_any()
}

fn choices(of: &'static [(&'static str, Key)]) -> Vec<(&'static str, Text)> {
    let all = std::iter::once(("", Text::from(common::ALL)));
    all.chain(of.iter().map(|(word, label)| (*word, Text::from(*label))))
        .collect()
}

fn cards(page: CoolAppMarket, narrowed: bool) -> AnyView {
    if page.nodes.is_empty() && narrowed {
        return view! { <Empty picture=Icon::Search title=portal::NOTHING_FOUND hint=portal::NOTHING_FOUND_HINT /> }
            .into_any();
    }
    if page.nodes.is_empty() {
        return view! { <Empty picture=Icon::Grid title=words::MARKET_EMPTY hint=words::MARKET_EMPTY_HINT /> }
            .into_any();
    }
    let position = page.page_info.position(page.total_count.unwrap_or_default());
    let cards = product_cards(page.nodes.into_iter().map(face).collect());
    view! { <Stack>{cards}<Pagination position=position /></Stack> }.into_any()
}

fn face(app: CoolApp) -> ProductFace {
    let content = app.content.as_ref();
    let robot = content.and_then(|content| content.robot.as_ref());
    let count = content.map_or(0, |content| content.entries.len());
    ProductFace {
        name: app.name.clone(),
        icon: content
            .and_then(|content| content.icon_id.as_ref())
            .map(|id| picture_url(id.inner())),
        summary: content.map(|content| content.intro.clone()).unwrap_or_default(),
        partner: app.partner_name.clone(),
        category: None,
        tags: Vec::new(),
        price: Text::from(move || words::entry_count(count as u64)),
        trial: robot.map(|_| words::HAS_ROBOT.into()),
        href: Some(Customer::CoolApp(app.id.into_inner()).address()),
        installs: None,
        rating: None,
    }
}
