//! The order centre as a table that people keep: its columns in the order of the screen, then what a spreadsheet needs to
//! find an order again.

use chrono::FixedOffset;

use super::cell_time;
use super::instant::Instant;
use super::locale::{Locale, Text};
use super::maintenance::MaintenanceStatus;
use super::order::SendStatus;

/// One order with the names that stand in its line.
#[derive(Clone, Debug)]
pub struct OrderLine {
    pub customer_name: String,
    pub application_name: String,
    /// Who bought.
    pub ordered_by: String,
    pub created_at: Instant,
    pub app_status: SendStatus,
    pub page_status: SendStatus,
    pub full_edit_permission: bool,
    /// The remote maintenance that was asked for last.
    pub maintenance: Option<MaintenanceStatus>,
    /// Where the order's page is.
    pub address: String,
    pub number: String,
    pub customer_corp_id: String,
    pub partner_name: String,
    /// Empty for the customer, who knows no project.
    pub project_name: String,
}

/// The head of the table.
pub fn header(locale: Locale) -> [&'static str; 13] {
    match locale {
        Locale::ZhCn => [
            "购买企业名称",
            "购买应用名称",
            "操作人",
            "下单时间",
            "应用发送状态",
            "页面发送状态",
            "编辑权限",
            "远程维护",
            "订单详情",
            "订单编号",
            "购买企业 CorpID",
            "服务商",
            "项目",
        ],
        Locale::En => [
            "Customer",
            "Application",
            "Ordered by",
            "Ordered at",
            "Application state",
            "Page state",
            "Edit permission",
            "Remote maintenance",
            "Order detail",
            "Order number",
            "Customer CorpID",
            "Service provider",
            "Project",
        ],
    }
}

impl OrderLine {
    /// The line in words of that language, with the time of that zone.
    pub fn cells(&self, locale: Locale, zone: FixedOffset) -> [String; 13] {
        let said = |text: Text| text.get(locale).to_owned();
        [
            self.customer_name.clone(),
            self.application_name.clone(),
            self.ordered_by.clone(),
            cell_time::moment(self.created_at, zone),
            said(self.app_status.text()),
            said(self.page_status.text()),
            said(edit_permission(self.app_status, self.full_edit_permission)),
            self.maintenance.map(|status| said(status.text())).unwrap_or_default(),
            self.address.clone(),
            self.number.clone(),
            self.customer_corp_id.clone(),
            self.partner_name.clone(),
            self.project_name.clone(),
        ]
    }
}

/// D15: there is none before the application arrived.
fn edit_permission(app: SendStatus, full: bool) -> Text {
    match (app, full) {
        (SendStatus::Succeeded, true) => Text::new("全部编辑权限", "All"),
        (SendStatus::Succeeded, false) => Text::new("仅应用权限和页面权限", "App and page permission only"),
        (SendStatus::NotSent | SendStatus::Sending | SendStatus::Failed | SendStatus::Partial, _) => Text::new("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell_time::zone;

    #[test]
    fn a_line_speaks_the_readers_language_and_time() {
        let line = OrderLine {
            customer_name: "云杉零售".to_owned(),
            application_name: "巡检".to_owned(),
            ordered_by: "周敏".to_owned(),
            created_at: Instant::from("2026-11-23T16:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()),
            app_status: SendStatus::Succeeded,
            page_status: SendStatus::NotSent,
            full_edit_permission: false,
            maintenance: None,
            address: "https://a.example/portal/orders/order_1".to_owned(),
            number: "D1".to_owned(),
            customer_corp_id: "dingyunshan".to_owned(),
            partner_name: "启航".to_owned(),
            project_name: String::new(),
        };
        let zh = line.cells(Locale::ZhCn, zone(None));
        assert_eq!(
            zh[3..7],
            ["2026-11-24 00:30:00", "成功", "未发送", "仅应用权限和页面权限"]
        );
        let en = line.cells(Locale::En, zone(Some(-300)));
        assert_eq!(en[3..6], ["2026-11-23 11:30:00", "Succeeded", "Not sent"]);
        assert_eq!(header(Locale::En).len(), en.len());
    }
}
