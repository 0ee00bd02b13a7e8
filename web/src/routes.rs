//! Every address of the application, both ways: `Route::parse` reads the address bar, `Route::address` writes links.
//! Filters, tabs and pages of a list stand in the query string and belong to the page.

use crate::browser;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What waits for the person; visitors go on to signing in.
    Home,
    SignIn,
    Portal(Portal),
    Customer(Customer),
    Operator(Operator),
    /// Where a distribution link leads; signing in returns here.
    Purchase(String),
    /// Where a promotion link leads, for visitors as well; signing in returns here.
    Promotion(String),
    /// The marketplace, open to visitors as well.
    Market(Market),
    Notifications(Notifications),
    /// `?object=` shows the entries of one object.
    Audit,
    /// Members of the organisation.
    Team,
    NotFound,
}

/// Pages of partners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Portal {
    Permission,
    Applications,
    /// `?application=` imports a version of that one.
    Import,
    Application(String),
    /// The self-tests of an application; `?version=` begins one of that version.
    SelfTests(String),
    SelfTest(String),
    /// 商品上架; `?tab=` shows one tab, `?new=` lists an application.
    Products,
    Product(String),
    /// The wizard; `?step=` shows one of its steps.
    EditProduct(String),
    /// 推广码; `?product=` shows those of one product, `?new=` makes one.
    Promotions,
    /// `?days=` and `?measure=` say what its charts show.
    Promotion(String),
    /// 经营概览; `?time=` says which time, `?product=` shows one product.
    Sales,
    /// 审批: what was applied for, and what can be; `?box=decided` shows what was decided, `?q=` searches what can be applied for.
    Approvals,
    /// `?new=` begins one.
    CoolApps,
    CoolApp(String),
    EditCoolApp(String),
    Projects,
    NewProject,
    Project(String),
    EditProject(String),
    /// Proposes an amendment of a project.
    Amendment(String),
    Settlement(String),
    Orders,
    Order(String),
    /// 商品订单; `?tab=licenses` shows the licenses of customers, `?product=` those of one product.
    ProductOrders,
    ProductOrder(String),
    /// The license of a customer.
    License(String),
    /// 版本推送; `?product=` shows those of one product.
    Rollouts,
    /// `?product=` says of which product.
    NewRollout,
    Rollout(String),
    Maintenance,
    MaintenanceSession(String),
    /// 服务: what customers ask.
    /// Who is interested in the products.
    Leads,
    Lead(String),
    Service,
    ServiceRequest(String),
}

/// Pages of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Customer {
    Apps,
    /// Opens its first page.
    App(String),
    /// A page of an application by its key.
    AppPage(String, String),
    /// Fills in a record of a page.
    NewRecord(String, String),
    /// A record: the application, the key of its page, its id.
    Record(String, String, String),
    EditRecord(String, String, String),
    /// Imports records into a page.
    ImportRecords(String, String),
    /// The form of a page where another page shows it; no address of its own.
    FormInPage(String, String),
    /// Rich text where a page shows it; no address of its own.
    RichText(String),
    AppSettings(String),
    /// What was rolled out to an application, and when nothing may be.
    AppUpdates(String),
    /// The pages of an application where its settings show them; no address of its own.
    PagesInSettings(String),
    /// Edits the form of a page.
    EditForm(String, String),
    /// The process design of a page.
    ProcessDesign(String, String),
    Orders,
    Order(String),
    /// 授权与订单; `?tab=orders` shows the orders of products.
    Licenses,
    License(String),
    /// An order of a product; a payment gateway leads back to it.
    ProductOrder(String),
    Maintenance,
    MaintenanceSession(String),
    /// 服务: what was asked of partners.
    /// What was passed on to partners.
    Enquiries,
    Service,
    /// Asks a partner; `?app=` says about which application.
    NewServiceRequest,
    ServiceRequest(String),
    /// 酷应用市场, for visitors as well.
    CoolApps,
    CoolApp(String),
    /// `?new=` makes one.
    Groups,
    Group(String),
}

/// Pages of platform operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operator {
    /// 审批: what waits for the person's decision; `?box=decided` shows what was decided.
    Approvals,
    Projects,
    Project(String),
    Amendment(String),
    /// The orders of every partner, to read.
    Orders,
    Order(String),
    Permissions,
    Permission(String),
    Editions,
    /// What waits for category operators, and the products of their categories.
    Products,
    Product(String),
    /// Categories and the tasks before the marketplace.
    Categories,
    /// What waits for open-platform operators.
    CoolApps,
    CoolApp(String),
}

/// The marketplace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Market {
    /// Words, filters, order and page stand in the address (`forms::market_search`).
    Search,
    /// `?seats=` calculates for so many.
    Product(String),
    /// What organisations that bought a product say of it.
    Ratings(String),
}

