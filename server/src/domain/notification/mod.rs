//! Notifications (通知, P9): what waits for a person or was decided about them. Which events there are and whom a topic
//! concerns stands here; how they read are `title` and `body`, how a mail looks is `mail`. Who exactly is told is said where the event
//! happens, by `store::notification::notify`.

mod body;
mod mail;
mod notice;
mod title;

pub use mail::{Letter, Mail, MailParts};
pub use notice::{Notice, NotificationKind};

use chrono::Duration;

use super::organization::Role;
use super::words::words;

words! {
    /// What notifications are about; a person chooses for each whether to get mails as well.
    NotificationTopic {
        /// 审核: what waits for a reviewer.
        Reviews = "REVIEWS",
        /// 项目与分发权限: what was decided about a partner's projects and permission.
        Projects = "PROJECTS",
        /// 商品与酷应用: what was decided about a partner's products and cool apps.
        Products = "PRODUCTS",
        /// 订单与发送: orders, and how deliveries ended.
        Orders = "ORDERS",
        /// 导入: how imports of packages ended.
        Imports = "IMPORTS",
        /// 我的应用: what arrived at the customer or changed there.
        Apps = "APPS",
        /// 远程维护: requests, grants and ends of maintenance sessions.
        Maintenance = "MAINTENANCE",
        /// 服务: what customers ask about applications, and the answers.
        Service = "SERVICE",
    }
}

impl NotificationTopic {
    /// Whether somebody with that role may be told of it at all.
    pub const fn concerns(self, role: Role) -> bool {
        match role {
            Role::InternalReviewer | Role::CategoryOperator | Role::OpenPlatformOperator => {
                matches!(self, Self::Reviews)
            }
            Role::PartnerAdmin => matches!(
                self,
                Self::Projects | Self::Products | Self::Orders | Self::Imports | Self::Maintenance | Self::Service
            ),
            Role::PartnerDeveloper => matches!(self, Self::Orders | Self::Imports | Self::Maintenance | Self::Service),
            Role::CustomerAdmin => matches!(self, Self::Apps | Self::Maintenance | Self::Service),
            Role::CustomerEmployee => matches!(self, Self::Service),
            Role::Superadmin => false,
        }
    }

    /// Whether mails are sent to a person who has chosen nothing: for what waits or was decided, not for what they are
    /// likely to be watching.
    pub const fn mails_by_default(self) -> bool {
        !matches!(self, Self::Imports)
    }
}

words! {
    /// The screen that a notification leads to; its object says of which thing.
    NotificationTarget {
        /// A reviewer's page of an application for distribution permission.
        PermissionReview = "PERMISSION_REVIEW",
        /// A reviewer's page of a project.
        ProjectReview = "PROJECT_REVIEW",
        /// A reviewer's page of an amendment.
        AmendmentReview = "AMENDMENT_REVIEW",
        /// An operator's page of a product.
        ProductReview = "PRODUCT_REVIEW",
        /// A product of the partner.
        Product = "PRODUCT",
        /// A rollout of the partner.
        Rollout = "ROLLOUT",
        /// An operator's page of an application to list a cool app.
        CoolAppReview = "COOL_APP_REVIEW",
        /// A cool app of the partner.
        CoolApp = "COOL_APP",
        /// The partner's own distribution permission.
        Permission = "PERMISSION",
        /// A project of the partner.
        Project = "PROJECT",
        /// An order that the partner sold.
        Order = "ORDER",
        /// A self-test of a version.
        SelfTest = "SELF_TEST",
        /// An import of a package.
        Import = "IMPORT",
        /// An application of the customer.
        AppInstance = "APP_INSTANCE",
        /// The customer's own orders; the object is the project that they belong to.
        Purchases = "PURCHASES",
        /// An order of a product that the partner sold.
        ProductOrder = "PRODUCT_ORDER",
        /// An order of a product that the customer placed.
        OwnOrder = "OWN_ORDER",
        /// A license of the customer.
        License = "LICENSE",
        /// A license that a customer of the partner holds.
        CustomerLicense = "CUSTOMER_LICENSE",
        /// A product on the marketplace.
        MarketProduct = "MARKET_PRODUCT",
        /// The page of a lead for its partner; the object is the lead.
        Lead = "LEAD",
        /// The list of what one passed on; the object is the lead.
        OwnLead = "OWN_LEAD",
        /// Where a promotion link leads; the object is its token, which whoever was shown the link knows.
        Promotion = "PROMOTION",
        /// A service request that a customer of the partner opened.
        ServiceDesk = "SERVICE_DESK",
        /// A service request of the customer's own.
        ServiceRequest = "SERVICE_REQUEST",
    }
}

/// For how long a mail is news; one that could not be sent in that time is not sent any more.
pub fn mailed_within() -> Duration {
    Duration::days(3)
}

/// How long notifications are kept.
pub fn kept_for() -> Duration {
    Duration::days(180)
}
