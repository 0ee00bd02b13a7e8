//! What the signed-in person was told: the list, one that a mail leads to, and the choice of mails.

mod list;
mod open;
mod settings;
mod topic;

use leptos::prelude::*;

use crate::{
    api::notification::{NotificationTarget, NotificationTopic},
    browser,
    routes::{Customer, Market, Notifications, Operator, Portal, Route},
};

/// The page of an address.
pub fn page(page: Notifications) -> AnyView {
    match page {
        Notifications::List => list::page(),
        Notifications::Settings => settings::page(),
        Notifications::Open(id) => open::page(id),
    }
}

/// The address of what a notification leads to.
fn address_of(target: NotificationTarget, topic: NotificationTopic, id: &str) -> String {
    let id = id.to_owned();
    let route = match target {
        NotificationTarget::PermissionReview => Route::Operator(Operator::Permission(id)),
        NotificationTarget::ProjectReview => Route::Operator(Operator::Project(id)),
        NotificationTarget::AmendmentReview => Route::Operator(Operator::Amendment(id)),
        NotificationTarget::Permission => Route::Portal(Portal::Permission),
        NotificationTarget::Project => Route::Portal(Portal::Project(id)),
        NotificationTarget::Order => Route::Portal(Portal::Order(id)),
        NotificationTarget::SelfTest => Route::Portal(Portal::SelfTest(id)),
        NotificationTarget::Import => {
            let import = Route::Portal(Portal::Import).address();
            return format!("{import}?import={}", browser::encode(&id));
        }
        NotificationTarget::AppInstance if topic == NotificationTopic::Maintenance => {
            let settings = Route::Customer(Customer::AppSettings(id)).address();
            return format!("{settings}?tab=maintenance");
        }
        NotificationTarget::AppInstance => Route::Customer(Customer::App(id)),
        NotificationTarget::Purchases => Route::Customer(Customer::Orders),
        NotificationTarget::Product => Route::Portal(Portal::Product(id)),
        NotificationTarget::Rollout => Route::Portal(Portal::Rollout(id)),
        NotificationTarget::ServiceDesk => Route::Portal(Portal::ServiceRequest(id)),
        NotificationTarget::ServiceRequest => Route::Customer(Customer::ServiceRequest(id)),
        NotificationTarget::CoolApp => Route::Portal(Portal::CoolApp(id)),
        NotificationTarget::CoolAppReview => Route::Operator(Operator::CoolApp(id)),
        NotificationTarget::ProductReview => Route::Operator(Operator::Product(id)),
        NotificationTarget::ProductOrder => Route::Portal(Portal::ProductOrder(id)),
        NotificationTarget::OwnOrder => Route::Customer(Customer::ProductOrder(id)),
        NotificationTarget::License => Route::Customer(Customer::License(id)),
        NotificationTarget::CustomerLicense => Route::Portal(Portal::License(id)),
        NotificationTarget::Lead => Route::Portal(Portal::Lead(id)),
        NotificationTarget::OwnLead => Route::Customer(Customer::Enquiries),
        NotificationTarget::MarketProduct => Route::Market(Market::Product(id)),
        NotificationTarget::Promotion => Route::Promotion(id),
    };
    route.address()
}
