//! Orders of products (L13, L14), as the two sides read and move them.

use super::{
    DateTime, MinorUnits, Money,
    license::{ChargeType, Holder, LicenseBrief},
    order::OrderParty,
    page::PageInfo,
    schema,
    session::Person,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOrderStatus {
    AwaitingPayment,
    Paid,
    Refunding,
    Refunded,
    Closed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOrderType {
    Buy,
    Renew,
    Upgrade,
    RenewUpgrade,
    RenewDegrade,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOrderAction {
    Pay,
    Close,
    ConfirmPayment,
    Refund,
    ConfirmRefund,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    Customer,
    Partner,
    NotPaidInTime,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundBy {
    Buyer,
    Partner,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentProvider {
    Offline,
    Gateway,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentEventKind {
    PaymentSucceeded,
    PaymentFailed,
    RefundSucceeded,
    RefundFailed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentOutcome {
    Applied,
    Ignored,
    ToReturn,
    Waiting,
}

read_enums!(
    ProductOrderStatus,
    ProductOrderType,
    ProductOrderAction,
    CloseReason,
    RefundBy,
    PaymentProvider,
    PaymentEventKind,
    PaymentOutcome
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductOrder")]
    pub struct ProductOrderRow {
        pub id: cynic::Id,
        pub number: String,
        pub status: ProductOrderStatus,
        pub order_type: ProductOrderType,
        pub charge_type: ChargeType,
        pub product_name: String,
        pub customer: Holder,
        pub partner_name: String,
        pub plan_name: Option<String>,
        pub seats: Option<i32>,
        pub amount: Money,
        pub created_at: DateTime,
        pub pay_until: Option<DateTime>,
        pub available_actions: Vec<ProductOrderAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductOrderConnection")]
    pub struct ProductOrderPage {
        pub nodes: Vec<ProductOrderRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ProductOrderPage of ProductOrderRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PaymentInstructions {
        pub holder: String,
        pub bank: String,
        pub number: String,
        pub reference: String,
        pub checkout_url: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductRefund {
        pub amount: MinorUnits,
        pub by: RefundBy,
        pub reason: String,
        pub asked_at: DateTime,
        pub refunded_at: Option<DateTime>,
        pub reference: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PaymentEvent {
        pub kind: PaymentEventKind,
        pub amount: MinorUnits,
        pub reference: String,
        pub occurred_at: DateTime,
        pub outcome: PaymentOutcome,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductOrder {
        pub id: cynic::Id,
        pub number: String,
        pub status: ProductOrderStatus,
        pub order_type: ProductOrderType,
        pub charge_type: ChargeType,
        pub product_name: String,
        pub customer: Holder,
        pub partner_name: String,
        pub ordered_by: Option<Person>,
        pub by_partner: bool,
        pub plan_name: Option<String>,
        pub seats: Option<i32>,
        pub months: Option<i32>,
        pub amount: Money,
        pub created_at: DateTime,
        pub pay_until: Option<DateTime>,
        pub paid_at: Option<DateTime>,
        pub payment_provider: Option<PaymentProvider>,
        pub payment_reference: String,
        pub buyer_may_refund_until: Option<DateTime>,
        pub service_until: Option<DateTime>,
        pub license: Option<LicenseBrief>,
        pub refund: Option<ProductRefund>,
        pub close_reason: Option<CloseReason>,
        pub closed_at: Option<DateTime>,
        pub isv_operation_code: Option<String>,
        pub payment_events: Vec<PaymentEvent>,
        pub payment_instructions: Option<PaymentInstructions>,
        pub available_actions: Vec<ProductOrderAction>,
    }
}

impl ProductOrder {
    pub fn may(&self, action: ProductOrderAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    /// An order that keeps another from being placed.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductOrder")]
    pub struct WaitingOrder {
        pub id: cynic::Id,
        pub number: String,
        pub amount: Money,
    }
}

read! {
    /// What a step answers; the page reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductOrder")]
    pub struct PlacedProductOrder {
        pub id: cynic::Id,
        pub license: Option<LicenseBrief>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AskedAdmins {
        pub product_name: String,
    }
}

#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct ProductOrderFilter {
    pub search: Option<String>,
    pub status: Option<ProductOrderStatus>,
    pub license_id: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OpenProductInput {
    pub product_id: cynic::Id,
    pub way: ChargeType,
    pub shares_contact: bool,
    pub promotion: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OrderProductInput {
    pub product_id: cynic::Id,
    pub item_code: cynic::Id,
    pub seats: i32,
    pub months: Option<i32>,
    pub accepted_amount: Option<MinorUnits>,
    pub promotion: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OrderForCustomerInput {
    pub corp_id: String,
    pub product_id: cynic::Id,
    pub item_code: cynic::Id,
    pub seats: i32,
    pub months: Option<i32>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProductOrderActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ConfirmProductOrderInput {
    pub id: cynic::Id,
    pub reference: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RefundProductOrderInput {
    pub id: cynic::Id,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AskAdminsInput {
    pub product_id: cynic::Id,
    pub note: String,
    pub shares_contact: bool,
    pub promotion: Option<String>,
}

operation! { $ Query:
    product_orders(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<ProductOrderFilter>
    ) => ProductOrderPage
}
operation! { $ Query: product_order(id = id: cynic::Id) => Option<ProductOrder> }
operation! { $ Mutation:
    open_product(input = input: OpenProductInput, idempotencyKey = idempotency_key: Option<String>)
        -> OpenProductResult / PlacedProductOrder
}
operation! { $ Mutation:
    order_product(input = input: OrderProductInput, idempotencyKey = idempotency_key: Option<String>)
        -> OrderProductResult / PlacedProductOrder
}
operation! { $ Mutation:
    order_for_customer(input = input: OrderForCustomerInput, idempotencyKey = idempotency_key: Option<String>)
        -> OrderForCustomerResult / PlacedProductOrder
}
operation! { $ Mutation:
    close_product_order(input = input: ProductOrderActionInput) -> CloseProductOrderResult / PlacedProductOrder
}
operation! { $ Mutation: confirm_payment(input = input: ConfirmProductOrderInput) -> ConfirmPaymentResult / PlacedProductOrder }
operation! { $ Mutation:
    refund_product_order(input = input: RefundProductOrderInput) -> RefundProductOrderResult / PlacedProductOrder
}
operation! { $ Mutation: confirm_refund(input = input: ConfirmProductOrderInput) -> ConfirmRefundResult / PlacedProductOrder }
operation! { $ Mutation: ask_admins(input = input: AskAdminsInput) -> AskAdminsResult / AskedAdmins }
