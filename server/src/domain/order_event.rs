//! What happens to an order over its life (D20): the kinds of steps that its timeline tells, and the facts that belong to a
//! step. Who did it and when is the row's; what moved stands in the noun that moved.

use serde::{Deserialize, Serialize};

use super::delivery::DeliveryKind;
use super::locale::Text;
use super::preflight::{DeliveryFailure, Speak};
use super::words::words;

words! {
    /// What happened to an order.
    OrderEventKind {
        /// The customer bought.
        Ordered = "ORDERED",
        /// The partner started a delivery; which one and of what stands in the delivery.
        DeliveryQueued = "DELIVERY_QUEUED",
        /// The partner tried a delivery again.
        DeliveryRetried = "DELIVERY_RETRIED",
        /// Everything that travels arrived.
        DeliverySucceeded = "DELIVERY_SUCCEEDED",
        /// Some items of a delivery failed.
        DeliveryPartlySent = "DELIVERY_PARTLY_SENT",
        /// A delivery failed.
        DeliveryFailed = "DELIVERY_FAILED",
        /// A delivery was stopped.
        DeliveryCancelled = "DELIVERY_CANCELLED",
        /// D16: an overwrite of pages was taken back.
        RolledBack = "ROLLED_BACK",
        /// D16: the customer removed a page.
        PageRemoved = "PAGE_REMOVED",
        /// D19: the customer may edit everything.
        EditPermissionOpened = "EDIT_PERMISSION_OPENED",
        /// D19: the customer may edit app permission and page permission only.
        EditPermissionClosed = "EDIT_PERMISSION_CLOSED",
        /// The customer accepted and closed development maintenance.
        Accepted = "ACCEPTED",
        /// The customer put the application back into development maintenance.
        DevMaintenanceReopened = "DEV_MAINTENANCE_REOPENED",
        /// The customer enabled the application.
        Enabled = "ENABLED",
        /// The customer disabled the application.
        Disabled = "DISABLED",
        /// The customer removed the application.
        Removed = "REMOVED",
        /// D31: a developer asked for remote maintenance.
        MaintenanceRequested = "MAINTENANCE_REQUESTED",
        /// Remote maintenance was granted: by the customer, or at once.
        MaintenanceGranted = "MAINTENANCE_GRANTED",
        /// The customer refused remote maintenance.
        MaintenanceDeclined = "MAINTENANCE_DECLINED",
        /// The partner took the request back.
        MaintenanceWithdrawn = "MAINTENANCE_WITHDRAWN",
        /// The developer entered.
        MaintenanceEntered = "MAINTENANCE_ENTERED",
        /// The partner ended remote maintenance.
        MaintenanceEnded = "MAINTENANCE_ENDED",
        /// The customer revoked remote maintenance.
        MaintenanceRevoked = "MAINTENANCE_REVOKED",
        /// The hours of remote maintenance ran out.
        MaintenanceExpired = "MAINTENANCE_EXPIRED",
    }
}

impl OrderEventKind {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Ordered => Text::new("客户下单", "Ordered"),
            Self::DeliveryQueued => Text::new("开始发送", "Delivery started"),
            Self::DeliveryRetried => Text::new("重试发送", "Delivery tried again"),
            Self::DeliverySucceeded => Text::new("发送成功", "Delivery arrived"),
            Self::DeliveryPartlySent => Text::new("部分发送成功", "Delivery partly arrived"),
            Self::DeliveryFailed => Text::new("发送失败", "Delivery failed"),
            Self::DeliveryCancelled => Text::new("发送已取消", "Delivery stopped"),
            Self::RolledBack => Text::new("已回滚页面", "Pages rolled back"),
            Self::PageRemoved => Text::new("客户删除页面", "Page removed by the customer"),
            Self::EditPermissionOpened => Text::new("开放应用全部编辑权限", "Full edit permission opened"),
            Self::EditPermissionClosed => Text::new("收回应用全部编辑权限", "Full edit permission closed"),
            Self::Accepted => Text::new("客户验收并关闭开发维护", "Accepted, development maintenance closed"),
            Self::DevMaintenanceReopened => Text::new("客户重新进入开发维护", "Development maintenance reopened"),
            Self::Enabled => Text::new("客户启用应用", "Application enabled"),
            Self::Disabled => Text::new("客户停用应用", "Application disabled"),
            Self::Removed => Text::new("客户移除应用", "Application removed"),
            Self::MaintenanceRequested => Text::new("申请远程维护", "Remote maintenance asked for"),
            Self::MaintenanceGranted => Text::new("远程维护已授权", "Remote maintenance granted"),
            Self::MaintenanceDeclined => Text::new("远程维护被拒绝", "Remote maintenance declined"),
            Self::MaintenanceWithdrawn => Text::new("撤回远程维护申请", "Remote maintenance request withdrawn"),
            Self::MaintenanceEntered => Text::new("进入远程维护", "Remote maintenance entered"),
            Self::MaintenanceEnded => Text::new("远程维护结束", "Remote maintenance ended"),
            Self::MaintenanceRevoked => Text::new("客户收回远程维护授权", "Remote maintenance revoked"),
            Self::MaintenanceExpired => Text::new("远程维护到期", "Remote maintenance expired"),
        }
    }
}

