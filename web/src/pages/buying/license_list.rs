//! What an organisation holds of products; for partners, what their customers hold.

use leptos::prelude::*;

use super::side;
use crate::{
    api::{
        license::{self, LicenseAction, LicenseFilter, LicenseRow, LicenseStatus},
        order::OrderParty,
    },
    components::{
        button::{ButtonLink, Look},
        dynamic::dynamic,
        empty::Empty,
        filter_bar::{Chip, FilterBar, SelectFilter, chips},
        icon::Icon,
        layout::{RowActions, Stack, link, muted, one_line, short_code, two_lines},
        paged_list::{PagedList, load_page, paged_list},
        table::{action_column, column, end_column},
    },
    i18n::{
        Text,
        texts::{buying as words, common},
    },
    labels::{self, buying as labelled},
    navigation,
    routes::Market,
};

pub fn list(party: OrderParty) -> AnyView {
    let [state, product] = ["license", "product"].map(navigation::query);
    let list = load_page(move |window| {
        let filter = LicenseFilter {
            status: status_of(&state.get()),
            product_id: Some(product.get()).filter(|id| !id.is_empty()).map(cynic::Id::new),
        };
        license::licenses(
            window.first,
            window.after,
            window.last,
            window.before,
            party,
            Some(filter),
        )
    });
    let one_product = move || {
        (!product.get().is_empty()).then(|| {
            let chip = Chip {
                label: words::OF_ONE_PRODUCT.into(),
                without: navigation::address_with(&[("product", "")]),
            };
            chips(words::NARROWED_BY, vec![chip])
        })
    };
    view! {
        <Stack>
            <FilterBar><SelectFilter name="license" label=words::STATE choices=states() /></FilterBar>
            {dynamic(one_product)}
            {frame(party).show(list, move |license| row(party, license))}
        </Stack>
    }
    .into_any()
}

fn states() -> Vec<(&'static str, Text)> {
    vec![
        ("", common::ALL.into()),
        ("active", words::LICENSE_ACTIVE.into()),
        ("trial", words::LICENSE_TRIAL.into()),
        ("free", words::LICENSE_FREE.into()),
        ("expired", words::LICENSE_EXPIRED.into()),
        ("refunded", words::LICENSE_REFUNDED.into()),
    ]
}

fn status_of(word: &str) -> Option<LicenseStatus> {
    Some(match word {
        "active" => LicenseStatus::Active,
        "trial" => LicenseStatus::Trial,
        "free" => LicenseStatus::Free,
        "expired" => LicenseStatus::Expired,
        "refunded" => LicenseStatus::Refunded,
        _ => return None,
    })
}

fn frame(party: OrderParty) -> PagedList {
    let (label, other) = match party {
        OrderParty::Customer => (words::TAB_LICENSES, words::PARTNER),
        OrderParty::Partner => (words::TAB_CUSTOMER_LICENSES, words::CUSTOMER),
    };
    let nothing = move || match party {
        OrderParty::Customer => {
            let href = Market::Search.address();
            view! {
                <Empty picture=Icon::Shield title=words::NO_LICENSES hint=words::NO_LICENSES_HINT>
                    <ButtonLink label=words::SEE_MARKET href=href look=Look::Primary />
                </Empty>
            }
            .into_any()
        }
        OrderParty::Partner => view! {
            <Empty picture=Icon::Shield title=words::NO_CUSTOMER_LICENSES hint=words::NO_CUSTOMER_LICENSES_HINT />
        }
        .into_any(),
    };
    let columns = vec![
        column(words::PRODUCT),
        column(other),
        end_column(words::SEATS),
        column(words::PERIOD),
        column(words::STATE),
        action_column(),
    ];
    paged_list(label, columns, nothing).narrowed_by(&["license", "product"])
}

fn row(party: OrderParty, license: LicenseRow) -> Vec<AnyView> {
    let own = side::license(party, &license.id);
    let plan = license
        .plan_name
        .clone()
        .map_or_else(|| Text::from(labelled::license(license.status).1), Text::from);
    let other = match party {
        OrderParty::Customer => license.partner_name.clone().into_any(),
        OrderParty::Partner => two_lines(
            license.organization.name.clone().into_any(),
            short_code(license.organization.corp_id.clone()),
        ),
    };
    vec![
        two_lines(link(own.clone(), license.product_name.clone()), muted(plan)),
        other,
        one_line(side::seats(license.seats)),
        one_line(side::period(&license.from, license.until.as_ref())),
        labels::state_badge(labelled::license(license.status)),
        action(&license, own),
    ]
}

/// The way to more of it where it can be had, else to the license.
fn action(license: &LicenseRow, own: String) -> AnyView {
    let renews = license.available_actions.contains(&LicenseAction::Renew);
    let (label, href) = match renews {
        true => (
            words::RENEW,
            Market::Product(license.product_id.inner().to_owned()).address(),
        ),
        false => (words::OPEN_DETAIL, own),
    };
    let name = license.product_name.clone();
    let name = Text::from(move || format!("{}: {name}", label.get()));
    view! { <RowActions><ButtonLink label=label name=name href=href look=Look::Quiet small=true /></RowActions> }
        .into_any()
}
