//! What waits for a person: the kinds of it, in the order in which they are shown. Which kinds somebody has is the matter of
//! their roles, what is in each is `services::waiting`.

use super::words::words;

words! {
    /// A kind of thing that waits for a person.
    WaitingKind {
        /// A project that an internal reviewer decides, soonest due first (D4).
        ProjectToReview = "PROJECT_TO_REVIEW",
        /// An application for distribution permission that an internal reviewer decides, soonest due first (D1).
        PermissionToReview = "PERMISSION_TO_REVIEW",
        /// An amendment that an internal reviewer decides, soonest due first (D4).
        AmendmentToReview = "AMENDMENT_TO_REVIEW",
        /// A revision of a product that a category operator decides, soonest due first (L6, L7).
        ProductToReview = "PRODUCT_TO_REVIEW",
        /// An application to delist that a category operator decides, newest product first (L10).
        DelistingToDecide = "DELISTING_TO_DECIDE",
        /// A cool app, or a change of one, that an open-platform operator decides, soonest due first (L22).
        CoolAppToReview = "COOL_APP_TO_REVIEW",
        /// A product that came back from its review, newest first (L6).
        ProductReturned = "PRODUCT_RETURNED",
        /// An order whose application the partner has not sent yet, oldest first (D13).
        OrderToSend = "ORDER_TO_SEND",
        /// An order whose application failed to arrive, oldest first.
        OrderFailed = "ORDER_FAILED",
        /// An order whose application arrived in part, oldest first.
        OrderPartlySent = "ORDER_PARTLY_SENT",
        /// A service request that a customer waits to be answered, oldest first (L25).
        ServiceRequestToAnswer = "SERVICE_REQUEST_TO_ANSWER",
        /// A project that was approved lately and has no link yet, newest first (D7).
        ProjectApproved = "PROJECT_APPROVED",
        /// A project that was rejected lately, newest first (D3).
        ProjectRejected = "PROJECT_REJECTED",
        /// An application in development maintenance that the customer tries and accepts, newest first (D27).
        AppToAccept = "APP_TO_ACCEPT",
        /// An accepted application that the customer enables, newest first (D28).
        AppToEnable = "APP_TO_ENABLE",
        /// A request for remote maintenance that the customer grants or declines, newest first (D31).
        MaintenanceToDecide = "MAINTENANCE_TO_DECIDE",
    }
}

/// For how many days a decision on a project is news to its partner.
pub const DECISION_DAYS: i64 = 14;