/// What belongs to a step. Kept structured, so that it can be put into each reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderEventFacts {
    /// A delivery began.
    Sent {
        kind: DeliveryKind,
        version: String,
        include_sample_data: bool,
        include_connectors: bool,
        open_edit_permission: bool,
        /// The version of the agreement that was accepted with it; only an application asks for it.
        agreement_version: Option<String>,
    },
    /// A delivery came to an end, such as it was.
    Ended {
        version: String,
        done: i32,
        skipped: i32,
        failed: i32,
        failures: Vec<DeliveryFailure>,
    },
    /// What a person wrote with it: a reason, an acceptance note.
    Note { text: String },
    /// One version: of what was accepted, enabled or tried again.
    Version { number: String },
    /// What remote maintenance was asked for.
    Maintenance { reason: String, hours: i32 },
}

impl OrderEventFacts {
    /// The facts in words, one line each.
    pub fn lines(&self) -> Vec<Text> {
        match self {
            Self::Sent {
                kind,
                version,
                include_sample_data,
                include_connectors,
                open_edit_permission,
                agreement_version,
            } => {
                let options = options(
                    *kind,
                    [*include_sample_data, *include_connectors, *open_edit_permission],
                );
                let agreed = agreement_version.as_ref().map(|version| {
                    Text::new(
                        format!("已同意《服务商分发协议》{version} 版"),
                        format!("Distribution agreement accepted, version {version}"),
                    )
                });
                [version_line(version)]
                    .into_iter()
                    .chain(options)
                    .chain(agreed)
                    .collect()
            }
            Self::Ended {
                version,
                done,
                skipped,
                failed,
                failures,
            } => {
                let counts = Text::new(
                    format!("到达 {done} 项，不发送 {skipped} 项，失败 {failed} 项"),
                    format!("{done} arrived, {skipped} not sent, {failed} failed"),
                );
                let reasons = failures.iter().map(Speak::text);
                [version_line(version), counts].into_iter().chain(reasons).collect()
            }
            Self::Note { text } => vec![Text::new(text.clone(), text.clone())],
            Self::Version { number } => vec![version_line(number)],
            Self::Maintenance { reason, hours } => vec![
                Text::new(format!("{hours} 小时"), format!("{hours} h")),
                Text::new(reason.clone(), reason.clone()),
            ],
        }
    }
}

fn version_line(number: &str) -> Text {
    Text::new(format!("版本 {number}"), format!("Version {number}"))
}

/// What was chosen in the send dialog; only an application is sent with these choices.
fn options(kind: DeliveryKind, [sample_data, connectors, edit_permission]: [bool; 3]) -> Vec<Text> {
    if kind != DeliveryKind::App {
        return Vec::new();
    }
    let chosen = |yes: bool, zh: &str, en: &str| {
        Text::new(
            format!("{zh}：{}", if yes { "是" } else { "否" }),
            format!("{en}: {}", if yes { "yes" } else { "no" }),
        )
    };
    vec![
        chosen(sample_data, "携带表单示例数据", "Sample data"),
        chosen(connectors, "发送连接器", "Connectors"),
        chosen(edit_permission, "开放应用全部编辑权限", "Full edit permission"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;

    fn say(facts: &OrderEventFacts, locale: Locale) -> Vec<String> {
        facts.lines().iter().map(|line| line.get(locale).to_owned()).collect()
    }

    #[test]
    fn d20_a_send_tells_its_options_and_the_agreement() {
        let sent = OrderEventFacts::Sent {
            kind: DeliveryKind::App,
            version: "1.2.0".to_owned(),
            include_sample_data: true,
            include_connectors: false,
            open_edit_permission: false,
            agreement_version: Some("2026-11".to_owned()),
        };
        let all = [
            "版本 1.2.0",
            "携带表单示例数据：是",
            "发送连接器：否",
            "开放应用全部编辑权限：否",
            "已同意《服务商分发协议》2026-11 版",
        ];
        assert_eq!(say(&sent, Locale::ZhCn), all);
        assert_eq!(say(&sent, Locale::En)[1], "Sample data: yes");
    }

    #[test]
    fn d20_an_end_tells_how_much_arrived_and_every_reason() {
        let ended = OrderEventFacts::Ended {
            version: "1.2.0".to_owned(),
            done: 3,
            skipped: 1,
            failed: 2,
            failures: vec![DeliveryFailure::ItemsFailed { count: 2 }, DeliveryFailure::GivenUp],
        };
        assert_eq!(say(&ended, Locale::En).len(), 4);
        let text = serde_json::to_string(&ended).unwrap();
        assert_eq!(serde_json::from_str::<OrderEventFacts>(&text).unwrap(), ended);
    }
}
