//! Every screen and dialog of the product, face by face. A screen that is not here is not looked at; the addresses are those of
//! the front end's `routes.rs`.

use crate::screen::{Screen, Step};

const PARTNER: Option<&str> = Some("pa@partner.example");
const COLLEAGUE: Option<&str> = Some("pa2@partner.example");
const DEVELOPER: Option<&str> = Some("pd@partner.example");
/// Admin of a partner with several products on the marketplace, and an application that is none yet.
const SELLER: Option<&str> = Some("pa@stack.example");
const RIVAL: Option<&str> = Some("pa@rival.example");
const CUSTOMER: Option<&str> = Some("ca@customer.example");
const EMPLOYEE: Option<&str> = Some("ce@customer.example");
const OTHER: Option<&str> = Some("ca@other.example");
const PRACTICE: Option<&str> = Some("ca@practice.example");
const RIVER: Option<&str> = Some("ca@river.example");
const IVY: Option<&str> = Some("pa@ivy.example");
const REVIEWER: Option<&str> = Some("ir@platform.example");
const CATEGORIES: Option<&str> = Some("co@platform.example");
const OPEN_PLATFORM: Option<&str> = Some("oo@platform.example");
const SUPERADMIN: Option<&str> = Some("sa@platform.example");

const PROJECT: Step = Step::Follow("/portal/projects/project_");
const APPLICATION: Step = Step::Follow("/portal/applications/application_");
const PRODUCT_IN_REVIEW: Step = Step::Follow("/operator/products/product_");
const ORDER: Step = Step::Follow("/portal/orders/order_");
const APP: Step = Step::Follow("/apps/");
const SERVICE: Step = Step::Follow("/service/servicerequest_");
const SERVICE_DESK: Step = Step::Follow("/portal/service/servicerequest_");
/// A developer goes into the remote maintenance that runs.
const ENTER: &[Step] = &[
    Step::ClickFirst("button", "maintenance.enter"),
    Step::Click("button", "maintenance.enter"),
    Step::Await("shell.leave_maintenance"),
];
const MENU_OF_PAGE: Step = Step::ClickFirst("button", "pages.more_for");
const SELF_TEST: &[Step] = &[
    APPLICATION,
    Step::ClickFirst("link", "self_test.title"),
    Step::Follow("/portal/self-tests/"),
];
const MENU: Step = Step::ClickFirst("button", "customer.more_for");
const PRODUCT: Step = Step::Follow("/portal/products/product_");
const PURCHASE: Step = Step::Follow("/purchases/");
const LICENSE: Step = Step::Follow("/licenses/");
/// The newest lead.
const LEAD: Step = Step::Follow("/portal/leads/lead_");
const PRODUCT_ORDER: Step = Step::Follow("/portal/product-orders/");
const ROLLOUT: Step = Step::Follow("/portal/rollouts/rollout_");
const MARKET_PRODUCT: Step = Step::Follow("/market/products/");
/// The wizard of the first draft on the shelves.
const WIZARD: Step = Step::ClickFirst("link", "shelves.go_on");

/// What the pictures are of.
pub const SCREENS: &[&[Screen]] = &[VISITOR, PARTNERS, CUSTOMERS, OPERATORS, SHELL];

const COOL_APP: Step = Step::Follow("/portal/cool-apps/coolapp_");
const COOL_APP_OF_MARKET: Step = Step::Follow("/cool-apps/coolapp_");
const GROUP: Step = Step::Follow("/groups/group_");

