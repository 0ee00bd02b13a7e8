//! The events that people are told of, each with what its text needs: names and reasons as they were then, so that a
//! notification reads the same after things are renamed or gone. Stored as JSON, put into words by `title` and `body`.

use serde::{Deserialize, Serialize};

use super::{NotificationTarget, NotificationTopic};
use crate::domain::delivery::DeliveryKind;
use crate::domain::lead::LeadSource;
use crate::domain::service_request::ServiceRequestKind;
use crate::domain::words::words;

/// Declares the events: word, topic, the screen that they lead to, and what their text needs.
macro_rules! notices {
    ($(
        #[doc = $doc:literal]
        $name:ident = $word:literal, $topic:ident, $target:ident { $($field:ident: $type:ty),* };
    )+) => {
        /// An event that people are told of.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Notice {
            $( #[doc = $doc] #[serde(rename = $word)] $name { $($field: $type),* }, )+
        }

        words! {
            /// What a notification says.
            NotificationKind {
                $( #[doc = $doc] $name = $word, )+
            }
        }

        impl Notice {
            /// The event without its particulars.
            pub const fn kind(&self) -> NotificationKind {
                match self { $( Self::$name { .. } => NotificationKind::$name, )+ }
            }
        }

        impl NotificationKind {
            /// What it belongs to.
            pub const fn topic(self) -> NotificationTopic {
                match self { $( Self::$name => NotificationTopic::$topic, )+ }
            }

            /// Where it leads.
            pub const fn target(self) -> NotificationTarget {
                match self { $( Self::$name => NotificationTarget::$target, )+ }
            }
        }
    };
}

notices! {
    /// To reviewers: a partner applied for distribution permission.
    PermissionSubmitted = "PERMISSION_SUBMITTED", Reviews, PermissionReview { partner: String };
    /// To reviewers: an application for distribution permission was not decided in time.
    PermissionOverdue = "PERMISSION_OVERDUE", Reviews, PermissionReview { partner: String };
    /// To partner admins: the distribution permission was granted.
    PermissionGranted = "PERMISSION_GRANTED", Projects, Permission {};
    /// To partner admins: the application for distribution permission was rejected.
    PermissionRejected = "PERMISSION_REJECTED", Projects, Permission { reason: String };
    /// To partner admins: the distribution permission was taken back.
    PermissionRevoked = "PERMISSION_REVOKED", Projects, Permission { reason: String };

    /// To reviewers: a project waits for approval.
    ProjectSubmitted = "PROJECT_SUBMITTED", Reviews, ProjectReview { partner: String, project: String };
    /// To reviewers: a project was not decided in time.
    ProjectOverdue = "PROJECT_OVERDUE", Reviews, ProjectReview { partner: String, project: String };
    /// To reviewers: a project was taken back by its creator.
    ProjectWithdrawn = "PROJECT_WITHDRAWN", Reviews, ProjectReview { partner: String, project: String };
    /// To the creator: the project was approved.
    ProjectApproved = "PROJECT_APPROVED", Projects, Project { project: String };
    /// To the creator: the project was rejected, for the amounts or for a reason.
    ProjectRejected = "PROJECT_REJECTED", Projects, Project { project: String, amount_mismatch: bool, reason: Option<String> };
    /// To the other partner admins: somebody took the project over.
    OwnershipTaken = "OWNERSHIP_TAKEN", Projects, Project { project: String, person: String };
    /// To the creator: somebody of another organisation tried to buy.
    PurchaseMismatched = "PURCHASE_MISMATCHED", Projects, Project { project: String, masked_corp_id: String };
    /// To customer admins: the partner settled the project.
    ProjectSettled = "PROJECT_SETTLED", Apps, Purchases { partner: String, project: String };

    /// To reviewers: a change of an active project waits for approval.
    AmendmentSubmitted = "AMENDMENT_SUBMITTED", Reviews, AmendmentReview { partner: String, project: String };
    /// To reviewers: a change of an active project was not decided in time.
    AmendmentOverdue = "AMENDMENT_OVERDUE", Reviews, AmendmentReview { partner: String, project: String };
    /// To the creator: the change was approved.
    AmendmentApproved = "AMENDMENT_APPROVED", Projects, Project { project: String };
    /// To the creator: the change was rejected.
    AmendmentRejected = "AMENDMENT_REJECTED", Projects, Project { project: String, amount_mismatch: bool, reason: Option<String> };

    /// To partner admins: a customer bought.
    OrderCreated = "ORDER_CREATED", Orders, Order { customer: String, application: String, number: String };
    /// To the sender: a delivery arrived.
    DeliverySucceeded = "DELIVERY_SUCCEEDED", Orders, Order { delivery: DeliveryKind, customer: String, application: String };
    /// To the sender: some of a delivery arrived.
    DeliveryPartlySent = "DELIVERY_PARTLY_SENT", Orders, Order { delivery: DeliveryKind, customer: String, application: String };
    /// To the sender: nothing of a delivery arrived.
    DeliveryFailed = "DELIVERY_FAILED", Orders, Order { delivery: DeliveryKind, customer: String, application: String };
    /// To partner admins: the customer accepted the application.
    ApplicationAccepted = "APPLICATION_ACCEPTED", Orders, Order { customer: String, application: String, version: String };
    /// To partner admins: the customer went back to the pages before a delivery.
    PagesRolledBackByCustomer = "PAGES_ROLLED_BACK_BY_CUSTOMER", Orders, Order { customer: String, application: String };

    /// To whoever began it: a version arrived in a test organisation, and its checklist can be answered.
    SelfTestReady = "SELF_TEST_READY", Orders, SelfTest { organization: String, application: String, version: String };
    /// To whoever began it: a version could not be delivered into a test organisation.
    SelfTestNotSent = "SELF_TEST_NOT_SENT", Orders, SelfTest { organization: String, application: String, version: String };

    /// To operators of its category: a product waits for review.
    ProductSubmitted = "PRODUCT_SUBMITTED", Reviews, ProductReview { partner: String, product: String };
    /// To operators of its category: a product was not decided in time.
    ProductOverdue = "PRODUCT_OVERDUE", Reviews, ProductReview { partner: String, product: String };
    /// To operators of its category: a partner applied to take a product off the shelves.
    DelistingApplied = "DELISTING_APPLIED", Reviews, ProductReview { partner: String, product: String, reason: String };
    /// To whoever handed it in: the product was approved.
    ProductApproved = "PRODUCT_APPROVED", Products, Product { product: String };
    /// To whoever handed it in: the product was rejected.
    ProductRejected = "PRODUCT_REJECTED", Products, Product { product: String, reason: String };
    /// To whoever handed it in: the product came back for revision.
    ProductSentBack = "PRODUCT_SENT_BACK", Products, Product { product: String, reason: String };
    /// To whoever made it: every task before the marketplace is done.
    ProductReadyToList = "PRODUCT_READY_TO_LIST", Products, Product { product: String };
    /// To whoever made it: an operator took the product from view.
    ProductHidden = "PRODUCT_HIDDEN", Products, Product { product: String, reason: String };
    /// To whoever made it: an operator shows the product again.
    ProductShown = "PRODUCT_SHOWN", Products, Product { product: String };
    /// To whoever made it: the product is off the shelves.
    ProductDelisted = "PRODUCT_DELISTED", Products, Product { product: String, reason: String };
    /// To whoever applied: the product stays on the shelves.
    DelistingRefused = "DELISTING_REFUSED", Products, Product { product: String, reason: String };

    /// To partner admins: nobody of a wave waits or runs any more.
    RolloutWaveFinished = "ROLLOUT_WAVE_FINISHED", Products, Rollout { product: String, version: String, wave: i32, done: i64, failed: i64 };
    /// To partner admins: nobody of a rollout waits any more.
    RolloutFinished = "ROLLOUT_FINISHED", Products, Rollout { product: String, version: String, done: i64, failed: i64 };
    /// To partner admins: a subscriber did not get the version.
    RolloutFailed = "ROLLOUT_FAILED", Products, Rollout { product: String, version: String, customer: String };

    /// To open-platform operators: a cool app, or a change of one, waits for review.
    CoolAppSubmitted = "COOL_APP_SUBMITTED", Reviews, CoolAppReview { partner: String, cool_app: String };
    /// To open-platform operators: a cool app was not decided in time.
    CoolAppOverdue = "COOL_APP_OVERDUE", Reviews, CoolAppReview { partner: String, cool_app: String };
    /// To whoever handed it in: the cool app was approved.
    CoolAppApproved = "COOL_APP_APPROVED", Products, CoolApp { cool_app: String };
    /// To whoever handed it in: the cool app was rejected; of a change the market goes on showing what it showed.
    CoolAppRejected = "COOL_APP_REJECTED", Products, CoolApp { cool_app: String, reason: String, update: bool };
    /// To whoever handed it in: an operator took the cool app off the market.
    CoolAppDelisted = "COOL_APP_DELISTED", Products, CoolApp { cool_app: String, reason: String };

    /// To whoever started it: an import is done.
    ImportSucceeded = "IMPORT_SUCCEEDED", Imports, Import { application: String, version: String, dry_run: bool };
    /// To whoever started it: nothing was imported.
    ImportFailed = "IMPORT_FAILED", Imports, Import { file: String };

    /// To customer admins: an application arrived and waits for acceptance.
    ApplicationArrived = "APPLICATION_ARRIVED", Apps, AppInstance { partner: String, application: String, version: String };
    /// To customer admins: pages or components arrived in an application.
    PagesReceived = "PAGES_RECEIVED", Apps, AppInstance { delivery: DeliveryKind, partner: String, application: String };
    /// To customer admins: a new version of an application came; `kept` says how much stayed as they had made it.
    ApplicationUpgraded = "APPLICATION_UPGRADED", Apps, AppInstance { partner: String, application: String, version: String, kept: i64 };
    /// To customer admins: a new version waits for the end of their freeze window.
    UpgradeFrozen = "UPGRADE_FROZEN", Apps, AppInstance { partner: String, application: String, version: String };
    /// To customer admins: the partner went back to the pages before a delivery.
    PagesRolledBackByPartner = "PAGES_ROLLED_BACK_BY_PARTNER", Apps, AppInstance { partner: String, application: String };
    /// To customer admins: everything in the application may be edited now.
    EditPermissionOpened = "EDIT_PERMISSION_OPENED", Apps, AppInstance { partner: String, application: String };
    /// To customer admins: permissions only may be edited in the application now.
    EditPermissionClosed = "EDIT_PERMISSION_CLOSED", Apps, AppInstance { partner: String, application: String };
    /// To customer admins: the organisation's edition covers parts of an application no more (D26).
    PartsSuspended = "PARTS_SUSPENDED", Apps, AppInstance { application: String, parts: Vec<String> };
    /// To customer admins: four of five seats of an application are taken.
    SeatsAlmostTaken = "SEATS_ALMOST_TAKEN", Apps, AppInstance { application: String, taken: i64, seats: i64 };
    /// To customer admins: the last seat of an application is taken.
    SeatsTaken = "SEATS_TAKEN", Apps, AppInstance { application: String, seats: i64 };

    /// To partner admins: a customer ordered a product and is to pay.
    ProductOrdered = "PRODUCT_ORDERED", Orders, ProductOrder { customer: String, product: String, number: String };
    /// To partner admins: a customer tries a product, or opened it for nothing.
    ProductOpened = "PRODUCT_OPENED", Orders, ProductOrder { customer: String, product: String, trial: bool };
    /// To partner admins: an order will not be paid.
    ProductOrderClosed = "PRODUCT_ORDER_CLOSED", Orders, ProductOrder { customer: String, product: String, number: String, unpaid: bool };
    /// To partner admins: a customer gives an order back; the money waits to be returned.
    RefundAsked = "REFUND_ASKED", Orders, ProductOrder { customer: String, product: String, number: String, reason: String };
    /// To partner admins: a gateway could not return the money.
    RefundFailed = "REFUND_FAILED", Orders, ProductOrder { customer: String, product: String, number: String };
    /// To partner admins: money came that no order wants.
    PaymentToReturn = "PAYMENT_TO_RETURN", Orders, ProductOrder { customer: String, product: String, number: String, reference: String };
    /// To partner admins: the license of a customer is over.
    CustomerLicenseEnded = "CUSTOMER_LICENSE_ENDED", Orders, CustomerLicense { customer: String, product: String, trial: bool };
    /// To partner admins: what a customer bought could not be delivered.
    CustomerLicenseNotDelivered = "CUSTOMER_LICENSE_NOT_DELIVERED", Orders, CustomerLicense { customer: String, product: String };
    /// To customer admins: the partner ordered for them; they pay, or give it up.
    ProductOrderedForYou = "PRODUCT_ORDERED_FOR_YOU", Apps, OwnOrder { partner: String, product: String, number: String };
    /// To customer admins: the payment arrived, and what was ordered is open.
    PaymentConfirmed = "PAYMENT_CONFIRMED", Apps, OwnOrder { product: String, number: String };
    /// To customer admins: an order of theirs was closed.
    OwnOrderClosed = "OWN_ORDER_CLOSED", Apps, OwnOrder { product: String, number: String, unpaid: bool };
    /// To customer admins: the partner gives an order back.
    RefundGranted = "REFUND_GRANTED", Apps, OwnOrder { product: String, number: String, reason: String };
    /// To customer admins: the money was returned.
    RefundDone = "REFUND_DONE", Apps, OwnOrder { product: String, number: String };
    /// To customer admins: a license or a trial is about to end.
    LicenseEnding = "LICENSE_ENDING", Apps, License { product: String, days: i32, trial: bool };
    /// To customer admins: a license or a trial is over.
    LicenseEnded = "LICENSE_ENDED", Apps, License { product: String, trial: bool };
    /// To customer admins: what they bought could not be delivered.
    LicenseNotDelivered = "LICENSE_NOT_DELIVERED", Apps, License { customer: String, product: String };
    /// To partner admins: an organisation that bought a product rated it.
    ProductRated = "PRODUCT_RATED", Products, MarketProduct { product: String, stars: i32 };
    /// To customer admins: the partner answered their rating.
    RatingAnswered = "RATING_ANSWERED", Apps, MarketProduct { product: String };
    /// To customer admins: an operator took their rating from view.
    RatingHidden = "RATING_HIDDEN", Apps, MarketProduct { product: String, reason: String };
    /// To the contact who looks after it, or to partner admins: somebody is interested in a product.
    LeadArose = "LEAD_AROSE", Products, Lead { customer: String, person: String, product: String, source: LeadSource };
    /// To whoever passed their contact on: the partner is in touch.
    LeadTaken = "LEAD_TAKEN", Apps, OwnLead { partner: String, person: String, product: String };
    /// To customer admins: somebody of their organisation would like to have a product.
    AdminAsked = "ADMIN_ASKED", Apps, MarketProduct { person: String, product: String, note: String };
    /// To customer admins: somebody of their organisation came by a promotion link and would like to have its product.
    AdminAskedByLink = "ADMIN_ASKED_BY_LINK", Apps, Promotion { person: String, product: String, note: String };

    /// To customer admins: a developer asks to maintain an application remotely.
    MaintenanceRequested = "MAINTENANCE_REQUESTED", Maintenance, AppInstance { partner: String, person: String, application: String, reason: String, hours: i32 };
    /// To customer admins: a developer may maintain an application that is in development maintenance; nobody had to be asked.
    MaintenanceBegun = "MAINTENANCE_BEGUN", Maintenance, AppInstance { partner: String, person: String, application: String, reason: String, hours: i32 };
    /// To customer admins: the developer ended remote maintenance.
    MaintenanceEnded = "MAINTENANCE_ENDED", Maintenance, AppInstance { partner: String, person: String, application: String };
    /// To customer admins: the time of remote maintenance is over.
    MaintenanceExpired = "MAINTENANCE_EXPIRED", Maintenance, AppInstance { partner: String, person: String, application: String };
    /// To the developer: the customer granted remote maintenance.
    MaintenanceGranted = "MAINTENANCE_GRANTED", Maintenance, Order { customer: String, application: String, hours: i32 };
    /// To the developer: the customer refused remote maintenance, or ended it.
    MaintenanceRevoked = "MAINTENANCE_REVOKED", Maintenance, Order { customer: String, application: String };
    /// To the developer: the time of remote maintenance is over.
    MaintenanceTimedOut = "MAINTENANCE_TIMED_OUT", Maintenance, Order { customer: String, application: String };

    /// To partner admins: a customer asks about an application.
    ServiceRequested = "SERVICE_REQUESTED", Service, ServiceDesk { customer: String, application: String, request: ServiceRequestKind, title: String };
    /// To partner admins and whoever answered: the customer wrote more.
    ServiceReplied = "SERVICE_REPLIED", Service, ServiceDesk { customer: String, application: String, title: String };
    /// To partner admins and whoever answered: the customer closed the request.
    ServiceSolved = "SERVICE_SOLVED", Service, ServiceDesk { customer: String, application: String, title: String };
    /// To whoever opened it: the partner answered.
    ServiceAnswered = "SERVICE_ANSWERED", Service, ServiceRequest { partner: String, application: String, title: String };
    /// To whoever opened it: the partner closed the request.
    ServiceClosed = "SERVICE_CLOSED", Service, ServiceRequest { partner: String, application: String, title: String };
}

impl Notice {
    /// The stored form of the particulars; the word is stored beside it.
    pub fn parameters(&self) -> serde_json::Result<String> {
        let tagged = serde_json::to_value(self)?;
        Ok(tagged[self.kind().as_str()].to_string())
    }

    /// Reads the stored form.
    pub fn from_stored(kind: NotificationKind, parameters: &str) -> serde_json::Result<Self> {
        let particulars: serde_json::Value = serde_json::from_str(parameters)?;
        serde_json::from_value(serde_json::json!({ kind.as_str(): particulars }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_reads_back() {
        let notices = [
            Notice::PermissionGranted {},
            Notice::ProjectRejected {
                project: "巡检\n\"一\"".to_owned(),
                amount_mismatch: true,
                reason: None,
            },
            Notice::DeliveryFailed {
                delivery: DeliveryKind::NewPages,
                customer: "蓝海".to_owned(),
                application: "巡检".to_owned(),
            },
        ];
        for notice in notices {
            let stored = notice.parameters().unwrap();
            assert_eq!(Notice::from_stored(notice.kind(), &stored).unwrap(), notice, "{stored}");
        }
        assert_eq!(Notice::PermissionGranted {}.parameters().unwrap(), "{}");
    }
}
