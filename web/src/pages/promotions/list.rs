//! The links of all products or of one, with what each has brought so far, and making one.

use leptos::prelude::*;

use super::form;
use crate::{
    api::{
        DateTime,
        promotion::{self, PromotionLinkRow},
    },
    components::{
        button::{Button, ButtonLink, Look},
        dialog::Dialog,
        empty::Empty,
        icon::Icon,
        layout::{link, muted, one_line, short_code, two_lines},
        page_header::PageHeader,
        paged_list::{load_page, paged_list},
        table::{column, end_column},
    },
    format,
    i18n::{
        Text, live,
        texts::{portal, promotion as words, shell},
    },
    labels, navigation,
    routes::Portal,
};

/// The value of the address that shows the links of one product.
const PRODUCT: &str = "product";

pub fn page() -> AnyView {
    let product = navigation::query(PRODUCT);
    let list = load_page(move |window| {
        let product = Some(product.get()).filter(|id| !id.is_empty()).map(cynic::Id::new);
        promotion::promotion_links(window.first, window.after, window.last, window.before, product)
    });
    let location = navigation::location_now();
    let open = RwSignal::new(location.value("new").is_some());
    let button = move || {
        let press = Callback::new(move |()| open.set(true));
        view! { <Button label=words::NEW on_press=press look=Look::Primary leading=Icon::Plus /> }.into_any()
    };
    let nothing = move || {
        let step = button();
        view! { <Empty picture=Icon::Link title=words::NONE hint=words::NONE_HINT>{step}</Empty> }.into_any()
    };
    let all = location
        .value(PRODUCT)
        .map(|_| view! { <ButtonLink label=words::ALL_LINKS href=Portal::Promotions.address() /> });
    let actions = view! { {all}{button()} }.into_any();
    let columns = vec![
        column(words::NAME),
        column(words::PRODUCT),
        column(portal::STATUS),
        end_column(words::VISITORS),
        end_column(words::INSTALLS),
        end_column(words::ORDERS),
        end_column(words::REVENUE),
    ];
    let wanted = location.value(PRODUCT).map(str::to_owned);
    view! {
        <PageHeader title=shell::NAV_PROMOTIONS hint=words::HINT actions=actions />
        {paged_list(shell::NAV_PROMOTIONS, columns, nothing).show(list, row)}
        <Dialog open=open title=words::NEW>{form::create(open, wanted.clone())}</Dialog>
    }
    .into_any()
}

fn row(of: PromotionLinkRow) -> Vec<AnyView> {
    let own = Portal::Promotion(of.id.into_inner()).address();
    let product = Portal::Product(of.product.id.into_inner()).address();
    let state = labels::state_badge(labels::promotion(of.status));
    let count = |count: i32| count.to_string().into_any();
    vec![
        two_lines(link(own, of.name), short_code(of.channel_code)),
        link(product, of.product.name),
        two_lines(state, muted(validity(of.valid_from, of.valid_to))),
        count(of.total.visitors),
        count(of.total.installs),
        count(of.total.orders),
        one_line(format::yuan(of.total.revenue.0.parse().unwrap_or_default())),
    ]
}

/// From when until when a link sells, in words.
pub fn validity(from: Option<DateTime>, to: Option<DateTime>) -> Text {
    live(move || match (&from, &to) {
        (None, None) => words::ALWAYS_VALID.get().to_owned(),
        (Some(from), None) => words::valid_from(&format::date_time(from)),
        (None, Some(to)) => words::valid_to(&format::date_time(to)),
        (Some(from), Some(to)) => words::valid_between(&format::date_time(from), &format::date_time(to)),
    })
}