/// What the person was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notifications {
    List,
    /// Which topics are mailed.
    Settings,
    /// Goes on to what one of them tells of; `?organization=` says for whom.
    Open(String),
}

impl Route {
    pub fn parse(path: &str) -> Self {
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(browser::decode)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["sign-in"] => Self::SignIn,
            ["purchase", token] => Self::Purchase((*token).to_owned()),
            ["promotion", token] => Self::Promotion((*token).to_owned()),
            ["portal", rest @ ..] => Portal::parse(rest).map_or(Self::NotFound, Self::Portal),
            ["apps"] => Self::Customer(Customer::Apps),
            ["apps", id] => Self::Customer(Customer::App((*id).to_owned())),
            ["apps", id, "settings"] => Self::Customer(Customer::AppSettings((*id).to_owned())),
            ["apps", id, "updates"] => Self::Customer(Customer::AppUpdates((*id).to_owned())),
            ["apps", id, "settings", "pages", key, "form"] => {
                Self::Customer(Customer::EditForm((*id).to_owned(), (*key).to_owned()))
            }
            ["apps", id, "settings", "pages", key, "process"] => {
                Self::Customer(Customer::ProcessDesign((*id).to_owned(), (*key).to_owned()))
            }
            ["apps", id, "pages", rest @ ..] => Customer::parse_page(id, rest).map_or(Self::NotFound, Self::Customer),
            ["orders"] => Self::Customer(Customer::Orders),
            ["orders", id] => Self::Customer(Customer::Order((*id).to_owned())),
            ["licenses"] => Self::Customer(Customer::Licenses),
            ["licenses", id] => Self::Customer(Customer::License((*id).to_owned())),
            ["purchases", id] => Self::Customer(Customer::ProductOrder((*id).to_owned())),
            ["maintenance"] => Self::Customer(Customer::Maintenance),
            ["maintenance", id] => Self::Customer(Customer::MaintenanceSession((*id).to_owned())),
            ["enquiries"] => Self::Customer(Customer::Enquiries),
            ["service"] => Self::Customer(Customer::Service),
            ["service", "new"] => Self::Customer(Customer::NewServiceRequest),
            ["service", id] => Self::Customer(Customer::ServiceRequest((*id).to_owned())),
            ["cool-apps"] => Self::Customer(Customer::CoolApps),
            ["cool-apps", id] => Self::Customer(Customer::CoolApp((*id).to_owned())),
            ["groups"] => Self::Customer(Customer::Groups),
            ["groups", id] => Self::Customer(Customer::Group((*id).to_owned())),
            ["review", rest @ ..] => Operator::parse(rest).map_or(Self::NotFound, Self::Operator),
            ["platform", "editions"] => Self::Operator(Operator::Editions),
            ["operator", "products"] => Self::Operator(Operator::Products),
            ["operator", "products", id] => Self::Operator(Operator::Product((*id).to_owned())),
            ["operator", "categories"] => Self::Operator(Operator::Categories),
            ["market"] => Self::Market(Market::Search),
            ["market", "products", id] => Self::Market(Market::Product((*id).to_owned())),
            ["market", "products", id, "ratings"] => Self::Market(Market::Ratings((*id).to_owned())),
            ["operator", "cool-apps"] => Self::Operator(Operator::CoolApps),
            ["operator", "cool-apps", id] => Self::Operator(Operator::CoolApp((*id).to_owned())),
            ["notifications"] => Self::Notifications(Notifications::List),
            ["notifications", "settings"] => Self::Notifications(Notifications::Settings),
            ["notifications", id] => Self::Notifications(Notifications::Open((*id).to_owned())),
            ["audit"] => Self::Audit,
            ["team"] => Self::Team,
            _ => Self::NotFound,
        }
    }

    pub fn address(&self) -> String {
        match self {
            Self::Home | Self::NotFound => "/".to_owned(),
            Self::SignIn => "/sign-in".to_owned(),
            Self::Purchase(token) => format!("/purchase/{}", browser::encode(token)),
            Self::Promotion(token) => format!("/promotion/{}", browser::encode(token)),
            Self::Portal(page) => page.address(),
            Self::Customer(page) => page.address(),
            Self::Operator(page) => page.address(),
            Self::Market(page) => page.address(),
            Self::Notifications(page) => page.address(),
            Self::Audit => "/audit".to_owned(),
            Self::Team => "/team".to_owned(),
        }
    }
}

