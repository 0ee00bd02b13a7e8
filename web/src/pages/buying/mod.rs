//! Licenses and orders of products (L13–L16), for those who buy and those who sell: the same lists and pages from either side. Buying
//! itself is on the product's page in `market`.

mod for_customer;
mod gateway;
mod license;
mod license_list;
mod order;
mod order_list;
mod order_steps;
mod payment;
mod side;

use leptos::prelude::*;

use crate::{
    api::order::OrderParty,
    components::{
        button::{Button, Look},
        dynamic::dynamic,
        icon::Icon,
        layout::Stack,
        page_header::PageHeader,
        tabs::{Tabs, tab},
    },
    i18n::texts::{buying as words, shell},
    navigation,
};

pub use license::page as license;
pub use order::page as order;

/// The two lists as tabs: customers see first what they have, partners what was ordered.
pub fn lists(party: OrderParty) -> AnyView {
    let chosen = navigation::query("tab");
    match party {
        OrderParty::Customer => {
            let tabs = vec![tab("", words::TAB_LICENSES), tab("orders", words::TAB_ORDERS)];
            view! {
                <PageHeader title=shell::NAV_LICENSES hint=words::HINT />
                <Stack>
                    <Tabs name="tab" label=words::TITLE tabs=tabs />
                    {dynamic(move || match chosen.get().as_str() {
                        "orders" => order_list::list(party),
                        _ => license_list::list(party),
                    })}
                </Stack>
            }
            .into_any()
        }
        OrderParty::Partner => {
            let tabs = vec![
                tab("", words::TAB_ORDERS),
                tab("licenses", words::TAB_CUSTOMER_LICENSES),
            ];
            let ordering = RwSignal::new(false);
            let actions = side::may_sell().then(|| {
                let press = Callback::new(move |()| ordering.set(true));
                view! { <Button label=words::FOR_CUSTOMER on_press=press look=Look::Primary leading=Icon::Plus /> }
            });
            view! {
                <PageHeader title=shell::NAV_PRODUCT_ORDERS hint=words::SOLD_HINT actions=actions.into_any() />
                <Stack>
                    <Tabs name="tab" label=words::TITLE tabs=tabs />
                    {dynamic(move || match chosen.get().as_str() {
                        "licenses" => license_list::list(party),
                        _ => order_list::list(party),
                    })}
                </Stack>
                {for_customer::dialog(ordering)}
            }
            .into_any()
        }
    }
}
