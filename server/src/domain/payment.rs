//! Payments (L14): by bank transfer, which the partner confirms, or through a gateway that tells of them. What a gateway tells may
//! come late, twice and in any order; here is what each message means for an order. Its signature is `auth::payment_signature`.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::product_order::ProductOrderStatus;
use super::words::words;

words! {
    /// The way of a payment.
    PaymentProvider {
        /// 线下转账: a bank transfer; the partner confirms that it arrived.
        Offline = "OFFLINE",
        /// 在线支付: a gateway tells of it.
        Gateway = "GATEWAY",
    }
}

words! {
    /// What a gateway tells of.
    PaymentEventKind {
        /// The money arrived.
        PaymentSucceeded = "PAYMENT_SUCCEEDED",
        /// It did not; the customer may try again.
        PaymentFailed = "PAYMENT_FAILED",
        /// The money is back at the customer's.
        RefundSucceeded = "REFUND_SUCCEEDED",
        /// It is not; the partner has to see to it.
        RefundFailed = "REFUND_FAILED",
    }
}

words! {
    /// What became of a message of a gateway.
    PaymentOutcome {
        /// It tells of something that stands before the order: it waits for that.
        Waiting = "WAITING",
        /// The order follows it.
        Applied = "APPLIED",
        /// It changes nothing.
        Ignored = "IGNORED",
        /// Money arrived that the order does not want: it has to go back.
        ToReturn = "TO_RETURN",
    }
}

/// A message of a gateway, as its body holds it. Amounts are minor units.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentMessage {
    /// `payment.succeeded`, `payment.failed`, `refund.succeeded`, `refund.failed`.
    #[serde(rename = "type")]
    pub kind: MessageKind,
    pub order_id: String,
    pub amount: i64,
    pub currency: String,
    /// By which the gateway knows the payment.
    pub reference: String,
    pub occurred_at: DateTime<Utc>,
}

/// The kinds of messages under the names that they are sent by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum MessageKind {
    #[serde(rename = "payment.succeeded")]
    PaymentSucceeded,
    #[serde(rename = "payment.failed")]
    PaymentFailed,
    #[serde(rename = "refund.succeeded")]
    RefundSucceeded,
    #[serde(rename = "refund.failed")]
    RefundFailed,
}

impl From<MessageKind> for PaymentEventKind {
    fn from(kind: MessageKind) -> Self {
        match kind {
            MessageKind::PaymentSucceeded => Self::PaymentSucceeded,
            MessageKind::PaymentFailed => Self::PaymentFailed,
            MessageKind::RefundSucceeded => Self::RefundSucceeded,
            MessageKind::RefundFailed => Self::RefundFailed,
        }
    }
}

/// What an order has to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// It is paid.
    Pay,
    /// It was given back without anybody having asked here.
    RefundWhole,
    /// The refund that was asked for is done.
    FinishRefund,
    /// The refund that was asked for did not work.
    RefundFailed,
    /// Nothing; the message is kept as this.
    Keep(PaymentOutcome),
}

/// The order as far as messages go.
#[derive(Clone, Debug)]
pub struct PaidBy<'a> {
    pub status: ProductOrderStatus,
    pub amount: i64,
    pub currency: &'a str,
    /// By which the payment that it took is known.
    pub reference: &'a str,
}

/// What a message means for an order that stands so. A payment of another amount is not taken; one that comes after the order was
/// closed, or a second one, goes back. What was refunded before it is known to be paid waits.
pub fn reaction(order: &PaidBy<'_>, kind: PaymentEventKind, amount: i64, currency: &str, reference: &str) -> Reaction {
    use PaymentOutcome as O;
    use ProductOrderStatus as S;
    match (kind, order.status) {
        (PaymentEventKind::PaymentSucceeded, S::AwaitingPayment) => {
            match amount == order.amount && currency == order.currency {
                true => Reaction::Pay,
                false => Reaction::Keep(O::ToReturn),
            }
        }
        (PaymentEventKind::PaymentSucceeded, S::Paid | S::Refunding | S::Refunded) if order.reference == reference => {
            Reaction::Keep(O::Ignored)
        }
        (PaymentEventKind::PaymentSucceeded, S::Paid | S::Refunding | S::Refunded | S::Closed) => {
            Reaction::Keep(O::ToReturn)
        }
        (PaymentEventKind::RefundSucceeded, S::AwaitingPayment) => Reaction::Keep(O::Waiting),
        (PaymentEventKind::RefundSucceeded, S::Paid) if order.reference == reference => Reaction::RefundWhole,
        (PaymentEventKind::RefundSucceeded, S::Refunding) if order.reference == reference => Reaction::FinishRefund,
        (PaymentEventKind::RefundFailed, S::Refunding) if order.reference == reference => Reaction::RefundFailed,
        (PaymentEventKind::RefundFailed, S::AwaitingPayment | S::Paid) => Reaction::Keep(O::Waiting),
        (PaymentEventKind::PaymentFailed, _)
        | (PaymentEventKind::RefundSucceeded, S::Paid | S::Refunding | S::Refunded | S::Closed)
        | (PaymentEventKind::RefundFailed, S::Refunding | S::Refunded | S::Closed) => Reaction::Keep(O::Ignored),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PaymentEventKind as K;
    use ProductOrderStatus as S;

    fn order(status: S) -> PaidBy<'static> {
        PaidBy {
            status,
            amount: 12_100,
            currency: "CNY",
            reference: "pay-1",
        }
    }

    #[test]
    fn l14_a_payment_opens_once_and_what_is_too_much_goes_back() {
        let told = |status, amount, currency, reference| {
            reaction(&order(status), K::PaymentSucceeded, amount, currency, reference)
        };
        let keep = Reaction::Keep;
        assert_eq!(told(S::AwaitingPayment, 12_100, "CNY", "pay-1"), Reaction::Pay);
        assert_eq!(
            told(S::AwaitingPayment, 12_099, "CNY", "pay-1"),
            keep(PaymentOutcome::ToReturn)
        );
        assert_eq!(
            told(S::AwaitingPayment, 12_100, "USD", "pay-1"),
            keep(PaymentOutcome::ToReturn)
        );
        assert_eq!(told(S::Paid, 12_100, "CNY", "pay-1"), keep(PaymentOutcome::Ignored));
        assert_eq!(told(S::Paid, 12_100, "CNY", "pay-2"), keep(PaymentOutcome::ToReturn));
        assert_eq!(told(S::Closed, 12_100, "CNY", "pay-1"), keep(PaymentOutcome::ToReturn));
    }

    #[test]
    fn l14_what_comes_in_another_order_waits_for_what_stands_before_it() {
        let told = |status, kind| reaction(&order(status), kind, 12_100, "CNY", "pay-1");
        assert_eq!(
            told(S::AwaitingPayment, K::RefundSucceeded),
            Reaction::Keep(PaymentOutcome::Waiting)
        );
        assert_eq!(told(S::Paid, K::RefundSucceeded), Reaction::RefundWhole);
        assert_eq!(told(S::Refunding, K::RefundSucceeded), Reaction::FinishRefund);
        assert_eq!(
            told(S::Refunded, K::RefundSucceeded),
            Reaction::Keep(PaymentOutcome::Ignored)
        );
        assert_eq!(told(S::Paid, K::PaymentFailed), Reaction::Keep(PaymentOutcome::Ignored));
        assert_eq!(told(S::Refunding, K::RefundFailed), Reaction::RefundFailed);
    }
}