impl Portal {
    fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["permission"] => Self::Permission,
            ["applications"] => Self::Applications,
            ["applications", "import"] => Self::Import,
            ["applications", id] => Self::Application((*id).to_owned()),
            ["applications", id, "self-tests"] => Self::SelfTests((*id).to_owned()),
            ["self-tests", id] => Self::SelfTest((*id).to_owned()),
            ["products"] => Self::Products,
            ["products", id] => Self::Product((*id).to_owned()),
            ["products", id, "edit"] => Self::EditProduct((*id).to_owned()),
            ["promotions"] => Self::Promotions,
            ["promotions", id] => Self::Promotion((*id).to_owned()),
            ["sales"] => Self::Sales,
            ["approvals"] => Self::Approvals,
            ["cool-apps"] => Self::CoolApps,
            ["cool-apps", id] => Self::CoolApp((*id).to_owned()),
            ["cool-apps", id, "edit"] => Self::EditCoolApp((*id).to_owned()),
            ["projects"] => Self::Projects,
            ["projects", "new"] => Self::NewProject,
            ["projects", id] => Self::Project((*id).to_owned()),
            ["projects", id, "edit"] => Self::EditProject((*id).to_owned()),
            ["projects", id, "amendment"] => Self::Amendment((*id).to_owned()),
            ["projects", id, "settlement"] => Self::Settlement((*id).to_owned()),
            ["orders"] => Self::Orders,
            ["orders", id] => Self::Order((*id).to_owned()),
            ["product-orders"] => Self::ProductOrders,
            ["product-orders", id] => Self::ProductOrder((*id).to_owned()),
            ["licenses", id] => Self::License((*id).to_owned()),
            ["rollouts"] => Self::Rollouts,
            ["rollouts", "new"] => Self::NewRollout,
            ["rollouts", id] => Self::Rollout((*id).to_owned()),
            ["maintenance"] => Self::Maintenance,
            ["maintenance", id] => Self::MaintenanceSession((*id).to_owned()),
            ["leads"] => Self::Leads,
            ["leads", id] => Self::Lead((*id).to_owned()),
            ["service"] => Self::Service,
            ["service", id] => Self::ServiceRequest((*id).to_owned()),
            _ => return None,
        })
    }

    pub fn address(&self) -> String {
        match self {
            Self::Permission => "/portal/permission".to_owned(),
            Self::Applications => "/portal/applications".to_owned(),
            Self::Import => "/portal/applications/import".to_owned(),
            Self::Application(id) => format!("/portal/applications/{id}"),
            Self::SelfTests(id) => format!("/portal/applications/{id}/self-tests"),
            Self::SelfTest(id) => format!("/portal/self-tests/{id}"),
            Self::Products => "/portal/products".to_owned(),
            Self::Product(id) => format!("/portal/products/{id}"),
            Self::EditProduct(id) => format!("/portal/products/{id}/edit"),
            Self::Sales => "/portal/sales".to_owned(),
            Self::Promotions => "/portal/promotions".to_owned(),
            Self::Promotion(id) => format!("/portal/promotions/{id}"),
            Self::Approvals => "/portal/approvals".to_owned(),
            Self::CoolApps => "/portal/cool-apps".to_owned(),
            Self::CoolApp(id) => format!("/portal/cool-apps/{id}"),
            Self::EditCoolApp(id) => format!("/portal/cool-apps/{id}/edit"),
            Self::Projects => "/portal/projects".to_owned(),
            Self::NewProject => "/portal/projects/new".to_owned(),
            Self::Project(id) => format!("/portal/projects/{id}"),
            Self::EditProject(id) => format!("/portal/projects/{id}/edit"),
            Self::Amendment(id) => format!("/portal/projects/{id}/amendment"),
            Self::Settlement(id) => format!("/portal/projects/{id}/settlement"),
            Self::Orders => "/portal/orders".to_owned(),
            Self::Order(id) => format!("/portal/orders/{id}"),
            Self::ProductOrders => "/portal/product-orders".to_owned(),
            Self::ProductOrder(id) => format!("/portal/product-orders/{id}"),
            Self::License(id) => format!("/portal/licenses/{id}"),
            Self::Rollouts => "/portal/rollouts".to_owned(),
            Self::NewRollout => "/portal/rollouts/new".to_owned(),
            Self::Rollout(id) => format!("/portal/rollouts/{id}"),
            Self::Maintenance => "/portal/maintenance".to_owned(),
            Self::MaintenanceSession(id) => format!("/portal/maintenance/{id}"),
            Self::Leads => "/portal/leads".to_owned(),
            Self::Lead(id) => format!("/portal/leads/{id}"),
            Self::Service => "/portal/service".to_owned(),
            Self::ServiceRequest(id) => format!("/portal/service/{id}"),
        }
    }
}

