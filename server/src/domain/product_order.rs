//! Orders of products (订单, L13, L14): where one stands, who moves it, and until when it waits for its payment. What it costs and
//! makes of a license is `license`; how payments come is `payment`.

use chrono::Duration;

use super::instant::Instant;
use super::license::Quoted;
use super::locale::Text;
use super::transition::status;
use super::words::words;
use appshelf_rules::price;

words! {
    /// What kind of order of a product it is.
    ProductOrderType {
        /// 新购: nothing that was paid for runs; also after a trial or the free plan.
        Buy = "BUY",
        /// 续费: the same seats for another period.
        Renew = "RENEW",
        /// 升级: more from now on, until what runs ends.
        Upgrade = "UPGRADE",
        /// 续费升级: more from now on, and for another period.
        RenewUpgrade = "RENEW_UPGRADE",
        /// 续费降级: another period with fewer seats.
        RenewDegrade = "RENEW_DEGRADE",
    }
}

words! {
    /// State of an order of a product.
    ProductOrderStatus {
        /// 待付款.
        AwaitingPayment = "AWAITING_PAYMENT",
        /// 已付款: what it is for was opened; also where it costs nothing.
        Paid = "PAID",
        /// 退款中: the service has ended, the money is on its way back.
        Refunding = "REFUNDING",
        /// 已退款.
        Refunded = "REFUNDED",
        /// 已关闭: never paid.
        Closed = "CLOSED",
    }
}

words! {
    /// What moves an order of a product.
    ProductOrderStep {
        /// Its payment arrived.
        Pay = "PAY",
        /// It will not be paid.
        Close = "CLOSE",
        /// It is given back.
        Refund = "REFUND",
        /// The money arrived back.
        FinishRefund = "FINISH_REFUND",
    }
}

words! {
    /// What a viewer can do with an order of a product.
    ProductOrderAction {
        /// See how to pay.
        Pay = "PAY",
        /// Give it up before it is paid.
        Close = "CLOSE",
        /// Confirm that the payment arrived.
        ConfirmPayment = "CONFIRM_PAYMENT",
        /// Give it back, at the buyer's word or the partner's.
        Refund = "REFUND",
        /// Confirm that the money was sent back.
        ConfirmRefund = "CONFIRM_REFUND",
    }
}

words! {
    /// Who asked for a refund.
    RefundBy {
        /// Within seven days of the payment.
        Buyer = "BUYER",
        /// At any time.
        Partner = "PARTNER",
    }
}

words! {
    /// Why an order was closed.
    CloseReason {
        /// The customer gave it up.
        Customer = "CUSTOMER",
        /// The partner gave it up.
        Partner = "PARTNER",
        /// Nobody paid it in time.
        NotPaidInTime = "NOT_PAID_IN_TIME",
    }
}

impl From<price::OrderType> for ProductOrderType {
    fn from(of: price::OrderType) -> Self {
        match of {
            price::OrderType::Buy => Self::Buy,
            price::OrderType::Renew => Self::Renew,
            price::OrderType::Upgrade => Self::Upgrade,
            price::OrderType::RenewUpgrade => Self::RenewUpgrade,
            price::OrderType::RenewDegrade => Self::RenewDegrade,
        }
    }
}

impl RefundBy {
    /// As prices know it.
    pub const fn price(self) -> price::RefundBy {
        match self {
            Self::Buyer => price::RefundBy::Buyer,
            Self::Partner => price::RefundBy::Partner,
        }
    }
}

impl ProductOrderStatus {
    /// AWAITING_PAYMENT → PAID → REFUNDING → REFUNDED; AWAITING_PAYMENT → CLOSED.
    pub const fn after(self, step: ProductOrderStep) -> Option<Self> {
        use ProductOrderStep as S;
        match (self, step) {
            (Self::AwaitingPayment, S::Pay) => Some(Self::Paid),
            (Self::AwaitingPayment, S::Close) => Some(Self::Closed),
            (Self::Paid, S::Refund) => Some(Self::Refunding),
            (Self::Refunding, S::FinishRefund) => Some(Self::Refunded),
            (Self::AwaitingPayment, S::Refund | S::FinishRefund)
            | (Self::Paid, S::Pay | S::Close | S::FinishRefund)
            | (Self::Refunding, S::Pay | S::Close | S::Refund)
            | (Self::Refunded | Self::Closed, _) => None,
        }
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::AwaitingPayment => Text::new("待付款", "Awaiting payment"),
            Self::Paid => Text::new("已付款", "Paid"),
            Self::Refunding => Text::new("退款中", "Being refunded"),
            Self::Refunded => Text::new("已退款", "Refunded"),
            Self::Closed => Text::new("已关闭", "Closed"),
        }
    }
}

impl ProductOrderStep {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Pay => Text::new("确认收款", "Confirm the payment"),
            Self::Close => Text::new("关闭订单", "Close the order"),
            Self::Refund => Text::new("退款", "Refund"),
            Self::FinishRefund => Text::new("确认已退款", "Confirm the refund"),
        }
    }
}

