//! The areas of the application. In a release build each is a WebAssembly module of its own, which the browser loads when
//! the first page of the area is opened, so that a first visit carries what it shows and not the whole application. What
//! several areas use lies in modules that they share; `web/pipeline` cuts them apart. A development build is one module, in
//! which every area is at hand.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;

use super::{
    approvals, audit, buying, cool_app_market, customer, leads, maintenance, market, not_found, notifications,
    operator, portal, portal::Side, promotion, promotions, ratings, rollout, sales, service, team,
};
use crate::{
    api::{Problem, order::OrderParty, transport},
    components::{rich_text::rich_text, skeleton::Skeleton},
    load::{load, show},
    routes::{Customer, Market, Operator, Portal, Route},
    session,
};

/// One module of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The partner's permission, projects and settlement.
    Projects,
    /// The partner's applications and how they come in.
    Applications,
    /// Self-tests of the partner's applications, and how an organisation becomes a partner.
    SelfTests,
    /// The product shelves and the page of a product.
    Shelves,
    /// Writing a product.
    Wizard,
    /// The partner's promotion links and what came of them, and what was sold over time.
    Promotions,
    /// Where promotion links lead.
    Promotion,
    /// Reviews of both tracks, for partners and for those who decide.
    Approvals,
    /// The partner's cool apps.
    CoolApps,
    /// The cool-app market and groups.
    CoolAppMarket,
    /// Orders and what follows from them, for those who sell and for reviewers.
    Orders,
    /// Licenses and orders of products, of both sides.
    Buying,
    /// The customer's applications and orders as lists.
    Customer,
    /// One application: its pages and records.
    App,
    /// Filling in records.
    RecordForm,
    /// Importing records.
    RecordImport,
    /// Rich text where it is shown.
    RichText,
    /// What admins decide about an application.
    AppSettings,
    /// How the pages of an application are looked after.
    AppPages,
    /// Editing the form of a page.
    FormEdit,
    /// Where distribution links lead.
    Purchase,
    /// Remote maintenance, of both sides.
    Maintenance,
    /// Leads, of both sides.
    Leads,
    /// Service requests, of both sides.
    Service,
    /// Rollouts of new versions, and what came of them at the customer's.
    Rollouts,
    Operator,
    /// Products and cool apps in review, categories and the tasks before the marketplace.
    ProductReviews,
    /// The marketplace and its products.
    Market,
    /// What is said of products.
    Ratings,
    Notifications,
    /// What admins of any organisation look after: its members and its audit log.
    Audit,
}

const COUNT: usize = Area::Audit as usize + 1;

/// Draws the page of an address; what it calls lies in the module of its area.
type Door = fn(Route) -> AnyView;

thread_local! {
    static DOORS: [Cell<Option<Door>>; COUNT] = const { [const { Cell::new(None) }; COUNT] };
}

/// Makes the function that loads a module and answers its door.
macro_rules! door {
    ($module:ident, $page:path) => {
        #[cfg(not(debug_assertions))]
        #[allow(unsafe_code)] // The call into another module, which the attribute writes.
        #[wasm_split_helpers::wasm_split($module, fallible)]
        fn $module() -> Result<Door, SplitLoaderError> {
            Ok($page)
        }
        #[cfg(debug_assertions)]
        async fn $module() -> Result<Door, SplitLoaderError> {
            Ok($page)
        }
    };
}

mod doors {
    //! Named like the files of the modules.
    use super::*;
    door!(projects_area, projects_page);
    door!(applications_area, applications_page);
    door!(self_tests_area, self_tests_page);
    door!(shelves_area, shelves_page);
    door!(wizard_area, wizard_page);
    door!(promotions_area, promotions_page);
    door!(promotion_area, promotion_page);
    door!(approvals_area, approvals_page);
    door!(cool_apps_area, cool_apps_page);
    door!(cool_app_market_area, cool_app_market_page);
    door!(orders_area, orders_page);
    door!(buying_area, buying_page);
    door!(customer_area, customer_page);
    door!(app_area, app_page);
    door!(record_form_area, record_form_page);
    door!(record_import_area, record_import_page);
    door!(rich_text_area, rich_text_page);
    door!(app_settings_area, app_settings_page);
    door!(app_pages_area, app_pages_page);
    door!(form_edit_area, form_edit_page);
    door!(purchase_area, purchase_page);
    door!(maintenance_area, maintenance_page);
    door!(leads_area, leads_page);
    door!(service_area, service_page);
    door!(rollouts_area, rollouts_page);
    door!(operator_area, operator_page);
    door!(product_reviews_area, product_reviews_page);
    door!(market_area, market_page);
    door!(ratings_area, ratings_page);
    door!(notifications_area, notifications_page);
    door!(audit_area, audit_page);

