//! Licenses (L13–L16): what an organisation holds of products, as both sides read it, and what it could open or order. Orders are
//! `product_order`.

use super::{
    DateTime, MinorUnits,
    customer_order::ReceivedApp,
    delivery::{DeliveryAction, DeliveryKind, DeliveryStatus, DeliverySummary},
    order::OrderParty,
    page::PageInfo,
    product_order::{ProductOrderType, WaitingOrder},
    schema,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicenseStatus {
    Trial,
    Free,
    Active,
    Expired,
    Refunded,
}

impl LicenseStatus {
    /// Whether the application may be used.
    pub const fn is_running(self) -> bool {
        match self {
            Self::Trial | Self::Free | Self::Active => true,
            Self::Expired | Self::Refunded => false,
        }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicenseAction {
    Renew,
    Upgrade,
    Deliver,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeType {
    Trial,
    Free,
    Paid,
}

read_enums!(LicenseStatus, LicenseAction, ChargeType);

read! {
    /// Whose a license or an order is.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct Holder {
        pub name: String,
        pub corp_id: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "License")]
    pub struct LicenseRow {
        pub id: cynic::Id,
        pub status: LicenseStatus,
        pub product_id: cynic::Id,
        pub product_name: String,
        pub organization: Holder,
        pub partner_name: String,
        pub plan_name: Option<String>,
        pub seats: Option<i32>,
        pub from: DateTime,
        pub until: Option<DateTime>,
        pub available_actions: Vec<LicenseAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "LicenseConnection")]
    pub struct LicensePage {
        pub nodes: Vec<LicenseRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(LicensePage of LicenseRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct LicenseTerm {
        pub plan_name: String,
        pub seats: i32,
        pub from: DateTime,
        pub until: DateTime,
    }
}

read! {
    /// The latest send, and why it did not succeed.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Delivery")]
    pub struct LicenseDelivery {
        pub id: cynic::Id,
        pub kind: DeliveryKind,
        pub status: DeliveryStatus,
        pub total: i32,
        pub done: i32,
        pub skipped: i32,
        pub failed: i32,
        pub failures: Vec<String>,
        pub finished_at: Option<DateTime>,
        pub available_actions: Vec<DeliveryAction>,
    }
}

impl LicenseDelivery {
    pub fn summary(&self) -> DeliverySummary {
        DeliverySummary {
            id: self.id.clone(),
            kind: self.kind,
            status: self.status,
            total: self.total,
            done: self.done,
            skipped: self.skipped,
            failed: self.failed,
            available_actions: self.available_actions.clone(),
        }
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct License {
        pub id: cynic::Id,
        pub status: LicenseStatus,
        pub product_id: cynic::Id,
        pub product_name: String,
        pub organization: Holder,
        pub partner_name: String,
        pub plan_name: Option<String>,
        pub seats: Option<i32>,
        pub from: DateTime,
        pub until: Option<DateTime>,
        pub terms: Vec<LicenseTerm>,
        pub instance: Option<ReceivedApp>,
        pub delivery: Option<LicenseDelivery>,
        pub available_actions: Vec<LicenseAction>,
    }
}

impl License {
    pub fn may(&self, action: LicenseAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    /// What other pages say of a license.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "License")]
    pub struct LicenseBrief {
        pub id: cynic::Id,
        pub status: LicenseStatus,
        pub seats: Option<i32>,
        pub until: Option<DateTime>,
    }
}

read! {
    /// What the acting organisation can do with a product now.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductOffer {
        pub ways: Vec<ChargeType>,
        pub running: bool,
        pub license: Option<LicenseBrief>,
        pub waiting_order: Option<WaitingOrder>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductQuotePart {
        pub cost: MinorUnits,
        pub from: DateTime,
        pub until: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductQuote {
        pub order_type: ProductOrderType,
        pub amount: MinorUnits,
        pub parts: Vec<ProductQuotePart>,
        pub until: Option<DateTime>,
    }
}

#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct LicenseFilter {
    pub status: Option<LicenseStatus>,
    pub product_id: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct LicenseActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ProductQuoteInput {
    pub product_id: cynic::Id,
    pub item_code: cynic::Id,
    pub seats: i32,
    pub months: Option<i32>,
    pub promotion: Option<String>,
}

operation! { $ Query:
    licenses(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<LicenseFilter>
    ) => LicensePage
}
operation! { $ Query: license(id = id: cynic::Id) => Option<License> }
operation! { $ Query: product_offer(productId = product_id: cynic::Id, promotion = promotion: Option<String>) -> ProductOfferResult / ProductOffer }
operation! { $ Query: product_quote(input = input: ProductQuoteInput) -> ProductQuoteResult / ProductQuote }
operation! { $ Mutation: deliver_license(input = input: LicenseActionInput) -> DeliverLicenseResult / LicenseBrief }