status!(ProductOrderStatus moved by ProductOrderStep);

/// Who looks at an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOrderViewer {
    /// An admin of who bought.
    Buyer,
    /// An admin of who sells.
    Partner,
    /// Whoever only reads.
    Reader,
}

/// What decides which actions are open.
#[derive(Clone, Copy, Debug)]
pub struct ProductOrderFacts {
    pub status: ProductOrderStatus,
    /// What opens nothing by money is not given back.
    pub paid_for: bool,
    pub paid_at: Option<Instant>,
    /// What the money went through reports its way back by itself.
    pub by_gateway: bool,
    /// No later order of the license stands.
    pub last: bool,
}

/// Days in which the buyer's word is enough for a refund.
pub fn buyer_may_refund_until(paid_at: Instant) -> Instant {
    paid_at + Duration::days(price::refund::BUYER_DAYS.into())
}

impl ProductOrderFacts {
    /// Everything that the viewer can do now.
    pub fn available_actions(self, viewer: ProductOrderViewer, now: Instant) -> Vec<ProductOrderAction> {
        use ProductOrderAction as A;
        let may = |action: &A| match (viewer, action) {
            (ProductOrderViewer::Reader, _) => false,
            (ProductOrderViewer::Buyer, A::Pay) | (ProductOrderViewer::Partner, A::ConfirmPayment) => {
                self.status == ProductOrderStatus::AwaitingPayment
            }
            (_, A::Close) => self.status == ProductOrderStatus::AwaitingPayment,
            (_, A::Refund) => {
                let in_time = self.paid_at.is_some_and(|paid| now <= buyer_may_refund_until(paid));
                let allowed = viewer == ProductOrderViewer::Partner || in_time;
                self.status == ProductOrderStatus::Paid && self.paid_for && self.last && allowed
            }
            (ProductOrderViewer::Partner, A::ConfirmRefund) => {
                self.status == ProductOrderStatus::Refunding && !self.by_gateway
            }
            (ProductOrderViewer::Buyer, A::ConfirmPayment | A::ConfirmRefund)
            | (ProductOrderViewer::Partner, A::Pay) => false,
        };
        A::ALL.iter().copied().filter(may).collect()
    }
}

/// Days that an order waits for its payment.
const DAYS_TO_PAY: i64 = 7;

/// Until when an order is to be paid. What raises a license that runs is priced by what remains of it, so it waits no longer
/// than that.
pub fn pay_until(quoted: &Quoted, held_until: Option<Instant>, now: Instant) -> Instant {
    let latest = now + Duration::days(DAYS_TO_PAY);
    match quoted.order_type {
        price::OrderType::Buy | price::OrderType::Renew | price::OrderType::RenewDegrade => latest,
        price::OrderType::Upgrade | price::OrderType::RenewUpgrade => {
            held_until.map_or(latest, |until| until.min(latest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l14_what_is_paid_is_given_back_at_most_once_and_what_is_not_paid_never() {
        use ProductOrderStatus as S;
        use ProductOrderStep as Step;
        let grid: Vec<String> = S::ALL
            .iter()
            .map(|status| {
                let after = |step: &Step| status.after(*step).map_or("-", S::as_str);
                let row: Vec<&str> = Step::ALL.iter().map(after).collect();
                format!("{status}: {}", row.join(" "))
            })
            .collect();
        let expected = [
            "AWAITING_PAYMENT: PAID CLOSED - -",
            "PAID: - - REFUNDING -",
            "REFUNDING: - - - REFUNDED",
            "REFUNDED: - - - -",
            "CLOSED: - - - -",
        ];
        assert_eq!(grid, expected);
    }

    #[test]
    fn l14_the_buyers_word_is_enough_for_seven_days_and_later_the_partners_alone() {
        let paid_at = Instant::from(chrono::DateTime::UNIX_EPOCH);
        let facts = ProductOrderFacts {
            status: ProductOrderStatus::Paid,
            paid_for: true,
            paid_at: Some(paid_at),
            by_gateway: false,
            last: true,
        };
        let may = |facts: ProductOrderFacts, viewer, now| {
            facts
                .available_actions(viewer, now)
                .contains(&ProductOrderAction::Refund)
        };
        let seven_days = paid_at + Duration::days(7);
        let later = seven_days + Duration::microseconds(1);
        assert!(may(facts, ProductOrderViewer::Buyer, seven_days));
        assert!(!may(facts, ProductOrderViewer::Buyer, later));
        assert!(may(facts, ProductOrderViewer::Partner, later));
        assert!(!may(facts, ProductOrderViewer::Reader, paid_at));
        assert!(!may(
            ProductOrderFacts { last: false, ..facts },
            ProductOrderViewer::Partner,
            paid_at
        ));
        assert!(!may(
            ProductOrderFacts {
                paid_for: false,
                ..facts
            },
            ProductOrderViewer::Partner,
            paid_at
        ));
    }
}