    pub async fn load(area: Area) -> Result<Door, SplitLoaderError> {
        match area {
            Area::Projects => projects_area().await,
            Area::Applications => applications_area().await,
            Area::SelfTests => self_tests_area().await,
            Area::Shelves => shelves_area().await,
            Area::Wizard => wizard_area().await,
            Area::Promotions => promotions_area().await,
            Area::Promotion => promotion_area().await,
            Area::Approvals => approvals_area().await,
            Area::CoolApps => cool_apps_area().await,
            Area::CoolAppMarket => cool_app_market_area().await,
            Area::Orders => orders_area().await,
            Area::Buying => buying_area().await,
            Area::Customer => customer_area().await,
            Area::App => app_area().await,
            Area::RecordForm => record_form_area().await,
            Area::RecordImport => record_import_area().await,
            Area::RichText => rich_text_area().await,
            Area::AppSettings => app_settings_area().await,
            Area::AppPages => app_pages_area().await,
            Area::FormEdit => form_edit_area().await,
            Area::Purchase => purchase_area().await,
            Area::Maintenance => maintenance_area().await,
            Area::Leads => leads_area().await,
            Area::Service => service_area().await,
            Area::Rollouts => rollouts_area().await,
            Area::Operator => operator_area().await,
            Area::ProductReviews => product_reviews_area().await,
            Area::Market => market_area().await,
            Area::Ratings => ratings_area().await,
            Area::Notifications => notifications_area().await,
            Area::Audit => audit_area().await,
        }
    }
}

fn projects_page(route: Route) -> AnyView {
    match route {
        Route::Portal(page) => portal::project_page(page),
        _ => not_found::page(),
    }
}

fn applications_page(route: Route) -> AnyView {
    match route {
        Route::Portal(page) => portal::application_page(page),
        _ => not_found::page(),
    }
}

fn self_tests_page(route: Route) -> AnyView {
    match route {
        Route::Portal(_) if !session::has_portal() => portal::install(),
        Route::Portal(page) => portal::self_test_page(page),
        _ => not_found::page(),
    }
}

fn shelves_page(route: Route) -> AnyView {
    match route {
        Route::Portal(page) => portal::shelves_page(page),
        _ => not_found::page(),
    }
}

fn wizard_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::EditProduct(id)) => portal::wizard_page(id),
        _ => not_found::page(),
    }
}

fn promotions_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Promotions) => promotions::list(),
        Route::Portal(Portal::Promotion(id)) => promotions::link(id),
        Route::Portal(Portal::Sales) => sales::page(),
        _ => not_found::page(),
    }
}

fn promotion_page(route: Route) -> AnyView {
    match route {
        Route::Promotion(token) => promotion::page(token),
        _ => not_found::page(),
    }
}

fn approvals_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Approvals) => approvals::partner(),
        Route::Operator(Operator::Approvals) => approvals::deciding(),
        _ => not_found::page(),
    }
}

fn cool_apps_page(route: Route) -> AnyView {
    match route {
        Route::Portal(page) => portal::cool_app_page(page),
        _ => not_found::page(),
    }
}

fn cool_app_market_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => cool_app_market::page(page),
        _ => not_found::page(),
    }
}

fn orders_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Orders) => portal::orders(Side::Partner),
        Route::Portal(Portal::Order(id)) => portal::order(id, Side::Partner),
        Route::Operator(Operator::Orders) => portal::orders(Side::Reviewer),
        Route::Operator(Operator::Order(id)) => portal::order(id, Side::Reviewer),
        _ => not_found::page(),
    }
}

