//! The side navigation: only what the person's roles in the acting organisation open.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::session::{OrganizationKind, Role, Viewer},
    components::icon::{Icon, icon},
    i18n::{
        Key,
        texts::{reviews, rollout, shell},
    },
    navigation,
    pages::home,
    routes::{Customer, Market, Operator, Portal, Route},
    session::{self, Face},
};

/// One place in the navigation.
struct Place {
    label: Key,
    picture: Icon,
    route: Route,
    /// Other addresses of the same place begin so; empty for none.
    also: &'static str,
}

impl Place {
    fn also(self, beginning: &'static str) -> Self {
        Self {
            also: beginning,
            ..self
        }
    }
}

fn place(label: Key, picture: Icon, route: Route) -> Place {
    Place {
        label,
        picture,
        route,
        also: "",
    }
}

/// The places of a face, under its heading.
fn places(face: Face, viewer: &Viewer) -> Vec<Place> {
    match face {
        Face::Partner => {
            let mut places = vec![place(
                shell::NAV_APPLICATIONS,
                Icon::Grid,
                Route::Portal(Portal::Applications),
            )];
            places.push(place(
                shell::NAV_PRODUCTS,
                Icon::Layers,
                Route::Portal(Portal::Products),
            ));
            if viewer.is(Role::PartnerAdmin) {
                let promotions = Route::Portal(Portal::Promotions);
                places.push(place(shell::NAV_PROMOTIONS, Icon::Link, promotions));
            }
            places.push(place(shell::NAV_COOL_APPS, Icon::Send, Route::Portal(Portal::CoolApps)));
            places.push(place(
                shell::NAV_APPROVALS,
                Icon::Check,
                Route::Portal(Portal::Approvals),
            ));
            if viewer.is(Role::PartnerAdmin) {
                places.push(place(
                    shell::NAV_PERMISSION,
                    Icon::Shield,
                    Route::Portal(Portal::Permission),
                ));
                places.push(place(
                    shell::NAV_PROJECTS,
                    Icon::Folder,
                    Route::Portal(Portal::Projects),
                ));
            }
            places.push(place(shell::NAV_ORDERS, Icon::List, Route::Portal(Portal::Orders)));
            let sales = Route::Portal(Portal::Sales);
            places.push(place(shell::NAV_SALES, Icon::Chart, sales));
            let sold = Route::Portal(Portal::ProductOrders);
            places.push(place(shell::NAV_PRODUCT_ORDERS, Icon::Bag, sold).also("/portal/licenses/"));
            places.push(place(rollout::NAV, Icon::Upload, Route::Portal(Portal::Rollouts)));
            places.push(place(
                shell::NAV_MAINTENANCE,
                Icon::Settings,
                Route::Portal(Portal::Maintenance),
            ));
            places.push(place(shell::NAV_LEADS, Icon::Search, Route::Portal(Portal::Leads)));
            places.push(place(shell::NAV_SERVICE, Icon::Chat, Route::Portal(Portal::Service)));
            if viewer.is(Role::PartnerAdmin) {
                places.extend([team_place(), audit_place()]);
            }
            places
        }
        Face::Customer => customer_places(viewer),
        Face::Operator => operator_places(viewer),
    }
}

fn team_place() -> Place {
    place(shell::NAV_TEAM, Icon::User, Route::Team)
}

fn audit_place() -> Place {
    place(shell::NAV_AUDIT, Icon::Clock, Route::Audit)
}

fn customer_places(viewer: &Viewer) -> Vec<Place> {
    let mut places = vec![
        place(shell::NAV_APPS, Icon::Grid, Route::Customer(Customer::Apps)),
        place(shell::NAV_MARKET, Icon::Bag, Route::Market(Market::Search)),
        place(
            shell::NAV_COOL_APP_MARKET,
            Icon::Send,
            Route::Customer(Customer::CoolApps),
        ),
        place(shell::NAV_GROUPS, Icon::User, Route::Customer(Customer::Groups)),
    ];
    if viewer.is(Role::CustomerAdmin) {
        let licenses = Route::Customer(Customer::Licenses);
        places.push(place(shell::NAV_LICENSES, Icon::Shield, licenses).also("/purchases/"));
        places.push(place(
            shell::NAV_CUSTOMER_ORDERS,
            Icon::List,
            Route::Customer(Customer::Orders),
        ));
        places.push(place(
            shell::NAV_MAINTENANCE,
            Icon::Settings,
            Route::Customer(Customer::Maintenance),
        ));
    }
    places.push(place(
        shell::NAV_ENQUIRIES,
        Icon::Search,
        Route::Customer(Customer::Enquiries),
    ));
    places.push(place(
        shell::NAV_SERVICE,
        Icon::Chat,
        Route::Customer(Customer::Service),
    ));
    if viewer.is(Role::CustomerAdmin) {
        // An administrator of both faces reads one log, the organisation's.
        if !viewer.is(Role::PartnerAdmin) {
            places.extend([team_place(), audit_place()]);
        }
        // L1: its pages say how to install it.
        if !viewer.organization.kinds.contains(&OrganizationKind::Partner) {
            let portal = Route::Portal(Portal::Applications);
            places.push(place(shell::NAV_PORTAL, Icon::Layers, portal));
        }
    }
    places
}

