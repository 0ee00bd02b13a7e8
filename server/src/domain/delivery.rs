//! Deliveries (发送, D13–D24): one send and its items. What a send would do is worked out in `preflight`, what holds between
//! several of one order in `sequence`; the engine that carries them out is `services::deliver`.

pub mod sequence;

use super::locale::Text;
use super::transition::status;
use super::words::words;

words! {
    /// What is sent.
    DeliveryKind {
        /// The whole application, once per order.
        App = "APP",
        /// 增量: pages that are new since the last send.
        NewPages = "NEW_PAGES",
        /// 存量: replaces delivered pages.
        OverwritePages = "OVERWRITE_PAGES",
        /// Custom components.
        CustomComponents = "CUSTOM_COMPONENTS",
        /// Takes an overwrite of pages back: everything as it was before.
        Rollback = "ROLLBACK",
        /// A new version for who holds a license (L17): all of it but what the customer changed.
        Upgrade = "UPGRADE",
    }
}

words! {
    /// State of a delivery.
    DeliveryStatus {
        /// Waits for a worker.
        Queued = "QUEUED",
        /// Being checked against the target organisation.
        Preflight = "PREFLIGHT",
        /// Being written, item by item.
        Sending = "SENDING",
        /// Everything that travels arrived.
        Succeeded = "SUCCEEDED",
        /// Some items failed.
        Partial = "PARTIAL",
        /// Nothing arrived.
        Failed = "FAILED",
        /// Stopped by the partner.
        Cancelled = "CANCELLED",
    }
}

words! {
    /// State of one component of a delivery.
    DeliveryItemStatus {
        /// Not yet handled.
        Queued = "QUEUED",
        /// Arrived.
        Done = "DONE",
        /// Does not travel, with the reason.
        Skipped = "SKIPPED",
        /// Could not be written, with the reason.
        Failed = "FAILED",
    }
}

words! {
    /// What moves a delivery.
    DeliveryStep {
        /// A worker takes it up.
        Begin = "BEGIN",
        /// The checks passed.
        Pass = "PASS",
        /// Every item arrived or was skipped.
        Succeed = "SUCCEED",
        /// Some items failed.
        FinishPartly = "FINISH_PARTLY",
        /// The checks or every item failed.
        Fail = "FAIL",
        /// The partner tries it again.
        Retry = "RETRY",
        /// The partner stops it.
        Cancel = "CANCEL",
    }
}

words! {
    /// What the partner can do with a delivery.
    DeliveryAction {
        /// Try it again from where it stopped (D18).
        Retry = "RETRY",
        /// Stop it.
        Cancel = "CANCEL",
        /// Take it back: pages as they were before it (D16).
        RollBack = "ROLL_BACK",
    }
}

impl DeliveryKind {
    /// Whether it moves the order's page status; the application has a status of its own, components and rollbacks none
    /// (D15).
    pub const fn sends_pages(self) -> bool {
        match self {
            Self::NewPages | Self::OverwritePages => true,
            Self::App | Self::CustomComponents | Self::Rollback | Self::Upgrade => false,
        }
    }
}

impl DeliveryStatus {
    /// QUEUED → PREFLIGHT → SENDING → SUCCEEDED | PARTIAL | FAILED | CANCELLED; what failed may be tried again (D18).
    pub const fn after(self, action: DeliveryStep) -> Option<Self> {
        use DeliveryStep as A;
        match (self, action) {
            (Self::Queued, A::Begin) => Some(Self::Preflight),
            (Self::Preflight, A::Pass) => Some(Self::Sending),
            (Self::Preflight | Self::Sending, A::Fail) => Some(Self::Failed),
            (Self::Sending, A::Succeed) => Some(Self::Succeeded),
            (Self::Sending, A::FinishPartly) => Some(Self::Partial),
            (Self::Queued | Self::Preflight | Self::Sending, A::Cancel) => Some(Self::Cancelled),
            (Self::Failed | Self::Partial | Self::Cancelled, A::Retry) => Some(Self::Queued),
            (Self::Queued, A::Pass | A::Succeed | A::FinishPartly | A::Fail | A::Retry)
            | (Self::Preflight, A::Begin | A::Succeed | A::FinishPartly | A::Retry)
            | (Self::Sending, A::Begin | A::Pass | A::Retry)
            | (Self::Succeeded, A::Begin | A::Pass | A::Succeed | A::FinishPartly | A::Fail | A::Retry | A::Cancel)
            | (
                Self::Partial | Self::Failed | Self::Cancelled,
                A::Begin | A::Pass | A::Succeed | A::FinishPartly | A::Fail | A::Cancel,
            ) => None,
        }
    }

    /// Whether a worker still has something to do.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Queued | Self::Preflight | Self::Sending)
    }
}

status!(DeliveryStatus moved by DeliveryStep);

impl DeliveryStatus {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Queued => Text::new("排队中", "Queued"),
            Self::Preflight => Text::new("检查中", "Checking"),
            Self::Sending => Text::new("发送中", "Sending"),
            Self::Succeeded => Text::new("成功", "Succeeded"),
            Self::Partial => Text::new("部分成功", "Partly sent"),
            Self::Failed => Text::new("失败", "Failed"),
            Self::Cancelled => Text::new("已取消", "Cancelled"),
        }
    }
}

impl DeliveryStep {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Begin => Text::new("开始检查", "Begin"),
            Self::Pass => Text::new("开始发送", "Send"),
            Self::Succeed | Self::FinishPartly | Self::Fail => Text::new("结束发送", "End"),
            Self::Retry => Text::new("重试", "Retry"),
            Self::Cancel => Text::new("取消发送", "Stop"),
        }
    }
}