fn buying_page(route: Route) -> AnyView {
    match route {
        Route::Customer(Customer::Licenses) => buying::lists(OrderParty::Customer),
        Route::Customer(Customer::License(id)) => buying::license(OrderParty::Customer, id),
        Route::Customer(Customer::ProductOrder(id)) => buying::order(OrderParty::Customer, id),
        Route::Portal(Portal::ProductOrders) => buying::lists(OrderParty::Partner),
        Route::Portal(Portal::License(id)) => buying::license(OrderParty::Partner, id),
        Route::Portal(Portal::ProductOrder(id)) => buying::order(OrderParty::Partner, id),
        _ => not_found::page(),
    }
}

fn customer_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::list_page(page),
        _ => not_found::page(),
    }
}

fn app_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::app_page(page),
        _ => not_found::page(),
    }
}

fn record_form_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::record_form_page(page),
        _ => not_found::page(),
    }
}

fn record_import_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::record_import_page(page),
        _ => not_found::page(),
    }
}

fn rich_text_page(route: Route) -> AnyView {
    match route {
        Route::Customer(Customer::RichText(text)) => rich_text(&text),
        _ => not_found::page(),
    }
}

fn app_settings_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::app_settings_page(page),
        _ => not_found::page(),
    }
}

fn app_pages_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::app_pages_page(page),
        _ => not_found::page(),
    }
}

fn form_edit_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::form_edit_page(page),
        _ => not_found::page(),
    }
}

fn purchase_page(route: Route) -> AnyView {
    match route {
        Route::Purchase(token) => customer::purchase_page(token),
        _ => not_found::page(),
    }
}

fn maintenance_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Maintenance) => maintenance::list(OrderParty::Partner),
        Route::Portal(Portal::MaintenanceSession(id)) => maintenance::session(OrderParty::Partner, id),
        Route::Customer(Customer::Maintenance) => maintenance::list(OrderParty::Customer),
        Route::Customer(Customer::MaintenanceSession(id)) => maintenance::session(OrderParty::Customer, id),
        _ => not_found::page(),
    }
}

fn leads_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Leads) => leads::list(),
        Route::Portal(Portal::Lead(id)) => leads::lead(id),
        Route::Customer(Customer::Enquiries) => leads::passed_on(),
        _ => not_found::page(),
    }
}

fn service_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Service) => service::list(OrderParty::Partner),
        Route::Portal(Portal::ServiceRequest(id)) => service::request(OrderParty::Partner, id),
        Route::Customer(Customer::Service) => service::list(OrderParty::Customer),
        Route::Customer(Customer::NewServiceRequest) => service::new(),
        Route::Customer(Customer::ServiceRequest(id)) => service::request(OrderParty::Customer, id),
        _ => not_found::page(),
    }
}

fn rollouts_page(route: Route) -> AnyView {
    match route {
        Route::Portal(Portal::Rollouts) => rollout::list(),
        Route::Portal(Portal::NewRollout) => rollout::new(),
        Route::Portal(Portal::Rollout(id)) => rollout::page(id),
        Route::Customer(Customer::AppUpdates(id)) => rollout::updates(id),
        _ => not_found::page(),
    }
}

fn operator_page(route: Route) -> AnyView {
    match route {
        Route::Operator(page) => operator::page(page),
        _ => not_found::page(),
    }
}

fn product_reviews_page(route: Route) -> AnyView {
    match route {
        Route::Operator(page) => operator::product_review_page(page),
        _ => not_found::page(),
    }
}

fn market_page(route: Route) -> AnyView {
    match route {
        Route::Market(page) => market::page(page),
        _ => not_found::page(),
    }
}

fn ratings_page(route: Route) -> AnyView {
    match route {
        Route::Market(Market::Ratings(id)) => ratings::page(id),
        _ => not_found::page(),
    }
}

fn notifications_page(route: Route) -> AnyView {
    match route {
        Route::Notifications(page) => notifications::page(page),
        _ => not_found::page(),
    }
}

fn audit_page(route: Route) -> AnyView {
    match route {
        Route::Team => team::page(),
        _ => audit::page(),
    }
}

