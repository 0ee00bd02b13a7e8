//! Every screen and dialog of the product, face by face. A screen that is not here is not looked at; the addresses are those of
//! the front end's `routes.rs`.

use crate::screen::{Screen, Step};

const PARTNER: Option<&str> = Some("pa@partner.example");
const CUSTOMER: Option<&str> = Some("ca@customer.example");
const EMPLOYEE: Option<&str> = Some("ce@customer.example");
const REVIEWER: Option<&str> = Some("ir@platform.example");
const SUPERADMIN: Option<&str> = Some("sa@platform.example");

/// What the pictures are of.
pub const SCREENS: &[Screen] = &[
    screen("sign-in", None, "/sign-in", &[]),
    screen("not-found", None, "/no/such/page", &[]),
    screen("portal-permission", PARTNER, "/portal/permission", &[]),
    screen("portal-applications", PARTNER, "/portal/applications", &[]),
    screen(
        "portal-applications-import",
        PARTNER,
        "/portal/applications/import",
        &[],
    ),
    screen(
        "portal-application",
        PARTNER,
        "/portal/applications",
        &[Step::Follow("/portal/applications/application_")],
    ),
    screen("portal-projects", PARTNER, "/portal/projects", &[]),
    screen("portal-projects-new", PARTNER, "/portal/projects/new", &[]),
    screen(
        "portal-project",
        PARTNER,
        "/portal/projects",
        &[Step::Follow("/portal/projects/project_")],
    ),
    screen("portal-orders", PARTNER, "/portal/orders", &[]),
    screen(
        "portal-order",
        PARTNER,
        "/portal/orders",
        &[Step::Follow("/portal/orders/order_")],
    ),
    screen("customer-apps", CUSTOMER, "/apps", &[]),
    screen("customer-app", CUSTOMER, "/apps", &[Step::Follow("/apps/")]),
    screen("customer-orders", CUSTOMER, "/orders", &[]),
    screen("customer-order", CUSTOMER, "/orders", &[Step::Follow("/orders/order_")]),
    screen("employee-apps", EMPLOYEE, "/apps", &[]),
    screen("operator-projects", REVIEWER, "/operator/projects", &[]),
    screen(
        "operator-project",
        REVIEWER,
        "/operator/projects",
        &[Step::Follow("/operator/projects/project_")],
    ),
    screen("operator-permissions", REVIEWER, "/operator/permissions", &[]),
    screen("operator-editions", SUPERADMIN, "/operator/editions", &[]),
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
    }
}