impl Customer {
    fn parse_page(id: &str, parts: &[&str]) -> Option<Self> {
        let id = id.to_owned();
        Some(match parts {
            [key] => Self::AppPage(id, (*key).to_owned()),
            [key, "import"] => Self::ImportRecords(id, (*key).to_owned()),
            [key, "new"] => Self::NewRecord(id, (*key).to_owned()),
            [key, "records", record] => Self::Record(id, (*key).to_owned(), (*record).to_owned()),
            [key, "records", record, "edit"] => Self::EditRecord(id, (*key).to_owned(), (*record).to_owned()),
            _ => return None,
        })
    }

    pub fn address(&self) -> String {
        match self {
            Self::Apps | Self::RichText(_) => "/apps".to_owned(),
            Self::App(id) => format!("/apps/{id}"),
            Self::AppPage(id, key) => format!("/apps/{id}/pages/{}", browser::encode(key)),
            Self::NewRecord(id, key) | Self::FormInPage(id, key) => {
                format!("/apps/{id}/pages/{}/new", browser::encode(key))
            }
            Self::ImportRecords(id, key) => format!("/apps/{id}/pages/{}/import", browser::encode(key)),
            Self::Record(id, key, record) => {
                format!(
                    "/apps/{id}/pages/{}/records/{}",
                    browser::encode(key),
                    browser::encode(record)
                )
            }
            Self::EditRecord(id, key, record) => {
                format!(
                    "/apps/{id}/pages/{}/records/{}/edit",
                    browser::encode(key),
                    browser::encode(record)
                )
            }
            Self::AppUpdates(id) => format!("/apps/{id}/updates"),
            Self::AppSettings(id) | Self::PagesInSettings(id) => format!("/apps/{id}/settings"),
            Self::EditForm(id, key) => format!("/apps/{id}/settings/pages/{}/form", browser::encode(key)),
            Self::ProcessDesign(id, key) => format!("/apps/{id}/settings/pages/{}/process", browser::encode(key)),
            Self::Orders => "/orders".to_owned(),
            Self::Order(id) => format!("/orders/{id}"),
            Self::CoolApps => "/cool-apps".to_owned(),
            Self::CoolApp(id) => format!("/cool-apps/{id}"),
            Self::Groups => "/groups".to_owned(),
            Self::Group(id) => format!("/groups/{id}"),
            Self::Licenses => "/licenses".to_owned(),
            Self::License(id) => format!("/licenses/{id}"),
            Self::ProductOrder(id) => format!("/purchases/{id}"),
            Self::Maintenance => "/maintenance".to_owned(),
            Self::MaintenanceSession(id) => format!("/maintenance/{id}"),
            Self::Enquiries => "/enquiries".to_owned(),
            Self::Service => "/service".to_owned(),
            Self::NewServiceRequest => "/service/new".to_owned(),
            Self::ServiceRequest(id) => format!("/service/{id}"),
        }
    }
}

impl Market {
    pub fn address(&self) -> String {
        match self {
            Self::Search => "/market".to_owned(),
            Self::Product(id) => format!("/market/products/{}", browser::encode(id)),
            Self::Ratings(id) => format!("/market/products/{}/ratings", browser::encode(id)),
        }
    }
}

impl Notifications {
    pub fn address(&self) -> String {
        match self {
            Self::List => "/notifications".to_owned(),
            Self::Settings => "/notifications/settings".to_owned(),
            Self::Open(id) => format!("/notifications/{}", browser::encode(id)),
        }
    }
}

impl Operator {
    fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["approvals"] => Self::Approvals,
            ["projects"] => Self::Projects,
            ["projects", id] => Self::Project((*id).to_owned()),
            ["amendments", id] => Self::Amendment((*id).to_owned()),
            ["orders"] => Self::Orders,
            ["orders", id] => Self::Order((*id).to_owned()),
            ["permissions"] => Self::Permissions,
            ["permissions", id] => Self::Permission((*id).to_owned()),
            _ => return None,
        })
    }

    pub fn address(&self) -> String {
        match self {
            Self::Approvals => "/review/approvals".to_owned(),
            Self::Projects => "/review/projects".to_owned(),
            Self::Project(id) => format!("/review/projects/{id}"),
            Self::Amendment(id) => format!("/review/amendments/{id}"),
            Self::Orders => "/review/orders".to_owned(),
            Self::Order(id) => format!("/review/orders/{id}"),
            Self::Permissions => "/review/permissions".to_owned(),
            Self::Permission(id) => format!("/review/permissions/{id}"),
            Self::Editions => "/platform/editions".to_owned(),
            Self::Products => "/operator/products".to_owned(),
            Self::Product(id) => format!("/operator/products/{id}"),
            Self::Categories => "/operator/categories".to_owned(),
            Self::CoolApps => "/operator/cool-apps".to_owned(),
            Self::CoolApp(id) => format!("/operator/cool-apps/{id}"),
        }
    }
}