const VISITOR: &[Screen] = &[
    screen("cool-apps-visitor", None, "/cool-apps", &[]),
    screen("cool-app-visitor", None, "/cool-apps", &[COOL_APP_OF_MARKET]),
    screen("sign-in", None, "/sign-in", &[]),
    screen("sign-in-for-purchase", None, "{link}", &[]),
    screen(
        "sign-in-refused",
        None,
        "/sign-in",
        &[
            Step::Fill("shell.email", "pa@partner.example"),
            Step::Fill("shell.password", "wrong"),
            Step::Click("button", "shell.sign_in"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen("not-found", None, "/no/such/page", &[]),
    screen("market", None, "/market", &[]),
    screen("market-narrowed", None, "/market?q=审批&charge=paid&tag=审批", &[]),
    screen("market-nothing-found", None, "/market?q=量子&charge=free", &[]),
    screen(
        "market-filters",
        None,
        "/market?charge=paid",
        &[Step::ClickFirst("button", "market.filters_set")],
    )
    .only("phone"),
    screen("market-product", None, "/market?q=请假", &[MARKET_PRODUCT]),
    screen(
        "market-product-calculated",
        None,
        "/market?q=请假",
        &[
            MARKET_PRODUCT,
            Step::Fill("shelves.seats", "900"),
            Step::Unfold("market.earlier_versions"),
        ],
    ),
    screen(
        "market-product-picture",
        None,
        "/market?q=巡检",
        &[MARKET_PRODUCT, Step::ClickFirst("button", "market.enlarge_picture")],
    ),
    screen("market-product-free", None, "/market?q=会议室", &[MARKET_PRODUCT]),
    screen(
        "market-ratings",
        None,
        "/market?q=看板",
        &[MARKET_PRODUCT, Step::ClickFirst("link", "ratings.see_all")],
    ),
    screen("market-product-gone", None, "/market/products/product_unknown", &[]),
    screen("promotion", None, "{promotion}", &[]),
    screen("promotion-early", None, "{promotion-early}", &[]),
    screen("promotion-disabled", None, "{promotion-disabled}", &[]),
    screen("promotion-unknown", None, "/promotion/unknown", &[]),
];

const PARTNERS: &[Screen] = &[
    screen("portal-home", PARTNER, "/", &[]),
    screen("portal-home-waiting", RIVAL, "/", &[]),
    screen("portal-permission", PARTNER, "/portal/permission", &[]),
    screen("portal-permission-waiting", RIVAL, "/portal/permission", &[]),
    screen("portal-applications", PARTNER, "/portal/applications", &[]),
    screen("portal-applications-empty", RIVAL, "/portal/applications", &[]),
    screen("portal-applications-developer", DEVELOPER, "/portal/applications", &[]),
    screen("portal-approvals", PARTNER, "/portal/approvals", &[]),
    screen(
        "portal-approvals-searched",
        PARTNER,
        "/portal/approvals?q=应用下架申请",
        &[],
    ),
    screen(
        "portal-approvals-decided",
        PARTNER,
        "/portal/approvals?box=decided",
        &[],
    ),
    screen("portal-approvals-developer", DEVELOPER, "/portal/approvals", &[]),
    screen("portal-approvals-empty", RIVAL, "/portal/approvals?box=decided", &[]),
    screen("portal-cool-apps", PARTNER, "/portal/cool-apps", &[]),
    screen("portal-cool-apps-empty", RIVAL, "/portal/cool-apps", &[]),
    screen(
        "portal-cool-app-new",
        PARTNER,
        "/portal/cool-apps?new=1",
        &[Step::Await("cool_apps.new_hint")],
    ),
    screen(
        "portal-cool-app-waiting",
        PARTNER,
        "/portal/cool-apps?status=submitted",
        &[COOL_APP],
    ),
    screen(
        "portal-cool-app",
        PARTNER,
        "/portal/cool-apps?status=approved",
        &[COOL_APP],
    ),
    screen(
        "portal-cool-app-form",
        PARTNER,
        "/portal/cool-apps?status=approved",
        &[
            COOL_APP,
            Step::Click("link", "cool_apps.update"),
            Step::Await("cool_apps.form_hint"),
        ],
    ),
    screen(
        "portal-cool-app-refused",
        PARTNER,
        "/portal/cool-apps?status=approved",
        &[
            COOL_APP,
            Step::Click("link", "cool_apps.update"),
            Step::Fill("cool_apps.intro", "这一句话简介写得实在是太长了"),
            Step::Click("button", "cool_apps.submit"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen("portal-import", PARTNER, "/portal/applications/import", &[]),
    screen(
        "portal-import-report",
        PARTNER,
        "/portal/applications/import",
        &[
            Step::Upload("portal.package_file", "export"),
            Step::Click("checkbox", "portal.dry_run"),
            Step::Click("button", "portal.start_import"),
            Step::Await("portal.dry_run_fine"),
        ],
    ),
    screen(
        "portal-import-refused",
        PARTNER,
        "/portal/applications/import",
        &[
            Step::Upload("portal.package_file", "broken"),
            Step::Click("button", "portal.start_import"),
            Step::Await("portal.import_failed"),
        ],
    ),
    screen("portal-application", PARTNER, "/portal/applications", &[APPLICATION]),
    screen(
        "portal-application-publish",
        PARTNER,
        "/portal/applications",
        &[APPLICATION, Step::Click("button", "portal.publish")],
    ),
    screen(
        "portal-application-describe",
        PARTNER,
        "/portal/applications",
        &[APPLICATION, Step::Click("button", "portal.describe")],
    ),
    screen(
        "portal-application-components",
        PARTNER,
        "/portal/applications",
        &[APPLICATION, Step::Click("button", "portal.show_components")],
    ),
    screen(
        "portal-self-tests",
        COLLEAGUE,
        "/portal/applications",
        &[APPLICATION, Step::ClickFirst("link", "self_test.title")],
    ),
    screen(
        "portal-self-tests-not-joined",
        PARTNER,
        "/portal/applications",
        &[APPLICATION, Step::ClickFirst("link", "self_test.title")],
    ),
    screen(
        "portal-test-organization-create",
        PARTNER,
        "/portal/applications",
        &[
            APPLICATION,
            Step::ClickFirst("link", "self_test.title"),
            Step::Click("button", "self_test.create_place"),
        ],
    ),
    screen("portal-self-test", COLLEAGUE, "/portal/applications", SELF_TEST),
    screen(
        "portal-self-test-answer",
        COLLEAGUE,
        "/portal/applications",
        &[
            APPLICATION,
            Step::ClickFirst("link", "self_test.title"),
            Step::Follow("/portal/self-tests/"),
            Step::ClickFirst("button", "self_test.answer"),
        ],
    ),
    screen("portal-products", PARTNER, "/portal/products", &[]),
    screen(
        "portal-products-in-review",
        PARTNER,
        "/portal/products?tab=in-review",
        &[],
    ),
    screen("portal-products-listed", PARTNER, "/portal/products?tab=listed", &[]),
    screen(
        "portal-products-delisted",
        PARTNER,
        "/portal/products?tab=delisted",
        &[],
    ),
    screen("portal-products-empty", RIVAL, "/portal/products", &[]),
    screen("portal-products-developer", DEVELOPER, "/portal/products", &[]),
    screen(
        "portal-product-new",
        SELLER,
        "/portal/products",
        &[
            Step::ClickFirst("button", "shelves.new"),
            Step::Await("shelves.new_hint"),
        ],
    ),
    screen("portal-product", PARTNER, "/portal/products", &[PRODUCT]),
    screen(
        "portal-product-in-review",
        PARTNER,
        "/portal/products?tab=in-review",
        &[PRODUCT, Step::Await("shelves.next_in_review_hint")],
    ),
    screen(
        "portal-product-listed",
        PARTNER,
        "/portal/products?tab=listed",
        &[PRODUCT],
    ),
    screen(
        "portal-product-delisting",
        PARTNER,
        "/portal/products?tab=listed",
        &[PRODUCT, Step::ClickFirst("button", "shelves.apply_to_delist")],
    ),
    screen("portal-product-wizard", PARTNER, "/portal/products", &[WIZARD]),
    screen(
        "portal-product-wizard-plans",
        PARTNER,
        "/portal/products",
        &[WIZARD, Step::ClickFirst("link", "shelves.step_specification")],
    ),
    screen(
        "portal-product-wizard-promotion",
        PARTNER,
        "/portal/products",
        &[WIZARD, Step::ClickFirst("link", "shelves.step_promotion")],
    ),
    screen(
        "portal-product-wizard-checked",
        PARTNER,
        "/portal/products",
        &[WIZARD, Step::Click("button", "shelves.check")],
    ),
    screen(
        "portal-product-wizard-preview",
        PARTNER,
        "/portal/products",
        &[WIZARD, Step::ClickFirst("button", "shelves.preview")],
    )
    .only("phone"),
    screen("portal-install", CUSTOMER, "/portal/applications", &[]),
    screen("portal-install-employee", EMPLOYEE, "/portal/applications", &[]),
    screen("portal-projects", PARTNER, "/portal/projects", &[]),
    screen("portal-projects-colleague", COLLEAGUE, "/portal/projects", &[]),
    screen("portal-projects-empty", RIVAL, "/portal/projects", &[]),
    screen("portal-projects-nothing-found", PARTNER, "/portal/projects?q=zzz", &[]),
    screen("portal-project-new", PARTNER, "/portal/projects/new", &[]),
    screen(
        "portal-project-new-refused",
        PARTNER,
        "/portal/projects/new",
        &[Step::Click("button", "portal.submit_project"), Step::AwaitRole("alert")],
    ),
    screen(
        "portal-project-draft",
        PARTNER,
        "/portal/projects?status=draft",
        &[PROJECT],
    ),
    screen(
        "portal-project-leave",
        PARTNER,
        "/portal/projects/new",
        &[
            Step::Fill("portal.project_name", "AppShelf"),
            Step::ClickFirst("link", "shell.nav_projects"),
        ],
    ),
    screen(
        "portal-project-in-review",
        PARTNER,
        "/portal/projects?status=in-review",
        &[PROJECT],
    ),
    screen(
        "portal-project-withdraw",
        PARTNER,
        "{own}",
        &[Step::Click("button", "portal.withdraw")],
    ),
    screen(
        "portal-project-rejected",
        PARTNER,
        "/portal/projects?status=rejected",
        &[PROJECT],
    ),
    screen(
        "portal-project-withdrawn",
        PARTNER,
        "/portal/projects?status=withdrawn",
        &[PROJECT],
    ),
    screen(
        "portal-project-closed",
        PARTNER,
        "/portal/projects?status=closed",
        &[PROJECT],
    ),
    screen("portal-project-active", PARTNER, "{project}", &[]),
    screen("portal-project-mismatch", PARTNER, "{tried}", &[]),
    screen("portal-project-colleague", COLLEAGUE, "{project}", &[]),
    screen(
        "portal-link",
        PARTNER,
        "{project}",
        &[Step::Click("button", "portal.get_link")],
    ),
    screen(
        "portal-link-refused",
        PARTNER,
        "{project}",
        &[
            Step::Click("button", "portal.get_link"),
            Step::Click("button", "portal.make_link"),
        ],
    ),
    screen(
        "portal-link-qr",
        PARTNER,
        "{project}",
        &[Step::ClickFirst("button", "portal.show_link")],
    ),
    screen(
        "portal-link-revoke",
        PARTNER,
        "{project}",
        &[Step::ClickFirst("button", "portal.revoke_link")],
    ),
    screen("portal-settlement", PARTNER, "{project}/settlement", &[]),
    screen(
        "portal-settlement-refused",
        PARTNER,
        "{project}/settlement",
        &[Step::Click("button", "portal.confirm_settle"), Step::AwaitRole("alert")],
    ),
    screen("portal-amendment", PARTNER, "{project}/amendment", &[]),
    screen(
        "portal-amendment-refused",
        PARTNER,
        "{project}/amendment",
        &[
            Step::Click("button", "portal.submit_amendment"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen("portal-amendment-in-review", COLLEAGUE, "{amending}", &[]),
    screen(
        "portal-amendment-withdraw",
        COLLEAGUE,
        "{amending}",
        &[Step::Click("button", "portal.withdraw_amendment")],
    ),
    screen("portal-orders", PARTNER, "/portal/orders", &[]),
    screen("portal-orders-empty", RIVAL, "/portal/orders", &[]),
    screen(
        "portal-send",
        PARTNER,
        "/portal/orders?app=not-sent",
        &[Step::ClickFirst("button", "portal.send_application")],
    ),
    screen(
        "portal-send-preflight",
        PARTNER,
        "/portal/orders?app=not-sent",
        &[
            Step::ClickFirst("button", "portal.send_application"),
            Step::Unfold("portal.will_be_sent_count"),
            Step::Unfold("portal.entitlements"),
        ],
    ),
    screen(
        "portal-send-not-agreed",
        PARTNER,
        "/portal/orders?app=not-sent",
        &[
            Step::ClickFirst("button", "portal.send_application"),
            Step::Await("portal.agree"),
            Step::Click("button", "portal.send_application"),
            Step::Await("portal.agreement_required"),
        ],
    ),
    screen(
        "portal-order",
        PARTNER,
        "/portal/orders?app=succeeded",
        &[ORDER, Step::Unfold("portal.items_count")],
    ),
    screen("portal-team", PARTNER, "/team", &[]),
    screen(
        "portal-order-not-sent",
        PARTNER,
        "/portal/orders?app=not-sent",
        &[ORDER],
    ),
    screen("portal-order-failed", PARTNER, "/portal/orders?app=failed", &[ORDER]),
    screen(
        "portal-order-edit-permission",
        PARTNER,
        "/portal/orders?app=succeeded",
        &[ORDER, Step::Click("button", "portal.open_edit_permission")],
    ),
    screen(
        "portal-order-maintenance",
        PARTNER,
        "/portal/orders?app=succeeded&q=设备巡检",
        &[ORDER, Step::Click("button", "maintenance.request")],
    ),
    screen(
        "portal-order-maintenance-refused",
        PARTNER,
        "/portal/orders?app=succeeded&q=设备巡检",
        &[
            ORDER,
            Step::Click("button", "maintenance.request"),
            Step::Click("button", "maintenance.send_request"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen("portal-orders-nothing-found", PARTNER, "/portal/orders?q=zzz", &[]),
    screen("portal-maintenance", DEVELOPER, "/portal/maintenance", &[]),
    screen("portal-maintenance-empty", RIVAL, "/portal/maintenance", &[]),
    screen(
        "portal-maintenance-session",
        DEVELOPER,
        "/portal/maintenance",
        &[Step::Follow("/portal/maintenance/maintenance_")],
    ),
    screen(
        "portal-maintenance-enter",
        DEVELOPER,
        "/portal/maintenance?status=running",
        &[Step::ClickFirst("button", "maintenance.enter")],
    ),
    screen(
        "portal-maintenance-inside",
        DEVELOPER,
        "/portal/maintenance?status=running",
        ENTER,
    ),
    screen(
        "portal-maintenance-checklist",
        DEVELOPER,
        "/portal/maintenance?status=running",
        &[
            Step::ClickFirst("button", "maintenance.enter"),
            Step::Click("button", "maintenance.enter"),
            Step::Await("shell.leave_maintenance"),
            Step::Click("link", "shell.nav_maintained_settings"),
            Step::Click("link", "checklist.tab"),
        ],
    )
    .only("wide"),
    screen("portal-service", PARTNER, "/portal/service", &[]),
    screen("portal-service-empty", RIVAL, "/portal/service", &[]),
    screen(
        "portal-service-open",
        PARTNER,
        "/portal/service?status=open",
        &[SERVICE_DESK],
    ),
    screen(
        "portal-service-close",
        PARTNER,
        "/portal/service?status=open",
        &[SERVICE_DESK, Step::Click("button", "service.close_partner")],
    ),
    screen(
        "portal-service-closed",
        PARTNER,
        "/portal/service?status=closed",
        &[SERVICE_DESK],
    ),
    screen(
        "portal-service-answer-refused",
        PARTNER,
        "/portal/service?status=open",
        &[
            SERVICE_DESK,
            Step::Click("button", "service.send_answer"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen(
        "portal-service-unknown",
        PARTNER,
        "/portal/service/servicerequest_unknown",
        &[],
    ),
    screen("portal-order-followed", PARTNER, "{followed}", &[]),
    screen(
        "portal-order-new-pages",
        PARTNER,
        "{followed}",
        &[
            Step::ClickFirst("button", "portal.send_pages"),
            Step::Await("portal.new_pages"),
        ],
    ),
    screen(
        "portal-order-overwrite-pages",
        PARTNER,
        "{followed}",
        &[
            Step::ClickFirst("button", "portal.send_pages"),
            Step::ClickFirst("radio", "portal.send_kind_overwrite"),
            Step::Unfold("portal.changes_to"),
        ],
    ),
    screen(
        "portal-order-overwrite-refused",
        PARTNER,
        "{followed}",
        &[
            Step::ClickFirst("button", "portal.send_pages"),
            Step::ClickFirst("radio", "portal.send_kind_overwrite"),
            Step::Click("button", "portal.send_pages"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen(
        "portal-order-send-components",
        PARTNER,
        "{followed}",
        &[
            Step::ClickFirst("button", "portal.send_components"),
            Step::Await("portal.custom_components"),
        ],
    ),
    screen(
        "portal-order-roll-back",
        PARTNER,
        "{followed}",
        &[
            Step::ClickFirst("button", "portal.roll_back"),
            Step::Await("portal.roll_back_effect"),
        ],
    ),
    screen("portal-leads", IVY, "/portal/leads", &[]),
    screen("portal-lead", IVY, "/portal/leads", &[LEAD]),
    screen(
        "portal-lead-contact",
        IVY,
        "/portal/leads",
        &[LEAD, Step::Click("button", "leads.contact"), Step::AwaitRole("dialog")],
    ),
    screen("portal-sales", IVY, "/portal/sales", &[]),
    screen("portal-sales-year", IVY, "/portal/sales?time=year", &[]),
    screen("portal-sales-empty", RIVAL, "/portal/sales", &[]),
    screen("portal-promotions", PARTNER, "/portal/promotions", &[]),
    screen("portal-promotions-empty", RIVAL, "/portal/promotions", &[]),
    screen(
        "portal-promotion-new",
        PARTNER,
        "/portal/promotions?new=1",
        &[Step::Await("promotion.channel_hint")],
    ),
    screen("portal-promotion", PARTNER, "{promotion-link}", &[]),
    screen(
        "portal-promotion-figures",
        PARTNER,
        "{promotion-link}?days=90&measure=visitors",
        &[Step::Unfold("common.figures")],
    ),
    screen(
        "portal-promotion-change",
        PARTNER,
        "{promotion-link}",
        &[Step::Click("button", "promotion.change")],
    ),
    screen(
        "portal-promotion-disable",
        PARTNER,
        "{promotion-link}",
        &[Step::Click("button", "promotion.disable")],
    ),
    screen("portal-product-orders", PARTNER, "/portal/product-orders", &[]),
    screen("portal-product-orders-empty", RIVAL, "/portal/product-orders", &[]),
    screen(
        "portal-product-order",
        PARTNER,
        "/portal/product-orders?order=awaiting-payment",
        &[PRODUCT_ORDER],
    ),
    screen(
        "portal-product-order-confirm",
        PARTNER,
        "/portal/product-orders?order=awaiting-payment",
        &[PRODUCT_ORDER, Step::Click("button", "buying.confirm_payment")],
    ),
    screen(
        "portal-product-order-refund",
        IVY,
        "/portal/product-orders",
        &[PRODUCT_ORDER, Step::Click("button", "buying.refund")],
    ),
    screen(
        "portal-product-order-for-customer",
        IVY,
        "/portal/product-orders",
        &[
            Step::Click("button", "buying.for_customer"),
            Step::Await("buying.corp_id"),
        ],
    ),
    screen(
        "portal-customer-licenses",
        PARTNER,
        "/portal/product-orders?tab=licenses",
        &[],
    ),
    screen(
        "portal-customer-license",
        PARTNER,
        "/portal/product-orders?tab=licenses",
        &[Step::Follow("/portal/licenses/")],
    ),
    screen("portal-rollouts", IVY, "/portal/rollouts", &[]),
    screen("portal-rollouts-empty", RIVAL, "/portal/rollouts", &[]),
    screen("portal-rollout", IVY, "/portal/rollouts", &[ROLLOUT]),
    screen(
        "portal-rollout-new",
        IVY,
        "/portal/rollouts/new",
        &[
            Step::Await("rollout.who"),
            Step::ClickFirst("radio", "rollout.who_percent"),
            Step::Await("rollout.shares"),
        ],
    ),
    screen("portal-audit", PARTNER, "/audit", &[]),
    screen(
        "portal-audit-change",
        PARTNER,
        "/audit",
        &[Step::Unfold("operator.audit_show")],
    ),
];

const CUSTOMERS: &[Screen] = &[
    screen("customer-enquiries", RIVER, "/enquiries", &[]),
    screen("customer-enquiries-empty", EMPLOYEE, "/enquiries", &[]),
    screen(
        "customer-market-consult",
        RIVER,
        "/market?q=看板",
        &[
            MARKET_PRODUCT,
            Step::Click("button", "leads.consult"),
            Step::AwaitRole("dialog"),
        ],
    ),
    screen("customer-market", CUSTOMER, "/market", &[]),
    screen(
        "customer-market-profile",
        CUSTOMER,
        "/market",
        &[Step::Click("button", "market.profile_set")],
    ),
    screen("customer-promotion", RIVER, "{promotion}", &[]),
    screen("customer-promotion-employee", EMPLOYEE, "{promotion}", &[]),
    screen("customer-market-employee", EMPLOYEE, "/market", &[]),
    screen("customer-market-product", CUSTOMER, "/market?q=巡检", &[MARKET_PRODUCT]),
    screen("cool-apps", CUSTOMER, "/cool-apps", &[]),
    screen("cool-app", CUSTOMER, "/cool-apps", &[COOL_APP_OF_MARKET]),
    screen(
        "cool-app-install",
        EMPLOYEE,
        "/cool-apps",
        &[
            COOL_APP_OF_MARKET,
            Step::Click("button", "cool_apps.install"),
            Step::Await("cool_apps.install_hint"),
        ],
    ),
    screen("groups", CUSTOMER, "/groups", &[]),
    screen(
        "groups-new",
        CUSTOMER,
        "/groups?new=1",
        &[Step::Await("cool_apps.group_name_hint")],
    ),
    screen("group-empty", EMPLOYEE, "/groups", &[GROUP]),
    screen("group", CUSTOMER, "{group}", &[]),
    screen(
        "customer-market-product-employee",
        EMPLOYEE,
        "/market?q=巡检",
        &[MARKET_PRODUCT],
    ),
    screen(
        "customer-market-product-ask",
        EMPLOYEE,
        "/market?q=巡检",
        &[MARKET_PRODUCT, Step::Click("button", "buying.ask_admins")],
    ),
    screen(
        "customer-market-product-trial",
        CUSTOMER,
        "/market?q=请假",
        &[MARKET_PRODUCT, Step::ClickFirst("button", "buying.start_trial")],
    ),
    screen(
        "customer-market-product-order",
        CUSTOMER,
        "/market?q=请假",
        &[
            MARKET_PRODUCT,
            Step::Click("button", "buying.order_plan"),
            Step::Await("buying.next_pay"),
        ],
    ),
    screen(
        "customer-market-product-renew",
        RIVER,
        "/market?q=任务看板",
        &[
            MARKET_PRODUCT,
            Step::Click("button", "buying.renew_or_upgrade"),
            Step::Await("buying.next_pay"),
        ],
    ),
    screen(
        "customer-market-product-waiting",
        RIVER,
        "/market?q=巡检",
        &[MARKET_PRODUCT],
    ),
    screen("customer-licenses", RIVER, "/licenses", &[]),
    screen("customer-licenses-empty", OTHER, "/licenses", &[]),
    screen("customer-license", RIVER, "/licenses?license=active", &[LICENSE]),
    screen("customer-license-trial", RIVER, "/licenses?license=trial", &[LICENSE]),
    screen(
        "customer-updates",
        RIVER,
        "/licenses?license=active",
        &[
            LICENSE,
            Step::Click("link", "buying.application_settings"),
            Step::Click("link", "rollout.updates"),
            Step::Await("rollout.came"),
        ],
    ),
    screen("customer-product-orders", RIVER, "/licenses?tab=orders", &[]),
    screen(
        "customer-product-order-to-pay",
        RIVER,
        "/licenses?tab=orders&order=awaiting-payment",
        &[PURCHASE],
    ),
    screen(
        "customer-product-order-close",
        RIVER,
        "/licenses?tab=orders&order=awaiting-payment",
        &[PURCHASE, Step::Click("button", "buying.close")],
    ),
    screen(
        "customer-product-order-paid",
        RIVER,
        "/licenses?tab=orders&q=任务",
        &[PURCHASE],
    ),
    screen("customer-home", CUSTOMER, "/", &[]),
    screen("customer-home-empty", OTHER, "/", &[]),
    screen("customer-purchase", CUSTOMER, "{link}", &[]),
    screen(
        "customer-purchase-confirm",
        CUSTOMER,
        "{link}",
        &[Step::Click("button", "customer.buy")],
    ),
    screen("customer-purchase-employee", EMPLOYEE, "{link}", &[]),
    screen("customer-purchase-other", OTHER, "{link}", &[]),
    screen("customer-purchase-switch", PARTNER, "{link}", &[]),
    screen("customer-purchase-revoked", CUSTOMER, "{revoked}", &[]),
    screen("customer-purchase-unknown", CUSTOMER, "/purchase/unknown", &[]),
    screen("customer-apps", CUSTOMER, "/apps", &[]),
    screen("customer-purchase-lacking", OTHER, "{lacking}", &[]),
    screen("customer-apps-empty", OTHER, "/apps", &[]),
    screen("customer-app-suspended", PRACTICE, "{suspended}", &[]),
    screen("customer-seats", CUSTOMER, "{seated}/settings?tab=seats", &[]),
    screen(
        "customer-seats-release",
        CUSTOMER,
        "{seated}/settings?tab=seats",
        &[Step::ClickFirst("button", "customer.seat_release")],
    ),
    screen("customer-seats-full", EMPLOYEE, "{seated}", &[]),
    screen("customer-service", CUSTOMER, "/service", &[]),
    screen("customer-service-empty", EMPLOYEE, "/service", &[]),
    screen(
        "customer-service-answered",
        CUSTOMER,
        "/service?status=answered",
        &[SERVICE],
    ),
    screen(
        "customer-service-picture",
        CUSTOMER,
        "/service?status=closed",
        &[SERVICE, Step::Click("button", "operator.preview")],
    ),
    screen(
        "customer-service-solved",
        CUSTOMER,
        "/service?status=answered",
        &[SERVICE, Step::Click("button", "service.close_customer")],
    ),
    screen("customer-service-new", EMPLOYEE, "/service/new", &[]),
    screen(
        "customer-service-new-refused",
        CUSTOMER,
        "/service/new",
        &[Step::Click("button", "service.submit"), Step::AwaitRole("alert")],
    ),
    screen("customer-service-none-to-ask-about", OTHER, "/service/new", &[]),
    screen("customer-apps-menu", CUSTOMER, "/apps?status=enabled", &[MENU]),
    screen(
        "customer-app-close-maintenance",
        CUSTOMER,
        "/apps?status=maintenance",
        &[MENU, Step::Click("button", "customer.close_maintenance")],
    ),
    screen(
        "customer-app-disable",
        CUSTOMER,
        "/apps?status=enabled",
        &[MENU, Step::Click("button", "customer.disable")],
    ),
    screen(
        "customer-app-reopen",
        CUSTOMER,
        "/apps?status=enabled",
        &[MENU, Step::Click("button", "customer.reopen_maintenance")],
    ),
    screen(
        "customer-app-remove-samples",
        CUSTOMER,
        "/apps?status=enabled",
        &[MENU, Step::Click("button", "customer.remove_samples")],
    ),
    screen(
        "customer-app-remove",
        CUSTOMER,
        "/apps?status=disabled",
        &[
            MENU,
            Step::Click("button", "customer.remove_app"),
            Step::Await("customer.remove_trail"),
            Step::Click("button", "customer.remove_app"),
        ],
    ),
    screen("customer-app-trial", CUSTOMER, "/apps?status=maintenance", &[APP]),
    screen("customer-app-form", CUSTOMER, "{app}/pages/device", &[]),
    screen("customer-app-custom-page", CUSTOMER, "{app}/pages/{custom}", &[]),
    screen("customer-app-disabled", CUSTOMER, "/apps?status=disabled", &[APP]),
    screen(
        "customer-records-narrowed",
        CUSTOMER,
        r#"{app}/pages/device?f=[["state","is","运行"],["price","more","5000"]]&sort=desc:price"#,
        &[Step::Click("button", "customer.add_filter")],
    ),
    screen(
        "customer-records-filter",
        CUSTOMER,
        "{app}/pages/device",
        &[
            Step::Click("button", "customer.add_filter"),
            Step::Click("button", "customer.apply_filter"),
        ],
    ),
    screen(
        "customer-records-nothing-found",
        CUSTOMER,
        "{app}/pages/device?q=zzz",
        &[],
    ),
    screen("customer-record", CUSTOMER, "{record}", &[]),
    screen("customer-record-sample", CUSTOMER, "{sample}", &[]),
    screen(
        "customer-record-delete",
        CUSTOMER,
        "{record}",
        &[Step::Click("button", "customer.delete")],
    ),
    screen("customer-record-edit", CUSTOMER, "{record}/edit", &[]),
    screen("customer-record-conflict", CUSTOMER, "{crossed}", &[]),
    screen("customer-record-new", CUSTOMER, "{app}/pages/record/new", &[]),
    screen(
        "customer-record-new-link",
        CUSTOMER,
        "{app}/pages/record/new",
        &[Step::ClickFirst("button", "customer.pick_from")],
    ),
    screen("customer-record-new-draft", CUSTOMER, "{app}/pages/plan/new", &[]),
    screen(
        "customer-record-new-refused",
        CUSTOMER,
        "{app}/pages/device/new",
        &[
            Step::Click("button", "customer.submit_record"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen(
        "customer-records-menu",
        CUSTOMER,
        "{app}/pages/device",
        &[Step::ClickFirst("button", "customer.more_for")],
    ),
    screen("customer-records-import", CUSTOMER, "{app}/pages/device/import", &[]),
    screen(
        "customer-records-import-report",
        CUSTOMER,
        "{app}/pages/device/import",
        &[
            Step::Upload("customer.import_file", "records"),
            Step::Await("customer.import_wrong"),
        ],
    ),
    screen(
        "customer-record-unknown",
        CUSTOMER,
        "{app}/pages/device/records/record_unknown",
        &[],
    ),
    screen(
        "customer-settings",
        CUSTOMER,
        "/apps?status=maintenance",
        &[MENU, Step::Click("link", "customer.settings")],
    ),
    screen(
        "customer-settings-permission",
        CUSTOMER,
        "{app}/settings?tab=permission",
        &[],
    ),
    screen(
        "customer-settings-permission-edit",
        CUSTOMER,
        "{app}/settings?tab=permission",
        &[
            Step::ClickFirst("button", "customer.permission_set"),
            Step::Click("button", "customer.grant_add"),
        ],
    ),
    screen(
        "customer-app-trial-checklist",
        CUSTOMER,
        "/apps?status=maintenance",
        &[APP, Step::Unfold("customer.acceptance_progress")],
    ),
    screen("customer-settings-publish", CUSTOMER, "{app}/settings?tab=publish", &[]),
    screen(
        "customer-settings-publish-some",
        CUSTOMER,
        "{ready}/settings?tab=publish",
        &[Step::ClickFirst("radio", "customer.range_some")],
    ),
    screen(
        "customer-settings-publish-maintenance",
        CUSTOMER,
        "/apps?status=maintenance",
        &[
            MENU,
            Step::Click("link", "customer.settings"),
            Step::Click("link", "customer.tab_publish"),
        ],
    ),
    screen(
        "customer-settings-pages",
        CUSTOMER,
        "{following}/settings?tab=pages",
        &[],
    ),
    screen(
        "customer-settings-pages-closed",
        CUSTOMER,
        "{ready}/settings?tab=pages",
        &[],
    ),
    screen(
        "customer-settings-page-menu",
        CUSTOMER,
        "{following}/settings?tab=pages",
        &[MENU_OF_PAGE],
    ),
    screen(
        "customer-settings-rename-page",
        CUSTOMER,
        "{following}/settings?tab=pages",
        &[MENU_OF_PAGE, Step::Click("button", "pages.rename")],
    ),
    screen(
        "customer-settings-rename-folder",
        CUSTOMER,
        "{following}/settings?tab=pages",
        &[Step::ClickFirst("button", "pages.rename_folder_title")],
    ),
    screen(
        "customer-settings-move-page",
        CUSTOMER,
        "{following}/settings?tab=pages",
        &[MENU_OF_PAGE, Step::Click("button", "pages.move")],
    ),
    screen(
        "customer-settings-remove-page",
        CUSTOMER,
        "{following}/settings?tab=pages",
        &[MENU_OF_PAGE, Step::Click("button", "customer.remove_page")],
    ),
    screen(
        "customer-form-edit",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[],
    ),
    screen(
        "customer-form-edit-field",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[Step::ClickFirst("button", "pages.edit_field")],
    ),
    screen(
        "customer-form-edit-further",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[
            Step::ClickFirst("button", "pages.edit_field"),
            Step::Unfold("pages.field_further"),
        ],
    ),
    screen(
        "customer-form-edit-options",
        CUSTOMER,
        "{following}/settings/pages/work-order/form",
        &[
            Step::ClickNamed("button", "pages.edit_field", "紧急程度"),
            Step::Await("pages.field_options_hint"),
        ],
    ),
    screen(
        "customer-form-edit-add",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[Step::Click("button", "pages.add_field")],
    ),
    screen(
        "customer-form-edit-remove",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[
            Step::ClickFirst("button", "pages.remove_field"),
            Step::Await("pages.remove_field_kept"),
        ],
    ),
    screen(
        "customer-form-edit-removed",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[
            Step::ClickFirst("button", "pages.remove_field"),
            Step::Await("pages.remove_field_kept"),
            Step::Click("button", "pages.remove_field"),
            Step::Await("pages.removed_fields"),
        ],
    ),
    screen(
        "customer-form-edit-refused",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[
            Step::Click("button", "pages.add_field"),
            Step::Click("button", "common.done"),
            Step::Click("button", "pages.save_form"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen(
        "customer-form-edit-draft",
        CUSTOMER,
        "{following}/settings/pages/device/form",
        &[Step::Await("pages.form_draft_restored_hint")],
    ),
    screen(
        "customer-form-edit-closed",
        CUSTOMER,
        "{app}/settings/pages/device/form",
        &[],
    ),
    screen(
        "customer-process",
        CUSTOMER,
        "{following}/settings/pages/device/process",
        &[],
    ),
    screen(
        "customer-process-steps",
        CUSTOMER,
        "{following}/settings/pages/work-order/process",
        &[],
    ),
    screen(
        "customer-process-refused",
        CUSTOMER,
        "{following}/settings/pages/device/process",
        &[
            Step::Click("button", "pages.add_step"),
            Step::Click("button", "common.save"),
            Step::AwaitRole("alert"),
        ],
    ),
    screen(
        "customer-process-foreign",
        CUSTOMER,
        "{following}/settings/pages/plan/process",
        &[Step::Unfold("pages.process_raw")],
    ),
    screen("customer-settings-signed", CUSTOMER, "{app}/settings", &[]),
    screen("customer-order-received", CUSTOMER, "{received}", &[]),
    screen(
        "customer-order-roll-back",
        CUSTOMER,
        "{received}",
        &[
            Step::ClickFirst("button", "portal.roll_back"),
            Step::Await("portal.roll_back_effect"),
        ],
    ),
    screen("customer-orders", CUSTOMER, "/orders", &[]),
    screen("customer-order", CUSTOMER, "/orders", &[Step::Follow("/orders/order_")]),
    screen("customer-maintenance", CUSTOMER, "/maintenance", &[]),
    screen("customer-maintenance-empty", OTHER, "/maintenance", &[]),
    screen(
        "customer-maintenance-session",
        CUSTOMER,
        "/maintenance?status=over",
        &[Step::Follow("/maintenance/maintenance_")],
    ),
    screen(
        "customer-maintenance-grant",
        CUSTOMER,
        "/maintenance?status=waiting",
        &[Step::ClickFirst("button", "maintenance.grant")],
    ),
    screen(
        "customer-maintenance-revoke",
        CUSTOMER,
        "/maintenance?status=running",
        &[Step::ClickFirst("button", "maintenance.revoke")],
    ),
    screen(
        "customer-settings-maintenance",
        CUSTOMER,
        "{app}/settings?tab=maintenance",
        &[],
    ),
    screen(
        "customer-settings-checklist",
        CUSTOMER,
        "{ready}/settings?tab=checklist",
        &[],
    ),
    screen(
        "customer-settings-checklist-waived",
        CUSTOMER,
        "{app}/settings?tab=checklist",
        &[],
    ),
    screen(
        "customer-settings-secret",
        CUSTOMER,
        "{ready}/settings?tab=checklist",
        &[Step::ClickFirst("button", "checklist.fill_in")],
    ),
    screen(
        "customer-settings-members",
        CUSTOMER,
        "{ready}/settings?tab=checklist",
        &[Step::ClickFirst("button", "checklist.choose_members")],
    ),
    screen(
        "customer-settings-publish-waiver",
        CUSTOMER,
        "{ready}/settings?tab=publish",
        &[
            Step::Click("button", "customer.enable"),
            Step::Await("checklist.waive_required"),
        ],
    ),
    screen("customer-orders-other", OTHER, "/orders", &[]),
    screen("customer-audit", CUSTOMER, "/audit", &[]),
    screen("employee-apps", EMPLOYEE, "/", &[]),
    screen("employee-app", EMPLOYEE, "/apps", &[APP]),
    screen("employee-records", EMPLOYEE, "{app}/pages/device", &[]),
    screen("employee-record", EMPLOYEE, "{record}", &[]),
];

const OPERATORS: &[Screen] = &[
    screen("operator-approvals", REVIEWER, "/review/approvals", &[]),
    screen(
        "operator-approvals-decided",
        REVIEWER,
        "/review/approvals?box=decided",
        &[],
    ),
    screen("operator-approvals-products", CATEGORIES, "/review/approvals", &[]),
    screen("operator-approvals-cool-apps", OPEN_PLATFORM, "/review/approvals", &[]),
    screen("operator-cool-apps", OPEN_PLATFORM, "/operator/cool-apps", &[]),
    screen("operator-home-cool-apps", OPEN_PLATFORM, "/", &[]),
    screen(
        "operator-cool-app",
        OPEN_PLATFORM,
        "/operator/cool-apps",
        &[Step::Follow("/operator/cool-apps/coolapp_")],
    ),
    screen(
        "operator-cool-apps-all",
        OPEN_PLATFORM,
        "/operator/cool-apps?list=all",
        &[],
    ),
    screen("operator-home", REVIEWER, "/", &[]),
    screen("operator-home-nothing", CATEGORIES, "/", &[]),
    screen("operator-projects", REVIEWER, "/review/projects", &[]),
    screen(
        "operator-projects-active",
        REVIEWER,
        "/review/projects?status=active",
        &[],
    ),
    screen("operator-project-match", REVIEWER, "{matching}", &[]),
    screen("operator-project-mismatch", REVIEWER, "{differing}", &[]),
    screen(
        "operator-project-approve",
        REVIEWER,
        "{differing}",
        &[Step::Click("button", "operator.approve")],
    ),
    screen(
        "operator-project-reject",
        REVIEWER,
        "{differing}",
        &[
            Step::Click("button", "operator.reject"),
            Step::Click("checkbox", "operator.amount_mismatch"),
        ],
    ),
    screen(
        "operator-amendments",
        REVIEWER,
        "/review/projects?status=amendments",
        &[],
    ),
    screen(
        "operator-amendment",
        REVIEWER,
        "/review/projects?status=amendments",
        &[Step::Follow("/review/amendments/")],
    ),
    screen(
        "operator-amendment-approve",
        REVIEWER,
        "/review/projects?status=amendments",
        &[
            Step::Follow("/review/amendments/"),
            Step::Click("button", "operator.approve"),
        ],
    ),
    screen(
        "operator-amendment-reject",
        REVIEWER,
        "/review/projects?status=amendments",
        &[
            Step::Follow("/review/amendments/"),
            Step::Click("button", "operator.reject"),
        ],
    ),
    screen("operator-orders", REVIEWER, "/review/orders", &[]),
    screen(
        "operator-order",
        REVIEWER,
        "/review/orders",
        &[Step::Follow("/review/orders/order_")],
    ),
    screen("operator-products", CATEGORIES, "/operator/products", &[]),
    screen(
        "operator-products-delisting",
        CATEGORIES,
        "/operator/products?list=delisting",
        &[],
    ),
    screen("operator-products-all", CATEGORIES, "/operator/products?list=all", &[]),
    screen(
        "operator-product",
        CATEGORIES,
        "/operator/products",
        &[PRODUCT_IN_REVIEW],
    ),
    screen(
        "operator-product-remark",
        CATEGORIES,
        "/operator/products",
        &[PRODUCT_IN_REVIEW, Step::ClickFirst("button", "reviews.remark_add")],
    ),
    screen(
        "operator-product-refused",
        CATEGORIES,
        "/operator/products",
        &[
            PRODUCT_IN_REVIEW,
            Step::Click("button", "reviews.decide"),
            Step::Await("reviews.decision_required"),
        ],
    ),
    screen(
        "operator-product-foreign",
        CATEGORIES,
        "/operator/products/product_00000000000000000000000000",
        &[],
    ),
    screen("operator-products-foreign", REVIEWER, "/operator/products", &[]),
    screen("operator-categories", SUPERADMIN, "/operator/categories", &[]),
    screen(
        "operator-category-new",
        SUPERADMIN,
        "/operator/categories",
        &[Step::ClickFirst("button", "reviews.category_add")],
    ),
    screen("operator-pre-tasks", SUPERADMIN, "/operator/categories?list=tasks", &[]),
    screen(
        "operator-pre-task-new",
        SUPERADMIN,
        "/operator/categories?list=tasks",
        &[Step::ClickFirst("button", "reviews.task_add")],
    ),
    screen("operator-permissions", REVIEWER, "/review/permissions", &[]),
    screen(
        "operator-permission",
        REVIEWER,
        "/review/permissions",
        &[Step::Follow("/review/permissions/")],
    ),
    screen(
        "operator-permission-grant",
        REVIEWER,
        "/review/permissions",
        &[
            Step::Follow("/review/permissions/"),
            Step::Click("button", "operator.grant"),
        ],
    ),
    screen(
        "operator-permission-reject",
        REVIEWER,
        "/review/permissions",
        &[
            Step::Follow("/review/permissions/"),
            Step::Click("button", "operator.reject"),
            Step::Click("button", "operator.reject"),
        ],
    ),
    screen("operator-editions", SUPERADMIN, "/platform/editions", &[]),
    screen(
        "operator-editions-edit",
        SUPERADMIN,
        "/platform/editions",
        &[Step::ClickFirst("button", "operator.edit_entitlement")],
    ),
    screen("operator-audit", REVIEWER, "/audit", &[]),
];

const SHELL: &[Screen] = &[
    screen(
        "shell-account",
        PARTNER,
        "/portal/projects",
        &[Step::ClickFirst("button", "shell.account")],
    ),
    screen(
        "shell-organizations",
        PARTNER,
        "/portal/projects",
        &[Step::ClickFirst("button", "shell.switch_organization")],
    ),
    screen(
        "shell-theme",
        PARTNER,
        "/portal/projects",
        &[Step::ClickFirst("button", "shell.theme")],
    )
    .only("wide"),
    screen(
        "shell-navigation",
        PARTNER,
        "/portal/projects",
        &[Step::Click("button", "shell.open_navigation")],
    )
    .only("phone"),
    screen("shell-disconnected", PARTNER, "/portal/projects", &[Step::Disconnect]),
    screen("shell-not-found", PARTNER, "/portal/projects/project_unknown", &[]),
];

const fn screen(
    name: &'static str,
    account: Option<&'static str>,
    address: &'static str,
    steps: &'static [Step],
) -> Screen {
    Screen {
        name,
        account,
        address,
        steps,
        only: "",
    }
}

impl Screen {
    const fn only(self, view: &'static str) -> Self {
        Self { only: view, ..self }
    }
}
