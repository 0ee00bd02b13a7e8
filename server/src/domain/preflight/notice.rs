//! What a plan or a delivery has to say to people: why something stays behind, what to mind, what failed. Kept structured, so
//! that it can be stored and put into each reader's language when it is read.

use serde::{Deserialize, Serialize};

use super::entitlement::EntitlementCheck;
use crate::domain::component::ComponentKind;
use crate::domain::locale::{Locale, Text};
use crate::domain::organization::EditionName;

/// A notice that can be put into words.
pub trait Speak {
    /// The sentence in both languages.
    fn text(&self) -> Text;

    /// The sentence in one language.
    fn say(&self, locale: Locale) -> String {
        self.text().get(locale).to_owned()
    }
}

/// Why a component stays behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkipReason {
    /// D21: its kind never travels.
    NeverSent,
    /// D23: the partner did not choose to send connectors.
    ConnectorsNotChosen,
    /// L16: its kind does not come with products of the marketplace.
    NotWithProducts,
    /// D16: the page is in the instance just like that.
    Unchanged,
    /// D16: the customer removed the page after the overwrite that is taken back.
    RemovedSince,
    /// D16: the page was sent anew after the overwrite that is taken back.
    SentSince,
    /// L17: the customer changed it; what they changed stays theirs.
    ChangedByCustomer,
    /// L17: the customer removed it; it stays removed.
    RemovedByCustomer,
}

impl Speak for SkipReason {
    fn text(&self) -> Text {
        match self {
            Self::NeverSent => Text::new("数据大屏不支持发送", "Dashboards are never sent"),
            Self::NotWithProducts => Text::new(
                "应用市场的商品不附带此类内容",
                "Products of the marketplace come without it",
            ),
            Self::ConnectorsNotChosen => Text::new("未选择发送连接器", "Sending connectors was not chosen"),
            Self::Unchanged => Text::new("页面没有变化", "The page is the same already"),
            Self::RemovedSince => Text::new(
                "客户在此后删除了该页面，保持删除",
                "The customer removed the page since; it stays removed",
            ),
            Self::ChangedByCustomer => Text::new(
                "客户修改过，保持客户的内容",
                "The customer changed it; it stays as they made it",
            ),
            Self::RemovedByCustomer => Text::new("客户已删除，保持删除", "The customer removed it; it stays removed"),
            Self::SentSince => Text::new(
                "该页面在此后重新发送过，保持现状",
                "The page was sent anew since; it stays as it is",
            ),
        }
    }
}

/// Something to mind that does not stop a send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryWarning {
    /// D14: 建议保持相同的付费版本.
    LowerEdition { source: EditionName, target: EditionName },
    /// D23: an automation whose connectors stay behind.
    AutomationDisabled { name: String, connectors: Vec<String> },
    /// Something else that names components which stay behind.
    PartMissing {
        kind: ComponentKind,
        name: String,
        missing: Vec<String>,
    },
    /// D16: what the customer changed after the overwrite that was taken back, and what is gone with it.
    CustomerChanges { name: String, changes: Vec<Text> },
}

impl Speak for DeliveryWarning {
    fn text(&self) -> Text {
        match self {
            Self::LowerEdition { source, target } => {
                let (from, to) = (edition_name(*source), edition_name(*target));
                Text::new(
                    format!(
                        "客户组织为{}，低于服务商组织的{}，建议保持相同的付费版本",
                        to.zh, from.zh
                    ),
                    format!(
                        "The customer's edition ({}) is lower than yours ({}); keeping the same paid edition is advised",
                        to.en, from.en
                    ),
                )
            }
            Self::AutomationDisabled { name, connectors } => Text::new(
                format!(
                    "集成自动化“{name}”将以停用状态到达，因为未发送连接器：{}",
                    connectors.join("、")
                ),
                format!(
                    "The automation \"{name}\" arrives disabled because these connectors are not sent: {}",
                    connectors.join(", ")
                ),
            ),
            Self::PartMissing { kind, name, missing } => {
                let kind = kind_name(*kind);
                Text::new(
                    format!("{}“{name}”引用了不发送的内容：{}", kind.zh, missing.join("、")),
                    format!(
                        "{} \"{name}\" refers to what is not sent: {}",
                        kind.en,
                        missing.join(", ")
                    ),
                )
            }
            Self::CustomerChanges { name, changes } => {
                let said = |locale| changes.iter().map(|it| it.get(locale)).collect::<Vec<_>>();
                Text::new(
                    format!("客户在此后修改了页面“{name}”：{}", said(Locale::ZhCn).join("；")),
                    format!(
                        "The customer changed the page \"{name}\" since: {}",
                        said(Locale::En).join("; ")
                    ),
                )
            }
        }
    }
}