impl Area {
    /// Where the page of an address lies; none for the pages that every visit carries.
    pub fn of(route: &Route) -> Option<Self> {
        match route {
            // L1: until the portal is installed, its pages say how to install it.
            Route::Portal(_) if !session::has_portal() => Some(Self::SelfTests),
            Route::Portal(page) => Some(match page {
                Portal::Permission
                | Portal::Projects
                | Portal::NewProject
                | Portal::Project(_)
                | Portal::EditProject(_)
                | Portal::Amendment(_)
                | Portal::Settlement(_) => Self::Projects,
                Portal::Applications | Portal::Import | Portal::Application(_) => Self::Applications,
                Portal::SelfTests(_) | Portal::SelfTest(_) => Self::SelfTests,
                Portal::Products | Portal::Product(_) => Self::Shelves,
                Portal::EditProduct(_) => Self::Wizard,
                Portal::Promotions | Portal::Promotion(_) | Portal::Sales => Self::Promotions,
                Portal::Approvals => Self::Approvals,
                Portal::CoolApps | Portal::CoolApp(_) | Portal::EditCoolApp(_) => Self::CoolApps,
                Portal::Orders | Portal::Order(_) => Self::Orders,
                Portal::ProductOrders | Portal::ProductOrder(_) | Portal::License(_) => Self::Buying,
                Portal::Maintenance | Portal::MaintenanceSession(_) => Self::Maintenance,
                Portal::Leads | Portal::Lead(_) => Self::Leads,
                Portal::Service | Portal::ServiceRequest(_) => Self::Service,
                Portal::Rollouts | Portal::NewRollout | Portal::Rollout(_) => Self::Rollouts,
            }),
            Route::Customer(page) => Some(match page {
                Customer::Apps | Customer::Orders | Customer::Order(_) => Self::Customer,
                Customer::Licenses | Customer::License(_) | Customer::ProductOrder(_) => Self::Buying,
                Customer::App(_) | Customer::AppPage(..) | Customer::Record(..) => Self::App,
                Customer::NewRecord(..) | Customer::EditRecord(..) | Customer::FormInPage(..) => Self::RecordForm,
                Customer::ImportRecords(..) => Self::RecordImport,
                Customer::RichText(_) => Self::RichText,
                Customer::AppSettings(_) => Self::AppSettings,
                Customer::AppUpdates(_) => Self::Rollouts,
                Customer::PagesInSettings(_) | Customer::ProcessDesign(..) => Self::AppPages,
                Customer::EditForm(..) => Self::FormEdit,
                Customer::CoolApps | Customer::CoolApp(_) | Customer::Groups | Customer::Group(_) => {
                    Self::CoolAppMarket
                }
                Customer::Maintenance | Customer::MaintenanceSession(_) => Self::Maintenance,
                Customer::Enquiries => Self::Leads,
                Customer::Service | Customer::NewServiceRequest | Customer::ServiceRequest(_) => Self::Service,
            }),
            Route::Purchase(_) => Some(Self::Purchase),
            Route::Promotion(_) => Some(Self::Promotion),
            Route::Operator(Operator::Approvals) => Some(Self::Approvals),
            Route::Operator(Operator::Orders | Operator::Order(_)) => Some(Self::Orders),
            Route::Operator(
                Operator::Products
                | Operator::Product(_)
                | Operator::Categories
                | Operator::CoolApps
                | Operator::CoolApp(_),
            ) => Some(Self::ProductReviews),
            Route::Operator(_) => Some(Self::Operator),
            Route::Market(Market::Ratings(_)) => Some(Self::Ratings),
            Route::Market(_) => Some(Self::Market),
            Route::Notifications(_) => Some(Self::Notifications),
            Route::Audit | Route::Team => Some(Self::Audit),
            Route::Home | Route::SignIn | Route::NotFound => None,
        }
    }

    /// The page of an address of this area: at once where the module is here, after a skeleton where it is on its way.
    pub fn page(self, route: Route) -> AnyView {
        match DOORS.with(|doors| doors[self as usize].get()) {
            Some(door) => door(route),
            None => show(load(move || self.open()), self.skeleton(), move |door: Door| {
                door(route.clone())
            }),
        }
    }

    /// What stands there meanwhile.
    fn skeleton(self) -> Skeleton {
        match self {
            Self::RichText => Skeleton::Lines,
            _ => Skeleton::Page,
        }
    }

    async fn open(self) -> Result<Door, Problem> {
        match doors::load(self).await {
            Ok(door) => {
                DOORS.with(|doors| doors[self as usize].set(Some(door)));
                Ok(door)
            }
            Err(SplitLoaderError { .. }) => Err(transport::reason_of_absence().await),
        }
    }

    /// Begins to load the module before its page is wanted.
    pub fn prepare(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = self.open().await;
        });
    }
}