fn operator_places(viewer: &Viewer) -> Vec<Place> {
    let mut places = Vec::new();
    if viewer.decides() {
        let approvals = Route::Operator(Operator::Approvals);
        places.push(place(shell::NAV_APPROVALS, Icon::Check, approvals));
    }
    if viewer.is(Role::InternalReviewer) {
        places.push(place(
            shell::NAV_REVIEW_PROJECTS,
            Icon::Folder,
            Route::Operator(Operator::Projects),
        ));
        places.push(place(
            shell::NAV_REVIEW_PERMISSIONS,
            Icon::Shield,
            Route::Operator(Operator::Permissions),
        ));
        places.push(place(shell::NAV_ORDERS, Icon::List, Route::Operator(Operator::Orders)));
        places.push(audit_place());
    }
    if viewer.is(Role::CategoryOperator) {
        places.push(place(
            reviews::NAV_PRODUCTS,
            Icon::Grid,
            Route::Operator(Operator::Products),
        ));
    }
    if viewer.is(Role::OpenPlatformOperator) {
        places.push(place(
            shell::NAV_REVIEW_COOL_APPS,
            Icon::Send,
            Route::Operator(Operator::CoolApps),
        ));
    }
    if viewer.is(Role::Superadmin) {
        places.push(place(
            reviews::NAV_CATEGORIES,
            Icon::Folder,
            Route::Operator(Operator::Categories),
        ));
        places.push(place(
            shell::NAV_EDITIONS,
            Icon::Layers,
            Route::Operator(Operator::Editions),
        ));
    }
    places
}

fn heading(face: Face) -> Key {
    match face {
        Face::Partner => shell::FACE_PARTNER,
        Face::Customer => shell::FACE_CUSTOMER,
        Face::Operator => shell::FACE_OPERATOR,
    }
}

/// The navigation list. `on_choice` runs when a place is chosen (the drawer closes).
#[component]
pub fn NavigationList(#[prop(into)] on_choice: Callback<()>) -> AnyView {
    let groups = move || {
        let viewer = session::viewer()?;
        if let Some(inside) = &viewer.maintenance {
            return Some(maintained(inside.instance_id.inner()));
        }
        let groups: Vec<AnyView> = viewer.faces().into_iter().map(|face| group(face, &viewer)).collect();
        let home = home::elsewhere(&viewer).is_none().then(|| {
            let start = item(place(shell::NAV_HOME, Icon::Home, Route::Home));
            view! { <ul>{start}</ul> }.into_any()
        });
        Some(view! { {home}{groups} }.into_any())
    };
    view! { <nav aria-label=shell::NAVIGATION on:click=move |_| on_choice.run(())>{dynamic(groups)}</nav> }.into_any()
}

/// D31: a developer in a remote maintenance has the one application and its settings.
fn maintained(id: &str) -> AnyView {
    let places = [
        place(
            shell::NAV_MAINTAINED_APP,
            Icon::Grid,
            Route::Customer(Customer::App(id.to_owned())),
        ),
        place(
            shell::NAV_MAINTAINED_SETTINGS,
            Icon::Settings,
            Route::Customer(Customer::AppSettings(id.to_owned())),
        ),
    ];
    let items: Vec<AnyView> = places.into_iter().map(item).collect();
    view! { <ul class="space-y-0.5">{items}</ul> }.into_any()
}

fn group(face: Face, viewer: &Viewer) -> AnyView {
    let items: Vec<AnyView> = places(face, viewer).into_iter().map(item).collect();
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <p class="px-3 pt-3 pb-1 text-xs text-muted">{heading(face)}</p>
        <ul class="space-y-0.5">{items}</ul>
    }
    .into_any()
}

fn item(place: Place) -> AnyView {
    let address = place.route.address();
    let own = address.clone();
    let here = move || {
        let path = navigation::location().path;
        path == own
            || (!place.also.is_empty() && path.starts_with(place.also))
            || path
                .strip_prefix(own.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
    };
    let current = here.clone();
    view! {
        <li>
            <a
                href=address
                class="flex items-center gap-3 rounded-field px-3 py-2 hover:bg-base-200"
                class=("bg-base-200", here.clone())
                class=("font-medium", here.clone())
                class=("text-primary", here)
                aria-current=move || current().then_some("page")
            >
                {icon(place.picture)}
                {place.label}
            </a>
        </li>
    }
    .into_any()
}
