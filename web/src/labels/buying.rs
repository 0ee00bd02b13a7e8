//! The words for licenses, orders of products and payments.

use crate::{
    api::{
        license::{ChargeType, LicenseStatus},
        product_order::{
            CloseReason, PaymentEventKind, PaymentOutcome, PaymentProvider, ProductOrderStatus, ProductOrderType,
            RefundBy,
        },
    },
    components::badge::Tone,
    i18n::{Key, texts::buying as words},
};

pub fn license(status: LicenseStatus) -> (Tone, Key) {
    match status {
        LicenseStatus::Trial => (Tone::Active, words::LICENSE_TRIAL),
        LicenseStatus::Free => (Tone::Good, words::LICENSE_FREE),
        LicenseStatus::Active => (Tone::Good, words::LICENSE_ACTIVE),
        LicenseStatus::Expired => (Tone::Neutral, words::LICENSE_EXPIRED),
        LicenseStatus::Refunded => (Tone::Neutral, words::LICENSE_REFUNDED),
    }
}

/// What costs nothing was opened and not paid.
pub fn order(status: ProductOrderStatus, charge: ChargeType) -> (Tone, Key) {
    match (status, charge) {
        (ProductOrderStatus::AwaitingPayment, _) => (Tone::Attention, words::ORDER_AWAITING),
        (ProductOrderStatus::Paid, ChargeType::Paid) => (Tone::Good, words::ORDER_PAID),
        (ProductOrderStatus::Paid, ChargeType::Trial | ChargeType::Free) => (Tone::Good, words::ORDER_OPENED),
        (ProductOrderStatus::Refunding, _) => (Tone::Active, words::ORDER_REFUNDING),
        (ProductOrderStatus::Refunded, _) => (Tone::Neutral, words::ORDER_REFUNDED),
        (ProductOrderStatus::Closed, _) => (Tone::Neutral, words::ORDER_CLOSED),
    }
}

/// 订单类型; a trial and what is free are no purchases.
pub fn order_type(kind: ProductOrderType, charge: ChargeType) -> Key {
    match (charge, kind) {
        (ChargeType::Trial, _) => words::TYPE_TRIAL,
        (ChargeType::Free, _) => words::TYPE_FREE,
        (ChargeType::Paid, ProductOrderType::Buy) => words::TYPE_BUY,
        (ChargeType::Paid, ProductOrderType::Renew) => words::TYPE_RENEW,
        (ChargeType::Paid, ProductOrderType::Upgrade) => words::TYPE_UPGRADE,
        (ChargeType::Paid, ProductOrderType::RenewUpgrade) => words::TYPE_RENEW_UPGRADE,
        (ChargeType::Paid, ProductOrderType::RenewDegrade) => words::TYPE_RENEW_DEGRADE,
    }
}

pub fn close_reason(reason: CloseReason) -> Key {
    match reason {
        CloseReason::Customer => words::CLOSED_BY_CUSTOMER,
        CloseReason::Partner => words::CLOSED_BY_PARTNER,
        CloseReason::NotPaidInTime => words::CLOSED_UNPAID,
    }
}

pub fn refund_by(by: RefundBy) -> Key {
    match by {
        RefundBy::Buyer => words::BY_BUYER,
        RefundBy::Partner => words::BY_PARTNER,
    }
}

pub fn payment_way(way: PaymentProvider) -> Key {
    match way {
        PaymentProvider::Offline => words::WAY_OFFLINE,
        PaymentProvider::Gateway => words::WAY_GATEWAY,
    }
}

pub fn payment_event(kind: PaymentEventKind) -> Key {
    match kind {
        PaymentEventKind::PaymentSucceeded => words::EVENT_PAYMENT_SUCCEEDED,
        PaymentEventKind::PaymentFailed => words::EVENT_PAYMENT_FAILED,
        PaymentEventKind::RefundSucceeded => words::EVENT_REFUND_SUCCEEDED,
        PaymentEventKind::RefundFailed => words::EVENT_REFUND_FAILED,
    }
}

pub fn payment_outcome(outcome: PaymentOutcome) -> (Tone, Key) {
    match outcome {
        PaymentOutcome::Applied => (Tone::Good, words::OUTCOME_APPLIED),
        PaymentOutcome::Ignored => (Tone::Neutral, words::OUTCOME_IGNORED),
        PaymentOutcome::ToReturn => (Tone::Bad, words::OUTCOME_TO_RETURN),
        PaymentOutcome::Waiting => (Tone::Active, words::OUTCOME_WAITING),
    }
}
