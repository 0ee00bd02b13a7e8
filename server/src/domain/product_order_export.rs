//! Orders of products as a table that either side keeps (L13, L14): what was ordered, what was paid and what went back.

use chrono::FixedOffset;

use super::cell_time;
use super::instant::Instant;
use super::license::ChargeType;
use super::locale::{Locale, Text};
use super::money::Money;
use super::product_order::{ProductOrderStatus, ProductOrderType};

/// One order with the names that stand in its line.
#[derive(Clone, Debug)]
pub struct ProductOrderLine {
    pub number: String,
    pub product_name: String,
    pub customer_name: String,
    pub customer_corp_id: String,
    pub partner_name: String,
    pub order_type: ProductOrderType,
    pub charge_type: ChargeType,
    /// Empty for a trial, and for a product that costs nothing.
    pub plan_name: String,
    /// Nothing for no limit.
    pub seats: Option<i32>,
    /// Nothing leaves the end where it is.
    pub months: Option<i32>,
    pub amount: Money,
    pub status: ProductOrderStatus,
    /// Empty for the customer, who knows no channels (L19).
    pub isv_operation_code: String,
    pub created_at: Instant,
    pub paid_at: Option<Instant>,
    pub payment_reference: String,
    /// What of it goes back.
    pub refund: Option<Money>,
    /// When that was sent back.
    pub refunded_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// Where the order's page is.
    pub address: String,
}

/// The head of the table.
pub fn header(locale: Locale) -> [&'static str; 20] {
    match locale {
        Locale::ZhCn => [
            "订单编号",
            "商品",
            "购买企业",
            "购买企业 CorpID",
            "服务商",
            "订单类型",
            "规格",
            "人数",
            "月数",
            "金额",
            "币种",
            "状态",
            "渠道码",
            "下单时间",
            "付款时间",
            "付款凭证号",
            "退款金额",
            "退款时间",
            "关闭时间",
            "订单详情",
        ],
        Locale::En => [
            "Order number",
            "Product",
            "Customer",
            "Customer CorpID",
            "Service provider",
            "Kind of order",
            "Plan",
            "Seats",
            "Months",
            "Amount",
            "Currency",
            "State",
            "Channel code",
            "Ordered at",
            "Paid at",
            "Payment reference",
            "Refund",
            "Refunded at",
            "Closed at",
            "Order detail",
        ],
    }
}

impl ProductOrderLine {
    /// The line in words of that language, with the times of that zone; amounts as plain decimals, so that they add up.
    pub fn cells(&self, locale: Locale, zone: FixedOffset) -> [String; 20] {
        let said = |text: Text| text.get(locale).to_owned();
        let at = |instant| cell_time::moment(instant, zone);
        let at_if_any = |instant: Option<Instant>| instant.map(at).unwrap_or_default();
        let counted = |count: Option<i32>| count.map(|count| count.to_string());
        [
            self.number.clone(),
            self.product_name.clone(),
            self.customer_name.clone(),
            self.customer_corp_id.clone(),
            self.partner_name.clone(),
            said(kind(self.charge_type, self.order_type)),
            self.plan_name.clone(),
            counted(self.seats).unwrap_or_else(|| said(Text::new("不限", "No limit"))),
            counted(self.months).unwrap_or_default(),
            self.amount.to_decimal(),
            self.amount.currency.to_string(),
            said(self.status.text()),
            self.isv_operation_code.clone(),
            at(self.created_at),
            at_if_any(self.paid_at),
            self.payment_reference.clone(),
            self.refund.map(Money::to_decimal).unwrap_or_default(),
            at_if_any(self.refunded_at),
            at_if_any(self.closed_at),
            self.address.clone(),
        ]
    }
}

/// What people call such an order.
fn kind(charge: ChargeType, order: ProductOrderType) -> Text {
    match (charge, order) {
        (ChargeType::Trial, _) => Text::new("试用", "Trial"),
        (ChargeType::Free, _) => Text::new("免费开通", "Free of charge"),
        (ChargeType::Paid, ProductOrderType::Buy) => Text::new("新购", "New"),
        (ChargeType::Paid, ProductOrderType::Renew) => Text::new("续费", "Renewal"),
        (ChargeType::Paid, ProductOrderType::Upgrade) => Text::new("升级", "Upgrade"),
        (ChargeType::Paid, ProductOrderType::RenewUpgrade) => Text::new("续费升级", "Renewal with more"),
        (ChargeType::Paid, ProductOrderType::RenewDegrade) => Text::new("续费降级", "Renewal with fewer seats"),
    }
}