/// Why a delivery or one of its items failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryFailure {
    /// D14, D25: the target organisation lacks something.
    EntitlementMissing(EntitlementCheck),
    /// The content of a component cannot be read.
    ContentBroken,
    /// So many items could not be written.
    ItemsFailed { count: i32 },
    /// The server tried again and again without getting anywhere.
    GivenUp,
    /// Stopped by the partner.
    Cancelled,
    /// Stopped by the customer.
    CancelledByCustomer,
    /// D16: the customer removed the page; it is never brought back as if nothing had happened.
    RemovedByCustomer,
    /// D16: the customer changed the page after its changes were acknowledged.
    ChangedSinceAcknowledged,
    /// The instance has something else under this key.
    KeyTaken,
    /// The customer removed the application while something was under way to it.
    InstanceRemoved,
}

impl Speak for DeliveryFailure {
    fn text(&self) -> Text {
        match self {
            Self::EntitlementMissing(check) => {
                let detail = check.text();
                Text::new(
                    format!("客户组织权益不满足：{}", detail.zh),
                    format!("The target organisation lacks: {}", detail.en),
                )
            }
            Self::ContentBroken => Text::new(
                "组成项内容无法读取，请重新导入并发布版本",
                "The component's content cannot be read; import and publish the version anew",
            ),
            Self::ItemsFailed { count } => Text::new(
                format!("{count} 个组成项未送达，原因和下一步见明细"),
                format!("{count} components did not arrive; the items say why and what to do"),
            ),
            Self::GivenUp => Text::new(
                "服务器多次尝试后未能完成，请稍后重试",
                "The server could not finish after several attempts; try again later",
            ),
            Self::Cancelled => Text::new("已由服务商取消", "Stopped by the service provider"),
            Self::CancelledByCustomer => Text::new("已由客户取消", "Stopped by the customer"),
            Self::RemovedByCustomer => Text::new(
                "客户已删除该页面，可作为新页面发送",
                "The customer removed this page; it can be sent as a new page",
            ),
            Self::ChangedSinceAcknowledged => Text::new(
                "确认变更之后客户又修改了该页面，请重新查看变更并再次发送",
                "The customer changed this page after its changes were acknowledged; review the changes and send again",
            ),
            Self::InstanceRemoved => Text::new(
                "客户在发送过程中移除了该应用，其余内容未写入",
                "The customer removed the application meanwhile; the rest was not written",
            ),
            Self::KeyTaken => Text::new(
                "客户的应用中已有相同标识的其他内容",
                "The customer's application has something else under this key",
            ),
        }
    }
}

/// What people call an edition.
pub fn edition_name(edition: EditionName) -> Text {
    match edition {
        EditionName::Free => Text::new("免费版", "Free"),
        EditionName::Lite => Text::new("轻享版", "Lite"),
        EditionName::Professional => Text::new("专业版", "Professional"),
        EditionName::Exclusive => Text::new("专属版", "Exclusive"),
    }
}

/// What people call a kind of component.
pub fn kind_name(kind: ComponentKind) -> Text {
    match kind {
        ComponentKind::FormPage => Text::new("表单页面", "Form page"),
        ComponentKind::CustomPage => Text::new("自定义页面", "Custom page"),
        ComponentKind::Portal => Text::new("门户", "Portal"),
        ComponentKind::AiAssistant => Text::new("AI 助理", "AI assistant"),
        ComponentKind::DataPreparation => Text::new("数据准备", "Data preparation"),
        ComponentKind::Role => Text::new("宜搭角色", "Role"),
        ComponentKind::Contact => Text::new("接口人", "Contact"),
        ComponentKind::Automation => Text::new("集成自动化", "Automation"),
        ComponentKind::Connector => Text::new("连接器", "Connector"),
        ComponentKind::CustomComponent => Text::new("自定义组件", "Custom component"),
        ComponentKind::CoolApp => Text::new("酷应用", "Cool app"),
        ComponentKind::Dashboard => Text::new("数据大屏", "Dashboard"),
    }
}
