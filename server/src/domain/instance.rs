//! App instances (我的应用, D27–D30): the copy in the customer's organisation and its life.

use super::locale::Text;
use super::message::Code;
use super::refusal::Refusal;
use super::transition::status;
use super::words::words;

words! {
    /// State of an instance.
    InstanceStatus {
        /// 开发维护中: admins try it, employees do not see it.
        DevMaintenance = "DEV_MAINTENANCE",
        /// 未启用: accepted, not yet enabled.
        Ready = "READY",
        /// 已启用: open to its visible range.
        Enabled = "ENABLED",
        /// 已停用: closed, data kept.
        Disabled = "DISABLED",
        /// Removed; its trail in the audit log stays.
        Removed = "REMOVED",
    }
}

words! {
    /// What can be done with an instance.
    InstanceAction {
        /// Open it.
        Open = "OPEN",
        /// 关闭-开发维护, which accepts it.
        CloseMaintenance = "CLOSE_MAINTENANCE",
        /// Back into development maintenance.
        ReopenMaintenance = "REOPEN_MAINTENANCE",
        /// 启用.
        Enable = "ENABLE",
        /// 停用.
        Disable = "DISABLE",
        /// Workbench group and visible range.
        PublishSettings = "PUBLISH_SETTINGS",
        /// Remove it.
        Remove = "REMOVE",
        /// Remove all sample data (D22).
        RemoveSampleData = "REMOVE_SAMPLE_DATA",
        /// Read its data.
        ViewData = "VIEW_DATA",
        /// Remove a page; needs the full edit permission (D19).
        RemovePage = "REMOVE_PAGE",
    }
}

words! {
    /// In which condition a component arrived (D23, D24).
    ComponentState {
        /// Works.
        Active = "ACTIVE",
        /// An AI assistant that waits to be activated.
        Inactive = "INACTIVE",
        /// A data preparation that was not run.
        NotRun = "NOT_RUN",
        /// An automation whose connectors were not sent.
        Disabled = "DISABLED",
        /// A role or contact without members.
        NoMembers = "NO_MEMBERS",
        /// A connector whose secrets are to be filled in.
        ToFillIn = "TO_FILL_IN",
    }
}

/// Who looks at an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceViewer {
    /// The customer's admin decides about it.
    Admin,
    /// D31: a developer in a remote maintenance works inside and decides nothing about it.
    Maintainer,
    /// An employee opens it and fills in.
    Employee,
}

impl InstanceStatus {
    /// DEV_MAINTENANCE → READY → ENABLED ⇄ DISABLED; READY | ENABLED | DISABLED → DEV_MAINTENANCE; any → REMOVED.
    /// Actions that do not move an instance answer its own status where they are open.
    pub const fn after(self, action: InstanceAction) -> Option<Self> {
        use InstanceAction as A;
        match (self, action) {
            (Self::Removed, _) => None,
            (_, A::Remove) => Some(Self::Removed),
            (_, A::ViewData | A::RemoveSampleData | A::RemovePage) => Some(self),
            (Self::DevMaintenance, A::CloseMaintenance) => Some(Self::Ready),
            (Self::Ready | Self::Enabled | Self::Disabled, A::ReopenMaintenance) => Some(Self::DevMaintenance),
            (Self::Ready | Self::Disabled, A::Enable) => Some(Self::Enabled),
            (Self::Enabled, A::Disable) => Some(Self::Disabled),
            (Self::DevMaintenance | Self::Ready | Self::Enabled, A::Open) => Some(self),
            (Self::Ready | Self::Enabled | Self::Disabled, A::PublishSettings) => Some(self),
            (Self::DevMaintenance, A::ReopenMaintenance | A::Enable | A::Disable | A::PublishSettings)
            | (Self::Ready, A::CloseMaintenance | A::Disable)
            | (Self::Enabled, A::CloseMaintenance | A::Enable)
            | (Self::Disabled, A::CloseMaintenance | A::Disable | A::Open) => None,
        }
    }

    /// What the viewer may do with it now; pages are removed with the full edit permission alone (D19).
    pub fn available_actions(self, viewer: InstanceViewer, full_edit_permission: bool) -> Vec<InstanceAction> {
        let permitted = |action: &InstanceAction| match viewer {
            InstanceViewer::Admin => full_edit_permission || !matches!(action, InstanceAction::RemovePage),
            InstanceViewer::Maintainer => matches!(action, InstanceAction::Open | InstanceAction::ViewData),
            InstanceViewer::Employee => matches!(self, Self::Enabled) && matches!(action, InstanceAction::Open),
        };
        InstanceAction::ALL
            .iter()
            .copied()
            .filter(|a| permitted(a) && self.after(*a).is_some())
            .collect()
    }
}

status!(InstanceStatus moved by InstanceAction);

impl InstanceStatus {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::DevMaintenance => Text::new("开发维护中", "Development maintenance"),
            Self::Ready => Text::new("未启用", "Not enabled"),
            Self::Enabled => Text::new("已启用", "Enabled"),
            Self::Disabled => Text::new("已停用", "Disabled"),
            Self::Removed => Text::new("已移除", "Removed"),
        }
    }
}

impl InstanceAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Open => Text::new("打开", "Open"),
            Self::CloseMaintenance => Text::new("关闭-开发维护", "Close development maintenance"),
            Self::ReopenMaintenance => Text::new("开启-开发维护", "Reopen development maintenance"),
            Self::Enable => Text::new("启用", "Enable"),
            Self::Disable => Text::new("停用", "Disable"),
            Self::PublishSettings => Text::new("应用发布", "Publish settings"),
            Self::Remove => Text::new("移除", "Remove"),
            Self::RemoveSampleData => Text::new("移除示例数据", "Remove the sample data"),
            Self::ViewData => Text::new("数据管理", "View data"),
            Self::RemovePage => Text::new("删除页面", "Remove a page"),
        }
    }
}

/// D19: refuses what only full edit permission allows while the partner has it OFF.
pub fn require_full_edit(on: bool) -> Result<(), Refusal> {
    match on {
        true => Ok(()),
        false => Err(Refusal::rule(Code::EditPermissionOff)),
    }
}
